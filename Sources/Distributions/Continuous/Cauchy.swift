// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness

/// The Cauchy distribution; it has no mean.
///
/// Density 1/(π σ (1 + z²)), z = (x − μ)/σ. Stan: `cauchy(mu, sigma)`; R:
/// `cauchy(location, scale)`.
///
///     let d = try Cauchy(location: 0, scale: 2.5)
///     d.quantile(0.75)                        // 2.5
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 16.
public struct Cauchy: ContinuousDistribution, FittableDistribution, Hashable {
    public let location: Double
    public let scale: Double

    /// Throws `ParameterError` unless the location is finite and the scale
    /// positive and finite.
    public init(location: Double = 0, scale: Double = 1) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "Cauchy(location: \(location), scale: \(scale))" }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var mean: Double { .nan }
    public var variance: Double { .nan }
    public var skewness: Double { .nan }
    public var excessKurtosis: Double { .nan }
    public var mode: Double { location }
    public var median: Double { location }
    public var entropy: Double { log(4 * Double.pi * scale) }

    private func standardized(_ x: Double) -> Double { (x - location) / scale }

    public func logDensity(_ x: Double) -> Double {
        let z = abs(standardized(x))
        return -(z < 1e8 ? log1p(z * z) : 2 * log(z)) - log(Double.pi * scale)
    }

    public func pdf(_ x: Double) -> Double {
        let z = abs(standardized(x))
        return z < 1e8 ? 1 / (.pi * scale * (1 + z * z)) : 1 / z / z / (.pi * scale)
    }

    /// P(Z > z) for the standard Cauchy: arctan(1/z)/π in the tail.
    private func upperTail(_ z: Double) -> Double { atan2(1, z) / .pi }

    public func cdf(_ x: Double) -> Double { upperTail(-standardized(x)) }
    public func upperCDF(_ x: Double) -> Double { upperTail(standardized(x)) }
    public func logCDF(_ x: Double) -> Double {
        let z = standardized(x)
        return z > 0 ? log1p(-upperTail(z)) : log(upperTail(-z))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        let z = standardized(x)
        return z < 0 ? log1p(-upperTail(-z)) : log(upperTail(z))
    }

    /// The z with P(Z > z) = q.
    private func standardUpperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        if q == 0 { return .infinity }
        if q == 1 { return -.infinity }
        if q > 0.25, q < 0.75 { return tan(.pi * (0.5 - q)) }
        return q < 0.5 ? 1 / tan(.pi * q) : -1 / tan(.pi * (1 - q))
    }
    public func quantile(_ p: Double) -> Double { location - scale * standardUpperQuantile(p) }
    public func upperQuantile(_ q: Double) -> Double {
        location + scale * standardUpperQuantile(q)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        quantile(generator.uniform())
    }

    /// Newton's method in μ and log σ, from the median and half the
    /// interquartile range.
    public static func fit(_ data: [Double]) throws -> Fit<Cauchy> {
        let data = try FitData(data, atLeast: 3, varying: true)
        let spread = max(
            0.5 * (data.quantile(0.75) - data.quantile(0.25)),
            1e-3 * (data.squares / data.n).squareRoot())
        let (point, covariance) = try maximum(
            of: "Cauchy.fit", from: [data.quantile(0.5), log(spread)]
        ) { theta in
            let (mu, sigma) = (theta[0], exp(theta[1]))
            var value = -data.n * log(.pi * sigma)
            var gMu = 0.0, gS = -data.n, hMuMu = 0.0, hMuS = 0.0, hSS = 0.0
            for x in data.values {
                let z = (x - mu) / sigma
                let d = 1 + z * z
                value -= log(d)
                gMu += 2 * z / d / sigma
                gS += 2 * z * z / d
                hMuMu += 2 * (z * z - 1) / (d * d) / (sigma * sigma)
                hMuS += -4 * z / (d * d) / sigma
                hSS += -4 * z * z / (d * d)
            }
            return Likelihood(
                value: value, gradient: [gMu, gS], hessian: [[hMuMu, hMuS], [hMuS, hSS]])
        }
        let cauchy = try Cauchy(location: point[0], scale: exp(point[1]))
        return Fit(
            cauchy,
            [
                ("location", cauchy.location, covariance[0][0].squareRoot()),
                ("scale", cauchy.scale, cauchy.scale * covariance[1][1].squareRoot()),
            ],
            logLikelihood: data.sum(cauchy.logDensity), data: data.values)
    }
}

extension Cauchy: LocationScaleFamily {
    public static let summary =
        "The Cauchy distribution: a ratio of two normal numbers, without a mean."
}

extension Cauchy: TracedTails, TracedSampler {
    public static let stanName = "cauchy"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.cauchy, [x] + parameters, droppingConstants: droppingConstants)
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logUpperTail(-zScore(x, parameters[0], parameters[1]))
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logUpperTail(zScore(x, parameters[0], parameters[1]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Cauchy(location: parameters[0], scale: parameters[1]).sample(using: generator)
    }

    /// log P(Z > z) of the standard distribution: the angle of the point (z, 1) has
    /// no cancellation far out, its complement none on the other side.
    private static func logUpperTail(_ z: Traced) -> Traced {
        // |z| with a slope at 0.
        let size = select(Traced.less(z, 0), -z, z)
        let share = atan2(1, size) * Traced(1 / Double.pi)
        return select(Traced.less(z, 0), log1m(share), log(share))
    }
}
