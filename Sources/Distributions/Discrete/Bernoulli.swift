// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The Bernoulli distribution: 1 with probability p, else 0.
///
/// Stan: `bernoulli(theta)`; R: `binom(size = 1, prob)`.
///
///     let coin = try Bernoulli(probability: 0.5)
///     coin.entropy                            // 0.693, log 2
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, ch. 3.
public struct Bernoulli: DiscreteDistribution, FittableDistribution, Hashable {
    public let probability: Double
    private var complement: Double { 1 - probability }

    /// Throws `ParameterError` unless the probability is between 0 and 1.
    public init(probability: Double) throws(ParameterError) {
        self.probability = try Parameter.probability(probability, "probability")
    }

    public var description: String { "Bernoulli(probability: \(probability))" }
    public var support: ClosedRange<Double> { 0...1 }
    public var mean: Double { probability }
    public var variance: Double { probability * complement }
    public var skewness: Double { (complement - probability) / variance.squareRoot() }
    public var excessKurtosis: Double { (1 - 6 * variance) / variance }
    public var mode: Double { probability > 0.5 ? 1 : 0 }
    public var entropy: Double {
        -xLogY(probability, probability) - xLog1p(complement, -probability)
    }

    public func logDensity(_ x: Int) -> Double {
        x == 1 ? log(probability) : x == 0 ? log1p(-probability) : -.infinity
    }
    public func cdf(_ x: Double) -> Double { x.isNaN ? .nan : x < 0 ? 0 : x < 1 ? complement : 1 }
    public func upperCDF(_ x: Double) -> Double {
        x.isNaN ? .nan : x < 0 ? 1 : x < 1 ? probability : 0
    }
    public func logCDF(_ x: Double) -> Double {
        x >= 0 && x < 1 ? log1p(-probability) : log(cdf(x))
    }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        generator.uniform() < probability ? 1 : 0
    }

    /// The share of ones.
    public static func fit(_ data: [Double]) throws -> Fit<Bernoulli> {
        let data = try FitData(data, mustBe: "0 or 1") { $0 == 0 || $0 == 1 }
        let bernoulli = try Bernoulli(probability: data.mean)
        let ones = data.mean * data.n
        return Fit(
            bernoulli, [("probability", data.mean, (bernoulli.variance / data.n).squareRoot())],
            logLikelihood: xLogY(ones, data.mean) + xLog1p(data.n - ones, -data.mean),
            data: data.values)
    }
}

extension Bernoulli: DistributionFamily {
    public static let summary =
        "The Bernoulli distribution: 1 with a probability, else 0."
    public static let parameters: [FamilyParameter] = [.init("probability", .probability)]
    public var parameterValues: [Double] { [probability] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(probability: values[0])
    }
}

extension Bernoulli: TracedTails, TracedSampler {
    public static let stanName = "bernoulli"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, p) = (x.flat, parameters[0].flat)
        if Support.isOutside(y, 0...1) { return Traced(-.infinity) }
        var terms = TermSum([y, p], droppingConstants: droppingConstants)
        let count = terms.count
        terms.addOnce(p) { Counts.logProbability(of: y, trials: 1, p, count: count) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        select(
            Traced.less(x, 0), Traced(-.infinity),
            select(Traced.less(x, 1), log1m(parameters[0]), 0))
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        select(
            Traced.less(x, 0), 0,
            select(Traced.less(x, 1), log(parameters[0]), Traced(-.infinity)))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        Double(try Bernoulli(probability: parameters[0]).sample(using: generator))
    }
}
