// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The chi distribution: the length of a vector of ν standard normals.
///
/// The square root of a chi-squared variable. R (package chi): `chi(df)`; SciPy:
/// `chi(df)`.
///
///     let d = try Chi(degreesOfFreedom: 2)
///     d.mode                                  // 1
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 18.
public struct Chi: ContinuousDistribution, Hashable {
    public let degreesOfFreedom: Double
    private let root: RootGamma

    /// Throws `ParameterError` unless the degrees of freedom are positive and finite.
    public init(degreesOfFreedom: Double) throws(ParameterError) {
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        root = RootGamma(shape: 0.5 * degreesOfFreedom, scale: 1)
    }

    public var description: String { "Chi(degreesOfFreedom: \(degreesOfFreedom))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { root.mean }
    public var variance: Double { root.variance }
    public var skewness: Double { root.skewness }
    public var excessKurtosis: Double { root.excessKurtosis }
    public var mode: Double { degreesOfFreedom >= 1 ? (degreesOfFreedom - 1).squareRoot() : .nan }
    public var entropy: Double { root.entropy }

    public func logDensity(_ x: Double) -> Double { root.logDensity(x) }
    public func pdf(_ x: Double) -> Double { root.pdf(x) }
    public func cdf(_ x: Double) -> Double { root.tail(x, lower: true) }
    public func upperCDF(_ x: Double) -> Double { root.tail(x, lower: false) }
    public func logCDF(_ x: Double) -> Double { root.logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { root.logTail(x, lower: false) }
    public func quantile(_ p: Double) -> Double { root.quantile(p) }
    public func upperQuantile(_ q: Double) -> Double { root.upperQuantile(q) }

    public func sample(using generator: RandomGenerator) -> Double { root.sample(using: generator) }
}

extension Chi: DistributionFamily {
    public static let summary =
        "The chi distribution: the length of a vector of standard normals."
    public static let parameters: [FamilyParameter] = [
        .init("degreesOfFreedom", .positive)
    ]
    public var parameterValues: [Double] { [degreesOfFreedom] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(degreesOfFreedom: values[0])
    }
}
