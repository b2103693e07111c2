// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Zipf's distribution: ranks from 1 to a bound with probabilities that fall like a
/// power.
///
/// Mass k^−s/Σ j^−s, k = 1 … n, for s ≥ 0. SciPy: `zipfian(a, n)`.
///
///     let d = try Zipf(exponent: 1, bound: 1000)
///     d.pdf(1)                                // 0.134
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, section 11.2.20.
public struct Zipf: DiscreteDistribution, Hashable {
    public let exponent: Double
    public let bound: Int
    private let ranks: PowerLaw

    /// Throws `ParameterError` unless the exponent is nonnegative and finite, and the
    /// bound at least 1.
    public init(exponent: Double, bound: Int) throws(ParameterError) {
        self.exponent = try Parameter.nonnegative(exponent, "exponent")
        self.bound = try Parameter.count(bound, "bound", from: 1)
        ranks = PowerLaw(exponent: exponent, bound: Double(bound))
    }

    public var description: String { "Zipf(exponent: \(exponent), bound: \(bound))" }
    public var support: ClosedRange<Double> { 1...ranks.bound }
    public var mean: Double { ranks.moment(1) + 1 }
    public var variance: Double { ranks.centralMoment(2) }
    public var skewness: Double {
        let v = variance
        return v == .infinity ? .nan : ranks.centralMoment(3) / (v * v.squareRoot())
    }
    public var excessKurtosis: Double {
        let v = variance
        return v == .infinity || skewness == .infinity
            ? .nan : ranks.centralMoment(4) / (v * v) - 3
    }
    public var mode: Double { 1 }
    public var entropy: Double { ranks.entropy }

    public func logDensity(_ x: Int) -> Double { ranks.logMass(x) }
    public func cdf(_ x: Double) -> Double { ranks.tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { ranks.tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { ranks.tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { ranks.tail(x, lower: false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }
    public func sample(using generator: RandomGenerator) -> Int { ranks.sample(generator) }
}

extension Zipf: DistributionFamily {
    public static let summary =
        "Zipf's distribution: ranks up to a bound with probabilities that fall like a power."
    public static let parameters: [FamilyParameter] = [
        .init("exponent", .nonnegative), .init("bound", .whole(from: 1)),
    ]
    public var parameterValues: [Double] { [exponent, Double(bound)] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(exponent: values[0], bound: Parameter.whole(values[1], "bound"))
    }
}
