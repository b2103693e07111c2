// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions
import Errors
import Randomness

/// A distribution whose parameters may be parameters of a model: what stands
/// right of `~`.
///
///     y ~ .normal(mean: alpha + beta * x, standardDeviation: sigma)
///
/// The distributions and their labels are those of the types of the same name.
public struct TracedDistribution {
    private let density: any TracedDensity.Type
    let parameters: [Traced]
    /// For a distribution of a whole vector or matrix: whether the sizes of
    /// the parameters fit that of the variate, and what they must be. Nil when
    /// entries are independent, each with its own parameters.
    private let sizes: (fit: (Int, [Int]) -> Bool, requirement: String)?
    /// Draws a value for the parameters of one entry; nil when not univariate.
    var draw: (@Sendable ([Double], RandomGenerator) throws -> Double)? {
        guard let sampler = density as? any TracedSampler.Type else { return nil }
        return { try sampler.draw($0, using: $1) }
    }

    init(_ density: any TracedSampler.Type, _ parameters: [any Quantity]) {
        self.density = density
        self.parameters = parameters.map(\.expression)
        sizes = nil
    }

    /// A distribution of a whole vector or matrix.
    init(
        joint density: any TracedDensity.Type, _ parameters: [any Quantity],
        sizes fit: @escaping (_ variate: Int, _ parameters: [Int]) -> Bool,
        _ requirement: String
    ) {
        self.density = density
        self.parameters = parameters.map(\.expression)
        sizes = (fit, requirement)
    }

    /// The distribution's name in Stan, for messages.
    var stanName: String { density.stanName }

    func statement(for x: Traced) -> Statement {
        do {
            if let sizes {
                let counts = parameters.map(\.count)
                guard sizes.fit(x.count, counts) else {
                    throw ParameterError(
                        "sizes in \(stanName)", is: ([x.count] + counts).description,
                        mustBe: sizes.requirement)
                }
            } else {
                _ = try commonCount(with: [x])
            }
            return Statement(density.logDensity(x, parameters, droppingConstants: true))
        } catch {
            return Statement(failure: error)
        }
    }

    /// The number of entries of the arguments that are no scalars; nil when
    /// all are.
    func commonCount(with others: [Traced]) throws(ParameterError) -> Int? {
        var common: Int?
        for argument in others + parameters where !argument.shape.isScalar {
            guard common == nil || common == argument.count else {
                let counts = (others + parameters).map(\.count)
                throw ParameterError(
                    "sizes in \(density.stanName)", is: counts.description,
                    mustBe: "equal, but for scalars")
            }
            common = argument.count
        }
        return common
    }
}
