// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// log P(T ≤ z) of Student's t distribution with its derivatives in z and in the
/// degrees of freedom ν > 0.
///
/// P(T ≤ −|z|) = ½ I_x(ν/2, ½), x = ν/(ν + z²). From ν = 20 on the derivative in ν,
/// of order 1/ν², would be a difference of terms of order 1; there it is the
/// integral of the density times ∂ log f/∂ν, which changes its sign at |t| ≈ 1.55
/// only, from 0 to z or from z on. In v = arsinh(|t|/√ν) the density is
/// proportional to (cosh v)^−ν, log-concave, and 40 Gauss–Legendre points do.
package func logStudentTCDFDerivatives(
    _ z: Double, _ nu: Double
) -> (value: Double, z: Double, nu: Double) {
    guard nu > 0, nu < .infinity, !z.isNaN else { return (.nan, .nan, .nan) }
    let log2 = 0.693_147_180_559_945_309_4
    if z.isInfinite { return (z < 0 ? -.infinity : 0, 0, 0) }
    let logCentre = -0.5 * log(nu) - logBeta(0.5, 0.5 * nu)
    if z == 0 { return (-log2, 2 * exp(logCentre), 0) }
    let distance = abs(z)
    let logOdds = log(nu) - 2 * log(distance)
    let point = IncompleteBeta.Point(odds: nu / distance / distance, logOdds: logOdds)
    let beta = IncompleteBeta.derivatives(0.5 * nu, 0.5, point, lower: true, shapes: nu < 20)
    let lower = beta.value - log2
    // The derivatives of the logarithm of the lower tail at −|z|.
    let slope =
        distance < 1e-100 ? exp(logCentre - lower) : 2 * beta.logit / distance
    let byFreedom =
        nu < 20
        ? 0.5 * beta.a + beta.logit / nu
        : freedomDerivative(distance, nu, logCentre, lower)
    if z < 0 { return (lower, slope, byFreedom) }
    let value = log1p(-exp(lower))
    let odds = exp(lower - value)
    return (value, slope * odds, -byFreedom * odds)
}

/// ∂ log P(T ≤ −z)/∂ν for ν ≥ 20, given log f(0) and that logarithm.
private func freedomDerivative(
    _ z: Double, _ nu: Double, _ logCentre: Double, _ logTail: Double
) -> Double {
    let x = 0.5 * nu
    // ψ(x + ½) − ψ(x) − 1/(2x)
    let fixed =
        log1pMinusX(0.5 / x) + 0.25 / (x * (x + 0.5))
        + (digammaCorrection(x) - digammaCorrection(x + 0.5))
    // ∂ log f/∂ν at t, u = t²/ν
    func score(_ u: Double) -> Double {
        // −log(1 + u) + u/(1 + u), of order u² near 0
        let bent = u < 0.5 ? -log1pMinusX(u) - u * u / (1 + u) : u / (1 + u) - log1p(u)
        return 0.5 * (fixed + bent + u / (nu * (1 + u)))
    }
    let start = asinh(z / nu.squareRoot())
    var sum = 0.0
    if z < 1.5 {
        for (node, weight) in IncompleteBeta.gauss40 {
            let sine = sinh(node * start)
            sum -= weight * exp(-0.5 * nu * log1p(sine * sine)) * score(sine * sine)
        }
        return exp(logCentre - logTail) * nu.squareRoot() * start * sum
    }
    let slope = tanh(start)
    // ν log(cosh(start + s)/cosh(start)), 50 at the end at most
    let end =
        100 / (nu * slope + (nu * slope * nu * slope + 100 * nu * (1 - slope * slope)).squareRoot())
    let last = min(2 * end, 50 / (nu * slope) + 0.7)
    var weights = 0.0
    for (node, weight) in IncompleteBeta.gauss40 {
        let s = last * node
        let half = sinh(0.5 * s)
        let w = weight * exp(-nu * log1p(2 * half * half + slope * sinh(s)))
        let sine = sinh(start + s)
        weights += w
        sum += w * score(sine * sine)
    }
    return sum / weights
}
