// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

// Continuous densities under Stan's names that have no type of their own yet,
// with the parameters and formulas of the Stan functions reference.

private let log2 = 0.693_147_180_559_945_309_4
private let logPi = 1.144_729_885_849_400_174_1

/// Stan's `std_normal()`.
public enum StandardNormal: TracedDensity {
    public static let stanName = "std_normal"
    public static let parameterCount = 0

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.standardNormal, [x], droppingConstants: droppingConstants)
    }
}

/// Stan's `weibull(alpha, sigma)`, shape and scale.
public enum WeibullDensity: TracedDensity {
    public static let stanName = "weibull"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, alpha, sigma) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, alpha, sigma], droppingConstants: droppingConstants)
        terms.add(alpha) { log(alpha) }
        terms.add(alpha, sigma) { -alpha * log(sigma) }
        terms.add(y, alpha) { (alpha - 1) * log(y) }
        terms.add(y, alpha, sigma) { -pow(y / sigma, alpha) }
        return terms.total
    }
}

/// Stan's `inv_chi_square(nu)`.
public enum InverseChiSquaredDensity: TracedDensity {
    public static let stanName = "inv_chi_square"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, half) = (x.flat, parameters[0].flat * 0.5)
        var terms = TermSum([y, half], droppingConstants: droppingConstants)
        terms.add(half) { -half * Traced(log2) - logGamma(half) }
        terms.add(y, half) { -(half + 1) * log(y) }
        terms.add(y) { Traced(-0.5) / y }
        return terms.total
    }
}

/// Stan's `scaled_inv_chi_square(nu, sigma)`.
public enum ScaledInverseChiSquaredDensity: TracedDensity {
    public static let stanName = "scaled_inv_chi_square"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, half, sigma) = (x.flat, parameters[0].flat * 0.5, parameters[1].flat)
        var terms = TermSum([y, half, sigma], droppingConstants: droppingConstants)
        terms.add(half) { half * log(half) - logGamma(half) }
        terms.add(half, sigma) { 2 * half * log(sigma) }
        terms.add(y, half) { -(half + 1) * log(y) }
        terms.add(y, half, sigma) { -half * square(sigma) / y }
        return terms.total
    }
}

/// Stan's `gumbel(mu, beta)`, of maxima.
public enum GumbelDensity: TracedDensity {
    public static let stanName = "gumbel"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, beta) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, mu, beta], droppingConstants: droppingConstants)
        terms.add(beta) { -log(beta) }
        terms.add(y, mu, beta) {
            let z = (y - mu) / beta
            return -z - exp(-z)
        }
        return terms.total
    }
}

/// Stan's `pareto(y_min, alpha)`.
public enum ParetoDensity: TracedDensity {
    public static let stanName = "pareto"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, least, alpha) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, least, alpha], droppingConstants: droppingConstants)
        terms.add(alpha) { log(alpha) }
        terms.add(alpha, least) { alpha * log(least) }
        terms.add(alpha, y) { -(alpha + 1) * log(y) }
        return Support.restricted(terms.total, to: Traced.lessOrEqual(least, y))
    }
}

/// Stan's `pareto_type_2(mu, lambda, alpha)`.
public enum ParetoType2Density: TracedDensity {
    public static let stanName = "pareto_type_2"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, lambda, alpha) = (
            x.flat, parameters[0].flat, parameters[1].flat, parameters[2].flat
        )
        var terms = TermSum([y, mu, lambda, alpha], droppingConstants: droppingConstants)
        terms.add(alpha) { log(alpha) }
        terms.add(lambda) { -log(lambda) }
        terms.add(y, mu, lambda, alpha) { -(alpha + 1) * log1p((y - mu) / lambda) }
        return Support.restricted(terms.total, to: Traced.lessOrEqual(mu, y))
    }
}

/// Stan's `rayleigh(sigma)`.
public enum RayleighDensity: TracedDensity {
    public static let stanName = "rayleigh"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, sigma) = (x.flat, parameters[0].flat)
        var terms = TermSum([y, sigma], droppingConstants: droppingConstants)
        terms.add(sigma) { -2 * log(sigma) }
        terms.add(y) { log(y) }
        terms.add(y, sigma) { -0.5 * square(y / sigma) }
        return terms.total
    }
}

/// Stan's `frechet(alpha, sigma)`, shape and scale.
public enum FrechetDensity: TracedDensity {
    public static let stanName = "frechet"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, alpha, sigma) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, alpha, sigma], droppingConstants: droppingConstants)
        terms.add(alpha) { log(alpha) }
        terms.add(alpha, sigma) { alpha * log(sigma) }
        terms.add(y, alpha) { -(alpha + 1) * log(y) }
        terms.add(y, alpha, sigma) { -pow(y / sigma, -alpha) }
        return terms.total
    }
}

/// Stan's `loglogistic(alpha, beta)`, scale and shape.
public enum LogLogisticDensity: TracedDensity {
    public static let stanName = "loglogistic"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, scale, shape) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, scale, shape], droppingConstants: droppingConstants)
        terms.add(scale, shape) { log(shape) - shape * log(scale) }
        terms.add(y, scale, shape) {
            let logY = log(y)
            return (shape - 1) * logY - 2 * log1pExp(shape * (logY - log(scale)))
        }
        return terms.total
    }
}

/// Stan's `skew_normal(xi, omega, alpha)`.
public enum SkewNormalDensity: TracedDensity {
    public static let stanName = "skew_normal"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, xi, omega, alpha) = (
            x.flat, parameters[0].flat, parameters[1].flat, parameters[2].flat
        )
        var terms = TermSum([y, xi, omega, alpha], droppingConstants: droppingConstants)
        terms.add(-halfLog2Pi)
        terms.add(omega) { -log(omega) }
        terms.add(y, xi, omega, alpha) {
            let z = (y - xi) / omega
            return logNormalCDF(alpha * z) + Traced(log2) - 0.5 * square(z)
        }
        return terms.total
    }
}

/// Stan's `exp_mod_normal(mu, sigma, lambda)`.
public enum ExponentiallyModifiedNormalDensity: TracedDensity {
    public static let stanName = "exp_mod_normal"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, sigma, lambda) = (
            x.flat, parameters[0].flat, parameters[1].flat, parameters[2].flat
        )
        var terms = TermSum([y, mu, sigma, lambda], droppingConstants: droppingConstants)
        terms.add(-log2)
        terms.add(lambda) { log(lambda) }
        terms.add(y, mu, sigma, lambda) {
            lambda * (mu - y + 0.5 * lambda * square(sigma))
                + logNormalCDF((y - mu) / sigma - lambda * sigma) + Traced(log2)
        }
        return terms.total
    }
}

/// Stan's `von_mises(mu, kappa)`.
public enum VonMisesDensity: TracedDensity {
    public static let stanName = "von_mises"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, kappa) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, mu, kappa], droppingConstants: droppingConstants)
        terms.add(-log2 - logPi)
        terms.add(kappa) { -logBesselI0(kappa) }
        terms.add(y, mu, kappa) { kappa * cos(mu - y) }
        return terms.total
    }

    /// log I₀(κ) by elementary operations, so that it can be differentiated:
    /// the trapezoidal rule for (1/π) ∫ exp(κ cos t) dt, which for a periodic
    /// function converges faster than any power; 64 points serve κ ≤ 100 to
    /// rounding. Above 100 the asymptotic series.
    static func logBesselI0(_ kappa: Traced) -> Traced {
        func one(_ k: Traced) -> Traced {
            let points = 64
            let cosines = (0...points).map { cosPi(Double($0) / Double(points)) - 1 }
            let weights = (0...points).map {
                ($0 == 0 || $0 == points ? 0.5 : 1) / Double(points)
            }
            let quadrature = k + log(dot(exp(k * Traced(cosines)), Traced(weights)))
            // Σ ((2j)!)² / (j!)³ / (32 κ)ʲ, in Horner's form: aⱼ₊₁/aⱼ = (2j + 1)²/(8 (j + 1) κ).
            let y = reciprocal(maximum(k, 50))
            var series: Traced = 1
            for j in (0..<14).reversed() {
                let ratio = Double((2 * j + 1) * (2 * j + 1)) / (8 * Double(j + 1))
                series = 1 + Traced(ratio) * y * series
            }
            let far = k - Traced(halfLog2Pi) + 0.5 * log(y) + log(series)
            return select(Traced.less(k, 100), quadrature, far)
        }
        return kappa.shape.isScalar ? one(kappa) : .vector(kappa.elements.map(one))
    }

    private static func cosPi(_ x: Double) -> Double {
        cos(Traced(.pi * x)).constant ?? .nan
    }
}

/// Stan's `beta_proportion(mu, kappa)`.
public enum BetaProportion: TracedDensity {
    public static let stanName = "beta_proportion"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, kappa) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, mu, kappa], droppingConstants: droppingConstants)
        terms.add(kappa) { logGamma(kappa) }
        terms.add(mu, kappa) { -logGamma(mu * kappa) - logGamma((1 - mu) * kappa) }
        terms.add(y, mu, kappa) {
            (mu * kappa - 1) * log(y) + ((1 - mu) * kappa - 1) * log1m(y)
        }
        return terms.total
    }
}

/// A total that is −∞ unless a condition holds for all entries.
enum Support {
    static func restricted(_ total: Traced, to inside: Traced) -> Traced {
        if let known = inside.constants {
            return known.contains(0) ? Traced(-.infinity) : total
        }
        return select(Traced.less(minimum(inside), 0.5), Traced(-.infinity), total)
    }
}
