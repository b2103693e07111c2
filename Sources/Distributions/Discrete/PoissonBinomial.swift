// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The Poisson-binomial distribution: successes in independent trials, each with
/// its own probability.
///
/// Made in time n² by adding one trial after the other. R (package poibin): `poibin(pp)`.
///
///     let d = try PoissonBinomial(probabilities: [0.1, 0.5, 0.9])
///     d.pdf(3)                                // 0.045
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, section 3.12.2.
public struct PoissonBinomial: DiscreteDistribution, Hashable {
    public let probabilities: [Double]
    private let mass: FiniteMass

    /// Throws `ParameterError` unless all are between 0 and 1.
    public init(probabilities: [Double]) throws(ParameterError) {
        for (i, p) in probabilities.enumerated() {
            _ = try Parameter.probability(p, "probabilities[\(i)]")
        }
        self.probabilities = probabilities
        mass = FiniteMass(logs: Self.logMasses(probabilities))
    }

    /// Masses as they are and, where they underflow, by their logarithms.
    private static func logMasses(_ probabilities: [Double]) -> [Double] {
        var masses = [1.0]
        masses.reserveCapacity(probabilities.count + 1)
        for p in probabilities {
            masses.append(0)
            for k in stride(from: masses.count - 1, to: 0, by: -1) {
                masses[k] = masses[k] * (1 - p) + masses[k - 1] * p
            }
            masses[0] *= 1 - p
        }
        var logs = masses.map { log($0) }
        if masses.contains(where: { $0 < 1e-280 }) {
            var all = [0.0]
            for p in probabilities {
                let (yes, no) = (log(p), log1p(-p))
                all.append(-.infinity)
                for k in stride(from: all.count - 1, to: 0, by: -1) {
                    all[k] = logSumExp(all[k] + no, all[k - 1] + yes)
                }
                all[0] += no
            }
            for k in logs.indices where masses[k] < 1e-280 { logs[k] = all[k] }
        }
        // No success at all, or all: a product, whose logarithm may be near 0.
        logs[0] = probabilities.reduce(0) { $0 + log1p(-$1) }
        logs[logs.count - 1] = probabilities.reduce(0) { $0 + log($1) }
        for k in logs.indices where masses[k] > 0.6 && k > 0 && k < logs.count - 1 {
            logs[k] = log1p(-masses.indices.reduce(0) { $1 == k ? $0 : $0 + masses[$1] })
        }
        return logs
    }

    public var description: String { "PoissonBinomial(probabilities: \(probabilities))" }
    public var support: ClosedRange<Double> {
        Double(probabilities.count { $0 == 1 })...Double(probabilities.count { $0 > 0 })
    }
    private func sum(_ f: (Double) -> Double) -> Double { probabilities.reduce(0) { $0 + f($1) } }
    public var mean: Double { sum { $0 } }
    public var variance: Double { sum { $0 * (1 - $0) } }
    public var skewness: Double {
        sum { $0 * (1 - $0) * (1 - 2 * $0) } / (variance * variance.squareRoot())
    }
    public var excessKurtosis: Double {
        sum { $0 * (1 - $0) * (1 - 6 * $0 * (1 - $0)) } / (variance * variance)
    }
    public var mode: Double { Double(mass.mode) }
    public var entropy: Double { mass.entropy }

    public func logDensity(_ x: Int) -> Double { mass.logDensity(x) }
    public func cdf(_ x: Double) -> Double { mass.tail(x, lower: true) }
    public func upperCDF(_ x: Double) -> Double { mass.tail(x, lower: false) }
    public func logCDF(_ x: Double) -> Double { mass.logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { mass.logTail(x, lower: false) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }
    public func sample(using generator: RandomGenerator) -> Int { mass.sample(generator) }
}
