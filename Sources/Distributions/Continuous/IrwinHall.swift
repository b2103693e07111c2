// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The Irwin–Hall distribution: the sum of n independent uniform variables on [0, 1].
///
/// Density and distribution function from those of one variable fewer, as B-splines:
///
///     (n − 1) fₙ(x) = x fₙ₋₁(x) + (n − x) fₙ₋₁(x − 1),
///     n Fₙ(x) = x Fₙ₋₁(x) + (n − x) Fₙ₋₁(x − 1),
///
/// sums of positive terms where the alternating sum for powers cancels.
///
///     let sum = try IrwinHall(count: 12)
///     sum.variance                            // 1
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, vol.
/// 2, ch. 26; C. de Boor, A Practical Guide to Splines (1978), ch. 10.
public struct IrwinHall: ContinuousDistribution, Hashable {
    public let count: Int
    private var n: Double { Double(count) }

    /// Throws `ParameterError` unless 1 ≤ count ≤ 1000. (The work grows with the
    /// square; the sum of more is normal to within 1e-4.)
    public init(count: Int) throws(ParameterError) {
        guard count >= 1, count <= 1_000 else {
            throw ParameterError("count", is: count, mustBe: "between 1 and 1000")
        }
        self.count = count
    }

    public var description: String { "IrwinHall(count: \(count))" }
    public var support: ClosedRange<Double> { 0...n }
    public var mean: Double { 0.5 * n }
    public var variance: Double { n / 12 }
    public var skewness: Double { 0 }
    public var excessKurtosis: Double { -1.2 / n }
    public var mode: Double { 0.5 * n }
    public var median: Double { 0.5 * n }
    /// By quadrature.
    public var entropy: Double { count == 1 ? 0 : integratedEntropy(.between(0, n)) }

    /// log of the density or of the lower tail at 0 < x ≤ n/2.
    private func logSpline(_ x: Double, density: Bool) -> Double {
        if x <= 1 {
            return density
                ? (n - 1) * log(x) - logGamma(n) : n * log(x) - logGamma(n + 1)
        }
        // Values at x, x − 1, …, of functions of 1, 2, … variables.
        let last = Int(x)
        var row = [Double](repeating: 0, count: last + 2)
        let fraction = x - Double(last)
        if density {
            row[last] = 1
        } else {
            for j in 0..<last { row[j] = 1 }
            row[last] = fraction
        }
        var exponent = 0.0
        for k in stride(from: 2.0, through: n, by: 1) {
            let divisor = density ? k - 1 : k
            var largest = 0.0
            for j in 0...last {
                let y = fraction + Double(last - j)
                // Beyond its support a distribution function is 1, a density 0.
                let value =
                    y >= k
                    ? (density ? 0 : 1) : (y * row[j] + (k - y) * row[j + 1]) / divisor
                row[j] = value
                largest = max(largest, value)
            }
            if !density, x < k, largest < 1e-100 {
                for j in 0...last { row[j] *= 1e100 }
                exponent -= 100 * log(10)
            } else if density, largest < 1e-100 {
                for j in 0...last { row[j] *= 1e100 }
                exponent -= 100 * log(10)
            }
        }
        return exponent + log(row[0])
    }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        guard x >= 0, x <= n else { return -.infinity }
        if count == 1 { return 0 }
        if x == 0 || x == n { return -.infinity }
        return logSpline(x <= 0.5 * n ? x : n - x, density: true)
    }
    private func logTail(_ x: Double) -> Double { logSpline(x, density: false) }
    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return lower ? (wantsLog ? -.infinity : 0) : (wantsLog ? 0 : 1) }
        if x >= n { return lower ? (wantsLog ? 0 : 1) : (wantsLog ? -.infinity : 0) }
        let isLeft = x <= 0.5 * n
        let small = logTail(isLeft ? x : n - x)
        if isLeft == lower { return wantsLog ? small : exp(small) }
        return wantsLog ? log1p(-exp(small)) : 1 - exp(small)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }

    /// The point with a lower tail p ≤ ½.
    private func point(_ p: Double) -> Double {
        if p == 0 || count == 1 { return p }
        // On the first unit a power.
        let corner = exp((log(p) + logGamma(n + 1)) / n)
        if corner <= 1 { return corner }
        let z = normalQuantile(p)
        let guess = min(max(0.5 * n + z * (n / 12).squareRoot(), 1), 0.5 * n)
        return inverted(p, lower: true, from: guess, .between(0, n))
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        return p <= 0.5 ? point(p) : n - point(1 - p)
    }
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        return q <= 0.5 ? n - point(q) : point(1 - q)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        var sum = 0.0
        for _ in 0..<count { sum += generator.uniform() }
        return sum
    }
}

extension IrwinHall: DistributionFamily {
    public static let summary = "The Irwin–Hall distribution: a sum of uniform variables."
    public static let parameters: [FamilyParameter] = [.init("count", .whole(from: 1))]
    public var parameterValues: [Double] { [n] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        guard let count = Int(exactly: values[0]) else {
            throw ParameterError("count", is: values[0], mustBe: "a whole number")
        }
        try self.init(count: count)
    }
}
