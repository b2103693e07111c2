// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The von Mises distribution of an angle, on the turn around its mean.
///
/// Density exp(κ cos(x − μ))/(2π I₀(κ)) between μ − π and μ + π. Stan:
/// `von_mises(mu, kappa)` (`VonMisesDensity`), on any turn.
///
///     let d = try VonMises(mean: 0, concentration: 4)
///     try d.interval(0.9)                     // −0.88…0.88
///
/// Source: K. V. Mardia, P. E. Jupp, Directional Statistics (2000), 3.5.4.
public struct VonMises: ContinuousDistribution, Hashable {
    /// Of the angle, the centre of the support.
    public let mean: Double
    public let concentration: Double
    private var kappa: Double { concentration }

    /// Throws `ParameterError` unless κ ≥ 0, both finite.
    public init(mean: Double, concentration: Double) throws(ParameterError) {
        self.mean = try Parameter.finite(mean, "mean")
        self.concentration = try Parameter.nonnegative(concentration, "concentration")
    }

    public var description: String { "VonMises(mean: \(mean), concentration: \(kappa))" }
    public var support: ClosedRange<Double> { (mean - .pi)...(mean + .pi) }
    /// 1 − I₁(κ)/I₀(κ).
    public var circularVariance: Double { kappa == 0 ? 1 : -logBesselI0Excess(kappa).slope }
    public var variance: Double { moment(2) }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double {
        let second = moment(2)
        return moment(4) / (second * second) - 3
    }
    public var mode: Double { kappa > 0 ? mean : .nan }
    public var median: Double { mean }
    public var entropy: Double {
        if kappa == 0 { return log(2 * .pi) }
        let constant = logBesselI0Excess(kappa)
        return log(2 * .pi) + constant.value - kappa * constant.slope
    }

    /// E (X − μ)ᵏ, of the angle as a number.
    private func moment(_ k: Double) -> Double {
        let end = min(.pi, 16 / max(kappa, 1).squareRoot())
        let breaks = [0, 0.1, 0.25, 0.5, 1].map { $0 * end }
        return 2 * AdaptiveIntegral.evaluate(breaks) { pow($0, k) * exp(logDensity(atAngle: $0)) }
    }

    private func logDensity(atAngle angle: Double) -> Double {
        let half = sin(0.5 * angle)
        let constant = kappa == 0 ? 0 : logBesselI0Excess(kappa).value
        return -2 * kappa * half * half - constant - log(2 * .pi)
    }
    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        return support.contains(x) ? logDensity(atAngle: x - mean) : -.infinity
    }
    private func logTail(_ x: Double, lower: Bool) -> Double {
        if x.isNaN { return .nan }
        let angle = x - mean
        if angle <= -.pi { return lower ? -.infinity : 0 }
        if angle >= .pi { return lower ? 0 : -.infinity }
        if kappa == 0 {
            return log((lower ? .pi + angle : .pi - angle) / (2 * .pi))
        }
        return logVonMisesTailDerivatives(angle, mean: 0, concentration: kappa, lower: lower)
            .value
    }
    public func cdf(_ x: Double) -> Double { exp(logTail(x, lower: true)) }
    public func upperCDF(_ x: Double) -> Double { exp(logTail(x, lower: false)) }
    public func logCDF(_ x: Double) -> Double { logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { logTail(x, lower: false) }

    private func quantile(_ p: Double, lower: Bool) -> Double {
        let bounds =
            kappa < 4
            ? TailCoordinate.between(support.lowerBound, support.upperBound)
            : .line(center: mean, scale: 1 / kappa.squareRoot())
        guard p > 0, p < 1 else { return inverted(p, lower: lower, from: mean, bounds) }
        let z = lower ? normalQuantile(p) : -normalQuantile(p)
        let side = z / max(kappa, 1).squareRoot()
        let guess = mean + min(max(side, -3), 3)
        return inverted(p, lower: lower, from: guess, bounds)
    }
    public func quantile(_ p: Double) -> Double { quantile(p, lower: true) }
    public func upperQuantile(_ q: Double) -> Double { quantile(q, lower: false) }

    /// D. J. Best, N. I. Fisher, "Efficient simulation of the von Mises
    /// distribution", Applied Statistics 28 (1979); with a concentration from 100 on
    /// from a normal sine of the half angle, whose density is exp(−2κ s²)/√(1 − s²).
    public func sample(using generator: RandomGenerator) -> Double {
        if kappa >= 100 {
            while true {
                // Beyond 0.8 there is less than e⁻¹²⁸.
                let s = generator.normal() / (2 * kappa.squareRoot())
                if abs(s) < 0.8, generator.uniform() * (1 - s * s).squareRoot() < 0.6 {
                    return mean + 2 * asin(s)
                }
            }
        }
        if kappa < 1e-8 { return mean + .pi * (2 * generator.uniform() - 1) }
        let tau = 1 + (1 + 4 * kappa * kappa).squareRoot()
        let rho = (tau - (2 * tau).squareRoot()) / (2 * kappa)
        let r = (1 + rho * rho) / (2 * rho)
        while true {
            let z = cos(.pi * generator.uniform())
            let f = (1 + r * z) / (r + z)
            let c = kappa * (r - f)
            let u = 1 - generator.uniform()
            if c * (2 - c) > u || log(c / u) + 1 >= c {
                let angle = acos(min(max(f, -1), 1))
                return generator.uniform() < 0.5 ? mean - angle : mean + angle
            }
        }
    }
}

extension VonMises: DistributionFamily {
    public static let summary = "The von Mises distribution: the normal one of angles."
    public static let parameters: [FamilyParameter] = [
        .init("mean", .real), .init("concentration", .nonnegative),
    ]
    public var parameterValues: [Double] { [mean, concentration] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(mean: values[0], concentration: values[1])
    }
}
