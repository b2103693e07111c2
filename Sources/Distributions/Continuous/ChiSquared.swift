// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The chi-squared distribution: the sum of squares of ν standard normals.
///
/// Gamma with shape ν/2 and rate ½. Stan: `chi_square(nu)`; R: `chisq(df)`.
///
///     let d = try ChiSquared(degreesOfFreedom: 6)
///     d.upperQuantile(0.05)                   // 12.59
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 18.
public struct ChiSquared: ContinuousDistribution, FittableDistribution, Hashable {
    public let degreesOfFreedom: Double
    private let gamma: Gamma

    /// Throws `ParameterError` unless the degrees of freedom are positive and
    /// finite.
    public init(degreesOfFreedom: Double) throws(ParameterError) {
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        gamma = try Gamma(shape: 0.5 * degreesOfFreedom, rate: 0.5)
    }

    public var description: String { "ChiSquared(degreesOfFreedom: \(degreesOfFreedom))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { degreesOfFreedom }
    public var variance: Double { 2 * degreesOfFreedom }
    public var skewness: Double { (8 / degreesOfFreedom).squareRoot() }
    public var excessKurtosis: Double { 12 / degreesOfFreedom }
    public var mode: Double { gamma.mode }
    public var entropy: Double { gamma.entropy }

    public func logDensity(_ x: Double) -> Double { gamma.logDensity(x) }
    public func pdf(_ x: Double) -> Double { gamma.pdf(x) }
    public func cdf(_ x: Double) -> Double { gamma.cdf(x) }
    public func upperCDF(_ x: Double) -> Double { gamma.upperCDF(x) }
    public func logCDF(_ x: Double) -> Double { gamma.logCDF(x) }
    public func logUpperCDF(_ x: Double) -> Double { gamma.logUpperCDF(x) }
    public func quantile(_ p: Double) -> Double { gamma.quantile(p) }
    public func upperQuantile(_ q: Double) -> Double { gamma.upperQuantile(q) }
    public func sample(using generator: RandomGenerator) -> Double {
        gamma.sample(using: generator)
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, using generator: RandomGenerator
    ) {
        gamma.fill(buffer, using: generator)
    }

    /// Newton's method for ψ(ν/2) = mean of log(x/2).
    public static func fit(_ data: [Double]) throws -> Fit<ChiSquared> {
        let data = try FitData(data, mustBe: "positive and finite") { $0 > 0 }
        let target = data.average { log(0.5 * $0) }
        // Half the degrees of freedom; Minka's start of the inverse digamma.
        var half = target >= -2.22 ? exp(target) + 0.5 : -1 / (target + 0.577_215_664_901_532_9)
        for _ in 0..<50 {
            let step = (digamma(half) - target) / trigamma(half)
            half -= step
            if abs(step) <= 1e-14 * half { break }
        }
        let chi = try ChiSquared(degreesOfFreedom: 2 * half)
        let error = 2 / (data.n * trigamma(half)).squareRoot()
        return Fit(
            chi, [("degreesOfFreedom", 2 * half, error)],
            logLikelihood: data.sum(chi.logDensity), data: data.values)
    }
}

extension ChiSquared: DistributionFamily {
    public static let summary =
        "The chi-squared distribution: a sum of squared standard normal numbers."
    public static let parameters: [FamilyParameter] = [.init("degreesOfFreedom", .positive)]
    public var parameterValues: [Double] { [degreesOfFreedom] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(degreesOfFreedom: values[0])
    }
}

extension ChiSquared: TracedTails, TracedSampler {
    public static let stanName = "chi_square"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        if Support.isOutside(x, 0 ... .infinity) { return Traced(-.infinity) }
        let (y, half) = (x.flat, positiveOrNaN(parameters[0].flat) * 0.5)
        var terms = TermSum([y, half], droppingConstants: droppingConstants)
        terms.add(half) { -half * Traced(logTwo) - logGamma(half) }
        terms.add(y, half) { (half - 1) * log(y) }
        terms.add(y) { y * -0.5 }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaP(parameters[0] * 0.5, x * 0.5)
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaQ(parameters[0] * 0.5, x * 0.5)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try ChiSquared(degreesOfFreedom: parameters[0]).sample(using: generator)
    }
}
