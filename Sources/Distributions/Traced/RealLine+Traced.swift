// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Randomness
import SpecialFunctions

// Families on the whole line that have no type of their own, with the parameters
// and formulas of the Stan functions reference.

/// Stan's `std_normal()`.
public enum StandardNormal: TracedTails, TracedSampler {
    public static let stanName = "std_normal"
    public static let parameterCount = 0

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.standardNormal, [x], droppingConstants: droppingConstants)
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced { logNormalCDF(x) }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNormalCDF(-x)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double { generator.normal() }
}

/// Stan's `gumbel(mu, beta)`, of maxima.
public enum GumbelDensity: TracedTails, TracedSampler {
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

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        -exp(-zScore(x, parameters[0], parameters[1]))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logOneMinusExpExp(-zScore(x, parameters[0], parameters[1]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        parameters[0] - parameters[1] * log(generator.exponential())
    }
}

/// Stan's `skew_normal(xi, omega, alpha)`.
public enum SkewNormalDensity: TracedTails, TracedSampler {
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
        let z = (y - xi) / omega
        terms.add(y, xi, omega) { -0.5 * square(z) }
        // The 2 belongs to erfc in Stan's formula, so it is never dropped.
        terms.add(y, xi, omega, alpha) { logNormalCDF(alpha * z) + Traced(logTwo) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logSkewNormalCDF(zScore(x, parameters[0], parameters[1]), parameters[2])
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logSkewNormalCDF(-zScore(x, parameters[0], parameters[1]), -parameters[2])
    }

    /// δ |U| + √(1 − δ²) V for normal U and V, δ = α/√(1 + α²).
    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let alpha = parameters[2]
        let cosine = 1 / hypot(1, alpha)
        let sine = abs(alpha) == .infinity ? (alpha < 0 ? -1 : 1) : alpha * cosine
        let (u, v) = (generator.normal(), generator.normal())
        return parameters[0] + parameters[1] * (sine * abs(u) + cosine * v)
    }
}

/// Stan's `skew_double_exponential(mu, sigma, tau)`: Laplace's distribution with
/// the probability τ below μ.
public enum SkewLaplaceDensity: TracedTails, TracedSampler {
    public static let stanName = "skew_double_exponential"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, sigma, tau) = (
            x.flat, parameters[0].flat, parameters[1].flat, parameters[2].flat
        )
        var terms = TermSum([y, mu, sigma, tau], droppingConstants: droppingConstants)
        terms.add(logTwo)
        terms.add(sigma) { -log(sigma) }
        terms.add(tau) { log(tau) + log1m(tau) }
        terms.add(y, mu, sigma, tau) {
            let z = (y - mu) / sigma
            return -2 * select(Traced.less(z, 0), tau - 1, tau) * z
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLowerTail(zScore(x, parameters[0], parameters[1]), parameters[2])
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLowerTail(-zScore(x, parameters[0], parameters[1]), 1 - parameters[2])
    }

    /// log P(Z ≤ z) for location 0 and scale 1.
    private static func logLowerTail(_ z: Traced, _ tau: Traced) -> Traced {
        // |z| with a slope at 0.
        let size = select(Traced.less(z, 0), -z, z)
        return select(
            Traced.less(z, 0), log(tau) + 2 * (1 - tau) * z,
            log1m((1 - tau) * exp(-2 * tau * size)))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let (e, tau) = (generator.exponential(), parameters[2])
        let z = generator.uniform() < tau ? -0.5 * e / (1 - tau) : 0.5 * e / tau
        return parameters[0] + parameters[1] * z
    }
}

/// Stan's `exp_mod_normal(mu, sigma, lambda)`: a normal plus an exponential
/// variate of rate λ.
public enum ExponentiallyModifiedNormalDensity: TracedTails, TracedSampler {
    public static let stanName = "exp_mod_normal"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, sigma, lambda) = (
            x.flat, parameters[0].flat, positiveOrNaN(parameters[1].flat), parameters[2].flat
        )
        var terms = TermSum([y, mu, sigma, lambda], droppingConstants: droppingConstants)
        terms.add(-logTwo)
        terms.add(lambda) { log(lambda) }
        terms.add(y, mu, sigma, lambda) {
            // The 2 belongs to erfc in Stan's formula, so it is never dropped.
            logProduct((y - mu) / sigma, lambda * sigma) + Traced(logTwo)
        }
        return terms.total
    }

    /// log of exp(r²/2 − r z) Φ(z − r). Where z − r is far below 0, both factors are
    /// huge; then it is φ(z) Φ(u)/φ(u), u = z − r, by the expansion in 1/u².
    private static func logProduct(_ z: Traced, _ rate: Traced) -> Traced {
        let u = z - rate
        let near = maximum(u, -30)
        let direct = rate * (0.5 * rate - z) + logNormalCDF(near)
        let far = minimum(u, -30)
        let v = reciprocal(square(far))
        var series: Traced = 0
        for odd in [13.0, 11, 9, 7, 5, 3, 1] { series = Traced(-odd) * v * (1 + series) }
        let ratio = log1p(series) - log(-far)
        return select(Traced.less(u, -30), ratio - 0.5 * square(z) - Traced(halfLog2Pi), direct)
    }

    private static func tail(_ x: Traced, _ parameters: [Traced], lower: Bool) -> Traced {
        logExponentiallyModifiedNormal(
            zScore(x, parameters[0], parameters[1]), rate: parameters[2] * parameters[1],
            lower: lower)
    }
    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        tail(x, parameters, lower: true)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        tail(x, parameters, lower: false)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        parameters[0] + parameters[1] * generator.normal()
            + generator.exponential() / parameters[2]
    }
}

/// Stan's `von_mises(mu, kappa)`.
public enum VonMisesDensity: TracedTails, TracedSampler {
    public static let stanName = "von_mises"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, kappa) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, mu, kappa], droppingConstants: droppingConstants)
        terms.add(-logTwo - logPi)
        // κ (cos(y − μ) − 1) and log I₀(κ) − κ: for large κ nothing cancels.
        terms.add(kappa) { -.logBesselI0Excess(kappa) }
        terms.add(y, mu, kappa) { -2 * kappa * square(sin(0.5 * (mu - y))) }
        if droppingConstants, kappa.isConstant {
            // Stan drops log I₀(κ) but not κ.
            terms.add(y, mu) { kappa }
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logVonMisesTail(x, mean: parameters[0], concentration: parameters[1], lower: true)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logVonMisesTail(x, mean: parameters[0], concentration: parameters[1], lower: false)
    }

    /// Within π of μ mod 2π: by rejection from a wrapped Cauchy distribution.
    ///
    /// Source: D. J. Best, N. I. Fisher, "Efficient simulation of the von Mises
    /// distribution", Applied Statistics 28 (1979).
    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let (mu, kappa) = (
            try Parameter.finite(parameters[0], "mu"),
            try Parameter.nonnegative(parameters[1], "kappa")
        )
        let mean = mu - 2 * .pi * (mu / (2 * .pi)).rounded(.down)
        if kappa < 1e-8 { return mean + .pi * (2 * generator.uniform() - 1) }
        // Its relative error is below 1/κ.
        if kappa > 1e15 { return mean + generator.normal() / kappa.squareRoot() }
        // With s = r − 1, r = (1 + ρ²)/(2ρ), nothing cancels for large κ.
        let root = hypot(1, 2 * kappa)
        let gap = ((2 * (1 + root)).squareRoot() - 1 - 1 / (root + 2 * kappa)) / (2 * kappa)
        let s = kappa < 1e-4 ? 1 / kappa + kappa - 1 : gap * gap / (2 * (1 - gap))
        while true {
            // 1 − cos of the angle, from 1 ∓ cos πU.
            let quarter = 0.5 * .pi * generator.uniform()
            let drop = 2 * sin(quarter) * sin(quarter)
            let fall = s * drop / (s + 2 * cos(quarter) * cos(quarter))
            let c = kappa * (s + fall)
            let u = generator.uniform()
            if c * (2 - c) > u || log(c / u) + 1 >= c {
                let angle = 2 * asin(min((0.5 * fall).squareRoot(), 1))
                return generator.next() & 1 == 0 ? mean + angle : mean - angle
            }
        }
    }
}
