// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// A probability distribution: something with a density and a sampler.
///
/// A value is immutable, and its parameters were checked when it was made; the
/// functions here never throw or trap. NaN in gives NaN out.
public protocol Distribution<Value>: Sendable, CustomStringConvertible {
    /// What is drawn: a number, a count, a vector.
    associatedtype Value: Sendable

    /// The logarithm of the density (or probability mass) at x; −∞ outside
    /// the support.
    func logDensity(_ x: Value) -> Double

    /// The density (or probability mass) at x.
    func pdf(_ x: Value) -> Double

    /// One draw.
    func sample(using generator: RandomGenerator) -> Value

    /// Independent draws; none for a count below 1.
    func sample(_ count: Int, using generator: RandomGenerator) -> [Value]

    /// Initialises a buffer with independent draws: the numbers that as many
    /// single draws would give, sooner.
    func fill(_ buffer: UnsafeMutableBufferPointer<Value>, using generator: RandomGenerator)
}

extension Distribution {
    public func pdf(_ x: Value) -> Double { exp(logDensity(x)) }

    public func sample(_ count: Int, using generator: RandomGenerator) -> [Value] {
        let count = max(count, 0)
        return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(
                UnsafeMutableBufferPointer(start: buffer.baseAddress, count: count),
                using: generator)
            initialized = count
        }
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Value>, using generator: RandomGenerator
    ) {
        guard let out = buffer.baseAddress else { return }
        for i in 0..<buffer.count { (out + i).initialize(to: sample(using: generator)) }
    }
}

// The same on concrete arrays: a generic one costs a small sample half a
// microsecond to find its metadata.

extension Distribution where Value == Double {
    public func sample(_ count: Int, using generator: RandomGenerator) -> [Double] {
        let count = max(count, 0)
        return [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(
                UnsafeMutableBufferPointer(start: buffer.baseAddress, count: count),
                using: generator)
            initialized = count
        }
    }
}

extension Distribution where Value == Int {
    public func sample(_ count: Int, using generator: RandomGenerator) -> [Int] {
        let count = max(count, 0)
        return [Int](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(
                UnsafeMutableBufferPointer(start: buffer.baseAddress, count: count),
                using: generator)
            initialized = count
        }
    }
}

/// A distribution of one number.
///
/// Required of a type: what cannot be derived. Derived, and overridden where
/// there is something better: the logarithms of the tails, the standard
/// deviation, the median, intervals.
public protocol UnivariateDistribution: Distribution where Value: Comparable {
    /// The smallest closed interval with probability 1.
    var support: ClosedRange<Double> { get }
    /// NaN or infinite where it does not exist; so for all moments.
    var mean: Double { get }
    var variance: Double { get }
    var standardDeviation: Double { get }
    var skewness: Double { get }
    /// The kurtosis minus 3, the normal distribution's.
    var excessKurtosis: Double { get }
    /// A point of greatest density; NaN where the density is unbounded there.
    var mode: Double { get }
    var median: Double { get }
    /// In nats; of a continuous distribution, relative to Lebesgue measure.
    var entropy: Double { get }

    /// P(X ≤ x).
    func cdf(_ x: Double) -> Double
    /// P(X > x), without the cancellation of 1 − cdf.
    func upperCDF(_ x: Double) -> Double
    /// log P(X ≤ x), also where the probability underflows.
    func logCDF(_ x: Double) -> Double
    /// log P(X > x), also where the probability underflows.
    func logUpperCDF(_ x: Double) -> Double
    /// The smallest x with P(X ≤ x) ≥ p.
    func quantile(_ p: Double) -> Value
    /// The smallest x with P(X > x) ≤ q: exact where 1 − q is not.
    func upperQuantile(_ q: Double) -> Value

    /// E exp(t X); infinite where it diverges. By integration where a family
    /// has no closed form: NaN where that finds no 8 digits.
    func momentGeneratingFunction(_ t: Double) -> Double
    /// E exp(i t X). By integration where a family has no closed form: NaN
    /// where it oscillates too fast for 8 digits.
    func characteristicFunction(_ t: Double) -> ComplexNumber
}

extension UnivariateDistribution {
    public var standardDeviation: Double { variance.squareRoot() }
    public func logCDF(_ x: Double) -> Double { log(cdf(x)) }
    public func logUpperCDF(_ x: Double) -> Double { log(upperCDF(x)) }

    /// The central interval that has the given probability, with equal tails.
    ///
    /// Throws `ParameterError` unless 0 < probability < 1.
    public func interval(_ probability: Double = 0.9) throws(ParameterError) -> ClosedRange<Value> {
        guard probability > 0, probability < 1 else {
            throw ParameterError("probability", is: probability, mustBe: "between 0 and 1")
        }
        let tail = 0.5 * (1 - probability)
        let (lower, upper) = (quantile(tail), upperQuantile(tail))
        return lower <= upper ? lower...upper : upper...max(lower, upper)
    }
}

/// A distribution on the real line with a density.
///
/// The functions of arrays are those of each number to a few units of 10⁻¹⁵, faster
/// where a family overrides them.
public protocol ContinuousDistribution: UnivariateDistribution where Value == Double {
    func logDensities(_ x: [Double]) -> [Double]
    func cdfs(_ x: [Double]) -> [Double]
    func upperCDFs(_ x: [Double]) -> [Double]
    func quantiles(_ p: [Double]) -> [Double]
    func upperQuantiles(_ q: [Double]) -> [Double]
}

extension ContinuousDistribution {
    public var median: Double { quantile(0.5) }

    public func logDensities(_ x: [Double]) -> [Double] { x.map { logDensity($0) } }
    public func cdfs(_ x: [Double]) -> [Double] { x.map { cdf($0) } }
    public func upperCDFs(_ x: [Double]) -> [Double] { x.map { upperCDF($0) } }
    public func quantiles(_ p: [Double]) -> [Double] { p.map { quantile($0) } }
    public func upperQuantiles(_ q: [Double]) -> [Double] { q.map { upperQuantile($0) } }
}

/// A distribution on the whole numbers.
///
/// `quantile` gives `Int.max` for an infinite quantile, and `Int.min` for an
/// argument that is not a probability.
public protocol DiscreteDistribution: UnivariateDistribution where Value == Int {}

extension DiscreteDistribution {
    public var median: Double { Double(quantile(0.5)) }

    /// The density of a number that may not be whole: −∞ then.
    package func logDensity(ofNumber x: Double) -> Double {
        if x.isNaN { return .nan }
        guard let k = Int(exactly: x) else { return -.infinity }
        return logDensity(k)
    }
}

/// A family of distributions that can be fitted to data by maximum likelihood.
public protocol FittableDistribution: Distribution {
    /// The distribution of the family under which the data are most likely.
    ///
    /// Throws `ParameterError` for data that are empty, too few, or outside the
    /// support, `NumericalError` where the likelihood has no maximum.
    static func fit(_ data: [Double]) throws -> Fit<Self>
}
