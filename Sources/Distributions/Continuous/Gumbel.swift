// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Gumbel's distribution of maxima of light-tailed variables.
///
/// P(X ≤ x) = exp(−exp(−z)), z = (x − μ)/β, with location μ and scale β. Stan:
/// `gumbel(mu, beta)`; R (package evd): `gumbel(loc, scale)`; GSL: `gumbel1(a, b)`
/// with a = 1/β and b = exp(μ/β), `init(rate:multiplier:)`. Its type 2 is
/// `Frechet`. For minima take −X of −μ.
///
///     let tide = try Gumbel(location: 3, scale: 0.5)
///     tide.quantile(0.99)                     // 5.300, once in a hundred years
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 22.
public struct Gumbel: ContinuousDistribution, Hashable {
    public let location: Double
    public let scale: Double

    /// Throws `ParameterError` unless the scale is positive and finite, the location
    /// finite.
    public init(location: Double = 0, scale: Double = 1) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "Gumbel(location: \(location), scale: \(scale))" }
    /// P(X ≤ x) = exp(−b exp(−a x)), GSL's `gumbel1` with rate a and multiplier
    /// b: Gumbel's distribution of type 1.
    public init(rate: Double, multiplier: Double) throws(ParameterError) {
        let a = try Parameter.positive(rate, "rate")
        let location = log(try Parameter.positive(multiplier, "multiplier")) / a
        guard location.isFinite, 1 / a < .infinity else {
            throw ParameterError("rate", is: rate, mustBe: "not so near 0")
        }
        self.location = location
        scale = 1 / a
    }

    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var mean: Double { location + eulerGamma * scale }
    public var variance: Double { zeta2 * scale * scale }
    public var skewness: Double { 1.139_547_099_404_648_657_492_793 }
    public var excessKurtosis: Double { 2.4 }
    public var mode: Double { location }
    public var entropy: Double { log(scale) + eulerGamma + 1 }

    private func standardized(_ x: Double) -> Double { (x - location) / scale }

    public func logDensity(_ x: Double) -> Double {
        let z = standardized(x)
        if z.isInfinite { return -.infinity }
        return -z - exp(-z) - log(scale)
    }
    public func pdf(_ x: Double) -> Double {
        let t = exp(-standardized(x))
        return t == .infinity ? 0 : t * exp(-t) / scale
    }
    public func cdf(_ x: Double) -> Double { exp(-exp(-standardized(x))) }
    public func upperCDF(_ x: Double) -> Double { -expm1(-exp(-standardized(x))) }
    public func logCDF(_ x: Double) -> Double { -exp(-standardized(x)) }
    public func logUpperCDF(_ x: Double) -> Double {
        let z = standardized(x)
        return z > 40 ? -z : log1mExp(-exp(-z))
    }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? location - scale * log(-log(p)) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? location - scale * log(-log1p(-q)) : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        location - scale * log(generator.exponential())
    }
}

extension Gumbel: LocationScaleFamily {
    public static let summary =
        "Gumbel's distribution of maxima of light-tailed variables."
}

extension Gumbel: TracedTails, TracedSampler {
    public static let stanName = "gumbel"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, beta) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, mu, beta], droppingConstants: droppingConstants)
        terms.add(beta) { -log(beta) }
        terms.add(y, mu, beta) {
            let z = (y - mu) / beta
            return -z - exp(-z)
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        -exp(-zScore(x, parameters[0], parameters[1]))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logOneMinusExpExp(-zScore(x, parameters[0], parameters[1]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Gumbel(location: parameters[0], scale: parameters[1]).sample(using: generator)
    }
}
