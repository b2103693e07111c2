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
