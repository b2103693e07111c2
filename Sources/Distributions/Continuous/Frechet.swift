// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Fréchet's distribution of maxima of heavy-tailed variables.
///
/// P(X ≤ x) = exp(−(x/σ)⁻ᵅ), x > 0, with shape α and scale σ. Stan:
/// `frechet(alpha, sigma)`; R (package evd): `frechet(loc = 0, scale, shape)`;
/// GSL: `gumbel2(a, b)` with a = α and b = σᵅ, `init(shape:multiplier:)`.
///
///     let flood = try Frechet(shape: 4, scale: 2)
///     flood.mean                              // 2.451
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 22.
public struct Frechet: ContinuousDistribution, Hashable {
    public let shape: Double
    public let scale: Double

    /// Throws `ParameterError` unless the shape and the scale are positive and finite.
    public init(shape: Double, scale: Double) throws(ParameterError) {
        self.shape = try Parameter.positive(shape, "shape")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "Frechet(shape: \(shape), scale: \(scale))" }
    /// P(X ≤ x) = exp(−b x⁻ᵅ), GSL's `gumbel2` with multiplier b: Gumbel's
    /// distribution of type 2.
    public init(shape: Double, multiplier: Double) throws(ParameterError) {
        let a = try Parameter.positive(shape, "shape")
        let scale = scaledRoot(1, try Parameter.positive(multiplier, "multiplier"), a)
        guard scale > 0, scale < .infinity else {
            throw ParameterError(
                "multiplier", is: multiplier, mustBe: "a shape-th power of a positive number")
        }
        self.shape = a
        self.scale = scale
    }

    public var support: ClosedRange<Double> { 0 ... .infinity }
    private var power: ExponentialPower { ExponentialPower(-1 / shape) }
    public var mean: Double { scale * power.mean }
    public var variance: Double { scale * scale * power.variance }
    public var skewness: Double { power.skewness }
    public var excessKurtosis: Double { power.excessKurtosis }
    public var mode: Double { scaledRoot(scale, 1 / (1 + 1 / shape), shape) }
    public var entropy: Double { 1 + eulerGamma * (1 + 1 / shape) + logRatio(scale, shape) }

    public func logDensity(_ x: Double) -> Double {
        if x <= 0 || x == .infinity { return -.infinity }
        return logRatio(shape, scale) - (shape + 1) * logRatio(x, scale)
            - powerRatio(x, scale, -shape)
    }
    public func pdf(_ x: Double) -> Double {
        let t = powerRatio(x, scale, -shape)
        guard x > 0, t > 1e-290, t < .infinity else { return exp(logDensity(x)) }
        return shape * t / x * exp(-t)
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : exp(-powerRatio(x, scale, -shape)) }
    public func upperCDF(_ x: Double) -> Double {
        x <= 0 ? 1 : -expm1(-powerRatio(x, scale, -shape))
    }
    public func logCDF(_ x: Double) -> Double {
        x <= 0 ? -.infinity : -powerRatio(x, scale, -shape)
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        let t = powerRatio(x, scale, -shape)
        return t < 1e-17 ? -shape * logRatio(x, scale) : log1mExp(-t)
    }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? scaledRoot(scale, -log(p), -shape) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? scaledRoot(scale, -log1p(-q), -shape) : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        scale * pow(generator.exponential(), -1 / shape)
    }
}

extension Frechet: DistributionFamily {
    public static let summary =
        "Fréchet's distribution of maxima of heavy-tailed variables."
    public static let parameters: [FamilyParameter] = [
        .init("shape", .positive),
        .init("scale", .positive),
    ]
    public var parameterValues: [Double] { [shape, scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(shape: values[0], scale: values[1])
    }
}

extension Frechet: TracedTails, TracedSampler {
    public static let stanName = "frechet"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, alpha, sigma) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, alpha, sigma], droppingConstants: droppingConstants)
        if Support.isOutside(y, .leastNonzeroMagnitude ... .infinity) { return Traced(-.infinity) }
        terms.add(alpha) { log(alpha) }
        terms.add(alpha, sigma) { alpha * log(sigma) }
        terms.add(y, alpha) { -(alpha + 1) * log(y) }
        terms.add(y, alpha, sigma) { -pow(y / sigma, -alpha) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        -pow(maximum(x, 0) / positiveOrNaN(parameters[1]), -positiveOrNaN(parameters[0]))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logOneMinusExpExp(-positiveOrNaN(parameters[0]) * log(x / parameters[1]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Frechet(shape: parameters[0], scale: parameters[1]).sample(using: generator)
    }
}
