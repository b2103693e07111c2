// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions

extension Library {
    /// Incomplete gamma and beta functions, Bessel functions, factorials and the
    /// like, of known and traced numbers.
    static let special: LibraryGroup = {
        typealias Rule = (title: String, requirement: Requirement)
        /// A function of two entries, each with what must hold of it.
        func zipped(
            _ rules: [Rule], _ function: @escaping @Sendable (Traced, Traced) -> Traced
        ) -> LibraryFunction {
            { call in
                for (i, rule) in rules.enumerated() {
                    _ = try checked(call, i, rule.title, rule.requirement)
                }
                return try Value.zipped(call.name, call[0], call[1], function)
            }
        }
        func mapped(
            _ requirement: Requirement, _ function: @escaping @Sendable (Traced) -> Traced
        ) -> LibraryFunction {
            { call in
                _ = try checked(call, 0, "argument", requirement)
                return call[0].mapped(function)
            }
        }
        let any = Requirement.notNaN
        let order = ("order", Requirement.finite)
        return [
            "gamma_p": zipped([("shape", .positiveFinite), ("argument", .nonnegative)]) {
                gammaP($0, $1)
            },
            "gamma_q": zipped([("shape", .positiveFinite), ("argument", .nonnegative)]) {
                gammaQ($0, $1)
            },
            "owens_t": zipped([("h", any), ("a", any)]) { .owensT($0, $1) },
            "bessel_first_kind": zipped([order, ("argument", any)]) { .besselJ($0, $1) },
            "bessel_second_kind": zipped([order, ("argument", any)]) { .besselY($0, $1) },
            "modified_bessel_first_kind": zipped([order, ("argument", any)]) { .besselI($0, $1) },
            "modified_bessel_second_kind": zipped([order, ("argument", any)]) {
                .besselK($0, $1)
            },
            "log_modified_bessel_first_kind": zipped([
                ("order", .nonnegative), ("argument", .nonnegative),
            ]) { .logBesselI($0, $1) },
            "lmgamma": zipped([("dimension", .nonnegative), ("argument", any)]) {
                .logMultivariateGamma($0, $1)
            },
            "rising_factorial": zipped([("argument", any), ("count", any)]) { .rising($0, $1) },
            "falling_factorial": zipped([("argument", any), ("count", any)]) { .falling($0, $1) },
            "log_rising_factorial": zipped([("argument", any), ("count", any)]) {
                .logRising($0, $1)
            },
            "log_falling_factorial": zipped([("argument", any), ("count", any)]) {
                .logRising($0 - $1 + 1, $1)
            },
            "binary_log_loss": zipped([("outcome", any), ("probability", .probability)]) {
                -($0 * log($1) + (Traced(1) - $0) * log1m($1))
            },
            "lambert_w0": mapped(any) { .lambertW0($0) },
            "lambert_wm1": mapped(any) { .lambertWm1($0) },
            "std_normal_log_qf": mapped(any) { .normalQuantile(logProbability: $0) },
            "inc_beta": { call in
                let a = try checked(call, 0, "a", .positiveFinite)
                let b = try checked(call, 1, "b", .positiveFinite)
                return .real(betaI(try checked(call, 2, "x", .probability), a, b))
            },
            "inv_inc_beta": { call in
                let a = try checked(call, 0, "a", .positiveFinite)
                let b = try checked(call, 1, "b", .positiveFinite)
                return .real(.betaIInverse(a, b, try checked(call, 2, "p", .probability)))
            },
            "hypergeometric_1F0": { call in
                .real(exp(-(try call.real(0)) * log1m(try call.real(1))))
            },
            "hypergeometric_2F1": { call in
                try hypergeometric(
                    call, [call.real(0), call.real(1)], [call.real(2)], call.real(3))
            },
            "hypergeometric_3F2": { call in
                let (a, b) = (try call.entries(0), try call.entries(1))
                guard a.count == 3, b.count == 2 else {
                    throw EvaluationError.size(
                        "hypergeometric_3F2: a must have 3 and b 2 entries, but they have "
                            + "\(a.count) and \(b.count)")
                }
                return try hypergeometric(call, a.scalars, b.scalars, call.real(2))
            },
            "hypergeometric_pFq": { call in
                try hypergeometric(
                    call, call.entries(0).scalars, call.entries(1).scalars, call.real(2))
            },
        ]
    }()

    private static func hypergeometric(
        _ call: Call, _ a: [Traced], _ b: [Traced], _ z: Traced
    ) throws -> Value {
        // Where a transformation depends on the sign, a branch.
        let isSigned = b.count == 1 && (a.count == 1 || a.count == 2)
        let isNegative = isSigned && call.evaluator.decide(z, .less, 0)
        let value = Traced.hypergeometric(a, b, z, isNegative: isNegative)
        if let number = value.constant, number.isNaN,
            (a + b + [z]).allSatisfy({ !($0.constant ?? 0).isNaN })
        {
            throw DomainError("\(call.name): the function is not defined for these arguments")
        }
        return .real(value)
    }

    /// An argument, checked when it is known.
    private static func checked(
        _ call: Call, _ i: Int, _ title: String, _ requirement: Requirement
    ) throws -> Traced {
        if case .array = call[i] { return 0 }  // arrays of containers are checked entry by entry
        return try call.argument(i, title, requirement)
    }
}
