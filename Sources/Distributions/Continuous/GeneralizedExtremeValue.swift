// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The generalised extreme value distribution of maxima: Gumbel's for shape 0,
/// Fréchet's with a lower end above, Weibull's mirror image with an upper end
/// below.
///
/// P(X ≤ x) = exp(−(1 + ξ z)^(−1/ξ)), z = (x − μ)/σ, where 1 + ξ z > 0. R
/// (package evd): `gev(loc, scale, shape)`; SciPy's `genextreme` has c = −ξ.
///
///     let rain = try GeneralizedExtremeValue(location: 50, scale: 12, shape: 0.1)
///     rain.upperQuantile(0.01)                // 120.1
///
/// Source: S. Coles, An Introduction to Statistical Modeling of Extreme Values
/// (2001), ch. 3.
public struct GeneralizedExtremeValue: ContinuousDistribution, Hashable {
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
        "GeneralizedExtremeValue(location: \(location), scale: \(scale), shape: \(shape))"
    }
    private var end: Double { location - scale / shape }
    public var support: ClosedRange<Double> {
        shape == 0
            ? -.infinity ... .infinity : shape > 0 ? end ... .infinity : -.infinity...end
    }
    private var power: ExponentialPower { ExponentialPower(-shape) }
    public var mean: Double {
        guard shape < 1 else { return .infinity }
        return location + scale * power.relativeMean
    }
    public var variance: Double { scale * scale * power.scaledVariance }
    public var skewness: Double { shape >= 0 ? power.skewness : -power.skewness }
    public var excessKurtosis: Double { power.excessKurtosis }
    public var mode: Double {
        if shape < -1 { return .nan }
        if shape == -1 || shape == 0 { return shape == 0 ? location : end }
        return location + scale * (expm1(-shape * log1p(shape)) / shape)
    }
    public var entropy: Double { log(scale) + eulerGamma * (1 + shape) + 1 }

    /// log(1 + ξ z)/ξ: what has Gumbel's distribution; ±∞ outside the support.
    private func reduced(_ x: Double) -> Double {
        let z = (x - location) / scale
        return shape == 0 ? z : logOnePlus(shape, z) / shape
    }

    public func logDensity(_ x: Double) -> Double {
        let y = reduced(x)
        if y == -.infinity { return -.infinity }
        if y == .infinity {
            guard x == end, shape <= -1 else { return -.infinity }
            return shape == -1 ? -log(scale) : .infinity
        }
        return -(1 + shape) * y - exp(-y) - log(scale)
    }
    public func cdf(_ x: Double) -> Double { exp(-exp(-reduced(x))) }
    public func upperCDF(_ x: Double) -> Double { -expm1(-exp(-reduced(x))) }
    public func logCDF(_ x: Double) -> Double { -exp(-reduced(x)) }
    public func logUpperCDF(_ x: Double) -> Double {
        let y = reduced(x)
        return y > 40 ? -y : log1mExp(-exp(-y))
    }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? place(-log(p)) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? place(-log1p(-q)) : .nan
    }
    /// The x with −log P(X ≤ x) = t.
    private func place(_ t: Double) -> Double {
        if t == 0 { return support.upperBound }
        if t == .infinity { return support.lowerBound }
        return location - scale * boxCox(t, -shape)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        place(generator.exponential())
    }
}

extension GeneralizedExtremeValue: DistributionFamily {
    public static let summary =
        "The generalised extreme value distribution: maxima of many observations."
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
