// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// The wrapped Cauchy distribution of an angle, on the turn around its mean.
///
/// Density (1 − ρ²)/(2π (1 + ρ² − 2ρ cos(x − μ))) between μ − π and μ + π: of a
/// Cauchy variable with scale −log ρ, wound around the circle.
///
///     let d = try WrappedCauchy(mean: 0, concentration: 0.7)
///     d.cdf(.pi / 2)                          // 0.94…
///
/// Source: K. V. Mardia, P. E. Jupp, Directional Statistics (2000), 3.5.7.
public struct WrappedCauchy: ContinuousDistribution, Hashable {
    /// Of the angle, the centre of the support.
    public let mean: Double
    /// The length ρ of the mean direction, E cos(X − μ).
    public let concentration: Double
    private var rho: Double { concentration }
    /// (1 + ρ)/(1 − ρ)
    private var stretch: Double { (1 + rho) / (1 - rho) }

    /// Throws `ParameterError` unless the mean is finite and 0 ≤ ρ < 1.
    public init(mean: Double, concentration: Double) throws(ParameterError) {
        self.mean = try Parameter.finite(mean, "mean")
        guard concentration >= 0, concentration < 1 else {
            throw ParameterError("concentration", is: concentration, mustBe: "from 0 to below 1")
        }
        self.concentration = concentration
    }

    public var description: String { "WrappedCauchy(mean: \(mean), concentration: \(rho))" }
    public var support: ClosedRange<Double> { (mean - .pi)...(mean + .pi) }
    /// 1 − ρ.
    public var circularVariance: Double { 1 - rho }
    public var variance: Double { moment(2) }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double {
        let second = moment(2)
        return moment(4) / (second * second) - 3
    }
    public var mode: Double { rho > 0 ? mean : .nan }
    public var median: Double { mean }
    public var entropy: Double { log(2 * .pi) + log1p(-rho) + log1p(rho) }

    /// E (X − μ)ᵏ, of the angle as a number.
    private func moment(_ k: Double) -> Double {
        var breaks = [Double.pi]
        while let last = breaks.last, last > 0.5 * (1 - rho), breaks.count < 80 {
            breaks.append(0.5 * last)
        }
        breaks.append(0)
        return 2 * AdaptiveIntegral.evaluate(breaks.reversed()) { pow($0, k) * density($0) }
    }

    private func density(_ angle: Double) -> Double {
        let s = sin(0.5 * angle)
        let gap = 1 - rho
        return gap / (2 * .pi) * (1 + rho) / (gap * gap + 4 * rho * s * s)
    }
    public func logDensity(_ x: Double) -> Double { log(pdf(x)) }
    public func pdf(_ x: Double) -> Double {
        x.isNaN ? .nan : support.contains(x) ? density(x - mean) : 0
    }
    /// P(X > μ + angle), for an angle between ∓π.
    private func tail(_ angle: Double) -> Double {
        let h = 0.5 * abs(angle)
        let small = atan2(cos(h), stretch * sin(h)) / .pi
        return angle > 0 ? small : 1 - small
    }
    private func side(_ angle: Double, log wantsLog: Bool) -> Double {
        if angle.isNaN { return .nan }
        if angle <= -.pi { return wantsLog ? 0 : 1 }
        if angle >= .pi { return wantsLog ? -.infinity : 0 }
        if !wantsLog { return tail(angle) }
        return angle > 0 ? log(tail(angle)) : log1p(-tail(-angle))
    }
    public func cdf(_ x: Double) -> Double { side(mean - x, log: false) }
    public func upperCDF(_ x: Double) -> Double { side(x - mean, log: false) }
    public func logCDF(_ x: Double) -> Double { side(mean - x, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { side(x - mean, log: true) }

    /// The angle that is exceeded with probability q ≤ ½.
    private func angle(_ q: Double) -> Double {
        2 * atan2(cos(.pi * q), stretch * sin(.pi * q))
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        if p == 0 || p == 1 { return p == 0 ? support.lowerBound : support.upperBound }
        return p <= 0.5 ? mean - angle(p) : mean + angle(1 - p)
    }
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        if q == 0 || q == 1 { return q == 0 ? support.upperBound : support.lowerBound }
        return q <= 0.5 ? mean + angle(q) : mean - angle(1 - q)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        quantile(generator.uniform())
    }
}

extension WrappedCauchy: DistributionFamily {
    public static let summary = "The wrapped Cauchy distribution of angles, with a broad foot."
    public static let parameters: [FamilyParameter] = [
        .init("mean", .real), .init("concentration", .between(0, 1)),
    ]
    public var parameterValues: [Double] { [mean, concentration] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(mean: values[0], concentration: values[1])
    }
}
