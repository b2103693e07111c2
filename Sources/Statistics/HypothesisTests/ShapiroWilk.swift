// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import SpecialFunctions

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The test of S. S. Shapiro and M. B. Wilk: can the data come from a normal
/// distribution?
///
///     try shapiroWilk(residuals)
///
/// W is near 1 for normal data. Weights and p-value by P. Royston, "Remark AS
/// R94: a remark on algorithm AS 181" (1995), as in R and SciPy: approximate,
/// to about two digits of p. With many data the smallest departure is found:
/// look at a quantile plot too. NaN counts as missing.
/// - Throws: `ParameterError` with fewer than 3 or more than 5000 values, an
///   infinite value, or constant data.
public func shapiroWilk(_ x: [Double]) throws(ParameterError) -> TestResult {
    let sample = try TestSample(x, "x", minimum: 3)
    guard sample.values.count <= 5000 else {
        throw ParameterError(
            "x", is: "\(sample.values.count) values long", mustBe: "at most 5000 values long")
    }
    let sorted = sample.values.sorted()
    let n = sorted.count
    let range = sorted[n - 1] - sorted[0]
    guard range > 0 else {
        throw ParameterError("x", is: "constant", mustBe: "of some variation")
    }
    guard range.isFinite else {
        throw ParameterError("x", is: "too large", mustBe: "scaled down, below 1e300")
    }
    let weights = shapiroWeights(n)
    // W = (Σ aᵢ xᵢ)² / Σ (xᵢ − x̄)² with the weights scaled to Σ a² = 1, from
    // deviations; 1 − W by the difference of squares, which keeps its digits.
    let mean = CarefulMean(sorted)
    let deviations = sorted.map { mean.deviation(of: $0) / range }
    var (products, squares, weightSquares) = (CarefulSum(), CarefulSum(), CarefulSum())
    for (deviation, weight) in zip(deviations, weights) {
        products.add(weight, times: deviation)
        squares.add(deviation, times: deviation)
        weightSquares.add(weight, times: weight)
    }
    let norm = (squares.value * weightSquares.value).squareRoot()
    let rest = max(0, (norm - products.value) * (norm + products.value) / (norm * norm))
    let w = 1 - rest
    return TestResult(
        name: "Shapiro–Wilk test", hypothesis: "the data come from a normal distribution",
        statistic: ("W", w), pValue: shapiroPValue(w, rest, n),
        method: n == 3 ? "exact distribution" : "Royston's approximation",
        sampleSizes: [n], hasTies: zip(sorted, sorted.dropFirst()).contains { $0 == $1 },
        notes: sample.notes)
}

/// c₀ + c₁ x + c₂ x² + …
private func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
}

/// Royston's approximation of the best weights of ordered normal data.
private func shapiroWeights(_ n: Int) -> [Double] {
    if n == 3 { return [-0.5.squareRoot(), 0, 0.5.squareRoot()] }
    let half = n / 2
    let scores = (1...half).map { normalQuantile((Double($0) - 0.375) / (Double(n) + 0.25)) }
    let sum = 2 * scores.reduce(0) { $0 + $1 * $1 }
    let u = 1 / Double(n).squareRoot()
    let root = sum.squareRoot()
    var upper = [Double](repeating: 0, count: half)
    upper[0] =
        polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], u)
        - scores[0] / root
    let fixed: Int
    let factor: Double
    if n > 5 {
        upper[1] =
            polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], u)
            - scores[1] / root
        fixed = 2
        factor =
            ((sum - 2 * scores[0] * scores[0] - 2 * scores[1] * scores[1])
            / (1 - 2 * upper[0] * upper[0] - 2 * upper[1] * upper[1])).squareRoot()
    } else {
        fixed = 1
        factor =
            ((sum - 2 * scores[0] * scores[0]) / (1 - 2 * upper[0] * upper[0])).squareRoot()
    }
    for i in fixed..<half { upper[i] = -scores[i] / factor }
    var weights = [Double](repeating: 0, count: n)
    for i in 0..<half {
        weights[i] = -upper[i]
        weights[n - 1 - i] = upper[i]
    }
    return weights
}

private func shapiroPValue(_ w: Double, _ rest: Double, _ n: Int) -> Double {
    if n == 3 {
        // Exact: 6/π (arcsin √W − arcsin √¾).
        return max(0, 6 / Double.pi * (asin(w.squareRoot()) - asin(0.75.squareRoot())))
    }
    if rest == 0 { return 1 }
    let size = Double(n)
    var y = log(rest)
    let (mean, sd): (Double, Double)
    if n <= 11 {
        let gamma = -2.273 + 0.459 * size
        guard y < gamma else { return 0 }
        y = -log(gamma - y)
        mean = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], size)
        sd = exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], size))
    } else {
        let x = log(size)
        mean = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], x)
        sd = exp(polynomial([-0.4803, -0.082676, 0.0030302], x))
    }
    return Tail.normal((y - mean) / sd)
}
