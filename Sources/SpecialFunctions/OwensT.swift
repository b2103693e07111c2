// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

private let squareRootOfHalf = 0.707_106_781_186_547_524_4

/// Owen's function T(h, a) = ∫₀ᵃ exp(−h² (1 + t²)/2) / (1 + t²) dt / 2π: the
/// probability of X > h and 0 < Y < a X for independent standard normal X and Y.
///
/// By 40 Gauss–Legendre points for |a| ≤ 1, cut off where exp(−h² t²/2) has fallen
/// to e⁻⁴⁵; beyond through T(a h, 1/a). Source: D. B. Owen, "Tables for computing
/// bivariate normal probabilities", Ann. Math. Statist. 27 (1956), 1075.
public func owensT(_ h: Double, _ a: Double) -> Double {
    if h.isNaN || a.isNaN { return .nan }
    if a < 0 { return -owensT(h, -a) }
    let h = abs(h)
    if a == 0 || h == .infinity { return 0 }
    if h == 0 { return atan(a) / (2 * .pi) }
    if a > 1 {
        // In upper tails q of h and a h: ½ q(h) + ½ q(a h) − q(h) q(a h) − T(a h, 1/a).
        let (near, far) = (normalCDF(-h), normalCDF(-a * h))
        let rest = a == .infinity ? 0 : owensT(a * h, 1 / a)
        return 0.5 * near + (0.5 * far - rest) - near * far
    }
    let end = min(a, 90.0.squareRoot() / h)
    var sum = 0.0
    for (node, weight) in IncompleteBeta.gauss40 {
        let square = node * end * (node * end)
        sum += weight * exp(-0.5 * h * h * square) / (1 + square)
    }
    return exp(-0.5 * h * h) * end * sum / (2 * .pi)
}

/// Owen's T(h, a) with its derivatives in h and a.
package func owensTDerivatives(_ h: Double, _ a: Double) -> (value: Double, h: Double, a: Double) {
    let square = a * a
    return (
        owensT(h, a),
        -0.398_942_280_401_432_677_9 * exp(-0.5 * h * h) * 0.5 * erf(a * h * squareRootOfHalf),
        a.isInfinite ? 0 : exp(-0.5 * h * h * (1 + square)) / (2 * .pi * (1 + square))
    )
}
