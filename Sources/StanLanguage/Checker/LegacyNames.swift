// SPDX-License-Identifier: GPL-3.0-or-later

/// Names from older versions of the language.
enum LegacyNames {
    /// Functions that were renamed, with the same arguments.
    static let renamed: [String: String] = [
        "fabs": "abs",
        "multiply_log": "lmultiply",
        "binomial_coefficient_log": "lchoose",
        "cov_exp_quad": "gp_exp_quad_cov",
        "integrate_ode": "integrate_ode_rk45",
        "multi_student_cholesky_t_rng": "multi_student_t_cholesky_rng",
        "gp_matern23_cov": "gp_matern32_cov",
    ]

    /// Functions that stand for binary operators.
    static let binaryOperators: [String: StanBinaryOperator] = [
        "add": .add, "subtract": .subtract, "multiply": .multiply, "divide": .divide,
        "modulus": .modulo, "elt_multiply": .elementMultiply, "elt_divide": .elementDivide,
        "mdivide_left": .leftDivide, "mdivide_right": .divide, "logical_or": .or,
        "logical_and": .and, "logical_eq": .equal, "logical_neq": .notEqual, "logical_lt": .less,
        "logical_lte": .lessOrEqual, "logical_gt": .greater, "logical_gte": .greaterOrEqual,
    ]

    /// Functions that stand for unary operators.
    static let unaryOperators: [String: StanUnaryOperator] = [
        "minus": .minus, "plus": .plus, "logical_negation": .not, "transpose": .transpose,
    ]

    /// Whether a function came to the library in 2019 or later, so that programs
    /// written before may define one of the same name and arguments.
    static func isRecent(_ name: String) -> Bool {
        recent.contains(name)
            || recentStems.contains { name.hasPrefix($0) }
    }

    private static let recent: Set<String> = [
        "add_diag", "conj", "discrete_range_rng", "generalized_inverse", "hypot", "identity_matrix",
        "integrate_1d", "inv_erfc", "inv_inc_beta", "lambert_w0", "lambert_wm1",
        "log_inv_logit_diff", "log_modified_bessel_first_kind", "matrix_power", "norm", "norm1",
        "norm2", "quantile", "reverse", "std_normal_log_qf", "std_normal_qf", "svd", "svd_U",
        "svd_V", "symmetrize_from_lower_tri", "to_int", "uniform_simplex", "chol2inv", "fft",
        "fft2", "inv_fft", "inv_fft2", "arg", "polar", "proj", "to_complex", "qr", "lmultiply",
    ]

    private static let recentStems = [
        "bernoulli_logit", "beta_neg_binomial", "beta_proportion", "binomial_logit_glm",
        "categorical_logit_glm", "cholesky_factor", "complex_schur", "dirichlet_multinomial",
        "discrete_range", "eigen", "gp_", "hmm_", "hypergeometric", "inv_wishart_cholesky",
        "linspaced", "loglogistic", "log_mix", "multi_student_t_cholesky", "multinomial_logit",
        "neg_binomial_2_log_glm", "normal_id_glm", "one_hot", "ones_", "ordered_logistic_glm",
        "ordered_probit", "poisson_binomial", "poisson_log_glm", "qr_thin", "skew_double",
        "std_normal", "wiener", "wishart_cholesky", "zeros_", "yule", "sum_to_zero", "norm",
    ]

    static func isOperator(_ name: String) -> Bool {
        binaryOperators[name] != nil || unaryOperators[name] != nil
    }

    /// Today's name for a function with one of the suffixes `_log`,
    /// `_cdf_log` and `_ccdf_log`, when there is such a function.
    static func successor(of name: String, isKnown: (String) -> Bool) -> String? {
        if name.hasSuffix("_ccdf_log") {
            let today = "\(name.dropLast(9))_lccdf"
            return isKnown(today) ? today : nil
        }
        if name.hasSuffix("_cdf_log") {
            let today = "\(name.dropLast(8))_lcdf"
            return isKnown(today) ? today : nil
        }
        guard name.hasSuffix("_log") else { return nil }
        for suffix in ["_lpdf", "_lpmf"] {
            let today = "\(name.dropLast(4))\(suffix)"
            if isKnown(today) { return today }
        }
        return nil
    }
}
