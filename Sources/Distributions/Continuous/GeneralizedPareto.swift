// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The generalised Pareto distribution of what exceeds a high threshold:
/// exponential for shape 0, with a power tail above, an upper end below.
///
/// P(X > x) = (1 + ξ z)^(−1/ξ), z = (x − μ)/σ ≥ 0. R (package evd):
/// `gpd(loc, scale, shape)`.
///
///     let excess = try GeneralizedPareto(location: 100, scale: 20, shape: 0.25)
///     excess.mean                             // 126.7
///
/// Source: S. Coles, An Introduction to Statistical Modeling of Extreme Values
/// (2001), ch. 4.
public struct GeneralizedPareto: ContinuousDistribution, Hashable {
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
        "GeneralizedPareto(location: \(location), scale: \(scale), shape: \(shape))"
    }
    private var end: Double { shape < 0 ? location - scale / shape : .infinity }
    public var support: ClosedRange<Double> { location...max(end, location) }
    public var mean: Double { shape < 1 ? location + scale / (1 - shape) : .infinity }
    public var variance: Double {
        guard shape < 0.5 else { return shape < 1 ? .infinity : .nan }
        let m = scale / (1 - shape)
        return m * m / (1 - 2 * shape)
    }
    public var skewness: Double {
        guard shape < 1.0 / 3 else { return shape < 0.5 ? .infinity : .nan }
        return 2 * (1 + shape) * (1 - 2 * shape).squareRoot() / (1 - 3 * shape)
    }
    public var excessKurtosis: Double {
        guard shape < 0.25 else { return shape < 1.0 / 3 ? .infinity : .nan }
        let s = shape
        return 6 * (1 + s * (1 - s * (6 + 2 * s))) / ((1 - 3 * s) * (1 - 4 * s))
    }
    public var mode: Double { shape >= -1 ? location : .nan }
    public var entropy: Double { log(scale) + shape + 1 }

    /// log(1 + ξ z)/ξ: what has the exponential distribution; ∞ above the upper end.
    private func reduced(_ x: Double) -> Double {
        let z = (x - location) / scale
        return shape == 0 ? z : logOnePlus(shape, z) / shape
    }

    public func logDensity(_ x: Double) -> Double {
        if x < location { return -.infinity }
        let y = reduced(x)
        if y == .infinity {
            guard x == end, shape <= -1 else { return -.infinity }
            return shape == -1 ? -log(scale) : .infinity
        }
        return -(1 + shape) * y - log(scale)
    }
    public func cdf(_ x: Double) -> Double { x <= location ? 0 : -expm1(-reduced(x)) }
    public func upperCDF(_ x: Double) -> Double { x <= location ? 1 : exp(-reduced(x)) }
    public func logCDF(_ x: Double) -> Double {
        x <= location ? -.infinity : log1mExp(-reduced(x))
    }
    public func logUpperCDF(_ x: Double) -> Double { x <= location ? 0 : -reduced(x) }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        if p > 0.5 { return upperQuantile(1 - p) }
        let e = -log1p(-p)
        return location + scale * (shape == 0 ? e : expm1(shape * e) / shape)
    }
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        return q == 0 ? support.upperBound : location - scale * boxCox(q, -shape)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        let e = generator.exponential()
        return location + scale * (shape == 0 ? e : expm1(shape * e) / shape)
    }
}

extension GeneralizedPareto: DistributionFamily {
    public static let summary =
        "The generalised Pareto distribution: excesses over a high threshold."
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
