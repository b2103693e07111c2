// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The hyperbolic secant distribution, between the logistic and the normal.
///
/// Density sech(π z/2)/(2σ), z = (x − μ)/σ; mean μ and standard deviation σ.
///
///     let d = try HyperbolicSecant()
///     d.quantile(0.75)                        // 0.5611
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 23.
public struct HyperbolicSecant: ContinuousDistribution, Hashable {
    public let location: Double
    public let scale: Double

    /// Throws `ParameterError` unless the scale is positive and finite, the location
    /// finite.
    public init(location: Double = 0, scale: Double = 1) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "HyperbolicSecant(location: \(location), scale: \(scale))" }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var mean: Double { location }
    public var variance: Double { scale * scale }
    public var standardDeviation: Double { scale }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double { 2 }
    public var mode: Double { location }
    public var median: Double { location }
    public var entropy: Double { log(scale) + 2 * logTwo }

    /// π z/2.
    private func argument(_ x: Double) -> Double { 0.5 * .pi * ((x - location) / scale) }

    public func logDensity(_ x: Double) -> Double {
        let y = abs(argument(x))
        return -y - log1p(exp(-2 * y)) - log(scale)
    }
    public func pdf(_ x: Double) -> Double {
        let y = abs(argument(x))
        return exp(-y) / (1 + exp(-2 * y)) / scale
    }
    /// P(X > x): (2/π) arctan(e⁻ʸ).
    private func upper(_ y: Double) -> Double {
        y >= 0 ? atan(exp(-y)) * 0.636_619_772_367_581_343_1 : y < 0 ? 1 - upper(-y) : .nan
    }
    private func logUpper(_ y: Double) -> Double {
        if y > 0 {
            return y > 40
                ? -y - 0.451_582_705_289_454_864_7
                : log(atan(exp(-y)) * 0.636_619_772_367_581_343_1)
        }
        return y <= 0 ? log1p(-upper(-y)) : .nan
    }
    public func cdf(_ x: Double) -> Double { upper(-argument(x)) }
    public func upperCDF(_ x: Double) -> Double { upper(argument(x)) }
    public func logCDF(_ x: Double) -> Double { logUpper(-argument(x)) }
    public func logUpperCDF(_ x: Double) -> Double { logUpper(argument(x)) }

    /// The z ≤ 0 with P(Z ≤ z) = p ≤ ½.
    private func lowerQuantile(_ p: Double) -> Double {
        guard p >= 0 else { return .nan }
        let y = p < 0.25 ? log(tan(0.5 * .pi * p)) : -asinh(tan(.pi * (0.5 - p)))
        return y * 0.636_619_772_367_581_343_1
    }
    public func quantile(_ p: Double) -> Double {
        location + scale * (p <= 0.5 ? lowerQuantile(p) : -lowerQuantile(1 - p))
    }
    public func upperQuantile(_ q: Double) -> Double {
        location - scale * (q <= 0.5 ? lowerQuantile(q) : -lowerQuantile(1 - q))
    }

    public func sample(using generator: RandomGenerator) -> Double {
        quantile(generator.uniform())
    }
}

extension HyperbolicSecant: LocationScaleFamily {
    public static let summary =
        "The hyperbolic secant distribution: bell-shaped with exponential tails."
}
