// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

// Measures of how two lists go together. Lists of different lengths are a
// `ParameterError`; NaN in either gives NaN.

/// Σ (xᵢ − x̄)(yᵢ − ȳ), with careful sums.
private func sumOfProducts(_ x: [Double], _ y: [Double]) -> Double {
    guard !x.isEmpty else { return .nan }
    let (meanX, meanY) = (CarefulMean(x), CarefulMean(y))
    var products = CarefulSum()
    for (a, b) in zip(x, y) {
        products.add(meanX.deviation(of: a), times: meanY.deviation(of: b))
    }
    return products.value
}

/// The sample covariance, with divisor n − 1.
public func covariance(_ x: [Double], _ y: [Double]) throws(ParameterError) -> Double {
    try requireEqualLengths(x, y)
    return x.count > 1 ? sumOfProducts(x, y) / Double(x.count - 1) : .nan
}

/// Pearson's correlation: from −1 to 1, how well a line fits. NaN when one of
/// the lists is constant.
public func correlation(_ x: [Double], _ y: [Double]) throws(ParameterError) -> Double {
    try requireEqualLengths(x, y)
    let (a, b) = (sumOfSquares(x).squareRoot(), sumOfSquares(y).squareRoot())
    guard a > 0, b > 0 else { return .nan }
    let r = sumOfProducts(x, y) / a / b
    return r.isNaN ? .nan : min(1, max(-1, r))
}

/// Spearman's rank correlation: Pearson's of the ranks; how well any
/// increasing curve fits.
public func rankCorrelation(_ x: [Double], _ y: [Double]) throws(ParameterError) -> Double {
    try correlation(ranks(x), ranks(y))
}

/// The autocorrelation at a lag: Σ (xᵢ − x̄)(xᵢ₊ₗ − x̄) / Σ (xᵢ − x̄)². NaN of
/// constant data, and for a lag outside 0 ..< n.
public func autocorrelation(_ x: [Double], lag: Int) -> Double {
    guard lag >= 0, lag < x.count else { return .nan }
    let mean = CarefulMean(x)
    var products = CarefulSum()
    var squares = CarefulSum()
    for (i, value) in x.enumerated() {
        let deviation = mean.deviation(of: value)
        squares.add(deviation, times: deviation)
        if i + lag < x.count { products.add(deviation, times: mean.deviation(of: x[i + lag])) }
    }
    return squares.value > 0 ? products.value / squares.value : .nan
}

/// The autocorrelations at the lags 0 … `lag`.
public func autocorrelations(_ x: [Double], upTo lag: Int) -> [Double] {
    (0..<max(0, lag) + 1).map { autocorrelation(x, lag: $0) }
}
