// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

// How far predictions are from what was observed. Lists of different lengths
// are a `ParameterError`; NaN in either, or empty lists, give NaN.

/// The mean of the squared differences between predictions and observations.
public func meanSquaredError(
    of predictions: [Double], against observed: [Double]
) throws(ParameterError) -> Double {
    try requireEqualLengths(predictions, observed, "observed")
    var squares = CarefulSum()
    for (a, b) in zip(predictions, observed) { squares.add(a - b, times: a - b) }
    return predictions.isEmpty ? .nan : squares.value / Double(predictions.count)
}

/// The root of the mean squared error, in the units of the data.
public func rootMeanSquaredError(
    of predictions: [Double], against observed: [Double]
) throws(ParameterError) -> Double {
    try meanSquaredError(of: predictions, against: observed).squareRoot()
}

/// The mean of the absolute differences between predictions and observations.
public func meanAbsoluteError(
    of predictions: [Double], against observed: [Double]
) throws(ParameterError) -> Double {
    try requireEqualLengths(predictions, observed, "observed")
    return mean(zip(predictions, observed).map { abs($0 - $1) })
}
