// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Pareto's distribution of the first kind: a power tail above a least value.
///
/// P(X > x) = (m/x)ᵅ, x ≥ m, with scale m and shape α. Stan:
/// `pareto(y_min, alpha)`; R (package VGAM): `paretoff`, `pareto(scale, shape)`.
///
///     let city = try Pareto(scale: 10_000, shape: 1.2)
///     city.median                             // 17818
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 20.
public struct Pareto: ContinuousDistribution, Hashable {
    public let scale: Double
    public let shape: Double

    /// Throws `ParameterError` unless the scale and the shape are positive and finite.
    public init(scale: Double, shape: Double) throws(ParameterError) {
        self.scale = try Parameter.positive(scale, "scale")
        self.shape = try Parameter.positive(shape, "shape")
    }

    public var description: String { "Pareto(scale: \(scale), shape: \(shape))" }
    public var support: ClosedRange<Double> { scale ... .infinity }
    public var mean: Double { shape > 1 ? scale * (shape / (shape - 1)) : .infinity }
    public var variance: Double {
        guard shape > 2 else { return shape > 1 ? .infinity : .nan }
        let gap = scale / (shape - 1)
        return gap * gap * (shape / (shape - 2))
    }
    public var skewness: Double { paretoSkewness(shape) }
    public var excessKurtosis: Double { paretoExcessKurtosis(shape) }
    public var mode: Double { scale }
    public var entropy: Double { logRatio(scale, shape) + 1 + 1 / shape }

    public func logDensity(_ x: Double) -> Double {
        if x < scale || x == .infinity { return -.infinity }
        return logRatio(shape, scale) - (shape + 1) * logRatio(x, scale)
    }
    public func pdf(_ x: Double) -> Double {
        let q = powerRatio(x, scale, -shape)
        guard x >= scale, q > 1e-290 else { return exp(logDensity(x)) }
        return shape * q / x
    }
    public func cdf(_ x: Double) -> Double {
        x <= scale ? 0 : -expm1(-shape * logRatio(x, scale))
    }
    public func upperCDF(_ x: Double) -> Double { x <= scale ? 1 : powerRatio(x, scale, -shape) }
    public func logCDF(_ x: Double) -> Double {
        x <= scale ? -.infinity : log1mExp(-shape * logRatio(x, scale))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        x <= scale ? 0 : -shape * logRatio(x, scale)
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        return p > 0.5 ? upperQuantile(1 - p) : scale * exp(-log1p(-p) / shape)
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? max(scaledRoot(scale, q, -shape), scale) : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        scale * exp(generator.exponential() / shape)
    }
}

extension Pareto: DistributionFamily {
    public static let summary =
        "Pareto's distribution: a power tail above a least value."
    public static let parameters: [FamilyParameter] = [
        .init("scale", .positive),
        .init("shape", .positive),
    ]
    public var parameterValues: [Double] { [scale, shape] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(scale: values[0], shape: values[1])
    }
}

extension Pareto: TracedTails, TracedSampler {
    public static let stanName = "pareto"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, least, alpha) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, least, alpha], droppingConstants: droppingConstants)
        terms.add(alpha) { log(alpha) }
        terms.add(alpha, least) { alpha * log(least) }
        terms.add(alpha, y) { -(alpha + 1) * log(y) }
        terms.require(.lessOrEqual(least, y))
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        log1mExp(logUpperCDF(x, parameters))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        // log(y/y_min) by what y has above y_min: near it nothing cancels.
        let (least, alpha) = (positiveOrNaN(parameters[0]), positiveOrNaN(parameters[1]))
        return -alpha * log1p(maximum(x - least, 0) / least)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Pareto(scale: parameters[0], shape: parameters[1]).sample(using: generator)
    }
}
