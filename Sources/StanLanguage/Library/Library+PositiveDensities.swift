// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// A density of a variate that has to be positive: −∞ for known variates
    /// below the bound and for parameters there.
    private static func positive(
        above bound: Double = 0, _ inner: @escaping LibraryFunction
    ) -> LibraryFunction {
        { call in
            let value = try inner(call)
            let y = call[0].expression
            if y.isConstant, call.droppingConstants, value.isKnown { return value }
            let outside = outsideBelow(y, Traced(bound))
            if outside.constant == 0 { return value }
            return .real(
                value.expression
                    + (outside.shape.isScalar ? outside : sum(outside)))
        }
    }

    /// Densities on the positive numbers and on (0, 1).
    static let positiveDensities: LibraryGroup = [
        "lognormal_lpdf": { call in
            let y = try call.argument(0, "Random variable", .nonnegative)
            let mu = try call.argument(1, "Location parameter", .finite)
            let sigma = try call.argument(2, "Scale parameter", .positiveFinite)
            guard let count = try call.commonCount([y, mu, sigma]) else { return .number(0) }
            let value = Traced.density(
                .logNormal, [y, mu, sigma], droppingConstants: call.droppingConstants)
            if !call.droppingConstants || value.isConstant { return .real(value) }
            // Stan keeps this constant after `~`.
            return .real(value - Traced(Double(count) * logSqrtTwoPi))
        },
        "exponential_lpdf": positive(
            fused(
                .exponential, ("Random variable", .nonnegative),
                ("Inverse scale parameter", .positiveFinite))),
        "gamma_lpdf": { call in
            // The kernel's log Γ is defined for negative shapes too.
            let shape = try call.argument(1, "Shape parameter", .positiveFinite)
            let y = try call.argument(0, "Random variable", .notNaN)
            let rate = try call.argument(2, "Inverse scale parameter", .positiveFinite)
            guard try call.commonCount([y, shape, rate]) != nil else { return .number(0) }
            if (y.constants ?? []).contains(where: { $0 < 0 }) { return .number(-.infinity) }
            return .real(
                .density(
                    .gamma, [y, positiveOrNaN(shape), rate],
                    droppingConstants: call.droppingConstants))
        },
        "beta_lpdf": { call in
            let y = try call.argument(0, "Random variable", .probability)
            let alpha = try call.argument(1, "First shape parameter", .positiveFinite)
            let beta = try call.argument(2, "Second shape parameter", .positiveFinite)
            guard try call.commonCount([y, alpha, beta]) != nil else { return .number(0) }
            return .real(
                .density(
                    .beta, [y, positiveOrNaN(alpha), positiveOrNaN(beta)],
                    droppingConstants: call.droppingConstants))
        },
        "inv_gamma_lpdf": density(
            ("Random variable", .notNaN), ("Shape parameter", .positiveFinite),
            ("Scale parameter", .positiveFinite)
        ) { x, sum in
            let (y, alpha, beta) = (x[0], x[1], x[2])
            sum.add(alpha) { -logGammaOfPositive(alpha) }
            sum.add(alpha, beta) { alpha * log(beta) }
            sum.add(alpha, y) { -(alpha + 1) * log(y) }
            sum.add(beta, y) { -beta / y }
        },
        "beta_proportion_lpdf": density(
            ("Random variable", .probability), ("Location parameter", .probability),
            ("Precision parameter", .positiveFinite)
        ) { x, sum in
            let (y, mu, kappa) = (x[0], x[1], x[2])
            sum.add(mu, kappa) { -logBetaOfPositive(mu * kappa, kappa - mu * kappa) }
            sum.add(y, mu, kappa) {
                (mu * kappa - 1) * log(y) + (kappa - mu * kappa - 1) * log1m(y)
            }
        },
        "weibull_lpdf": positive(
            density(
                ("Random variable", .finite), ("Shape parameter", .positiveFinite),
                ("Scale parameter", .positiveFinite)
            ) { x, sum in
                let (y, alpha, sigma) = (x[0], x[1], x[2])
                sum.add(alpha) { log(alpha) }
                sum.add(alpha, y) { (alpha - 1) * log(y) }
                sum.add(alpha, sigma) { -alpha * log(sigma) }
                sum.add(alpha, y, sigma) { -pow(y / sigma, alpha) }
            }),
        "frechet_lpdf": positive(
            density(
                ("Random variable", .positive), ("Shape parameter", .positiveFinite),
                ("Scale parameter", .positiveFinite)
            ) { x, sum in
                let (y, alpha, sigma) = (x[0], x[1], x[2])
                sum.add(alpha) { log(alpha) }
                sum.add(alpha, y) { -(alpha + 1) * log(y) }
                sum.add(alpha, sigma) { alpha * log(sigma) }
                sum.add(alpha, y, sigma) { -pow(y / sigma, -alpha) }
            }),
        "rayleigh_lpdf": density(
            ("Random variable", .positive), ("Scale parameter", .positive)
        ) { x, sum in
            let (y, sigma) = (x[0], x[1])
            sum.add(sigma) { Traced(-2) * log(sigma) }
            sum.add(y) { log(y) }
            sum.add(y, sigma) { Traced(-0.5) * square(y / sigma) }
        },
        "chi_square_lpdf": density(
            ("Random variable", .nonnegative), ("Degrees of freedom parameter", .positiveFinite)
        ) { x, sum in
            let (y, nu) = (x[0], x[1])
            let half = Traced(0.5) * nu
            sum.add(nu) { -half * Traced(0.693147180559945309417) - logGammaOfPositive(half) }
            sum.add(nu, y) { (half - 1) * log(y) }
            sum.add(y) { Traced(-0.5) * y }
        },
        "inv_chi_square_lpdf": density(
            ("Random variable", .notNaN), ("Degrees of freedom parameter", .positiveFinite)
        ) { x, sum in
            let (y, nu) = (x[0], x[1])
            let half = Traced(0.5) * nu
            sum.add(nu) { -half * Traced(0.693147180559945309417) - logGammaOfPositive(half) }
            sum.add(nu, y) { -(half + 1) * log(y) }
            sum.add(y) { Traced(-0.5) / y }
        },
        "scaled_inv_chi_square_lpdf": density(
            ("Random variable", .notNaN), ("Degrees of freedom parameter", .positiveFinite),
            ("Scale parameter", .positiveFinite)
        ) { x, sum in
            let (y, nu, s) = (x[0], x[1], x[2])
            let half = Traced(0.5) * nu
            sum.add(nu) { half * log(half) - logGammaOfPositive(half) }
            sum.add(nu, s) { nu * log(s) }
            sum.add(nu, y) { -(half + 1) * log(y) }
            sum.add(nu, y, s) { -half * square(s) / y }
        },
        "pareto_lpdf": density(
            ("Random variable", .notNaN), ("Scale parameter", .positiveFinite),
            ("Shape parameter", .positiveFinite)
        ) { x, sum in
            let (y, minimum, alpha) = (x[0], x[1], x[2])
            sum.add(alpha) { log(alpha) }
            sum.add(alpha, minimum) { alpha * log(minimum) }
            sum.add(alpha, y) { -(alpha + 1) * log(y) }
            sum.add(y, minimum) { below(y, minimum) }
        },
        "pareto_type_2_lpdf": density(
            ("Random variable", .notNaN), ("Location parameter", .finite),
            ("Scale parameter", .positiveFinite), ("Shape parameter", .positiveFinite)
        ) { x, sum in
            let (y, mu, lambda, alpha) = (x[0], x[1], x[2], x[3])
            sum.add(alpha) { log(alpha) }
            sum.add(lambda) { -log(lambda) }
            sum.add(y, mu, lambda, alpha) { -(alpha + 1) * log1p((y - mu) / lambda) }
            sum.add(y, mu) { below(y, mu) }
        },
        "loglogistic_lpdf": density(
            ("Random variable", .nonnegative), ("Scale parameter", .positiveFinite),
            ("Shape parameter", .positiveFinite)
        ) { x, sum in
            let (y, alpha, beta) = (x[0], x[1], x[2])
            sum.add(alpha, beta) { log(beta) - beta * log(alpha) }
            sum.add(y, beta) { (beta - 1) * log(y) }
            sum.add(y, alpha, beta) {
                Traced(-2) * log1pExp(beta * (log(y) - log(alpha)))
            }
        },
    ]

    /// −∞ where y lies below the bound, both of any shape.
    private static func below(_ y: Traced, _ bound: Traced) -> Traced {
        if y.isConstant, bound.isConstant {
            let isBelow = Traced.less(y, bound).constants ?? []
            return isBelow.contains(1) ? Traced(-.infinity) : 0
        }
        return select(Traced.less(y, bound), Traced(-.infinity), 0)
    }
}
