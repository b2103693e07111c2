// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import StanLanguage

/// Older solvers become today's with the same numbers.
@Suite struct SolverUpgradeTests {
    private static let functions = """
        functions {
          real[] decay(real t, real[] y, real[] theta, real[] x_r, int[] x_i) {
            real d[2];
            d[1] = -theta[1] * y[1] + x_r[1];
            d[2] = theta[1] * y[1] - theta[2] * y[2] * x_i[1];
            return d;
          }
          vector roots(vector y, vector theta, real[] x_r, int[] x_i) {
            return [y[1]^2 - theta[1] - x_r[1], y[1] * y[2] - x_i[1]]';
          }
        """

    private static let parameters = """
        transformed data {
          real ts[3] = {0.5, 1, 2.5}; real x_r[1] = {0.1}; int x_i[1] = {2};
        }
        parameters { real<lower=0> a; real<lower=0> b; }
        """

    @Test(arguments: [
        ("integrate_ode_rk45(decay, {a, 1}, 0, ts, {a, b}, x_r, x_i)[3, 2]", "decay_ode_rk45("),
        ("integrate_ode(decay, {1, 2}, 0, ts, {a, b}, x_r, x_i)[2, 1]", "decay_ode_rk45("),
        ("integrate_ode_bdf(decay, {a, 1}, 0, ts, {a, b}, x_r, x_i)[3, 2]", "decay_ode_bdf("),
        ("integrate_ode_adams(decay, {a, 1}, 0, ts, {a, b}, x_r, x_i)[1, 2]", "decay_ode_adams("),
        (
            "integrate_ode_rk45(decay, {a, b}, 0, ts, {a, b}, x_r, x_i, 1e-4, 1e-5, 1000)[3, 2]",
            "decay_ode_rk45_tol("
        ),
        (
            "algebra_solver(roots, [1, 1]', [a, b]', x_r, x_i)[2]",
            "solve_powell_tol(roots, [1, 1]', 1e-10, 1e-6, 1000, [a, b]', x_r, x_i)"
        ),
        (
            "algebra_solver(roots, [1, 1]', [a, b]', x_r, x_i, 1e-8, 1e-5, 100)[1]",
            "solve_powell_tol(roots, [1, 1]', 1e-8, 1e-5, 100, [a, b]', x_r, x_i)"
        ),
        (
            "algebra_solver_newton(roots, [1, 1]', [a, b]', x_r, x_i)[2]",
            "solve_newton(roots, [1, 1]', [a, b]', x_r, x_i)"
        ),
        (
            "algebra_solver_newton(roots, [1, 1]', [a, b]', x_r, x_i, 1e-8, 1e-5, 100)[1]",
            "solve_newton_tol(roots, [1, 1]', 1e-8, 1e-5, 100, [a, b]', x_r, x_i)"
        ),
    ])
    func numbersStay(_ call: String, _ wanted: String) throws {
        let old =
            Self.functions + "}\n" + Self.parameters
            + "model { real z; z = \(call); target += z; }"
        let result = try StanProgram.upgrade(SourceText(name: "model.stan", text: old))
        let words = result.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains(wanted), "\(result.text)")
        #expect(!words.contains("integrate_ode") && !words.contains("algebra_solver"))
        #expect(result.notes.isEmpty)
        let before = try ModelTests.model(old)
        let after = try ModelTests.model(result.text)
        let text = SourceText(name: "model.stan", text: result.text)
        #expect(try StanProgram.parse(text).warnings.isEmpty)
        for point in [[0.3, -0.2], [-0.5, 1]] {
            let (a, b) = (try before.logDensity(at: point), try after.logDensity(at: point))
            #expect(a.value == b.value)
            #expect(a.gradient == b.gradient)
        }
        let again = try StanProgram.upgrade(SourceText(name: "model.stan", text: result.text))
        #expect(again.text == result.text)
    }

    /// One function serves all calls; names that are taken are avoided.
    @Test func functionsAreShared() throws {
        let old =
            Self.functions + "real decay_vector(real x) { return x; } }\n" + Self.parameters
                + """
                model {
                  real x[3, 2]; real y[3, 2];
                  x = integrate_ode_rk45(decay, {a, 1}, 0, ts, {a, b}, x_r, x_i);
                  y = integrate_ode_rk45(decay, /* start */ {a, 2}, 0, ts, {a, b}, x_r, x_i);
                  y = integrate_ode_bdf(decay, // stiff
                    {a, 2}, 0, ts, {a, b}, x_r, x_i);
                }
                """
        let result = try StanProgram.upgrade(SourceText(name: "model.stan", text: old))
        #expect(result.text.components("vector decay_vector_(") == 1)
        #expect(result.text.components("real decay_ode_rk45(") == 1)
        #expect(result.text.components("decay_ode_rk45(") == 3)
        #expect(result.text.contains("/* start */") && result.text.contains("// stiff"))
        #expect(result.notes.isEmpty)
    }

    /// What has no place for a function of its own is left, with a warning at its line.
    @Test func callsInFunctionsAreLeft() throws {
        let old =
            Self.functions + """
                real inner(real a, real[] ts, data real[] x_r, data int[] x_i) {
                  return integrate_ode_rk45(decay, {a, 1}, 0, ts, {a, a}, x_r, x_i)[1, 1];
                }
                }

                """ + Self.parameters + """
                model {
                  real z[3, 2];
                  z = integrate_ode_rk45(decay, {a, 1}, 0, ts, {a, b}, x_r, x_i);
                  target += inner(a, ts, x_r, x_i) + z[1, 1];
                }
                """
        let result = try StanProgram.upgrade(SourceText(name: "model.stan", text: old))
        #expect(result.notes.count == 1)
        let note = try #require(result.notes.first)
        #expect(note.message.contains("integrate_ode_rk45 is outdated"))
        #expect(result.text.components("integrate_ode_rk45(") == 1)
        #expect(result.text.contains("z = decay_ode_rk45("))
    }
}

extension String {
    /// How often a text stands in the string.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
