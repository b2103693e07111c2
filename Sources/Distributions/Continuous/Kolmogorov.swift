// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// Kolmogorov's distribution: the limit of √n times the largest distance between the
/// empirical and the true distribution function of n data.
///
/// P(X > x) = 2 Σ (−1)^(k−1) exp(−2k²x²), k ≥ 1, and by Jacobi's transformation
/// P(X ≤ x) = √(2π)/x Σ exp(−(2k − 1)²π²/(8x²)). SciPy: `kstwobign`.
///
///     Kolmogorov().upperQuantile(0.05)        // 1.358…
///
/// Source: A. N. Kolmogorov, "Sulla determinazione empirica di una legge di
/// distribuzione", G. Ist. Ital. Attuari 4 (1933); W. Feller, Ann. Math. Statist. 19
/// (1948). The constants: Tests/Reference/distributions/bounded.py.
public struct Kolmogorov: ContinuousDistribution, Hashable {
    public init() {}

    public var description: String { "Kolmogorov()" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { (0.5 * Double.pi).squareRoot() * log(2) }
    public var variance: Double { 0.067_773_203_963_865_079_38 }
    public var skewness: Double { 0.860_426_137_143_668_255_9 }
    public var excessKurtosis: Double { 0.881_618_967_910_523_670_4 }
    public var mode: Double { 0.735_467_907_916_571_982_1 }
    public var entropy: Double { 0.000_890_322_654_402_673_706_7 }

    /// Where the two series change places.
    private static let middle = 0.8

    /// By the series for small x: exp(exponent) · factor.
    private func lower(_ x: Double) -> (exponent: Double, tail: Double, density: Double) {
        let c = 0.125 * Double.pi * Double.pi / (x * x)
        // The terms over the first, and of the derivative.
        var (sum, slope) = (0.0, 0.0)
        for k in stride(from: 1.0, through: 9, by: 2) {
            let term = exp(-(k * k - 1) * c)
            sum += term
            slope += (2 * c * k * k - 1) * term
        }
        let scale = (2 * Double.pi).squareRoot() / x
        return (-c, scale * sum, scale / x * slope)
    }
    private func upper(_ x: Double) -> (exponent: Double, tail: Double, density: Double) {
        let c = 2 * x * x
        var (sum, slope, sign) = (0.0, 0.0, 1.0)
        for k in stride(from: 1.0, through: 8, by: 1) {
            let term = sign * exp(-(k * k - 1) * c)
            sum += term
            slope += k * k * term
            sign = -sign
        }
        return (-c, 2 * sum, 8 * x * slope)
    }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x <= 1e-160 || x > 1e150 { return -.infinity }
        let part = x < Self.middle ? lower(x) : upper(x)
        return part.exponent + log(part.density)
    }
    private func tail(_ x: Double, lower isLower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= 1e-160 { return isLower ? (wantsLog ? -.infinity : 0) : (wantsLog ? 0 : 1) }
        if x > 1e150 { return isLower ? (wantsLog ? 0 : 1) : (wantsLog ? -.infinity : 0) }
        let isSmall = x < Self.middle
        let part = isSmall ? lower(x) : upper(x)
        if isSmall == isLower {
            return wantsLog ? part.exponent + log(part.tail) : exp(part.exponent) * part.tail
        }
        let other = exp(part.exponent) * part.tail
        return wantsLog ? log1p(-other) : 1 - other
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }

    private func quantile(_ p: Double, lower: Bool) -> Double {
        guard p > 0, p < 1 else { return inverted(p, lower: lower, from: 1, .positive) }
        // From the leading exponential of either series.
        let start =
            lower == (p < 0.5)
            ? Double.pi / (8 * (1 - log(min(p, 1 - p)))).squareRoot()
            : (0.5 * (log(2) - log(min(p, 1 - p)))).squareRoot()
        return inverted(p, lower: lower, from: start, .positive)
    }
    public func quantile(_ p: Double) -> Double { quantile(p, lower: true) }
    public func upperQuantile(_ q: Double) -> Double { quantile(q, lower: false) }

    public func sample(using generator: RandomGenerator) -> Double {
        quantile(generator.uniform())
    }
}
