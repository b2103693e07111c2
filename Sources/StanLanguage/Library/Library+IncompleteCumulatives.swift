// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions

extension Library {
    /// Distribution functions made of incomplete gamma and beta functions.
    static let incompleteCumulatives: [String: Cumulative] = {
        let y = ("Random variable", Requirement.notNaN)
        let positive = ("Random variable", Requirement.nonnegative)
        let unit = ("Random variable", Requirement.probability)
        let scale = ("Scale parameter", Requirement.positiveFinite)
        let shape = ("Shape parameter", Requirement.positiveFinite)
        let freedom = ("Degrees of freedom parameter", Requirement.positiveFinite)
        return [
            "student_t": Cumulative(
                titles: [y, freedom, ("Location parameter", .finite), scale],
                lower: { logStudentTCDF(standardized([$0[0], $0[2], $0[3]]), $0[1]) },
                upper: { logStudentTCDF(-standardized([$0[0], $0[2], $0[3]]), $0[1]) }),
            "gamma": Cumulative(
                titles: [positive, shape, ("Inverse scale parameter", .positiveFinite)],
                lower: { logGammaP($0[1], $0[2] * $0[0]) },
                upper: { logGammaQ($0[1], $0[2] * $0[0]) }),
            "inv_gamma": Cumulative(
                titles: [positive, shape, scale], lower: { logGammaQ($0[1], $0[2] / $0[0]) },
                upper: { logGammaP($0[1], $0[2] / $0[0]) }),
            "chi_square": Cumulative(
                titles: [positive, freedom],
                lower: { logGammaP(Traced(0.5) * $0[1], Traced(0.5) * $0[0]) },
                upper: { logGammaQ(Traced(0.5) * $0[1], Traced(0.5) * $0[0]) }),
            "inv_chi_square": Cumulative(
                titles: [positive, freedom],
                lower: { logGammaQ(Traced(0.5) * $0[1], Traced(0.5) / $0[0]) },
                upper: { logGammaP(Traced(0.5) * $0[1], Traced(0.5) / $0[0]) }),
            "scaled_inv_chi_square": Cumulative(
                titles: [positive, freedom, scale],
                lower: {
                    let half = Traced(0.5) * $0[1]
                    return logGammaQ(half, half * square($0[2]) / $0[0])
                },
                upper: {
                    let half = Traced(0.5) * $0[1]
                    return logGammaP(half, half * square($0[2]) / $0[0])
                }),
            "beta": Cumulative(
                titles: [
                    unit, ("First shape parameter", .positiveFinite),
                    ("Second shape parameter", .positiveFinite),
                ], lower: { logBetaI($0[0], $0[1], $0[2]) },
                upper: { logBetaIUpper($0[0], $0[1], $0[2]) }),
            "beta_proportion": Cumulative(
                titles: [
                    unit, ("Location parameter", .probability),
                    ("Precision parameter", .positiveFinite),
                ], lower: { logBetaI($0[0], $0[1] * $0[2], (Traced(1) - $0[1]) * $0[2]) },
                upper: { logBetaIUpper($0[0], $0[1] * $0[2], (Traced(1) - $0[1]) * $0[2]) }),
        ]
    }()

    /// Distribution functions of counts.
    static let countCumulatives: [String: Cumulative] = {
        let n = ("Random variable", Requirement.notNaN)
        let size = ("Population size parameter", Requirement.nonnegative)
        let positive = { (title: String) in (title, Requirement.positiveFinite) }
        /// Both tails of a function that knows them by a flag.
        func both(
            _ titles: [(String, Requirement)],
            _ tail: @escaping @Sendable ([Traced], _ lower: Bool) -> Traced
        ) -> Cumulative {
            Cumulative(titles: titles, lower: { tail($0, true) }, upper: { tail($0, false) })
        }
        return [
            "poisson": both([n, ("Rate parameter", .nonnegative)]) {
                logPoissonTail($0[0], mean: $0[1], lower: $1)
            },
            "binomial": both([n, size, ("Probability parameter", .probability)]) {
                logBinomialTail($0[0], trials: $0[1], probability: $0[2], lower: $1)
            },
            "neg_binomial": both(
                [n, positive("Shape parameter"), positive("Inverse scale parameter")]
            ) {
                logNegativeBinomialTail($0[0], shape: $0[1], rate: $0[2], lower: $1)
            },
            "neg_binomial_2": both(
                [n, positive("Location parameter"), positive("Precision parameter")]
            ) {
                logNegativeBinomialTail($0[0], mean: $0[1], precision: $0[2], lower: $1)
            },
            "beta_binomial": both(
                [
                    n, size, positive("First prior sample size parameter"),
                    positive("Second prior sample size parameter"),
                ]
            ) {
                logBetaBinomialTail($0[0], trials: $0[1], $0[2], $0[3], lower: $1)
            },
            "beta_neg_binomial": both(
                [
                    n, positive("Number of successes parameter"),
                    positive("Prior success parameter"), positive("Prior failure parameter"),
                ]
            ) {
                logBetaNegativeBinomialTail($0[0], $0[1], $0[2], $0[3], lower: $1)
            },
            "yule_simon": Cumulative(
                titles: [n, positive("Shape parameter")],
                lower: { log1mExp(yuleSimonUpper($0)) }, upper: yuleSimonUpper),
            "discrete_range": Cumulative(
                titles: [
                    n, ("Lower bound parameter", .finite), ("Upper bound parameter", .finite),
                ],
                lower: {
                    let share = ($0[0] - $0[1] + 1) / ($0[2] - $0[1] + 1)
                    return log(minimum(maximum(share, 0), 1))
                },
                upper: {
                    let share = ($0[2] - $0[0]) / ($0[2] - $0[1] + 1)
                    return log(minimum(maximum(share, 0), 1))
                }),
        ]
    }()

    /// log P(N > n) = log(n B(n, ρ + 1)), 0 below 1.
    private static func yuleSimonUpper(_ x: [Traced]) -> Traced {
        let n = maximum(x[0], 1)
        let tail = log(n) + logBeta(n, x[1] + 1)
        return minimum(select(Traced.less(x[0], 1), Traced(0), tail), 0)
    }
}
