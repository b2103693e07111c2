// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The exponentially modified normal distribution: the sum of a normal and an
/// exponential variable.
///
/// Density λ exp(λ (μ − x) + λ² σ²/2) Φ((x − μ)/σ − λσ), with mean μ and standard
/// deviation σ of the normal part and rate λ. Stan:
/// `exp_mod_normal(mu, sigma, lambda)`; R (package emg): `emg(mu, sigma, lambda)`.
///
///     let reaction = try ExponentiallyModifiedNormal(
///         location: 0.3, scale: 0.05, rate: 10)
///     reaction.mean                           // 0.4
///
/// Source: E. Grushka, "Characterization of exponentially modified Gaussian peaks
/// in chromatography", Analytical Chemistry 44 (1972), 1733.
public struct ExponentiallyModifiedNormal: ContinuousDistribution, Hashable {
    public let location: Double
    public let scale: Double
    public let rate: Double

    /// Throws `ParameterError` unless the scale and the rate are positive and finite, the
    /// location finite.
    public init(location: Double = 0, scale: Double = 1, rate: Double) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
        self.rate = try Parameter.positive(rate, "rate")
    }

    public var description: String {
        "ExponentiallyModifiedNormal(location: \(location), scale: \(scale), rate: \(rate))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    /// The rate in units of the scale.
    private var r: Double { rate * scale }
    public var mean: Double { location + 1 / rate }
    public var variance: Double { scale * scale + 1 / rate / rate }
    public var skewness: Double {
        let s = 1 + r * r
        return 2 / s / s.squareRoot()
    }
    public var excessKurtosis: Double { 6 / (1 + r * r) / (1 + r * r) }
    /// Where Mills' ratio at r − z is 1/r.
    public var mode: Double {
        let r = r
        if r > 1e5 { return location + scale / r }
        var u = r < 0.3 ? (-2 * log(r * 2.506_628_274_631_000_5)).squareRoot() : -r
        for _ in 0..<60 {
            let ratio = millsRatio(-u)
            let step = log(ratio * r) / (1 / ratio + u)
            u -= step
            if abs(step) < 1e-15 * max(1, abs(u)) { break }
        }
        return location + scale * (u + r)
    }
    public var entropy: Double {
        let r = r
        func term(_ z: Double) -> Double {
            let l = standardLogDensity(z)
            return l > -700 ? -l * exp(l) : 0
        }
        // Beyond the end the density is that of an exponential variable, or nothing.
        let end = min(r + 9, 40 / r + 9)
        let middle = min(9, end)
        var sum = gaussIntegral(-9.5, -4, term) + gaussIntegral(-4, 0, term)
        sum += gaussIntegral(0, 0.5 * middle, term) + gaussIntegral(0.5 * middle, middle, term)
        if end > middle { sum += gaussIntegral(middle, end, term) }
        let rest = exp(standardLogUpper(end)) * (1 - standardLogDensity(end))
        return log(scale) + sum + rest
    }

    private func standardized(_ x: Double) -> Double { (x - location) / scale }

    private func standardLogDensity(_ z: Double) -> Double {
        let (r, u) = (r, z - r)
        if z.isInfinite { return -.infinity }
        return u < 0
            ? log(r * millsRatio(-u)) - 0.5 * z * z - halfLog2Pi
            : log(r) + r * (0.5 * r - z) + logNormalCDF(u)
    }
    public func logDensity(_ x: Double) -> Double {
        standardLogDensity(standardized(x)) - log(scale)
    }
    public func pdf(_ x: Double) -> Double {
        let z = standardized(x)
        let u = z - r
        if z.isInfinite { return 0 }
        return u < 0
            ? rate * millsRatio(-u) * (0.398_942_280_401_432_677_9 * expOfHalfSquare(z))
            : rate * exp(r * (0.5 * r - z)) * normalCDF(u)
    }

    /// φ(z) M(r − z), what the exponential part adds to the upper tail.
    private func product(_ z: Double) -> Double {
        let u = z - r
        return u < 0
            ? millsRatio(-u) * (0.398_942_280_401_432_677_9 * expOfHalfSquare(z))
            : exp(r * (0.5 * r - z)) * normalCDF(u)
    }
    private func upper(_ z: Double) -> Double { min(upperNormalTail(z) + product(z), 1) }
    private func lower(_ z: Double) -> Double {
        if z.isInfinite { return z < 0 ? 0 : 1 }
        if z > 5 {
            let q = upper(z)
            if q < 0.5 { return 1 - q }
            // 1 − exp(r²/2 − r z) and what two normal tails below 1e-6 add to it
            let exponent = r * (0.5 * r - z)
            return -expm1(exponent) + (exp(exponent) * normalCDF(r - z) - normalCDF(-z))
        }
        return 0.398_942_280_401_432_677_9 * expOfHalfSquare(z) * millsDifference(-z, width: r)
    }
    private func standardLogUpper(_ z: Double) -> Double {
        if z.isInfinite { return z < 0 ? 0 : -.infinity }
        let u = z - r
        let other =
            u < 0
            ? log(millsRatio(-u)) - 0.5 * z * z - halfLog2Pi
            : r * (0.5 * r - z) + logNormalCDF(u)
        let value = logSumExp(logNormalCDF(-z), other)
        return value < -0.5 ? value : log1p(-lower(z))
    }
    private func standardLogLower(_ z: Double) -> Double {
        if z.isInfinite { return z < 0 ? -.infinity : 0 }
        if z < 0 { return log(millsDifference(-z, width: r)) - 0.5 * z * z - halfLog2Pi }
        let q = upper(z)
        return q < 0.5 ? log1p(-q) : log(lower(z))
    }
    public func cdf(_ x: Double) -> Double { lower(standardized(x)) }
    public func upperCDF(_ x: Double) -> Double {
        let z = standardized(x)
        if z.isInfinite { return z < 0 ? 1 : 0 }
        let q = upper(z)
        return q < 0.9 ? q : 1 - lower(z)
    }
    public func logCDF(_ x: Double) -> Double { standardLogLower(standardized(x)) }
    public func logUpperCDF(_ x: Double) -> Double { standardLogUpper(standardized(x)) }

    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? location + scale * place(p, lower: true) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? location + scale * place(q, lower: false) : .nan
    }
    /// The standardized quantile; starts from the normal or the exponential part.
    private func place(_ p: Double, lower isLower: Bool) -> Double {
        if p == 0 { return isLower ? -.infinity : .infinity }
        if p == 1 { return isLower ? .infinity : -.infinity }
        if p > 0.5 { return place(1 - p, lower: !isLower) }
        let normal = normalQuantile(p)
        let start =
            isLower ? (r > 1 ? normal + 1 / r : -log1p(-p) / r) : max(-normal, 0.5 * r - log(p) / r)
        return solveTail(
            lower: isLower, positive: false, start: isLower && r > 1 ? start : max(start, -40),
            width: 1 + 1 / r,
            excess: { z in
                isLower
                    ? logExcess(lower(z), p, standardLogLower(z))
                    : logExcess(upper(z), p, standardLogUpper(z))
            },
            logSlope: { z in
                standardLogDensity(z) - (isLower ? standardLogLower(z) : standardLogUpper(z))
            })
    }

    public func sample(using generator: RandomGenerator) -> Double {
        location + scale * generator.normal() + generator.exponential() / rate
    }
}

extension ExponentiallyModifiedNormal: DistributionFamily {
    public static let summary =
        "The exponentially modified normal distribution: normal plus exponential."
    public static let parameters: [FamilyParameter] = [
        .init("location", .real, standard: 0),
        .init("scale", .positive, standard: 1),
        .init("rate", .positive),
    ]
    public var parameterValues: [Double] { [location, scale, rate] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(location: values[0], scale: values[1], rate: values[2])
    }
}

extension ExponentiallyModifiedNormal: TracedTails, TracedSampler {
    public static let stanName = "exp_mod_normal"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, sigma, lambda) = (
            x.flat, parameters[0].flat, positiveOrNaN(parameters[1].flat), parameters[2].flat
        )
        var terms = TermSum([y, mu, sigma, lambda], droppingConstants: droppingConstants)
        terms.add(-logTwo)
        terms.add(lambda) { log(lambda) }
        terms.add(y, mu, sigma, lambda) {
            // The 2 belongs to erfc in Stan's formula, so it is never dropped.
            logProduct((y - mu) / sigma, lambda * sigma) + Traced(logTwo)
        }
        return terms.total
    }

    /// log of exp(r²/2 − r z) Φ(z − r). Where z − r is far below 0, both factors are
    /// huge; then it is φ(z) Φ(u)/φ(u), u = z − r, by the expansion in 1/u².
    private static func logProduct(_ z: Traced, _ rate: Traced) -> Traced {
        let u = z - rate
        let near = maximum(u, -30)
        let direct = rate * (0.5 * rate - z) + logNormalCDF(near)
        let far = minimum(u, -30)
        let v = reciprocal(square(far))
        var series: Traced = 0
        for odd in [13.0, 11, 9, 7, 5, 3, 1] { series = Traced(-odd) * v * (1 + series) }
        let ratio = log1p(series) - log(-far)
        return select(Traced.less(u, -30), ratio - 0.5 * square(z) - Traced(halfLog2Pi), direct)
    }

    private static func tail(_ x: Traced, _ parameters: [Traced], lower: Bool) -> Traced {
        logExponentiallyModifiedNormal(
            zScore(x, parameters[0], parameters[1]), rate: parameters[2] * parameters[1],
            lower: lower)
    }
    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        tail(x, parameters, lower: true)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        tail(x, parameters, lower: false)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try ExponentiallyModifiedNormal(
            location: parameters[0], scale: parameters[1], rate: parameters[2]
        ).sample(using: generator)
    }
}
