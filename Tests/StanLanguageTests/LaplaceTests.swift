// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import DataFrames
import Errors
import Foundation
import Inference
import Randomness
import Testing

@testable import StanLanguage

/// The embedded Laplace approximation against mpmath (`Tests/Reference/laplace/make.py`),
/// against exact marginals of normal data, and its draws against their moments.
@Suite struct LaplaceTests {
    private static let cases: [JSONValue] = {
        let file = ModelReferenceTests.folder.deletingLastPathComponent()
            .appending(path: "laplace/laplace.json")
        guard let data = try? Data(contentsOf: file),
            let value = try? JSONValue.parse(SourceText(name: "laplace.json", bytes: Array(data)))
        else { return [] }
        return value.array ?? []
    }()

    @Test func thereAreCases() { #expect(Self.cases.count >= 9) }

    @Test(arguments: cases.indices)
    func agrees(_ number: Int) throws {
        let reference = Self.cases[number]
        let name = reference["name"]?.string ?? ""
        let model = try ModelTests.model(try #require(reference["program"]?.string))
        for point in reference["points"]?.array ?? [] {
            let position = try #require(point["point"]?.doubles)
            let expected = try #require(point["value"]?.double)
            let gradient = try #require(point["gradient"]?.doubles)
            let found = try model.logDensity(at: position)
            #expect(
                abs(found.value - expected) <= 1e-12 * max(1, abs(expected)),
                "\(name): \(found.value), not \(expected)")
            let scale = gradient.map(\.magnitude).max() ?? 0
            for (slope, wanted) in zip(found.gradient, gradient) {
                #expect(
                    abs(slope - wanted) <= 1e-9 * max(abs(wanted), 1e-3 * scale),
                    "\(name): slope \(slope), not \(wanted)")
            }
        }
    }

    private static let normal = """
        functions {
          real likelihood(vector theta, data vector y, vector m, real s) {
            return normal_lpdf(y | theta + m, s);
          }
          matrix prior(data array[] real x, real a, real r) {
            return add_diag(gp_exp_quad_cov(x, a, r), 1e-2);
          }
          real stranger(vector theta, real s) { return sum(eigenvalues_sym(theta * theta')) * s; }
          real flat(vector theta, real s) { return s; }
          real convex(vector theta, real s) { return s * dot_self(theta); }
        }
        transformed data {
          array[4] real x = {0, 0.5, 1.5, 2};
          vector[4] y = [0.3, -1, 2, 0.7]';
        }
        parameters { real a; real r; real s; real m; }

        """

    /// With normal data the approximation is exact: every solver, block size and start.
    @Test(arguments: [
        "laplace_marginal(likelihood, (y, rep_vector(m, 4), exp(s)), 1, prior, (x, exp(a), exp(r)))",
        "laplace_marginal(likelihood, (y, rep_vector(m, 4), exp(s)), 2, prior, (x, exp(a), exp(r)))",
        "laplace_marginal(likelihood, (y, rep_vector(m, 4), exp(s)), 4, prior, (x, exp(a), exp(r)))",
        "laplace_marginal_tol(likelihood, (y, rep_vector(m, 4), exp(s)), 1, prior, (x, exp(a), exp(r)), (rep_vector(3, 4), 1e-8, 100, 2, 10, 0))",
        "laplace_marginal_tol(likelihood, (y, rep_vector(m, 4), exp(s)), 2, prior, (x, exp(a), exp(r)), (rep_vector(-2, 4), 1e-8, 100, 3, 0, 0))",
        "laplace_marginal_tol(likelihood, (y, rep_vector(m, 4), exp(s)), 1, prior, (x, exp(a), exp(r)), generate_laplace_options(4))",
        "laplace_marginal_tol(likelihood, (y, rep_vector(m, 4), exp(s)), 1, prior, (x, exp(a), exp(r)), generate_laplace_options([1, 2, 3, 4]'))",
    ])
    func exactForNormalData(_ call: String) throws {
        let exact =
            "multi_normal_lpdf(y | rep_vector(m, 4), add_diag(prior(x, exp(a), exp(r)), exp(2 * s)))"
        let model = try ModelTests.model(Self.normal + "model { target += \(call); }")
        let other = try ModelTests.model(Self.normal + "model { target += \(exact); }")
        for point in [[0.2, 0.1, -0.5, 0.3], [1, -1, 0.5, 2], [-2, 0.5, -3, 0]] {
            let (found, wanted) = (
                try model.logDensity(at: point), try other.logDensity(at: point)
            )
            #expect(abs(found.value - wanted.value) <= 1e-12 * max(1, abs(wanted.value)))
            for (slope, expected) in zip(found.gradient, wanted.gradient) {
                #expect(abs(slope - expected) <= 1e-10 * max(1, abs(expected)))
            }
        }
    }

    @Test(arguments: [
        ("laplace_marginal(stranger, (s, ), 1, prior, (x, a, r))", "higher derivatives"),
        ("laplace_marginal(flat, (s, ), 3, prior, (x, a, r))", "must divide"),
        ("laplace_marginal(flat, (s, ), 0, prior, (x, a, r))", "must divide"),
        ("laplace_marginal_poisson_log_lpmf({1} | {5}, y, 1, prior, (x, a, r))", "out of range"),
        ("laplace_marginal_poisson_log_lpmf({1, 2} | {1}, y, 1, prior, (x, a, r))", "must match"),
        ("laplace_marginal_poisson_log_lpmf({1} | {1}, [1, 2]', 1, prior, (x, a, r))", "offsets"),
        (
            "laplace_marginal_tol(flat, (s, ), 1, prior, (x, a, r), ([1]', 1e-8, 9, 1, 9, 1))",
            "theta_init"
        ),
    ])
    func programsAreWrong(_ call: String, _ words: String) throws {
        let model = try ModelTests.model(Self.normal + "model { target += \(call); }")
        do {
            let value = try model.logDensity(at: [1, 1, 1, 1])
            Issue.record("\(call) gave \(value)")
        } catch let error as Diagnostic {
            #expect(error.message.contains(words), "\(error.message)")
        } catch { Issue.record("\(call): \(error)") }
    }

    @Test(arguments: [
        ("laplace_marginal(convex, (exp(s), ), 1, prior, (x, a, r))", "laplace_marginal"),
        ("laplace_marginal(flat, (0 / (s - 1), ), 1, prior, (x, a, r))", "not finite"),
        ("laplace_marginal(flat, (s, ), 1, prior, (x, a, 0 * r))", "covariance matrix"),
        ("laplace_marginal_poisson_log_lpmf({-1} | {1}, y, 1, prior, (x, a, r))", "not finite"),
        (
            "laplace_marginal_tol(flat, (s, ), 1, prior, (x, a, r), (y, 1e-8, 9, 4, 9, 1))",
            "solver"
        ),
        (
            "laplace_marginal_tol_poisson_log_lpmf({99} | {1}, y, 1, prior, (x, a, r), (y, 1e-8, 1, 1, 9, 1))",
            "max number of iterations"
        ),
        (
            "laplace_marginal_tol(convex, (1, ), 1, prior, (x, 0.1 * a, r), (y, 1e-8, 9, 1, 9, 0))",
            "solver 1"
        ),
    ])
    func pointsAreRejected(_ call: String, _ words: String) throws {
        let model = try ModelTests.model(Self.normal + "model { target += \(call); }")
        do {
            let value = try model.logDensity(at: [1, 1, 1, 1])
            Issue.record("\(call) gave \(value)")
        } catch let error as Rejection {
            #expect(error.message.contains(words), "\(error.message)")
        } catch { Issue.record("\(call): \(error)") }
    }

    /// Functions and tuples that do not fit are refused by the checker.
    @Test(arguments: [
        "laplace_marginal(likelihood, (y, rep_vector(m, 4)), 1, prior, (x, a, r))",
        "laplace_marginal(likelihood, (rep_vector(m, 4), y, s), 1, prior, (x, a, r))",
        "laplace_marginal(flat, (s), 1, prior, (x, a, r))",
        "laplace_marginal(prior, (s, ), 1, flat, (x, a, r))",
        "laplace_marginal(flat, (s, ), 1, prior, (x, a))",
        "laplace_marginal_tol(flat, (s, ), 1, prior, (x, a, r), (y, 1e-8, 9, 1))",
        "laplace_marginal_tol(flat, (s, ), 1, prior, (x, a, r), (rep_vector(m, 4), 1e-8, 9, 1, 9, 1))",
    ])
    func isIllTyped(_ call: String) {
        #expect(throws: (any Error).self) {
            try ModelTests.model(Self.normal + "model { target += \(call); }")
        }
    }

    /// After `~` the library's likelihoods drop what does not depend on parameters.
    @Test func distributionStatement() throws {
        let list = "{1, 2, 3, 4}, rep_vector(m, 4), 1, prior, (x, exp(a), exp(r))"
        let statement = try ModelTests.model(
            Self.normal + "model { {4, 1, 0, 7} ~ laplace_marginal_poisson_log(\(list)); }")
        let whole = try ModelTests.model(
            Self.normal
                + "model { target += laplace_marginal_poisson_log_lpmf({4, 1, 0, 7} | \(list)); }")
        let point = [0.2, 0.1, 0, 0.3]
        let (dropped, kept) = (
            try statement.logDensity(at: point), try whole.logDensity(at: point)
        )
        #expect(abs(dropped.value - kept.value - log(24.0) - log(5040.0)) < 1e-11)
        #expect(zip(dropped.gradient, kept.gradient).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    /// With normal data the draws have the posterior's mean and covariance. Bounds of five
    /// standard errors: a false alarm in 1e5 runs with other seeds.
    @Test func drawsHaveTheirMoments() throws {
        let model = try ModelTests.model(
            Self.normal + """
                generated quantities {
                  array[4000] vector[4] z;
                  for (i in 1:4000) z[i] = laplace_latent_rng(likelihood,
                    (y, rep_vector(m, 4), exp(s)), 1, prior, (x, exp(a), exp(r)));
                  matrix[4, 4] k = prior(x, exp(a), exp(r));
                  matrix[4, 4] gain = k / add_diag(k, exp(2 * s));
                  vector[4] mu = gain * (y - m);
                  matrix[4, 4] v = k - gain * k;
                  vector[4] mean_z; matrix[4, 4] cov_z = rep_matrix(0, 4, 4);
                  for (i in 1:4) mean_z[i] = mean(z[:, i]);
                  for (i in 1:4000) cov_z += (z[i] - mu) * (z[i] - mu)' / 4000;
                  vector[4] e = (mean_z - mu) ./ sqrt(diagonal(v) / 4000);
                  matrix[4, 4] f = cov_z - v;
                  for (i in 1:4) for (j in 1:4)
                    f[i, j] /= sqrt((v[i, i] * v[j, j] + v[i, j]^2) / 4000);
                  real worst = max(append_row(abs(e), abs(to_vector(f))));
                }
                """)
        var outputs: [Double] = []
        try model.writeOutputs(
            at: [0.2, 0.1, -0.5, 0.3], generator: .init(seed: 17), into: &outputs)
        let worst = try #require(outputs.last)
        #expect(worst > 0.1 && worst < 5, "\(worst)")
    }
}
