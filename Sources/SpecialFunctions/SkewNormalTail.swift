// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// log of the distribution function of the standard skew normal distribution with
/// density 2 φ(z) Φ(α z), and its derivatives in z and α. The upper tail is the
/// lower one at (−z, −α).
///
/// F = Φ(z) − 2 T(z, α) where that does not cancel; else, for z < 0 < α, by
/// quadrature of the density, which is log-concave, downwards from z; and for
/// α > 0 from F(0) = atan(1/α)/π upwards. The derivative in α is −exp(−(1 + α²)
/// z²/2) / (π (1 + α²)).
///
/// Source: A. Azzalini, "A class of distributions which includes the normal ones",
/// Scand. J. Statist. 12 (1985), 171.
package func logSkewNormalCDFDerivatives(
    _ z: Double, _ alpha: Double
) -> (value: Double, z: Double, alpha: Double) {
    if z.isNaN || !alpha.isFinite { return (.nan, .nan, .nan) }
    if z.isInfinite { return (z < 0 ? -.infinity : 0, 0, 0) }
    // What the density's derivative in α has beside the density: φ(α z)/Φ(α z).
    let share = alpha * z < 30 ? 1 / lowerRatio(alpha * z) : 0
    let factor = -share / (1 + alpha * alpha)
    if z <= 0, alpha > 0 || z < -30 {
        let tail = skewNormalTail(z, alpha)
        return (tail.log, tail.slope, tail.slope * factor)
    }
    let value: Double
    let upper = z > 0 ? skewNormalComplement(z, alpha) : 1
    if upper < 0.5 {
        value = log1p(-upper)
    } else if alpha <= 0 {
        value = log(normalCDF(z) + 2 * owensT(z, -alpha))
    } else {
        var sum = 0.0
        for (node, weight) in IncompleteBeta.gauss40 {
            let t = z * node
            sum += weight * exp(-0.5 * t * t) * normalCDF(alpha * t)
        }
        value = log(atan2(1, alpha) / .pi + 0.797_884_560_802_865_355_9 * z * sum)
    }
    let slope = exp(logDensity(z, alpha) - value)
    return (value, slope, slope * factor)
}

private func logDensity(_ z: Double, _ alpha: Double) -> Double {
    -0.225_791_352_644_727_432_36 - 0.5 * z * z + logNormalCDF(alpha * z)
}

/// 1 − F(z) for z > 0.
private func skewNormalComplement(_ z: Double, _ alpha: Double) -> Double {
    if alpha >= 0 { return normalCDF(-z) + 2 * owensT(z, alpha) }
    return exp(skewNormalTail(-z, -alpha).log)
}

/// log F(z) for z ≤ 0 and its derivative in z, by quadrature of the density below z.
private func skewNormalTail(_ z: Double, _ alpha: Double) -> (log: Double, slope: Double) {
    let top = logNormalCDF(alpha * z)
    // log of the density at z − s less that at z.
    func drop(_ s: Double) -> Double {
        z * s - 0.5 * s * s + (logNormalCDF(alpha * (z - s)) - top)
    }
    let end = endOfTail(start: 10, drop)
    var sum = 0.0
    for (node, weight) in IncompleteBeta.gauss40 {
        sum += weight * exp(drop(end * node))
    }
    return (logDensity(z, alpha) + log(sum * end), 1 / (sum * end))
}

/// Where a concave function that is 0 at 0 falls to −45, within 1 %.
package func endOfTail(start: Double, _ drop: (Double) -> Double) -> Double {
    var high = start
    while drop(high) > -45, high < 1e300 { high *= 2 }
    var low = 0.0
    for _ in 0..<200 where high - low > 0.01 * high {
        let middle = 0.5 * (low + high)
        if drop(middle) > -45 { low = middle } else { high = middle }
    }
    return high
}
