// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Taylor coefficients of ψ at its positive root, from the first derivative on
/// (Tests/Reference/special/coefficients.py digamma).
private let digammaAtRoot: [Double] = [
    0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652,
    0.10782405069126237, -0.07219956125645471, 0.04880428816414311, -0.03316112647484736,
    0.022597648232218104, -0.01542476590494896, 0.010538791616612175, -0.007204534386356869,
    0.004926781395729853, -0.003369801655439328, 0.002305126326734928, -0.0015769367714301972,
    0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602,
    -0.0003454680251063077, 0.00023635601564027053, -0.00016170622091974803,
]

/// The digamma function ψ(x) = d/dx log Γ(x); NaN at 0, −1, −2, ….
///
/// By its Taylor series at the root 1.4616… (where R and SciPy lose digits),
/// else by recurrence to x ≥ 10 and the asymptotic series; below 0 by
/// reflection.
public func digamma(_ x: Double) -> Double {
    if x.isNaN || x == -.infinity { return .nan }
    if x <= 0 {
        if x == x.rounded(.down) { return .nan }
        // ψ(x) = ψ(1 − x) − π cot(πx); the angle reduced first, exactly.
        return digamma(1 - x) - .pi / tan(.pi * (x - x.rounded()))
    }
    let fromRoot = (x - 1.4616321449683622) - 9.549995429965697e-17
    if abs(fromRoot) < 0.25 {
        var s = 0.0
        for c in digammaAtRoot.reversed() { s = s * fromRoot + c }
        return s * fromRoot
    }
    var z = x
    var sum = 0.0
    while z < 10 {
        sum -= 1 / z
        z += 1
    }
    return sum + (log(z) - 0.5 / z - digammaCorrection(z))
}

/// log z − 1/(2z) − ψ(z), of order 1/(12 z²), for z ≥ 10.
func digammaCorrection(_ z: Double) -> Double {
    let y = 1 / (z * z)
    // B₂ₖ / 2k
    var s = -0.443_259_803_921_568_627_45
    s = s * y + 0.083_333_333_333_333_333_333
    s = s * y - 0.021_092_796_092_796_092_796
    s = s * y + 0.007_575_757_575_757_575_757_6
    s = s * y - 0.004_166_666_666_666_666_666_7
    s = s * y + 0.003_968_253_968_253_968_254
    s = s * y - 0.008_333_333_333_333_333_333_3
    s = s * y + 0.083_333_333_333_333_333_333
    return s * y
}

/// log z − ψ(z), for z ≥ 10.
func logMinusDigamma(_ z: Double) -> Double { 0.5 / z + digammaCorrection(z) }

/// ψ(b + a) − ψ(b) for a ≥ 0, without cancellation for large b and small a.
package func digammaDifference(_ b: Double, _ a: Double) -> Double {
    if b < 10 {
        if a > 4 { return digamma(b + a) - digamma(b) }
        // Up by ψ(b) = ψ(b + 1) − 1/b.
        var shifted = b
        var sum = 0.0
        while shifted < 10 {
            sum += a / (shifted * (shifted + a))
            shifted += 1
        }
        return sum + digammaDifference(shifted, a)
    }
    return log1p(a / b) + 0.5 * a / (b * (b + a)) + digammaCorrection(b) - digammaCorrection(b + a)
}

/// log Γ(a) + (1 − a) ψ(a) + a: the entropy of Gamma(shape: a, rate: 1),
/// without cancellation for large a.
package func gammaEntropy(_ a: Double) -> Double {
    if a < 10 { return a + logGamma(a) + (1 - a) * digamma(a) }
    return 0.5 * log(a) + halfLog2Pi + 0.5 - 0.5 / a + stirlingError(a)
        + (a - 1) * digammaCorrection(a)
}

/// The entropy of Beta(a, b): log B − (a − 1) ψ(a) − (b − 1) ψ(b) + (a + b − 2)
/// ψ(a + b), without cancellation for large parameters.
package func betaEntropy(_ a: Double, _ b: Double) -> Double {
    if min(a, b) < 10 {
        return logBeta(a, b) + (a - 1) * digammaDifference(a, b)
            + (b - 1) * digammaDifference(b, a)
    }
    // Stirling's formula for every log Γ and ψ; what is large drops out.
    let n = a + b
    let stirling = stirlingError(a) + stirlingError(b) - stirlingError(n)
    let digammas =
        (a - 1) * digammaCorrection(a) + (b - 1) * digammaCorrection(b)
        - (n - 2) * digammaCorrection(n)
    return halfLog2Pi + 0.5 + 0.5 * log(a / n * (b / n)) - 0.5 * log(n)
        - 0.5 / a - 0.5 / b + 1 / n + stirling + digammas
}

/// The trigamma function ψ′(x); +∞ at 0, −1, −2, ….
public func trigamma(_ x: Double) -> Double {
    if x.isNaN || x == -.infinity { return .nan }
    if x <= 0 {
        if x == x.rounded(.down) { return .infinity }
        let s = Double.pi / sin(.pi * (x - x.rounded()))
        return s * s - trigamma(1 - x)
    }
    if x == .infinity { return 0 }
    var z = x
    var sum = 0.0
    while z < 12 {
        sum += 1 / (z * z)
        z += 1
    }
    let y = 1 / (z * z)
    var s = -7.092_156_862_745_098_039_2
    s = s * y + 1.166_666_666_666_666_666_7
    s = s * y - 0.253_113_553_113_553_113_55
    s = s * y + 0.075_757_575_757_575_757_576
    s = s * y - 0.033_333_333_333_333_333_333
    s = s * y + 0.023_809_523_809_523_809_524
    s = s * y - 0.033_333_333_333_333_333_333
    s = s * y + 0.166_666_666_666_666_666_67
    return sum + (1 / z + 0.5 * y + s * y / z)
}

/// The tetragamma function ψ″(x); NaN at 0, −1, −2, ….
public func tetragamma(_ x: Double) -> Double {
    if x.isNaN || x == -.infinity { return .nan }
    if x <= 0 {
        if x == x.rounded(.down) { return .nan }
        // ψ″(x) = ψ″(1 − x) − 2π³ cos πx/sin³ πx; tan changes sign where both do.
        let angle = Double.pi * (x - x.rounded())
        let s = Double.pi / sin(angle)
        return tetragamma(1 - x) - 2 * s * s * .pi / tan(angle)
    }
    if x == .infinity { return 0 }
    var z = x
    var sum = 0.0
    while z < 12 {
        sum -= 2 / (z * z * z)
        z += 1
    }
    let y = 1 / (z * z)
    // −(2k + 1) B₂ₖ
    var s = 120.566_666_666_666_666_67
    s = s * y - 17.5
    s = s * y + 3.290_476_190_476_190_476_2
    s = s * y - 0.833_333_333_333_333_333_33
    s = s * y + 0.3
    s = s * y - 0.166_666_666_666_666_666_67
    s = s * y + 0.166_666_666_666_666_666_67
    s = s * y - 0.5
    return sum + (-y - y / z + s * y * y)
}
