// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

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
                lower: { log1mExp(-$0[3] * log1p(($0[0] - $0[1]) / $0[2])) },
                upper: { -$0[3] * log1p(($0[0] - $0[1]) / $0[2]) }),
            "rayleigh": Cumulative(
                titles: [positive, scale],
                lower: { log1mExp(Traced(-0.5) * square($0[0] / positiveOrNaN($0[1]))) },
                upper: { Traced(-0.5) * square($0[0] / positiveOrNaN($0[1])) }),
            "loglogistic": Cumulative(
                titles: [positive, scale, shape],
                lower: { logLogistic($0[2] * (log($0[0]) - log($0[1]))) },
                upper: { logLogistic($0[2] * (log($0[1]) - log($0[0]))) }),
            "exp_mod_normal": Cumulative(
                titles: [y, location, scale, rate], lower: expModNormal,
                upper: { log1mExp(expModNormal($0)) }),
            "bernoulli": Cumulative(
                titles: [y, ("Probability parameter", .probability)],
                lower: { select(Traced.less($0[0], 1), log1m($0[1]), 0) },
                upper: {
                    select(Traced.less($0[0], 1), log($0[1]), Traced(-.infinity))
                }),
        ]
        var table: LibraryGroup = [:]
        for (name, distribution) in distributions {
            table[name + "_lcdf"] = cumulative(distribution, distribution.lower) { $0 }
            table[name + "_lccdf"] = cumulative(distribution, distribution.upper) { $0 }
            table[name + "_cdf"] = cumulative(distribution, distribution.lower) { exp($0) }
        }
        table.merge(countCumulatives) { _, new in new }
        return table
    }()

    private static func standardized(_ x: [Traced]) -> Traced {
        (x[0] - x[1]) / positiveOrNaN(x[2])
    }

    /// log of the distribution function of the standard Laplace distribution.
    private static func laplace(_ z: Traced) -> Traced {
        let log2 = Traced(0.693147180559945309417)
        return select(
            Traced.less(z, 0), z - log2, log1m(Traced(0.5) * exp(-abs(z))))
    }

    private static func expModNormal(_ x: [Traced]) -> Traced {
        let (y, mu, sigma, lambda) = (x[0], x[1], positiveOrNaN(x[2]), x[3])
        let z = (y - mu) / sigma
        let shift = lambda * sigma
        return logDiffExp(
            logNormalCDF(z),
            lambda * (mu - y) + Traced(0.5) * square(shift) + logNormalCDF(z - shift))
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

    // MARK: - Counts

    /// Distribution functions of counts, as sums of probabilities.
    private static let countCumulatives: LibraryGroup = {
        /// log probability of k (from arguments, k in front), and the largest
        /// value there is, if there is one.
        typealias Mass = @Sendable (_ k: Double, _ parameters: [Traced]) -> Traced
        let distributions: [(String, Int, Mass, largest: @Sendable ([Traced]) -> Double?)] = [
            (
                "poisson", 1,
                { k, p in
                    (k == 0 ? 0 : Traced(k) * log(p[0])) - p[0]
                        - logGamma(Traced(k + 1))
                }, { _ in nil }
            ),
            (
                "neg_binomial_2", 2,
                { k, p in
                    let (n, mu, phi) = (Traced(k), p[0], p[1])
                    return logGammaOfPositive(n + phi) - logGammaOfPositive(phi)
                        - logGamma(n + 1) + (k == 0 ? 0 : n * log(mu))
                        - phi * log1p(mu / phi) - n * log(mu + phi)
                }, { _ in nil }
            ),
            (
                "neg_binomial", 2,
                { k, p in
                    let (n, alpha, beta) = (Traced(k), p[0], p[1])
                    return logGammaOfPositive(n + alpha) - logGammaOfPositive(alpha)
                        - logGamma(n + 1) - alpha * log1p(reciprocal(beta)) - n * log1p(beta)
                }, { _ in nil }
            ),
            (
                "binomial", 2,
                { k, p in
                    let n = p[0]
                    return logChoose(n, Traced(k)) + (k == 0 ? 0 : Traced(k) * log(p[1]))
                        + (n.constant == k ? 0 : (n - Traced(k)) * log1m(p[1]))
                }, { $0[0].constant }
            ),
            (
                "beta_binomial", 3,
                { k, p in
                    let n = p[0]
                    return logChoose(n, Traced(k))
                        + logBetaOfPositive(p[1] + Traced(k), p[2] + n - Traced(k))
                        - logBetaOfPositive(p[1], p[2])
                }, { $0[0].constant }
            ),
        ]
        var table: LibraryGroup = [:]
        for (name, parameters, mass, largest) in distributions {
            func entry(
                _ upper: Bool, _ result: @escaping @Sendable (Traced) -> Traced
            ) -> LibraryFunction {
                { call in
                    var arguments: [Traced] = []
                    for i in 0...parameters {
                        arguments.append(
                            try call.argument(i, i == 0 ? "Random variable" : "Parameter", .notNaN))
                    }
                    guard let count = try call.commonCount(arguments) else {
                        return .real(result(0))
                    }
                    var total: Traced = 0
                    for i in 0..<count {
                        let x = arguments.map { $0.shape.isScalar ? $0 : $0[i] }
                        total =
                            total
                            + (try logCumulative(
                                call.name, x, upper, mass, largest(Array(x.dropFirst()))))
                    }
                    return .real(result(total))
                }
            }
            table[name + "_lcdf"] = entry(false) { $0 }
            table[name + "_lccdf"] = entry(true) { $0 }
            table[name + "_cdf"] = entry(false) { exp($0) }
        }
        return table
    }()

    private static func logCumulative(
        _ name: String, _ x: [Traced], _ upper: Bool,
        _ mass: (Double, [Traced]) -> Traced, _ largest: Double?
    ) throws -> Traced {
        let n = x[0].constant ?? .nan
        let parameters = Array(x.dropFirst())
        guard n >= 0 else { return upper ? 0 : Traced(-.infinity) }
        if let largest, n >= largest { return upper ? Traced(-.infinity) : 0 }
        guard n <= 100_000 else {
            throw EvaluationError(
                "too-large", "\(name): a sum over \(formatted(n)) probabilities is too long")
        }
        if upper, let largest, largest - n <= n {
            let terms = stride(from: n + 1, through: largest, by: 1).map { mass($0, parameters) }
            return logSumExp(Traced.vector(terms))
        }
        let terms = stride(from: 0, through: n, by: 1).map { mass($0, parameters) }
        let lower = terms.count == 1 ? terms[0] : logSumExp(Traced.vector(terms))
        return upper ? log1mExp(minimum(lower, 0)) : lower
    }
}
