// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The geometric distribution: failures before the first success.
///
/// Mass p (1 − p)ᵏ, k = 0, 1, …. R: `geom(prob)`. (Some texts count the trials
/// instead: add 1.)
///
///     let d = try Geometric(probability: 1.0 / 6)
///     d.mean                                  // 5 throws before a six
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, ch. 5.
public struct Geometric: DiscreteDistribution, FittableDistribution, Hashable {
    public let probability: Double
    private var complement: Double { 1 - probability }

    /// Throws `ParameterError` unless 0 < probability ≤ 1.
    public init(probability: Double) throws(ParameterError) {
        guard probability > 0, probability <= 1 else {
            throw ParameterError("probability", is: probability, mustBe: "above 0 and at most 1")
        }
        self.probability = probability
    }

    public var description: String { "Geometric(probability: \(probability))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { complement / probability }
    public var variance: Double { complement / probability / probability }
    public var skewness: Double { (2 - probability) / complement.squareRoot() }
    public var excessKurtosis: Double { 6 + probability * probability / complement }
    public var mode: Double { 0 }
    public var entropy: Double {
        (-xLogY(probability, probability) - xLog1p(complement, -probability)) / probability
    }

    public func logDensity(_ x: Int) -> Double {
        x < 0 ? -.infinity : log(probability) + xLog1p(Double(x), -probability)
    }

    /// log P(X > x) = (⌊x⌋ + 1) log(1 − p).
    public func logUpperCDF(_ x: Double) -> Double {
        x.isNaN ? .nan : x < 0 ? 0 : (x.rounded(.down) + 1) * log1p(-probability)
    }
    public func upperCDF(_ x: Double) -> Double { exp(logUpperCDF(x)) }
    public func cdf(_ x: Double) -> Double { x < 0 ? 0 : -expm1(logUpperCDF(x)) }
    public func logCDF(_ x: Double) -> Double { x < 0 ? -.infinity : log1mExp(logUpperCDF(x)) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        let k = generator.exponential() / -log1p(-probability)
        return k < 9e18 ? Int(k) : Int.max
    }

    /// One over one plus the mean.
    public static func fit(_ data: [Double]) throws -> Fit<Geometric> {
        let data = try FitData(data, whole: true, mustBe: "a whole number ≥ 0") { $0 >= 0 }
        let p = 1 / (1 + data.mean)
        let geometric = try Geometric(probability: p)
        return Fit(
            geometric, [("probability", p, p * ((1 - p) / data.n).squareRoot())],
            logLikelihood: data.sum(geometric.logDensity(ofNumber:)), data: data.values)
    }
}

extension Geometric: DistributionFamily {
    public static let summary =
        "The geometric distribution: failures before the first success."
    public static let parameters: [FamilyParameter] = [.init("probability", .probability)]
    public var parameterValues: [Double] { [probability] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(probability: values[0])
    }
}
