// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Kumaraswamy's distribution on the unit interval: like beta, with simple tails.
///
/// P(X > x) = (1 − xᵃ)ᵇ, with two shapes.
///
///     let fill = try Kumaraswamy(a: 2, b: 5)  // of a reservoir
///     fill.median                             // 0.36
///
/// Source: P. Kumaraswamy, "A generalized probability density function for
/// double-bounded random processes", J. Hydrology 46 (1980); M. C. Jones,
/// Statistical Methodology 6 (2009).
public struct Kumaraswamy: ContinuousDistribution, Hashable {
    public let a: Double
    public let b: Double

    /// Throws `ParameterError` unless both are positive and finite.
    public init(a: Double, b: Double) throws(ParameterError) {
        self.a = try Parameter.positive(a, "a")
        self.b = try Parameter.positive(b, "b")
    }

    public var description: String { "Kumaraswamy(a: \(a), b: \(b))" }
    public var support: ClosedRange<Double> { 0...1 }
    /// log E Xⁿ = log Γ(1 + n/a) − log Γ(1 + b + n/a)/Γ(1 + b).
    private func logMoment(_ n: Double) -> Double {
        logGamma1p(n / a) - logRising(1 + b, n / a)
    }
    public var mean: Double {
        let n = 1 / a
        return 1 + b + n < 150
            ? tgamma(1 + n) * (tgamma(1 + b) / tgamma(1 + b + n)) : exp(logMoment(1))
    }
    public var variance: Double { centralMoment(2) }
    public var skewness: Double { centralMoment(3) / pow(variance, 1.5) }
    public var excessKurtosis: Double {
        let v = variance
        return centralMoment(4) / (v * v) - 3
    }
    /// By quadrature over the logit of the probability: exact to rounding also where
    /// moments about 0 cancel.
    private func centralMoment(_ n: Int) -> Double {
        let mean = mean
        let shift = expm1(logMoment(1))
        // Powers may weigh what has a tiny probability.
        let far: [Double] = [70, 85, 100, 130, 160, 200, 300, 500, 740]
        let breaks =
            far.reversed().map { -$0 } + stride(from: -60.0, through: 60, by: 5).map { $0 } + far
        return AdaptiveIntegral.evaluate(breaks) { w in
            // log(1 − p) = −log(1 + eʷ), where p is the distribution function
            let y = log1mExp(-log1pExp(w) / b) / a
            // With large a the distances from 1 are exact.
            let d = a < 5 ? exp(y) - mean : expm1(y) - shift
            let e = exp(-abs(w))
            return e / ((1 + e) * (1 + e)) * (n == 2 ? d * d : n == 3 ? d * d * d : d * d * d * d)
        }
    }
    public var mode: Double {
        a >= 1 && b >= 1 && a * b > 1 ? exp(log((a - 1) / (a * b - 1)) / a) : .nan
    }
    public var entropy: Double {
        // The harmonic number of b.
        let harmonic = digamma(b + 1) + 0.577_215_664_901_532_860_6
        return 1 - 1 / b + (1 - 1 / a) * harmonic - log(a) - log(b)
    }

    /// log(1 − xᵃ) for 0 < x < 1.
    private func logRest(_ x: Double) -> Double { log1mExp(a * log(x)) }
    /// log(−log(1 − xᵃ)).
    private func logMinusLogRest(_ x: Double) -> Double {
        let u = a * log(x)
        return u < -37 ? u : log(-log1mExp(u))
    }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        guard x > 0, x < 1 else {
            if x == 0 { return a == 1 ? log(b) : a < 1 ? .infinity : -.infinity }
            if x == 1 { return b == 1 ? log(a) : b < 1 ? .infinity : -.infinity }
            return -.infinity
        }
        return log(a) + log(b) + (a - 1) * log(x) + (b - 1) * logRest(x)
    }
    public func pdf(_ x: Double) -> Double {
        guard x > 0, x < 1 else { return exp(logDensity(x)) }
        let power = pow(x, a)
        guard power > 1e-290 else { return exp(logDensity(x)) }
        let rest = -expm1(a * log(x))
        let other = rest < 0.5 ? pow(rest, b - 1) : exp((b - 1) * log1p(-power))
        return other > 1e-290 && other < 1e290 ? a * b * (power / x) * other : exp(logDensity(x))
    }
    public func cdf(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let power = pow(x, a)
        if power < 0.5, power > 1e-290 { return -expm1(b * log1p(-power)) }
        return -expm1(-exp(log(b) + logMinusLogRest(x)))
    }
    public func upperCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return 1 }
        if x >= 1 { return 0 }
        let rest = -expm1(a * log(x))
        return rest < 0.5 ? pow(rest, b) : exp(b * log1p(-pow(x, a)))
    }
    public func logCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return -.infinity }
        if x >= 1 { return 0 }
        let z = log(b) + logMinusLogRest(x)
        return z < -37 ? z : log1mExp(-exp(z))
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        return x <= 0 ? 0 : x >= 1 ? -.infinity : b * logRest(x)
    }

    /// x from −log P(X > x), given with its logarithm.
    private func point(_ z: Double, log logZ: Double) -> Double {
        if z == 0 || z == .infinity, !logZ.isFinite { return z == 0 ? 0 : 1 }
        let rest = z / b
        // xᵃ = 1 − exp(−rest)
        if rest > 0.5 { return exp(log1mExp(-rest) / a) }
        let power = -expm1(-rest)
        return power > 2.3e-308 ? root(power, a) : exp((logZ - log(b)) / a)
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        let z = -log1p(-p)
        return point(z, log: log(z))
    }
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        let z = -log(q)
        return point(z, log: log(z))
    }

    public func sample(using generator: RandomGenerator) -> Double {
        let z = generator.exponential()
        return point(z, log: log(z))
    }
}

extension Kumaraswamy: DistributionFamily {
    public static let summary =
        "Kumaraswamy's distribution: shares of a whole, with simple tails."
    public static let parameters: [FamilyParameter] = [
        .init("a", .positive), .init("b", .positive),
    ]
    public var parameterValues: [Double] { [a, b] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(a: values[0], b: values[1])
    }
}
