// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The negative hypergeometric distribution: successes drawn, without replacement,
/// before a given number of failures.
///
/// Mass C(k + r − 1, k) C(N − r − k, K − k)/C(N, K), k = 0 … K, with N in the
/// population, K of them successes, drawn until the r-th failure. SciPy:
/// `nhypergeom(N, K, r)`. It is the beta-binomial distribution of K trials with shapes
/// r and N − K − r + 1.
///
///     let d = try NegativeHypergeometric(population: 52, successes: 48, failures: 1)
///     d.mean                                  // 9.6 cards before the first ace
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, section 6.2.2.
public struct NegativeHypergeometric: DiscreteDistribution, Hashable {
    public let population: Int
    public let successes: Int
    public let failures: Int
    private let counts: BetaBinomial

    /// Throws `ParameterError` unless the successes are from 0 to one less than the
    /// population, and the failures from 1 to the rest of it.
    public init(population: Int, successes: Int, failures: Int) throws(ParameterError) {
        self.population = try Parameter.count(population, "population", from: 1)
        guard successes >= 0, successes < population else {
            throw ParameterError(
                "successes", is: successes, mustBe: "from 0 to \(population - 1)")
        }
        guard failures >= 1, failures <= population - successes else {
            throw ParameterError(
                "failures", is: failures, mustBe: "from 1 to \(population - successes)")
        }
        self.successes = successes
        self.failures = failures
        counts = try BetaBinomial(
            trials: successes, alpha: Double(failures),
            beta: Double(population - successes - failures) + 1)
    }

    public var description: String {
        "NegativeHypergeometric(population: \(population), successes: \(successes),"
            + " failures: \(failures))"
    }
    public var support: ClosedRange<Double> { counts.support }
    public var mean: Double { counts.mean }
    public var variance: Double { counts.variance }
    public var skewness: Double { counts.skewness }
    public var excessKurtosis: Double { counts.excessKurtosis }
    public var mode: Double { counts.mode }
    public var entropy: Double { counts.entropy }
    public func logDensity(_ x: Int) -> Double { counts.logDensity(x) }
    public func cdf(_ x: Double) -> Double { counts.cdf(x) }
    public func upperCDF(_ x: Double) -> Double { counts.upperCDF(x) }
    public func logCDF(_ x: Double) -> Double { counts.logCDF(x) }
    public func logUpperCDF(_ x: Double) -> Double { counts.logUpperCDF(x) }
    public func quantile(_ p: Double) -> Int { counts.quantile(p) }
    public func upperQuantile(_ q: Double) -> Int { counts.upperQuantile(q) }
    public func sample(using generator: RandomGenerator) -> Int {
        counts.sample(using: generator)
    }
}

extension NegativeHypergeometric: DistributionFamily {
    public static let summary =
        "The negative hypergeometric distribution: successes before some failures, without"
        + " replacement."
    public static let parameters: [FamilyParameter] = [
        .init("population", .whole(from: 1)), .init("successes", .whole(from: 0)),
        .init("failures", .whole(from: 1)),
    ]
    public var parameterValues: [Double] {
        [Double(population), Double(successes), Double(failures)]
    }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(
            population: Parameter.whole(values[0], "population"),
            successes: Parameter.whole(values[1], "successes"),
            failures: Parameter.whole(values[2], "failures"))
    }
}
