// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The discrete Laplace distribution: the difference of two geometric counts.
///
/// Mass (1 − q)/(1 + q) q^|k − location|, q = e^(−1/scale). SciPy: `dlaplace(a)`, with
/// a = 1/scale.
///
///     let noise = try DiscreteLaplace(location: 0, scale: 2)
///     noise.pdf(0)                            // 0.245
///
/// Source: S. Inusah, T. J. Kozubowski, "A discrete analogue of the Laplace
/// distribution", J. Stat. Plan. Inference 136 (2006).
public struct DiscreteLaplace: DiscreteDistribution, Hashable {
    public let location: Int
    public let scale: Double
    private var a: Double { 1 / scale }

    /// Throws `ParameterError` unless the scale is positive and finite, and the
    /// location within 2⁵³ of 0.
    public init(location: Int = 0, scale: Double) throws(ParameterError) {
        guard abs(Double(location)) <= 0x1p53 else {
            throw ParameterError("location", is: location, mustBe: "within 2⁵³ of 0")
        }
        self.location = location
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String { "DiscreteLaplace(location: \(location), scale: \(scale))" }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var mean: Double { Double(location) }
    public var variance: Double {
        let s = sinh(0.5 * a)
        return 0.5 / s / s
    }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double { 3 + 1 / variance }
    public var mode: Double { Double(location) }
    public var entropy: Double {
        // −log tanh(a/2) + a E|k|, E|k| = 1/sinh a
        -logPeak + (a < 700 ? a / sinh(a) : 0)
    }
    /// log((1 − q)/(1 + q))
    private var logPeak: Double { log1mExp(-a) - log1p(exp(-a)) }

    public func logDensity(_ x: Int) -> Double {
        logPeak - abs(Double(x) - Double(location)) * a
    }
    /// log P(X − location > k) for k ≥ 0: q^(k + 1)/(1 + q).
    private func logBeyond(_ k: Double) -> Double { -(k + 1) * a - log1p(exp(-a)) }
    private func logTail(_ x: Double, lower: Bool) -> Double {
        if x.isNaN { return .nan }
        let k = x.rounded(.down) - Double(location)
        // P(X ≤ k) = P(X > −k − 1)
        if k >= 0 { return lower ? log1mExp(logBeyond(k)) : logBeyond(k) }
        return lower ? logBeyond(-k - 1) : log1mExp(logBeyond(-k - 1))
    }
    private func tail(_ x: Double, lower: Bool) -> Double {
        let k = x.rounded(.down) - Double(location)
        if lower == (k >= 0) { return -expm1(logTail(x, lower: !lower)) }
        return exp(logTail(x, lower: lower))
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false) }
    public func logCDF(_ x: Double) -> Double { logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { logTail(x, lower: false) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        let k =
            (generator.exponential() * scale).rounded(.down)
            - (generator.exponential() * scale).rounded(.down)
        let sum = location.addingReportingOverflow(count(k))
        return sum.overflow ? count(k) : sum.partialValue
    }
}

extension DiscreteLaplace: DistributionFamily {
    public static let summary =
        "The discrete Laplace distribution: the difference of two geometric counts."
    public static let parameters: [FamilyParameter] = [
        .init("location", .whole(from: .min), standard: 0), .init("scale", .positive),
    ]
    public var parameterValues: [Double] { [Double(location), scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(location: Parameter.whole(values[0], "location"), scale: values[1])
    }
}
