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
