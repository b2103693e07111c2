// SPDX-License-Identifier: GPL-3.0-or-later

extension StanSignatures {
    /// Functions that take functions.
    static let higherOrderTable: String = {
        let ode = "function(real, vector, ...)=>vector"
        let oldODE = "function(real, real[], real[], data real[], data int[])=>real[]"
        let residual = "function(real, vector, vector, ...)=>vector"
        let oldSystem = "function(vector, vector, data real[], data int[])=>vector"
        let integrand = "function(real, real, ...)=>real"
        let control = "data real, data real, data int"
        var lines: [String] = []
        for method in ["rk45", "ckrk", "adams", "bdf"] {
            lines.append("vector[] ode_\(method)(\(ode), vector, real, real[], ...)")
            lines.append(
                "vector[] ode_\(method)_tol(\(ode), vector, real, real[], \(control), ...)")
        }
        lines.append(
            """
            vector[] ode_adjoint_tol_ctl(\(ode), vector, real, real[], data real, data vector, \
            data real, data vector, data real, data real, data int, data int, data int, \
            data int, data int, ...)
            """)
        for method in ["rk45", "adams", "bdf"] {
            let arguments = "\(oldODE), real[], real, real[], real[], data real[], data int[]"
            lines.append("real[,] integrate_ode_\(method)(\(arguments))")
            lines.append("real[,] integrate_ode_\(method)(\(arguments), \(control))")
        }
        let times = "vector, vector, data real, data real[]"
        lines.append("vector[] dae(\(residual), \(times), ...)")
        lines.append("vector[] dae_tol(\(residual), \(times), \(control), ...)")
        for method in ["newton", "powell"] {
            lines.append("vector solve_\(method)(function(vector, ...)=>vector, vector, ...)")
            lines.append(
                "vector solve_\(method)_tol(function(vector, ...)=>vector, vector, \(control), ...)"
            )
        }
        for name in ["algebra_solver", "algebra_solver_newton"] {
            let arguments = "\(oldSystem), vector, vector, data real[], data int[]"
            lines.append("vector \(name)(\(arguments))")
            lines.append("vector \(name)(\(arguments), \(control))")
        }
        let oldIntegrand = "function(real, real, real[], data real[], data int[])=>real"
        let bounds = "real, real, real[], data real[], data int[]"
        lines.append("real integrate_1d(\(oldIntegrand), \(bounds))")
        lines.append("real integrate_1d(\(oldIntegrand), \(bounds), data real)")
        for method in ["double_exponential", "gauss_kronrod"] {
            lines.append("real integrate_1d_\(method)(\(integrand), real, real, ...)")
            lines.append(
                "real integrate_1d_\(method)_tol(\(integrand), real, real, \(control), ...)")
        }
        lines.append(
            """
            vector map_rect(function(vector, vector, data real[], data int[])=>vector, vector, \
            vector[], data real[,], data int[,])
            """)
        for name in ["reduce_sum", "reduce_sum_static"] {
            lines.append("real \(name)(function(T[], int, int, ...)=>real, T[], int, ...)")
        }
        return lines.joined(separator: "\n")
    }()

    /// The embedded Laplace approximation: a tuple behind a function holds the arguments
    /// that go to it.
    static let laplaceTable: String = {
        let options = "tuple(vector real int int int int)"
        let prior = "data int, function(...)=>matrix, tuple(...)"
        var lines = [
            "\(options) generate_laplace_options(int)",
            "\(options) generate_laplace_options(vector)",
        ]
        let general = "function(vector, ...)=>real, tuple(...), \(prior)"
        let counts = "int[], int[], vector"
        let likelihoods = [
            ("_bernoulli_logit", counts), ("_poisson_log", counts),
            ("_neg_binomial_2_log", "int[], int[], real, vector"),
        ]
        for (tol, last) in [("", ""), ("_tol", ", data \(options)")] {
            lines.append("real laplace_marginal\(tol)(\(general)\(last))")
            lines.append("vector laplace_latent\(tol)_rng(\(general)\(last))")
            for (name, arguments) in likelihoods {
                let list = "(\(arguments), \(prior)\(last))"
                lines.append("real laplace_marginal\(tol)\(name)_lpmf\(list)")
                lines.append("vector laplace_latent\(tol)\(name)_rng\(list)")
            }
        }
        return lines.joined(separator: "\n")
    }()

    /// The maps between constrained and unconstrained values.
    static let transformTable: String = {
        var lines: [String] = []
        func add(_ name: String, _ constrained: String, _ free: String, _ sizes: String = "") {
            for kind in ["constrain", "jacobian"] {
                lines.append("\(constrained) \(name)_\(kind)(\(free)\(sizes))")
                lines.append("\(constrained)[] \(name)_\(kind)(\(free)[]\(sizes))")
            }
            lines.append("\(free) \(name)_unconstrain(\(constrained))")
            lines.append("\(free)[] \(name)_unconstrain(\(constrained)[])")
        }
        for (name, bounds) in [
            ("lower_bound", 1), ("upper_bound", 1), ("lower_upper_bound", 2),
            ("offset_multiplier", 2),
        ] {
            let list = String(repeating: ", elem", count: bounds)
            for kind in ["constrain", "jacobian", "unconstrain"] {
                lines.append("R \(name)_\(kind)(elem\(list))")
            }
        }
        for name in ["ordered", "positive_ordered", "simplex", "unit_vectors", "sum_to_zero"] {
            add(name, "vector", "vector")
        }
        for name in ["sum_to_zero", "stochastic_column", "stochastic_row"] {
            add(name, "matrix", "matrix")
        }
        add("cholesky_factor_corr", "matrix", "vector", ", int")
        add("cholesky_factor_cov", "matrix", "vector", ", int, int")
        add("corr_matrix", "matrix", "vector", ", int")
        add("cov_matrix", "matrix", "vector", ", int")
        return lines.joined(separator: "\n")
    }()
}
