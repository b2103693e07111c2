// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// A monotone function of a random number.
///
///     let odds = try Transformed(
///         Normal(mean: 0, standardDeviation: 1), by: { exp($0) }, inverse: { log($0) },
///         inverseDerivative: { 1 / $0 })
///
/// The function and its inverse have to be each other's, and are not checked for that;
/// the derivative is that of the inverse, whose sign says whether it falls.
public struct Transformed<Base: ContinuousDistribution>: ContinuousDistribution {
    public let base: Base
    public let function: @Sendable (Double) -> Double
    public let inverse: @Sendable (Double) -> Double
    public let inverseDerivative: @Sendable (Double) -> Double
    public let support: ClosedRange<Double>
    private let rises: Bool

    /// Throws `ParameterError` if the function is not strictly monotone between a few
    /// quantiles of the base, or the inverse does not lead back to them.
    public init(
        _ base: Base, by function: @escaping @Sendable (Double) -> Double,
        inverse: @escaping @Sendable (Double) -> Double,
        inverseDerivative: @escaping @Sendable (Double) -> Double
    ) throws(ParameterError) {
        let inside = [0.1, 0.3, 0.5, 0.7, 0.9].map { base.quantile($0) }
        let values = inside.map(function)
        let pairs = zip(values, values.dropFirst())
        rises = pairs.allSatisfy { $0 < $1 }
        guard rises || pairs.allSatisfy({ $0 > $1 }) else {
            throw ParameterError("function", is: values, mustBe: "strictly monotone")
        }
        for (x, y) in zip(inside, values) {
            let back = inverse(y)
            guard abs(back - x) <= 1e-6 * max(abs(x), base.quantile(0.9) - base.quantile(0.1))
            else {
                throw ParameterError("inverse", is: "\(back) at \(y)", mustBe: "\(x)")
            }
        }
        self.base = base
        self.function = function
        self.inverse = inverse
        self.inverseDerivative = inverseDerivative
        let (a, b) = (function(base.support.lowerBound), function(base.support.upperBound))
        guard a <= b || a >= b else {
            throw ParameterError(
                "function", is: [a, b], mustBe: "defined at the ends of the support")
        }
        support = min(a, b)...max(a, b)
    }

    public var description: String { "Transformed(\(base))" }
    private func back(_ x: Double) -> Double {
        x <= support.lowerBound
            ? (rises ? base.support.lowerBound : base.support.upperBound)
            : x >= support.upperBound
                ? (rises ? base.support.upperBound : base.support.lowerBound) : inverse(x)
    }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x < support.lowerBound || x > support.upperBound || x.isInfinite { return -.infinity }
        let density = base.logDensity(back(x))
        return density == -.infinity ? density : density + log(abs(inverseDerivative(x)))
    }
    public func cdf(_ x: Double) -> Double { rises ? base.cdf(back(x)) : base.upperCDF(back(x)) }
    public func upperCDF(_ x: Double) -> Double {
        rises ? base.upperCDF(back(x)) : base.cdf(back(x))
    }
    public func logCDF(_ x: Double) -> Double {
        rises ? base.logCDF(back(x)) : base.logUpperCDF(back(x))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        rises ? base.logUpperCDF(back(x)) : base.logCDF(back(x))
    }
    public func quantile(_ p: Double) -> Double {
        function(rises ? base.quantile(p) : base.upperQuantile(p))
    }
    public func upperQuantile(_ q: Double) -> Double {
        function(rises ? base.upperQuantile(q) : base.quantile(q))
    }
    // By quadrature.
    private var moments: NumericMoments { NumericMoments(self) }
    public var mean: Double { moments.mean }
    public var variance: Double { moments.variance }
    public var skewness: Double { moments.skewness }
    public var excessKurtosis: Double { moments.excess }
    public var entropy: Double { NumericMoments.entropy(self) }
    /// By golden sections between quantiles: of a density with one peak.
    public var mode: Double {
        var (a, b) = (quantile(1e-6), upperQuantile(1e-6))
        let ratio = 0.618_033_988_749_894_8
        for _ in 0..<150 where b - a > 1e-15 * (abs(a) + abs(b)) {
            let (c, d) = (b - ratio * (b - a), a + ratio * (b - a))
            if logDensity(c) >= logDensity(d) { b = d } else { a = c }
        }
        return 0.5 * (a + b)
    }
    public func sample(using generator: RandomGenerator) -> Double {
        function(base.sample(using: generator))
    }
}
