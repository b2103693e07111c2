// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The noncentral beta distribution on the unit interval.
///
/// The mixture of Beta(α + j, β) where j is Poisson with mean λ/2: N/(N + C) of a
/// noncentral χ²(2α, λ) and a central χ²(2β). R: `beta(shape1, shape2, ncp)`.
///
///     let d = try NoncentralBeta(alpha: 1, beta: 13.5, noncentrality: 10)
///     d.mean                                  // 0.29…
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 30.
public struct NoncentralBeta: ContinuousDistribution, Hashable {
    public let alpha: Double
    public let beta: Double
    public let noncentrality: Double
    private var lambda: Double { noncentrality }
    private var m: Double { 0.5 * lambda }
    private var mixture: BetaMixture { BetaMixture(alpha: alpha, beta: beta, mean: m) }

    /// Throws `ParameterError` unless α and β are positive, λ ≥ 0, all finite.
    public init(alpha: Double, beta: Double, noncentrality: Double) throws(ParameterError) {
        self.alpha = try Parameter.positive(alpha, "alpha")
        self.beta = try Parameter.positive(beta, "beta")
        self.noncentrality = try Parameter.nonnegative(noncentrality, "noncentrality")
    }

    public var description: String {
        "NoncentralBeta(alpha: \(alpha), beta: \(beta), noncentrality: \(lambda))"
    }
    public var support: ClosedRange<Double> { 0...1 }

    // Moments by those of the parts about the mean.
    private func average(_ h: (Double) -> Double) -> Double {
        PoissonMixture.expectation(mean: m, h)
    }
    /// 1 − mean, which may be small.
    private var rest: Double { average { beta / (alpha + $0 + beta) } }
    public var mean: Double { average { (alpha + $0) / (alpha + $0 + beta) } }

    /// E (X − μ)ʳ, r = 2, 3, 4, by the parts' central moments and distances.
    private func centralMoment(_ r: Int) -> Double {
        let rest = rest
        func part(_ j: Double) -> Double {
            let a = alpha + j
            let n = a + beta
            let d = rest - beta / n
            let variance = (a / n) * (beta / n) / (n + 1)
            if r == 2 { return variance + d * d }
            let third = variance * (2 * (beta - a) / (n * (n + 2)))
            if r == 3 { return third + 3 * variance * d + d * d * d }
            let gap = a - beta
            let first = gap * gap * (n + 1) / (a * beta) - (n + 2)
            let excess = 6 * first / ((n + 2) * (n + 3))
            return variance * variance * (3 + excess) + 4 * third * d + 6 * variance * d * d
                + d * d * d * d
        }
        return average(part)
    }
    public var variance: Double { centralMoment(2) }
    public var skewness: Double { centralMoment(3) / pow(variance, 1.5) }
    public var excessKurtosis: Double {
        let v = variance
        return centralMoment(4) / (v * v) - 3
    }
    /// Found from the density; NaN where that is unbounded or has two peaks.
    public var mode: Double {
        guard alpha >= 1, beta >= 1 else { return .nan }
        return peakOfDensity(from: 0, to: 1)
    }
    /// By quadrature.
    public var entropy: Double { integratedEntropy(.between(0, 1)) }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        guard x > 0, x < 1 else {
            if x == 0 { return alpha == 1 ? log(beta) - m : alpha < 1 ? .infinity : -.infinity }
            if x == 1 { return beta == 1 ? log(alpha + m) : beta < 1 ? .infinity : -.infinity }
            return -.infinity
        }
        let point = IncompleteBeta.Point(x: x)
        if let value = mixture.logitDensity(point) {
            let density = value / x / (1 - x)
            if density > 1e-290, density < 1e290 { return log(density) }
        }
        return mixture.logLogitDensity(point) - point.logX - point.logY
    }
    public func pdf(_ x: Double) -> Double {
        guard x > 0, x < 1, let value = mixture.logitDensity(.init(x: x)) else {
            return exp(logDensity(x))
        }
        return value / x / (1 - x)
    }
    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return lower ? (wantsLog ? -.infinity : 0) : (wantsLog ? 0 : 1) }
        if x >= 1 { return lower ? (wantsLog ? 0 : 1) : (wantsLog ? -.infinity : 0) }
        return mixture.tail(.init(x: x), lower: lower, log: wantsLog)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }

    private func quantile(_ p: Double, lower: Bool) -> Double {
        guard p > 0, p < 1 else { return inverted(p, lower: lower, from: 0.5, .between(0, 1)) }
        let odds = mixture.guess(p, lower: lower)
        let guess = odds / (1 + odds)
        return inverted(
            p, lower: lower, from: guess > 1e-300 && guess < 1 ? guess : 0.5, .between(0, 1))
    }
    public func quantile(_ p: Double) -> Double { quantile(p, lower: true) }
    public func upperQuantile(_ q: Double) -> Double { quantile(q, lower: false) }

    public func sample(using generator: RandomGenerator) -> Double {
        logistic(mixture.logOdds(using: generator))
    }
}

extension NoncentralBeta: DistributionFamily {
    public static let summary =
        "The noncentral beta distribution: the explained share of squares when an effect is there."
    public static let parameters: [FamilyParameter] = [
        .init("alpha", .positive), .init("beta", .positive),
        .init("noncentrality", .nonnegative),
    ]
    public var parameterValues: [Double] { [alpha, beta, noncentrality] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(alpha: values[0], beta: values[1], noncentrality: values[2])
    }
}
