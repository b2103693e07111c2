// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// A distribution on the real line given its value lies in an interval.
///
///     let d = try Truncated(Normal(mean: 0, standardDeviation: 1), lower: 30)
///     d.mean                                  // 30.033
///
/// The probability of the interval is kept as a logarithm, and values and tails are
/// computed from the base's tail on the side where the interval lies: far out in a
/// tail too nothing cancels and nothing underflows.
public struct Truncated<Base: ContinuousDistribution>: ContinuousDistribution {
    public let base: Base
    /// −∞ and ∞ where there is no bound.
    public let lower: Double
    public let upper: Double
    /// log P(lower < X ≤ upper) of the base.
    public let logProbability: Double
    /// Whether the lower tail is the one in which differences are made.
    private let byLower: Bool
    private let logBelow: Double
    private let logAbove: Double

    /// Throws `ParameterError` unless lower < upper, with a positive probability
    /// between.
    public init(
        _ base: Base, lower: Double = -.infinity, upper: Double = .infinity
    ) throws(ParameterError) {
        guard lower < upper else {
            throw ParameterError("upper", is: upper, mustBe: "above lower, \(lower)")
        }
        self.base = base
        self.lower = lower
        self.upper = upper
        let below = (lower: base.logCDF(lower), upper: base.logUpperCDF(lower))
        let above = (lower: base.logCDF(upper), upper: base.logUpperCDF(upper))
        byLower = above.lower < below.upper
        logBelow = byLower ? below.lower : below.upper
        logAbove = byLower ? above.lower : above.upper
        logProbability = TailDifference.log(below, above)
        guard logProbability > -.infinity else {
            throw ParameterError(
                "lower, upper", is: [lower, upper], mustBe: "ends of an interval that \(base) meets"
            )
        }
    }

    private func tails(_ x: Double) -> TailDifference.Tails {
        (base.logCDF(x), base.logUpperCDF(x))
    }

    public var description: String { "Truncated(\(base), lower: \(lower), upper: \(upper))" }
    public var support: ClosedRange<Double> {
        max(lower, base.support.lowerBound)...min(upper, base.support.upperBound)
    }

    public func logDensity(_ x: Double) -> Double {
        if x < lower || x > upper { return -.infinity }
        return base.logDensity(x) - logProbability
    }
    public func logCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x <= lower { return -.infinity }
        if x >= upper { return 0 }
        return TailDifference.log(
            true, of: logProbability, from: tails(lower), at: tails(x), to: tails(upper))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x <= lower { return 0 }
        if x >= upper { return -.infinity }
        return TailDifference.log(
            false, of: logProbability, from: tails(lower), at: tails(x), to: tails(upper))
    }
    public func cdf(_ x: Double) -> Double { exp(logCDF(x)) }
    public func upperCDF(_ x: Double) -> Double { exp(logUpperCDF(x)) }

    public func quantile(_ p: Double) -> Double {
        solveQuantile(p, upper: false, start: start(log(p), log1p(-p)))
    }
    public func upperQuantile(_ q: Double) -> Double {
        solveQuantile(q, upper: true, start: start(log1p(-q), log(q)))
    }
    /// The base's quantile where the probability of its tail does not underflow:
    /// log P(X ≤ x) = log(A + p M), in the tail where differences are made.
    private func start(_ logLower: Double, _ logUpper: Double) -> Double {
        let target =
            byLower
            ? logSumExp(logBelow, logLower + logProbability)
            : logSumExp(logAbove, logUpper + logProbability)
        if target > -700 {
            return byLower ? base.quantile(exp(target)) : base.upperQuantile(exp(target))
        }
        return lower.isFinite ? lower : upper
    }

    public var mean: Double { moments.mean }
    public var variance: Double { moments.variance }
    public var skewness: Double { moments.skewness }
    public var excessKurtosis: Double { moments.excess }
    public var entropy: Double { NumericMoments.entropy(self) }
    private var moments: NumericMoments { NumericMoments(self) }
    public var mode: Double { min(max(base.mode, support.lowerBound), support.upperBound) }

    /// By inversion: one uniform number a draw.
    public func sample(using generator: RandomGenerator) -> Double {
        if logProbability > -1 {
            // Rejection is fast where the interval has most of the probability.
            while true {
                let x = base.sample(using: generator)
                if x >= lower, x <= upper { return x }
            }
        }
        let u = generator.uniform()
        return u < 0.5 ? quantile(u) : upperQuantile(1 - u)
    }
}

extension Truncated: Equatable where Base: Equatable {}
extension Truncated: Hashable where Base: Hashable {}
