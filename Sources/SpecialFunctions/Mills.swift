// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

private let rootOfHalf = 0.707_106_781_186_547_524_4

/// Mills' ratio M(s) = Φ(−s)/φ(s) of the standard normal distribution.
package func millsRatio(_ s: Double) -> Double {
    1.253_314_137_315_500_251_2 * erfcx(s * rootOfHalf)
}

/// −M′(s) = 1 − s M(s), without cancellation: from 2.5 on by the continued fraction
/// M(s) = 1/(s + 1/(s + 2/(s + 3/(s + …)))).
package func millsSlope(_ s: Double) -> Double {
    guard s >= 2.5 else { return 1 - s * millsRatio(s) }
    var k = 0.0
    for j in stride(from: (20 + 400 / (s * s)).rounded(), through: 1, by: -1) { k = j / (s + k) }
    return k / (s + k)
}

/// M(a) − M(a + width) for width ≥ 0: distribution functions of the inverse Gaussian
/// and the exponentially modified normal distribution are φ times such a difference.
///
/// Where the two are near each other by eight Gauss–Legendre points of the slope.
package func millsDifference(_ a: Double, width: Double) -> Double {
    let near = a > 0 ? 0.5 * max(1, a) : 0.5 / max(1, -a)
    if width > near { return millsRatio(a) - millsRatio(a + width) }
    let (middle, half) = (a + 0.5 * width, 0.5 * width)
    var sum = 0.0
    for (node, weight) in gauss8 {
        sum += weight * (millsSlope(middle + half * node) + millsSlope(middle - half * node))
    }
    return half * sum
}

private let gauss8 = [
    (0.183_434_642_495_649_804_9, 0.362_683_783_378_361_983_0),
    (0.525_532_409_916_328_985_8, 0.313_706_645_877_887_287_3),
    (0.796_666_477_413_626_739_6, 0.222_381_034_453_374_470_5),
    (0.960_289_856_497_536_231_7, 0.101_228_536_290_376_259_2),
]
