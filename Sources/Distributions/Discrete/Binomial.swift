// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The binomial distribution: successes in n independent trials.
///
/// Mass C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ. Stan: `binomial(N, theta)`; R:
/// `binom(size, prob)`.
///
///     let d = try Binomial(trials: 10, probability: 0.5)
///     d.upperCDF(7)                           // 0.0547, eight or more
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, ch. 3.
public struct Binomial: DiscreteDistribution, Hashable {
    public let trials: Int
    public let probability: Double
    private var n: Double { Double(trials) }
    private var complement: Double { 1 - probability }

    /// Throws `ParameterError` unless the number of trials is nonnegative and
    /// the probability between 0 and 1.
    public init(trials: Int, probability: Double) throws(ParameterError) {
        guard trials >= 0 else {
            throw ParameterError("trials", is: trials, mustBe: "nonnegative")
        }
        self.trials = trials
        self.probability = try Parameter.probability(probability, "probability")
    }

    public var description: String { "Binomial(trials: \(trials), probability: \(probability))" }
    public var support: ClosedRange<Double> { 0...n }
    public var mean: Double { n * probability }
    public var variance: Double { n * probability * complement }
    public var skewness: Double { (complement - probability) / variance.squareRoot() }
    public var excessKurtosis: Double { (1 - 6 * probability * complement) / variance }
    public var mode: Double { min(((n + 1) * probability).rounded(.down), n) }
    public var entropy: Double {
        let (n, p, q) = (n, probability, complement)
        guard n > 0, p > 0, q > 0 else { return 0 }
        return CountSum(
            0, n, logMass: { binomialLogDensity($0, trials: n, p: p, q: q) },
            ratio: { (n - $0) / ($0 + 1) * (p / q) }
        ).entropy(mode: mode)
    }

    public func logDensity(_ x: Int) -> Double {
        if x < 0 || x > trials { return -.infinity }
        return binomialLogDensity(Double(x), trials: n, p: probability, q: complement)
    }

    /// P(X ≤ x) = I_{1−p}(n − k, k + 1), k = ⌊x⌋.
    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        let k = x.rounded(.down)
        if k < 0 || k >= n {
            let one = (k >= n) == lower
            return wantsLog ? (one ? 0 : -.infinity) : (one ? 1 : 0)
        }
        return IncompleteBeta.evaluate(
            k + 1, n - k, .init(x: probability, y: complement), lower: !lower, log: wantsLog)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        generator.binomial(trials: trials, probability: probability)
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Int>, using generator: RandomGenerator
    ) {
        generator.fillBinomial(buffer, trials: trials, probability: probability)
    }

    /// The share of successes among all trials.
    ///
    /// - Parameter trials: the number of trials behind each datum.
    public static func fit(_ data: [Double], trials: Int) throws -> Fit<Binomial> {
        let n = Double(trials)
        let data = try FitData(
            data, whole: true, mustBe: "a whole number from 0 to \(trials)"
        ) { $0 >= 0 && $0 <= n }
        guard trials > 0 else { throw ParameterError("trials", is: trials, mustBe: "positive") }
        let binomial = try Binomial(trials: trials, probability: data.mean / n)
        let error = (binomial.variance / data.n).squareRoot() / n
        return Fit(
            binomial, [("probability", binomial.probability, error)],
            logLikelihood: data.sum(binomial.logDensity(ofNumber:)), data: data.values)
    }
}

extension Binomial: DistributionFamily {
    public static let summary =
        "The binomial distribution: successes in independent trials."
    public static let parameters: [FamilyParameter] = [
        .init("trials", .whole(from: 0)), .init("probability", .probability),
    ]
    public var parameterValues: [Double] { [Double(trials), probability] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(trials: try Counts.whole(values[0], "trials"), probability: values[1])
    }
}

extension Binomial: TracedTails, TracedSampler {
    public static let stanName = "binomial"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, n, p) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, n, p], droppingConstants: droppingConstants)
        terms.require(.lessOrEqual(0, y), .lessOrEqual(y, n))
        terms.add(y, n) { Counts.logChoose(n, y) }
        let count = terms.count
        terms.addOnce(p) { Counts.logProbability(of: y, trials: n, p, count: count) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBinomialTail(x, trials: parameters[0], probability: parameters[1], lower: true)
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBinomialTail(x, trials: parameters[0], probability: parameters[1], lower: false)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        Double(
            try Binomial(trials: Counts.whole(parameters[0], "trials"), probability: parameters[1])
                .sample(using: generator))
    }
}
