// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The inverse chi-squared distribution: 1/X is ChiSquared(ν).
///
/// `InverseGamma` with shape ν/2 and scale ½. Stan: `inv_chi_square(nu)`; R
/// (package invgamma): `invchisq(df)`.
///
///     let d = try InverseChiSquared(degreesOfFreedom: 6)
///     d.mean                                  // 0.25
///
/// Source: Gelman et al., Bayesian Data Analysis, 3rd ed., appendix A.
public struct InverseChiSquared: ContinuousDistribution, Hashable {
    public let degreesOfFreedom: Double
    private let inverse: InverseGamma

    /// Throws `ParameterError` unless the degrees of freedom are positive and finite.
    public init(degreesOfFreedom: Double) throws(ParameterError) {
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        inverse = try InverseGamma(shape: 0.5 * degreesOfFreedom, scale: 0.5)
    }

    public var description: String { "InverseChiSquared(degreesOfFreedom: \(degreesOfFreedom))" }
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

extension InverseChiSquared: DistributionFamily {
    public static let summary =
        "The inverse chi-squared distribution: one over a sum of squares of normals."
    public static let parameters: [FamilyParameter] = [
        .init("degreesOfFreedom", .positive)
    ]
    public var parameterValues: [Double] { [degreesOfFreedom] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(degreesOfFreedom: values[0])
    }
}

extension InverseChiSquared: TracedTails, TracedSampler {
    public static let stanName = "inv_chi_square"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, half) = (x.flat, positiveOrNaN(parameters[0].flat) * 0.5)
        var terms = TermSum([y, half], droppingConstants: droppingConstants)
        if Support.isOutside(y, .leastNonzeroMagnitude ... .infinity) { return Traced(-.infinity) }
        terms.add(half) { -half * Traced(logTwo) - logGamma(half) }
        terms.add(y, half) { -(half + 1) * log(y) }
        terms.add(y) { Traced(-0.5) / y }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaQ(parameters[0] * 0.5, Traced(0.5) / x)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaP(parameters[0] * 0.5, Traced(0.5) / x)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try InverseChiSquared(degreesOfFreedom: parameters[0]).sample(using: generator)
    }
}
