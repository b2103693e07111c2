// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// A skewed Student's t distribution, Fernández and Steel's: Student's t with
/// its upper half stretched by γ and its lower half compressed by it.
///
/// Density 2/(γ + 1/γ) f(z/γ) above the location, f(γ z) below, with f of
/// Student's t and z = (x − μ)/σ. The location is the mode; P(X > μ) = γ²/(1 +
/// γ²). R (package skewt): `skt(df, gamma)`.
///
///     let d = try SkewedT(degreesOfFreedom: 4, location: 0, scale: 1, skew: 1.5)
///     d.cdf(0)                                // 0.3077
///
/// Source: C. Fernández, M. F. J. Steel, "On Bayesian modeling of fat tails and
/// skewness", J. Amer. Statist. Assoc. 93 (1998), 359.
public struct SkewedT: ContinuousDistribution, Hashable {
    public let degreesOfFreedom: Double
    public let location: Double
    public let scale: Double
    public let skew: Double
    private let half: HalfStudentT

    /// Throws `ParameterError` unless the degrees of freedom, the scale and the skew are
    /// positive and finite, the location finite.
    public init(
        degreesOfFreedom: Double, location: Double = 0, scale: Double = 1, skew: Double = 1
    ) throws(ParameterError) {
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
        self.skew = try Parameter.positive(skew, "skew")
        half = try HalfStudentT(degreesOfFreedom: degreesOfFreedom, scale: scale)
    }

    public var description: String {
        "SkewedT(degreesOfFreedom: \(degreesOfFreedom), location: \(location), "
            + "scale: \(scale), skew: \(skew))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    /// P(X > μ) and P(X ≤ μ).
    private var above: Double { 1 / (1 + 1 / skew / skew) }
    private var below: Double { 1 / (1 + skew * skew) }
    /// Moments of the magnitude of Student's t.
    private func moment(_ r: Int) -> Double {
        let nu = degreesOfFreedom
        guard nu > Double(r) else { return .infinity }
        let first =
            0.797_884_560_802_865_355_9 * exp(0.5 * logHalfStep(0.5 * nu).value) * (nu / (nu - 1))
        return switch r {
        case 1: first
        case 2: nu / (nu - 2)
        case 3: first * (2 * nu / (nu - 3))
        default: 3 * nu / (nu - 2) * (nu / (nu - 4))
        }
    }
    /// Raw moments of Z: E Zʳ = Mᵣ (γ^(r+1) + (−1)ʳ γ^(−r−1))/(γ + 1/γ).
    private var raw: (Double, Double, Double, Double) {
        let g = skew - 1 / skew
        let s = skew * skew + 1 / (skew * skew)
        // γ² − γ⁻² over γ + γ⁻¹ is g; γ³ + γ⁻³ gives s − 1; γ⁴ − γ⁻⁴: g s;
        // γ⁵ + γ⁻⁵: s² − s − 1.
        return (moment(1) * g, moment(2) * (s - 1), moment(3) * g * s, moment(4) * (s * s - s - 1))
    }
    public var mean: Double { degreesOfFreedom > 1 ? location + scale * raw.0 : .nan }
    private var standardVariance: Double { raw.1 - raw.0 * raw.0 }
    public var variance: Double {
        guard degreesOfFreedom > 2 else { return degreesOfFreedom > 1 ? .infinity : .nan }
        return scale * scale * standardVariance
    }
    public var skewness: Double {
        guard degreesOfFreedom > 3 else { return .nan }
        let (m1, m2, m3, _) = raw
        let third = m3 - m1 * (3 * m2 - 2 * m1 * m1)
        return third / (standardVariance * standardVariance.squareRoot())
    }
    public var excessKurtosis: Double {
        guard degreesOfFreedom > 4 else { return degreesOfFreedom > 2 ? .infinity : .nan }
        let (m1, m2, m3, m4) = raw
        let fourth = m4 - m1 * (4 * m3 - m1 * (6 * m2 - 3 * m1 * m1))
        return fourth / (standardVariance * standardVariance) - 3
    }
    public var mode: Double { location }
    /// Student's, and log of the mean of the two widths.
    public var entropy: Double { half.entropy + logTwo + log(0.5 * (skew + 1 / skew)) }

    private func standardized(_ x: Double) -> Double { (x - location) / scale }

    public func logDensity(_ x: Double) -> Double {
        let z = standardized(x)
        let u = z < 0 ? -z * skew : z / skew
        return half.logDensity(scale * u) - log(skew + 1 / skew)
    }
    /// The tail beyond z on its own side of the location, and the other.
    private func tail(_ z: Double, log wantsLog: Bool) -> Double {
        func outer(_ u: Double, _ share: Double) -> Double {
            let t = StudentT.magnitudeTail(u, degreesOfFreedom, lower: false, log: wantsLog)
            return wantsLog ? t + log(share) : t * share
        }
        return z < 0 ? outer(-z * skew, below) : outer(z / skew, above)
    }
    private func lower(_ z: Double) -> Double {
        if z < 0 { return tail(z, log: false) }
        let inner = StudentT.magnitudeTail(z / skew, degreesOfFreedom, lower: true, log: false)
        return below + above * inner
    }
    private func upper(_ z: Double) -> Double {
        if z >= 0 { return tail(z, log: false) }
        let inner = StudentT.magnitudeTail(-z * skew, degreesOfFreedom, lower: true, log: false)
        return above + below * inner
    }
    public func cdf(_ x: Double) -> Double { x.isNaN ? .nan : lower(standardized(x)) }
    public func upperCDF(_ x: Double) -> Double { x.isNaN ? .nan : upper(standardized(x)) }
    public func logCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        let z = standardized(x)
        if z < 0 { return tail(z, log: true) }
        let q = upper(z)
        return q < 0.5 ? log1p(-q) : log(lower(z))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        let z = standardized(x)
        if z >= 0 { return tail(z, log: true) }
        let p = lower(z)
        return p < 0.5 ? log1p(-p) : log(upper(z))
    }
    private func place(_ p: Double, _ q: Double) -> Double {
        // The share of the side beyond, and its complement.
        let u: Double
        if p < below {
            let outer = p / below
            u = -StudentT.magnitudeQuantile((below - p) / below, outer, degreesOfFreedom) / skew
        } else {
            let outer = min(q / above, 1)
            u =
                StudentT.magnitudeQuantile(max(above - q, 0) / above, outer, degreesOfFreedom)
                * skew
        }
        return location + scale * u
    }
    public func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? place(p, 1 - p) : .nan }
    public func upperQuantile(_ q: Double) -> Double { q >= 0 && q <= 1 ? place(1 - q, q) : .nan }

    public func sample(using generator: RandomGenerator) -> Double {
        let u = half.sample(using: generator)
        return generator.uniform() < above ? location + u * skew : location - u / skew
    }
}

extension SkewedT: DistributionFamily {
    public static let summary =
        "A skewed Student's t distribution: two halves of different widths."
    public static let parameters: [FamilyParameter] = [
        .init("degreesOfFreedom", .positive),
        .init("location", .real, standard: 0),
        .init("scale", .positive, standard: 1),
        .init("skew", .positive, standard: 1),
    ]
    public var parameterValues: [Double] { [degreesOfFreedom, location, scale, skew] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(
            degreesOfFreedom: values[0], location: values[1], scale: values[2], skew: values[3])
    }
}
