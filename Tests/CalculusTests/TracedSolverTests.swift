// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Foundation
import Testing

@testable import Calculus

/// Solutions of equations as operations of a graph, with their derivatives.
@Suite struct TracedSolverTests {
    struct Failed: Error {}

    /// The states at two times of y″ = −ω² y, a gentle equation with time in it:
    /// y = a cos ω(t − t₀) + b/ω sin ω(t − t₀), from (a, b) at t₀.
    private static func swing(
        _ scheme: ODEScheme, _ tolerance: Double, branching: Bool = false
    ) throws -> TracedODE {
        TracedODE(
            rightSide: try VectorFunction(dimension: 4) { trace in
                let t = trace.input()
                let y = trace.input(.vector(2))
                let omega = trace.input()
                if branching, trace.decide(t, .less, 1.7) {
                    return [Traced.vector([y[1], square(omega) * (-y[0])])]
                }
                return [Traced.vector([y[1], -square(omega) * y[0]])]
            }, stateCount: 2, timeCount: 3, initial: nil, start: nil, times: nil, scheme: scheme,
            settings: ODESettings(
                relativeTolerance: tolerance, absoluteTolerance: [tolerance],
                maximumSteps: 1_000_000), check: { _, _, _ in }, failure: { _ in Failed() })
    }

    private static let schemes: [(ODEScheme, Double)] = [
        (.dormandPrince, 2e-10), (.cashKarp, 2e-10), (.dormandPrince853, 2e-10), (.radau, 5e-9),
    ]

    /// Inputs: a, b, t₀, three times, ω.
    @Test(arguments: schemes, [false, true])
    func derivativesOfASwing(_ setting: (ODEScheme, Double), _ branching: Bool) throws {
        let equation = try Self.swing(setting.0, 1e-12, branching: branching)
        let point = [0.7, -0.4, 0.3, 0.9, 1.6, 4.1, 1.3]
        func exact(_ q: [Double]) -> Double {
            (0..<3).reduce(0.0) { sum, i in
                let phase = q[6] * (q[3 + i] - q[2])
                let y = q[0] * cos(phase) + q[1] / q[6] * sin(phase)
                let v = -q[0] * q[6] * sin(phase) + q[1] * cos(phase)
                return sum + y * Double(i + 1) + v * v
            }
        }
        let f = try DifferentiableFunction(dimension: 7) { trace in
            let y = try Traced.external(equation, trace.input(.vector(7)), .vector(6))
            return y[0] + 2 * y[2] + 3 * y[4] + square(y[1]) + square(y[3]) + square(y[5])
        }
        let (value, gradient) = try f.valueAndGradient(at: point)
        #expect(abs(value - exact(point)) < setting.1)
        // Central differences of the formula with six points.
        for i in point.indices {
            func at(_ h: Double) -> Double {
                var q = point
                q[i] += h
                return exact(q)
            }
            let h = 1e-2
            let slope =
                (45 * (at(h) - at(-h)) - 9 * (at(2 * h) - at(-2 * h)) + at(3 * h) - at(-3 * h))
                / (60 * h)
            #expect(
                abs(gradient[i] - slope) < 10 * setting.1,
                "\(setting.0): entry \(i) is \(gradient[i]), not \(slope)")
        }
    }

    /// At a loose tolerance the gradient still is that of what was computed: the
    /// equation is linear in the state, so each step is too, and the value is the
    /// derivative by the size of the initial state. The solution itself is far off.
    @Test(arguments: [ODEScheme.dormandPrince, .cashKarp, .dormandPrince853])
    func gradientIsThatOfWhatIsComputed(_ scheme: ODEScheme) throws {
        var equation = try Self.swing(scheme, 1e-3)
        equation.start = 0
        equation.times = [0.5, 2, 2.8]
        let loose = equation
        let f = try DifferentiableFunction(dimension: 3) { trace in
            let y = try Traced.external(loose, trace.input(.vector(3)), .vector(6))
            return sum(y * Traced([1, 2, -1, 0.5, 1, 1]))
        }
        let (value, gradient) = try f.valueAndGradient(at: [0.7, -0.4, 1.3])
        #expect(abs(0.7 * gradient[0] - 0.4 * gradient[1] - value) < 1e-13)
    }

    /// The energy of an undamped swing stays, and so its gradient is known.
    @Test(arguments: schemes) func energyIsKept(_ setting: (ODEScheme, Double)) throws {
        var equation = try Self.swing(setting.0, 1e-12)
        equation.start = 0
        equation.times = [1, 5, 20]
        let fixed = equation
        let f = try DifferentiableFunction(dimension: 3) { trace in
            let q = trace.input(.vector(3))
            let y = try Traced.external(fixed, q, .vector(6))
            return square(q[2]) * square(y[4]) + square(y[5])
        }
        let (value, gradient) = try f.valueAndGradient(at: [0.7, -0.4, 1.3])
        let expected: [Double] = [2 * 1.69 * 0.7, -0.8, 2 * 1.3 * 0.49]
        #expect(abs(value - (1.69 * 0.49 + 0.16)) < 10 * setting.1)
        for (a, b) in zip(gradient, expected) { #expect(abs(a - b) < 100 * setting.1) }
    }

    @Test func rootHasDerivatives() throws {
        // x² = p, x y = q
        for method in [RootMethod.newton, .powell] {
            let root = TracedRoot(
                system: try VectorFunction(dimension: 4) { trace in
                    let x = trace.input(.vector(2))
                    let p = trace.input(.vector(2))
                    return [Traced.vector([square(x[0]) - p[0], x[0] * x[1] - p[1]])]
                }, count: 2, guess: [1, 1], method: method,
                settings: RootSettings(
                    relativeTolerance: 1e-10, functionTolerance: 1e-6, maximumSteps: 200),
                check: { _ in }, failure: { $0 })
            let f = try DifferentiableFunction(dimension: 2) { trace in
                let x = try Traced.external(root, trace.input(.vector(2)), .vector(2))
                return x[0] + 3 * x[1]
            }
            let (value, gradient) = try f.valueAndGradient(at: [4, 3])
            #expect(abs(value - 6.5) < 1e-14)
            #expect(abs(gradient[0] - (0.25 - 3 * 3.0 / 16)) < 1e-14)
            #expect(abs(gradient[1] - 1.5) < 1e-14)
            // No root: x² = −1.
            #expect(throws: RootFailure.self) { try f.valueAndGradient(at: [-1, 3]) }
        }
    }

    /// Far from the root, and where the Jacobian at the guess is singular.
    @Test func rootsThatAreHardToFind() throws {
        func solve(
            _ method: RootMethod, _ guess: [Double],
            _ f: @escaping @Sendable (Traced) -> [Traced]
        ) throws -> [Double] {
            let count = guess.count
            let root = TracedRoot(
                system: try VectorFunction(dimension: count) {
                    [Traced.vector(f($0.input(.vector(count))))]
                }, count: count, guess: guess, method: method,
                settings: RootSettings(
                    relativeTolerance: 1e-10, functionTolerance: 1e-9, maximumSteps: 500),
                check: { _ in }, failure: { $0 })
            return try Traced.external(root, Traced([]), .vector(count)).constants ?? []
        }
        for method in [RootMethod.newton, .powell] {
            // Rosenbrock's valley as equations.
            let valley = try solve(method, [-1.2, 1]) {
                [10 * ($0[1] - square($0[0])), 1 - $0[0]]
            }
            #expect(abs(valley[0] - 1) < 1e-14 && abs(valley[1] - 1) < 1e-14)
            // atan: plain Newton flies off from 3.
            let middle = try solve(method, [3]) { [atan($0[0])] }
            #expect(abs(middle[0]) < 1e-14)
        }
        // Powell's badly scaled equations.
        let scaled = try solve(.powell, [0, 1]) {
            [1e4 * $0[0] * $0[1] - 1, exp(-$0[0]) + exp(-$0[1]) - 1.0001]
        }
        #expect(abs(scaled[0] - 1.0981593296997149e-5) < 1e-14)
        #expect(abs(scaled[1] - 9.106146739867318) < 1e-8)
    }

    private func integral(
        _ count: Int, _ a: Double?, _ b: Double?, tolerance: Double = 1e-10,
        _ f: @escaping @Sendable (Traced, Traced, Traced) -> Traced
    ) throws -> TracedIntegral {
        TracedIntegral(
            integrand: try VectorFunction(dimension: 2 + count) { trace in
                let (x, complement) = (trace.input(), trace.input())
                return [f(x, complement, trace.input(.vector(count)))]
            }, lower: a, upper: b, givesComplement: true, tolerance: tolerance,
            isStopped: { false }, stopped: CancellationError(), failure: { $0 })
    }

    @Test func integralsHaveDerivatives() throws {
        // ∫ xᵖ from a to b, all three unknown.
        let power = try integral(1, nil, nil) { x, _, p in pow(x, p[0]) }
        let f = try DifferentiableFunction(dimension: 3) {
            try Traced.external(power, $0.input(.vector(3)), .scalar)
        }
        let (value, gradient) = try f.valueAndGradient(at: [0.5, 2, 1.5])
        func term(_ x: Double) -> Double { pow(x, 2.5) / 2.5 }
        #expect(abs(value - (term(2) - term(0.5))) < 1e-14)
        #expect(abs(gradient[0] + pow(0.5, 1.5)) < 1e-14)
        #expect(abs(gradient[1] - pow(2, 1.5)) < 1e-14)
        func byPower(_ x: Double) -> Double { pow(x, 2.5) * (log(x) / 2.5 - 1 / 6.25) }
        #expect(abs(gradient[2] - (byPower(2) - byPower(0.5))) < 1e-14)
    }

    @Test func infiniteAndSingularIntegrals() throws {
        func value(_ f: TracedIntegral, _ p: [Double] = []) throws -> Double {
            try Traced.external(f, Traced(p), .scalar).constant ?? .nan
        }
        let bell = try integral(0, -.infinity, .infinity) { x, _, _ in exp(-square(x)) }
        #expect(abs(try value(bell) - Double.pi.squareRoot()) < 4e-15)
        let tail = try integral(0, 1, .infinity) { x, _, _ in 1 / square(x) }
        #expect(abs(try value(tail) - 1) < 1e-15)
        let below = try integral(0, -.infinity, 3) { x, _, _ in exp(x) }
        #expect(abs(try value(below) - exp(3)) < 1e-14)
        // The beta function of a half and a half, with the complement.
        let beta = try integral(0, 0, 1) { x, complement, _ in
            let half = Traced.less(x, 0.5)
            return select(
                half, 1 / sqrt(x * (1 - x)), 1 / sqrt(x * select(half, 1, complement)))
        }
        #expect(abs(try value(beta) - .pi) < 1e-13)
        let none = try integral(0, 2, 2) { x, _, _ in x }
        #expect(try value(none) == 0)
        #expect(throws: IntegralFailure.self) {
            try value(try self.integral(0, 2, 1) { x, _, _ in x })
        }
        #expect(throws: IntegralFailure.self) {
            try value(try self.integral(0, 0, 1) { x, _, _ in 1 / (x - 0.3) })
        }
    }
}
