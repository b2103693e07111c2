// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Functions of two or three numbers, entry by entry, scalars with anything.
    static let binary: LibraryGroup = {
        let functions: [String: @Sendable (Traced, Traced) -> Traced] = [
            "pow": { pow($0, $1) },
            "fmax": { maximum($0, $1) },
            "fmin": { minimum($0, $1) },
            "fdim": { maximum($0 - $1, 0) },
            "fmod": { $0 - trunc($0 / $1) * $1 },
            "atan2": { atan2($0, $1) },
            "hypot": { hypot($0, $1) },
            "lbeta": { logBeta($0, $1) },
            "beta": { exp(logBeta($0, $1)) },
            "lchoose": logChoose,
            "lmultiply": productWithLog,
            "multiply_log": productWithLog,
            "log_diff_exp": { logDiffExp($0, $1) },
            "log_inv_logit_diff": { logLogistic($0) + log1mExp($1 - $0) + logLogistic(-$1) },
            "elt_multiply": { $0 * $1 },
            "elt_divide": { $0 / $1 },
            "ldexp": { $0 * exp2($1) },
        ]
        var table: LibraryGroup = functions.mapValues { function in
            { call in try Value.zipped(call.name, call[0], call[1], function) }
        }
        table["log_sum_exp"] = { call in
            if call.count == 2 {
                return try Value.zipped(call.name, call[0], call[1]) { logSumExp($0, $1) }
            }
            let all = call[0].expression
            return .real(all.shape.count == 0 ? Traced(-.infinity) : logSumExp(all))
        }
        table["fma"] = { call in
            let product = try Value.zipped(call.name, call[0], call[1], *)
            return try Value.zipped(call.name, product, call[2], +)
        }
        let operators: [String: StanBinaryOperator] = [
            "add": .add, "subtract": .subtract, "multiply": .multiply, "divide": .divide,
            "mdivide_left": .leftDivide, "mdivide_right": .divide, "modulus": .modulo,
            "logical_eq": .equal, "logical_neq": .notEqual, "logical_lt": .less,
            "logical_lte": .lessOrEqual, "logical_gt": .greater, "logical_gte": .greaterOrEqual,
            "logical_and": .and, "logical_or": .or,
        ]
        for (name, op) in operators {
            table[name] = { call in
                try call.evaluator.binary(op, call[0], call.type(0), call[1], call.type(1))
            }
        }
        table["logical_negation"] = { call in .truth(!call.evaluator.truth(call[0])) }
        return table
    }()

    /// a log b, and 0 when both are 0.
    private static func productWithLog(_ a: Traced, _ b: Traced) -> Traced {
        if a.constant == 0, b.constant == 0 { return 0 }
        return a * log(b)
    }

    /// log of the binomial coefficient, for reals too.
    static func logChoose(_ n: Traced, _ k: Traced) -> Traced {
        logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
    }

    static let constants: LibraryGroup = {
        let values: [String: Double] = [
            "pi": .pi,
            "e": 2.718281828459045,
            "sqrt2": 2.0.squareRoot(),
            "log2": 0.6931471805599453,
            "log10": 2.302585092994046,
            "not_a_number": .nan,
            "positive_infinity": .infinity,
            "negative_infinity": -.infinity,
            "machine_precision": 2.220446049250313e-16,
        ]
        var table: LibraryGroup = [:]
        for (name, value) in values {
            let function = elementary[name]
            table[name] = { call in
                if call.count > 0, let function { return try function(call) }
                return .number(value)
            }
        }
        return table
    }()

    /// Functions of and to integers.
    static let integers: LibraryGroup = [
        "int_step": { call in .truth(call.evaluator.decide(try call.real(0), .greater, 0)) },
        "is_inf": { call in
            let x = try call.real(0)
            return .truth(
                call.evaluator.decide(x, .equal, Traced(.infinity))
                    || call.evaluator.decide(x, .equal, Traced(-.infinity)))
        },
        "is_nan": { call in
            let x = try call.real(0)
            return .truth(!call.evaluator.decide(x, .equal, x))
        },
        "to_int": { call in
            func integer(_ number: Double) throws -> Int {
                guard let value = Int(exactly: number.rounded(.towardZero)) else {
                    throw DomainError(
                        "to_int", "argument", is: number, mustBe: "in the range of integers")
                }
                return value
            }
            switch call[0] {
            case .int, .ints: return call[0]
            case .real: return .int(try integer(try call.number(0)))
            default:
                return .ints(try (try call.entries(0).numbers ?? []).map(integer))
            }
        },
        "choose": { call in
            if let n = call[0].integer, let k = call[1].integer {
                return .int(try binomialCoefficient(n, k))
            }
            return try Value.zipped(call.name, call[0], call[1]) { round(exp(logChoose($0, $1))) }
        },
    ]

    private static func binomialCoefficient(_ n: Int, _ k: Int) throws -> Int {
        if k < 0 || k > n { return 0 }
        var result = 1
        for i in 0..<min(k, n - k) {
            let (product, overflow) = result.multipliedReportingOverflow(by: n - i)
            guard !overflow else { throw EvaluationError.overflow }
            result = product / (i + 1)
        }
        return result
    }
}
