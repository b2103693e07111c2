// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// A distribution of counts with more zeros: with the given probability 0, else a draw
/// of the base, which may be 0 too.
///
///     let d = try ZeroInflated(Poisson(rate: 3), inflation: 0.2)
///     d.pdf(0)                                // 0.2 + 0.8 e⁻³
///
/// Source: D. Lambert, "Zero-inflated Poisson regression", Technometrics 34 (1992).
public struct ZeroInflated<Base: DiscreteDistribution>: DiscreteDistribution {
    public let base: Base
    /// The probability of a zero that is none of the base.
    public let inflation: Double
    private var rest: Double { 1 - inflation }

    /// Throws `ParameterError` unless 0 ≤ inflation < 1.
    public init(_ base: Base, inflation: Double) throws(ParameterError) {
        guard inflation >= 0, inflation < 1 else {
            throw ParameterError("inflation", is: inflation, mustBe: "at least 0 and below 1")
        }
        self.base = base
        self.inflation = inflation
    }

    public var description: String { "ZeroInflated(\(base), inflation: \(inflation))" }
    public var support: ClosedRange<Double> {
        min(base.support.lowerBound, 0)...max(base.support.upperBound, 0)
    }
    public var mean: Double { rest * base.mean }
    private var shifted: Double { inflation * base.mean }
    // Moments of a mixture about its mean, from those of the base about its own.
    public var variance: Double { rest * (base.variance + shifted * base.mean) }
    public var skewness: Double {
        let (m, v, d) = (base.mean, base.variance, shifted)
        let third = base.skewness * v * base.standardDeviation
        let sum = third + 3 * v * d + m * m * d * (2 * inflation - 1)
        let spread = v + d * m
        return sum / (spread * (rest * spread).squareRoot())
    }
    public var excessKurtosis: Double {
        let (m, v, d) = (base.mean, base.variance, shifted)
        let third = base.skewness * v * base.standardDeviation
        let fourth = (base.excessKurtosis + 3) * v * v
        let sum =
            fourth + 4 * third * d + 6 * v * d * d
            + m * m * m * d * (inflation * inflation * inflation + rest * rest * rest)
        let spread = v + d * m
        return sum / (rest * spread * spread) - 3
    }
    public var mode: Double {
        pdf(0) >= rest * base.pdf(Self.whole(base.mode)) ? 0 : base.mode
    }
    /// By that of the base without its zeros.
    public var entropy: Double {
        let zero = base.pdf(0)
        let others = -expm1(base.logDensity(0))
        let p = inflation + rest * zero
        let logZero = base.logDensity(0)
        // −Σ f log f of the base without 0, scaled.
        let inner = base.entropy + (zero > 0 ? zero * logZero : 0)
        return -xLogY(p, p) + rest * inner - rest * others * log1p(-inflation)
    }

    public func logDensity(_ x: Int) -> Double {
        if x != 0 { return log1p(-inflation) + base.logDensity(x) }
        // 1 − (1 − π)(1 − f(0))
        let log = base.logDensity(0)
        return log > -0.7
            ? log1p(rest * expm1(log)) : CGSL.log(inflation + rest * exp(log))
    }
    public func pdf(_ x: Int) -> Double {
        (x == 0 ? inflation : 0) + rest * base.pdf(x)
    }
    public func cdf(_ x: Double) -> Double {
        x >= 0 ? inflation + rest * base.cdf(x) : rest * base.cdf(x)
    }
    public func upperCDF(_ x: Double) -> Double {
        x >= 0 ? rest * base.upperCDF(x) : inflation + rest * base.upperCDF(x)
    }
    public func logCDF(_ x: Double) -> Double {
        if x < 0 { return log1p(-inflation) + base.logCDF(x) }
        let p = cdf(x)
        return p > 0.5 ? log1p(-rest * base.upperCDF(x)) : log(p)
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if !(x < 0) { return log1p(-inflation) + base.logUpperCDF(x) }
        let q = upperCDF(x)
        return q > 0.5 ? log1p(-rest * base.cdf(x)) : log(q)
    }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        generator.uniform() < inflation ? 0 : base.sample(using: generator)
    }
}

extension ZeroInflated: Equatable where Base: Equatable {}
extension ZeroInflated: Hashable where Base: Hashable {}

/// Poisson counts with more zeros.
public typealias ZeroInflatedPoisson = ZeroInflated<Poisson>

extension ZeroInflated<Poisson> {
    /// Throws `ParameterError` unless 0 ≤ inflation < 1 and the rate is nonnegative.
    public init(inflation: Double, rate: Double) throws(ParameterError) {
        try self.init(Poisson(rate: rate), inflation: inflation)
    }
}

extension ZeroInflated: DistributionFamily where Base: DistributionFamily {
    public static var summary: String { "Zero-inflated counts. " + Base.summary }
    public static var parameters: [FamilyParameter] {
        [.init("inflation", .probability)] + Base.parameters
    }
    public var parameterValues: [Double] { [inflation] + base.parameterValues }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(
            Base(parameterValues: Array(values.dropFirst())), inflation: values[0])
    }
}
