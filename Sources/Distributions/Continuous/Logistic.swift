// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The logistic distribution.
///
/// Distribution function 1/(1 + e⁻ᶻ), z = (x − μ)/s. Stan: `logistic(mu,
/// sigma)` with σ = s; R: `logis(location, scale)`.
///
///     let d = try Logistic(location: 0, scale: 1)
///     d.quantile(0.9)                         // 2.197, the log odds of 0.9
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 23.
public struct Logistic: ContinuousDistribution, FittableDistribution, Hashable {
    public let location: Double
    public let scale: Double

    /// Throws `ParameterError` unless the location is finite and the scale
    /// positive and finite.
    public init(location: Double = 0, scale: Double = 1) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "Logistic(location: \(location), scale: \(scale))" }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var mean: Double { location }
    public var variance: Double { scale * scale * (Double.pi * Double.pi / 3) }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double { 1.2 }
    public var mode: Double { location }
    public var median: Double { location }
    public var entropy: Double { 2 + log(scale) }

    private func standardized(_ x: Double) -> Double { (x - location) / scale }

    public func logDensity(_ x: Double) -> Double {
        let z = abs(standardized(x))
        return -z - 2 * log1p(exp(-z)) - log(scale)
    }
    public func cdf(_ x: Double) -> Double { logistic(standardized(x)) }
    public func upperCDF(_ x: Double) -> Double { logistic(-standardized(x)) }
    public func logCDF(_ x: Double) -> Double { logLogistic(standardized(x)) }
    public func logUpperCDF(_ x: Double) -> Double { logLogistic(-standardized(x)) }
    public func quantile(_ p: Double) -> Double { location + scale * logit(p) }
    public func upperQuantile(_ q: Double) -> Double { location - scale * logit(q) }

    public func sample(using generator: RandomGenerator) -> Double {
        quantile(generator.uniform())
    }

    /// Newton's method in μ and log s, from the moments.
    public static func fit(_ data: [Double]) throws -> Fit<Logistic> {
        let data = try FitData(data, atLeast: 2, varying: true)
        let start = 0.551_3 * (data.squares / data.n).squareRoot()
        let (point, covariance) = try maximum(
            of: "Logistic.fit", from: [data.mean, log(start)]
        ) { theta in
            let (mu, s) = (theta[0], exp(theta[1]))
            var value = -data.n * log(s)
            var gMu = 0.0, gS = -data.n, hMuMu = 0.0, hMuS = 0.0, hSS = 0.0
            for x in data.values {
                let z = (x - mu) / s
                let t = tanh(0.5 * z)
                let f = 0.5 * (1 - t * t)
                value -= abs(z) + 2 * log1p(exp(-abs(z)))
                gMu += t / s
                gS += z * t
                hMuMu -= f / (s * s)
                hMuS -= (t + z * f) / s
                hSS -= z * t + z * z * f
            }
            return Likelihood(
                value: value, gradient: [gMu, gS], hessian: [[hMuMu, hMuS], [hMuS, hSS]])
        }
        let fitted = try Logistic(location: point[0], scale: exp(point[1]))
        return Fit(
            fitted,
            [
                ("location", fitted.location, covariance[0][0].squareRoot()),
                ("scale", fitted.scale, fitted.scale * covariance[1][1].squareRoot()),
            ],
            logLikelihood: data.sum(fitted.logDensity), data: data.values)
    }
}

extension Logistic: LocationScaleFamily {
    public static let summary =
        "The logistic distribution: its distribution function is the logistic curve."
}

extension Logistic: TracedTails, TracedSampler {
    public static let stanName = "logistic"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, sigma) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, mu, sigma], droppingConstants: droppingConstants)
        terms.add(sigma) { -log(sigma) }
        terms.add(y, mu, sigma) {
            let z = (y - mu) / sigma
            return 2 * logLogistic(z) - z
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLogistic(zScore(x, parameters[0], parameters[1]))
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLogistic(-zScore(x, parameters[0], parameters[1]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Logistic(location: parameters[0], scale: parameters[1]).sample(using: generator)
    }
}
