// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

private let squareRootOfHalf = 0.707_106_781_186_547_524_4
private let rootHalfPi = 1.253_314_137_315_500_251_2

/// Φ(u)/φ(u), for u ≤ 30.
func lowerRatio(_ u: Double) -> Double { rootHalfPi * erfcx(-u * squareRootOfHalf) }

/// The derivative of Φ(u)/φ(u), 1 + u Φ(u)/φ(u), without cancellation.
private func lowerRatioSlope(_ u: Double) -> Double {
    if u > -12 { return 1 + u * lowerRatio(u) }
    // 1/u² − 3/u⁴ + 15/u⁶ − …
    let y = 1 / (u * u)
    var term = y
    var sum = y
    for k in 1..<14 {
        term *= -Double(2 * k + 1) * y
        sum += term
    }
    return sum
}

/// log P(Z + E ≤ z) for a standard normal Z and an exponential E of rate r, or
/// that of the upper tail, with its derivatives in z and r > 0.
///
/// The upper tail is Φ(−z) + exp(r²/2 − r z) Φ(z − r), a sum. The lower one is the
/// difference Φ(z) less the same product; for z < 6, where that cancels, it is the
/// integral of r e^(−r t) Φ(z − t), log-concave in t, by 40 Gauss–Legendre points.
///
/// Source: E. Grushka, "Characterization of exponentially modified Gaussian peaks
/// in chromatography", Analytical Chemistry 44 (1972), 1733.
package func logExponentiallyModifiedNormalDerivatives(
    _ z: Double, rate r: Double, lower: Bool
) -> (value: Double, z: Double, rate: Double) {
    guard r > 0, r < .infinity, !z.isNaN else { return (.nan, .nan, .nan) }
    if z.isInfinite { return ((z < 0) == lower ? -.infinity : 0, 0, 0) }
    let logNormal = -halfLog2Pi - 0.5 * z * z
    // log of exp(r²/2 − r z) Φ(z − r)
    let u = z - r
    let logProduct = u < 30 ? logNormal + log(lowerRatio(u)) : r * (0.5 * r - z)
    let logUpper = logSumExp(logNormalCDF(-z), logProduct)
    let upper = min(logUpper, 0)
    let logLower = {
        if upper < -0.7 { return log1mExp(upper) }
        if z < 6 { return min(logLowerTail(z, r), 0) }
        // 1 − exp(r²/2 − r z) and what the two normal tails, below 1e-9, add to it
        let exponent = r * (0.5 * r - z)
        return log(-expm1(exponent) + (exp(exponent) * normalCDF(-u) - normalCDF(-z)))
    }
    let value = lower ? logLower() : upper > -0.3 ? log1mExp(logLower()) : upper
    // Both tails' derivatives are density and φ(z) (1 − (r − z) Φ(u)/φ(u)).
    let byZ = r * exp(logProduct - value)
    let byRate =
        u < 30
        ? exp(logNormal - value) * lowerRatioSlope(u)
        : exp(logNormal - value) + u * exp(logProduct - value)
    return lower ? (value, byZ, byRate) : (value, -byZ, -byRate)
}

private func logLowerTail(_ z: Double, _ r: Double) -> Double {
    let top = logNormalCDF(z)
    func drop(_ t: Double) -> Double { -r * t + (logNormalCDF(z - t) - top) }
    let end = endOfTail(start: min(10, 45 / r), drop)
    var sum = 0.0
    for (node, weight) in IncompleteBeta.gauss40 { sum += weight * exp(drop(end * node)) }
    return top + log(r * sum * end)
}
