// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The normal (Gaussian) distribution.
///
/// Density 1/(σ √(2π)) exp(−(x − μ)²/(2σ²)). Stan: `normal(mu, sigma)`; R:
/// `norm(mean, sd)`.
///
///     let iq = try Normal(mean: 100, standardDeviation: 15)
///     iq.upperCDF(130)                        // 0.0228
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 13.
public struct Normal: ContinuousDistribution, FittableDistribution, Hashable {
    public let mean: Double
    public let standardDeviation: Double

    /// Throws `ParameterError` unless the mean is finite and the standard
    /// deviation positive and finite.
    public init(mean: Double, standardDeviation: Double) throws(ParameterError) {
        self.mean = try Parameter.finite(mean, "mean")
        self.standardDeviation = try Parameter.positive(standardDeviation, "standardDeviation")
    }

    /// Mean 0, standard deviation 1.
    public static let standard = Normal()

    private init() {
        mean = 0
        standardDeviation = 1
    }

    public var description: String {
        "Normal(mean: \(mean), standardDeviation: \(standardDeviation))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var variance: Double { standardDeviation * standardDeviation }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double { 0 }
    public var mode: Double { mean }
    public var median: Double { mean }
    public var entropy: Double { 0.5 + halfLog2Pi + log(standardDeviation) }

    private func standardized(_ x: Double) -> Double { (x - mean) / standardDeviation }

    public func logDensity(_ x: Double) -> Double {
        let z = standardized(x)
        return -0.5 * z * z - halfLog2Pi - log(standardDeviation)
    }
    public func pdf(_ x: Double) -> Double {
        0.398_942_280_401_432_677_9 / standardDeviation * expOfHalfSquare(standardized(x))
    }
    public func cdf(_ x: Double) -> Double { normalCDF(standardized(x)) }
    public func upperCDF(_ x: Double) -> Double { normalCDF(-standardized(x)) }
    public func logCDF(_ x: Double) -> Double { logNormalCDF(standardized(x)) }
    public func logUpperCDF(_ x: Double) -> Double { logNormalCDF(-standardized(x)) }
    public func quantile(_ p: Double) -> Double { mean + standardDeviation * normalQuantile(p) }
    public func upperQuantile(_ q: Double) -> Double {
        mean - standardDeviation * normalQuantile(q)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        mean + standardDeviation * generator.normal()
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, using generator: RandomGenerator
    ) {
        buffer.fillByParts({ generator.fillNormal($0) }) { mean + standardDeviation * $0 }
    }

    /// Mean and standard deviation (with n, not n − 1) of the data.
    public static func fit(_ data: [Double]) throws -> Fit<Normal> {
        let data = try FitData(data, atLeast: 2, varying: true)
        let sd = (data.squares / data.n).squareRoot()
        let normal = try Normal(mean: data.mean, standardDeviation: sd)
        return Fit(
            normal,
            [
                ("mean", data.mean, sd / data.n.squareRoot()),
                ("standardDeviation", sd, sd / (2 * data.n).squareRoot()),
            ],
            logLikelihood: data.sum(normal.logDensity), data: data.values)
    }
}

extension Normal: DistributionFamily {
    public static let summary =
        "The normal distribution: sums of many small independent effects."
    public static let parameters: [FamilyParameter] = [
        .init("mean", .real), .init("standardDeviation", .positive),
    ]
    public var parameterValues: [Double] { [mean, standardDeviation] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(mean: values[0], standardDeviation: values[1])
    }
}

extension Normal: TracedTails, TracedSampler {
    public static let stanName = "normal"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.normal, [x] + parameters, droppingConstants: droppingConstants)
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNormalCDF(zScore(x, parameters[0], parameters[1]))
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNormalCDF(-zScore(x, parameters[0], parameters[1]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Normal(mean: parameters[0], standardDeviation: parameters[1]).sample(using: generator)
    }
}
