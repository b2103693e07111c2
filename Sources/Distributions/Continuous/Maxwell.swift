// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Maxwell's distribution: the length of a vector in space with three
/// independent normal components of standard deviation σ; speeds in a gas.
///
/// Density √(2/π) x²/σ³ exp(−x²/(2σ²)), x ≥ 0. R (package VGAM): `maxwell(rate)`
/// with rate = 1/σ².
///
///     let speed = try Maxwell(scale: 297)     // nitrogen at 297 K, m/s
///     speed.mean                              // 474
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 18.
public struct Maxwell: ContinuousDistribution, Hashable {
    public let scale: Double
    private let root: RootGamma

    /// Throws `ParameterError` unless the scale is positive and finite.
    public init(scale: Double) throws(ParameterError) {
        self.scale = try Parameter.positive(scale, "scale")
        root = RootGamma(shape: 1.5, scale: scale)
    }

    public var description: String { "Maxwell(scale: \(scale))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { root.mean }
    public var variance: Double { root.variance }
    public var skewness: Double { root.skewness }
    public var excessKurtosis: Double { root.excessKurtosis }
    public var mode: Double { scale * 2.0.squareRoot() }
    public var entropy: Double { root.entropy }

    public func logDensity(_ x: Double) -> Double { root.logDensity(x) }
    public func pdf(_ x: Double) -> Double { root.pdf(x) }
    public func cdf(_ x: Double) -> Double { root.tail(x, lower: true) }
    public func upperCDF(_ x: Double) -> Double { root.tail(x, lower: false) }
    public func logCDF(_ x: Double) -> Double { root.logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { root.logTail(x, lower: false) }
    public func quantile(_ p: Double) -> Double { root.quantile(p) }
    public func upperQuantile(_ q: Double) -> Double { root.upperQuantile(q) }

    public func sample(using generator: RandomGenerator) -> Double { root.sample(using: generator) }
}

extension Maxwell: ScaleFamily {
    public static let summary =
        "Maxwell's distribution: the length of a normal vector in space."
}
