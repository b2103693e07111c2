// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@testable import Autodiff

/// Operations given in Swift with their own derivatives.
@Suite struct FunctionTests {
    /// (x, y) ↦ (x y, sin x, y²), not defined for x > 2.
    private struct Example: ExternalFunction {
        func makeEvaluator(inputCount: Int) -> any ExternalEvaluator { Evaluator() }

        final class Evaluator: ExternalEvaluator {
            func evaluate(
                at input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>
            ) throws {
                if input[0] > 2 { throw Rejection("x is \(input[0])") }
                output[0] = input[0] * input[1]
                output[1] = sin(input[0])
                output[2] = input[1] * input[1]
            }

            func addAdjoints(
                at input: UnsafePointer<Double>, outputs: UnsafePointer<Double>,
                outputAdjoints: UnsafePointer<Double>, into adjoints: UnsafeMutablePointer<Double>
            ) {
                adjoints[0] += outputAdjoints[0] * input[1] + outputAdjoints[1] * cos(input[0])
                adjoints[1] += outputAdjoints[0] * input[0] + outputAdjoints[2] * 2 * input[1]
            }
        }
    }

    private static let hypotenuse = PointwiseFunction("hypotenuse", argumentCount: 2) {
        x, partials in
        let value = hypot(x[0], x[1])
        partials[0] = x[0] / value
        partials[1] = x[1] / value
        return value
    }

    @Test func externalFunctionHasDerivatives() throws {
        try checkGradient("external", at: [0.3, -0.7]) { _, q in
            let y = try Traced.external(Example(), tanh(q) * 3, .vector(3))
            return y[0] + square(y[1]) * y[2]
        }
    }

    /// Twice in one function, and of entries that do not stand in one run.
    @Test func externalFunctionOfGatheredEntries() throws {
        try checkGradient("external", at: [0.3, -0.7, 1.1]) { _, q in
            let first = try Traced.external(Example(), q.gather([2, 0]), .vector(3))
            let second = try Traced.external(
                Example(), Traced.vector([q[1], first[1]]), .vector(3))
            return sum(first) * second[0]
        }
    }

    @Test func failureIsThrown() throws {
        let f = try DifferentiableFunction(dimension: 2) { trace in
            sum(try Traced.external(Example(), trace.input(.vector(2)), .vector(3)))
        }
        #expect(try f.valueAndGradient(at: [1, 1]).value == 2 + sin(1.0))
        #expect(throws: Rejection.self) { try f.valueAndGradient(at: [3, 1]) }
        #expect(try f.valueAndGradient(at: [1, 1]).value == 2 + sin(1.0))
        #expect(throws: Rejection.self) {
            try Traced.external(Example(), Traced([3, 1]), .vector(3))
        }
    }

    @Test func pointwiseFunctionBatches() throws {
        let data = (0..<40).map { Double($0) * 0.05 + 0.1 }
        let loop: @Sendable (Trace, Traced) -> Traced = { _, q in
            let slope = q[0]
            return sum(
                Traced.vector(
                    data.map {
                        Traced.pointwise(Self.hypotenuse, [slope * Traced($0), exp(q[1])])
                    }))
        }
        try checkGradient("pointwise", at: [0.4, 0.2], loop)
        let f = try DifferentiableFunction(dimension: 2, at: [0.4, 0.2]) {
            loop($0, $0.input(.vector(2)))
        }
        // exp, multiply, the function
        #expect(f.programSize?.steps == 3)
        let arrays: @Sendable (Trace, Traced) -> Traced = { _, q in
            sum(Traced.pointwise(Self.hypotenuse, [q[0] * Traced(data), exp(q[1])]))
        }
        try checkGradient("pointwise arrays", at: [0.4, 0.2], arrays)
    }
}
