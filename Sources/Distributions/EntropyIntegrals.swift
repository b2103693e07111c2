// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

private let rootOf2Pi = 2.506_628_274_631_000_502_4

/// E log cosh(shift + width · Z) for a standard normal Z.
///
/// For a small width by the trapezoidal rule, whose error falls with the distance of
/// the singularity, π/(2 width); for a large one log cosh y = |y| − log 2 +
/// log(1 + e^(−2|y|)), whose last term counts near 0 only.
func meanLogCosh(_ shift: Double, _ width: Double) -> Double {
    if width <= 1 {
        var sum = 0.0
        for k in -38...38 {
            let z = 0.25 * Double(k)
            let y = abs(shift + width * z)
            sum += exp(-0.5 * z * z) * (y + log1p(exp(-2 * y)))
        }
        return 0.25 * sum / rootOf2Pi - logTwo
    }
    let a = shift / width
    let magnitude = width * (2 * exp(-0.5 * a * a) / rootOf2Pi) + shift * erf(a * rootOfHalf)
    var sum = 0.0
    for (start, length) in [(0.0, 4.0), (4.0, 16.0)] {
        for (node, weight) in IncompleteBeta.gauss40 {
            let y = start + length * node
            let (up, down) = ((y - shift) / width, (y + shift) / width)
            let density = exp(-0.5 * up * up) + exp(-0.5 * down * down)
            sum += weight * length * density * log1p(exp(-2 * y))
        }
    }
    return magnitude - logTwo + sum / (width * rootOf2Pi)
}

/// E log cosh(V) for sinh(V) = ½ α Z and a standard normal Z, by the trapezoidal rule
/// in V.
func meanLogOfCosh(_ alpha: Double) -> Double {
    let step = 0.125 * min(1, alpha)
    let end = asinh(0.5 * alpha * 9.5)
    var sum = 0.0
    for k in 1...max(1, Int(min(end / step, 1e6)) + 1) {
        let v = step * Double(k)
        let z = 2 / alpha * sinh(v)
        sum += exp(-0.5 * z * z) * cosh(v) * (v + log1p(exp(-2 * v)) - logTwo)
    }
    return 4 * step / (alpha * rootOf2Pi) * sum
}
