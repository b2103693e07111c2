// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The discrete uniform distribution: each whole number from one to another with the
/// same probability.
///
/// Stan: `discrete_range(l, u)`.
///
///     let die = try DiscreteUniform(lower: 1, upper: 6)
///     die.mean                                // 3.5
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, section 6.10.1.
public struct DiscreteUniform: DiscreteDistribution, Hashable {
    public let lower: Int
    public let upper: Int
    /// The number of values, at least 1.
    private let n: Double

    /// Throws `ParameterError` unless lower ≤ upper, with less than 2⁶³ − 1 between.
    public init(lower: Int, upper: Int) throws(ParameterError) {
        let (width, overflow) = upper.subtractingReportingOverflow(lower)
        guard upper >= lower, !overflow, width < .max else {
            throw ParameterError(
                "upper", is: upper, mustBe: "at least lower, \(lower), and not 2⁶³ above")
        }
        self.lower = lower
        self.upper = upper
        n = Double(width + 1)
    }

    public var description: String { "DiscreteUniform(lower: \(lower), upper: \(upper))" }
    public var support: ClosedRange<Double> { Double(lower)...Double(upper) }
    public var mean: Double { Double(lower) + 0.5 * (n - 1) }
    public var variance: Double { (n - 1) * (n + 1) / 12 }
    public var skewness: Double { n > 1 ? 0 : .nan }
    public var excessKurtosis: Double {
        n > 1 ? -1.2 * (1 + 2 / ((n - 1) * (n + 1))) : .nan
    }
    public var mode: Double { Double(lower) }
    public var entropy: Double { log(n) }

    public func logDensity(_ x: Int) -> Double { x >= lower && x <= upper ? -log(n) : -.infinity }
    public func pdf(_ x: Int) -> Double { x >= lower && x <= upper ? 1 / n : 0 }
    /// The numbers up to x, and those above.
    private func counts(_ x: Double) -> (Double, Double) {
        if x.isNaN { return (.nan, .nan) }
        let k = x.rounded(.down)
        if k < Double(lower) { return (0, n) }
        guard k < Double(upper), let whole = Int(exactly: k) else { return (n, 0) }
        return (Double(whole - lower) + 1, Double(upper - whole))
    }
    public func cdf(_ x: Double) -> Double { counts(x).0 / n }
    public func upperCDF(_ x: Double) -> Double { counts(x).1 / n }
    public func logCDF(_ x: Double) -> Double {
        let (below, above) = counts(x)
        return below < above ? log(below / n) : log1p(-above / n)
    }
    public func logUpperCDF(_ x: Double) -> Double {
        let (below, above) = counts(x)
        return above < below ? log(above / n) : log1p(-below / n)
    }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        lower + generator.uniform(below: upper - lower + 1)
    }
}

extension DiscreteUniform: DistributionFamily {
    public static let summary =
        "The discrete uniform distribution: each whole number of a range alike."
    public static let parameters: [FamilyParameter] = [
        .init("lower", .whole(from: .min)), .init("upper", .whole(from: .min)),
    ]
    public var parameterValues: [Double] { [Double(lower), Double(upper)] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(
            lower: Parameter.whole(values[0], "lower"), upper: Parameter.whole(values[1], "upper"))
    }
}

extension DiscreteUniform: TracedTails, TracedSampler {
    public static let stanName = "discrete_range"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, lower, upper) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, lower, upper], droppingConstants: droppingConstants)
        terms.require(.lessOrEqual(lower, y), .lessOrEqual(y, upper))
        terms.add(lower, upper) { -log(upper - lower + 1) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        let (lower, upper) = (parameters[0], parameters[1])
        return log(minimum(maximum((x - lower + 1) / (upper - lower + 1), 0), 1))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        let (lower, upper) = (parameters[0], parameters[1])
        return log(minimum(maximum((upper - x) / (upper - lower + 1), 0), 1))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        Double(
            try DiscreteUniform(
                lower: Parameter.whole(parameters[0], "lower"),
                upper: Parameter.whole(parameters[1], "upper")
            ).sample(using: generator))
    }
}
