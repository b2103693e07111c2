// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The geometric distribution that counts the trials up to the first success: one
/// more than `Geometric`, which counts the failures.
///
/// Mass p (1 − p)ᵏ⁻¹, k = 1, 2, …. SciPy: `geom(p)`.
///
///     let d = try GeometricTrials(probability: 1.0 / 6)
///     d.mean                                  // 6 throws up to a six
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, ch. 5.
public struct GeometricTrials: DiscreteDistribution, FittableDistribution, Hashable {
    public let probability: Double
    private let failures: Geometric

    /// Throws `ParameterError` unless 0 < probability ≤ 1.
    public init(probability: Double) throws(ParameterError) {
        failures = try Geometric(probability: probability)
        self.probability = probability
    }

    public var description: String { "GeometricTrials(probability: \(probability))" }
    public var support: ClosedRange<Double> { 1 ... .infinity }
    public var mean: Double { 1 / probability }
    public var variance: Double { failures.variance }
    public var skewness: Double { failures.skewness }
    public var excessKurtosis: Double { failures.excessKurtosis }
    public var mode: Double { 1 }
    public var entropy: Double { failures.entropy }
    public func logDensity(_ x: Int) -> Double { x < 1 ? -.infinity : failures.logDensity(x - 1) }
    public func cdf(_ x: Double) -> Double { failures.cdf(x.rounded(.down) - 1) }
    public func upperCDF(_ x: Double) -> Double { failures.upperCDF(x.rounded(.down) - 1) }
    public func logCDF(_ x: Double) -> Double { failures.logCDF(x.rounded(.down) - 1) }
    public func logUpperCDF(_ x: Double) -> Double { failures.logUpperCDF(x.rounded(.down) - 1) }
    private func oneMore(_ k: Int) -> Int { k == .min || k == .max ? k : k + 1 }
    public func quantile(_ p: Double) -> Int { oneMore(failures.quantile(p)) }
    public func upperQuantile(_ q: Double) -> Int { oneMore(failures.upperQuantile(q)) }
    public func sample(using generator: RandomGenerator) -> Int {
        oneMore(failures.sample(using: generator))
    }

    /// One over the mean.
    public static func fit(_ data: [Double]) throws -> Fit<GeometricTrials> {
        let data = try FitData(data, whole: true, mustBe: "a whole number ≥ 1") { $0 >= 1 }
        let p = 1 / data.mean
        let fitted = try GeometricTrials(probability: p)
        return Fit(
            fitted, [("probability", p, p * ((1 - p) / data.n).squareRoot())],
            logLikelihood: data.sum(fitted.logDensity(ofNumber:)), count: data.values.count)
    }
}

extension GeometricTrials: DistributionFamily {
    public static let summary =
        "The geometric distribution of the number of trials up to the first success."
    public static let parameters: [FamilyParameter] = [.init("probability", .probability)]
    public var parameterValues: [Double] { [probability] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        try self.init(probability: Self.checkedCount(parameterValues)[0])
    }
}
