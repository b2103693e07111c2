// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The generalised normal (exponential power) distribution: normal for shape 2,
/// Laplace's for 1, towards the uniform for large ones.
///
/// Density β/(2α Γ(1/β)) exp(−|z|ᵝ), z = (x − μ)/α, with scale α and shape β. R
/// (package gnorm): `gnorm(mu, alpha, beta)`; SciPy: `gennorm(beta)`.
///
///     let noise = try GeneralizedNormal(location: 0, scale: 1, shape: 1.5)
///     noise.variance                          // 0.7385
///
/// Source: S. Nadarajah, "A generalized normal distribution", J. Appl. Stat. 32
/// (2005), 685.
public struct GeneralizedNormal: ContinuousDistribution, Hashable {
    public let location: Double
    public let scale: Double
    public let shape: Double

    /// Throws `ParameterError` unless the scale and the shape are positive and finite, the
    /// location finite.
    public init(location: Double = 0, scale: Double = 1, shape: Double) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
        self.shape = try Parameter.positive(shape, "shape")
    }

    public var description: String {
        "GeneralizedNormal(location: \(location), scale: \(scale), shape: \(shape))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    private var a: Double { 1 / shape }
    /// Γ(1 + r/β), with the rounding of r/β made good.
    private func gamma(_ r: Double) -> Double {
        let x = 1 + r * a
        let missing = (r * 1.addingProduct(-a, shape) / shape) + (1 - x).addingProduct(r, a)
        return tgamma(x) * (1 + digamma(x) * missing)
    }
    public var mean: Double { location }
    public var variance: Double {
        // Γ(3a)/Γ(a)
        if a < 50 { return scale * scale * (gamma(3) / gamma(1) / 3) }
        return scale * scale * exp(logRising(a, 2 * a))
    }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double {
        if a < 33 {
            let middle = gamma(3)
            return 1.8 * (gamma(5) / middle) * (gamma(1) / middle) - 3
        }
        return exp(logRising(3 * a, 2 * a) - logRising(a, 2 * a)) - 3
    }
    public var mode: Double { location }
    public var median: Double { location }
    public var entropy: Double { a + logGamma1p(a) + logTwo + log(scale) }

    /// |z|ᵝ.
    private func exponent(_ x: Double) -> Double { powerRatio(abs(x - location), scale, shape) }

    public func logDensity(_ x: Double) -> Double {
        -exponent(x) - logGamma1p(a) - logTwo - log(scale)
    }
    public func pdf(_ x: Double) -> Double {
        a < 150 ? exp(-exponent(x)) / (2 * scale * tgamma(1 + a)) : exp(logDensity(x))
    }
    /// P(X > x) on the upper side, P(X ≤ x) on the lower one.
    private func outer(_ x: Double) -> Double { 0.5 * gammaQ(a, exponent(x)) }
    private func logOuter(_ x: Double) -> Double { logGammaQ(a, exponent(x)) - logTwo }

    public func cdf(_ x: Double) -> Double { x > location ? 1 - outer(x) : outer(x) }
    public func upperCDF(_ x: Double) -> Double { x > location ? outer(x) : 1 - outer(x) }
    public func logCDF(_ x: Double) -> Double {
        x > location ? log1p(-outer(x)) : logOuter(x)
    }
    public func logUpperCDF(_ x: Double) -> Double {
        x > location ? logOuter(x) : log1p(-outer(x))
    }
    /// |z| where the outer part has the probability q ≤ ½.
    private func distance(_ q: Double) -> Double {
        guard q >= 0 else { return .nan }
        let inner = 1 - 2 * q
        let t = q < 0.25 ? gammaQInverse(a, 2 * q) : gammaPInverse(a, inner)
        // Near the centre the distribution function is a line.
        if t < 1e-17 { return inner * tgamma(1 + a) }
        return scaledRoot(1, t, shape)
    }
    public func quantile(_ p: Double) -> Double {
        p <= 0.5 ? location - scale * distance(p) : location + scale * distance(1 - p)
    }
    public func upperQuantile(_ q: Double) -> Double {
        q <= 0.5 ? location + scale * distance(q) : location - scale * distance(1 - q)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        let magnitude = scale * exp(a * generator.logGamma(shape: a))
        return generator.next() & 1 == 0 ? location + magnitude : location - magnitude
    }
}

extension GeneralizedNormal: DistributionFamily {
    public static let summary =
        "The generalised normal distribution: tails of any exponential power."
    public static let parameters: [FamilyParameter] = [
        .init("location", .real, standard: 0),
        .init("scale", .positive, standard: 1),
        .init("shape", .positive),
    ]
    public var parameterValues: [Double] { [location, scale, shape] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(location: values[0], scale: values[1], shape: values[2])
    }
}
