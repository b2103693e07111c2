// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The distribution that smooths data: a normal distribution of a given width around
/// each value, all with the same weight.
///
///     let d = try KernelDistribution([1.2, 3.4, 2.2], bandwidth: 0.5)
///     d.mean                                  // that of the data
///
/// `kernelDensity` in Statistics draws the same density on a grid and chooses
/// bandwidths.
public struct KernelDistribution: ContinuousDistribution, Hashable {
    /// The data, ascending.
    public let values: [Double]
    /// The standard deviation of a kernel.
    public let bandwidth: Double

    /// Throws `ParameterError` for no data, data that are not finite, and a bandwidth
    /// that is not positive.
    public init(_ data: [Double], bandwidth: Double) throws(ParameterError) {
        for (i, x) in data.enumerated() where !x.isFinite {
            throw ParameterError("data[\(i)]", is: x, mustBe: "finite")
        }
        guard !data.isEmpty else {
            throw ParameterError("number of data", is: 0, mustBe: "at least 1")
        }
        values = data.sorted()
        self.bandwidth = try Parameter.positive(bandwidth, "bandwidth")
    }

    public var description: String {
        "KernelDistribution(\(values.count) values, bandwidth: \(bandwidth))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    private var n: Double { Double(values.count) }
    public var mean: Double {
        let center = values[values.count / 2]
        return center + values.reduce(0) { $0 + ($1 - center) } / n
    }
    private func central(_ order: Int) -> Double {
        let m = mean
        return values.reduce(0) {
            let d = $1 - m
            return $0 + (order == 2 ? d * d : order == 3 ? d * d * d : d * d * d * d)
        } / n
    }
    public var variance: Double { central(2) + bandwidth * bandwidth }
    public var skewness: Double { central(3) / (variance * variance.squareRoot()) }
    public var excessKurtosis: Double {
        let (h, v) = (bandwidth * bandwidth, central(2))
        return (central(4) + 6 * v * h + 3 * h * h) / ((v + h) * (v + h)) - 3
    }
    /// The highest point near the data.
    public var mode: Double {
        guard let start = values.max(by: { logDensity($0) < logDensity($1) }) else { return .nan }
        var (a, b) = (start - bandwidth, start + bandwidth)
        let ratio = 0.618_033_988_749_894_8
        for _ in 0..<100 {
            let (c, d) = (b - ratio * (b - a), a + ratio * (b - a))
            if logDensity(c) >= logDensity(d) { b = d } else { a = c }
        }
        return 0.5 * (a + b)
    }
    /// By quadrature.
    public var entropy: Double { NumericMoments.entropy(self) }

    private func logMean(_ x: Double, _ f: (Double) -> Double) -> Double {
        if x.isNaN { return .nan }
        return logSumExp(values.map { f((x - $0) / bandwidth) }) - log(n)
    }
    public func logDensity(_ x: Double) -> Double {
        if x.isInfinite { return -.infinity }
        return logMean(x) { -0.5 * $0 * $0 } - halfLog2Pi - log(bandwidth)
    }
    public func cdf(_ x: Double) -> Double {
        x.isNaN ? .nan : values.reduce(0) { $0 + normalCDF((x - $1) / bandwidth) } / n
    }
    public func upperCDF(_ x: Double) -> Double {
        x.isNaN ? .nan : values.reduce(0) { $0 + normalCDF(($1 - x) / bandwidth) } / n
    }
    public func logCDF(_ x: Double) -> Double {
        cdf(x) > 0.5 ? log1p(-upperCDF(x)) : logMean(x) { logNormalCDF($0) }
    }
    public func logUpperCDF(_ x: Double) -> Double {
        upperCDF(x) > 0.5 ? log1p(-cdf(x)) : logMean(x) { logNormalCDF(-$0) }
    }
    private var start: Double { values[values.count / 2] }
    public func quantile(_ p: Double) -> Double { solveQuantile(p, upper: false, start: start) }
    public func upperQuantile(_ q: Double) -> Double {
        solveQuantile(q, upper: true, start: start)
    }
    public func sample(using generator: RandomGenerator) -> Double {
        values[generator.uniform(below: values.count)] + bandwidth * generator.normal()
    }
}
