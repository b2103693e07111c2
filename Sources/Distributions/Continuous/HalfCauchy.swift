// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The half-Cauchy distribution: the magnitude of a Cauchy variable around 0.
///
/// Density 2/(π σ (1 + z²)), z = x/σ ≥ 0. Stan: `cauchy(0, sigma)` of a
/// parameter with `<lower=0>`; R (package extraDistr): `hcauchy(sigma)`.
///
///     let spread = try HalfCauchy(scale: 2.5)
///     spread.median                           // 2.5
///
/// Source: A. Gelman, "Prior distributions for variance parameters in
/// hierarchical models", Bayesian Analysis 1 (2006), 515.
public struct HalfCauchy: ContinuousDistribution, Hashable {
    public let scale: Double

    /// Throws `ParameterError` unless the scale is positive and finite.
    public init(scale: Double) throws(ParameterError) {
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "HalfCauchy(scale: \(scale))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { .infinity }
    public var variance: Double { .nan }
    public var skewness: Double { .nan }
    public var excessKurtosis: Double { .nan }
    public var mode: Double { 0 }
    public var median: Double { scale }
    public var entropy: Double { log(scale) + 1.837_877_066_409_345_483_6 }

    public func logDensity(_ x: Double) -> Double {
        if x < 0 { return -.infinity }
        let z = x / scale
        let bulk = z < 1e8 ? log1p(z * z) : 2 * logRatio(x, scale)
        return -0.451_582_705_289_454_864_7 - log(scale) - bulk
    }
    public func pdf(_ x: Double) -> Double {
        if x < 0 { return 0 }
        let z = x / scale
        let top = 0.636_619_772_367_581_343_1 / scale
        return z < 1e8 ? top / (1 + z * z) : top / z / z
    }
    /// (2/π) arctan of the ratio.
    private func share(_ a: Double, _ b: Double) -> Double {
        atan2(a, b) * 0.636_619_772_367_581_343_1
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : share(x / scale, 1) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : share(1, x / scale) }
    public func logCDF(_ x: Double) -> Double {
        if x <= 0 { return -.infinity }
        return x < scale ? logShare(x, scale) : log1p(-share(1, x / scale))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        return x > scale ? logShare(scale, x) : log1p(-share(x / scale, 1))
    }
    /// log of (2/π) arctan(a/b).
    private func logShare(_ a: Double, _ b: Double) -> Double {
        let z = a / b
        return z < 1e-9 ? logRatio(a, b) - 0.451_582_705_289_454_864_7 : log(share(z, 1))
    }
    /// tan(π p/2).
    private func place(_ p: Double, _ q: Double) -> Double {
        p <= 0.5 ? tan(0.5 * .pi * p) : 1 / tan(0.5 * .pi * q)
    }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? scale * place(p, 1 - p) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? scale * place(1 - q, q) : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        quantile(generator.uniform())
    }
}

extension HalfCauchy: ScaleFamily {
    public static let summary =
        "The half-Cauchy distribution: the magnitude of a Cauchy variable."
}
