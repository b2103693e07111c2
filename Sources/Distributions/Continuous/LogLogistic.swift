// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The log-logistic distribution: exp of a logistic variable.
///
/// P(X ≤ x) = 1/(1 + (x/α)⁻ᵝ), x ≥ 0, with scale α, the median, and shape β.
/// Stan: `loglogistic(alpha, beta)`; R (package flexsurv): `llogis(shape, scale)`.
///
///     let survival = try LogLogistic(scale: 5, shape: 3)
///     survival.upperCDF(10)                   // 0.1111
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 23.
public struct LogLogistic: ContinuousDistribution, Hashable {
    public let scale: Double
    public let shape: Double

    /// Throws `ParameterError` unless the scale and the shape are positive and finite.
    public init(scale: Double, shape: Double) throws(ParameterError) {
        self.scale = try Parameter.positive(scale, "scale")
        self.shape = try Parameter.positive(shape, "shape")
    }

    public var description: String { "LogLogistic(scale: \(scale), shape: \(shape))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    private var power: LogisticPower { LogisticPower(1 / shape) }
    public var mean: Double { scale * power.mean }
    public var variance: Double { scale * scale * power.variance }
    public var skewness: Double { power.skewness }
    public var excessKurtosis: Double { power.excessKurtosis }
    public var mode: Double {
        guard shape > 1 else { return shape == 1 ? 0 : .nan }
        return scaledRoot(scale, (shape - 1) / (shape + 1), shape)
    }
    public var median: Double { scale }
    public var entropy: Double { logRatio(scale, shape) + 2 }

    /// (x/α)ᵝ: the odds of X ≤ x.
    private func odds(_ x: Double) -> Double { powerRatio(x, scale, shape) }

    public func logDensity(_ x: Double) -> Double {
        if x < 0 || x == .infinity { return -.infinity }
        if x == 0 { return shape == 1 ? -log(scale) : shape < 1 ? .infinity : -.infinity }
        let l = logRatio(x, scale)
        let t = odds(x)
        let start = logRatio(shape, scale)
        // For small and for large odds.
        return t <= 1
            ? start + (shape - 1) * l - 2 * log1p(t)
            : start - (shape + 1) * l - 2 * log1p(powerRatio(x, scale, -shape))
    }
    public func pdf(_ x: Double) -> Double {
        let t = odds(x)
        guard x > 0, t > 1e-290, t < 1e290 else { return exp(logDensity(x)) }
        return shape / x * (t / (1 + t)) / (1 + t)
    }
    public func cdf(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        let t = odds(x)
        return t < 1 ? t / (1 + t) : 1 / (1 + powerRatio(x, scale, -shape))
    }
    public func upperCDF(_ x: Double) -> Double {
        if x <= 0 { return 1 }
        let t = odds(x)
        return t < 1
            ? 1 / (1 + t) : powerRatio(x, scale, -shape) / (1 + powerRatio(x, scale, -shape))
    }
    public func logCDF(_ x: Double) -> Double {
        if x <= 0 { return -.infinity }
        let t = odds(x)
        return t < 1 ? shape * logRatio(x, scale) - log1p(t) : -log1p(powerRatio(x, scale, -shape))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        let t = odds(x)
        return t < 1
            ? -log1p(t) : -shape * logRatio(x, scale) - log1p(powerRatio(x, scale, -shape))
    }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? place(p, 1 - p) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? place(1 - q, q) : .nan
    }
    private func place(_ p: Double, _ q: Double) -> Double {
        if p == 0.5 { return scale }
        return p < 0.5 ? scaledRoot(scale, p / q, shape) : scaledRoot(scale, q / p, -shape)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        let u = generator.uniform()
        return scale * pow(u / (1 - u), 1 / shape)
    }
}

extension LogLogistic: DistributionFamily {
    public static let summary =
        "The log-logistic distribution: exp of a logistic variable."
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

extension LogLogistic: TracedTails, TracedSampler {
    public static let stanName = "loglogistic"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, scale, shape) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, scale, shape], droppingConstants: droppingConstants)
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        terms.add(scale, shape) { log(shape) - shape * log(scale) }
        terms.add(y, scale, shape) { (shape - 1) * log(y) }
        terms.add(y, scale, shape) { -2 * log1pExp(shape * (log(y) - log(scale))) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLogistic(positiveOrNaN(parameters[1]) * (log(x) - log(parameters[0])))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLogistic(positiveOrNaN(parameters[1]) * (log(parameters[0]) - log(x)))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try LogLogistic(scale: parameters[0], shape: parameters[1]).sample(using: generator)
    }
}
