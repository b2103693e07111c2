// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// The arcsine distribution on an interval: Beta(½, ½), moved and stretched.
///
/// Density 1/(π √((x − lower)(upper − x))).
///
///     let position = try Arcsine(lower: -1, upper: 1)   // of a pendulum
///     position.cdf(0.5)                       // 2/3
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 25.
public struct Arcsine: ContinuousDistribution, Hashable {
    public let lower: Double
    public let upper: Double
    private var width: Double { upper - lower }

    /// Throws `ParameterError` unless lower < upper, both finite.
    public init(lower: Double, upper: Double) throws(ParameterError) {
        (self.lower, self.upper) = try Parameter.interval(lower, upper)
    }

    public var description: String { "Arcsine(lower: \(lower), upper: \(upper))" }
    public var support: ClosedRange<Double> { lower...upper }
    public var mean: Double { lower + 0.5 * width }
    public var variance: Double { 0.125 * width * width }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double { -1.5 }
    public var mode: Double { .nan }
    public var median: Double { mean }
    public var entropy: Double { log(0.25 * .pi) + log(width) }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        guard x > lower, x < upper else {
            return x == lower || x == upper ? .infinity : -.infinity
        }
        return -log(.pi) - 0.5 * (log(x - lower) + log(upper - x))
    }
    public func pdf(_ x: Double) -> Double {
        guard x > lower, x < upper else { return exp(logDensity(x)) }
        return 1 / (.pi * (x - lower).squareRoot() * (upper - x).squareRoot())
    }
    /// The share of the tail that has the length `part`, of which `rest` is left.
    private func share(_ part: Double, _ rest: Double) -> Double {
        part < rest
            ? asin(part.squareRoot() / width.squareRoot()) / (0.5 * .pi)
            : 1 - asin(rest.squareRoot() / width.squareRoot()) / (0.5 * .pi)
    }
    private func logShare(_ part: Double, _ rest: Double) -> Double {
        part < rest ? log(share(part, rest)) : log1p(-share(rest, part))
    }
    public func cdf(_ x: Double) -> Double {
        x <= lower ? 0 : x >= upper ? 1 : share(x - lower, upper - x)
    }
    public func upperCDF(_ x: Double) -> Double {
        x <= lower ? 1 : x >= upper ? 0 : share(upper - x, x - lower)
    }
    public func logCDF(_ x: Double) -> Double {
        x <= lower ? -.infinity : x >= upper ? 0 : logShare(x - lower, upper - x)
    }
    public func logUpperCDF(_ x: Double) -> Double {
        x <= lower ? 0 : x >= upper ? -.infinity : logShare(upper - x, x - lower)
    }
    private func distance(_ p: Double) -> Double {
        let s = sin(0.5 * .pi * p)
        return width * s * s
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        return p <= 0.5 ? lower + distance(p) : upper - distance(1 - p)
    }
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        return q <= 0.5 ? upper - distance(q) : lower + distance(1 - q)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        quantile(generator.uniform())
    }
}

extension Arcsine: DistributionFamily {
    public static let summary =
        "The arcsine distribution: where an oscillation is found at a random time."
    public static let parameters: [FamilyParameter] = [
        .init("lower", .real), .init("upper", .real),
    ]
    public var parameterValues: [Double] { [lower, upper] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(lower: values[0], upper: values[1])
    }
}
