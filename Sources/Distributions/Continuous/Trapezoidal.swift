// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// The trapezoidal distribution: a density that rises along a straight line to a
/// plateau, and falls from it along another.
///
///     let d = try Trapezoidal(lower: 0, plateauStart: 1, plateauEnd: 3, upper: 4)
///     d.cdf(1)                                // 1/6
///
/// Source: J. R. van Dorp, S. Kotz, "Generalized trapezoidal distributions",
/// Metrika 58 (2003).
public struct Trapezoidal: ContinuousDistribution, Hashable {
    public let lower: Double
    public let plateauStart: Double
    public let plateauEnd: Double
    public let upper: Double
    private var rise: Double { plateauStart - lower }
    private var plateau: Double { plateauEnd - plateauStart }
    private var fall: Double { upper - plateauEnd }
    private var height: Double { 2 / (rise + 2 * plateau + fall) }

    /// Throws `ParameterError` unless lower ≤ plateauStart ≤ plateauEnd ≤ upper and
    /// lower < upper, all finite.
    public init(
        lower: Double, plateauStart: Double, plateauEnd: Double, upper: Double
    ) throws(ParameterError) {
        (self.lower, self.upper) = try Parameter.interval(lower, upper)
        self.plateauStart = try Parameter.within(plateauStart, "plateauStart", lower, upper)
        self.plateauEnd = try Parameter.within(plateauEnd, "plateauEnd", plateauStart, upper)
    }

    public var description: String {
        "Trapezoidal(lower: \(lower), plateauStart: \(plateauStart), "
            + "plateauEnd: \(plateauEnd), upper: \(upper))"
    }
    public var support: ClosedRange<Double> { lower...upper }
    // Integrals of polynomials, for which the rule is exact.
    private func integral(_ f: (Double) -> Double) -> Double {
        AdaptiveIntegral.evaluate([lower, plateauStart, plateauEnd, upper]) { f($0) * pdf($0) }
    }
    /// The mean's distance from the lower end, which has more digits than the mean.
    private var offset: Double { integral { $0 - lower } }
    private func centralMoment(_ k: Double) -> Double {
        let m = offset
        return integral { pow(($0 - lower) - m, k) }
    }
    public var mean: Double { lower + offset }
    public var variance: Double { centralMoment(2) }
    public var skewness: Double { centralMoment(3) / pow(variance, 1.5) }
    public var excessKurtosis: Double {
        let v = variance
        return centralMoment(4) / (v * v) - 3
    }
    /// The middle of the plateau.
    public var mode: Double { plateauStart + 0.5 * plateau }
    public var entropy: Double { 0.25 * height * (rise + fall) - log(height) }

    public func logDensity(_ x: Double) -> Double { log(pdf(x)) }
    public func pdf(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        guard x >= lower, x <= upper else { return 0 }
        if x < plateauStart { return height * ((x - lower) / rise) }
        return x <= plateauEnd ? height : height * ((upper - x) / fall)
    }
    /// A tail: its ramp, the plateau, and of the other ramp what lies at most `past`
    /// beyond the plateau; `inside` from its end, `along` the plateau.
    private func tail(
        _ near: Double, _ far: Double, inside: Double, along: Double, past: Double
    ) -> Double {
        if along < 0 { return 0.5 * height * inside * (inside / near) }
        if past < 0 { return height * (0.5 * near + along) }
        return height * (0.5 * near + plateau + (far > 0 ? past * (1 - 0.5 * past / far) : 0))
    }
    private func tail(_ x: Double, lower isLower: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= lower { return isLower ? 0 : 1 }
        if x >= upper { return isLower ? 1 : 0 }
        return isLower
            ? tail(rise, fall, inside: x - lower, along: x - plateauStart, past: x - plateauEnd)
            : tail(fall, rise, inside: upper - x, along: plateauEnd - x, past: plateauStart - x)
    }
    private func logTail(_ x: Double, lower isLower: Bool) -> Double {
        let value = tail(x, lower: isLower)
        if value > 0.5 { return log1p(-tail(x, lower: !isLower)) }
        let (side, distance) = isLower ? (rise, x - lower) : (fall, upper - x)
        if value > 1e-290 || !(distance > 0 && distance < side) { return log(value) }
        return log(0.5 * height * distance) + log(distance / side)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false) }
    public func logCDF(_ x: Double) -> Double { logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { logTail(x, lower: false) }

    /// The distance of a quantile from the end of its tail.
    private func distance(_ p: Double, _ near: Double, _ far: Double) -> Double {
        let area = p / height
        if area < 0.5 * near { return (2 * near).squareRoot() * area.squareRoot() }
        let along = area - 0.5 * near
        if along <= plateau || far == 0 { return near + min(along, plateau) }
        let rest = along - plateau
        return near + plateau + 2 * rest / (1 + max(1 - 2 * rest / far, 0).squareRoot())
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        if p == 1 { return upper }
        return p <= 0.5 ? lower + distance(p, rise, fall) : upper - distance(1 - p, fall, rise)
    }
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        if q == 1 { return lower }
        return q <= 0.5 ? upper - distance(q, fall, rise) : lower + distance(1 - q, rise, fall)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        quantile(generator.uniform())
    }
}

extension Trapezoidal: DistributionFamily {
    public static let summary =
        "The trapezoidal distribution: a plateau between two straight ramps."
    public static let parameters: [FamilyParameter] = [
        .init("lower", .real), .init("plateauStart", .real), .init("plateauEnd", .real),
        .init("upper", .real),
    ]
    public var parameterValues: [Double] { [lower, plateauStart, plateauEnd, upper] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(
            lower: values[0], plateauStart: values[1], plateauEnd: values[2], upper: values[3])
    }
}
