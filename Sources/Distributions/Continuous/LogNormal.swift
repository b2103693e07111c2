// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The log-normal distribution: exp of a normal variable.
///
/// Density 1/(x σ √(2π)) exp(−(log x − μ)²/(2σ²)), x > 0. Stan:
/// `lognormal(mu, sigma)`; R: `lnorm(meanlog, sdlog)`.
///
///     let income = try LogNormal(logMean: 10, logStandardDeviation: 0.8)
///     income.mean / income.median             // 1.377
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 14.
public struct LogNormal: ContinuousDistribution, FittableDistribution, Hashable {
    public let logMean: Double
    public let logStandardDeviation: Double

    /// Mean and standard deviation of the logarithm. Throws `ParameterError`
    /// unless they are finite and the latter positive.
    public init(logMean: Double, logStandardDeviation: Double) throws(ParameterError) {
        self.logMean = try Parameter.finite(logMean, "logMean")
        self.logStandardDeviation = try Parameter.positive(
            logStandardDeviation, "logStandardDeviation")
    }

    public var description: String {
        "LogNormal(logMean: \(logMean), logStandardDeviation: \(logStandardDeviation))"
    }
    private var logVariance: Double { logStandardDeviation * logStandardDeviation }

    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { exp(logMean + 0.5 * logVariance) }
    public var variance: Double { expm1(logVariance) * exp(2 * logMean + logVariance) }
    public var skewness: Double { (exp(logVariance) + 2) * expm1(logVariance).squareRoot() }
    public var excessKurtosis: Double {
        // e⁴ + 2e³ + 3e² − 6 in powers of e = exp(σ²), without cancellation.
        expm1(4 * logVariance) + 2 * expm1(3 * logVariance) + 3 * expm1(2 * logVariance)
    }
    public var mode: Double { exp(logMean - logVariance) }
    public var median: Double { exp(logMean) }
    public var entropy: Double { logMean + 0.5 + halfLog2Pi + log(logStandardDeviation) }

    private func standardized(_ x: Double) -> Double { (log(x) - logMean) / logStandardDeviation }

    public func logDensity(_ x: Double) -> Double {
        if x <= 0 || x == .infinity { return -.infinity }
        let z = standardized(x)
        return -0.5 * z * z - halfLog2Pi - log(logStandardDeviation) - log(x)
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : normalCDF(standardized(x)) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : normalCDF(-standardized(x)) }
    public func logCDF(_ x: Double) -> Double {
        x <= 0 ? -.infinity : logNormalCDF(standardized(x))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        x <= 0 ? 0 : logNormalCDF(-standardized(x))
    }
    /// exp shows the rounding of its argument, so that is a sum of two doubles.
    private func place(_ sd: Double, _ parts: (high: Double, low: Double)) -> Double {
        let l = compensated(logMean, sd, parts)
        return exp(l.high) * (1 + l.low)
    }
    public func quantile(_ p: Double) -> Double {
        place(logStandardDeviation, normalQuantileParts(p))
    }
    public func upperQuantile(_ q: Double) -> Double {
        place(-logStandardDeviation, normalQuantileParts(q))
    }

    public func sample(using generator: RandomGenerator) -> Double {
        exp(logMean + logStandardDeviation * generator.normal())
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, using generator: RandomGenerator
    ) {
        buffer.fillByParts({ generator.fillNormal($0) }) {
            exp(logMean + logStandardDeviation * $0)
        }
    }

    /// The normal fit of the logarithms.
    public static func fit(_ data: [Double]) throws -> Fit<LogNormal> {
        let checked = try FitData(
            data, atLeast: 2, varying: true, mustBe: "positive and finite"
        ) { $0 > 0 }
        let logs = try Normal.fit(checked.values.map { log($0) })
        let (m, s) = (logs.distribution.mean, logs.distribution.standardDeviation)
        let n = checked.n
        return Fit(
            try LogNormal(logMean: m, logStandardDeviation: s),
            [
                ("logMean", m, s / n.squareRoot()),
                ("logStandardDeviation", s, s / (2 * n).squareRoot()),
            ],
            logLikelihood: logs.logLikelihood - checked.sum { log($0) },
            data: data)
    }
}

extension LogNormal: DistributionFamily {
    public static let summary =
        "The lognormal distribution: its logarithm is normal; products of many factors."
    public static let parameters: [FamilyParameter] = [
        .init("logMean", .real), .init("logStandardDeviation", .positive),
    ]
    public var parameterValues: [Double] { [logMean, logStandardDeviation] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(logMean: values[0], logStandardDeviation: values[1])
    }
}

extension LogNormal: TracedTails, TracedSampler {
    public static let stanName = "lognormal"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        if Support.isOutside(x, 0 ... .infinity) { return Traced(-.infinity) }
        var terms = TermSum([x] + parameters, droppingConstants: droppingConstants)
        terms.addWhole(
            .density(.logNormal, [x] + parameters, droppingConstants: droppingConstants))
        // Stan keeps this constant after `~`; the kernel drops it.
        if droppingConstants, !([x] + parameters).allSatisfy(\.isConstant) {
            terms.addWhole(Traced(-halfLog2Pi * Double(terms.count)))
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNormalCDF(zScore(log(x), parameters[0], parameters[1]))
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNormalCDF(-zScore(log(x), parameters[0], parameters[1]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try LogNormal(logMean: parameters[0], logStandardDeviation: parameters[1])
            .sample(using: generator)
    }
}
