// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The zeta distribution: ranks with probabilities that fall like a power, without
/// end.
///
/// Mass k^−s/ζ(s), k = 1, 2, …, for s > 1. SciPy: `zipf(a)`.
///
///     let d = try Zeta(exponent: 3)
///     d.pdf(1)                                // 0.832
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, section 11.2.20.
public struct Zeta: DiscreteDistribution, Hashable {
    public let exponent: Double
    private let ranks: PowerLaw

    /// Throws `ParameterError` unless the exponent is above 1 and finite.
    public init(exponent: Double) throws(ParameterError) {
        guard exponent > 1, exponent < .infinity else {
            throw ParameterError("exponent", is: exponent, mustBe: "above 1 and finite")
        }
        self.exponent = exponent
        ranks = PowerLaw(exponent: exponent, bound: .infinity)
    }

    public var description: String { "Zeta(exponent: \(exponent))" }
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

extension Zeta: DistributionFamily {
    public static let summary =
        "The zeta distribution: ranks with probabilities that fall like a power."
    public static let parameters: [FamilyParameter] = [
        .init("exponent", .between(1, .infinity))
    ]
    public var parameterValues: [Double] { [exponent] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        try self.init(exponent: Self.checkedCount(parameterValues)[0])
    }
}
