// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The half-normal distribution: the magnitude of a normal variable of mean 0.
///
/// Density √(2/π)/σ exp(−x²/(2σ²)), x ≥ 0. Stan: `normal(0, sigma)` of a
/// parameter with `<lower=0>`; R (package extraDistr): `hnorm(sigma)`.
///
///     let spread = try HalfNormal(scale: 1)
///     spread.mean                             // 0.7979
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 13.
public struct HalfNormal: ContinuousDistribution, Hashable {
    public let scale: Double

    /// Throws `ParameterError` unless the scale is positive and finite.
    public init(scale: Double) throws(ParameterError) {
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "HalfNormal(scale: \(scale))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { scale * 0.797_884_560_802_865_355_9 }
    public var variance: Double { scale * scale * 0.363_380_227_632_418_656_9 }
    public var skewness: Double { 0.995_271_746_431_156_042_4 }
    public var excessKurtosis: Double { 0.869_177_303_605_974_116_7 }
    public var mode: Double { 0 }
    public var entropy: Double { log(scale) + 0.725_791_352_644_727_432_4 }

    public func logDensity(_ x: Double) -> Double {
        if x < 0 || x == .infinity { return -.infinity }
        let z = x / scale
        return -0.5 * z * z - 0.225_791_352_644_727_432_4 - log(scale)
    }
    public func pdf(_ x: Double) -> Double {
        if x < 0 || x == .infinity { return 0 }
        return 0.797_884_560_802_865_355_9 / scale * expOfHalfSquare(x / scale)
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : erf(x / scale * rootOfHalf) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : upperNormalTail(x / scale) * 2 }
    public func logCDF(_ x: Double) -> Double {
        if x <= 0 { return -.infinity }
        let z = x / scale
        if z < 1e-9 { return logRatio(x, scale) - 0.225_791_352_644_727_432_4 }
        return z < 0.7 ? log(erf(z * rootOfHalf)) : log1p(-erfc(z * rootOfHalf))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        let z = x / scale
        return z < 0.5 ? log1p(-erf(z * rootOfHalf)) : logNormalCDF(-z) + logTwo
    }
    public func quantile(_ p: Double) -> Double {
        p >= 0 ? scale * (erfInverse(p) / rootOfHalf) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q <= 1 ? scale * (erfcInverse(q) / rootOfHalf) : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        scale * abs(generator.normal())
    }
}

extension HalfNormal: ScaleFamily {
    public static let summary =
        "The half-normal distribution: the magnitude of a normal variable."
}
