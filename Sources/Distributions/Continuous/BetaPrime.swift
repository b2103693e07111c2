// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The beta prime distribution: the odds of a beta variable.
///
/// Density x^(α−1) (1 + x)^(−α−β)/B(α, β), x > 0.
///
///     let odds = try BetaPrime(alpha: 8, beta: 4)   // after 7 heads of 10
///     odds.mean                               // 8/3
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 27.
public struct BetaPrime: ContinuousDistribution, Hashable {
    public let alpha: Double
    public let beta: Double
    private var total: Double { alpha + beta }

    /// Throws `ParameterError` unless both are positive and finite.
    public init(alpha: Double, beta: Double) throws(ParameterError) {
        self.alpha = try Parameter.positive(alpha, "alpha")
        self.beta = try Parameter.positive(beta, "beta")
    }

    public var description: String { "BetaPrime(alpha: \(alpha), beta: \(beta))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { beta > 1 ? alpha / (beta - 1) : .infinity }
    public var variance: Double {
        guard beta > 2 else { return beta > 1 ? .infinity : .nan }
        return alpha / (beta - 1) * ((total - 1) / (beta - 1)) / (beta - 2)
    }
    public var skewness: Double {
        guard beta > 3 else { return beta > 2 ? .infinity : .nan }
        return 2 * (2 * alpha + beta - 1) / (beta - 3)
            * ((beta - 2) / (alpha * (total - 1))).squareRoot()
    }
    public var excessKurtosis: Double {
        guard beta > 4 else { return beta > 3 ? .infinity : .nan }
        let product = alpha * (total - 1)
        let first = product * (5 * beta - 11) + (beta - 1) * (beta - 1) * (beta - 2)
        return 6 * first / (product * (beta - 3) * (beta - 4))
    }
    public var mode: Double { alpha >= 1 ? (alpha - 1) / (beta + 1) : .nan }
    public var entropy: Double {
        // That of the beta variable, and the mean logarithm of the slope of the odds.
        betaEntropy(alpha, beta) + 2 * digammaDifference(beta, alpha)
    }

    private func point(_ x: Double) -> IncompleteBeta.Point {
        IncompleteBeta.Point(odds: x, logOdds: log(x))
    }
    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x < 0 || x == .infinity { return -.infinity }
        if x == 0 { return alpha == 1 ? log(beta) : alpha < 1 ? .infinity : -.infinity }
        if alpha < 2 {
            return (alpha - 1) * log(x) - total * log1p(x) - logBeta(alpha, beta)
        }
        return IncompleteBeta.logPrefactor(alpha, beta, point(x)) - log(x)
    }
    public func pdf(_ x: Double) -> Double {
        // A power has more digits near 0 than the exponential of a logarithm.
        guard x > 0, x < 1, total < 165, min(alpha, beta) > 1e-3 else {
            return exp(logDensity(x))
        }
        let power = pow(x, alpha)
        guard power > 1e-290 else { return exp(logDensity(x)) }
        return power / x * exp(-total * log1p(x))
            / (tgamma(alpha) * (tgamma(beta) / tgamma(total)))
    }
    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return lower ? (wantsLog ? -.infinity : 0) : (wantsLog ? 0 : 1) }
        if x == .infinity { return lower ? (wantsLog ? 0 : 1) : (wantsLog ? -.infinity : 0) }
        return BetaMixture(alpha: alpha, beta: beta, mean: 0)
            .tail(point(x), lower: lower, log: wantsLog)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }

    private func quantile(p: Double, q: Double) -> Double {
        guard p >= 0, q >= 0 else { return .nan }
        if p == 0 { return 0 }
        if q == 0 { return .infinity }
        let point = IncompleteBeta.inverse(alpha, beta, p: p, q: q)
        return point.x > 1e-300 && point.y > 1e-300
            ? point.x / point.y : exp(point.logX - point.logY)
    }
    public func quantile(_ p: Double) -> Double { quantile(p: p, q: 1 - p) }
    public func upperQuantile(_ q: Double) -> Double { quantile(p: 1 - q, q: q) }

    public func sample(using generator: RandomGenerator) -> Double {
        exp(generator.logGamma(shape: alpha) - generator.logGamma(shape: beta))
    }
}

extension BetaPrime: DistributionFamily {
    public static let summary = "The beta prime distribution: odds of an uncertain share."
    public static let parameters: [FamilyParameter] = [
        .init("alpha", .positive), .init("beta", .positive),
    ]
    public var parameterValues: [Double] { [alpha, beta] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(alpha: values[0], beta: values[1])
    }
}
