// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// A number of which only the nearer end is seen where it lies outside an interval:
/// the base's draw clamped to it, with all probability outside at the ends.
///
/// `logDensity` is the log likelihood of an observation: of one at an end the
/// logarithm of the probability at or beyond it, of one inside the base's density.
///
///     let d = try Censored(Normal(mean: 3, standardDeviation: 2), lower: 0)
///     d.pdf(0)                                // 0.0668, P(X ≤ 0)
///
/// Source: J. Tobin, "Estimation of relationships for limited dependent variables",
/// Econometrica 26 (1958).
public struct Censored<Base: ContinuousDistribution>: UnivariateDistribution {
    public let base: Base
    /// −∞ and ∞ where nothing is censored.
    public let lower: Double
    public let upper: Double

    /// Throws `ParameterError` unless lower < upper.
    public init(
        _ base: Base, lower: Double = -.infinity, upper: Double = .infinity
    ) throws(ParameterError) {
        guard lower < upper else {
            throw ParameterError("upper", is: upper, mustBe: "above lower, \(lower)")
        }
        self.base = base
        self.lower = lower
        self.upper = upper
    }

    public var description: String { "Censored(\(base), lower: \(lower), upper: \(upper))" }
    private func clamped(_ x: Double) -> Double { min(max(x, lower), upper) }
    public var support: ClosedRange<Double> {
        clamped(base.support.lowerBound)...clamped(base.support.upperBound)
    }

    public func logDensity(_ x: Double) -> Double {
        if x < lower || x > upper { return -.infinity }
        if x == lower, lower > -.infinity { return base.logCDF(lower) }
        if x == upper, upper < .infinity { return base.logUpperCDF(upper) }
        return base.logDensity(x)
    }
    public func cdf(_ x: Double) -> Double { x < lower ? 0 : x >= upper ? 1 : base.cdf(x) }
    public func upperCDF(_ x: Double) -> Double {
        x < lower ? 1 : x >= upper ? 0 : base.upperCDF(x)
    }
    public func logCDF(_ x: Double) -> Double {
        x < lower ? -.infinity : x >= upper ? 0 : base.logCDF(x)
    }
    public func logUpperCDF(_ x: Double) -> Double {
        x < lower ? 0 : x >= upper ? -.infinity : base.logUpperCDF(x)
    }
    public func quantile(_ p: Double) -> Double { clampedOrNaN(base.quantile(p)) }
    public func upperQuantile(_ q: Double) -> Double { clampedOrNaN(base.upperQuantile(q)) }
    private func clampedOrNaN(_ x: Double) -> Double { x.isNaN ? .nan : clamped(x) }
    public var median: Double { quantile(0.5) }
    public var mode: Double { clamped(base.mode) }
    public func sample(using generator: RandomGenerator) -> Double {
        clamped(base.sample(using: generator))
    }

    /// As a mixture: of what lies inside by its truncation, and of the ends.
    private var parts: [(weight: Double, mean: Double, v: Double, third: Double, fourth: Double)] {
        var parts: [(weight: Double, mean: Double, v: Double, third: Double, fourth: Double)] = []
        if lower > -.infinity { parts.append((base.cdf(lower), lower, 0, 0, 0)) }
        if upper < .infinity { parts.append((base.upperCDF(upper), upper, 0, 0, 0)) }
        if parts.isEmpty {
            let v = base.variance
            parts.append(
                (
                    1, base.mean, v, base.skewness * v * v.squareRoot(),
                    (base.excessKurtosis + 3) * v * v
                ))
        } else if let inside = try? Truncated(base, lower: lower, upper: upper) {
            let moments = NumericMoments(inside)
            let v = moments.variance
            parts.append(
                (
                    exp(inside.logProbability),
                    moments.mean, v, moments.skewness * v * v.squareRoot(),
                    (moments.excess + 3) * v * v
                ))
        }
        return parts.filter { $0.weight > 0 }
    }
    private func central(_ order: Int) -> Double {
        let parts = parts
        let mean = parts.reduce(0) { $0 + $1.weight * $1.mean }
        return parts.reduce(0) { sum, part in
            let d = part.mean - mean
            let moment =
                order == 2
                ? part.v + d * d
                : order == 3
                    ? part.third + d * (3 * part.v + d * d)
                    : part.fourth + d * (4 * part.third + d * (6 * part.v + d * d))
            return sum + part.weight * moment
        }
    }
    public var mean: Double { parts.reduce(0) { $0 + $1.weight * $1.mean } }
    public var variance: Double { central(2) }
    public var skewness: Double {
        let v = variance
        return central(3) / (v * v.squareRoot())
    }
    public var excessKurtosis: Double {
        let v = variance
        return central(4) / (v * v) - 3
    }
    public func momentGeneratingFunction(_ t: Double) -> Double {
        var sum = 0.0
        if lower > -.infinity { sum += base.cdf(lower) * exp(t * lower) }
        if upper < .infinity { sum += base.upperCDF(upper) * exp(t * upper) }
        guard let inside = try? Truncated(base, lower: lower, upper: upper) else { return sum }
        return sum + exp(inside.logProbability) * inside.momentGeneratingFunction(t)
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        var (real, imaginary) = (0.0, 0.0)
        func add(_ weight: Double, _ at: ComplexNumber) {
            real += weight * at.real
            imaginary += weight * at.imaginary
        }
        if lower > -.infinity {
            add(base.cdf(lower), ComplexNumber(modulus: 1, argument: t * lower))
        }
        if upper < .infinity {
            add(base.upperCDF(upper), ComplexNumber(modulus: 1, argument: t * upper))
        }
        if let inside = try? Truncated(base, lower: lower, upper: upper) {
            add(exp(inside.logProbability), inside.characteristicFunction(t))
        }
        return ComplexNumber(real, imaginary)
    }
    /// Relative to Lebesgue measure inside and to counting at the ends.
    public var entropy: Double {
        var sum = 0.0
        if lower > -.infinity { sum -= xLogY(base.cdf(lower), base.cdf(lower)) }
        if upper < .infinity { sum -= xLogY(base.upperCDF(upper), base.upperCDF(upper)) }
        guard let inside = try? Truncated(base, lower: lower, upper: upper) else { return sum }
        let logInside = inside.logProbability
        return sum + exp(logInside) * (inside.entropy - logInside)
    }
}

extension Censored: Equatable where Base: Equatable {}
extension Censored: Hashable where Base: Hashable {}
