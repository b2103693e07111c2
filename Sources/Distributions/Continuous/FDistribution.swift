// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Fisher's F distribution: the ratio of two mean squares.
///
/// If X is F(d₁, d₂), then d₁X/(d₁X + d₂) is Beta(d₁/2, d₂/2). R: `f(df1, df2)`.
///
///     let f = try FDistribution(numeratorDegreesOfFreedom: 2, denominatorDegreesOfFreedom: 27)
///     f.upperCDF(4.85)                        // 0.016
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 27.
public struct FDistribution: ContinuousDistribution, Hashable {
    public let numeratorDegreesOfFreedom: Double
    public let denominatorDegreesOfFreedom: Double
    private var d1: Double { numeratorDegreesOfFreedom }
    private var d2: Double { denominatorDegreesOfFreedom }

    /// Throws `ParameterError` unless both are positive and finite.
    public init(
        numeratorDegreesOfFreedom: Double, denominatorDegreesOfFreedom: Double
    ) throws(ParameterError) {
        self.numeratorDegreesOfFreedom = try Parameter.positive(
            numeratorDegreesOfFreedom, "numeratorDegreesOfFreedom")
        self.denominatorDegreesOfFreedom = try Parameter.positive(
            denominatorDegreesOfFreedom, "denominatorDegreesOfFreedom")
    }

    public var description: String {
        "FDistribution(numeratorDegreesOfFreedom: \(d1), denominatorDegreesOfFreedom: \(d2))"
    }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { d2 > 2 ? d2 / (d2 - 2) : .infinity }
    public var variance: Double {
        guard d2 > 4 else { return d2 > 2 ? .infinity : .nan }
        let m = d2 / (d2 - 2)
        return 2 * m * m * (d1 + d2 - 2) / (d1 * (d2 - 4))
    }
    public var skewness: Double {
        guard d2 > 6 else { return d2 > 4 ? .infinity : .nan }
        return (2 * d1 + d2 - 2) * (8 * (d2 - 4)).squareRoot()
            / ((d2 - 6) * (d1 * (d1 + d2 - 2)).squareRoot())
    }
    public var excessKurtosis: Double {
        guard d2 > 8 else { return d2 > 6 ? .infinity : .nan }
        let first = d1 * (5 * d2 - 22) * (d1 + d2 - 2) + (d2 - 4) * (d2 - 2) * (d2 - 2)
        return 12 * first / (d1 * (d2 - 6) * (d2 - 8) * (d1 + d2 - 2))
    }
    public var mode: Double {
        d1 >= 2 ? (d1 - 2) / d1 * (d2 / (d2 + 2)) : .nan
    }
    public var entropy: Double {
        let (a, b) = (0.5 * d1, 0.5 * d2)
        // That of the beta variable, and the mean logarithm of the slope of the map.
        return betaEntropy(a, b) + log(d2 / d1) + 2 * digammaDifference(b, a)
    }

    /// The point d₁x/(d₁x + d₂) of the unit interval.
    private func point(_ x: Double) -> IncompleteBeta.Point {
        let odds = d1 / d2 * x
        return IncompleteBeta.Point(odds: odds, logOdds: log(d1 / d2) + log(x))
    }

    public func logDensity(_ x: Double) -> Double {
        if x < 0 || x == .infinity { return -.infinity }
        if x == 0 { return d1 == 2 ? 0 : d1 < 2 ? .infinity : -.infinity }
        return IncompleteBeta.logPrefactor(0.5 * d1, 0.5 * d2, point(x)) - log(x)
    }
    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return lower ? (wantsLog ? -.infinity : 0) : (wantsLog ? 0 : 1) }
        if x == .infinity { return lower ? (wantsLog ? 0 : 1) : (wantsLog ? -.infinity : 0) }
        return IncompleteBeta.evaluate(0.5 * d1, 0.5 * d2, point(x), lower: lower, log: wantsLog)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }

    private func quantile(p: Double, q: Double) -> Double {
        guard p >= 0, q >= 0 else { return .nan }
        if p == 0 { return 0 }
        if q == 0 { return .infinity }
        let point = IncompleteBeta.inverse(0.5 * d1, 0.5 * d2, p: p, q: q)
        return
            (point.x > 1e-300 && point.y > 1e-300
            ? point.x / point.y : exp(point.logX - point.logY)) * (d2 / d1)
    }
    public func quantile(_ p: Double) -> Double { quantile(p: p, q: 1 - p) }
    public func upperQuantile(_ q: Double) -> Double { quantile(p: 1 - q, q: q) }

    public func sample(using generator: RandomGenerator) -> Double {
        exp(generator.logGamma(shape: 0.5 * d1) - generator.logGamma(shape: 0.5 * d2)) * d2 / d1
    }
}

extension FDistribution: DistributionFamily {
    public static let summary =
        "The F distribution: the ratio of two estimates of a variance."
    public static let parameters: [FamilyParameter] = [
        .init("numeratorDegreesOfFreedom", .positive),
        .init("denominatorDegreesOfFreedom", .positive),
    ]
    public var parameterValues: [Double] {
        [numeratorDegreesOfFreedom, denominatorDegreesOfFreedom]
    }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(numeratorDegreesOfFreedom: values[0], denominatorDegreesOfFreedom: values[1])
    }
}
