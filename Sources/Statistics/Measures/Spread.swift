// SPDX-License-Identifier: GPL-3.0-or-later

// Measures of how far the data scatter. NaN in the data gives NaN, as does a
// list too short for the measure.

/// The sum of squared deviations from the mean, in two passes with careful
/// sums (T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the
/// sample variance", 1983, equation 1.7).
func sumOfSquares(_ x: [Double]) -> Double {
    guard !x.isEmpty else { return .nan }
    let mean = CarefulMean(x)
    var squares = CarefulSum()
    var deviations = CarefulSum()
    for value in x {
        let deviation = mean.deviation(of: value)
        squares.add(deviation, times: deviation)
        deviations.add(deviation)
    }
    let rest = deviations.value
    let result = squares.value - rest * rest / Double(x.count)
    return result < 0 ? 0 : result
}

/// The sample variance, with divisor n − 1; NaN of fewer than two values.
public func variance(_ x: [Double]) -> Double {
    x.count > 1 ? sumOfSquares(x) / Double(x.count - 1) : .nan
}

/// The variance of the values as a whole population, with divisor n.
public func populationVariance(_ x: [Double]) -> Double {
    sumOfSquares(x) / Double(x.count)
}

/// The sample standard deviation, with divisor n − 1.
public func standardDeviation(_ x: [Double]) -> Double { variance(x).squareRoot() }

/// The standard error of the mean of independent values: sd / √n.
public func standardError(_ x: [Double]) -> Double {
    standardDeviation(x) / Double(x.count).squareRoot()
}

/// The median absolute deviation from the median.
/// - Parameter scale: The default makes it comparable to the standard deviation
///   of normal data, as in R; 1 gives the plain median.
public func medianAbsoluteDeviation(_ x: [Double], scale: Double = 1.482602218505602) -> Double {
    let center = median(x)
    return scale * median(x.map { $0 == center ? 0 : abs($0 - center) })
}

/// The distance between the quartiles (quantile definition 7).
public func interquartileRange(_ x: [Double]) -> Double {
    let quartiles = quantiles(x, [0.25, 0.75])
    return quartiles[1] - quartiles[0]
}
