// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The negative binomial distribution: counts with more spread than Poisson's.
///
/// Mass Γ(k + r)/(k! Γ(r)) pʳ (1 − p)ᵏ: failures before the r-th success, for
/// any real r > 0; with mean μ = r(1 − p)/p and variance μ + μ²/r. Stan:
/// `neg_binomial_2(mu, phi)` with φ = r; R: `nbinom(size = r, prob = p)` or
/// `nbinom(size, mu)`.
///
///     let visits = try NegativeBinomial(mean: 3, dispersion: 0.8)
///     visits.variance                         // 14.25
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, ch. 5.
public struct NegativeBinomial: DiscreteDistribution, FittableDistribution, Hashable {
    /// The number of successes r, also called dispersion, size and φ: the
    /// larger, the nearer to Poisson.
    public let successes: Double
    /// The probability p of a success, and its complement, each exact.
    public let probability: Double
    private let complement: Double
    public let mean: Double

    /// Throws `ParameterError` unless mean and dispersion are positive and
    /// finite.
    public init(mean: Double, dispersion: Double) throws(ParameterError) {
        self.mean = try Parameter.positive(mean, "mean")
        successes = try Parameter.positive(dispersion, "dispersion")
        probability = dispersion / (dispersion + mean)
        complement = mean / (dispersion + mean)
    }

    /// Throws `ParameterError` unless the number of successes is positive and
    /// the probability between 0 and 1, exclusive.
    public init(successes: Double, probability: Double) throws(ParameterError) {
        self.successes = try Parameter.positive(successes, "successes")
        guard probability > 0, probability < 1 else {
            throw ParameterError(
                "probability", is: probability, mustBe: "between 0 and 1, exclusive")
        }
        self.probability = probability
        complement = 1 - probability
        mean = successes * ((1 - probability) / probability)
    }

    public var description: String {
        "NegativeBinomial(mean: \(mean), dispersion: \(successes))"
    }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var variance: Double { mean / probability }
    public var skewness: Double { (1 + complement) / (successes * complement).squareRoot() }
    public var excessKurtosis: Double {
        6 / successes + probability * probability / (successes * complement)
    }
    public var mode: Double {
        successes > 1 ? ((successes - 1) * complement / probability).rounded(.down) : 0
    }
    public var entropy: Double {
        let (r, p, q) = (successes, probability, complement)
        return CountSum(
            0, .infinity, logMass: { negativeBinomialLogMass($0, r, p: p, q: q) },
            ratio: { (r + $0) / ($0 + 1) * q }
        ).entropy(mode: mode)
    }

    public func logDensity(_ x: Int) -> Double {
        x < 0
            ? -.infinity
            : negativeBinomialLogMass(Double(x), successes, p: probability, q: complement)
    }

    /// P(X ≤ x) = I_p(r, k + 1), k = ⌊x⌋.
    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        let k = x.rounded(.down)
        if k < 0 || k == .infinity {
            let one = (k >= 0) == lower
            return wantsLog ? (one ? 0 : -.infinity) : (one ? 1 : 0)
        }
        return IncompleteBeta.evaluate(
            successes, k + 1, .init(x: probability, y: complement), lower: lower, log: wantsLog)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        let rate = exp(generator.logGamma(shape: successes) + log(mean / successes))
        return generator.poisson(rate: min(rate, 1e300))
    }

    /// The mean of the data, and Newton's method for the logarithm of the
    /// dispersion.
    public static func fit(_ data: [Double]) throws -> Fit<NegativeBinomial> {
        let data = try FitData(
            data, atLeast: 2, varying: true, whole: true, mustBe: "a whole number ≥ 0"
        ) { $0 >= 0 }
        let m = data.mean
        let v = data.squares / data.n
        guard v > m else {
            throw NumericalError(
                "NegativeBinomial.fit",
                "the variance (\(v)) is not above the mean (\(m)); fit Poisson instead")
        }
        let (point, covariance) = try maximum(
            of: "NegativeBinomial.fit", from: [log(m * m / (v - m))]
        ) { theta in
            let r = exp(theta[0])
            // Of log r − log(r + m) and its like with k: nothing cancels.
            var value = -data.n * (r + m) * log1p(m / r)
            var first = -data.n * log1p(m / r)
            var second = data.n * m / (r * (r + m))
            for k in data.values {
                value += logRising(r, k) - k * log(r) + k * log(m)
                first += digammaDifference(r, k)
                second += trigamma(r + k) - trigamma(r)
            }
            return Likelihood(
                value: value, gradient: [r * first], hessian: [[r * r * second + r * first]])
        }
        let r = exp(point[0])
        let fitted = try NegativeBinomial(mean: m, dispersion: r)
        return Fit(
            fitted,
            [
                ("mean", m, (fitted.variance / data.n).squareRoot()),
                ("dispersion", r, r * covariance[0][0].squareRoot()),
            ],
            logLikelihood: data.sum(fitted.logDensity(ofNumber:)), data: data.values)
    }
}

extension NegativeBinomial: DistributionFamily {
    public static let summary =
        "The negative binomial distribution: counts with variance mean + mean²/dispersion."
    public static let parameters: [FamilyParameter] = [
        .init("mean", .positive), .init("dispersion", .positive),
    ]
    public var parameterValues: [Double] { [mean, successes] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(mean: values[0], dispersion: values[1])
    }
}

extension NegativeBinomial: TracedTails, TracedSampler {
    public static let stanName = "neg_binomial_2"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, phi) = (x.flat, parameters[0].flat, positiveOrNaN(parameters[1].flat))
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        if let logarithm = mu.formalLogarithm {
            return NegativeBinomialLog.logDensity(
                y, [logarithm, phi], droppingConstants: droppingConstants)
        }
        var terms = TermSum([y, mu, phi], droppingConstants: droppingConstants)
        // Grouped as Stan groups them: the binomial coefficient goes with φ.
        terms.addRisingCoefficient(y, phi)
        terms.add(mu) { Counts.product(y, log(mu)) }
        // φ log φ − (y + φ) log(μ + φ), without cancelling for large φ
        terms.add(mu, phi) {
            let excess = log1p(mu / phi)
            return -phi * excess - y * (log(phi) + excess)
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNegativeBinomialTail(x, mean: parameters[0], precision: parameters[1], lower: true)
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNegativeBinomialTail(x, mean: parameters[0], precision: parameters[1], lower: false)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        Double(
            try NegativeBinomial(mean: parameters[0], dispersion: parameters[1])
                .sample(using: generator))
    }
}
