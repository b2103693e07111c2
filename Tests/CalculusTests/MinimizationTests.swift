// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Calculus
import Errors
import LinearAlgebra
import Testing

@Suite struct MinimizationTests {
    struct Problem: Sendable, CustomStringConvertible {
        var description: String
        var start: Vector
        var minimum: Vector?
        var value: Double
        var f: @Sendable (Traced) -> Traced
    }

    /// From Moré, Garbow and Hillstrom (1981), with their standard starts.
    static let problems: [Problem] = [
        .init(description: "Rosenbrock", start: [-1.2, 1], minimum: [1, 1], value: 0) { p in
            square(1 - p[0]) + 100 * square(p[1] - square(p[0]))
        },
        .init(description: "Beale", start: [1, 1], minimum: [3, 0.5], value: 0) { p in
            let y = p[1]
            let a = square(1.5 - p[0] * (1 - y))
            let b = square(2.25 - p[0] * (1 - y * y))
            return a + b + square(2.625 - p[0] * (1 - y * y * y))
        },
        .init(description: "Powell singular", start: [3, -1, 0, 1], minimum: nil, value: 0) { p in
            let a = square(p[0] + 10 * p[1]) + 5 * square(p[2] - p[3])
            return a + square(square(p[1] - 2 * p[2])) + 10 * square(square(p[0] - p[3]))
        },
        .init(description: "Wood", start: [-3, -1, -3, -1], minimum: [1, 1, 1, 1], value: 0) { p in
            let a = 100 * square(p[1] - square(p[0])) + square(1 - p[0])
            let b = 90 * square(p[3] - square(p[2])) + square(1 - p[2])
            let c = 10 * square(p[1] + p[3] - 2) + 0.1 * square(p[1] - p[3])
            return a + b + c
        },
        .init(
            description: "helical valley", start: [-1, 0.5, 0],
            minimum: [1, 0, 0], value: 0
        ) { p in
            let theta = atan2(p[1], p[0]) / 6.283185307179586
            let radius = sqrt(square(p[0]) + square(p[1]))
            return 100 * square(p[2] - 10 * theta) + 100 * square(radius - 1) + square(p[2])
        },
    ]

    @Test(arguments: problems.indices) func bfgsSolves(_ index: Int) throws {
        let p = Self.problems[index]
        let found = try minimize(from: p.start, p.f)
        #expect(found.isConverged, "\(p): \(found)")
        #expect(found.value - p.value < 1e-11, "\(p): \(found)")
        if let minimum = p.minimum {
            #expect(try (found.minimum - minimum).norm < 1e-5, "\(p): \(found)")
        }
        #expect(found.evaluations < 200, "\(p): \(found)")
        #expect(found.points.first == p.start && found.points.count == found.values.count)
        #expect(zip(found.values, found.values.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test(arguments: problems.indices) func nelderMeadSolves(_ index: Int) throws {
        let p = Self.problems[index]
        let found = try minimize(from: p.start, method: .nelderMead(), tolerance: 1e-13, p.f)
        #expect(found.reason == .smallSimplex, "\(p): \(found)")
        #expect(found.value - p.value < 1e-9, "\(p): \(found)")
        #expect(found.gradientNorm == nil)
    }

    @Test func gradientDescentWalks() throws {
        // On x²/2 + 2·y² each step is known: x·(1 − r), y·(1 − 4r).
        let path = try minimize(
            from: [1, 1], method: .gradientDescent(rate: 0.1, steps: 3), tolerance: 0
        ) { p in 0.5 * square(p[0]) + 2 * square(p[1]) }
        #expect(path.reason == .limit && path.steps == 3 && path.evaluations == 5)
        #expect(path.points.count == 4)
        #expect(try (path.points[3] - [0.729, 0.216]).norm < 1e-15)
        #expect(path.minimum == path.points[3])
        let long = try minimize(
            from: [-1.2, 1], method: .gradientDescent(rate: 0.001, steps: 60_000), tolerance: 1e-6,
            Self.problems[0].f)
        #expect(long.reason == .smallGradient)
        #expect(try (long.minimum - [1, 1]).norm < 1e-5)
        #expect(long.points.count <= 20_001)
    }

    @Test func momentumIsFasterInAValley() throws {
        let valley: @Sendable (Traced) -> Traced = { p in
            0.5 * square(p[0]) + 50 * square(p[1])
        }
        let plain = try minimize(
            from: [10, 1], method: .gradientDescent(rate: 0.01, steps: 10_000), valley)
        let heavy = try minimize(
            from: [10, 1], method: .gradientDescent(rate: 0.01, steps: 10_000, momentum: 0.8),
            valley)
        #expect(plain.isConverged && heavy.isConverged && heavy.steps * 2 < plain.steps)
    }

    @Test func divergenceIsAReason() throws {
        let tooFast = try minimize(
            from: [1], method: .gradientDescent(rate: 3, steps: 10_000)
        ) { p in square(p[0]) }
        #expect(tooFast.reason == .divergence && !tooFast.isConverged)
        #expect(tooFast.minimum == [1])
        let noMinimum = try minimize(from: [0], method: .bfgs(steps: 50)) { p in -exp(p[0]) }
        #expect(!noMinimum.isConverged)
        let valuesOnly = try minimize(from: [1], evaluations: 300, values: { -$0[0] })
        #expect(valuesOnly.reason == .limit)
    }

    @Test func leavesTheDomainAndComesBack() throws {
        // x − log x: the first long steps land at negative x.
        let found = try minimize(from: [30]) { p in 100 * (p[0] - log(p[0])) }
        #expect(found.isConverged && (found.minimum[0] - 1).magnitude < 1e-6, "\(found)")
        let simplex = try minimize(from: [0.01], values: { $0[0] > 0 ? $0[0] + 1 / $0[0] : .nan })
        #expect((simplex.minimum[0] - 1).magnitude < 1e-3, "\(simplex)")
    }

    @Test func badInput() {
        struct Stop: Error {}
        #expect(throws: ParameterError.self) { try minimize(from: []) { _ in 1 } }
        #expect(throws: ParameterError.self) { try minimize(from: [.nan]) { p in p[0] } }
        #expect(throws: NumericalError.self) { try minimize(from: [-1]) { p in log(p[0]) } }
        #expect(throws: ParameterError.self) {
            try minimize(from: [1], method: .gradientDescent(rate: -1, steps: 3)) { p in p[0] }
        }
        #expect(throws: Stop.self) { try minimize(from: [1], values: { _ in throw Stop() }) }
        #expect(throws: NumericalError.self) { try minimize(from: [1], values: { _ in .nan }) }
        #expect(throws: Never.self) { try minimize(from: [1], values: { _ in 7 }) }
    }
}
