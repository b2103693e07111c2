// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Distributions
import Errors
import Randomness

/// How far an estimator is off, found by applying it to simulated samples.
public struct EstimatorAccuracy: Hashable, Sendable, CustomStringConvertible {
    /// The mean of the squared errors; the squared bias and the variance add up
    /// to it.
    public let meanSquaredError: Estimate
    /// The mean error.
    public let bias: Estimate
    /// The square of the mean error.
    public let squaredBias: Estimate
    /// The variance of the estimator, with divisor `replications`.
    public let variance: Estimate
    /// The size of each sample.
    public let sampleSize: Int
    /// The number of samples.
    public let replications: Int

    /// "mean squared error 0.0500 ± 0.0011 = squared bias … + variance …".
    public var description: String {
        """
        mean squared error \(meanSquaredError)
          bias \(bias)
          squared bias \(squaredBias)
          variance \(variance)
          n = \(sampleSize), \(replications) replications
        """
    }
}

/// The mean squared error of an estimator, with its bias and variance:
/// `replications` samples of `n` draws each are made, the estimator is applied
/// to each, and the results are compared with the target.
///
///     let d = try Gamma(shape: 3, rate: 2)
///     try estimatorAccuracy(
///         of: { median($0) }, target: d.mean, under: d, n: 20, replications: 10_000,
///         using: generator)
///
/// - Throws: `ParameterError` for n below 1 or fewer than two replications; what
///   the estimator throws.
public func estimatorAccuracy<Value>(
    of estimator: ([Value]) throws -> Double, target: Double,
    under distribution: some Distribution<Value>, n: Int, replications: Int,
    using generator: RandomGenerator
) throws -> EstimatorAccuracy {
    guard n >= 1 else { throw ParameterError("n", is: n, mustBe: "at least 1") }
    guard replications >= 2 else {
        throw ParameterError("replications", is: replications, mustBe: "at least 2")
    }
    var errors = Moments()
    var squares = Moments()
    for _ in 0..<replications {
        let error = try estimator(distribution.sample(n, using: generator)) - target
        errors.add(error)
        squares.add(error * error)
    }
    let count = Double(replications)
    let bias = Estimate(
        errors.mean, standardError: errors.standardError, effectiveSampleSize: count)
    let variance = errors.variance * (count - 1) / count
    // The variance of a sample variance is (μ₄ − σ⁴) / n to first order.
    let fourth = (errors.excessKurtosis + 3) * variance * variance
    let varianceError = (max(0, fourth - variance * variance) / count).squareRoot()
    return EstimatorAccuracy(
        meanSquaredError: Estimate(
            squares.mean, standardError: squares.standardError, effectiveSampleSize: count),
        bias: bias,
        squaredBias: Estimate(
            bias.value * bias.value, standardError: 2 * abs(bias.value) * bias.standardError,
            effectiveSampleSize: count),
        variance: Estimate(
            variance, standardError: variance == 0 ? 0 : varianceError,
            effectiveSampleSize: count),
        sampleSize: n, replications: replications)
}

/// The mean squared error of an estimator, from simulated samples; its parts
/// are in `estimatorAccuracy`.
public func meanSquaredError<Value>(
    of estimator: ([Value]) throws -> Double, target: Double,
    under distribution: some Distribution<Value>, n: Int, replications: Int,
    using generator: RandomGenerator
) throws -> Estimate {
    try estimatorAccuracy(
        of: estimator, target: target, under: distribution, n: n, replications: replications,
        using: generator
    ).meanSquaredError
}
