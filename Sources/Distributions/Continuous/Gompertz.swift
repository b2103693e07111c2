// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Gompertz's distribution: a lifetime whose hazard grows exponentially with
/// age.
///
/// P(X > x) = exp(−η (e^(b x) − 1)), x ≥ 0, with shape η and rate b; the hazard is
/// η b e^(b x). R (package flexsurv): `gompertz(shape = b, rate = η b)`; SciPy:
/// `gompertz(c)` with c = η.
///
///     let age = try Gompertz(shape: 1e-4, rate: 0.09)
///     age.median                              // 98.26
///
/// Source: B. Gompertz, "On the nature of the function expressive of the law of
/// human mortality", Phil. Trans. R. Soc. 115 (1825), 513.
public struct Gompertz: ContinuousDistribution, Hashable {
    public let shape: Double
    public let rate: Double

    /// Throws `ParameterError` unless the shape and the rate are positive and finite.
    public init(shape: Double, rate: Double) throws(ParameterError) {
        self.shape = try Parameter.positive(shape, "shape")
        self.rate = try Parameter.positive(rate, "rate")
    }

    public var description: String { "Gompertz(shape: \(shape), rate: \(rate))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { moments.mean / rate }
    public var variance: Double { moments.variance / rate / rate }
    public var skewness: Double { moments.skewness }
    public var excessKurtosis: Double { moments.excessKurtosis }
    public var mode: Double { shape < 1 ? -log(shape) / rate : 0 }
    public var entropy: Double { 1 - log(shape) - log(rate) - moments.mean }

    /// Those of b X = log(1 + E/η) with an exponential E.
    private var moments: (mean: Double, variance: Double, skewness: Double, excessKurtosis: Double)
    {
        momentsOfExponential { e in log1p(e / shape) }
    }

    /// η (e^(b x) − 1).
    private func cumulativeHazard(_ x: Double) -> Double { shape * expm1(rate * x) }

    public func logDensity(_ x: Double) -> Double {
        if x < 0 || x == .infinity { return -.infinity }
        let h = cumulativeHazard(x)
        return h == .infinity ? -.infinity : log(shape) + log(rate) + rate * x - h
    }
    public func pdf(_ x: Double) -> Double {
        let h = cumulativeHazard(x)
        guard x >= 0, h < .infinity else { return exp(logDensity(x)) }
        return rate * (shape + h) * exp(-h)
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-cumulativeHazard(x)) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : exp(-cumulativeHazard(x)) }
    public func logCDF(_ x: Double) -> Double {
        if x <= 0 { return -.infinity }
        let h = cumulativeHazard(x)
        return h < 1e-290 ? log(shape) + log(rate) + log(x) : log1mExp(-h)
    }
    public func logUpperCDF(_ x: Double) -> Double { x <= 0 ? 0 : -cumulativeHazard(x) }

    /// The age at a cumulative hazard.
    private func place(_ h: Double) -> Double {
        let ratio = h / shape
        return (ratio < .infinity || h == .infinity ? log1p(ratio) : log(h) - log(shape)) / rate
    }
    public func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? place(-log1p(-p)) : .nan }
    public func upperQuantile(_ q: Double) -> Double { q >= 0 && q <= 1 ? place(-log(q)) : .nan }

    public func sample(using generator: RandomGenerator) -> Double {
        place(generator.exponential())
    }
}

extension Gompertz: DistributionFamily {
    public static let summary =
        "Gompertz's distribution: a lifetime whose hazard grows exponentially."
    public static let parameters: [FamilyParameter] = [
        .init("shape", .positive),
        .init("rate", .positive),
    ]
    public var parameterValues: [Double] { [shape, rate] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(shape: values[0], rate: values[1])
    }
}
