// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The Poisson distribution: the number of independent rare events.
///
/// Mass e⁻ʳ rᵏ / k!. Stan: `poisson(lambda)`; R: `pois(lambda)`.
///
///     let kicks = try Poisson(rate: 0.61)     // Prussian corps, a year each
///     kicks.pdf(0)                            // 0.543
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, ch. 4.
public struct Poisson: DiscreteDistribution, FittableDistribution, Hashable {
    public let rate: Double

    /// Throws `ParameterError` unless the rate is nonnegative and finite.
    public init(rate: Double) throws(ParameterError) {
        self.rate = try Parameter.nonnegative(rate, "rate")
    }

    public var description: String { "Poisson(rate: \(rate))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { rate }
    public var variance: Double { rate }
    public var skewness: Double { 1 / rate.squareRoot() }
    public var excessKurtosis: Double { 1 / rate }
    public var mode: Double { rate.rounded(.down) }
    public var entropy: Double {
        let rate = rate
        return CountSum(
            0, .infinity, logMass: { poissonLogDensity($0, mean: rate) },
            ratio: { rate / ($0 + 1) }
        ).entropy(mode: mode)
    }

    public func logDensity(_ x: Int) -> Double {
        x < 0 ? -.infinity : poissonLogDensity(Double(x), mean: rate)
    }

    /// P(X ≤ x) = Q(k + 1, rate), k = ⌊x⌋.
    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        let k = x.rounded(.down)
        if k < 0 || k == .infinity || rate == 0 {
            let one = (k >= 0) == lower
            return wantsLog ? (one ? 0 : -.infinity) : (one ? 1 : 0)
        }
        switch (lower, wantsLog) {
        case (true, false): return gammaQ(k + 1, rate)
        case (false, false): return gammaP(k + 1, rate)
        case (true, true): return logGammaQ(k + 1, rate)
        case (false, true): return logGammaP(k + 1, rate)
        }
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int { generator.poisson(rate: rate) }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Int>, using generator: RandomGenerator
    ) {
        generator.fillPoisson(buffer, rate: rate)
    }

    /// The mean of the data.
    public static func fit(_ data: [Double]) throws -> Fit<Poisson> {
        let data = try FitData(data, whole: true, mustBe: "a whole number ≥ 0") { $0 >= 0 }
        let poisson = try Poisson(rate: data.mean)
        return Fit(
            poisson, [("rate", poisson.rate, (poisson.rate / data.n).squareRoot())],
            logLikelihood: data.sum(poisson.logDensity(ofNumber:)), data: data.values)
    }
}

extension Poisson: DistributionFamily {
    public static let summary =
        "The Poisson distribution: the number of independent rare events."
    public static let parameters: [FamilyParameter] = [.init("rate", .nonnegative)]
    public var parameterValues: [Double] { [rate] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(rate: values[0])
    }
}

extension Poisson: TracedTails, TracedSampler {
    public static let stanName = "poisson"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, rate) = (x.flat, parameters[0].flat)
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        var terms = TermSum([y, rate], droppingConstants: droppingConstants)
        if let logarithm = rate.formalLogarithm, terms.count == 1 || !rate.shape.isScalar {
            return PoissonLog.logDensity(y, [logarithm], droppingConstants: droppingConstants)
        }
        terms.add(y) { -logGamma(y + 1) }
        if rate.shape.isScalar, let counts = y.constants, counts.count > 1 {
            // Sufficient statistics.
            let (events, n) = (Traced(counts.reduce(0, +)), Traced(Double(counts.count)))
            terms.addOnce(rate) {
                Counts.product(events, log(rate)) - n * Counts.nonnegativeOrNaN(rate)
            }
        } else {
            terms.add(rate) { Counts.product(y, log(rate)) - Counts.nonnegativeOrNaN(rate) }
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logPoissonTail(x, mean: parameters[0], lower: true)
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logPoissonTail(x, mean: parameters[0], lower: false)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        Double(try Poisson(rate: parameters[0]).sample(using: generator))
    }
}
