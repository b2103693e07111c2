// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// A mixture of distributions, of one family or of several: a draw of one that is
/// chosen by its weight.
///
///     let d = try Mixture(
///         [Normal(mean: 0, standardDeviation: 1), Laplace(location: 5, scale: 2)],
///         weights: [0.7, 0.3])
///     d.mean                                  // 1.5
public struct Mixture: ContinuousDistribution {
    public let components: [any ContinuousDistribution]
    /// They add up to 1.
    public let weights: [Double]
    private let logWeights: [Double]

    /// - Parameter weights: nonnegative, made to add up to 1; equal ones if there are
    ///   none.
    ///
    /// Throws `ParameterError` for no components, another number of weights, or
    /// weights that are negative or all 0.
    public init(
        _ components: [any ContinuousDistribution], weights: [Double]? = nil
    ) throws(ParameterError) {
        self.components = components
        self.weights = try MixtureWeights.checked(weights, count: components.count)
        logWeights = self.weights.map { log($0) }
    }

    public var description: String { "Mixture(\(components), weights: \(weights))" }
    public var support: ClosedRange<Double> {
        let present = components.indices.filter { weights[$0] > 0 }.map { components[$0].support }
        return (present.map(\.lowerBound).min() ?? 0)...(present.map(\.upperBound).max() ?? 0)
    }
    private func sum(_ f: (any ContinuousDistribution) -> Double) -> Double {
        zip(components, weights).reduce(0) { $1.1 > 0 ? $0 + $1.1 * f($1.0) : $0 }
    }
    private func logSum(_ f: (any ContinuousDistribution) -> Double) -> Double {
        logSumExp(
            components.indices.filter { weights[$0] > 0 }.map {
                logWeights[$0] + f(components[$0])
            })
    }
    public var mean: Double { sum { $0.mean } }
    private var moments: CentralMoments {
        MixtureWeights.centralMoments(components, weights, mean)
    }
    public var variance: Double { moments.second }
    public var skewness: Double { moments.skewness }
    public var excessKurtosis: Double { moments.excessKurtosis }
    /// The highest point near the modes and medians of the components.
    public var mode: Double {
        let starts = components.indices.filter { weights[$0] > 0 }
            .flatMap { [components[$0].mode, components[$0].quantile(0.5)] }
            .filter(\.isFinite).sorted()
        guard var best = starts.max(by: { logDensity($0) < logDensity($1) }) else { return .nan }
        // Golden sections around the best start.
        let width = standardDeviation.isFinite ? 0.5 * standardDeviation : max(1, abs(best))
        var (a, b) = (best - width, best + width)
        let ratio = 0.618_033_988_749_894_8
        for _ in 0..<120 where b - a > 1e-15 * abs(best) {
            let (c, d) = (b - ratio * (b - a), a + ratio * (b - a))
            if logDensity(c) >= logDensity(d) { b = d } else { a = c }
        }
        let found = 0.5 * (a + b)
        if logDensity(found) > logDensity(best) { best = found }
        return best
    }
    /// By quadrature.
    public var entropy: Double { NumericMoments.entropy(self) }

    public func logDensity(_ x: Double) -> Double { x.isNaN ? .nan : logSum { $0.logDensity(x) } }
    public func pdf(_ x: Double) -> Double { sum { $0.pdf(x) } }
    public func cdf(_ x: Double) -> Double { sum { $0.cdf(x) } }
    public func upperCDF(_ x: Double) -> Double { sum { $0.upperCDF(x) } }
    public func logCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        return cdf(x) > 0.5 ? log1p(-upperCDF(x)) : logSum { $0.logCDF(x) }
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        return upperCDF(x) > 0.5 ? log1p(-cdf(x)) : logSum { $0.logUpperCDF(x) }
    }
    public func quantile(_ p: Double) -> Double {
        solveQuantile(p, upper: false, start: start { $0.quantile(p) })
    }
    public func upperQuantile(_ q: Double) -> Double {
        solveQuantile(q, upper: true, start: start { $0.upperQuantile(q) })
    }
    /// The middle of the components' quantiles, between which that of the mixture lies.
    private func start(_ quantile: (any ContinuousDistribution) -> Double) -> Double {
        let ends = components.indices.filter { weights[$0] > 0 }.map { quantile(components[$0]) }
        guard let low = ends.min(), let high = ends.max() else { return .nan }
        return low + 0.5 * (high - low)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        components[generator.category(weights)].sample(using: generator)
    }
}

/// A mixture of distributions of counts.
public struct MixtureOfCounts: DiscreteDistribution {
    public let components: [any DiscreteDistribution]
    /// They add up to 1.
    public let weights: [Double]

    /// - Parameter weights: nonnegative, made to add up to 1; equal ones if there are
    ///   none.
    ///
    /// Throws `ParameterError` for no components, another number of weights, or
    /// weights that are negative or all 0.
    public init(
        _ components: [any DiscreteDistribution], weights: [Double]? = nil
    ) throws(ParameterError) {
        self.components = components
        self.weights = try MixtureWeights.checked(weights, count: components.count)
    }

    public var description: String { "MixtureOfCounts(\(components), weights: \(weights))" }
    private var present: [Int] { components.indices.filter { weights[$0] > 0 } }
    public var support: ClosedRange<Double> {
        let ends = present.map { components[$0].support }
        return (ends.map(\.lowerBound).min() ?? 0)...(ends.map(\.upperBound).max() ?? 0)
    }
    private func sum(_ f: (any DiscreteDistribution) -> Double) -> Double {
        present.reduce(0) { $0 + weights[$1] * f(components[$1]) }
    }
    private func logSum(_ f: (any DiscreteDistribution) -> Double) -> Double {
        logSumExp(present.map { log(weights[$0]) + f(components[$0]) })
    }
    public var mean: Double { sum { $0.mean } }
    private var moments: CentralMoments {
        MixtureWeights.centralMoments(components, weights, mean)
    }
    public var variance: Double { moments.second }
    public var skewness: Double { moments.skewness }
    public var excessKurtosis: Double { moments.excessKurtosis }
    /// The best of the components' modes and of their neighbours uphill.
    public var mode: Double {
        let starts = present.map { components[$0].mode }.filter(\.isFinite)
        let tops = starts.map { start in
            var k = Self.whole(start)
            for _ in 0..<100_000 {
                let here = logDensity(k)
                if k < .max, logDensity(k + 1) > here {
                    k += 1
                } else if k > .min, logDensity(k - 1) > here {
                    k -= 1
                } else {
                    break
                }
            }
            return k
        }
        return tops.max { logDensity($0) < logDensity($1) }.map { Double($0) } ?? .nan
    }
    public var entropy: Double {
        CountSum(
            support.lowerBound, support.upperBound, logMass: { self.logDensity(count($0)) }
        ).entropy(mode: mode)
    }

    public func logDensity(_ x: Int) -> Double { logSum { $0.logDensity(x) } }
    public func pdf(_ x: Int) -> Double { sum { $0.pdf(x) } }
    public func cdf(_ x: Double) -> Double { sum { $0.cdf(x) } }
    public func upperCDF(_ x: Double) -> Double { sum { $0.upperCDF(x) } }
    public func logCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        return cdf(x) > 0.5 ? log1p(-upperCDF(x)) : logSum { $0.logCDF(x) }
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        return upperCDF(x) > 0.5 ? log1p(-cdf(x)) : logSum { $0.logUpperCDF(x) }
    }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }
    public func sample(using generator: RandomGenerator) -> Int {
        components[generator.category(weights)].sample(using: generator)
    }
}
