// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// log(Γ(h + ½)²/(Γ(h)² h)), which is about −1/(4h), for h > 0, and what is left of
/// it without the first two terms of its expansion: `excess` = value + 1/(4h), about
/// 1/(96h³), and `rest` = excess − 1/(96h³). Each to full relative accuracy: moments of chi and Student's t distributions are differences of
/// them.
///
/// From 20 on by Stirling's formula, Σ 2 (1 − 4⁻ᵏ) B₂ₖ/(k (2k − 1)) h^(1−2k) with the
/// sign turned; below it by the recurrence, in which all terms have one sign.
package func logHalfStep(_ h: Double) -> (value: Double, excess: Double, rest: Double) {
    guard h > 0, h < .infinity else { return h == .infinity ? (0, 0, 0) : (.nan, .nan, .nan) }
    var (value, excess, rest) = (0.0, 0.0, 0.0)
    var top = h
    while top < 20 {
        // 1/(4h) − 1/(4(h + 1)); likewise of the cubes, (2/3) y³ more than ½ y².
        let y = 0.25 / (top * (top + 1))
        value -= log1p(y)
        excess -= log1pMinusX(y)
        // y − ½ y² − log(1 + y) − (2/3) y³
        if top < 1 {
            rest -= log1pMinusX(y) + y * y * (0.5 + y * (2.0 / 3))
        } else {
            var s = 0.0
            for j in stride(from: 24.0, through: 4, by: -1) { s = 1 / j - y * s }
            rest += y * y * y * (y * s - 1)
        }
        top += 1
    }
    let v = 1 / (top * top)
    var s = -0.118_200_810_750_325_520_8
    s = s * v + 0.025_639_460_637_019_230_8
    s = s * v - 0.007_668_235_085_227_272_7
    s = s * v + 0.003_363_715_277_777_777_8
    s = s * v - 0.002_371_651_785_714_285_7
    s = s * v + 0.003_125
    let beyond = -s * v * v / top
    let second = v / (96 * top)
    return (value + (second + beyond - 0.25 / top), excess + (second + beyond), rest + beyond)
}
