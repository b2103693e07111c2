// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The Birnbaum–Saunders (fatigue life) distribution: how long a crack grows
/// until something breaks.
///
/// (√(x/β) − √(β/x))/α is standard normal, x > 0, with shape α and scale β, the
/// median. R (package extraDistr): `fatigue(alpha, beta)`; SciPy: `fatiguelife(c)`.
///
///     let life = try BirnbaumSaunders(shape: 0.5, scale: 100)
///     life.mean                               // 112.5
///
/// Source: Z. W. Birnbaum, S. C. Saunders, "A new family of life distributions",
/// J. Appl. Probab. 6 (1969), 319.
public struct BirnbaumSaunders: ContinuousDistribution, Hashable {
    public let shape: Double
    public let scale: Double

    /// Throws `ParameterError` unless the shape and the scale are positive and finite.
    public init(shape: Double, scale: Double) throws(ParameterError) {
        self.shape = try Parameter.positive(shape, "shape")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "BirnbaumSaunders(shape: \(shape), scale: \(scale))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { scale * (1 + 0.5 * shape * shape) }
    public var variance: Double {
        let s = shape * shape
        return scale * scale * (s * (1 + 1.25 * s))
    }
    public var skewness: Double {
        // In 1/α² where α² may overflow.
        if shape > 1e50 { return 44 / 125.0.squareRoot() }
        let s = shape * shape
        let spread = 5 * s + 4
        return 4 * shape * (11 * s + 6) / (spread * spread.squareRoot())
    }
    public var excessKurtosis: Double {
        if shape > 1e50 { return 22.32 }
        let s = shape * shape
        return 6 * s * (93 * s + 40) / ((5 * s + 4) * (5 * s + 4))
    }
    /// The positive root of y³ + (1 + α²) y² + (3α² − 1) y − 1 in y = x/β, by Newton's
    /// method.
    public var mode: Double {
        if shape > 1e50 { return scale / 3 / shape / shape }
        let s = shape * shape
        var y = 1 / (1 + s)
        for _ in 0..<200 {
            let value = ((y + (1 + s)) * y + (3 * s - 1)) * y - 1
            let slope = (3 * y + 2 * (1 + s)) * y + (3 * s - 1)
            let step = value / slope
            y -= slope > 0 && step < y ? step : 0.5 * y
            if abs(step) <= 1e-15 * y { break }
        }
        return scale * y
    }
    public var median: Double { scale }
    public var entropy: Double {
        0.5 + halfLog2Pi + log(shape) + log(scale) - meanLogOfCosh(shape)
    }

    /// What is standard normal.
    private func normal(_ x: Double) -> Double {
        let root = (x / scale).squareRoot()
        guard root > 1e-140, root < 1e140 else {
            return root < 1
                ? -scale.squareRoot() / x.squareRoot() / shape
                : x.squareRoot() / scale.squareRoot() / shape
        }
        return (x - scale) / scale / root / shape
    }

    public func logDensity(_ x: Double) -> Double {
        if x <= 0 || x == .infinity { return -.infinity }
        let z = normal(x)
        if z.isInfinite { return -.infinity }
        // (√(x/β) + √(β/x))/(2αx)
        let l = 0.5 * logRatio(x, scale)
        let bulk = abs(l) + log1p(exp(-2 * abs(l)))
        return bulk - logTwo - log(shape) - log(x) - 0.5 * z * z - halfLog2Pi
    }
    public func pdf(_ x: Double) -> Double {
        let root = (x / scale).squareRoot()
        guard x > 0, root > 1e-140, root < 1e140 else { return exp(logDensity(x)) }
        return 0.398_942_280_401_432_677_9 * (0.5 * (root + 1 / root)) / shape / x
            * expOfHalfSquare(normal(x))
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : normalCDF(normal(x)) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : normalCDF(-normal(x)) }
    public func logCDF(_ x: Double) -> Double { x <= 0 ? -.infinity : logNormalCDF(normal(x)) }
    public func logUpperCDF(_ x: Double) -> Double { x <= 0 ? 0 : logNormalCDF(-normal(x)) }

    private func place(_ z: Double) -> Double {
        let half = 0.5 * shape * z
        let root = abs(half) + hypot(half, 1)
        return half < 0 ? scale / root / root : scale * root * root
    }
    public func quantile(_ p: Double) -> Double { place(normalQuantile(p)) }
    public func upperQuantile(_ q: Double) -> Double { place(-normalQuantile(q)) }

    public func sample(using generator: RandomGenerator) -> Double {
        place(generator.normal())
    }
}

extension BirnbaumSaunders: DistributionFamily {
    public static let summary =
        "The Birnbaum–Saunders distribution: life until a crack has grown."
    public static let parameters: [FamilyParameter] = [
        .init("shape", .positive),
        .init("scale", .positive),
    ]
    public var parameterValues: [Double] { [shape, scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(shape: values[0], scale: values[1])
    }
}
