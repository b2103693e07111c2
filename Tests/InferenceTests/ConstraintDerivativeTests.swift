// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Autodiff
@testable import Inference

/// Derivatives of every transform, of value and log Jacobian together, against
/// dual numbers carried through the graph node by node (`DualNumbers.swift` is
/// that of the engine's tests).
@Suite struct ConstraintDerivativeTests {
    @Test(arguments: ConstraintCase.all)
    func agreeWithDualNumbers(_ c: ConstraintCase) throws {
        // Far out the logistic of the oracle loses digits that ours keeps.
        let y = c.free.map { max(-20, min(20, $0)) }
        let body: @Sendable (Trace) throws -> Traced = { trace in
            let (x, jacobian) = try c.make().constrain(
                trace.input(.vector(y.count)), shape: c.form, trace: trace)
            return dot(Traced(c.weights), x.reshaped(.vector(c.form.count))) + jacobian
        }
        let (_, gradient) = try DifferentiableFunction(dimension: y.count, at: y, body)
            .valueAndGradient(at: y)
        let trace = Trace(point: y)
        let root = trace.id(of: try body(trace))
        let largest = gradient.map(abs).max() ?? 0
        for i in y.indices {
            var interpreter = DualInterpreter(trace, at: y, direction: i)
            let slope = interpreter.value(root)[0].slope
            #expect(
                abs(gradient[i] - slope) <= 1e-9 * max(1, largest, abs(slope)),
                "∂\(i): \(gradient[i]), dual numbers give \(slope)")
        }
    }
}
