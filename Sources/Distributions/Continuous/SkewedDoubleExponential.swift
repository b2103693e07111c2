// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The skewed double exponential (asymmetric Laplace) distribution, with the
/// probability τ below its location: regression on a quantile uses it.
///
/// Density 2τ(1 − τ)/σ exp(−2(1 − τ)(μ − x)/σ) below μ, exp(−2τ(x − μ)/σ) above.
/// Stan: `skew_double_exponential(mu, sigma, tau)`; R (package ald):
/// `ALD(mu, sigma/2, p = tau)`.
///
///     let d = try SkewedDoubleExponential(location: 0, scale: 1, skew: 0.9)
///     d.cdf(0)                                // 0.9
///
/// Source: K. Yu, J. Zhang, "A three-parameter asymmetric Laplace distribution
/// and its extension", Comm. Statist. Theory Methods 34 (2005), 1867.
public struct SkewedDoubleExponential: ContinuousDistribution, Hashable {
    public let location: Double
    public let scale: Double
    public let skew: Double

    /// Throws `ParameterError` unless the location is finite, the scale positive and
    /// finite, and the skew between 0 and 1.
    public init(
        location: Double = 0, scale: Double = 1, skew: Double = 0.5
    ) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
        guard skew > 0, skew < 1 else {
            throw ParameterError("skew", is: skew, mustBe: "between 0 and 1")
        }
        self.skew = skew
    }

    public var description: String {
        "SkewedDoubleExponential(location: \(location), scale: \(scale), skew: \(skew))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    /// The means of the two exponential variables of which X − μ is the difference.
    private var upperScale: Double { 0.5 * scale / skew }
    private var lowerScale: Double { 0.5 * scale / (1 - skew) }
    public var mean: Double { location + scale * (0.5 - skew) / (skew * (1 - skew)) }
    public var variance: Double { upperScale * upperScale + lowerScale * lowerScale }
    public var skewness: Double {
        // Cumulants 2 (a³ − b³) and a² + b² with a ∝ 1 − τ, b ∝ τ.
        let (a, b) = (1 - skew, skew)
        let square = a * a + b * b
        return 2 * (1 - 2 * skew) * (square + a * b) / (square * square.squareRoot())
    }
    public var excessKurtosis: Double {
        let (a, b) = ((1 - skew) * (1 - skew), skew * skew)
        return 6 * (a * a + b * b) / ((a + b) * (a + b))
    }
    public var mode: Double { location }
    public var entropy: Double { 1 + log(scale) - log(2 * skew) - log1p(-skew) }

    private func standardized(_ x: Double) -> Double { 2 * ((x - location) / scale) }

    public func logDensity(_ x: Double) -> Double {
        let z = standardized(x)
        return log(2 * skew) + log1p(-skew) - log(scale) + (z < 0 ? (1 - skew) * z : -skew * z)
    }
    public func pdf(_ x: Double) -> Double {
        let z = standardized(x)
        return 2 * skew * (1 - skew) / scale * exp(z < 0 ? (1 - skew) * z : -skew * z)
    }
    public func cdf(_ x: Double) -> Double {
        let z = standardized(x)
        return z < 0 ? skew * exp((1 - skew) * z) : skew - (1 - skew) * expm1(-skew * z)
    }
    public func upperCDF(_ x: Double) -> Double {
        let z = standardized(x)
        return z > 0 ? (1 - skew) * exp(-skew * z) : (1 - skew) - skew * expm1((1 - skew) * z)
    }
    public func logCDF(_ x: Double) -> Double {
        let z = standardized(x)
        return z < 0 ? log(skew) + (1 - skew) * z : logOf(cdf(x), upperCDF(x))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        let z = standardized(x)
        return z > 0 ? log1p(-skew) - skew * z : logOf(upperCDF(x), cdf(x))
    }
    /// log p, by q = 1 − p where that is smaller.
    private func logOf(_ p: Double, _ q: Double) -> Double { q < 0.5 ? log1p(-q) : log(p) }

    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? place(p, 1 - p) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? place(1 - q, q) : .nan
    }
    private func place(_ p: Double, _ q: Double) -> Double {
        if p == 0 { return -.infinity }
        if q == 0 { return .infinity }
        // Near μ the difference of the probabilities is exact.
        if p < skew {
            let gap = skew - p < 0.5 * skew ? log1p((p - skew) / skew) : log(p / skew)
            return location + lowerScale * gap
        }
        // 1 − τ may be rounded, so near μ by p.
        let top = 1 - skew
        let gap = p - skew < 0.5 * top ? log1p((skew - p) / top) : log(q / top)
        return location - upperScale * gap
    }

    public func sample(using generator: RandomGenerator) -> Double {
        location + upperScale * generator.exponential() - lowerScale * generator.exponential()
    }
}

extension SkewedDoubleExponential: DistributionFamily {
    public static let summary =
        "The skewed double exponential distribution: exponential tails of two rates."
    public static let parameters: [FamilyParameter] = [
        .init("location", .real, standard: 0),
        .init("scale", .positive, standard: 1),
        .init("skew", .between(0, 1), standard: 0.5),
    ]
    public var parameterValues: [Double] { [location, scale, skew] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(location: values[0], scale: values[1], skew: values[2])
    }
}

extension SkewedDoubleExponential: TracedTails, TracedSampler {
    public static let stanName = "skew_double_exponential"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, sigma, tau) = (
            x.flat, parameters[0].flat, parameters[1].flat, parameters[2].flat
        )
        var terms = TermSum([y, mu, sigma, tau], droppingConstants: droppingConstants)
        terms.add(logTwo)
        terms.add(sigma) { -log(sigma) }
        terms.add(tau) { log(tau) + log1m(tau) }
        terms.add(y, mu, sigma, tau) {
            let z = (y - mu) / sigma
            return -2 * select(Traced.less(z, 0), tau - 1, tau) * z
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLowerTail(zScore(x, parameters[0], parameters[1]), parameters[2])
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLowerTail(-zScore(x, parameters[0], parameters[1]), 1 - parameters[2])
    }

    /// log P(Z ≤ z) for location 0 and scale 1.
    private static func logLowerTail(_ z: Traced, _ tau: Traced) -> Traced {
        // |z| with a slope at 0.
        let size = select(Traced.less(z, 0), -z, z)
        return select(
            Traced.less(z, 0), log(tau) + 2 * (1 - tau) * z,
            log1m((1 - tau) * exp(-2 * tau * size)))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try SkewedDoubleExponential(
            location: parameters[0], scale: parameters[1], skew: parameters[2]
        ).sample(using: generator)
    }
}
