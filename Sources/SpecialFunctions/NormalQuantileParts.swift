// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

private let rootOfHalf = 0.707_106_781_186_547_524_4

/// exp(−½ z²) as if z² had not been rounded.
package func expOfHalfSquare(_ z: Double) -> Double {
    let high = z * z
    let low = (-high).addingProduct(z, z)
    return high < 1500 ? exp(-0.5 * high) * (1 - 0.5 * low) : exp(-0.5 * high)
}

/// Φ(−z): as `normalCDF`, without the rounding of z/√2 in the exponent.
package func upperNormalTail(_ z: Double) -> Double {
    z < 1 ? normalCDF(-z) : 0.5 * erfcx(z * rootOfHalf) * expOfHalfSquare(z)
}

/// The quantile of the standard normal distribution as a sum: the double nearest to
/// it and most of what that lacks, for what is to be multiplied and exponentiated.
package func normalQuantileParts(_ p: Double) -> (high: Double, low: Double) {
    let z = normalQuantile(p)
    let tail = min(p, 1 - p)
    guard abs(z) > 1, tail > 1e-305 else { return (z, 0) }
    let distance = abs(z)
    // One step of Newton's method; the ratio of tail and density hardly varies.
    let mills = 1.253_314_137_315_500_251_2 * erfcx(distance * rootOfHalf)
    let step = (upperNormalTail(distance) / tail - 1) * mills
    return (z, z < 0 ? -step : step)
}

/// The sum of a + b·(high + low), rounded, and what it lacks.
package func compensated(
    _ a: Double, _ b: Double, _ parts: (high: Double, low: Double)
) -> (high: Double, low: Double) {
    let product = b * parts.high
    let productError = (-product).addingProduct(b, parts.high) + b * parts.low
    let sum = a + product
    let shadow = sum - a
    let sumError = (a - (sum - shadow)) + (product - shadow)
    return sum.isFinite ? (sum, sumError + productError) : (sum, 0)
}
