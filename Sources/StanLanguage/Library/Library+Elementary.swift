// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Functions of one number, applied to every entry of any container.
    static let elementaryFunctions: [String: @Sendable (Traced) -> Traced] = [
        "exp": { exp($0) },
        "expm1": { expm1($0) },
        "exp2": { exp2($0) },
        "log": { log($0) },
        "log1p": { log1p($0) },
        "log2": { log2($0) },
        "log10": { log10($0) },
        "log1m": { log1m($0) },
        "log1p_exp": { log1pExp($0) },
        "log1m_exp": { log1mExp($0) },
        "logit": { logit($0) },
        "inv_logit": { logistic($0) },
        "log_inv_logit": { logLogistic($0) },
        "log1m_inv_logit": { logLogistic(-$0) },
        "sqrt": { sqrt($0) },
        "cbrt": { cbrt($0) },
        "square": { square($0) },
        "inv": { reciprocal($0) },
        "inv_sqrt": { reciprocal(sqrt($0)) },
        "inv_square": { reciprocal(square($0)) },
        "fabs": { abs($0) },
        "sin": { sin($0) },
        "cos": { cos($0) },
        "tan": { tan($0) },
        "asin": { asin($0) },
        "acos": { acos($0) },
        "atan": { atan($0) },
        "sinh": { sinh($0) },
        "cosh": { cosh($0) },
        "tanh": { tanh($0) },
        "asinh": { asinh($0) },
        "acosh": { acosh($0) },
        "atanh": { atanh($0) },
        "erf": { erf($0) },
        "erfc": { erfc($0) },
        "inv_erfc": { -normalQuantile($0 * 0.5) * Traced(0.5.squareRoot()) },
        "Phi": { normalCDF($0) },
        "inv_Phi": { normalQuantile($0) },
        "std_normal_qf": { normalQuantile($0) },
        "Phi_approx": { logistic((Traced(0.07056) * square($0) + 1.5976) * $0) },
        "inv_cloglog": { -expm1(-exp($0)) },
        "lgamma": { logGamma($0) },
        "digamma": { digamma($0) },
        "trigamma": { .apply(.trigamma, $0) },
        "floor": { floor($0) },
        "ceil": { ceil($0) },
        "round": { round($0) },
        "trunc": { trunc($0) },
        // 1 where x ≥ 0
        "step": { Traced(1) - Traced.less($0, 0) },
        "tgamma": gamma,
    ]

    static let elementary: LibraryGroup = {
        var table: LibraryGroup = elementaryFunctions.mapValues { function in
            { call in call[0].mapped(function) }
        }
        table["abs"] = { call in
            switch call[0] {
            case .int(let value):
                guard value != .min else { throw EvaluationError.overflow }
                return .int(Swift.abs(value))
            case .ints(let values):
                return .ints(
                    try values.map {
                        guard $0 != .min else { throw EvaluationError.overflow }
                        return Swift.abs($0)
                    })
            default: return call[0].mapped { abs($0) }
            }
        }
        table["minus"] = { call in try call.evaluator.unary(.minus, call[0]) }
        table["plus"] = { call in call[0] }
        return table
    }()

    /// Γ(x); between −1 and 0, −3 and −2, … it is negative.
    private static func gamma(_ x: Traced) -> Traced {
        let positive = exp(logGamma(x))
        if let numbers = x.constants, numbers.allSatisfy({ $0 >= 0 }) { return positive }
        let half = floor(x) * 0.5
        let isOdd = Traced(1) - Traced.equal(half, floor(half))
        return select(Traced.less(x, 0) * isOdd, -positive, positive)
    }
}
