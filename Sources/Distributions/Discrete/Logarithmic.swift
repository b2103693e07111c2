// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The logarithmic distribution: the number of individuals of a species in a
/// catch, Fisher's log series.
///
/// Mass −pᵏ/(k log(1 − p)), k = 1, 2, …. SciPy: `logser(p)`.
///
///     let d = try Logarithmic(probability: 0.9)
///     d.mean                                  // 3.91
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, ch. 7.
public struct Logarithmic: DiscreteDistribution, Hashable {
    public let probability: Double
    /// −log(1 − p).
    private let logs: Double

    /// Throws `ParameterError` unless 0 < probability < 1.
    public init(probability: Double) throws(ParameterError) {
        guard probability > 0, probability < 1 else {
            throw ParameterError(
                "probability", is: probability, mustBe: "between 0 and 1, exclusive")
        }
        self.probability = probability
        logs = -log1p(-probability)
    }

    public var description: String { "Logarithmic(probability: \(probability))" }
    private var p: Double { probability }
    public var support: ClosedRange<Double> { 1 ... .infinity }
    public var mean: Double { p / (1 - p) / logs }
    public var variance: Double {
        // log(1 − p) + p, without its first terms.
        let x = p / (1 - p)
        return x * (-log1pMinusX(-p) / (p * logs)) * (x / logs)
    }
    public var skewness: Double { moments.skewness }
    public var excessKurtosis: Double { moments.excess }
    /// By factorial moments for p near 1, by summing the few terms otherwise.
    private var moments: (skewness: Double, excess: Double) {
        let m = mean
        let (v, third, fourth): (Double, Double, Double)
        if p > 0.9 {
            // In units of x = p/(1 − p): E[K (K − 1) … (K − r + 1)] = a (r − 1)! xʳ.
            let (a, u) = (1 / logs, (1 - p) / p)
            let (m1, m2) = (a, a * (1 + u))
            let m3 = a * (2 + u * (3 + u))
            let m4 = a * (6 + u * (12 + u * (7 + u)))
            v = m2 - m1 * m1
            third = m3 - m1 * (3 * m2 - 2 * m1 * m1)
            fourth = m4 - m1 * (4 * m3 - m1 * (6 * m2 - 3 * m1 * m1))
        } else {
            (v, third, fourth) = mass.centralMoments(mode: 1, mean: m)
        }
        return (third / (v * v.squareRoot()), fourth / (v * v) - 3)
    }
    public var mode: Double { 1 }
    public var entropy: Double { mass.entropy(mode: 1) }

    private var mass: CountSum {
        let (p, logP, logLogs) = (p, log(p), log(logs))
        return CountSum(
            1, .infinity, logMass: { $0 * logP - log($0) - logLogs },
            ratio: { p * ($0 / ($0 + 1)) })
    }
    public func logDensity(_ x: Int) -> Double {
        x < 1 ? -.infinity : mass.logProbability(Double(x))
    }
    private func tail(_ x: Double, _ lower: Bool, log: Bool) -> Double {
        // Half of the logarithm's integral lies below the root of the scale.
        mass.tail(x, lower: lower, log: log, center: 1 + (1 / (1 - p)).squareRoot())
    }
    public func cdf(_ x: Double) -> Double { tail(x, true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    /// Geometric with a probability that is a power of 1 − p: A. W. Kemp, "Efficient
    /// generation of logarithmically distributed pseudo-random variables", Appl.
    /// Statist. 30 (1981).
    public func sample(using generator: RandomGenerator) -> Int {
        let q = -expm1(-logs * (1 - generator.uniform()))
        let k = 1 + (generator.exponential() / -log(q)).rounded(.down)
        return k.isNaN ? 1 : count(k)
    }
}

extension Logarithmic: DistributionFamily {
    public static let summary =
        "The logarithmic distribution: Fisher's series of the abundance of species."
    public static let parameters: [FamilyParameter] = [.init("probability", .between(0, 1))]
    public var parameterValues: [Double] { [probability] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        try self.init(probability: Self.checkedCount(parameterValues)[0])
    }
}
