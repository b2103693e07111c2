// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether a measure of shape corrects for the bias of small samples.
public enum ShapeEstimator: Sendable {
    /// Ratios of the sample's own moments: g₁, g₂ (SciPy's default).
    case plain
    /// Adjusted to be unbiased for normal data: G₁, G₂ (SAS, SPSS, Excel).
    case adjusted
}

/// The skewness: the third central moment over the cube of the standard
/// deviation. NaN of constant data, of fewer than two values (three when
/// adjusted).
public func skewness(_ x: [Double], estimator: ShapeEstimator = .plain) -> Double {
    let n = Double(x.count)
    guard let (m2, m3, _) = centralMoments(x), m2 > 0 else { return .nan }
    let g1 = m3 / (m2 * m2.squareRoot())
    switch estimator {
    case .plain: return g1
    case .adjusted: return n > 2 ? g1 * (n * (n - 1)).squareRoot() / (n - 2) : .nan
    }
}

/// The excess kurtosis: the fourth central moment over the squared variance,
/// less 3, which is the normal distribution's. NaN of constant data, of fewer
/// than two values (four when adjusted).
public func excessKurtosis(_ x: [Double], estimator: ShapeEstimator = .plain) -> Double {
    let n = Double(x.count)
    guard let (m2, _, m4) = centralMoments(x), m2 > 0 else { return .nan }
    let g2 = m4 / (m2 * m2) - 3
    switch estimator {
    case .plain: return g2
    case .adjusted:
        return n > 3 ? (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6) : .nan
    }
}

/// The second to fourth central moments with divisor n, of deviations scaled
/// so that no power overflows.
private func centralMoments(_ x: [Double]) -> (Double, Double, Double)? {
    guard x.count > 1 else { return nil }
    let mean = CarefulMean(x)
    let deviations = x.map { mean.deviation(of: $0) }
    let scale = deviations.reduce(0) { max($0, abs($1)) }
    guard scale > 0, scale.isFinite else { return nil }
    var sums = (CarefulSum(), CarefulSum(), CarefulSum())
    for deviation in deviations {
        guard !deviation.isNaN else { return nil }
        let d = deviation / scale
        let square = d * d
        sums.0.add(square)
        sums.1.add(square, times: d)
        sums.2.add(square, times: square)
    }
    let n = Double(x.count)
    return (sums.0.value / n, sums.1.value / n, sums.2.value / n)
}
