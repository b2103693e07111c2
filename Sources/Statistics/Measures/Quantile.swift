// SPDX-License-Identifier: GPL-3.0-or-later

/// The nine definitions of sample quantiles of R. J. Hyndman and Y. Fan,
/// "Sample quantiles in statistical packages" (1996), numbered as there.
public enum QuantileDefinition: Int, Sendable, CaseIterable {
    /// 1: the inverse of the empirical distribution function.
    case inverse = 1
    /// 2: as 1, with averages at the steps (SAS's default).
    case averagedInverse
    /// 3: the nearest order statistic, the even one of two.
    case nearestEven
    /// 4: linear interpolation of the empirical distribution function.
    case interpolatedInverse
    /// 5: the steps' midpoints are joined (hydrologists; A. Hazen).
    case hazen
    /// 6: the k-th value is at k / (n + 1) (Minitab, SPSS; W. Weibull).
    case weibull
    /// 7: the k-th value is at (k − 1) / (n − 1) (R, NumPy, Excel, Julia).
    case linear
    /// 8: nearly unbiased for the median, whatever the distribution.
    case medianUnbiased
    /// 9: nearly unbiased for normal data.
    case normalUnbiased
}

/// The quantile of a probability.
///
///     quantile([1, 2, 4, 8], 0.5)      // 3.0
/// - Parameters:
///   - p: From 0 to 1; NaN elsewhere.
///   - definition: 7 (`.linear`) unless said otherwise.
public func quantile(
    _ x: [Double], _ p: Double, definition: QuantileDefinition = .linear
) -> Double {
    quantiles(x, [p], definition: definition)[0]
}

/// The quantiles of several probabilities, sorting once.
public func quantiles(
    _ x: [Double], _ probabilities: [Double], definition: QuantileDefinition = .linear
) -> [Double] {
    guard !x.isEmpty, !x.contains(where: \.isNaN) else { return probabilities.map { _ in .nan } }
    let sorted = x.sorted()
    return probabilities.map { quantile(ofSorted: sorted, $0, definition: definition) }
}

/// The quantile of numbers in ascending order, without NaN.
package func quantile(
    ofSorted x: [Double], _ p: Double, definition: QuantileDefinition = .linear
) -> Double {
    guard p >= 0, p <= 1, let first = x.first, let last = x.last else { return .nan }
    let n = Double(x.count)
    // The place of the quantile between the order statistics, from 1: it lies
    // `weight` of the way from number `below` to the next.
    let place: Double
    switch definition {
    case .inverse, .averagedInverse: place = n * p
    case .nearestEven: place = n * p - 0.5
    case .interpolatedInverse: place = n * p
    case .hazen: place = n * p + 0.5
    case .weibull: place = (n + 1) * p
    case .linear: place = (n - 1) * p + 1
    case .medianUnbiased: place = (n + 1.0 / 3) * p + 1.0 / 3
    case .normalUnbiased: place = (n + 0.25) * p + 0.375
    }
    // Rounding must not carry a place over a step: 0.1 · 30 is 3, not 3 + 4e-16.
    let fuzz = 4 * Double.ulpOfOne
    let below = (place + fuzz * max(1, abs(place))).rounded(.down)
    let rest = abs(place - below) <= fuzz * max(1, abs(place)) ? 0 : place - below
    let weight: Double =
        switch definition {
        case .inverse: rest > 0 ? 1 : 0
        case .averagedInverse: rest > 0 ? 1 : 0.5
        case .nearestEven: rest == 0 && below.truncatingRemainder(dividingBy: 2) == 0 ? 0 : 1
        default: rest
        }
    if below < 1 { return first }
    if below >= n { return last }
    let index = Int(below) - 1
    let (low, high) = (x[index], x[index + 1])
    if weight == 0 || low == high { return low }
    if weight == 1 { return high }
    return low + weight * (high - low)
}
