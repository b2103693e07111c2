// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// log I_ν(x) of the modified Bessel function of the first kind with its derivatives,
/// for ν ≥ 0 and x ≥ 0.
///
/// Poisson's integral (DLMF 10.32.2) with t = tanh w,
///
///     I_ν(x) = (x/2)^ν / (√π Γ(ν + ½)) ∫ exp(x tanh w) (sech w)^(2ν + 1) dw,
///
/// by the trapezoidal rule, which converges exponentially for analytic integrands
/// that vanish at both ends; the derivative in ν is log(x/2) − ψ(ν + ½) plus the mean
/// of log sech² w, that in x the mean of tanh w plus ν/x. For small x the power series
/// (DLMF 10.25.2), whose terms are positive. The error of the derivative in ν is an
/// absolute one, of the size of the terms. The value is `logBesselI`'s.
package func logBesselIDerivatives(
    _ nu: Double, _ x: Double
) -> (value: Double, order: Double, x: Double) {
    guard nu >= 0, nu < .infinity, x >= 0 else { return (.nan, .nan, .nan) }
    if x == .infinity { return (.infinity, 0, 1) }
    if x == 0 { return nu == 0 ? (0, 0, 0) : (-.infinity, 0, 0) }
    if x <= 30 || x * x <= 100 * (nu + 1) { return besselISeries(nu, x) }
    // The largest value, where x sech² w = (2ν + 1) tanh w, with s = sinh w.
    let m = 2 * nu + 1
    let peakTanh = 2 * x / (m + (m * m + 4 * x * x).squareRoot())
    let peak = atanh(min(peakTanh, 1 - 0x1p-53))
    // log of the integrand less its largest value, at peak + s, without cancellation.
    let sech2 = 1 / (cosh(peak) * cosh(peak))
    func drop(_ s: Double) -> Double {
        let half = sinh(0.5 * s)
        let growth = 2 * half * half + peakTanh * sinh(s)  // cosh(peak + s)/cosh(peak) − 1
        // tanh(peak + s) − tanh(peak)
        let shift = sinh(s) * sech2 / (1 + growth)
        return x * shift - m * log1p(growth)
    }
    func end(_ sign: Double) -> Double {
        var high = 1.0
        while drop(sign * high) > -45, high < 1e3 { high *= 2 }
        var low = 0.0
        while high - low > 0.02 * high {
            let middle = 0.5 * (low + high)
            if drop(sign * middle) > -45 { low = middle } else { high = middle }
        }
        return high
    }
    let (left, right) = (end(-1), end(1))
    // Steps at which the poles at ±iπ/2 leave no error (found by halving them).
    let count = max(400, Int((left + right) / 0.1))
    let h = (left + right) / Double(count)
    var weights = 0.0
    var slope = 0.0
    var logs = 0.0
    for i in 0...count {
        let s = -left + h * Double(i)
        let w = exp(drop(s))
        weights += w
        slope += w * tanh(peak + s)
        logs -= w * 2 * log(cosh(peak + s))
    }
    return (
        logBesselI(nu, x), log(0.5 * x) - digamma(nu + 0.5) + logs / weights,
        nu / x + slope / weights
    )
}

/// log I_ν(x) and its derivatives from Σ (x²/4)ᵏ / (k! (ν + 1)ₖ).
private func besselISeries(
    _ nu: Double, _ x: Double
) -> (value: Double, order: Double, x: Double) {
    var term = 1.0
    var rest = 0.0
    var harmonic = 0.0
    var (byOrder, byX) = (0.0, 0.0)
    for i in 1..<1_000 {
        let k = Double(i)
        term *= 0.25 * x * x / (k * (nu + k))
        harmonic += 1 / (nu + k)
        rest += term
        byOrder += term * harmonic
        byX += term * 2 * k
        if term < 1e-18 * (1 + rest) { break }
    }
    return (
        logBesselI(nu, x),
        log(0.5 * x) - digamma(nu + 1) - byOrder / (1 + rest), (nu + byX / (1 + rest)) / x
    )
}
