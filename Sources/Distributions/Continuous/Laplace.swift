// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness

/// The Laplace (double exponential) distribution.
///
/// Density 1/(2b) exp(−|x − μ|/b). Stan: `double_exponential(mu, sigma)` with
/// σ = b.
///
///     let d = try Laplace(location: 0, scale: 1)
///     d.variance                              // 2
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 24.
public struct Laplace: ContinuousDistribution, FittableDistribution, Hashable {
    public let location: Double
    public let scale: Double

    /// Throws `ParameterError` unless the location is finite and the scale
    /// positive and finite.
    public init(location: Double = 0, scale: Double = 1) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "Laplace(location: \(location), scale: \(scale))" }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var mean: Double { location }
    public var variance: Double { 2 * scale * scale }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double { 3 }
    public var mode: Double { location }
    public var median: Double { location }
    public var entropy: Double { 1 + log(2 * scale) }

    private func standardized(_ x: Double) -> Double { (x - location) / scale }

    public func logDensity(_ x: Double) -> Double { -abs(standardized(x)) - log(2 * scale) }

    /// log P(Z ≤ z) for location 0 and scale 1.
    private func logLower(_ z: Double) -> Double {
        z <= 0 ? z - 0.693_147_180_559_945_3 : log1p(-0.5 * exp(-z))
    }
    private func lower(_ z: Double) -> Double { z <= 0 ? 0.5 * exp(z) : 1 - 0.5 * exp(-z) }

    public func cdf(_ x: Double) -> Double { lower(standardized(x)) }
    public func upperCDF(_ x: Double) -> Double { lower(-standardized(x)) }
    public func logCDF(_ x: Double) -> Double { logLower(standardized(x)) }
    public func logUpperCDF(_ x: Double) -> Double { logLower(-standardized(x)) }

    private func standardQuantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        // Near the middle 2p − 1 is exact.
        if p < 0.25 { return log(2 * p) }
        if p > 0.75 { return -log(2 * (1 - p)) }
        let d = 2 * p - 1
        return d < 0 ? log1p(d) : -log1p(-d)
    }
    public func quantile(_ p: Double) -> Double { location + scale * standardQuantile(p) }
    public func upperQuantile(_ q: Double) -> Double { location - scale * standardQuantile(q) }

    public func sample(using generator: RandomGenerator) -> Double {
        let magnitude = scale * generator.exponential()
        return generator.next() & 1 == 0 ? location + magnitude : location - magnitude
    }

    /// The median, and the mean distance from it. The error of the location is
    /// the asymptotic one, b/√n.
    public static func fit(_ data: [Double]) throws -> Fit<Laplace> {
        let data = try FitData(data, atLeast: 2, varying: true)
        let sorted = data.values.sorted()
        let middle = sorted.count / 2
        let median =
            sorted.count % 2 == 1
            ? sorted[middle] : sorted[middle - 1] + 0.5 * (sorted[middle] - sorted[middle - 1])
        let scale = data.average { abs($0 - median) }
        let laplace = try Laplace(location: median, scale: scale)
        let error = scale / data.n.squareRoot()
        return Fit(
            laplace, [("location", median, error), ("scale", scale, error)],
            logLikelihood: data.sum(laplace.logDensity), data: data.values)
    }
}

extension Laplace: LocationScaleFamily {
    public static let summary =
        "The Laplace distribution: exponential on both sides of its location."
}

extension Laplace: TracedTails, TracedSampler {
    public static let stanName = "double_exponential"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, sigma) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, mu, sigma], droppingConstants: droppingConstants)
        terms.add(-logTwo)
        terms.add(sigma) { -log(sigma) }
        terms.add(y, mu, sigma) { -abs(y - mu) / sigma }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLowerTail(zScore(x, parameters[0], parameters[1]))
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLowerTail(-zScore(x, parameters[0], parameters[1]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Laplace(location: parameters[0], scale: parameters[1]).sample(using: generator)
    }

    /// log P(Z ≤ z) for location 0 and scale 1.
    private static func logLowerTail(_ z: Traced) -> Traced {
        // |z| with a slope at 0.
        let size = select(Traced.less(z, 0), -z, z)
        return select(Traced.less(z, 0), z - Traced(logTwo), log1m(0.5 * exp(-size)))
    }
}
