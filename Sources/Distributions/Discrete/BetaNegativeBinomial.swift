// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The beta negative binomial distribution: failures before r successes, whose
/// probability is a beta variate.
///
/// Mass Γ(k + r)/(k! Γ(r)) B(α + r, β + k)/B(α, β), for any real r > 0; P(X > k) falls
/// like k^−α. Also called the generalised Waring distribution. Stan:
/// `beta_neg_binomial(r, alpha, beta)`.
///
///     let d = try BetaNegativeBinomial(successes: 3, alpha: 4, beta: 2)
///     d.mean                                  // 2
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, section 6.2.3.
public struct BetaNegativeBinomial: DiscreteDistribution, Hashable {
    public let successes: Double
    public let alpha: Double
    public let beta: Double

    /// Throws `ParameterError` unless all are positive and finite.
    public init(successes: Double, alpha: Double, beta: Double) throws(ParameterError) {
        self.successes = try Parameter.positive(successes, "successes")
        self.alpha = try Parameter.positive(alpha, "alpha")
        self.beta = try Parameter.positive(beta, "beta")
        _ = try Parameter.positive(alpha + beta + successes, "alpha + beta + successes")
    }

    public var description: String {
        "BetaNegativeBinomial(successes: \(successes), alpha: \(alpha), beta: \(beta))"
    }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { alpha > 1 ? successes * (beta / (alpha - 1)) : .infinity }
    public var variance: Double {
        guard alpha > 2 else { return alpha > 1 ? .infinity : .nan }
        let a = alpha - 1
        return successes * (1 + successes / a) * (beta / (alpha - 2)) * (1 + beta / a)
    }
    public var skewness: Double {
        guard alpha > 3 else { return alpha > 2 ? .infinity : .nan }
        let (r, a) = (successes, alpha - 1)
        return (2 * r + a) / (alpha - 3) * (2 * beta + a)
            * ((alpha - 2) / r / beta / (r + a) / (beta + a)).squareRoot()
    }
    public var excessKurtosis: Double {
        guard alpha > 4 else { return alpha > 3 ? .infinity : .nan }
        let a = alpha - 1
        return betaBinomialExcessKurtosis(
            trials: -successes, sum: -a, product: -(beta / a) * (1 + beta / a))
    }
    public var mode: Double {
        // The ratio of neighbours passes 1 at (r − 1)(β − 1)/(α + 1).
        successes > 1 && beta > 1
            ? ((successes - 1) * ((beta - 1) / (alpha + 1))).rounded(.down) : 0
    }
    public var entropy: Double { mass.entropy(mode: mode) }

    private var mass: CountSum {
        let (r, a, b) = (successes, alpha, beta)
        return CountSum(
            0, .infinity,
            // r/(r + k) of the beta-binomial mass of k failures in r + k trials.
            logMass: { k in -log1p(k / r) + betaBinomialLogMass(k, others: r, b, a) },
            ratio: { k in (r + k) / (k + 1) * ((b + k) / (a + b + r + k)) },
            power: (a, max(1, max(r, 1) * (1 + b) + a)))
    }

    public func logDensity(_ x: Int) -> Double {
        x < 0 ? -.infinity : mass.logProbability(Double(x))
    }
    private func tail(_ x: Double, _ lower: Bool, log: Bool) -> Double {
        mass.tail(x, lower: lower, log: log, center: successes * (beta / (alpha + 1)))
    }
    public func cdf(_ x: Double) -> Double { tail(x, true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        // The rate is a gamma variate times odds, a ratio of two more; small shapes
        // underflow.
        let logOdds = generator.logGamma(shape: beta) - generator.logGamma(shape: alpha)
        let rate = exp(generator.logGamma(shape: successes) + logOdds)
        return generator.poisson(rate: min(rate, 1e300))
    }
}

extension BetaNegativeBinomial: DistributionFamily {
    public static let summary =
        "The beta negative binomial distribution: failures before successes of a probability"
        + " that varies."
    public static let parameters: [FamilyParameter] = [
        .init("successes", .positive), .init("alpha", .positive), .init("beta", .positive),
    ]
    public var parameterValues: [Double] { [successes, alpha, beta] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(successes: values[0], alpha: values[1], beta: values[2])
    }
}

extension BetaNegativeBinomial: TracedTails, TracedSampler {
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
        Double(
            try BetaNegativeBinomial(
                successes: parameters[0], alpha: parameters[1], beta: parameters[2]
            ).sample(using: generator))
    }
}
