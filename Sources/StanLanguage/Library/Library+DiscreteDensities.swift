// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Probability functions of counts.
    static let discreteDensities: LibraryGroup = [
        "bernoulli_lpmf": density(
            ("n", .probability), ("Probability parameter", .probability)
        ) { x, sum in
            let (n, theta) = (x[0], x[1])
            sum.add(theta) {
                guard let outcomes = n.constants else { return Traced(.nan) }
                if outcomes.allSatisfy({ $0 == 1 }) { return log(theta) }
                if outcomes.allSatisfy({ $0 == 0 }) { return log1m(theta) }
                // One logarithm an element: of θ or of 1 − θ.
                let signs = Traced(outcomes.map { 2 * $0 - 1 }, n.shape)
                let offsets = Traced(outcomes.map { 1 - $0 }, n.shape)
                return log(offsets + signs * theta)
            }
        },
        "bernoulli_logit_lpmf": fused(
            .bernoulliLogit, ("n", .probability),
            ("Logit transformed probability parameter", .notNaN)),
        "binomial_lpmf": { call in
            let (n, trials) = try trialsOf(call)
            let theta = try call.argument(2, "Probability parameter", .probability)
            guard let count = try call.commonCount([n, trials, theta]) else { return .number(0) }
            var sum = DensityTerms(count: count, droppingConstants: call.droppingConstants)
            sum.add { logChoose(trials, n) }
            sum.add(theta) { timesLog(n, log(theta)) + timesLog(trials - n, log1m(theta)) }
            return .real(sum.total)
        },
        "binomial_logit_lpmf": { call in
            let (n, trials) = try trialsOf(call)
            let alpha = try call.argument(2, "Probability parameter", .finite)
            guard try call.commonCount([n, trials, alpha]) != nil else { return .number(0) }
            return .real(
                .density(
                    .binomialLogit, [n, trials, alpha],
                    droppingConstants: call.droppingConstants))
        },
        "beta_binomial_lpmf": { call in
            let (n, trials) = try trialsOf(call)
            let alpha = try call.argument(2, "First prior sample size parameter", .positiveFinite)
            let beta = try call.argument(3, "Second prior sample size parameter", .positiveFinite)
            guard let count = try call.commonCount([n, trials, alpha, beta]) else {
                return .number(0)
            }
            var sum = DensityTerms(count: count, droppingConstants: call.droppingConstants)
            sum.add { logChoose(trials, n) }
            sum.add(alpha, beta) {
                logBetaOfPositive(n + alpha, trials - n + beta) - logBetaOfPositive(alpha, beta)
            }
            return .real(sum.total)
        },
        "poisson_lpmf": density(
            ("Random variable", .nonnegative), ("Rate parameter", .nonnegative)
        ) { x, sum in
            let (n, lambda) = (x[0], x[1])
            sum.add { -logGamma(n + 1) }
            sum.add(lambda) { timesLog(n, log(lambda)) - nonnegativeOrNaN(lambda) }
        },
        "poisson_log_lpmf": fused(
            .poissonLog, ("Random variable", .nonnegative), ("Log rate parameter", .notNaN)),
        "neg_binomial_lpmf": density(
            ("Failures variable", .nonnegative), ("Shape parameter", .positiveFinite),
            ("Inverse scale parameter", .positiveFinite)
        ) { x, sum in
            let (n, alpha, beta) = (x[0], x[1], x[2])
            sum.add(alpha) {
                logGammaOfPositive(n + alpha) - logGammaOfPositive(alpha) - logGamma(n + 1)
            }
            sum.add(alpha, beta) { -alpha * log1p(reciprocal(beta)) }
            sum.add(beta) { -n * log1p(positiveOrNaN(beta)) }
        },
        "neg_binomial_2_lpmf": density(
            ("Failures variable", .nonnegative), ("Location parameter", .positiveFinite),
            ("Precision parameter", .positiveFinite)
        ) { x, sum in
            let (n, mu, phi) = (x[0], x[1], x[2])
            // With φ known Stan drops the whole coefficient, else none of it.
            sum.add(phi) {
                logGammaOfPositive(n + phi) - logGammaOfPositive(phi) - logGamma(n + 1)
            }
            sum.add(mu) { timesLog(n, log(mu)) }
            // φ log φ − (n + φ) log(μ + φ), without cancelling for large φ
            sum.add(mu, phi) { -phi * log1p(mu / phi) - n * log(mu + phi) }
        },
        "neg_binomial_2_log_lpmf": density(
            ("Failures variable", .nonnegative), ("Log location parameter", .finite),
            ("Precision parameter", .positiveFinite)
        ) { x, sum in
            let (n, eta, phi) = (x[0], x[1], x[2])
            // With φ known Stan drops the whole coefficient, else none of it.
            sum.add(phi) {
                logGammaOfPositive(n + phi) - logGammaOfPositive(phi) - logGamma(n + 1)
            }
            sum.add(eta) { n * eta }
            sum.add(eta, phi) {
                let logPhi = log(phi)
                return -phi * log1pExp(eta - logPhi) - n * logSumExp(eta, logPhi)
            }
        },
        "geometric_lpmf": density(
            ("Random variable", .nonnegative), ("Success probability parameter", .probability)
        ) { x, sum in
            let (n, theta) = (x[0], x[1])
            sum.add(theta) { log(theta) + timesLog(n, log1m(theta)) }
        },
        "discrete_range_lpmf": { call in
            let y = try call.argument(0, "Random variable", .notNaN)
            let lower = try call.argument(1, "Lower bound parameter", .notNaN)
            let upper = try call.argument(2, "Upper bound parameter", .notNaN)
            guard let count = try call.commonCount([y, lower, upper]) else { return .number(0) }
            let inside = Traced.lessOrEqual(lower, y) * Traced.lessOrEqual(y, upper)
            if (inside.constants ?? []).contains(0) { return .number(-.infinity) }
            var sum = DensityTerms(count: count, droppingConstants: call.droppingConstants)
            sum.add { -log(upper - lower + 1) }
            return .real(sum.total)
        },
        "beta_neg_binomial_lpmf": density(
            ("Failures variable", .nonnegative),
            ("Number of successes parameter", .positiveFinite),
            ("Prior success parameter", .positiveFinite),
            ("Prior failure parameter", .positiveFinite)
        ) { x, sum in
            let (n, r, alpha, beta) = (x[0], x[1], x[2], x[3])
            sum.add(r) {
                logGammaOfPositive(n + r) - logGammaOfPositive(r) - logGamma(n + 1)
            }
            sum.add(r, alpha, beta) {
                logBetaOfPositive(n + beta, r + alpha) - logBetaOfPositive(alpha, beta)
            }
        },
        "yule_simon_lpmf": density(
            ("Outcome variable", .positive), ("Shape parameter", .positiveFinite)
        ) { x, sum in
            sum.add(x[1]) { log(x[1]) + logBetaOfPositive(x[0], x[1] + 1) }
        },
        "hypergeometric_lpmf": { call in
            let n = try call.argument(0, "Successes variable", .nonnegative)
            let total = try call.argument(1, "Draws parameter", .nonnegative)
            let a = try call.argument(2, "Successes in population parameter", .nonnegative)
            let b = try call.argument(3, "Failures in population parameter", .nonnegative)
            guard let count = try call.commonCount([n, total, a, b]) else { return .number(0) }
            var sum = DensityTerms(count: count, droppingConstants: call.droppingConstants)
            sum.add {
                logChoose(a, n) + logChoose(b, total - n) - logChoose(a + b, total)
            }
            return .real(sum.total)
        },
    ]

    /// Successes and trials, 0 ≤ n ≤ N.
    static func trialsOf(_ call: Call) throws -> (Traced, Traced) {
        let n = try call.argument(0, "Successes variable", .notNaN)
        let trials = try call.argument(1, "Population size parameter", .nonnegative)
        _ = try call.commonCount([n, trials])
        let (successes, sizes) = (n.constants ?? [], trials.constants ?? [])
        for i in 0..<max(successes.count, sizes.count)
        where !successes.isEmpty && !sizes.isEmpty {
            let (k, size) = (
                successes[successes.count == 1 ? 0 : i], sizes[sizes.count == 1 ? 0 : i]
            )
            guard k >= 0, k <= size else {
                let title =
                    successes.count == 1 ? "Successes variable" : "Successes variable[\(i + 1)]"
                throw DomainError(
                    call.name, title, is: k, mustBe: "in the interval [0, \(formatted(size))]")
            }
        }
        return (n, trials)
    }

    /// n times a logarithm, 0 where n is 0 whatever the logarithm.
    static func timesLog(_ n: Traced, _ logarithm: Traced) -> Traced {
        guard let counts = n.constants, counts.contains(0) else { return n * logarithm }
        if counts.count == 1 || counts.allSatisfy({ $0 == 0 }) { return 0 }
        let isZero = Traced(counts.map { $0 == 0 ? 1 : 0 }, n.shape)
        return select(isZero, 0, n * logarithm)
    }

    private static func nonnegativeOrNaN(_ x: Traced) -> Traced {
        x.isConstant ? x : select(Traced.less(x, 0), Traced(.nan), x)
    }
}
