// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// A distribution moved and stretched: location + scale · X, for a scale other than 0.
///
///     let height = try ShiftedScaled(StudentT(degreesOfFreedom: 4), location: 170, scale: 8)
///     height.quantile(0.5)                    // 170
public struct ShiftedScaled<Base: ContinuousDistribution>: ContinuousDistribution {
    public let base: Base
    public let location: Double
    public let scale: Double

    /// Throws `ParameterError` unless both are finite and the scale is not 0.
    public init(_ base: Base, location: Double = 0, scale: Double = 1) throws(ParameterError) {
        self.base = base
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.finite(scale, "scale")
        guard scale != 0 else { throw ParameterError("scale", is: scale, mustBe: "other than 0") }
    }

    public var description: String {
        "ShiftedScaled(\(base), location: \(location), scale: \(scale))"
    }
    private var rises: Bool { scale > 0 }
    private func moved(_ x: Double) -> Double { location + scale * x }
    private func standard(_ x: Double) -> Double { (x - location) / scale }

    public var support: ClosedRange<Double> {
        let (a, b) = (moved(base.support.lowerBound), moved(base.support.upperBound))
        return min(a, b)...max(a, b)
    }
    public var mean: Double { moved(base.mean) }
    public var variance: Double { scale * scale * base.variance }
    public var standardDeviation: Double { abs(scale) * base.standardDeviation }
    public var skewness: Double { rises ? base.skewness : -base.skewness }
    public var excessKurtosis: Double { base.excessKurtosis }
    public var mode: Double { moved(base.mode) }
    public var entropy: Double { base.entropy + log(abs(scale)) }

    public func logDensity(_ x: Double) -> Double { base.logDensity(standard(x)) - log(abs(scale)) }
    public func pdf(_ x: Double) -> Double { base.pdf(standard(x)) / abs(scale) }
    public func cdf(_ x: Double) -> Double {
        rises ? base.cdf(standard(x)) : base.upperCDF(standard(x))
    }
    public func upperCDF(_ x: Double) -> Double {
        rises ? base.upperCDF(standard(x)) : base.cdf(standard(x))
    }
    public func logCDF(_ x: Double) -> Double {
        rises ? base.logCDF(standard(x)) : base.logUpperCDF(standard(x))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        rises ? base.logUpperCDF(standard(x)) : base.logCDF(standard(x))
    }
    public func quantile(_ p: Double) -> Double {
        moved(rises ? base.quantile(p) : base.upperQuantile(p))
    }
    public func upperQuantile(_ q: Double) -> Double {
        moved(rises ? base.upperQuantile(q) : base.quantile(q))
    }
    public func sample(using generator: RandomGenerator) -> Double {
        moved(base.sample(using: generator))
    }
}

extension ShiftedScaled: Equatable where Base: Equatable {}
extension ShiftedScaled: Hashable where Base: Hashable {}
