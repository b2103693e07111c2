// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The multinomial distribution: how many of n trials have each outcome.
///
/// Mass n!/Π kᵢ! Π pᵢ^kᵢ. Stan: `multinomial(theta)`; R: `multinom(size, prob)`.
///
///     let d = try Multinomial(trials: 10, probabilities: [0.2, 0.3, 0.5])
///     d.mean                                  // [2, 3, 5]
///
/// Source: Johnson, Kotz and Balakrishnan, Discrete Multivariate Distributions, ch. 35.
public struct Multinomial: Distribution, Hashable {
    public let trials: Int
    public let probabilities: [Double]
    private var n: Double { Double(trials) }

    /// Throws `ParameterError` unless the number of trials is nonnegative and the
    /// probabilities are nonnegative and add up to 1, within 1e-8.
    public init(trials: Int, probabilities: [Double]) throws(ParameterError) {
        self.trials = try Parameter.count(trials, "trials")
        self.probabilities = try Parameter.probabilities(probabilities, "probabilities")
    }

    public var description: String {
        "Multinomial(trials: \(trials), probabilities: \(probabilities))"
    }
    /// The number of outcomes.
    public var dimension: Int { probabilities.count }
    public var mean: [Double] { probabilities.map { n * $0 } }
    public var covariance: [[Double]] {
        let p = probabilities
        return p.indices.map { i in
            p.indices.map { j in n * (i == j ? p[i] * (1 - p[i]) : -p[i] * p[j]) }
        }
    }
    /// A most likely outcome: from the whole parts of the means, one by one to where
    /// the next is most likely.
    public var mode: [Int] {
        var counts = probabilities.map { count((n * $0).rounded(.down)) }
        var left = trials - counts.reduce(0, +)
        while left > 0 {
            let gain = { (i: Int) in probabilities[i] / Double(counts[i] + 1) }
            guard let best = counts.indices.max(by: { gain($0) < gain($1) }) else { break }
            counts[best] += 1
            left -= 1
        }
        return counts
    }

    /// −∞ unless the counts are nonnegative and add up to the number of trials; NaN
    /// unless there are as many as probabilities.
    ///
    /// As the Poisson masses of means n pᵢ over that of n: no factorials cancel.
    public func logDensity(_ x: [Int]) -> Double {
        guard x.count == dimension else { return .nan }
        var total = 0
        for k in x {
            let (sum, overflow) = total.addingReportingOverflow(k)
            guard k >= 0, !overflow else { return -.infinity }
            total = sum
        }
        guard total == trials else { return -.infinity }
        if trials == 0 { return 0 }
        let parts = zip(x, probabilities).map { poissonLogDensity(Double($0), mean: n * $1) }
        return parts.reduce(-poissonLogDensity(n, mean: n), +)
    }

    public func sample(using generator: RandomGenerator) -> [Int] {
        generator.multinomial(trials: trials, probabilities)
    }
}
