// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The Conway–Maxwell–Poisson distribution: counts with less or more spread than
/// Poisson's.
///
/// Mass rateᵏ/(k!)^ν over its sum; dispersion ν = 1 is Poisson's, above there is less
/// spread.
///
///     let d = try ConwayMaxwellPoisson(rate: 4, dispersion: 1.5)
///     d.variance < d.mean                     // true
///
/// Source: G. Shmueli et al., "A useful distribution for fitting discrete data", J. R.
/// Stat. Soc. C 54 (2005).
public struct ConwayMaxwellPoisson: DiscreteDistribution, Hashable {
    public let rate: Double
    public let dispersion: Double
    public let mean: Double
    public let variance: Double
    /// rate^(1/ν): the mass is a power of Poisson's of this mean.
    private let center: Double
    private let logTotal: Double

    /// Throws `ParameterError` unless both are positive and finite, and so is
    /// rate^(1/dispersion) at most 1e300.
    public init(rate: Double, dispersion: Double) throws(ParameterError) {
        self.rate = try Parameter.positive(rate, "rate")
        self.dispersion = try Parameter.positive(dispersion, "dispersion")
        center = pow(rate, 1 / dispersion)
        guard center < 1e300 else {
            throw ParameterError(
                "rate", is: rate, mustBe: "at most 1e300 to the power of the dispersion")
        }
        let free = Self.mass(rate, dispersion, center, 0)
        let top = center.rounded(.down)
        logTotal = free.logTotal(mode: top)
        // About the mode, so that nothing cancels.
        let shift = free.expectation(mode: top) { $0 - top }
        mean = top + shift
        let m = mean
        variance = free.expectation(mode: top) { ($0 - m) * ($0 - m) }
    }

    private static func mass(
        _ rate: Double, _ nu: Double, _ center: Double, _ logTotal: Double
    ) -> CountSum {
        let logRate = log(rate)
        return CountSum(
            0, .infinity,
            logMass: { k in
                (center >= 1
                    ? nu * poissonLogDensity(k, mean: center) : k * logRate - nu * logGamma1p(k))
                    - logTotal
            },
            ratio: { k in nu == 1 ? rate / (k + 1) : rate * exp(-nu * log(k + 1)) })
    }
    private var mass: CountSum { Self.mass(rate, dispersion, center, logTotal) }

    public var description: String {
        "ConwayMaxwellPoisson(rate: \(rate), dispersion: \(dispersion))"
    }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var skewness: Double {
        mass.centralMoments(mode: mode, mean: mean).1 / (variance * variance.squareRoot())
    }
    public var excessKurtosis: Double {
        mass.centralMoments(mode: mode, mean: mean).2 / (variance * variance) - 3
    }
    public var mode: Double { center.rounded(.down) }
    public var entropy: Double { mass.entropy(mode: mode) }

    public func logDensity(_ x: Int) -> Double {
        x < 0 ? -.infinity : mass.logProbability(Double(x))
    }
    private func tail(_ x: Double, _ lower: Bool, log: Bool) -> Double {
        mass.tail(x, lower: lower, log: log, center: mean)
    }
    public func cdf(_ x: Double) -> Double { tail(x, true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        let mass = mass
        return count(
            generator.logConcave(mode: mode) { $0 < 0 ? -.infinity : mass.logMass($0) })
    }
}

extension ConwayMaxwellPoisson: DistributionFamily {
    public static let summary =
        "The Conway–Maxwell–Poisson distribution: counts with less or more spread than Poisson's."
    public static let parameters: [FamilyParameter] = [
        .init("rate", .positive), .init("dispersion", .positive),
    ]
    public var parameterValues: [Double] { [rate, dispersion] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(rate: values[0], dispersion: values[1])
    }
}
