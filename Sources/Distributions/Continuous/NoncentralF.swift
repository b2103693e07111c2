// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The noncentral F distribution: the ratio of a noncentral and a central mean
/// square.
///
/// X = (N/d₁)/(C/d₂) with N noncentral χ²(d₁, λ) and C central χ²(d₂). R:
/// `f(df1, df2, ncp)`.
///
///     let d = try NoncentralF(
///         numeratorDegreesOfFreedom: 2, denominatorDegreesOfFreedom: 27, noncentrality: 10)
///     d.upperCDF(3.35)                        // 0.76, the power of a test
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 30.
public struct NoncentralF: ContinuousDistribution, Hashable {
    public let numeratorDegreesOfFreedom: Double
    public let denominatorDegreesOfFreedom: Double
    public let noncentrality: Double
    private var d1: Double { numeratorDegreesOfFreedom }
    private var d2: Double { denominatorDegreesOfFreedom }
    private var lambda: Double { noncentrality }
    private var mixture: BetaMixture {
        BetaMixture(alpha: 0.5 * d1, beta: 0.5 * d2, mean: 0.5 * lambda)
    }

    /// Throws `ParameterError` unless d₁ and d₂ are positive, λ ≥ 0, all finite.
    public init(
        numeratorDegreesOfFreedom: Double, denominatorDegreesOfFreedom: Double,
        noncentrality: Double
    ) throws(ParameterError) {
        self.numeratorDegreesOfFreedom = try Parameter.positive(
            numeratorDegreesOfFreedom, "numeratorDegreesOfFreedom")
        self.denominatorDegreesOfFreedom = try Parameter.positive(
            denominatorDegreesOfFreedom, "denominatorDegreesOfFreedom")
        self.noncentrality = try Parameter.nonnegative(noncentrality, "noncentrality")
    }

    public var description: String {
        "NoncentralF(numeratorDegreesOfFreedom: \(d1), denominatorDegreesOfFreedom: \(d2), "
            + "noncentrality: \(lambda))"
    }
    public var support: ClosedRange<Double> { 0 ... .infinity }

    // Central moments with p = d₂ − 2 and n = d₁ + λ, c₂ = d₁ + 2λ, …, arranged so
    // that every term is positive.
    private var p: Double { d2 - 2 }
    private var n: Double { d1 + lambda }
    private func c(_ r: Double) -> Double { d1 + r * lambda }
    public var mean: Double { d2 > 2 ? d2 / p * (n / d1) : .infinity }
    public var variance: Double {
        guard d2 > 4 else { return d2 > 2 ? .infinity : .nan }
        let scale = d2 / (d1 * p)
        return 2 * scale * scale * (n * n + p * c(2)) / (p - 2)
    }
    public var skewness: Double {
        guard d2 > 6 else { return d2 > 4 ? .infinity : .nan }
        let a = n * n + p * c(2)
        let third = 2 * n * n * n + 3 * p * n * c(2) + p * p * c(3)
        return third / a * (8 * (p - 2) / a).squareRoot() / (p - 4)
    }
    public var excessKurtosis: Double {
        guard d2 > 8 else { return d2 > 6 ? .infinity : .nan }
        let a = n * n + p * c(2)
        let (u, v) = (n * n / a, p * c(2) / a)
        let rest =
            3 * u * u + 6 * u * v + 4 * (p * n / a) * (p * c(3) / a) + p * p / a * (p * c(4) / a)
        return 12 * (2 * (p - 3) + rest * (p - 2)) / ((p - 4) * (p - 6))
    }
    /// Found from the density; NaN where that is unbounded.
    public var mode: Double {
        if d1 < 2 { return .nan }
        let end = quantile(0.9)
        return peakOfDensity(from: 0, to: end)
    }
    /// By quadrature.
    public var entropy: Double { integratedEntropy(.positive) }

    /// The point d₁x/(d₁x + d₂) of the unit interval.
    private func point(_ x: Double) -> IncompleteBeta.Point {
        let odds = d1 / d2 * x
        return IncompleteBeta.Point(odds: odds, logOdds: log(d1 / d2) + log(x))
    }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x < 0 || x == .infinity { return -.infinity }
        if x == 0 {
            return d1 == 2 ? -0.5 * lambda : d1 < 2 ? .infinity : -.infinity
        }
        let point = point(x)
        if let value = mixture.logitDensity(point), value / x > 1e-290, value / x < 1e290 {
            return log(value / x)
        }
        return mixture.logLogitDensity(point) - log(x)
    }
    public func pdf(_ x: Double) -> Double {
        guard x > 0, x < .infinity, let value = mixture.logitDensity(point(x)) else {
            return exp(logDensity(x))
        }
        return value / x
    }
    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return lower ? (wantsLog ? -.infinity : 0) : (wantsLog ? 0 : 1) }
        if x == .infinity { return lower ? (wantsLog ? 0 : 1) : (wantsLog ? -.infinity : 0) }
        return mixture.tail(point(x), lower: lower, log: wantsLog)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }

    /// Newton's method from a central distribution's quantile.
    private func quantile(_ p: Double, lower: Bool) -> Double {
        guard p > 0, p < 1 else {
            return inverted(p, lower: lower, from: 1, .positive)
        }
        let odds = mixture.guess(p, lower: lower)
        let guess = odds * (d2 / d1)
        return inverted(
            p, lower: lower, from: guess > 1e-300 && guess < 1e300 ? guess : n / d1, .positive)
    }
    public func quantile(_ p: Double) -> Double { quantile(p, lower: true) }
    public func upperQuantile(_ q: Double) -> Double { quantile(q, lower: false) }

    public func sample(using generator: RandomGenerator) -> Double {
        exp(mixture.logOdds(using: generator)) * (d2 / d1)
    }
}

extension NoncentralF: DistributionFamily {
    public static let summary =
        "The noncentral F distribution: the ratio of mean squares when an effect is there."
    public static let parameters: [FamilyParameter] = [
        .init("numeratorDegreesOfFreedom", .positive),
        .init("denominatorDegreesOfFreedom", .positive),
        .init("noncentrality", .nonnegative),
    ]
    public var parameterValues: [Double] { [d1, d2, noncentrality] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(
            numeratorDegreesOfFreedom: values[0], denominatorDegreesOfFreedom: values[1],
            noncentrality: values[2])
    }
}
