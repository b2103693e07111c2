// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

// Powers and logarithms of ratios that may overflow or underflow on the way, and
// whose rounding a large power would show.

/// Euler's constant γ.
let eulerGamma = 0.577_215_664_901_532_860_6
/// π²/6.
let zeta2 = 1.644_934_066_848_226_436_5
let rootOfHalf = 0.707_106_781_186_547_524_4

/// log(x/s), for positive x and s; near x = s by their difference.
func logRatio(_ x: Double, _ s: Double) -> Double {
    let ratio = x / s
    if ratio > 0.5, ratio < 2 { return log1p((x - s) / s) }
    return ratio > 1e-300 && ratio < .infinity ? log(ratio) : log(x) - log(s)
}

/// (x/s)ᵏ, for x ≥ 0, s > 0 and any k ≠ 0, with the rounding of the ratio made good.
func powerRatio(_ x: Double, _ s: Double, _ k: Double) -> Double {
    let ratio = x / s
    guard ratio > 1e-290, ratio < 1e290 else {
        if ratio.isNaN || x <= 0 || x == .infinity { return pow(ratio, k) }
        return exp(k * (log(x) - log(s)))
    }
    let power = pow(ratio, k)
    let missing = k * (x.addingProduct(-ratio, s) / x)
    return abs(missing) < 0.1 ? power * (1 + missing) : power
}

/// scale · s^(1/a), for s ≥ 0, where the power alone would overflow or underflow too.
func scaledRoot(_ scale: Double, _ s: Double, _ a: Double) -> Double {
    if s == 0 || s == .infinity { return (s == 0) == (a > 0) ? 0 : .infinity }
    if s == 1 { return scale }
    if abs(1 / a) < .infinity {
        let power = root(s, a)
        if power > 1e-305, power < 1e305 { return scale * power }
    }
    return exp(log(scale) + log(s) / a)
}

/// (tᵏ − 1)/k, and log t for k = 0; t > 0.
func boxCox(_ t: Double, _ k: Double) -> Double {
    let l = log(t)
    if k == 0 { return l }
    let exponent = k * l
    return abs(exponent) < 1 ? expm1(exponent) / k : (pow(t, k) - 1) / k
}

/// log(1 + a b), −∞ where that is not positive.
func logOnePlus(_ a: Double, _ b: Double) -> Double {
    let product = a * b
    if product <= -1 { return -.infinity }
    if product == .infinity { return b.isInfinite ? .infinity : log(abs(a)) + log(abs(b)) }
    // Near −1 the rounding of the product would show.
    return product < -0.5 ? log(1.addingProduct(a, b)) : log1p(product)
}

/// Skewness and excess kurtosis of a power tail with the shape a.
func paretoSkewness(_ a: Double) -> Double {
    guard a > 3 else { return a > 2 ? .infinity : .nan }
    return 2 * ((1 + a) / (a - 3)) * (1 - 2 / a).squareRoot()
}
func paretoExcessKurtosis(_ a: Double) -> Double {
    guard a > 4 else { return a > 3 ? .infinity : .nan }
    return 6 * (1 + (1 - (6 + 2 / a) / a) / a) * (a / (a - 3)) * (a / (a - 4))
}
