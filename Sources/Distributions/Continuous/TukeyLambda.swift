// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Tukey's lambda distribution, given by its quantiles: (pᵏ − (1 − p)ᵏ)/k with a
/// shape k, logit p for k = 0.
///
/// Uniform for k = 1 and 2, nearly normal for 0.14, logistic for 0, with tails like
/// powers below. SciPy: `tukeylambda(lam)`.
///
///     let d = try TukeyLambda(shape: 0.14)
///     d.quantile(0.975)                       // 2.86…
///
/// The distribution function solves for the logarithm of the smaller tail, so that
/// both keep their digits.
///
/// Source: J. J. Filliben, Simple and Robust Linear Estimation of the Location
/// Parameter of a Symmetric Distribution (1969).
public struct TukeyLambda: ContinuousDistribution, Hashable {
    public let shape: Double
    private var k: Double { shape }

    /// Throws `ParameterError` unless the shape is finite.
    public init(shape: Double) throws(ParameterError) {
        self.shape = try Parameter.finite(shape, "shape")
    }

    public var description: String { "TukeyLambda(shape: \(shape))" }
    public var support: ClosedRange<Double> {
        k > 0 ? (-1 / k)...(1 / k) : -.infinity ... .infinity
    }
    public var mean: Double { k > -1 ? 0 : .nan }
    public var variance: Double { k > -0.5 ? moment(2) : k > -1 ? .infinity : .nan }
    public var skewness: Double { k > -1.0 / 3 ? 0 : .nan }
    public var excessKurtosis: Double {
        guard k > -0.25 else { return k > -0.5 ? .infinity : .nan }
        let v = moment(2)
        return moment(4) / (v * v) - 3
    }
    public var mode: Double { k > 1 && k < 2 ? .nan : 0 }
    public var median: Double { 0 }
    /// By quadrature over the probability.
    public var entropy: Double { twice { self.logSlope($0) } }
    private func moment(_ power: Double) -> Double {
        twice { pow(-self.value($0), power) }
    }

    /// 2 ∫ h(log p) dp over p ≤ ½.
    private func twice(_ h: (Double) -> Double) -> Double {
        // The slower of the integrand's exponential rates is that of h's power.
        let rate = k < 0 ? max(1 + 4 * k, 0.01) : 1
        var breaks = [0.0]
        var length = 1.0
        while let last = breaks.last, last < 45 / rate {
            breaks.append(last + length)
            length *= 1.5
        }
        return AdaptiveIntegral.evaluate(breaks) { exp(-$0) * h(-$0 - TukeyLambda.log2) }
    }

    private static let log2 = 0.693_147_180_559_945_309_4

    /// The quantile of p = eˡ ≤ ½, at most 0.
    private func value(_ l: Double) -> Double {
        let other = log1p(-exp(l))
        return k == 0 ? l - other : (expm1(k * l) - expm1(k * other)) / k
    }
    /// log of the quantile's derivative, p^(k−1) + q^(k−1).
    private func logSlope(_ l: Double) -> Double {
        logSumExp((k - 1) * l, (k - 1) * log1p(-exp(l)))
    }

    /// log p of a quantile below 0: the value, or near a finite end the logarithm of
    /// the distance from there, solved by Newton's method between bounds.
    private func logProbability(_ x: Double) -> Double {
        // With d the distance, k d = pᵏ + (1 − qᵏ), between pᵏ and pᵏ + k p.
        let isNear = k > 0 && x * k < -0.5
        let target = isNear ? log(k * x + 1) : x
        var (low, high) = (-Double.infinity, -Self.log2)
        // From the first power alone.
        var l = isNear ? target / max(min(k, 1), 1e-3) : k == 0 ? x : log1p(k * x) / k
        if !(l < high) { l = -Self.log2 + 0.25 * max(x, -1) }
        for _ in 0..<200 {
            let (excess, slope): (Double, Double)
            if isNear {
                let other = log1p(-exp(l))
                let sum = exp(k * l) - expm1(k * other)
                excess = log(sum) - target
                slope = k * (exp(k * l) + exp((k - 1) * other + l)) / sum
            } else {
                excess = value(l) - target
                slope = exp(logSlope(l) + l)
            }
            if excess == 0 { return l }
            if excess > 0 { high = l } else { low = l }
            let step = excess / slope
            var next = l - step
            if !(next > low && next < high) || !step.isFinite {
                next = low > -.infinity ? 0.5 * (low + high) : 2 * l - 1
            }
            if abs(next - l) < 1e-16 * abs(l) || next == l { return next }
            if abs(step) < 1e-9 * max(abs(l), 0.1), next == l - step { return next }
            l = next
        }
        return l
    }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        guard support.contains(x) else { return -.infinity }
        if x.isInfinite { return -.infinity }
        if k > 0, abs(x) == 1 / k { return k == 1 ? -Self.log2 : k < 1 ? -.infinity : 0 }
        return -logSlope(x == 0 ? -Self.log2 : logProbability(-abs(x)))
    }
    private func logTail(_ x: Double, lower: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= support.lowerBound { return lower ? -.infinity : 0 }
        if x >= support.upperBound { return lower ? 0 : -.infinity }
        if x == 0 { return -Self.log2 }
        let small = logProbability(-abs(x))
        return (x < 0) == lower ? small : log1p(-exp(small))
    }
    public func cdf(_ x: Double) -> Double { exp(logTail(x, lower: true)) }
    public func upperCDF(_ x: Double) -> Double { exp(logTail(x, lower: false)) }
    public func logCDF(_ x: Double) -> Double { logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { logTail(x, lower: false) }
    private func point(_ p: Double) -> Double {
        p == 0 ? support.lowerBound : p == 0.5 ? 0 : value(log(p))
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        return p <= 0.5 ? point(p) : -point(1 - p)
    }
    public func upperQuantile(_ q: Double) -> Double { -quantile(q) }

    public func sample(using generator: RandomGenerator) -> Double {
        quantile(generator.uniform())
    }
}

extension TukeyLambda: DistributionFamily {
    public static let summary =
        "Tukey's lambda distribution: uniform, nearly normal, logistic or heavy by a shape."
    public static let parameters: [FamilyParameter] = [.init("shape", .real)]
    public var parameterValues: [Double] { [shape] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        try self.init(shape: try Self.checkedCount(parameterValues)[0])
    }
}
