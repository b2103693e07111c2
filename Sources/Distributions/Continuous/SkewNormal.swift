// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Azzalini's skew normal distribution.
///
/// Density 2/ω φ(z) Φ(α z), z = (x − ξ)/ω, with location ξ, scale ω and shape α.
/// Stan: `skew_normal(xi, omega, alpha)`; R (package sn): `sn(xi, omega, alpha)`.
///
///     let d = try SkewNormal(location: 0, scale: 1, shape: 4)
///     d.cdf(0)                                // 0.0780
///
/// Source: A. Azzalini, "A class of distributions which includes the normal ones",
/// Scand. J. Statist. 12 (1985), 171.
public struct SkewNormal: ContinuousDistribution, Hashable {
    public let location: Double
    public let scale: Double
    public let shape: Double

    /// Throws `ParameterError` unless the scale is positive and finite, the location and
    /// the shape finite.
    public init(location: Double = 0, scale: Double = 1, shape: Double) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
        self.shape = try Parameter.finite(shape, "shape")
    }

    public var description: String {
        "SkewNormal(location: \(location), scale: \(scale), shape: \(shape))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    /// The standard mean, √(2/π) α/√(1 + α²).
    private var shift: Double {
        0.797_884_560_802_865_355_9
            * (abs(shape) < 1e150 ? shape / hypot(1, shape) : shape < 0 ? -1 : 1)
    }
    /// 1 − shift², without cancellation for large α.
    private var spread: Double {
        0.363_380_227_632_418_656_9
            + 0.636_619_772_367_581_343_1 / (1 + shape * shape)
    }
    public var mean: Double { location + scale * shift }
    public var variance: Double { scale * scale * spread }
    public var skewness: Double {
        0.429_203_673_205_103_380_8 * shift * (shift / spread) * (shift / spread.squareRoot())
    }
    public var excessKurtosis: Double {
        let s = shift * shift / spread
        return 0.283_185_307_179_586_476_9 * s * s
    }
    /// Where z = α φ(α z)/Φ(α z), by Newton's method from the mean.
    public var mode: Double {
        var z = shift
        for _ in 0..<100 {
            let ratio = 1 / millsRatio(-shape * z)
            let slope = 1 + shape * shape * ratio * (ratio + shape * z)
            let step = (z - shape * ratio) / slope
            z -= step
            if !(abs(step) > 1e-15 * abs(z)) { break }
        }
        return location + scale * z
    }
    public var entropy: Double {
        // −E log 2Φ(α Z) beside the normal's; the integrand counts where |α z| < 10.
        let end = min(10, 10 / abs(shape))
        func term(_ z: Double) -> Double {
            let l = logNormalCDF(shape * z)
            return exp(l - 0.5 * z * z) * l
        }
        var sum = gaussIntegral(-end, -0.3 * end, term) + gaussIntegral(-0.3 * end, 0, term)
        sum += gaussIntegral(0, 0.3 * end, term) + gaussIntegral(0.3 * end, end, term)
        return 0.5 + halfLog2Pi + log(scale) - logTwo - 0.797_884_560_802_865_355_9 * sum
    }

    private func standardized(_ x: Double) -> Double { (x - location) / scale }

    public func logDensity(_ x: Double) -> Double {
        let z = standardized(x)
        if z.isInfinite { return -.infinity }
        return logTwo + logNormalCDF(shape * z) - 0.5 * z * z - halfLog2Pi - log(scale)
    }
    public func pdf(_ x: Double) -> Double {
        let z = standardized(x)
        if z.isInfinite { return 0 }
        return 0.797_884_560_802_865_355_9 / scale * expOfHalfSquare(z)
            * upperNormalTail(-shape * z)
    }
    /// log P(Z ≤ z) for the shape α; where that is near 0 by the other tail.
    private func logLower(_ z: Double, _ alpha: Double) -> Double {
        let value = logSkewNormalCDFDerivatives(z, alpha).value
        if value < -0.4 || value.isNaN || z.isInfinite { return value }
        return log1p(-exp(logSkewNormalCDFDerivatives(-z, -alpha).value))
    }
    public func cdf(_ x: Double) -> Double { exp(logCDF(x)) }
    public func upperCDF(_ x: Double) -> Double { exp(logUpperCDF(x)) }
    public func logCDF(_ x: Double) -> Double { logLower(standardized(x), shape) }
    public func logUpperCDF(_ x: Double) -> Double { logLower(-standardized(x), -shape) }

    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? location + scale * place(p, shape) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? location - scale * place(q, -shape) : .nan
    }
    /// The z with P(Z ≤ z) = p for the shape α.
    private func place(_ p: Double, _ alpha: Double) -> Double {
        if p == 0 { return -.infinity }
        if p == 1 { return .infinity }
        if p > 0.5 { return -place(1 - p, -alpha) }
        // The normal's, narrowed on the side that Φ(α z) cuts off; the half normal's.
        let start =
            alpha > 0 ? normalQuantile(p) / hypot(1, alpha) + 0.1 : normalQuantile(0.5 * p)
        return solveTail(
            lower: true, positive: false, start: start, width: 1,
            excess: { z in logExcess(exp(logLower(z, alpha)), p, logLower(z, alpha)) },
            logSlope: { z in
                logTwo + logNormalCDF(alpha * z) - 0.5 * z * z - halfLog2Pi - logLower(z, alpha)
            })
    }

    /// δ |U| + √(1 − δ²) V for normal U and V, δ = α/√(1 + α²).
    public func sample(using generator: RandomGenerator) -> Double {
        let cosine = 1 / hypot(1, shape)
        let (u, v) = (generator.normal(), generator.normal())
        return location + scale * (shape * cosine * abs(u) + cosine * v)
    }
}

extension SkewNormal: DistributionFamily {
    public static let summary =
        "Azzalini's skew normal distribution."
    public static let parameters: [FamilyParameter] = [
        .init("location", .real, standard: 0),
        .init("scale", .positive, standard: 1),
        .init("shape", .real),
    ]
    public var parameterValues: [Double] { [location, scale, shape] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(location: values[0], scale: values[1], shape: values[2])
    }
}

extension SkewNormal: TracedTails, TracedSampler {
    public static let stanName = "skew_normal"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, xi, omega, alpha) = (
            x.flat, parameters[0].flat, parameters[1].flat, parameters[2].flat
        )
        var terms = TermSum([y, xi, omega, alpha], droppingConstants: droppingConstants)
        terms.add(-halfLog2Pi)
        terms.add(omega) { -log(omega) }
        let z = (y - xi) / omega
        terms.add(y, xi, omega) { -0.5 * square(z) }
        // The 2 belongs to erfc in Stan's formula, so it is never dropped.
        terms.add(y, xi, omega, alpha) { logNormalCDF(alpha * z) + Traced(logTwo) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logSkewNormalCDF(zScore(x, parameters[0], parameters[1]), parameters[2])
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logSkewNormalCDF(-zScore(x, parameters[0], parameters[1]), -parameters[2])
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try SkewNormal(
            location: parameters[0], scale: parameters[1], shape: parameters[2]
        ).sample(using: generator)
    }
}
