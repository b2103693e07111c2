// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

extension Library {
    /// Distribution functions made of incomplete gamma and beta functions, which
    /// have no derivatives in the engine: of known arguments, as in truncated
    /// priors.
    static let knownCumulatives: LibraryGroup = {
        typealias Function = @Sendable ([Double]) -> Double
        let y = ("Random variable", Requirement.notNaN)
        let positive = ("Random variable", Requirement.nonnegative)
        let location = ("Location parameter", Requirement.finite)
        let scale = ("Scale parameter", Requirement.positiveFinite)
        let shape = ("Shape parameter", Requirement.positiveFinite)
        let rate = ("Inverse scale parameter", Requirement.positiveFinite)
        let freedom = ("Degrees of freedom parameter", Requirement.positiveFinite)
        let distributions: [(String, [(String, Requirement)], lower: Function, upper: Function)] = [
            (
                "student_t", [y, freedom, location, scale],
                { studentT(($0[0] - $0[2]) / $0[3], $0[1]) },
                { studentT(($0[2] - $0[0]) / $0[3], $0[1]) }
            ),
            (
                "gamma", [positive, shape, rate], { logGammaP($0[1], $0[2] * $0[0]) },
                { logGammaQ($0[1], $0[2] * $0[0]) }
            ),
            (
                "inv_gamma", [positive, shape, scale], { logGammaQ($0[1], $0[2] / $0[0]) },
                { logGammaP($0[1], $0[2] / $0[0]) }
            ),
            (
                "chi_square", [positive, freedom], { logGammaP(0.5 * $0[1], 0.5 * $0[0]) },
                { logGammaQ(0.5 * $0[1], 0.5 * $0[0]) }
            ),
            (
                "inv_chi_square", [positive, freedom], { logGammaQ(0.5 * $0[1], 0.5 / $0[0]) },
                { logGammaP(0.5 * $0[1], 0.5 / $0[0]) }
            ),
            (
                "scaled_inv_chi_square", [positive, freedom, scale],
                { logGammaQ(0.5 * $0[1], 0.5 * $0[1] * $0[2] * $0[2] / $0[0]) },
                { logGammaP(0.5 * $0[1], 0.5 * $0[1] * $0[2] * $0[2] / $0[0]) }
            ),
            (
                "beta",
                [
                    ("Random variable", .probability), ("First shape parameter", .positiveFinite),
                    ("Second shape parameter", .positiveFinite),
                ], { logBetaI($0[0], $0[1], $0[2]) }, { logBetaIUpper($0[0], $0[1], $0[2]) }
            ),
            (
                "beta_proportion",
                [
                    ("Random variable", .probability), ("Location parameter", .probability),
                    ("Precision parameter", .positiveFinite),
                ], { logBetaI($0[0], $0[1] * $0[2], (1 - $0[1]) * $0[2]) },
                { logBetaIUpper($0[0], $0[1] * $0[2], (1 - $0[1]) * $0[2]) }
            ),
        ]
        var table: LibraryGroup = [
            "gamma_p": { call in
                try known(call, [shape, ("argument", .nonnegative)]) { gammaP($0[0], $0[1]) }
            },
            "gamma_q": { call in
                try known(call, [shape, ("argument", .nonnegative)]) { gammaQ($0[0], $0[1]) }
            },
        ]
        for (name, titles, lower, upper) in distributions {
            table[name + "_lcdf"] = { call in .number(try summed(call, titles, lower)) }
            table[name + "_lccdf"] = { call in .number(try summed(call, titles, upper)) }
            table[name + "_cdf"] = { call in
                .number(Double.exponential(try summed(call, titles, lower)))
            }
        }
        return table
    }()

    /// log P(T ≤ z) of Student's t.
    private static func studentT(_ z: Double, _ nu: Double) -> Double {
        let x = nu / (nu + z * z)
        if z < 0 { return logBetaI(x, 0.5 * nu, 0.5) - 0.693147180559945309417 }
        return Double.logarithm1p(-0.5 * betaI(x, 0.5 * nu, 0.5))
    }

    /// The known entries of the arguments, scalars as one.
    private static func numbers(
        _ call: Call, _ titles: [(String, Requirement)]
    ) throws -> (arguments: [[Double]], count: Int) {
        var arguments: [[Double]] = []
        var values: [Traced] = []
        for (i, (title, requirement)) in titles.enumerated() {
            let value = try call.argument(i, title, requirement)
            guard let numbers = value.constants else {
                throw EvaluationError(
                    "unsupported",
                    "\(call.name) of parameters cannot be differentiated yet",
                    help: "its arguments must be data")
            }
            arguments.append(numbers)
            values.append(value)
        }
        return (arguments, try call.commonCount(values) ?? 0)
    }

    private static func summed(
        _ call: Call, _ titles: [(String, Requirement)], _ function: ([Double]) -> Double
    ) throws -> Double {
        let (arguments, count) = try numbers(call, titles)
        var total = 0.0
        for i in 0..<count { total += function(arguments.map { $0.count == 1 ? $0[0] : $0[i] }) }
        return total
    }

    private static func known(
        _ call: Call, _ titles: [(String, Requirement)], _ function: ([Double]) -> Double
    ) throws -> Value {
        let (arguments, count) = try numbers(call, titles)
        let results = (0..<count).map { i in
            function(arguments.map { $0.count == 1 ? $0[0] : $0[i] })
        }
        return call.result.indexDepth == 0 && results.count == 1
            ? .number(results[0]) : .vector(Entries(results))
    }
}
