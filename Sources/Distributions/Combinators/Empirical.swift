// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The distribution of data: each value, with its weight.
///
///     let d = try Empirical([3, 1, 4, 1, 5])
///     d.cdf(1)                                // 0.4
///
/// `logDensity` is that of counting: the logarithm of the weight of exactly x.
/// Quantiles are the inverse of the distribution function, always one of the values.
public struct Empirical: UnivariateDistribution, Hashable {
    /// The different values, ascending.
    public let values: [Double]
    /// Their weights, which add up to 1.
    public let weights: [Double]
    private let lower: [Double]
    private let upper: [Double]

    /// - Parameter weights: nonnegative, made to add up to 1; equal ones if there are
    ///   none.
    ///
    /// Throws `ParameterError` for no data, data that are not finite, another number of
    /// weights, or weights that are negative or all 0.
    public init(_ data: [Double], weights: [Double]? = nil) throws(ParameterError) {
        for (i, x) in data.enumerated() where !x.isFinite {
            throw ParameterError("data[\(i)]", is: x, mustBe: "finite")
        }
        guard !data.isEmpty else {
            throw ParameterError("number of data", is: 0, mustBe: "at least 1")
        }
        // Whole weights keep shares exact.
        let given = weights ?? [Double](repeating: 1, count: data.count)
        _ = try MixtureWeights.checked(given, count: data.count)
        var values: [Double] = []
        var sums: [Double] = []
        for i in data.indices.sorted(by: { data[$0] < data[$1] }) where given[i] > 0 {
            if let last = values.last, last == data[i] {
                sums[sums.count - 1] += given[i]
            } else {
                values.append(data[i])
                sums.append(given[i])
            }
        }
        let total = sums.reduce(0, +)
        self.values = values
        self.weights = sums.map { $0 / total }
        var running = 0.0
        lower = sums.map {
            running += $0
            return min(running / total, 1)
        }
        running = 0
        upper = Array(
            sums.reversed().map { weight in
                defer { running += weight }
                return running / total
            }.reversed())
    }

    public var description: String { "Empirical(\(values.count) values)" }
    public var support: ClosedRange<Double> {
        (values.first ?? 0)...(values.last ?? 0)
    }
    private func expectation(_ f: (Double) -> Double) -> Double {
        zip(values, weights).reduce(0) { $0 + $1.1 * f($1.0) }
    }
    public var mean: Double {
        let center = values[values.count / 2]
        return center + expectation { $0 - center }
    }
    private func central(_ order: Int) -> Double {
        let m = mean
        return expectation {
            let d = $0 - m
            return order == 2 ? d * d : order == 3 ? d * d * d : d * d * d * d
        }
    }
    /// Of the distribution: the data's with n, not n − 1.
    public var variance: Double { central(2) }
    public var skewness: Double { central(3) / (variance * variance.squareRoot()) }
    public var excessKurtosis: Double { central(4) / (variance * variance) - 3 }
    /// The least of the values with most weight.
    public var mode: Double {
        let top = weights.max() ?? 0
        return values[weights.firstIndex(of: top) ?? 0]
    }
    public var median: Double { quantile(0.5) }
    public var entropy: Double { weights.reduce(0) { $0 - xLogY($1, $1) } }

    /// The number of values up to x.
    private func rank(_ x: Double) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= x { low = middle + 1 } else { high = middle }
        }
        return low
    }
    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        let r = rank(x)
        return r > 0 && values[r - 1] == x ? log(weights[r - 1]) : -.infinity
    }
    public func cdf(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        let r = rank(x)
        return r == 0 ? 0 : lower[r - 1]
    }
    public func upperCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        let r = rank(x)
        return r == 0 ? 1 : upper[r - 1]
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        return first { lower[$0] >= p * (1 - 1e-15) }
    }
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        return first { upper[$0] <= q * (1 + 1e-15) }
    }
    private func first(_ reached: (Int) -> Bool) -> Double {
        var (low, high) = (0, values.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if reached(middle) { high = middle } else { low = middle + 1 }
        }
        return values[low]
    }
    public func momentGeneratingFunction(_ t: Double) -> Double { expectation { exp(t * $0) } }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        ComplexNumber(expectation { cos(t * $0) }, expectation { sin(t * $0) })
    }
    public func sample(using generator: RandomGenerator) -> Double {
        quantile(1 - generator.uniform())
    }
}
