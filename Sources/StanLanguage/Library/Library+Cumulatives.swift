// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions

/// The logarithms of a distribution function and of its complement, entry by
/// entry, of arguments (variate, parameters…).
struct Cumulative: Sendable {
    let titles: [(String, Requirement)]
    let lower: @Sendable ([Traced]) -> Traced
    let upper: @Sendable ([Traced]) -> Traced
}

extension Library {
    /// Distribution functions made of elementary functions.
    static let cumulatives: LibraryGroup = {
        let y = ("Random variable", Requirement.notNaN)
        let positive = ("Random variable", Requirement.nonnegative)
        let location = ("Location parameter", Requirement.finite)
        let scale = ("Scale parameter", Requirement.positiveFinite)
        let shape = ("Shape parameter", Requirement.positiveFinite)
        let rate = ("Inverse scale parameter", Requirement.positiveFinite)
        let distributions: [String: Cumulative] = [
            "normal": Cumulative(
                titles: [y, location, scale], lower: { logNormalCDF(standardized($0)) },
                upper: { logNormalCDF(-standardized($0)) }),
            "std_normal": Cumulative(
                titles: [y], lower: { logNormalCDF($0[0]) }, upper: { logNormalCDF(-$0[0]) }),
            "lognormal": Cumulative(
                titles: [positive, location, scale],
                lower: { logNormalCDF((log($0[0]) - $0[1]) / positiveOrNaN($0[2])) },
                upper: { logNormalCDF(($0[1] - log($0[0])) / positiveOrNaN($0[2])) }),
            // The angle of the point (∓z, 1) has no cancellation in the tails.
            "cauchy": Cumulative(
                titles: [y, location, scale],
                lower: { log(atan2(1, -standardized($0))) - Traced(logPi) },
                upper: { log(atan2(1, standardized($0))) - Traced(logPi) }),
            "exponential": Cumulative(
                titles: [positive, rate],
                lower: { log1mExp(-positiveOrNaN($0[1]) * maximum($0[0], 0)) },
                upper: { -positiveOrNaN($0[1]) * maximum($0[0], 0) }),
            "uniform": Cumulative(
                titles: [
                    y, ("Lower bound parameter", .finite), ("Upper bound parameter", .finite),
                ],
                lower: {
                    log(minimum(maximum(($0[0] - $0[1]) / positiveOrNaN($0[2] - $0[1]), 0), 1))
                },
                upper: {
                    log(minimum(maximum(($0[2] - $0[0]) / positiveOrNaN($0[2] - $0[1]), 0), 1))
                }),
            "double_exponential": Cumulative(
                titles: [y, location, scale], lower: { laplace(standardized($0)) },
                upper: { laplace(-standardized($0)) }),
            "logistic": Cumulative(
                titles: [y, location, scale], lower: { logLogistic(standardized($0)) },
                upper: { logLogistic(-standardized($0)) }),
            "gumbel": Cumulative(
                titles: [y, location, scale], lower: { -exp(-standardized($0)) },
                upper: { log1mExp(-exp(-standardized($0))) }),
            "weibull": Cumulative(
                titles: [positive, shape, scale],
                lower: { log1mExp(-pow($0[0] / $0[2], $0[1])) },
                upper: { -pow($0[0] / $0[2], $0[1]) }),
            "frechet": Cumulative(
                titles: [positive, shape, scale],
                lower: { -pow($0[0] / $0[2], -$0[1]) },
                upper: { log1mExp(-pow($0[0] / $0[2], -$0[1])) }),
            "pareto": Cumulative(
                titles: [positive, scale, shape],
                lower: { log1mExp(minimum($0[2] * log($0[1] / $0[0]), 0)) },
                upper: { minimum($0[2] * log($0[1] / $0[0]), 0) }),
            "pareto_type_2": Cumulative(
                titles: [y, location, scale, shape],
                lower: { log1mExp(paretoType2Upper($0)) }, upper: paretoType2Upper),
            "rayleigh": Cumulative(
                titles: [positive, scale],
                lower: { log1mExp(Traced(-0.5) * square($0[0] / positiveOrNaN($0[1]))) },
                upper: { Traced(-0.5) * square($0[0] / positiveOrNaN($0[1])) }),
            "loglogistic": Cumulative(
                titles: [positive, scale, shape],
                lower: { logLogistic($0[2] * (log($0[0]) - log($0[1]))) },
                upper: { logLogistic($0[2] * (log($0[1]) - log($0[0]))) }),
            "exp_mod_normal": Cumulative(
                titles: [y, location, scale, rate],
                lower: { expModNormal($0, lower: true) },
                upper: { expModNormal($0, lower: false) }),
            "skew_double_exponential": Cumulative(
                titles: [y, location, scale, ("Skewness parameter", .probability)],
                lower: { skewLaplace(standardized($0), $0[3]) },
                upper: { skewLaplace(-standardized($0), Traced(1) - $0[3]) }),
            "skew_normal": Cumulative(
                titles: [y, location, scale, ("Shape parameter", .finite)],
                lower: { logSkewNormalCDF(standardized($0), $0[3]) },
                upper: { logSkewNormalCDF(-standardized($0), -$0[3]) }),
            "von_mises": Cumulative(
                titles: [
                    ("Random variable", .angle), location, ("Scale parameter", .positiveFinite),
                ],
                lower: { logVonMisesTail($0[0], mean: $0[1], concentration: $0[2], lower: true) },
                upper: { logVonMisesTail($0[0], mean: $0[1], concentration: $0[2], lower: false) }),
            "bernoulli": Cumulative(
                titles: [y, ("Probability parameter", .probability)],
                lower: { select(Traced.less($0[0], 1), log1m($0[1]), 0) },
                upper: {
                    select(Traced.less($0[0], 1), log($0[1]), Traced(-.infinity))
                }),
        ]
        var table: LibraryGroup = [:]
        for (name, distribution) in [
            distributions, incompleteCumulatives, countCumulatives,
        ].joined() {
            table[name + "_lcdf"] = cumulative(distribution, distribution.lower) { $0 }
            table[name + "_lccdf"] = cumulative(distribution, distribution.upper) { $0 }
            table[name + "_cdf"] = cumulative(distribution, distribution.lower) { exp($0) }
        }
        return table
    }()

    static func standardized(_ x: [Traced]) -> Traced {
        (x[0] - x[1]) / positiveOrNaN(x[2])
    }

    /// log of the distribution function of the standard Laplace distribution.
    private static func laplace(_ z: Traced) -> Traced {
        let log2 = Traced(0.693147180559945309417)
        return select(
            Traced.less(z, 0), z - log2, log1m(Traced(0.5) * exp(-abs(z))))
    }

    /// The same of the skew Laplace distribution, with probability τ below 0.
    private static func skewLaplace(_ z: Traced, _ tau: Traced) -> Traced {
        select(
            Traced.less(z, 0), log(tau) + Traced(2) * (Traced(1) - tau) * z,
            log1m((Traced(1) - tau) * exp(Traced(-2) * tau * abs(z))))
    }

    private static func paretoType2Upper(_ x: [Traced]) -> Traced {
        -x[3] * log1p(maximum((x[0] - x[1]) / x[2], 0))
    }

    private static func expModNormal(_ x: [Traced], lower: Bool) -> Traced {
        logExponentiallyModifiedNormal(
            standardized(Array(x.prefix(3))), rate: x[3] * x[2], lower: lower)
    }

    private static func cumulative(
        _ distribution: Cumulative, _ function: @escaping @Sendable ([Traced]) -> Traced,
        result: @escaping @Sendable (Traced) -> Traced
    ) -> LibraryFunction {
        { call in
            var arguments: [Traced] = []
            for (i, (title, requirement)) in distribution.titles.enumerated() {
                arguments.append(try call.argument(i, title, requirement))
            }
            guard try call.commonCount(arguments) != nil else { return .real(result(0)) }
            let value = function(arguments)
            return .real(result(value.shape.isScalar ? value : sum(value)))
        }
    }
}
