// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The noncentral t distribution: (Z + δ)/S with Z standard normal and ν S²
/// chi-squared with ν degrees of freedom.
///
/// R: `t(df, ncp)`.
///
///     let d = try NoncentralT(degreesOfFreedom: 18, noncentrality: 2.5)
///     d.upperCDF(1.734)                       // 0.78, the power of a test
///
/// Density and tails are integrals over w = log S, of positive functions with one
/// peak: those of S times φ or Φ of t S − δ. Quadrature relative to the peak keeps
/// both tails, wherever they underflow.
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 31.
public struct NoncentralT: ContinuousDistribution, Hashable {
    public let degreesOfFreedom: Double
    public let noncentrality: Double
    private var nu: Double { degreesOfFreedom }
    private var delta: Double { noncentrality }

    /// Throws `ParameterError` unless ν is positive, and δ any number, both finite.
    public init(degreesOfFreedom: Double, noncentrality: Double) throws(ParameterError) {
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        self.noncentrality = try Parameter.finite(noncentrality, "noncentrality")
    }

    public var description: String {
        "NoncentralT(degreesOfFreedom: \(nu), noncentrality: \(delta))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var mean: Double {
        nu > 1 ? delta * exp(NoncentralTMoments(nu).logMeanRatio) : .nan
    }
    public var variance: Double {
        guard nu > 2 else { return nu > 1 ? .infinity : .nan }
        return nu / (nu - 2) + delta * delta * NoncentralTMoments(nu).spread
    }
    public var skewness: Double {
        guard nu > 3 else { return .nan }
        let moments = NoncentralTMoments(nu)
        let first = 3 * nu / ((nu - 2) * (nu - 3)) + delta * delta * moments.third
        return mean * first / pow(variance, 1.5)
    }
    public var excessKurtosis: Double {
        guard nu > 4 else { return nu > 2 ? .infinity : .nan }
        let moments = NoncentralTMoments(nu)
        let square = delta * delta
        let a = nu / (nu - 2)
        let cumulant =
            6 * a * a / (nu - 4) + square * moments.fourthBySquare
            + square * square * moments.fourthByFourth
        return cumulant / (variance * variance)
    }
    /// Found from the density.
    public var mode: Double {
        if delta == 0 { return 0 }
        // Between the bounds of A. van Aubel, W. Gawronski (2003), widened.
        let bounds = (
            (2 * nu / (2 * nu + 5)).squareRoot() * delta, (nu / (nu + 1)).squareRoot() * delta
        )
        let low = min(bounds.0, bounds.1), high = max(bounds.0, bounds.1)
        let margin = 0.1 * (high - low)
        return peakOfDensity(from: low - margin, to: high + margin)
    }
    /// By quadrature.
    public var entropy: Double { integratedEntropy(coordinate) }

    /// log of the density of w, 2 aᵃ/Γ(a) exp(2 a w − a e²ʷ), a = ν/2, as a function of
    /// v = w − log(scale) and less that power of the scale: without differences of large
    /// numbers.
    private func logSpread(_ scale: Double) -> (Double) -> Double {
        let a = 0.5 * nu
        let constant = log(2 * a.squareRoot()) - stirlingError(a) - halfLog2Pi
        if scale == 1 { return { constant - a * expMinus1MinusX(2 * $0) } }
        return { constant + a * (1 + 2 * $0 - scale * scale * exp(2 * $0)) }
    }
    /// The scale on which the integrals depend on S far out, with few degrees
    /// of freedom; its power is taken apart, which spares a large exponent. Else 1.
    private func scale(_ t: Double) -> Double {
        nu < 50 && abs(t) > 10 * max(nu.squareRoot(), abs(delta)) && abs(t) < 1e150
            ? nu.squareRoot() / hypot(nu.squareRoot(), t) : 1
    }
    /// scaleᵖᵒʷᵉʳ exp(logarithm), or the logarithm of that.
    private func product(
        _ scale: Double, _ power: Double, _ logarithm: Double, log wantsLog: Bool
    ) -> Double {
        if wantsLog { return power * log(scale) + logarithm }
        let factor = scale == 1 ? 1 : pow(scale, power)
        return factor > 1e-290
            ? factor * exp(logarithm) : exp(power * log(scale) + logarithm)
    }

    /// About where s^power exp(−ν s²/2 − (t s − δ)²/2) is largest, as log s.
    private func start(_ t: Double, power: Double) -> Double {
        let r = hypot(nu.squareRoot(), t)
        let drift = t / r * delta
        let root = (drift * drift + 4 * power).squareRoot()
        let u = drift > 0 ? 0.5 * (drift + root) : 2 * power / (root - drift)
        return max(log(u / r), -800)
    }

    private func density(_ t: Double, log wantsLog: Bool) -> Double {
        if t.isNaN { return .nan }
        if t.isInfinite { return wantsLog ? -.infinity : 0 }
        let scale = scale(t)
        let base = logSpread(scale)
        let constant = -halfLog2Pi
        let integral = AdaptiveIntegral.log(
            from: -1e9, to: 700, near: start(t, power: nu + 1) - log(scale)
        ) { v in
            let z = t * scale * exp(v) - delta
            return base(v) + (v + constant - 0.5 * z * z)
        }
        return product(scale, nu + 1, integral, log: wantsLog)
    }
    public func logDensity(_ t: Double) -> Double { density(t, log: true) }
    public func pdf(_ t: Double) -> Double { density(t, log: false) }

    /// A tail by its own integral.
    private func integral(_ t: Double, lower: Bool, log wantsLog: Bool) -> Double {
        let scale = scale(t)
        let base = logSpread(scale)
        let sign = lower ? 1.0 : -1.0
        func integrand(_ v: Double) -> Double {
            base(v) + logNormalCDF(sign * (t * scale * exp(v) - delta))
        }
        let shift = log(scale)
        let far = start(t, power: nu) - shift
        let near = integrand(far) > integrand(-shift) ? far : -shift
        let integral = AdaptiveIntegral.log(from: -1e9, to: 700, near: near, integrand)
        return min(product(scale, nu, integral, log: wantsLog), wantsLog ? 0 : 1)
    }
    private func tail(_ t: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if t.isNaN { return .nan }
        if t.isInfinite {
            let one = (t > 0) == lower
            return wantsLog ? (one ? 0 : -.infinity) : (one ? 1 : 0)
        }
        if t == 0 {
            let z = lower ? -delta : delta
            return wantsLog ? logNormalCDF(z) : normalCDF(z)
        }
        if lower == (t < delta) { return integral(t, lower: lower, log: wantsLog) }
        let smaller = integral(t, lower: !lower, log: false)
        if smaller < 0.5 { return wantsLog ? log1p(-smaller) : 1 - smaller }
        return integral(t, lower: lower, log: wantsLog)
    }
    public func cdf(_ t: Double) -> Double { tail(t, lower: true, log: false) }
    public func upperCDF(_ t: Double) -> Double { tail(t, lower: false, log: false) }
    public func logCDF(_ t: Double) -> Double { tail(t, lower: true, log: true) }
    public func logUpperCDF(_ t: Double) -> Double { tail(t, lower: false, log: true) }

    private var coordinate: TailCoordinate {
        .line(center: delta, scale: (1 + delta * delta / (2 * nu)).squareRoot())
    }
    private func quantile(_ p: Double, lower: Bool) -> Double {
        guard p > 0, p < 1 else { return inverted(p, lower: lower, from: delta, coordinate) }
        let z = lower ? normalQuantile(p) : -normalQuantile(p)
        let guess = delta + z * (1 + delta * delta / (2 * nu)).squareRoot()
        return inverted(p, lower: lower, from: guess, coordinate)
    }
    public func quantile(_ p: Double) -> Double { quantile(p, lower: true) }
    public func upperQuantile(_ q: Double) -> Double { quantile(q, lower: false) }

    public func sample(using generator: RandomGenerator) -> Double {
        let z = generator.normal() + delta
        return z * exp(0.5 * (log(0.5 * nu) - generator.logGamma(shape: 0.5 * nu)))
    }
}

extension NoncentralT: DistributionFamily {
    public static let summary =
        "The noncentral t distribution: Student's statistic when an effect is there."
    public static let parameters: [FamilyParameter] = [
        .init("degreesOfFreedom", .positive), .init("noncentrality", .real),
    ]
    public var parameterValues: [Double] { [degreesOfFreedom, noncentrality] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(degreesOfFreedom: values[0], noncentrality: values[1])
    }
}
