// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

// Measures of where the data lie. NaN in the data gives NaN, as does a list
// too short for the measure.

/// The sum, correctly rounded but for extreme cancellation.
public func sum(_ x: [Double]) -> Double { CarefulSum.sum(x) }

/// The arithmetic mean; NaN of an empty list.
///
///     mean([1, 2, 4])    // 2.3333333333333335
public func mean(_ x: [Double]) -> Double {
    x.isEmpty ? .nan : CarefulSum.sum(x) / Double(x.count)
}

/// The mean of what remains when a fraction of the values is cut off at each
/// end (R: `mean(x, trim =)`).
/// - Parameter fraction: In [0, 0.5); from 0.5 the median.
public func trimmedMean(_ x: [Double], fraction: Double) -> Double {
    guard !x.isEmpty, fraction >= 0, !x.contains(where: \.isNaN) else { return .nan }
    guard fraction < 0.5 else { return median(x) }
    let sorted = x.sorted()
    let cut = Int(Double(x.count) * fraction)
    return mean(Array(sorted[cut..<sorted.count - cut]))
}

/// The mean with weights: Σ wᵢ xᵢ / Σ wᵢ.
/// - Throws: `ParameterError` when lengths differ, a weight is negative or not
///   finite, or all weights are 0.
public func weightedMean(_ x: [Double], weights: [Double]) throws(ParameterError) -> Double {
    try requireEqualLengths(x, weights, "weights")
    var total = CarefulSum()
    var product = CarefulSum()
    for (value, weight) in zip(x, weights) {
        guard weight >= 0, weight.isFinite else {
            throw ParameterError("weight", is: weight, mustBe: "finite and not negative")
        }
        total.add(weight)
        if weight > 0 { product.add(weight, times: value) }
    }
    guard total.value > 0 else {
        throw ParameterError("sum of the weights", is: total.value, mustBe: "positive")
    }
    return product.value / total.value
}

/// The median: the middle value, or the mean of the two middle ones.
public func median(_ x: [Double]) -> Double {
    guard !x.isEmpty, !x.contains(where: \.isNaN) else { return .nan }
    let sorted = x.sorted()
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[middle] }
    let (a, b) = (sorted[middle - 1], sorted[middle])
    // The sum may overflow, the halves not.
    return a == b ? a : (a + b).isFinite ? (a + b) / 2 : a / 2 + b / 2
}

func requireEqualLengths(
    _ x: [Double], _ y: [Double], _ name: String = "y"
) throws(ParameterError) {
    guard x.count == y.count else {
        throw ParameterError(name, is: "\(y.count) long", mustBe: "\(x.count) long, as x is")
    }
}
