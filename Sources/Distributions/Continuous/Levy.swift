// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Lévy's distribution: the first passage time of Brownian motion without
/// drift. It has no mean.
///
/// Density √(c/(2π)) d^(−3/2) exp(−c/(2d)), d = x − μ > 0. R (package rmutil):
/// `levy(m, s)`.
///
///     let d = try Levy(scale: 1)
///     d.median                                // 2.198
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 15.
public struct Levy: ContinuousDistribution, Hashable {
    public let location: Double
    public let scale: Double

    /// Throws `ParameterError` unless the scale is positive and finite, the location
    /// finite.
    public init(location: Double = 0, scale: Double = 1) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "Levy(location: \(location), scale: \(scale))" }
    public var support: ClosedRange<Double> { location ... .infinity }
    public var mean: Double { .infinity }
    public var variance: Double { .nan }
    public var skewness: Double { .nan }
    public var excessKurtosis: Double { .nan }
    public var mode: Double { location + scale / 3 }
    /// (1 + 3γ + log(16πc²))/2
    public var entropy: Double { log(scale) + 3.324_482_801_396_889_996_8 }

    public func logDensity(_ x: Double) -> Double {
        let d = x - location
        if d <= 0 || x == .infinity { return -.infinity }
        return 1.5 * logRatio(scale, d) - 0.5 * (scale / d) - halfLog2Pi - log(scale)
    }
    public func pdf(_ x: Double) -> Double {
        let d = x - location
        let ratio = scale / d
        guard d > 0, ratio > 1e-200, ratio < 1e200 else { return exp(logDensity(x)) }
        return 0.398_942_280_401_432_677_9 / scale * ratio * ratio.squareRoot() * exp(-0.5 * ratio)
    }
    /// √(c/(2d)): X ≤ x where a normal variable of variance ½ is farther from 0.
    private func argument(_ x: Double) -> Double {
        let d = x - location
        let half = 0.5 * scale / d
        return half > 1e-290 && half < .infinity
            ? half.squareRoot() : (0.5 * scale).squareRoot() / d.squareRoot()
    }
    public func cdf(_ x: Double) -> Double { x <= location ? 0 : erfc(argument(x)) }
    public func upperCDF(_ x: Double) -> Double { x <= location ? 1 : erf(argument(x)) }
    public func logCDF(_ x: Double) -> Double {
        if x <= location { return -.infinity }
        let ratio = 0.5 * scale / (x - location)
        // The square of the argument is exact as it stands.
        return ratio < 25 ? logErfc(argument(x)) : log(erfcx(argument(x))) - ratio
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x <= location { return 0 }
        let a = argument(x)
        return a < 0.5 ? log(erf(a)) : log1p(-erfc(a))
    }
    private func place(_ a: Double) -> Double {
        let root = (0.5 * scale).squareRoot() / a
        return location + root * root
    }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? place(erfcInverse(p)) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? place(erfInverse(q)) : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        let z = generator.normal()
        return location + scale / (z * z)
    }
}

extension Levy: LocationScaleFamily {
    public static let summary =
        "Lévy's distribution: the first passage time of Brownian motion."
}
