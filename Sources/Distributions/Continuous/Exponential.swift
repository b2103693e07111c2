// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The exponential distribution: the waiting time for an event that comes at a
/// constant rate.
///
/// Density λ exp(−λ x), x ≥ 0. Stan: `exponential(beta)`, the rate; R:
/// `exp(rate)`.
///
///     let decay = try Exponential(scale: 5730 / log(2))
///     decay.median                            // 5730
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 19.
public struct Exponential: ContinuousDistribution, FittableDistribution, Hashable {
    public let rate: Double

    /// Throws `ParameterError` unless the rate is positive and finite.
    public init(rate: Double) throws(ParameterError) {
        self.rate = try Parameter.positive(rate, "rate")
    }

    /// By the mean, 1 / rate.
    public init(scale: Double) throws(ParameterError) {
        self.rate = 1 / (try Parameter.positive(scale, "scale"))
    }

    public var description: String { "Exponential(rate: \(rate))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { 1 / rate }
    public var variance: Double { 1 / (rate * rate) }
    public var standardDeviation: Double { 1 / rate }
    public var skewness: Double { 2 }
    public var excessKurtosis: Double { 6 }
    public var mode: Double { 0 }
    public var entropy: Double { 1 - log(rate) }

    public func logDensity(_ x: Double) -> Double {
        x < 0 ? -.infinity : log(rate) - rate * x
    }
    public func pdf(_ x: Double) -> Double { x < 0 ? 0 : rate * exp(-rate * x) }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-rate * x) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : exp(-rate * x) }
    public func logCDF(_ x: Double) -> Double { x <= 0 ? -.infinity : log1mExp(-rate * x) }
    public func logUpperCDF(_ x: Double) -> Double { x <= 0 ? 0 : -rate * x }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? (p == 0 ? 0 : -log1p(-p) / rate) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? (q == 1 ? 0 : -log(q) / rate) : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        generator.exponential() / rate
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, using generator: RandomGenerator
    ) {
        buffer.fillByParts({ generator.fillExponential($0) }) { $0 / rate }
    }

    /// One over the mean of the data.
    public static func fit(_ data: [Double]) throws -> Fit<Exponential> {
        let data = try FitData(data, mustBe: "nonnegative and finite") { $0 >= 0 }
        guard data.mean > 0 else {
            throw ParameterError("data", is: "all 0", mustBe: "positive somewhere")
        }
        let exponential = try Exponential(scale: data.mean)
        return Fit(
            exponential,
            [("rate", exponential.rate, exponential.rate / data.n.squareRoot())],
            logLikelihood: data.sum(exponential.logDensity), data: data.values)
    }
}

extension Exponential: DistributionFamily {
    public static let summary =
        "The exponential distribution: a waiting time without memory, mean 1/rate."
    public static let parameters: [FamilyParameter] = [.init("rate", .positive)]
    public var parameterValues: [Double] { [rate] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(rate: values[0])
    }
}

extension Exponential: TracedTails, TracedSampler {
    public static let stanName = "exponential"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        // The kernel's value is finite below 0 too.
        var terms = TermSum([x, parameters[0]], droppingConstants: droppingConstants)
        terms.addWhole(
            .density(.exponential, [x] + parameters, droppingConstants: droppingConstants))
        terms.require(.lessOrEqual(0, x.flat))
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        log1mExp(-positiveOrNaN(parameters[0]) * maximum(x, 0))
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        -positiveOrNaN(parameters[0]) * maximum(x, 0)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Exponential(rate: parameters[0]).sample(using: generator)
    }
}
