// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions

/// log √(2π)
let logSqrtTwoPi = 0.918938533204672741780329736406
/// log π
let logPi = 1.14472988584940017414342735135

extension Library {
    /// A density that the engine has a kernel for.
    static func fused(
        _ density: FusedDensity, _ titles: (String, Requirement)...
    ) -> LibraryFunction {
        { call in
            let arguments = try call.arguments(titles)
            guard try call.commonCount(arguments) != nil else { return .number(0) }
            return .real(
                .density(density, arguments, droppingConstants: call.droppingConstants))
        }
    }

    /// A density written as terms, of arguments (variate, parameters…).
    static func density(
        _ titles: (String, Requirement)...,
        terms: @escaping @Sendable ([Traced], inout DensityTerms) throws -> Void
    ) -> LibraryFunction {
        { call in
            let arguments = try call.arguments(titles)
            guard let count = try call.commonCount(arguments) else { return .number(0) }
            var sum = DensityTerms(count: count, droppingConstants: call.droppingConstants)
            try terms(arguments, &sum)
            return .real(sum.total)
        }
    }

    /// Densities on the whole line.
    static let continuousDensities: LibraryGroup = [
        "normal_lpdf": fused(
            .normal, ("Random variable", .notNaN), ("Location parameter", .finite),
            ("Scale parameter", .positive)),
        "std_normal_lpdf": fused(.standardNormal, ("Random variable", .notNaN)),
        "student_t_lpdf": fused(
            .studentT, ("Random variable", .notNaN),
            ("Degrees of freedom parameter", .positiveFinite), ("Location parameter", .finite),
            ("Scale parameter", .positiveFinite)),
        "cauchy_lpdf": fused(
            .cauchy, ("Random variable", .notNaN), ("Location parameter", .finite),
            ("Scale parameter", .positiveFinite)),
        "double_exponential_lpdf": density(
            ("Random variable", .finite), ("Location parameter", .finite),
            ("Scale parameter", .positiveFinite)
        ) { x, sum in
            let (y, mu, sigma) = (x[0], x[1], x[2])
            sum.add { Traced(-0.693147180559945309417) }
            sum.add(sigma) { -log(sigma) }
            sum.add(y, mu, sigma) { -abs(y - mu) / sigma }
        },
        "logistic_lpdf": density(
            ("Random variable", .finite), ("Location parameter", .finite),
            ("Scale parameter", .positiveFinite)
        ) { x, sum in
            let (y, mu, sigma) = (x[0], x[1], x[2])
            sum.add(sigma) { -log(sigma) }
            sum.add(y, mu, sigma) {
                let z = (y - mu) / sigma
                return Traced(2) * logLogistic(z) - z
            }
        },
        "gumbel_lpdf": density(
            ("Random variable", .finite), ("Location parameter", .finite),
            ("Scale parameter", .positive)
        ) { x, sum in
            let (y, mu, beta) = (x[0], x[1], x[2])
            sum.add(beta) { -log(beta) }
            sum.add(y, mu, beta) {
                let z = (y - mu) / beta
                return -z - exp(-z)
            }
        },
        "skew_normal_lpdf": density(
            ("Random variable", .notNaN), ("Location parameter", .finite),
            ("Scale parameter", .positive), ("Shape parameter", .finite)
        ) { x, sum in
            let (y, xi, omega, alpha) = (x[0], x[1], x[2], x[3])
            sum.add { Traced(-logSqrtTwoPi) }
            sum.add(omega) { -log(omega) }
            sum.add(y, xi, omega, alpha) {
                let z = (y - xi) / omega
                // The 2 belongs to erfc in Stan's formula, so it is never dropped.
                return logNormalCDF(alpha * z) + Traced(0.693147180559945309417)
                    - Traced(0.5) * square(z)
            }
        },
        "skew_double_exponential_lpdf": density(
            ("Random variable", .finite), ("Location parameter", .finite),
            ("Scale parameter", .positiveFinite), ("Skewness parameter", .probability)
        ) { x, sum in
            let (y, mu, sigma, tau) = (x[0], x[1], x[2], x[3])
            sum.add { Traced(0.693147180559945309417) }
            sum.add(sigma) { -log(sigma) }
            sum.add(tau) { log(tau) + log1m(tau) }
            sum.add(y, mu, sigma, tau) {
                let z = (y - mu) / sigma
                let slope = select(Traced.less(z, 0), tau - 1, tau)
                return Traced(-2) * slope * z
            }
        },
        "exp_mod_normal_lpdf": density(
            ("Random variable", .notNaN), ("Location parameter", .finite),
            ("Scale parameter", .positiveFinite), ("Inv_scale parameter", .positiveFinite)
        ) { x, sum in
            let (y, mu, sigma, lambda) = (x[0], x[1], positiveOrNaN(x[2]), x[3])
            sum.add(lambda) { log(lambda) }
            sum.add { Traced(-0.693147180559945309417) }
            sum.add(y, mu, sigma, lambda) {
                let shift = lambda * sigma
                return lambda * (mu - y) + Traced(0.5) * square(shift)
                    + logNormalCDF((y - mu) / sigma - shift)
                    + Traced(0.693147180559945309417)
            }
        },
        "von_mises_lpdf": density(
            ("Random variable", .finite), ("Location parameter", .finite),
            ("Scale parameter", .positiveFinite)
        ) { x, sum in
            let (y, mu, kappa) = (x[0], x[1], x[2])
            sum.add { Traced(-0.693147180559945309417 - logPi) }
            sum.add(kappa) { -.logBesselI(0, kappa) }
            sum.add(y, mu, kappa) { kappa * cos(mu - y) }
        },
        "uniform_lpdf": { call in
            let y = try call.argument(0, "Random variable", .notNaN)
            let lower = try call.argument(1, "Lower bound parameter", .finite)
            let upper = try call.argument(2, "Upper bound parameter", .finite)
            guard let count = try call.commonCount([y, lower, upper]) else { return .number(0) }
            if let a = lower.constant, let b = upper.constant, !(a < b) {
                throw DomainError(
                    call.name, "Upper bound parameter", is: b,
                    mustBe: "greater than \(formatted(a))")
            }
            if call.droppingConstants, y.isConstant, lower.isConstant, upper.isConstant {
                return .number(0)
            }
            var sum = DensityTerms(count: count, droppingConstants: call.droppingConstants)
            sum.add(lower, upper) { -log(upper - lower) }
            sum.add {
                if let numbers = y.constants, let a = lower.constant, let b = upper.constant {
                    return numbers.contains { $0 < a || $0 > b } ? Traced(-.infinity) : 0
                }
                return 0
            }
            // Outside the bounds the density is 0 for parameters too.
            if !y.isConstant || !lower.isConstant || !upper.isConstant {
                sum.add(y, lower, upper) {
                    select(
                        Traced.less(y, lower), Traced(-.infinity),
                        select(Traced.less(upper, y), Traced(-.infinity), 0))
                }
            }
            return .real(sum.total)
        },
    ]
}
