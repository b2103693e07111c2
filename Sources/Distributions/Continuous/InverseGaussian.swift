// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The inverse Gaussian (Wald) distribution: the first passage time of Brownian
/// motion with drift.
///
/// Density √(λ/(2π x³)) exp(−λ (x − μ)²/(2 μ² x)), x > 0, with mean μ and shape λ.
/// R (package statmod): `invgauss(mean, shape)`.
///
///     let passage = try InverseGaussian(mean: 2, shape: 8)
///     passage.variance                        // 1
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 15.
public struct InverseGaussian: ContinuousDistribution, Hashable {
    public let mean: Double
    public let shape: Double

    /// Throws `ParameterError` unless the mean and the shape are positive and finite.
    public init(mean: Double, shape: Double) throws(ParameterError) {
        self.mean = try Parameter.positive(mean, "mean")
        self.shape = try Parameter.positive(shape, "shape")
    }

    public var description: String { "InverseGaussian(mean: \(mean), shape: \(shape))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var variance: Double { mean * mean * (mean / shape) }
    public var skewness: Double { 3 * (mean / shape).squareRoot() }
    public var excessKurtosis: Double { 15 * (mean / shape) }
    public var mode: Double {
        let c = 1.5 * mean / shape
        return mean / (c + hypot(1, c))
    }
    /// By E log X = log μ − e^w E₁(w), w = 2λ/μ.
    public var entropy: Double {
        GSL.ready
        let w = 2 * shape / mean
        var integral = gsl_sf_result()
        if w > 1e-300, w < 1e300 { _ = gsl_sf_expint_E1_scaled_e(w, &integral) }
        let bulk = 0.5 + halfLog2Pi + log(mean) + 0.5 * logRatio(mean, shape)
        return bulk - 1.5 * (w > 1e-300 ? integral.val : -log(w) - eulerGamma)
    }

    /// √(λ/x).
    private func root(_ x: Double) -> Double {
        let ratio = shape / x
        return ratio > 1e-300 && ratio < .infinity
            ? ratio.squareRoot() : shape.squareRoot() / x.squareRoot()
    }
    private func normal(_ x: Double) -> Double { (x - mean) / mean * root(x) }

    public func logDensity(_ x: Double) -> Double {
        if x <= 0 || x == .infinity { return -.infinity }
        let a = normal(x)
        return 0.5 * logRatio(shape, x) - log(x) - halfLog2Pi - 0.5 * a * a
    }
    public func pdf(_ x: Double) -> Double {
        if x <= 0 || x == .infinity { return 0 }
        return 0.398_942_280_401_432_677_9 * root(x) * expOfHalfSquare(normal(x)) / x
    }
    /// P(X ≤ x)/φ(a) = M(−a) + M(b), P(X > x)/φ(a) = M(a) − M(b), a = normal(x), b =
    /// √(λ/x) (x + μ)/μ, with Mills' ratio M; the logarithms of both.
    private func lowerFactor(_ x: Double, _ a: Double) -> Double {
        millsRatio(-a) + millsRatio((x + mean) / mean * root(x))
    }
    private func upperFactor(_ x: Double, _ a: Double) -> Double {
        millsDifference(a, width: 2 * root(x))
    }
    private func density(_ a: Double) -> Double {
        0.398_942_280_401_432_677_9 * expOfHalfSquare(a)
    }

    public func cdf(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        if x == .infinity { return 1 }
        let a = normal(x)
        if a < 0 { return min(density(a) * lowerFactor(x, a), 1) }
        return a >= 0 ? 1 - upperCDF(x) : .nan
    }
    public func upperCDF(_ x: Double) -> Double {
        if x <= 0 { return 1 }
        if x == .infinity { return 0 }
        let a = normal(x)
        if a < 0 {
            let p = cdf(x)
            if p < 0.5 { return 1 - p }
        }
        return density(a) * upperFactor(x, a)
    }
    public func logCDF(_ x: Double) -> Double {
        if x <= 0 { return -.infinity }
        if x == .infinity { return 0 }
        let a = normal(x)
        if a < 0 { return min(log(lowerFactor(x, a)) - 0.5 * a * a - halfLog2Pi, 0) }
        return log1p(-upperCDF(x))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        if x == .infinity { return -.infinity }
        let a = normal(x)
        if a < 0 {
            let p = cdf(x)
            if p < 0.5 { return log1p(-p) }
        }
        return log(upperFactor(x, a)) - 0.5 * a * a - halfLog2Pi
    }

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
            lower: lower, positive: true, start: mode,
            width: min(1, 2 * (mean / shape).squareRoot()),
            excess: { x in
                lower
                    ? logExcess(cdf(x), p, logCDF(x)) : logExcess(upperCDF(x), p, logUpperCDF(x))
            },
            logSlope: { x in logDensity(x) - (lower ? logCDF(x) : logUpperCDF(x)) })
    }

    /// Source: J. R. Michael, W. R. Schucany, R. W. Haas, "Generating random variates
    /// using transformations with multiple roots", Amer. Statist. 30 (1976), 88.
    public func sample(using generator: RandomGenerator) -> Double {
        let z = generator.normal()
        let y = 0.5 * mean / shape * z * z
        let small = mean / (1 + y + (y * (2 + y)).squareRoot())
        return generator.uniform() * (mean + small) <= mean ? small : mean / small * mean
    }
}

extension InverseGaussian: DistributionFamily {
    public static let summary =
        "The inverse Gaussian distribution: first passage of Brownian motion with drift."
    public static let parameters: [FamilyParameter] = [
        .init("mean", .positive),
        .init("shape", .positive),
    ]
    public var parameterValues: [Double] { [mean, shape] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(mean: values[0], shape: values[1])
    }
}
