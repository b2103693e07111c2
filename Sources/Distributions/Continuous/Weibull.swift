// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The Weibull distribution: a lifetime whose hazard is a power of age.
///
/// P(X > x) = exp(−(x/σ)ᵏ), x ≥ 0, with shape k and scale σ. Stan:
/// `weibull(alpha, sigma)`; R: `weibull(shape, scale)`.
///
///     let wear = try Weibull(shape: 2, scale: 10)
///     wear.upperCDF(10)                       // 0.3679
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 21.
public struct Weibull: ContinuousDistribution, Hashable {
    public let shape: Double
    public let scale: Double

    /// Throws `ParameterError` unless the shape and the scale are positive and finite.
    public init(shape: Double, scale: Double) throws(ParameterError) {
        self.shape = try Parameter.positive(shape, "shape")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "Weibull(shape: \(shape), scale: \(scale))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    private var power: ExponentialPower { ExponentialPower(1 / shape) }
    public var mean: Double { scale * power.mean }
    public var variance: Double { scale * scale * power.variance }
    public var skewness: Double { power.skewness }
    public var excessKurtosis: Double { power.excessKurtosis }
    public var mode: Double {
        shape > 1 ? scaledRoot(scale, 1 - 1 / shape, shape) : shape == 1 ? 0 : .nan
    }
    public var entropy: Double { 1 + eulerGamma * (1 - 1 / shape) + logRatio(scale, shape) }

    public func logDensity(_ x: Double) -> Double {
        if x < 0 || x == .infinity { return -.infinity }
        if x == 0 { return shape == 1 ? -log(scale) : shape < 1 ? .infinity : -.infinity }
        return logRatio(shape, scale) + (shape - 1) * logRatio(x, scale)
            - powerRatio(x, scale, shape)
    }
    public func pdf(_ x: Double) -> Double {
        let t = powerRatio(x, scale, shape)
        guard x > 0, t > 1e-290, t < .infinity else { return exp(logDensity(x)) }
        // A power has more digits than the exponential of a logarithm.
        return shape * t / x * exp(-t)
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-powerRatio(x, scale, shape)) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : exp(-powerRatio(x, scale, shape)) }
    public func logCDF(_ x: Double) -> Double {
        if x <= 0 { return -.infinity }
        let t = powerRatio(x, scale, shape)
        return t < 1e-17 ? shape * logRatio(x, scale) : log1mExp(-t)
    }
    public func logUpperCDF(_ x: Double) -> Double { x <= 0 ? 0 : -powerRatio(x, scale, shape) }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? scaledRoot(scale, -log1p(-p), shape) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? scaledRoot(scale, -log(q), shape) : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        scale * pow(generator.exponential(), 1 / shape)
    }
}

extension Weibull: DistributionFamily {
    public static let summary =
        "The Weibull distribution: a lifetime whose hazard is a power of age."
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

extension Weibull: TracedTails, TracedSampler {
    public static let stanName = "weibull"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, alpha, sigma) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, alpha, sigma], droppingConstants: droppingConstants)
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        terms.add(alpha) { log(alpha) }
        if !alpha.isConstant, y.isConstant, y.isFormallyPositive {
            // α log y/σ is in the power, too.
            let power = alpha * log(y / sigma)
            terms.add(alpha) { power - exp(power) }
            // In one term with α: Stan keeps log y unless both are known.
            terms.add(y, alpha) { -log(y) }
            return terms.total
        }
        terms.add(alpha, sigma) { -alpha * log(sigma) }
        terms.add(y, alpha) { (alpha - 1) * log(y) }
        terms.add(y, alpha, sigma) { -pow(y / sigma, alpha) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logOneMinusExpExp(positiveOrNaN(parameters[0]) * log(x / parameters[1]))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        -pow(maximum(x, 0) / positiveOrNaN(parameters[1]), positiveOrNaN(parameters[0]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Weibull(shape: parameters[0], scale: parameters[1]).sample(using: generator)
    }
}
