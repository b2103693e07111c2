// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The beta-binomial distribution: successes in n trials whose common probability
/// is a beta variate.
///
/// Mass C(n, k) B(k + α, n − k + β)/B(α, β). Stan: `beta_binomial(N, alpha, beta)`; R
/// (package VGAM): `betabinom.ab(size, shape1, shape2)`.
///
///     let d = try BetaBinomial(trials: 10, alpha: 2, beta: 3)
///     d.variance                              // 6, the binomial's is 2.4
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, section 6.2.2.
public struct BetaBinomial: DiscreteDistribution, Hashable {
    public let trials: Int
    public let alpha: Double
    public let beta: Double
    private var n: Double { Double(trials) }
    private var sum: Double { alpha + beta }

    /// Throws `ParameterError` unless the number of trials is nonnegative and the
    /// shapes positive and finite.
    public init(trials: Int, alpha: Double, beta: Double) throws(ParameterError) {
        self.trials = try Parameter.count(trials, "trials")
        self.alpha = try Parameter.positive(alpha, "alpha")
        self.beta = try Parameter.positive(beta, "beta")
        _ = try Parameter.positive(alpha + beta, "alpha + beta")
    }

    public var description: String {
        "BetaBinomial(trials: \(trials), alpha: \(alpha), beta: \(beta))"
    }
    public var support: ClosedRange<Double> { 0...n }
    public var mean: Double { n * (alpha / sum) }
    public var variance: Double {
        n * (alpha / sum) * (beta / sum) * ((1 + n / sum) / (1 + 1 / sum))
    }
    public var skewness: Double {
        let (u, x) = (1 / sum, n / sum)
        return (1 + 2 * x) * ((beta - alpha) / sum) / (1 + 2 * u)
            * ((1 + u) / (n * (alpha / sum) * (beta / sum) * (1 + x))).squareRoot()
    }
    public var excessKurtosis: Double {
        betaBinomialExcessKurtosis(
            trials: n, sum: sum, product: (alpha / sum) * (beta / sum))
    }
    public var mode: Double {
        if sum <= 2 || alpha <= 1 || beta <= 1 {
            // At one end, or where the ratio of neighbours passes 1.
            if alpha < 1, beta < 1 || beta == 1 { return alpha < beta ? 0 : n }
            if alpha <= 1, beta >= 1 { return 0 }
            if beta <= 1, alpha >= 1 { return n }
        }
        return min(((n + 1) * ((alpha - 1) / (sum - 2))).rounded(.down), n)
    }
    public var entropy: Double {
        n == 0 ? 0 : mass.entropy(mode: mode)
    }

    private var mass: CountSum {
        let (n, a, b) = (n, alpha, beta)
        return CountSum(
            0, n, logMass: { betaBinomialLogMass($0, others: n - $0, a, b) },
            ratio: { k in (n - k) / (k + 1) * ((a + k) / (b + (n - k - 1))) })
    }

    public func logDensity(_ x: Int) -> Double {
        x < 0 || x > trials ? -.infinity : mass.logProbability(Double(x))
    }
    private func tail(_ x: Double, _ lower: Bool, log: Bool) -> Double {
        mass.tail(x, lower: lower, log: log, center: mean)
    }
    public func cdf(_ x: Double) -> Double { tail(x, true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    /// A binomial count with the logit of its probability from two gamma variates:
    /// a probability near 1 keeps its complement.
    public func sample(using generator: RandomGenerator) -> Int {
        let logOdds = generator.logGamma(shape: alpha) - generator.logGamma(shape: beta)
        if logOdds > 0 {
            return trials
                - generator.binomial(trials: trials, probability: logistic(-logOdds))
        }
        return generator.binomial(trials: trials, probability: logistic(logOdds))
    }
}

extension BetaBinomial: DistributionFamily {
    public static let summary =
        "The beta-binomial distribution: successes in trials of a probability that varies."
    public static let parameters: [FamilyParameter] = [
        .init("trials", .whole(from: 0)), .init("alpha", .positive), .init("beta", .positive),
    ]
    public var parameterValues: [Double] { [n, alpha, beta] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(
            trials: Parameter.whole(values[0], "trials"), alpha: values[1], beta: values[2])
    }
}

extension BetaBinomial: TracedTails, TracedSampler {
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
        Double(
            try BetaBinomial(
                trials: Parameter.whole(parameters[0], "trials"), alpha: parameters[1],
                beta: parameters[2]
            ).sample(using: generator))
    }
}
