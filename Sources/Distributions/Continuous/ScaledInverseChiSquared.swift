// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The scaled inverse chi-squared distribution: ν σ²/X is ChiSquared(ν); the
/// posterior of a normal variance, with estimate σ² from ν observations.
///
/// `InverseGamma` with shape ν/2 and scale ν σ²/2. Stan:
/// `scaled_inv_chi_square(nu, sigma)`; R (package LaplacesDemon):
/// `invchisq(df, scale)` with scale = σ².
///
///     let variance = try ScaledInverseChiSquared(degreesOfFreedom: 10, scale: 2)
///     variance.mean                           // 5
///
/// Source: Gelman et al., Bayesian Data Analysis, 3rd ed., appendix A.
public struct ScaledInverseChiSquared: ContinuousDistribution, Hashable {
    public let degreesOfFreedom: Double
    public let scale: Double
    private let inverse: InverseGamma

    /// Throws `ParameterError` unless the degrees of freedom and the scale are positive and
    /// finite.
    public init(degreesOfFreedom: Double, scale: Double) throws(ParameterError) {
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        self.scale = try Parameter.positive(scale, "scale")
        let square = 0.5 * degreesOfFreedom * scale * scale
        guard square > 0, square < .infinity else {
            throw ParameterError("scale", is: scale, mustBe: "of a square that is a double")
        }
        inverse = try InverseGamma(shape: 0.5 * degreesOfFreedom, scale: square)
    }

    public var description: String {
        "ScaledInverseChiSquared(degreesOfFreedom: \(degreesOfFreedom), scale: \(scale))"
    }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { inverse.mean }
    public var variance: Double { inverse.variance }
    public var skewness: Double { inverse.skewness }
    public var excessKurtosis: Double { inverse.excessKurtosis }
    public var mode: Double { inverse.mode }
    public var entropy: Double { inverse.entropy }

    public func logDensity(_ x: Double) -> Double { inverse.logDensity(x) }
    public func pdf(_ x: Double) -> Double { inverse.pdf(x) }
    public func cdf(_ x: Double) -> Double { inverse.cdf(x) }
    public func upperCDF(_ x: Double) -> Double { inverse.upperCDF(x) }
    public func logCDF(_ x: Double) -> Double { inverse.logCDF(x) }
    public func logUpperCDF(_ x: Double) -> Double { inverse.logUpperCDF(x) }
    public func quantile(_ p: Double) -> Double { inverse.quantile(p) }
    public func upperQuantile(_ q: Double) -> Double { inverse.upperQuantile(q) }
    public func sample(using generator: RandomGenerator) -> Double {
        inverse.sample(using: generator)
    }
}

extension ScaledInverseChiSquared: DistributionFamily {
    public static let summary =
        "The scaled inverse chi-squared distribution: a normal variance known from data."
    public static let parameters: [FamilyParameter] = [
        .init("degreesOfFreedom", .positive),
        .init("scale", .positive),
    ]
    public var parameterValues: [Double] { [degreesOfFreedom, scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(degreesOfFreedom: values[0], scale: values[1])
    }
}

extension ScaledInverseChiSquared: TracedTails, TracedSampler {
    public static let stanName = "scaled_inv_chi_square"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let half = positiveOrNaN(parameters[0].flat) * 0.5
        let (y, sigma) = (x.flat, parameters[1].flat)
        var terms = TermSum([y, half, sigma], droppingConstants: droppingConstants)
        if Support.isOutside(y, .leastNonzeroMagnitude ... .infinity) { return Traced(-.infinity) }
        terms.add(half) { half * log(half) - logGamma(half) }
        terms.add(half, sigma) { 2 * half * log(sigma) }
        terms.add(y, half) { -(half + 1) * log(y) }
        terms.add(y, half, sigma) { -half * square(sigma) / y }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        tail(x, parameters, logGammaQ)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        tail(x, parameters, logGammaP)
    }
    private static func tail(
        _ x: Traced, _ parameters: [Traced], _ function: (Traced, Traced) -> Traced
    ) -> Traced {
        let half = parameters[0] * 0.5
        return function(half, half * square(positiveOrNaN(parameters[1])) / x)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try ScaledInverseChiSquared(
            degreesOfFreedom: parameters[0], scale: parameters[1]
        ).sample(using: generator)
    }
}
