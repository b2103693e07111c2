// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Calculus
import Foundation
import LinearAlgebra
import Testing

@Suite struct DerivativeTests {
    @Test func ofOneVariable() throws {
        #expect(try derivative(at: 2) { x in x * x * x } == 12)
        #expect(
            try (derivative(at: 0.3) { x in exp(sin(x)) } - exp(sin(0.3)) * cos(0.3)).magnitude
                < 1e-15)
        #expect(try derivative(at: 5) { _ in 3 } == 0)
    }

    @Test func gradients() throws {
        let g = try gradient(at: [3, 4]) { p in sqrt(square(p[0]) + square(p[1])) }
        #expect(try (g - [0.6, 0.8]).norm < 1e-15)
        let slope = try directionalDerivative(at: [3, 4], along: [4, -3]) { p in
            sqrt(square(p[0]) + square(p[1]))
        }
        #expect(slope.magnitude < 1e-15)
        #expect(throws: ShapeError.self) { try gradient(at: []) { _ in 1 } }
        #expect(throws: ShapeError.self) {
            try directionalDerivative(at: [1, 2], along: [1]) { p in p[0] }
        }
    }

    @Test func polarCoordinates() throws {
        let (r, t) = (2.0, 0.7)
        let j = try jacobian(at: [r, t]) { p in [p[0] * cos(p[1]), p[0] * sin(p[1])] }
        let exact = try Matrix([[cos(t), -r * sin(t)], [sin(t), r * cos(t)]])
        #expect(try (j - exact).frobeniusNorm < 1e-15)
        // An array counts entry by entry.
        #expect(
            try jacobian(at: [1, 2, 3]) { p in [p * p] }
                == Matrix.diagonal([2, 4, 6]))
    }

    @Test func hessians() throws {
        let h = try hessian(at: [1, 1]) { p in
            square(1 - p[0]) + 100 * square(p[1] - p[0] * p[0])
        }
        #expect(h == (try Matrix([[802, -400], [-400, 200]])))
        #expect(
            try laplacian(at: [1, 1]) { p in
                square(1 - p[0]) + 100 * square(p[1] - p[0] * p[0])
            } == 1002)
    }

    /// Second derivatives of each function of one variable, at 0.7, by mpmath
    /// 1.3: `mp.diff(f, 0.7, 2)` with 40 digits.
    static let seconds: [(String, @Sendable (Jet) -> Jet, Double)] = [
        ("exp", { exp($0) }, 2.0137527074704764),
        ("log", { log($0) }, -2.0408163265306125),
        ("sqrt", { sqrt($0) }, -0.4268673604765692),
        ("sin", { sin($0) }, -0.64421768723769102),
        ("cos", { cos($0) }, -0.76484218728448845),
        ("tan", { tan($0) }, 2.8796992653148323),
        ("atan", { atan($0) }, -0.63060222512499438),
        ("sinh", { sinh($0) }, 0.75858370183953345),
        ("cosh", { cosh($0) }, 1.255169005630943),
        ("tanh", { tanh($0) }, -0.76723231009191656),
        ("pow 2.5", { pow($0, 2.5) }, 3.1374750995027832),
        ("pow x x", { pow($0, $0) }, 1.4353626510390711),
        ("quotient", { $0 / (1 + $0 * $0) }, -1.0622896544051919),
    ]

    @Test(arguments: seconds.indices) func secondDerivative(_ index: Int) throws {
        let (name, function, exact) = Self.seconds[index]
        let found = try hessian(at: [0.7]) { function($0[0]) }[0, 0]
        #expect((found / exact - 1).magnitude < 4e-15, "\(name): \(found), exact \(exact)")
    }

    @Test func mixedDerivative() throws {
        // ∂²/∂x∂y exp(x·y)·sin(y) at (0.3, 0.8), and the same through the engine:
        // the gradient of ∂f/∂x = y·exp(x·y)·sin(y).
        let h = try hessian(at: [0.3, 0.8]) { p in exp(p[0] * p[1]) * sin(p[1]) }
        let row = try gradient(at: [0.3, 0.8]) { p in p[1] * exp(p[0] * p[1]) * sin(p[1]) }
        #expect((h[0, 1] - row[1]).magnitude < 1e-15)
        #expect((h[0, 0] - row[0]).magnitude < 1e-15)
    }
}
