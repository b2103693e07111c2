// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The logistic-normal distribution of probabilities that add up to 1: the log odds
/// of all against the last are a normal vector.
///
///     let d = try MultivariateLogitNormal(mean: [0, 1], covariance: [[1, 0.5], [0.5, 1]])
///     d.sample(using: generator)              // three probabilities
///
/// Source: J. Aitchison, S. M. Shen, "Logistic-normal distributions", Biometrika 67 (1980).
public struct MultivariateLogitNormal: Distribution, Hashable {
    /// The distribution of log(xᵢ/x_K), i < K.
    public let logits: MultivariateNormal

    /// Throws `ParameterError` unless the covariance is symmetric and positive definite
    /// of the size of the mean.
    public init(mean: [Double], covariance: [[Double]]) throws(ParameterError) {
        logits = try MultivariateNormal(mean: mean, covariance: covariance)
    }

    public var description: String {
        "MultivariateLogitNormal(mean: \(logits.mean), covariance: \(logits.covariance))"
    }
    /// The number of probabilities.
    public var dimension: Int { logits.dimension + 1 }

    /// Relative to Lebesgue measure of all components but the last; −∞ unless they are
    /// positive and add up to 1, within 1e-8, NaN where there are more or less.
    public func logDensity(_ x: [Double]) -> Double {
        guard x.count == dimension, !x.contains(where: \.isNaN), let last = x.last else {
            return .nan
        }
        guard x.allSatisfy({ $0 > 0 }), abs(x.reduce(0, +) - 1) <= 1e-8 else { return -.infinity }
        let y = x.dropLast().map { log($0 / last) }
        return x.reduce(logits.logDensity(y)) { $0 - log($1) }
    }

    public func sample(using generator: RandomGenerator) -> [Double] {
        let y = logits.sample(using: generator) + [0]
        let total = logSumExp(y)
        return y.map { exp($0 - total) }
    }
}
