// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Rayleigh's distribution: the length of a plane vector with two independent
/// normal components of standard deviation σ.
///
/// Density x/σ² exp(−x²/(2σ²)), x ≥ 0. Stan: `rayleigh(sigma)`; R (package
/// VGAM): `rayleigh(scale)`.
///
///     let wave = try Rayleigh(scale: 2)
///     wave.mean                               // 2.507
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 18.
public struct Rayleigh: ContinuousDistribution, Hashable {
    public let scale: Double

    /// Throws `ParameterError` unless the scale is positive and finite.
    public init(scale: Double) throws(ParameterError) {
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "Rayleigh(scale: \(scale))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { scale * 1.253_314_137_315_500_251_2 }
    public var variance: Double { scale * scale * 0.429_203_673_205_103_380_8 }
    public var skewness: Double { 0.631_110_657_818_937_138_9 }
    public var excessKurtosis: Double { 0.245_089_300_687_638_062_8 }
    public var mode: Double { scale }
    public var entropy: Double { log(scale) + 0.942_034_242_170_793_775_6 }

    /// ½ z².
    private func half(_ z: Double) -> Double { 0.5 * z * z }

    public func logDensity(_ x: Double) -> Double {
        if x <= 0 || x == .infinity { return -.infinity }
        return logRatio(x, scale) - log(scale) - half(x / scale)
    }
    public func pdf(_ x: Double) -> Double {
        if x < 0 || x == .infinity { return 0 }
        let z = x / scale
        return z / scale * expOfHalfSquare(z)
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-half(x / scale)) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : expOfHalfSquare(x / scale) }
    public func logCDF(_ x: Double) -> Double {
        if x <= 0 { return -.infinity }
        let z = x / scale
        return z < 1e-9 ? 2 * logRatio(x, scale) - logTwo : log1mExp(-half(z))
    }
    public func logUpperCDF(_ x: Double) -> Double { x <= 0 ? 0 : -half(x / scale) }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? scale * (-2 * log1p(-p)).squareRoot() : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? scale * (-2 * log(q)).squareRoot() : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        scale * (2 * generator.exponential()).squareRoot()
    }
}

extension Rayleigh: ScaleFamily {
    public static let summary =
        "Rayleigh's distribution: the length of a normal vector in the plane."
}

extension Rayleigh: TracedTails, TracedSampler {
    public static let stanName = "rayleigh"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, sigma) = (x.flat, parameters[0].flat)
        var terms = TermSum([y, sigma], droppingConstants: droppingConstants)
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        terms.add(sigma) { -2 * log(sigma) }
        terms.add(y) { log(y) }
        terms.add(y, sigma) { -0.5 * square(y / sigma) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logOneMinusExpExp(2 * log(x / parameters[0]) - Traced(logTwo))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        -0.5 * square(maximum(x, 0) / positiveOrNaN(parameters[0]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Rayleigh(scale: parameters[0]).sample(using: generator)
    }
}
