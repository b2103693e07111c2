// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

// Densities of counts by C. Loader's saddle-point form ("Fast and accurate
// computation of binomial probabilities", 2000): no difference of large
// logarithms of factorials, so large parameters lose no digits.

/// x log(x/m) + m − x, the deviance of a count x with mean m; ≥ 0.
package func devianceTerm(_ x: Double, _ m: Double) -> Double {
    if x == 0 { return m }
    let z = (m - x) / x
    return z > -0.4 && z < 1e8 ? -x * log1pMinusX(z) : x * log(x / m) + m - x
}

/// log of e⁻ᵐ mˣ / Γ(x + 1), for real x ≥ 0 and m ≥ 0.
package func poissonLogDensity(_ x: Double, mean m: Double) -> Double {
    if x == 0 { return -m }
    if m == 0 { return -.infinity }
    if x < 1 { return x * log(m) - m - logGamma1p(x) }
    return -stirlingError(x) - devianceTerm(x, m) - halfLog2Pi - 0.5 * log(x)
}

/// log of C(n, k) pᵏ qⁿ⁻ᵏ, for real 0 ≤ k ≤ n and p + q = 1.
package func binomialLogDensity(_ k: Double, trials n: Double, p: Double, q: Double) -> Double {
    if p == 0 { return k == 0 ? 0 : -.infinity }
    if q == 0 { return k == n ? 0 : -.infinity }
    let logP = q < 0.5 ? log1p(-q) : log(p)
    let logQ = p < 0.5 ? log1p(-p) : log(q)
    if k == 0 { return n * logQ }
    if k == n { return n * logP }
    return stirlingError(n) - stirlingError(k) - stirlingError(n - k) - devianceTerm(k, n * p)
        - devianceTerm(n - k, n * q) - halfLog2Pi - 0.5 * log(k * ((n - k) / n))
}
