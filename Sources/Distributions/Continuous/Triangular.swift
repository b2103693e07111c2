// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// The triangular distribution: a density that rises to the mode and falls from it
/// along straight lines.
///
///     let cost = try Triangular(lower: 10, mode: 12, upper: 20)
///     cost.mean                               // 14
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 26.
public struct Triangular: ContinuousDistribution, Hashable {
    public let lower: Double
    public let mode: Double
    public let upper: Double
    private var width: Double { upper - lower }
    private var rise: Double { mode - lower }
    private var fall: Double { upper - mode }

    /// Throws `ParameterError` unless lower ≤ mode ≤ upper and lower < upper, all
    /// finite.
    public init(lower: Double, mode: Double, upper: Double) throws(ParameterError) {
        (self.lower, self.upper) = try Parameter.interval(lower, upper)
        self.mode = try Parameter.within(mode, "mode", lower, upper)
    }

    public var description: String {
        "Triangular(lower: \(lower), mode: \(mode), upper: \(upper))"
    }
    public var support: ClosedRange<Double> { lower...upper }
    public var mean: Double { lower + (width + rise) / 3 }
    public var variance: Double { width * width / 18 * shape }
    public var skewness: Double {
        let (u, v) = (rise / width, fall / width)
        return 0.2 * 2.0.squareRoot() * (v - u) * (2 * u + v) * (u + 2 * v)
            / (shape * shape.squareRoot())
    }
    public var excessKurtosis: Double { -0.6 }
    public var entropy: Double { 0.5 + log(0.5 * width) }
    /// (u² + u v + v²)/(u + v)² of the two sides.
    private var shape: Double {
        let (u, v) = (rise / width, fall / width)
        return u * u + u * v + v * v
    }

    public func logDensity(_ x: Double) -> Double { log(pdf(x)) }
    public func pdf(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        guard x >= lower, x <= upper else { return 0 }
        if x < mode { return (x - lower) / rise * 2 / width }
        return x == mode ? 2 / width : (upper - x) / fall * 2 / width
    }
    /// P of one tail, of which `near` is the side that begins at its end, the other `far`;
    /// the point has the distance d from that end and e from the mode.
    private func part(_ near: Double, _ far: Double, _ d: Double, _ e: Double) -> Double {
        d < near || near > 0 && d == near
            ? d / width * (d / near) : near / width + e * (2 - e / far) / width
    }
    private func tail(_ x: Double, lower isLower: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= lower { return isLower ? 0 : 1 }
        if x >= upper { return isLower ? 1 : 0 }
        return isLower
            ? part(rise, fall, x - lower, x - mode) : part(fall, rise, upper - x, mode - x)
    }
    private func logTail(_ x: Double, lower isLower: Bool) -> Double {
        let value = tail(x, lower: isLower)
        if value > 0.5 { return log1p(-tail(x, lower: !isLower)) }
        let (side, distance) = isLower ? (rise, x - lower) : (fall, upper - x)
        if value > 1e-290 || !(distance > 0 && distance < side) { return log(value) }
        return log(distance / width) + log(distance / side)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false) }
    public func logCDF(_ x: Double) -> Double { logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { logTail(x, lower: false) }

    /// The distance of a quantile from the end of its tail that has the side `near`:
    /// from that end, or near the mode from there, where the root would cancel.
    private func distance(_ p: Double, _ near: Double, _ far: Double) -> Double {
        let excess = p * width - near
        if excess < 0 {
            return p.squareRoot() * width.squareRoot() * near.squareRoot()
        }
        let e = min(excess / far, 1)
        return near + far * (e / (1 + (1 - e).squareRoot()))
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        if p == 1 { return upper }
        return p <= 0.5
            ? lower + distance(p, rise, fall) : upper - distance(1 - p, fall, rise)
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

extension Triangular: DistributionFamily {
    public static let summary =
        "The triangular distribution: a guess by the least, likeliest and largest value."
    public static let parameters: [FamilyParameter] = [
        .init("lower", .real), .init("mode", .real), .init("upper", .real),
    ]
    public var parameterValues: [Double] { [lower, mode, upper] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(lower: values[0], mode: values[1], upper: values[2])
    }
}
