// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Bernoulli's numbers B₂ₖ/(2k)!.
private let eulerMaclaurin: [Double] = [
    0.083333333333333333, -0.0013888888888888889, 3.306878306878307e-05, -8.267195767195768e-07,
    2.08767569878681e-08, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
    8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18,
    -1.3954464685812522e-19, 3.534707039629467e-21,
]

/// Hurwitz's zeta function ζ(s, q) = Σ (k + q)⁻ˢ, k = 0, 1, …, for s > 1 and q > 0;
/// +∞ for s = 1, NaN elsewhere.
///
/// By the sum and Euler's and Maclaurin's formula for the rest, all of whose terms but
/// the corrections are positive.
public func hurwitzZeta(_ s: Double, _ q: Double) -> Double {
    guard s >= 1, q > 0 else { return .nan }
    if s == 1 { return .infinity }
    if q == .infinity || s == .infinity {
        return s == .infinity ? (q > 1 ? 0 : q == 1 ? 1 : .infinity) : 0
    }
    return zetaTail(s, q)
}

/// The sum from q on, s > 0, s ≠ 1 (for s < 1 in the sense of Euler and Maclaurin).
private func zetaTail(_ s: Double, _ q: Double) -> Double {
    let first = pow(q, -s)
    if first.isInfinite { return first }
    var sum = 0.0
    // Small terms last would round worse, but they fall fast where there are many.
    var z = q
    let start = max(12, s + 8)
    while z < start {
        let term = pow(z, -s)
        sum += term
        z += 1
        if term < 1e-18 * sum, s > 1 { return sum }
    }
    let y = 1 / (z * z)
    var rest = 0.0
    var factor = s / z
    for (k, c) in eulerMaclaurin.enumerated() {
        let term = c * factor
        rest += term
        if abs(term) < 1e-18 { break }
        let n = s + Double(2 * k + 1)
        factor *= n * (n + 1) * y
    }
    return sum + pow(z, -s) * (z / (s - 1) + 0.5 + rest)
}

/// Riemann's zeta function ζ(s), for all real s; +∞ at 1.
///
/// For s > 1 by `hurwitzZeta`, for 0 ≤ s < 1 by P. Borwein's alternating sum ("An
/// efficient algorithm for the Riemann zeta function", 2000, algorithm 2), and below by
/// reflection, with a phase that is exact.
public func zeta(_ s: Double) -> Double {
    if s.isNaN || s == -.infinity { return .nan }
    if s == 1 { return .infinity }
    if s == .infinity { return 1 }
    if s > 1.5 { return s > 60 ? 1 + exp2(-s) : hurwitzZeta(s, 1) }
    if s >= 0.5 { return alternatingZeta(s) }
    if s == 0 { return -0.5 }
    // ζ(s) = 2 (2π)^(s − 1) sin(πs/2) Γ(1 − s) ζ(1 − s)
    let half = 0.5 * s
    let sine = sinPi(half)
    if sine == 0 { return 0 }
    let log2Pi = DoubleDouble(high: 1.8378770664093456, low: -7.756588316134483e-17)
    let t = DoubleDouble.one - s
    let exponent = t.logGammaAndSign().value - t * log2Pi
    // ζ near its pole from s itself, because 1 − s is rounded.
    let other = s > -0.5 ? alternatingZeta(complement: s) : zeta(t.high)
    return 2 * sine * exponent.exponential * other
}

/// ζ(s) for s between ½ and 1½.
private func alternatingZeta(_ s: Double) -> Double {
    alternatingZeta(s, complement: 1 - s)
}

/// ζ(1 − t) for t between −½ and ½.
private func alternatingZeta(complement t: Double) -> Double {
    alternatingZeta(1 - t, complement: t)
}

private func alternatingZeta(_ s: Double, complement t: Double) -> Double {
    // d_k = n Σ_{i ≤ k} (n + i − 1)! 4ⁱ / ((n − i)! (2i)!)
    let n = 24.0
    var (d, term) = (1.0, 1.0)
    var partial = [1.0]
    for i in 0..<24 {
        let k = Double(i)
        term *= 4 * (n + k) * (n - k) / ((2 * k + 1) * (2 * k + 2))
        d += term
        partial.append(d)
    }
    var sum = DoubleDouble.zero
    for k in (0..<24).reversed() {
        let term = (1 - partial[k] / d) * pow(Double(k + 1), -s)
        sum = sum + (k % 2 == 0 ? term : -term)
    }
    // η = (1 − 2^(1 − s)) ζ
    return sum.value / -expm1(t * 0.693_147_180_559_945_309_4)
}

/// The polygamma function ψ⁽ⁿ⁾(x), for n ≥ 0 and x > 0 (n ≤ 2 for all x); NaN
/// elsewhere.
public func polygamma(_ n: Int, _ x: Double) -> Double {
    switch n {
    case ..<0: return .nan
    case 0: return digamma(x)
    case 1: return trigamma(x)
    case 2: return tetragamma(x)
    default: break
    }
    guard x > 0 else { return .nan }
    if x == .infinity { return 0 }
    // (−1)ⁿ⁺¹ n! ζ(n + 1, x), by logarithms where the factorial overflows.
    let s = Double(n) + 1
    let sign = n % 2 == 0 ? -1.0 : 1.0
    if n <= 170 {
        let value = tgamma(s) * hurwitzZeta(s, x)
        if value.isFinite, value > 0 { return sign * value }
    }
    // x^s ζ(s, x) is between 1 and 1 + x/(s − 1) + 1.
    var sum = 1.0
    if x < 1e4 * s {
        for k in 1..<2_000_000 {
            let term = exp(-s * log1p(Double(k) / x))
            sum += term
            if term * x < 1e-17 * sum { break }
        }
    } else {
        sum = x / (s - 1) + 0.5 + s / (12 * x)
    }
    let exponent =
        DoubleDouble(s).logGammaAndSign().value - DoubleDouble(x).logarithm() * s
    return sign * exponent.exponential * sum
}
