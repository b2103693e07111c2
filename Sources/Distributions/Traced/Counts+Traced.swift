// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

// Families of counts under Stan's names that have no type of their own. Terms are
// dropped as in the Stan functions reference: those without a traced argument.

/// Stan's `bernoulli_logit(alpha)`.
public enum BernoulliLogit: TracedSampler {
    public static let stanName = "bernoulli_logit"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.bernoulliLogit, [x] + parameters, droppingConstants: droppingConstants)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        Double(try Bernoulli(probability: logistic(parameters[0])).sample(using: generator))
    }
}

/// Stan's `binomial_logit(N, alpha)`.
public enum BinomialLogit: TracedSampler {
    public static let stanName = "binomial_logit"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.binomialLogit, [x] + parameters, droppingConstants: droppingConstants)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Binomial.draw([parameters[0], logistic(parameters[1])], using: generator)
    }
}

/// Stan's `poisson_log(alpha)`: the logarithm of the rate.
public enum PoissonLog: TracedSampler {
    public static let stanName = "poisson_log"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.poissonLog, [x] + parameters, droppingConstants: droppingConstants)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Poisson.draw([exp(parameters[0])], using: generator)
    }
}

/// Stan's `neg_binomial(alpha, beta)`: shape and inverse scale of the gamma
/// distribution of the rate.
public enum NegativeBinomialRate: TracedTails, TracedSampler {
    public static let stanName = "neg_binomial"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let y = x.flat
        let (alpha, beta) = (positiveOrNaN(parameters[0].flat), positiveOrNaN(parameters[1].flat))
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        var terms = TermSum([y, alpha, beta], droppingConstants: droppingConstants)
        // The binomial coefficient goes with α, as in Stan.
        terms.addRisingCoefficient(y, alpha)
        terms.add(alpha, beta) { -alpha * log1p(reciprocal(beta)) - y * log1p(beta) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNegativeBinomialTail(x, shape: parameters[0], rate: parameters[1], lower: true)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNegativeBinomialTail(x, shape: parameters[0], rate: parameters[1], lower: false)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let rate = try Gamma(shape: parameters[0], rate: parameters[1]).sample(using: generator)
        return Double(generator.poisson(rate: rate))
    }
}

/// Stan's `neg_binomial_2_log(eta, phi)`: the logarithm of the mean.
public enum NegativeBinomialLog: TracedSampler {
    public static let stanName = "neg_binomial_2_log"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        logDensity(x, parameters[0], parameters[1], droppingConstants, coefficient: true)
    }

    /// - Parameter coefficient: whether y! goes with φ, like the rest of the
    ///   binomial coefficient, or by itself.
    static func logDensity(
        _ x: Traced, _ eta: Traced, _ phi: Traced, _ droppingConstants: Bool, coefficient: Bool
    ) -> Traced {
        let (y, eta, phi) = (x.flat, eta.flat, positiveOrNaN(phi.flat))
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        var terms = TermSum([y, eta, phi], droppingConstants: droppingConstants)
        terms.addRisingCoefficient(y, phi, factorial: coefficient)
        if !coefficient { terms.add(y) { -logGamma(y + 1) } }
        terms.add(eta) { y * eta }
        terms.add(eta, phi) {
            // log(φ + e^η) = log φ + log(1 + e^(η − log φ))
            let logPhi = log(phi)
            let excess = log1pExp(eta - logPhi)
            return -phi * excess - y * (logPhi + excess)
        }
        if !coefficient, droppingConstants, phi.isConstant {
            // Stan's regression drops φ log φ of a known φ.
            terms.add(eta) { -phi * log(phi) }
        }
        return terms.total
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try NegativeBinomial.draw([exp(parameters[0]), parameters[1]], using: generator)
    }
}

/// Stan's `beta_binomial(N, alpha, beta)`.
public enum BetaBinomialDensity: TracedTails, TracedSampler {
    public static let stanName = "beta_binomial"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, n) = (x.flat, parameters[0].flat)
        let (alpha, beta) = (positiveOrNaN(parameters[1].flat), positiveOrNaN(parameters[2].flat))
        var terms = TermSum([y, n, alpha, beta], droppingConstants: droppingConstants)
        terms.require(.lessOrEqual(0, y), .lessOrEqual(y, n))
        // The binomial coefficient is a part of these; for large α and β the three
        // keep digits that two logarithms of B would lose.
        terms.add(alpha, beta) {
            Counts.logRisingCoefficient(y, alpha) + Counts.logRisingCoefficient(n - y, beta)
                - Counts.logRisingCoefficient(n, alpha + beta)
        }
        if droppingConstants { terms.add(alpha, beta) { -Counts.logChoose(n, y) } }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBetaBinomialTail(
            x, trials: parameters[0], parameters[1], parameters[2], lower: true)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBetaBinomialTail(
            x, trials: parameters[0], parameters[1], parameters[2], lower: false)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let p = try Beta(alpha: parameters[1], beta: parameters[2]).sample(using: generator)
        return try Binomial.draw([parameters[0], p], using: generator)
    }
}

/// Stan's `beta_neg_binomial(r, alpha, beta)`: failures before r successes, whose
/// probability is a beta variate.
public enum BetaNegativeBinomialDensity: TracedTails, TracedSampler {
    public static let stanName = "beta_neg_binomial"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, r) = (x.flat, positiveOrNaN(parameters[0].flat))
        let (alpha, beta) = (positiveOrNaN(parameters[1].flat), positiveOrNaN(parameters[2].flat))
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        var terms = TermSum([y, r, alpha, beta], droppingConstants: droppingConstants)
        // Γ(y + r)/(y! Γ(r)) B(y + β, r + α)/B(α, β), the gammas of y + r cancelled.
        terms.add(r, alpha, beta) {
            logBeta(alpha + beta, y + r) - logBeta(alpha, r)
                + Counts.logRisingCoefficient(y, beta)
        }
        if droppingConstants { terms.add(r, alpha, beta) { logGamma(y + 1) } }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBetaNegativeBinomialTail(
            x, parameters[0], parameters[1], parameters[2], lower: true)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBetaNegativeBinomialTail(
            x, parameters[0], parameters[1], parameters[2], lower: false)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        // The rate is a gamma variate times odds, a ratio of two more; small shapes
        // underflow.
        let logOdds =
            generator.logGamma(shape: parameters[2]) - generator.logGamma(shape: parameters[1])
        let rate = exp(generator.logGamma(shape: parameters[0]) + logOdds)
        return Double(generator.poisson(rate: min(rate, 1e300)))
    }
}

/// Stan's `yule_simon(rho)`.
public enum YuleSimonDensity: TracedTails, TracedSampler {
    public static let stanName = "yule_simon"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, rho) = (x.flat, positiveOrNaN(parameters[0].flat))
        if Support.isOutside(y, 1 ... .infinity) { return Traced(-.infinity) }
        var terms = TermSum([y, rho], droppingConstants: droppingConstants)
        terms.add(rho) { log(rho) + logBeta(y, rho + 1) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        log1mExp(logUpperCDF(x, parameters))
    }
    /// P(N > n) = n B(n, ρ + 1), 1 below 1.
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        let n = maximum(x, 1)
        let tail = log(n) + logBeta(n, positiveOrNaN(parameters[0]) + 1)
        return minimum(select(Traced.less(x, 1), 0, tail), 0)
    }

    /// Geometric with the probability of success e^(−W), W exponential with rate ρ.
    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let w = generator.exponential() / parameters[0]
        return max((generator.exponential() / -log1mExp(-w)).rounded(.up), 1)
    }
}

/// Stan's `discrete_range(l, u)`.
public enum DiscreteRangeDensity: TracedTails, TracedSampler {
    public static let stanName = "discrete_range"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, lower, upper) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, lower, upper], droppingConstants: droppingConstants)
        terms.require(.lessOrEqual(lower, y), .lessOrEqual(y, upper))
        terms.add(lower, upper) { -log(upper - lower + 1) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        let (lower, upper) = (parameters[0], parameters[1])
        return log(minimum(maximum((x - lower + 1) / (upper - lower + 1), 0), 1))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        let (lower, upper) = (parameters[0], parameters[1])
        return log(minimum(maximum((upper - x) / (upper - lower + 1), 0), 1))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let (lower, upper) = (
            try Counts.whole(parameters[0], "lower"), try Counts.whole(parameters[1], "upper")
        )
        let (width, overflow) = upper.subtractingReportingOverflow(lower)
        guard !overflow, width >= 0, width < .max else {
            throw ParameterError("upper", is: upper, mustBe: "at least lower, \(lower)")
        }
        return Double(lower + generator.uniform(below: width + 1))
    }
}

/// Stan's `hypergeometric(N, a, b)`: how many of N draws without replacement are
/// among a, of a + b.
public enum HypergeometricDensity: TracedSampler {
    public static let stanName = "hypergeometric"
    public static let parameterCount = 3

    /// Of known arguments only: all are counts.
    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let arguments = [x.flat] + parameters.map(\.flat)
        let known = arguments.compactMap(\.constants)
        guard known.count == 4 else { return Traced(.nan) }
        let count = arguments.first { !$0.shape.isScalar }?.count ?? 1
        var total = 0.0
        for i in 0..<count {
            let k = known.map { $0.count == 1 ? $0[0] : $0[i] }
            total += logMass(k[0], draws: k[1], k[2], k[3])
        }
        return Traced(droppingConstants && total > -.infinity ? 0 : total)
    }

    /// By three binomial masses of the probability N/(a + b), so that nothing
    /// cancels (C. Loader, "Fast and accurate computation of binomial
    /// probabilities", 2000).
    static func logMass(_ k: Double, draws n: Double, _ a: Double, _ b: Double) -> Double {
        guard a >= 0, b >= 0, n >= 0, n <= a + b else { return .nan }
        if k < max(0, n - b) || k > min(n, a) { return -.infinity }
        if n == 0 || n == a + b { return 0 }
        let (p, q) = (n / (a + b), (a + b - n) / (a + b))
        return binomialLogDensity(k, trials: a, p: p, q: q)
            + binomialLogDensity(n - k, trials: b, p: p, q: q)
            - binomialLogDensity(n, trials: a + b, p: p, q: q)
    }

    /// By inversion outwards from the mode.
    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let (n, a, b) = (parameters[0], parameters[1], parameters[2])
        guard a >= 0, b >= 0, n >= 0, n <= a + b, a + b < 0x1p53 else {
            throw ParameterError("N", is: n, mustBe: "from 0 to a + b")
        }
        let (low, high) = (max(0, n - b), min(n, a))
        let mode = min(max(((n + 1) * ((a + 1) / (a + b + 2))).rounded(.down), low), high)
        let top = exp(logMass(mode, draws: n, a, b))
        var left = generator.uniform() - top
        var (down, up) = (mode, mode)
        var (below, above) = (top, top)
        while left > 0, down > low || up < high {
            if up < high {
                above *= (a - up) / (up + 1) * ((n - up) / (b - n + up + 1))
                up += 1
                left -= above
                if left <= 0 { return up }
            }
            if down > low {
                below *= down / (a - down + 1) * ((b - n + down) / (n - down + 1))
                down -= 1
                left -= below
                if left <= 0 { return down }
            }
            if above + below < 1e-30 { break }
        }
        return mode
    }
}
