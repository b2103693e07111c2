// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Randomness

extension Model {
    /// New data from a distribution, as declared.
    struct Simulation {
        let name: String
        let distribution: TracedDistribution
        /// The number of values; nil for a single one without index.
        let count: Int?
        private let drawEntry: Simulator.Draw

        init(
            _ name: String, _ distribution: TracedDistribution, _ count: Int?
        ) throws(ParameterError) {
            let own = try distribution.commonCount(with: [])
            if let count, let own, count != own {
                throw ParameterError(
                    "count of \(name)", is: count, mustBe: "that of the parameters, \(own)")
            }
            if let count, count < 0 {
                throw ParameterError("count of \(name)", is: count, mustBe: "not negative")
            }
            guard let draw = distribution.draw else {
                throw ParameterError(
                    "distribution of \(name)", is: distribution.stanName, mustBe: "univariate")
            }
            self.name = name
            self.distribution = distribution
            self.count = count ?? own
            drawEntry = draw
        }

        var entryNames: [String] {
            guard let count else { return [name] }
            return (1...max(count, 1)).prefix(count).map { "\(name).\($0)" }
        }

        /// What is needed to draw, without the trace.
        var simulator: Simulator {
            Simulator(
                count: count ?? 1, sizes: distribution.parameters.map(\.count), draw: drawEntry)
        }
    }

    /// Draws the values of a simulation from the values of its parameters.
    struct Simulator: Sendable {
        typealias Draw = @Sendable ([Double], RandomGenerator) throws -> Double

        let count: Int
        /// The number of values of each parameter: 1 or `count`.
        let sizes: [Int]
        let draw: Draw

        /// Takes its parameters from `all` at `start`, which moves on. Values
        /// are NaN where the parameters are outside their domain.
        func draw(
            _ all: [Double], _ start: inout Int, _ generator: RandomGenerator,
            _ values: inout [Double]
        ) throws {
            for i in 0..<count {
                var offset = start
                let parameters = sizes.map { size in
                    defer { offset += size }
                    return all[offset + (size == 1 ? 0 : i)]
                }
                do {
                    values.append(try draw(parameters, generator))
                } catch is ParameterError {
                    values.append(.nan)
                }
            }
            start += sizes.reduce(0, +)
        }
    }
}
