// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The Poisson distribution by the logarithm of its rate.
///
/// Stan: `poisson_log(alpha)`. For rates that underflow too.
///
///     let d = try PoissonLog(logRate: -0.5)
///     d.mean                                  // 0.607
public struct PoissonLog: DiscreteDistribution, Hashable {
    public let logRate: Double
    private let counts: Poisson

    /// Throws `ParameterError` unless the logarithm is finite and at most 709.
    public init(logRate: Double) throws(ParameterError) {
        guard logRate.isFinite, exp(logRate) < .infinity else {
            throw ParameterError("logRate", is: logRate, mustBe: "finite and at most 709")
        }
        self.logRate = logRate
        counts = try Poisson(rate: exp(logRate))
    }

    public var description: String { "PoissonLog(logRate: \(logRate))" }
    public var support: ClosedRange<Double> { counts.support }
    public var mean: Double { counts.mean }
    public var variance: Double { counts.variance }
    public var skewness: Double { exp(-0.5 * logRate) }
    public var excessKurtosis: Double { exp(-logRate) }
    public var mode: Double { counts.mode }
    public var entropy: Double { counts.entropy }

    public func logDensity(_ x: Int) -> Double {
        if x < 0 || counts.rate > 1e-290 { return counts.logDensity(x) }
        return Double(x) * logRate - counts.rate - logFactorial(Double(x))
    }
    public func cdf(_ x: Double) -> Double { counts.cdf(x) }
    public func upperCDF(_ x: Double) -> Double { counts.upperCDF(x) }
    public func logCDF(_ x: Double) -> Double { counts.logCDF(x) }
    public func logUpperCDF(_ x: Double) -> Double {
        if !(x >= 0 && x < 1e15) || counts.rate > 1e-290 { return counts.logUpperCDF(x) }
        // One term is all.
        return logDensity(Int(x.rounded(.down)) + 1)
    }
    public func quantile(_ p: Double) -> Int { counts.quantile(p) }
    public func upperQuantile(_ q: Double) -> Int { counts.upperQuantile(q) }
    public func sample(using generator: RandomGenerator) -> Int {
        counts.sample(using: generator)
    }
}

extension PoissonLog: DistributionFamily {
    public static let summary =
        "The Poisson distribution by the logarithm of its rate."
    public static let parameters: [FamilyParameter] = [.init("logRate", .real)]
    public var parameterValues: [Double] { [logRate] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        try self.init(logRate: Self.checkedCount(parameterValues)[0])
    }
}

extension PoissonLog: TracedSampler {
    public static let stanName = "poisson_log"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.poissonLog, [x] + parameters, droppingConstants: droppingConstants)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Poisson.draw([exp(parameters[0])], using: generator)
    }
}
