// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// A distribution of counts given its value lies between two whole numbers, both
/// included.
///
///     let families = try TruncatedCounts(Poisson(rate: 0.5), lower: 1)
///     families.pdf(0)                         // 0
///
/// The probability of the interval is kept as a logarithm, from the smaller tails of
/// the base: far out in a tail nothing cancels or underflows.
public struct TruncatedCounts<Base: DiscreteDistribution>: DiscreteDistribution {
    public let base: Base
    public let lower: Int
    public let upper: Int
    private let logMass: Double

    /// Throws `ParameterError` unless lower ≤ upper, with a positive probability
    /// between.
    public init(_ base: Base, lower: Int = .min, upper: Int = .max) throws(ParameterError) {
        guard lower <= upper else {
            throw ParameterError("upper", is: upper, mustBe: "at least lower, \(lower)")
        }
        self.base = base
        self.lower = lower
        self.upper = upper
        logMass = TailDifference.log(
            Self.tails(base, lower == .min ? -.infinity : Double(lower) - 1),
            Self.tails(base, upper == .max ? .infinity : Double(upper)))
        guard logMass > -.infinity else {
            throw ParameterError(
                "lower, upper", is: [lower, upper], mustBe: "ends of an interval that \(base) meets"
            )
        }
    }
    private static func tails(_ base: Base, _ x: Double) -> TailDifference.Tails {
        (base.logCDF(x), base.logUpperCDF(x))
    }

    public var description: String { "TruncatedCounts(\(base), lower: \(lower), upper: \(upper))" }
    public var support: ClosedRange<Double> {
        let low =
            lower == .min ? base.support.lowerBound : max(Double(lower), base.support.lowerBound)
        return
            low...(upper == .max
            ? base.support.upperBound : min(Double(upper), base.support.upperBound))
    }
    public func logDensity(_ x: Int) -> Double {
        x < lower || x > upper ? -.infinity : base.logDensity(x) - logMass
    }
    private func logTail(_ x: Double, isLower: Bool) -> Double {
        if x.isNaN { return .nan }
        let k = x.rounded(.down)
        let (low, high) = (support.lowerBound, support.upperBound)
        if k < low { return isLower ? -.infinity : 0 }
        if k >= high { return isLower ? 0 : -.infinity }
        return TailDifference.log(
            isLower, of: logMass, from: Self.tails(base, low - 1), at: Self.tails(base, k),
            to: Self.tails(base, high))
    }
    public func logCDF(_ x: Double) -> Double { logTail(x, isLower: true) }
    public func logUpperCDF(_ x: Double) -> Double { logTail(x, isLower: false) }
    public func cdf(_ x: Double) -> Double { exp(logCDF(x)) }
    public func upperCDF(_ x: Double) -> Double { exp(logUpperCDF(x)) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    private var mass: CountSum {
        CountSum(
            support.lowerBound, support.upperBound,
            logMass: { self.logDensity(count($0)) })
    }
    public var mode: Double { min(max(base.mode, support.lowerBound), support.upperBound) }
    public var mean: Double { mode + mass.expectation(mode: mode) { [mode] in $0 - mode } }
    private var moments: (Double, Double, Double) { mass.centralMoments(mode: mode, mean: mean) }
    public var variance: Double { moments.0 }
    public var skewness: Double {
        let moments = moments
        return moments.1 / (moments.0 * moments.0.squareRoot())
    }
    public var excessKurtosis: Double {
        let moments = moments
        return moments.2 / (moments.0 * moments.0) - 3
    }
    public var entropy: Double { mass.entropy(mode: mode) }

    public func sample(using generator: RandomGenerator) -> Int {
        if logMass > -1 {
            while true {
                let x = base.sample(using: generator)
                if x >= lower, x <= upper { return x }
            }
        }
        let u = generator.uniform()
        return u < 0.5 ? quantile(u) : upperQuantile(1 - u)
    }
}

extension TruncatedCounts: Equatable where Base: Equatable {}
extension TruncatedCounts: Hashable where Base: Hashable {}
