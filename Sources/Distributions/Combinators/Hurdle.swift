// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Counts that pass a hurdle or stay at 0: 0 with a given probability, else a draw of
/// the base that is not 0.
///
///     let visits = try Hurdle(Poisson(rate: 2), zeroProbability: 0.6)
///     visits.pdf(0)                           // 0.6
///
/// Source: J. Mullahy, "Specification and testing of some modified count data models",
/// J. Econometrics 33 (1986).
public struct Hurdle<Base: DiscreteDistribution>: DiscreteDistribution {
    public let base: Base
    public let zeroProbability: Double
    private let positive: TruncatedCounts<Base>

    /// Throws `ParameterError` unless 0 ≤ zeroProbability < 1 and the base is a
    /// distribution of counts from 0 on that are not all 0.
    public init(_ base: Base, zeroProbability: Double) throws(ParameterError) {
        guard zeroProbability >= 0, zeroProbability < 1 else {
            throw ParameterError(
                "zeroProbability", is: zeroProbability, mustBe: "at least 0 and below 1")
        }
        guard base.support.lowerBound >= 0 else {
            throw ParameterError("base", is: base, mustBe: "a distribution of counts from 0 on")
        }
        self.base = base
        self.zeroProbability = zeroProbability
        positive = try TruncatedCounts(base, lower: 1)
    }

    public var description: String { "Hurdle(\(base), zeroProbability: \(zeroProbability))" }
    private var rest: Double { 1 - zeroProbability }
    private var logRest: Double { log1p(-zeroProbability) }
    public var support: ClosedRange<Double> { 0...base.support.upperBound }

    private var moments: (mean: Double, v: Double, third: Double, fourth: Double) {
        let (m, v) = (positive.mean, positive.variance)
        let third = v > 0 ? positive.skewness * v * v.squareRoot() : 0
        let fourth = v > 0 ? (positive.excessKurtosis + 3) * v * v : 0
        let (p, q, d) = (rest, zeroProbability, zeroProbability * m)
        return (
            p * m, p * (v + d * m), p * (third + 3 * v * d + m * m * d * (2 * q - 1)),
            p * (fourth + 4 * third * d + 6 * v * d * d + m * m * m * d * (q * q * q + p * p * p))
        )
    }
    public var mean: Double { rest * positive.mean }
    public var variance: Double { moments.v }
    public var skewness: Double {
        let m = moments
        return m.third / (m.v * m.v.squareRoot())
    }
    public var excessKurtosis: Double {
        let m = moments
        return m.fourth / (m.v * m.v) - 3
    }
    public var mode: Double {
        let other = max(positive.mode, 1)
        return logDensity(0) >= logDensity(Self.whole(other)) ? 0 : other
    }
    public var entropy: Double {
        -xLogY(zeroProbability, zeroProbability) + rest * (positive.entropy - logRest)
    }

    public func logDensity(_ x: Int) -> Double {
        x == 0 ? log(zeroProbability) : logRest + positive.logDensity(x)
    }
    public func cdf(_ x: Double) -> Double {
        x < 0 ? 0 : zeroProbability + rest * positive.cdf(x)
    }
    public func upperCDF(_ x: Double) -> Double { x < 0 ? 1 : rest * positive.upperCDF(x) }
    public func logCDF(_ x: Double) -> Double {
        if x < 0 { return -.infinity }
        let p = cdf(x)
        return p > 0.5 ? log1p(-upperCDF(x)) : log(p)
    }
    public func logUpperCDF(_ x: Double) -> Double {
        x < 0 ? 0 : logRest + positive.logUpperCDF(x)
    }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }
    public func sample(using generator: RandomGenerator) -> Int {
        generator.uniform() < zeroProbability ? 0 : positive.sample(using: generator)
    }
}

extension Hurdle: Equatable where Base: Equatable {}
extension Hurdle: Hashable where Base: Hashable {}
