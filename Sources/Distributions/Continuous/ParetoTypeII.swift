// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Pareto's distribution of the second kind, Lomax's with a location: a power
/// tail that begins at its least value with a finite scale.
///
/// P(X > x) = (1 + (x − μ)/λ)⁻ᵅ, x ≥ μ, with scale λ and shape α. Stan:
/// `pareto_type_2(mu, lambda, alpha)`; R (package VGAM): `lomax(scale, shape)`.
///
///     let file = try ParetoTypeII(scale: 2, shape: 3)
///     file.mean                               // 1
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 20.
public struct ParetoTypeII: ContinuousDistribution, Hashable {
    public let location: Double
    public let scale: Double
    public let shape: Double

    /// Throws `ParameterError` unless the scale and the shape are positive and finite, the
    /// location finite.
    public init(location: Double = 0, scale: Double, shape: Double) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
        self.shape = try Parameter.positive(shape, "shape")
    }

    public var description: String {
        "ParetoTypeII(location: \(location), scale: \(scale), shape: \(shape))"
    }
    public var support: ClosedRange<Double> { location ... .infinity }
    public var mean: Double { shape > 1 ? location + scale / (shape - 1) : .infinity }
    public var variance: Double {
        guard shape > 2 else { return shape > 1 ? .infinity : .nan }
        let gap = scale / (shape - 1)
        return gap * gap * (shape / (shape - 2))
    }
    public var skewness: Double { paretoSkewness(shape) }
    public var excessKurtosis: Double { paretoExcessKurtosis(shape) }
    public var mode: Double { location }
    public var entropy: Double { logRatio(scale, shape) + 1 + 1 / shape }

    /// log(1 + z).
    private func growth(_ x: Double) -> Double {
        let z = (x - location) / scale
        return z < .infinity ? log1p(z) : log(x - location) - log(scale)
    }

    public func logDensity(_ x: Double) -> Double {
        if x < location || x == .infinity { return -.infinity }
        return logRatio(shape, scale) - (shape + 1) * growth(x)
    }
    public func cdf(_ x: Double) -> Double { x <= location ? 0 : -expm1(-shape * growth(x)) }
    public func upperCDF(_ x: Double) -> Double { x <= location ? 1 : exp(-shape * growth(x)) }
    public func logCDF(_ x: Double) -> Double {
        x <= location ? -.infinity : log1mExp(-shape * growth(x))
    }
    public func logUpperCDF(_ x: Double) -> Double { x <= location ? 0 : -shape * growth(x) }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        return p > 0.5 ? upperQuantile(1 - p) : location + scale * expm1(-log1p(-p) / shape)
    }
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        if q > 0.5 { return location + scale * expm1(-log(q) / shape) }
        let top = scaledRoot(scale, q, -shape)
        // The root less 1, where that counts.
        return location + (top < 2 * scale ? scale * expm1(-log(q) / shape) : top - scale)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        location + scale * expm1(generator.exponential() / shape)
    }
}

extension ParetoTypeII: DistributionFamily {
    public static let summary =
        "Pareto's distribution of type II (Lomax): a power tail from its location on."
    public static let parameters: [FamilyParameter] = [
        .init("location", .real, standard: 0),
        .init("scale", .positive),
        .init("shape", .positive),
    ]
    public var parameterValues: [Double] { [location, scale, shape] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(location: values[0], scale: values[1], shape: values[2])
    }
}

extension ParetoTypeII: TracedTails, TracedSampler {
    public static let stanName = "pareto_type_2"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, lambda, alpha) = (
            x.flat, parameters[0].flat, parameters[1].flat, parameters[2].flat
        )
        var terms = TermSum([y, mu, lambda, alpha], droppingConstants: droppingConstants)
        terms.add(alpha) { log(alpha) }
        terms.add(lambda) { -log(lambda) }
        terms.add(y, mu, lambda, alpha) { -(alpha + 1) * log1p((y - mu) / lambda) }
        terms.require(.lessOrEqual(mu, y))
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        log1mExp(logUpperCDF(x, parameters))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        let (lambda, alpha) = (positiveOrNaN(parameters[1]), positiveOrNaN(parameters[2]))
        return -alpha * log1p(maximum((x - parameters[0]) / lambda, 0))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try ParetoTypeII(
            location: parameters[0], scale: parameters[1], shape: parameters[2]
        ).sample(using: generator)
    }
}
