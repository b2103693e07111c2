// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon
import Foundation

/// Chi-squared over a thousand cells of equal probability (a cell a count for
/// counts), Kolmogorov's statistic at their edges, and the first two moments in
/// standard errors, of many draws.
///
/// Returns whether all pass: each fails with probability 1e-6 when nothing is
/// wrong, one of the 32 with 3e-5.
func check(draws: Int, seed: UInt64) throws -> Bool {
    answer("| | chi-squared's p | √n D | mean | variance |\n|---|--:|--:|--:|--:|")
    let root = StreamKey(seed: seed)
    func one<D: UnivariateDistribution>(_ d: D, _ edges: [Double]) throws -> Bool {
        try check(d, edges, draws, RandomGenerator(root.child("\(d)")))
    }
    func continuous<D: ContinuousDistribution>(_ d: D) throws -> Bool {
        try one(d, (1..<1000).map { d.quantile(Double($0) / 1000) })
    }
    func counts<D: DiscreteDistribution>(_ d: D) throws -> Bool {
        let n = Double(draws)
        return try one(d, (d.quantile(30 / n)...d.upperQuantile(30 / n)).map { Double($0) })
    }
    let results = [
        try continuous(Uniform(lower: 0, upper: 1)),
        try continuous(Normal(mean: 0, standardDeviation: 1)),
        try continuous(Exponential(rate: 1)), try continuous(Gamma(shape: 2.5, rate: 1)),
        try continuous(Beta(alpha: 2, beta: 3)), try continuous(StudentT(degreesOfFreedom: 5)),
        try counts(Poisson(rate: 10)), try counts(Binomial(trials: 100, probability: 0.3)),
    ]
    return !results.contains(false)
}

/// - Parameter edges: the upper ends of the cells but the last, ends included.
private func check<D: UnivariateDistribution>(
    _ d: D, _ edges: [Double], _ draws: Int, _ generator: RandomGenerator
) throws -> Bool {
    var counts = [Int](repeating: 0, count: edges.count + 1)
    var (sum, squares, fourths) = (0.0, 0.0, 0.0)
    let mean = d.mean
    var left = draws
    while left > 0 {
        let values = d.sample(min(left, 10_000), using: generator)
        left -= values.count
        for value in values {
            let x = (value as? Double) ?? (value as? Int).map { Double($0) } ?? .nan
            var (low, high) = (0, edges.count)
            while low < high {
                let middle = (low + high) / 2
                if x <= edges[middle] { high = middle } else { low = middle + 1 }
            }
            counts[low] += 1
            let square = (x - mean) * (x - mean)
            sum += x - mean
            squares += square
            fourths += square * square
        }
    }
    let n = Double(draws)
    var (chi, largest, below, last) = (0.0, 0.0, 0, 0.0)
    for (i, count) in counts.enumerated() {
        let upTo = i < edges.count ? d.cdf(edges[i]) : 1
        let mass = i < edges.count ? upTo - last : d.upperCDF(edges[i - 1])
        chi += (Double(count) - n * mass) * (Double(count) - n * mass) / (n * mass)
        below += count
        largest = max(largest, abs(Double(below) / n - upTo))
        last = upTo
    }
    let p = try ChiSquared(degreesOfFreedom: Double(edges.count)).upperCDF(chi)
    let kolmogorov = largest * n.squareRoot()
    let first = sum / n / (d.variance / n).squareRoot()
    let spread = (fourths / n - d.variance * d.variance) / n
    let second = (squares / n - d.variance) / spread.squareRoot()
    let line = String(
        format: "| %@ | %.4f | %.3f | %.2f | %.2f |", "\(d)", p, kolmogorov, first, second)
    answer(line)
    return p > 5e-7 && p < 1 - 5e-7 && kolmogorov < 2.69 && abs(first) < 4.9 && abs(second) < 4.9
}
