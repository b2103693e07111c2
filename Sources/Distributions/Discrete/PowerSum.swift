// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

/// Σ (q/(q + j))ˢ over j = 0 … n − 1: differences of Hurwitz' zeta function, in units
/// of its first term, for q ≥ 1, real s, and n whole or, where s > 1, infinite.
///
/// The first terms one by one, the others by Euler and Maclaurin's formula (DLMF
/// 25.11.28), whose integral is not a difference: nothing cancels for s near 1, for
/// large q or small n.
func relativePowerSum(_ s: Double, from q: Double, count n: Double) -> Double {
    if n < 1 { return 0 }
    var sum = 0.0
    var j = 0.0
    // The formula's terms fall like (s/(2π a))² and faster.
    while j < n {
        let a = q + j
        if a >= 16, a >= abs(s) + 12 { break }
        let term = exp(-s * log1p(j / q))
        sum += term
        if s > 0, term < 1e-19 * sum, j > 8 { return sum }
        j += 1
    }
    if j >= n { return sum }
    /// f, f′ s coefficients at x: f/2 and the Bernoulli terms.
    func end(_ x: Double) -> Double {
        let f = exp(-s * log(x / q))
        var term = s * f / x
        var total = 0.0
        for (k, c) in bernoulli.enumerated() {
            total += c * term
            let m = s + Double(2 * k + 1)
            term *= m * (m + 1) / (x * x)
        }
        return total
    }
    let a = q + j
    let f = exp(-s * log1p(j / q))
    if n == .infinity { return sum + (f * a / (s - 1) + 0.5 * f + end(a)) }
    let b = q + (n - 1)
    // ∫ (q/x)ˢ dx from a to b
    let l = log1p((b - a) / a)
    let e = (1 - s) * l
    let integral = f * a * (e == 0 ? l : expm1(e) / (1 - s))
    return sum + (integral + 0.5 * (f + exp(-s * log(b / q))) + (end(a) - end(b)))
}

/// B₂ₖ/(2k)!, k = 1, 2, ….
private let bernoulli: [Double] = [
    0.08333333333333333,
    -0.001388888888888889,
    3.306878306878307e-05,
    -8.267195767195768e-07,
    2.08767569878681e-08,
    -5.284190138687493e-10,
    1.3382536530684679e-11,
    -3.3896802963225827e-13,
    8.586062056277845e-15,
    -2.174868698558062e-16,
    5.5090028283602295e-18,
]
