// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

// Elementary functions written so that nothing cancels: probabilities and
// their logarithms are mostly made of these.

/// log(1 + x) − x without cancellation near 0.
///
/// Near 0 by log(1 + x) = 2 artanh(r), r = x/(2 + x), whose series starts with
/// a term that combines with −x to −x r exactly.
public func log1pMinusX(_ x: Double) -> Double {
    if x > -0.4, x < 0.7 {
        let r = x / (2 + x)
        let y = r * r
        // Σ y^k / (2k + 3); y < 0.0678, so fourteen terms reach 1e-17.
        var s = 1.0 / 31
        s = s * y + 1.0 / 29
        s = s * y + 1.0 / 27
        s = s * y + 1.0 / 25
        s = s * y + 1.0 / 23
        s = s * y + 1.0 / 21
        s = s * y + 1.0 / 19
        s = s * y + 1.0 / 17
        s = s * y + 1.0 / 15
        s = s * y + 1.0 / 13
        s = s * y + 1.0 / 11
        s = s * y + 1.0 / 9
        s = s * y + 1.0 / 7
        s = s * y + 1.0 / 5
        s = s * y + 1.0 / 3
        return r * (2 * y * s - x)
    }
    if x == .infinity { return -.infinity }
    return log1p(x) - x
}

/// log(1 + eˣ).
public func log1pExp(_ x: Double) -> Double {
    // Thresholds of M. Mächler, "Accurately computing log(1 − exp(−|a|))", 2012.
    if x <= 18 { return log1p(exp(x)) }
    return x <= 33.3 ? x + exp(-x) : x
}

/// log(1 − eˣ) for x ≤ 0; NaN above.
public func log1mExp(_ x: Double) -> Double {
    x > -0.693_147_180_559_945_3 ? log(-expm1(x)) : log1p(-exp(x))
}

/// log(eᵃ + eᵇ) without overflow.
public func logSumExp(_ a: Double, _ b: Double) -> Double {
    if a.isNaN || b.isNaN { return .nan }
    let high = max(a, b)
    let low = min(a, b)
    if low == -.infinity || high == .infinity { return high }
    return high + log1p(exp(low - high))
}

/// log Σ eˣ without overflow; −∞ for no numbers.
public func logSumExp(_ x: [Double]) -> Double {
    guard let high = x.max() else { return -.infinity }
    if x.contains(where: \.isNaN) { return .nan }
    if high.isInfinite { return high }
    var sum = 0.0
    var seen = false
    for value in x {
        if value == high, !seen {
            seen = true
        } else {
            sum += exp(value - high)
        }
    }
    return high + log1p(sum)
}

/// log(eᵃ − eᵇ) for a ≥ b; NaN otherwise.
public func logDiffExp(_ a: Double, _ b: Double) -> Double {
    if a == b, a < .infinity { return -.infinity }
    if b == -.infinity { return a }
    return a + log1mExp(b - a)
}

/// 1 / (1 + e⁻ˣ).
public func logistic(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let e = exp(x)
    return e / (1 + e)
}

/// log(p / (1 − p)); ∓∞ at 0 and 1, NaN outside.
public func logit(_ p: Double) -> Double {
    // In the middle through artanh: 2p − 1 is exact there.
    if p > 0.25, p < 0.75 { return 2 * atanh(2 * p - 1) }
    return log(p) - log1p(-p)
}

/// log(logistic(x)) = −log(1 + e⁻ˣ).
public func logLogistic(_ x: Double) -> Double { -log1pExp(-x) }

/// s^(1/a), with the rounding of 1/a made good: it counts when s is tiny.
package func root(_ s: Double, _ a: Double) -> Double {
    let e = 1 / a
    let missing = 1.addingProduct(-e, a)
    return pow(s, e) * (1 + log(s) * missing * e)
}

/// x log(y), and 0 when x is 0 (whatever y, unless NaN).
public func xLogY(_ x: Double, _ y: Double) -> Double {
    x == 0 && !y.isNaN ? 0 : x * log(y)
}

/// x log(1 + y), and 0 when x is 0 (whatever y, unless NaN).
public func xLog1p(_ x: Double, _ y: Double) -> Double {
    x == 0 && !y.isNaN ? 0 : x * log1p(y)
}

/// exp(xᵢ) / Σ exp(x): probabilities from their logarithms up to a constant, without
/// overflow.
public func softmax(_ x: [Double]) -> [Double] {
    guard let high = x.max() else { return [] }
    if x.contains(where: \.isNaN) || high.isInfinite {
        // Infinite numbers share the whole; nothing is left to share of −∞ alone.
        let count = Double(x.count { $0 == .infinity })
        return x.map { $0.isNaN || count == 0 ? .nan : $0 == .infinity ? 1 / count : 0 }
    }
    let weights = x.map { exp($0 - high) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
}

/// log(exp(xᵢ) / Σ exp(x)).
public func logSoftmax(_ x: [Double]) -> [Double] {
    let whole = logSumExp(x)
    return x.map { $0 - whole }
}
