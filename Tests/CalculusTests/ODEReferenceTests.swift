// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import LinearAlgebra
import Testing

@testable import Calculus

/// Solutions against multi-precision Taylor series, and for stiff equations against
/// SciPy: `Tests/Reference/odes/make_odes.py` made the table.
@Suite struct ODEReferenceTests {
    struct Problem: Decodable {
        var times: [Double]
        /// How well the reference is known.
        var bound: Double
        var states: [[Double]]
    }

    static let problems: [String: Problem] = {
        let file = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Reference/odes/solutions.json")
        guard let data = try? Data(contentsOf: file) else { return [:] }
        return (try? JSONDecoder().decode([String: Problem].self, from: data)) ?? [:]
    }()

    static let equations:
        [String: (initial: Vector, rightSide: @Sendable (Double, Vector) -> Vector)] = [
            "lotka_volterra": (
                [33, 6],
                { _, y in
                    [(0.55 - 0.028 * y[1]) * y[0], (-0.84 + 0.026 * y[0]) * y[1]]
                }
            ),
            "pendulum": ([1, 0], { t, y in [y[1], -sin(y[0]) - y[1] / 10 + cos(t)] }),
            "robertson": (
                [1, 0, 0],
                { _, y in
                    let (a, b, c) = (0.04 * y[0], 1e4 * y[1] * y[2], 3e7 * y[1] * y[1])
                    return [b - a, a - b - c, c]
                }
            ),
            "van_der_pol": (
                [2, 0], { _, y in [y[1], 1000 * (1 - y[0] * y[0]) * y[1] - y[0]] }
            ),
        ]

    /// The largest error of an entry relative to its size, and the evaluations.
    private func worst(
        _ name: String, _ method: ODEMethod, _ tolerance: Double, absolute: Double
    ) throws -> (error: Double, evaluations: Int) {
        let problem = try #require(Self.problems[name])
        let equation = try #require(Self.equations[name])
        let solution = try solveODE(
            from: 0, initial: equation.initial, at: problem.times, method: method,
            relativeError: tolerance, absoluteError: absolute, maximumSteps: 1_000_000,
            equation.rightSide)
        var worst = 0.0
        for (found, expected) in zip(solution.states, problem.states) {
            for (a, b) in zip(found.elements, expected) {
                worst = max(worst, (a - b).magnitude / (b.magnitude + absolute / tolerance))
            }
        }
        return (worst, solution.evaluations)
    }

    /// Errors of many steps add up: 100 times the tolerance of one is allowed, and
    /// what the reference lacks.
    @Test(
        arguments: ["lotka_volterra", "pendulum"],
        ODEMethod.allCases.flatMap { method in [1e-6, 1e-9, 1e-12].map { (method, $0) } })
    func smooth(_ name: String, _ setting: (ODEMethod, Double)) throws {
        let (error, evaluations) = try worst(
            name, setting.0, setting.1, absolute: setting.1)
        #expect(
            error < 100 * setting.1 + 1e-13, "\(setting): \(error), \(evaluations) evaluations")
    }

    @Test(arguments: [1e-4, 1e-6, 1e-8, 1e-10]) func stiff(_ tolerance: Double) throws {
        for (name, absolute) in [("robertson", 1e-6 * tolerance), ("van_der_pol", tolerance)] {
            let (error, evaluations) = try worst(name, .radau, tolerance, absolute: absolute)
            let known = try #require(Self.problems[name]).bound
            #expect(
                error < 10 * tolerance + known,
                "\(name) at \(tolerance): \(error), \(evaluations) evaluations")
        }
    }

    /// Explicit methods would need a million steps.
    @Test func stiffnessNeedsFewSteps() throws {
        #expect(try worst("van_der_pol", .radau, 1e-6, absolute: 1e-6).evaluations < 30_000)
        #expect(try worst("robertson", .radau, 1e-6, absolute: 1e-10).evaluations < 5_000)
        #expect(throws: NumericalError.self) {
            let equation = try #require(Self.equations["van_der_pol"])
            _ = try solveODE(
                from: 0, initial: equation.initial, at: [2000], maximumSteps: 10_000,
                equation.rightSide)
        }
    }

    /// Interpolated states are as good as those at the ends of steps.
    @Test(arguments: [ODEMethod.rungeKutta45, .rungeKutta8])
    func denseOutput(_ method: ODEMethod) throws {
        let times = (1...1000).map { 0.02 * Double($0) }
        let swing = try solveODE(
            from: 0, initial: [1, 0], at: times, method: method, relativeError: 1e-9,
            absoluteError: 1e-9
        ) { _, y in [y[1], -y[0]] }
        for (t, y) in zip(times, swing.states) {
            #expect((y[0] - cos(t)).magnitude < 2e-8 && (y[1] + sin(t)).magnitude < 2e-8)
        }
        let few = try solveODE(
            from: 0, initial: [1, 0], at: [20], method: method, relativeError: 1e-9,
            absoluteError: 1e-9
        ) { _, y in [y[1], -y[0]] }
        // The eighth-order method needs three stages more in each step.
        #expect(swing.evaluations * 10 <= few.evaluations * 13)
    }

    /// The tables' rows add up to their nodes, and the weights integrate powers.
    @Test func orderConditions() {
        for scheme in [
            ExplicitScheme.dormandPrince, .cashKarp, .dormandPrince853,
        ] {
            for (i, row) in scheme.rows.enumerated() {
                let stage = i + 1 < scheme.stageCount ? i + 1 : i + 2
                let sum = (0..<row.count).reduce(0.0) { $0 + row.values[$1] }
                #expect((sum - scheme.nodes[stage]).magnitude < 1e-14)
            }
            for power in 0..<scheme.order {
                let sum = (0..<scheme.weights.count).reduce(0.0) {
                    $0 + scheme.weights.values[$1]
                        * pow(scheme.nodes[scheme.weights.columns[$1]], Double(power))
                }
                #expect((sum - 1 / Double(power + 1)).magnitude < 1e-14)
            }
            for error in scheme.errors {
                #expect((0..<error.count).reduce(0.0) { $0 + error.values[$1] }.magnitude < 1e-14)
            }
        }
    }
}
