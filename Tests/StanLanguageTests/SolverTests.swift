// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import DataFrames
import Errors
import Foundation
import Inference
import Synchronization
import Testing

@testable import StanLanguage

/// Differential equations, roots and integrals in programs: messages, known numbers.
/// Log densities and gradients are compared in `ModelReferenceTests`.
@Suite struct SolverTests {
    private static let decay = """
        functions {
          vector decay(real t, vector y, real k) { return -k * y; }
          vector wrong(real t, vector y, real k) { return [1, 2, 3]'; }
          vector explosion(real t, vector y, real k) { return k * square(y); }
          vector refusing(real t, vector y, real k) {
            if (k > 2) reject("k is ", k);
            return -k * y;
          }
        }

        """

    private func model(_ text: String, _ data: JSONValue = [:]) throws -> StanModel {
        try ModelTests.model(Self.decay + text, data)
    }

    /// A program whose density at k = 1 is the solution of y′ = −k y.
    private func solve(
        _ call: String, at k: Double = 1
    ) throws -> (value: Double, gradient: [Double]) {
        try model("parameters { real k; } model { target += \(call)[1][1]; }").logDensity(at: [k])
    }

    @Test(arguments: ["rk45", "ckrk", "adams", "bdf"]) func defaults(_ method: String) throws {
        let (value, gradient) = try solve("ode_\(method)(decay, [2]', 0, {1.5}, k)")
        // 1e-6 or 1e-10 a step.
        #expect(abs(value - 2 * exp(-1.5)) < 3e-6)
        #expect(abs(gradient[0] + 3 * exp(-1.5)) < 1e-5)
    }

    @Test(arguments: [
        ("ode_rk45(decay, [not_a_number()]', 0, {1.5}, k)", "initial state"),
        ("ode_rk45(decay, [2]', 0, {1.5, 1}, k)", "times is not a valid sorted vector"),
        ("ode_bdf(decay, [2]', 2, {1.5}, k)", "initial time is 2, but must be less than 1.5"),
        ("ode_rk45(decay, [2]', 0, {positive_infinity()}, k)", "times"),
        ("ode_rk45_tol(decay, [2]', 0, {100}, 1e-9, 1e-9, 3, k)", "max_num_steps"),
        ("ode_bdf_tol(decay, [2]', 0, {100}, 1e-9, 1e-9, 3, k)", "max_num_steps"),
        ("ode_rk45_tol(decay, [2]', 0, {1}, 0, 1e-9, 3, k)", "relative_tolerance"),
        ("ode_rk45_tol(decay, [2]', 0, {1}, 1e-9, -1, 3, k)", "absolute_tolerance"),
        ("ode_rk45_tol(decay, [2]', 0, {1}, 1e-9, 1e-9, 0, k)", "max_num_steps"),
        ("ode_rk45(explosion, [2]', 0, {1.5}, k)", "time 0."),
        ("ode_adams(explosion, [2]', 0, {1.5}, k)", "time 0."),
        ("ode_rk45(explosion, [1e200]', 0, {1.5}, 1e200 * k)", "not finite at time 0"),
        ("ode_rk45(refusing, [2]', 0, {1.5}, 3 * k)", "k is 3"),
    ])
    func pointsAreRejected(_ call: String, _ words: String) {
        do {
            let value = try solve(call)
            Issue.record("\(call) gave \(value)")
        } catch let error as Rejection {
            #expect(error.message.contains(words), "\(error.message)")
            #expect(error.message.contains("model.stan:"), "\(error.message)")
        } catch { Issue.record("\(call): \(error)") }
    }

    @Test(arguments: [
        ("ode_rk45(wrong, [2]', 0, {1.5}, k)", "dy_dt (3) and states (1) must match in size"),
        ("ode_rk45(decay, [2]', 0, rep_array(1.0, 0), k)", "times has size 0"),
        ("ode_rk45(decay, rep_vector(1, 0), 0, {1.5}, k)", "initial state has size 0"),
    ])
    func programsAreWrong(_ call: String, _ words: String) {
        do {
            let value = try solve(call)
            Issue.record("\(call) gave \(value)")
        } catch let error as Diagnostic {
            #expect(error.message.contains(words), "\(error.message)")
        } catch { Issue.record("\(call): \(error)") }
    }

    @Test(arguments: [
        "ode_rk45(decay, [2]', 0, {1.5})", "ode_rk45(decay, [2]', 0, {1.5}, k, k)",
        "ode_rk45(decay, {2.0}, 0, {1.5}, k)", "ode_rk45(exp, [2]', 0, {1.5}, k)",
        "ode_rk45_tol(decay, [2]', 0, {1.5}, k, 1e-9, 100, k)",
        "integrate_ode_rk45(decay, {2.0}, 0, {1.5}, {k}, {1.0}, {1})",
        "{solve_newton(decay, [1]', k)}", "{[integrate_1d(decay, 0, 1, {k}, {1.0}, {1})]'}",
    ])
    func callsAreChecked(_ call: String) {
        #expect(throws: DiagnosticList.self) { try solve(call) }
    }

    /// An endless solution can be left.
    @Test func solutionsCanBeStopped() throws {
        let calls = Mutex(0)
        let model = try StanModel(
            program: try StanProgram.parse(
                SourceText(
                    name: "model.stan",
                    text: """
                        functions { vector f(real t, vector y, real k) { return [cos(1e4 * k * t)]'; } }
                        parameters { real k; }
                        model { target += ode_rk45_tol(f, [1]', 0, {1e9}, 1e-10, 1e-10, 1000000000, k)[1][1]; }
                        """)), data: [:],
            isStopped: {
                calls.withLock {
                    $0 += 1; return $0 > 100
                }
            })
        #expect(throws: Cancelled.self) { try model.logDensity(at: [1]) }
    }

    /// Equal numbers in transformed data, the model and generated quantities.
    @Test func knownNumbersAreSolvedToo() throws {
        let model = try model(
            """
            transformed data { vector[1] y = ode_adams(decay, [2]', 0, {1.5}, 1)[1]; }
            parameters { real k; }
            transformed parameters { vector[1] z = ode_adams(decay, [2]', 0, {1.5}, k)[1]; }
            generated quantities {
              vector[1] a = y;
              vector[1] b = ode_adams(decay, [2]', 0, {1.5}, k)[1];
            }
            """)
        var out: [Double] = []
        try model.writeOutputs(at: [1], generator: .init(seed: 1), into: &out)
        #expect(out.count == 4)
        #expect(out[1] == out[2] && out[2] == out[3])
        #expect(abs(out[1] - 2 * exp(-1.5)) < 1e-9)
    }

    /// Stan's defaults for roots and integrals give nearly all digits.
    @Test func rootsAndIntegralsAtTheDefaults() throws {
        let text = """
            functions {
              vector f(vector x, vector p) { return [square(x[1]) - p[1], x[1] * x[2] - p[2]]'; }
              vector g(vector x, vector p, array[] real r, array[] int i) {
                return [square(x[1]) - p[1]]';
              }
              real h(real x, real xc, array[] real p, array[] real r, array[] int i) {
                return exp(-p[1] * x);
              }
              real v(real x, real xc, real p) { return exp(-p * x); }
            }
            transformed data { array[0] real r; array[0] int i; }
            parameters { vector[2] p; }
            model {
              target += solve_newton(f, [1, 1]', p)[2];
              target += solve_powell(f, [1, 1]', p)[1];
              target += algebra_solver(g, [1]', p, r, i)[1];
              target += algebra_solver_newton(g, [1]', p, r, i)[1];
              target += integrate_1d(h, 0, positive_infinity(), {p[1]}, r, i);
              target += integrate_1d_double_exponential(v, 0, 1, p[1]);
              target += integrate_1d_gauss_kronrod_tol(v, 0, p[2], 1e-10, 1e-10, 20, p[1]);
            }
            """
        let model = try ModelTests.model(text)
        let (value, gradient) = try model.logDensity(at: [4, 3])
        let (near, far) = (exp(-4.0), exp(-12.0))
        let integrals = 0.25 + (1 - near) / 4 + (1 - far) / 4
        let expected = 1.5 + 2 + 2 + 2 + integrals
        #expect(abs(value - expected) < 1e-13)
        let roots = -3.0 / 16 + 0.75
        let slopes = [-1, 4 * near - (1 - near), 12 * far - (1 - far)]
        let byFirst = roots + slopes.reduce(0, +) / 16
        #expect(abs(gradient[0] - byFirst) < 1e-12)
        #expect(abs(gradient[1] - (0.5 + far)) < 1e-12)
        // There is no root of x² = −1.
        #expect(throws: Rejection.self) { try model.logDensity(at: [-1, 3]) }
    }
}
