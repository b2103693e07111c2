// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The distribution of von Mises and Fisher: directions around a mean direction, on
/// the unit sphere of d ≥ 2 dimensions.
///
/// Density κ^(d/2 − 1)/((2π)^(d/2) I_(d/2 − 1)(κ)) exp(κ mᵀ x), relative to the area of the
/// sphere; concentration κ = 0 is uniform. SciPy: `vonmises_fisher(mu, kappa)`.
///
///     let d = try VonMisesFisher(meanDirection: [0, 0, 1], concentration: 10)
///     d.meanLength                            // 0.9, coth κ − 1/κ
///
/// Source: Mardia and Jupp, Directional Statistics, section 9.3.
public struct VonMisesFisher: Distribution, Hashable {
    /// Of length 1.
    public let meanDirection: [Double]
    public let concentration: Double

    /// Throws `ParameterError` unless the direction has two components or more and is
    /// not 0 (it is made to have length 1), and the concentration is nonnegative.
    public init(meanDirection: [Double], concentration: Double) throws(ParameterError) {
        let largest = meanDirection.map { abs($0) }.max() ?? 0
        guard meanDirection.count >= 2, largest > 0, largest < .infinity,
            !meanDirection.contains(where: \.isNaN)
        else {
            throw ParameterError(
                "meanDirection", is: meanDirection, mustBe: "two or more numbers, not all 0")
        }
        let scaled = meanDirection.map { $0 / largest }
        let length = scaled.reduce(0) { $0 + $1 * $1 }.squareRoot()
        self.meanDirection = scaled.map { $0 / length }
        self.concentration = try Parameter.nonnegative(concentration, "concentration")
    }

    public var description: String {
        "VonMisesFisher(meanDirection: \(meanDirection), concentration: \(concentration))"
    }
    public var dimension: Int { meanDirection.count }
    private var half: Double { 0.5 * Double(dimension) }
    public var mode: [Double] { meanDirection }
    /// The length of the mean, I_(d/2)(κ)/I_(d/2 − 1)(κ).
    public var meanLength: Double {
        let kappa = concentration
        if kappa == 0 { return 0 }
        // Of Bessel's continued fraction, from far enough: 1/(d/κ + 1/((d + 2)/κ + …)).
        let steps = 40 + Int(min(8 * kappa.squareRoot(), 1e6))
        var ratio = 0.0
        for j in stride(from: steps, through: 0, by: -1) {
            ratio = 1 / (2 * (half + Double(j)) / kappa + ratio)
        }
        if kappa < 1e8 { return ratio }
        // 1 − (d − 1)/(2κ) + (d − 1)(d − 3)/(8κ²)
        let d = Double(dimension)
        return 1 - (d - 1) / (2 * kappa) * (1 - (d - 3) / (4 * kappa))
    }
    public var mean: [Double] { meanDirection.map { $0 * meanLength } }
    /// A m mᵀ + B (I − m mᵀ), with the variances A along the mean direction and B across.
    public var covariance: [[Double]] {
        let (a, d, kappa) = (meanLength, Double(dimension), concentration)
        let across = kappa > 0 ? a / kappa : 1 / d
        let along = kappa > 0 ? max(1 - a * a - (d - 1) * across, 0) : 1 / d
        let m = meanDirection
        return m.indices.map { i in
            m.indices.map { j in (i == j ? across : 0) + (along - across) * m[i] * m[j] }
        }
    }
    public var entropy: Double { -logPeak + concentration * (1 - meanLength) }
    /// The logarithm of the density at the mean direction.
    private var logPeak: Double {
        let kappa = concentration
        if kappa == 0 {
            return logGamma(half) - log(2) - half * log(Double.pi)
        }
        if dimension == 3 {
            // κ/(2π (1 − e^(−2κ)))
            return log(kappa / (2 * .pi)) - log(-expm1(-2 * kappa))
        }
        let order = half - 1
        return order * log(kappa) - 2 * half * halfLog2Pi - logScaledBessel(order, kappa)
    }
    /// log(e^(−κ) I_ν(κ))
    private func logScaledBessel(_ nu: Double, _ kappa: Double) -> Double {
        let scaled = besselIScaled(nu, kappa)
        return scaled > 1e-300 ? log(scaled) : logBesselI(nu, kappa) - kappa
    }

    /// −∞ unless x has length 1, within 1e-8; NaN unless it has as many components as
    /// the mean direction.
    public func logDensity(_ x: [Double]) -> Double {
        guard x.count == dimension, !x.contains(where: \.isNaN) else { return .nan }
        guard abs(x.reduce(0) { $0 + $1 * $1 } - 1) <= 2e-8 else { return -.infinity }
        // mᵀ x − 1 = −½ |x − m|²
        let gap = zip(x, meanDirection).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return logPeak - 0.5 * concentration * gap
    }

    /// A. T. A. Wood, "Simulation of the von Mises Fisher distribution", Comm. Statist.
    /// Simulation 23 (1994), for the component along the mean; across it uniform.
    public func sample(using generator: RandomGenerator) -> [Double] {
        let (d, kappa) = (Double(dimension), concentration)
        let e = d - 1
        // b = (√(4κ² + e²) − 2κ)/e, without cancelling.
        let b = e / (2 * kappa + (4 * kappa * kappa + e * e).squareRoot())
        let x0 = (1 - b) / (1 + b)
        let c = kappa * x0 + e * log1p(-x0 * x0)
        var w = 0.0
        while true {
            let logOdds = generator.logGamma(shape: 0.5 * e) - generator.logGamma(shape: 0.5 * e)
            let z = logistic(logOdds)
            w = (1 - (1 + b) * z) / (1 - (1 - b) * z)
            if kappa * w + e * log1p(-x0 * w) - c >= -generator.exponential() { break }
        }
        // A uniform direction across the mean.
        var v = meanDirection.map { _ in generator.normal() }
        let along = zip(v, meanDirection).reduce(0) { $0 + $1.0 * $1.1 }
        for i in v.indices { v[i] -= along * meanDirection[i] }
        let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let side = ((1 - w) * (1 + w)).squareRoot() / length
        return v.indices.map { w * meanDirection[$0] + side * v[$0] }
    }
}
