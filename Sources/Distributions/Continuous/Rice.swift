// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Rice's distribution: the distance from 0 of a plane normal vector whose mean
/// has the length ν and whose components have the standard deviation σ.
///
/// Density x/σ² exp(−(x² + ν²)/(2σ²)) I₀(x ν/σ²), x ≥ 0. R (package VGAM):
/// `rice(sigma, vee)`; SciPy: `rice(b)` with b = ν/σ.
///
///     let magnitude = try Rice(distance: 3, scale: 1)
///     magnitude.mean                          // 3.172
///
/// Source: S. O. Rice, "Mathematical analysis of random noise", Bell System Tech.
/// J. 24 (1945), 46.
public struct Rice: ContinuousDistribution, Hashable {
    public let distance: Double
    public let scale: Double

    /// Throws `ParameterError` unless the distance is nonnegative and the scale positive,
    /// both finite.
    public init(distance: Double, scale: Double) throws(ParameterError) {
        GSL.ready
        self.distance = try Parameter.nonnegative(distance, "distance")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "Rice(distance: \(distance), scale: \(scale))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    /// ν/σ.
    private var a: Double { distance / scale }
    /// √(π/2) ((1 + y) I₀(y/2) + y I₁(y/2)) e^(−y/2), y = a²/2.
    private var standardMean: Double {
        let y = 0.5 * a * a
        if a > 1e4 { return a + 0.5 / a }
        return 1.253_314_137_315_500_251_2
            * ((1 + y) * gsl_sf_bessel_I0_scaled(0.5 * y) + y * gsl_sf_bessel_I1_scaled(0.5 * y))
    }
    public var mean: Double { scale * standardMean }
    /// E (Z − mean)ʳ.
    private func central(_ r: Int) -> Double {
        let m = standardMean
        let (start, end) = (max(0, m - 10), m + 10)
        var sum = 0.0
        for k in 0..<4 {
            let step = 0.25 * (end - start)
            sum += gaussIntegral(start + Double(k) * step, start + Double(k + 1) * step) { z in
                var power = exp(standardLogDensity(z))
                for _ in 0..<r { power *= z - m }
                return power
            }
        }
        return sum
    }
    public var variance: Double { scale * scale * central(2) }
    public var skewness: Double {
        let v = central(2)
        return central(3) / (v * v.squareRoot())
    }
    public var excessKurtosis: Double {
        let v = central(2)
        return central(4) / (v * v) - 3
    }
    /// Where 1/z − z + a I₁(a z)/I₀(a z) is 0.
    public var mode: Double {
        let a = a
        var z = max(a, 1)
        for _ in 0..<200 {
            let ratio = gsl_sf_bessel_I1_scaled(a * z) / gsl_sf_bessel_I0_scaled(a * z)
            // The positive root of z² − a r z − 1 for that ratio.
            let next = 0.5 * (a * ratio + hypot(a * ratio, 2))
            let moved = abs(next - z)
            z = next
            if moved <= 1e-15 * z { break }
        }
        return scale * z
    }
    public var entropy: Double {
        let m = standardMean
        let (start, end) = (max(0, m - 10), m + 10)
        let step = 0.25 * (end - start)
        func term(_ z: Double) -> Double {
            let l = standardLogDensity(z)
            return l > -700 ? -l * exp(l) : 0
        }
        // z log z near 0, which z = s⁴ makes smooth.
        var sum =
            start > 0
            ? gaussIntegral(start, start + step, term)
            : gaussIntegral(0, step.squareRoot().squareRoot()) { s in
                4 * s * s * s * term(s * s * s * s)
            }
        for k in 1..<4 {
            sum += gaussIntegral(start + Double(k) * step, start + Double(k + 1) * step, term)
        }
        return log(scale) + sum
    }

    private func standardLogDensity(_ z: Double) -> Double {
        if z <= 0 || z == .infinity { return -.infinity }
        let d = z - a
        return log(z) - 0.5 * d * d + log(gsl_sf_bessel_I0_scaled(a * z))
    }
    public func logDensity(_ x: Double) -> Double {
        if x <= 0 || x == .infinity { return -.infinity }
        let z = x / scale
        let d = (x - distance) / scale
        return logRatio(x, scale) - 0.5 * d * d + log(gsl_sf_bessel_I0_scaled(a * z)) - log(scale)
    }
    public func pdf(_ x: Double) -> Double {
        if x <= 0 || x == .infinity { return 0 }
        let z = x / scale
        return z * expOfHalfSquare((x - distance) / scale) * gsl_sf_bessel_I0_scaled(a * z) / scale
    }

    /// log of the tail beyond z, by quadrature of the density, which is log-concave, as
    /// far as it counts.
    private func logOuter(_ z: Double, lower: Bool) -> Double {
        let top = standardLogDensity(z)
        func drop(_ s: Double) -> Double {
            let t = lower ? z - s : z + s
            return t <= 0 ? -.infinity : standardLogDensity(t) - top
        }
        let end = lower ? min(z, endOfTail(start: 1, drop)) : endOfTail(start: 1, drop)
        return top + log(gaussIntegral(0, end) { exp(drop($0)) })
    }
    /// P(Z ≤ z) = exp(−half) z² factor for small z: e⁻ᵐ y (1 + (m − 1) y/2) with m = a²/2,
    /// y = z²/2.
    private func start(_ z: Double) -> (value: Double, factor: Double, half: Double)? {
        let (m, y) = (0.5 * a * a, 0.5 * z * z)
        guard y * (1 + m) < 1e-9 else { return nil }
        let factor = 0.5 * (1 + 0.5 * (m - 1) * y)
        return (exp(-m) * z * z * factor, factor, m)
    }
    private func logTail(_ x: Double, lower: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return lower ? -.infinity : 0 }
        if x == .infinity { return lower ? 0 : -.infinity }
        let z = x / scale
        if let small = start(z) {
            return lower
                ? 2 * logRatio(x, scale) + log(small.factor) - small.half : log1p(-small.value)
        }
        // The smaller tail is the one beyond the mean, or nearly so.
        let isLower = z < standardMean
        let value = min(logOuter(z, lower: isLower), 0)
        return isLower == lower ? value : log1mExp(value)
    }
    public func cdf(_ x: Double) -> Double {
        if x > 0, let small = start(x / scale) { return small.value }
        return exp(logCDF(x))
    }
    public func upperCDF(_ x: Double) -> Double { exp(logUpperCDF(x)) }
    public func logCDF(_ x: Double) -> Double { logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { logTail(x, lower: false) }

    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? place(p, lower: true) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? place(q, lower: false) : .nan
    }
    private func place(_ p: Double, lower: Bool) -> Double {
        if p == 0 { return lower ? 0 : .infinity }
        if p == 1 { return lower ? .infinity : 0 }
        if p > 0.5 { return place(1 - p, lower: !lower) }
        return solveTail(
            lower: lower, positive: true, start: scale * max(standardMean, 1),
            width: min(1, 1 / max(a, 1)),
            excess: { x in
                lower
                    ? logExcess(cdf(x), p, logCDF(x)) : logExcess(upperCDF(x), p, logUpperCDF(x))
            },
            logSlope: { x in logDensity(x) - logTail(x, lower: lower) })
    }

    public func sample(using generator: RandomGenerator) -> Double {
        hypot(distance + scale * generator.normal(), scale * generator.normal())
    }
}

extension Rice: DistributionFamily {
    public static let summary =
        "Rice's distribution: the length of a plane normal vector around a point."
    public static let parameters: [FamilyParameter] = [
        .init("distance", .nonnegative),
        .init("scale", .positive),
    ]
    public var parameterValues: [Double] { [distance, scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(distance: values[0], scale: values[1])
    }
}
