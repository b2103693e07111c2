// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness

/// The uniform distribution on an interval.
///
/// Density 1/(upper − lower) between the bounds. Stan: `uniform(lower, upper)`;
/// R: `unif(min, max)`.
///
///     let angle = try Uniform(0, .pi / 2)
///     angle.mean                              // 0.785…
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 26.
public struct Uniform: ContinuousDistribution, FittableDistribution, Hashable {
    public let lower: Double
    public let upper: Double
    private var width: Double { upper - lower }

    /// Throws `ParameterError` unless lower < upper, both finite.
    public init(lower: Double, upper: Double) throws(ParameterError) {
        self.lower = try Parameter.finite(lower, "lower")
        self.upper = try Parameter.finite(upper, "upper")
        guard lower < upper, (upper - lower).isFinite else {
            throw ParameterError("upper", is: upper, mustBe: "above lower (\(lower))")
        }
    }

    /// The same, without labels.
    public init(_ lower: Double, _ upper: Double) throws(ParameterError) {
        try self.init(lower: lower, upper: upper)
    }

    public var description: String { "Uniform(lower: \(lower), upper: \(upper))" }
    public var support: ClosedRange<Double> { lower...upper }
    public var mean: Double { lower + 0.5 * width }
    public var variance: Double { width * width / 12 }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double { -1.2 }
    public var mode: Double { mean }
    public var median: Double { mean }
    public var entropy: Double { log(width) }

    public func logDensity(_ x: Double) -> Double {
        x.isNaN ? .nan : x >= lower && x <= upper ? -log(width) : -.infinity
    }
    public func cdf(_ x: Double) -> Double {
        x <= lower ? 0 : x >= upper ? 1 : (x - lower) / width
    }
    public func upperCDF(_ x: Double) -> Double {
        x <= lower ? 1 : x >= upper ? 0 : (upper - x) / width
    }
    public func logCDF(_ x: Double) -> Double {
        let u = upperCDF(x)
        return u < 0.5 ? log1p(-u) : log(cdf(x))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        let p = cdf(x)
        return p < 0.5 ? log1p(-p) : log(upperCDF(x))
    }
    public func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? (p == 1 ? upper : lower + p * width) : .nan
    }
    public func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? (q == 1 ? lower : upper - q * width) : .nan
    }

    public func sample(using generator: RandomGenerator) -> Double {
        lower + width * generator.uniform()
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, using generator: RandomGenerator
    ) {
        buffer.fillByParts({ generator.fillUniform($0) }) { lower + width * $0 }
    }

    /// The smallest and the largest of the data. Their errors are the standard
    /// deviations of the extremes of uniform data, not from the information.
    public static func fit(_ data: [Double]) throws -> Fit<Uniform> {
        let data = try FitData(data, atLeast: 2, varying: true)
        let uniform = try Uniform(
            lower: data.values.min() ?? .nan, upper: data.values.max() ?? .nan)
        let n = data.n
        let error = uniform.width * (n / (n + 2)).squareRoot() / (n + 1)
        return Fit(
            uniform, [("lower", uniform.lower, error), ("upper", uniform.upper, error)],
            logLikelihood: -n * log(uniform.width), data: data.values)
    }
}

extension Uniform: DistributionFamily {
    public static let summary =
        "The uniform distribution: every point of an interval alike."
    public static let parameters: [FamilyParameter] = [
        .init("lower", .real), .init("upper", .real),
    ]
    public var parameterValues: [Double] { [lower, upper] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(lower: values[0], upper: values[1])
    }
}

extension Uniform: TracedTails, TracedSampler {
    public static let stanName = "uniform"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, lower, upper) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, lower, upper], droppingConstants: droppingConstants)
        terms.add(lower, upper) { -log(upper - lower) }
        // Outside the density is 0, whatever is dropped.
        terms.require(.lessOrEqual(lower, y), .lessOrEqual(y, upper))
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logShare(x - parameters[0], parameters[1] - x, parameters[1] - parameters[0])
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logShare(parameters[1] - x, x - parameters[0], parameters[1] - parameters[0])
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Uniform(lower: parameters[0], upper: parameters[1]).sample(using: generator)
    }

    /// log of the share of a part in the width, by the rest where that is small.
    private static func logShare(_ part: Traced, _ rest: Traced, _ width: Traced) -> Traced {
        let width = positiveOrNaN(width)
        let share = minimum(maximum(part / width, 0), 1)
        let other = minimum(maximum(rest / width, 0), 1)
        return select(Traced.less(share, 0.5), log(share), log1m(other))
    }
}
