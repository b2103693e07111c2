// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

private let eulerGamma = DoubleDouble(high: 0.5772156649015329, low: -4.942915152430645e-18)

/// The exponential integral E₁(x) = ∫ₓ^∞ e⁻ᵗ/t dt, for x ≥ 0; NaN below.
///
/// For x ≤ 2 by the power series (DLMF 6.6.2) in 32 digits, else by the continued
/// fraction (DLMF 6.9.1) from enough terms backwards.
public func expIntegralE1(_ x: Double) -> Double {
    guard x >= 0 else { return .nan }
    if x == 0 { return .infinity }
    if x <= 2 { return (-seriesEi(-x)).value }
    if x > 740 { return x > 746 ? 0 : exp(-0.5 * x) * (exp(-0.5 * x) / (x + 1)) }
    // Each step multiplies the error by about exp(−2 √(x/n)).
    let count = (8 + 400 / x).rounded() + 12
    var tail = x
    for k in stride(from: count, through: 1, by: -1) { tail = x + k / (1 + k / tail) }
    return exp(-x) / tail
}

/// The exponential integral Ei(x), the principal value of ∫ eᵗ/t dt from −∞ to x:
/// −E₁(−x) for x < 0, −∞ at 0.
///
/// The power series in 32 digits, which hold at the root 0.3725… too; from 40 on the
/// asymptotic series (DLMF 6.12.2), whose terms fall below e⁻ˣ.
public func expIntegralEi(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x < 0 { return -expIntegralE1(-x) }
    if x == 0 { return -.infinity }
    if x <= 40 { return seriesEi(x).value }
    if x > 720 { return .infinity }
    var (term, sum) = (1.0, 1.0)
    for k in 1..<Int(x) {
        term *= Double(k) / x
        sum += term
        if term < 1e-17 { break }
    }
    // e^x overflows before Ei does.
    let half = exp(0.5 * x)
    return half * (half / x * sum)
}

/// γ + log|x| + Σ xᵏ/(k k!)
private func seriesEi(_ x: Double) -> DoubleDouble {
    var term = DoubleDouble(x)
    var sum = term
    for i in 2..<300 {
        let k = Double(i)
        term = term * x / k
        sum = sum + term / k
        if abs(term.high) < 1e-33 * k * abs(sum.high) { break }
    }
    return eulerGamma + DoubleDouble(abs(x)).logarithm() + sum
}

/// Dawson's integral F(x) = exp(−x²) ∫₀ˣ exp(t²) dt.
///
/// Up to 6.5 by the series of the integral, whose terms are positive; then by the
/// asymptotic series (DLMF 7.12).
public func dawson(_ x: Double) -> Double {
    if x.isNaN { return x }
    let square = x * x
    if abs(x) < 6.5 {
        // The roundings of a hundred factors would add up: 32 digits.
        let exact = DoubleDouble.product(x, x)
        var (power, sum) = (DoubleDouble.one, DoubleDouble.one)
        for i in 1..<300 {
            let k = Double(i)
            power = power * exact / k
            let term = power / (2 * k + 1)
            sum = sum + term
            if term.high < 1e-18 * sum.high { break }
        }
        return x * (sum * (-exact).exponential).value
    }
    if abs(x) > 1e9 { return 0.5 / x }
    let y = 0.5 / square
    var (term, sum) = (1.0, 1.0)
    for k in 1..<60 {
        let next = term * Double(2 * k - 1) * y
        if next > term { break }
        term = next
        sum += term
        if term < 1e-17 { break }
    }
    return 0.5 / x * sum
}
