// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// The part of von Mises' distribution between two angles.
private struct VonMisesArc {
    let kappa: Double
    /// The largest of κ (cos θ − 1) on the arc.
    let level: Double
    /// ∫ exp(κ (cos θ − 1) − level) dθ and ∫ (cos θ − 1) exp(κ (cos θ − 1) − level) dθ.
    private(set) var mass = 0.0
    private(set) var slope = 0.0

    /// log ∫ exp(κ (cos θ − 1)) dθ
    var logMass: Double { level + log(mass) }

    /// The arc between two angles from the mean, of any size.
    init(_ low: Double, _ high: Double, _ kappa: Double) {
        self.kappa = kappa
        let holdsMean = (low / (2 * .pi)).rounded(.up) <= (high / (2 * .pi)).rounded(.down)
        let (s, t) = (sin(0.5 * low), sin(0.5 * high))
        level = holdsMean ? 0 : -2 * kappa * min(s * s, t * t)
        var turn = (low / (2 * .pi)).rounded()
        var from = low
        while from < high {
            let mean = 2 * .pi * turn
            let to = min(high, mean + .pi)
            // left and right of the mean
            if from < mean { add(max(mean - to, 0), mean - from) }
            if to > mean { add(max(from - mean, 0), to - mean) }
            from = to
            turn += 1
        }
    }

    /// Adds the arc between angles 0 ≤ from ≤ to ≤ π from the mean, in steps over
    /// which the density falls by e⁻²⁰ at most, to where it is e⁻⁵⁰ of the start.
    private mutating func add(_ from: Double, _ to: Double) {
        var start = from
        let top = sin(0.5 * from)
        while start < to {
            let fall = kappa * sin(start)
            let step = min(
                40 / (fall + (fall * fall + 40 * kappa * max(cos(start), 0)).squareRoot()), 1)
            let end = min(start + step, to)
            for (node, weight) in IncompleteBeta.gauss40 {
                let half = sin(0.5 * (start + (end - start) * node))
                let w = (end - start) * weight * exp(-2 * kappa * half * half - level)
                mass += w
                slope -= w * 2 * half * half
            }
            start = end
            let here = sin(0.5 * start)
            if 2 * kappa * (here * here - top * top) > 50 { break }
        }
    }
}

/// P(−π ≤ X ≤ x) of von Mises' distribution around μ with concentration κ > 0, or
/// of the other tail, x < X ≤ π, as a logarithm, with its derivatives in x, μ, κ.
/// NaN for x outside [−π, π].
///
/// By Gauss–Legendre quadrature of the tail itself, so that small ones keep their
/// digits; the constant of the density is the integral over the circle.
package func logVonMisesTailDerivatives(
    _ x: Double, mean: Double, concentration kappa: Double, lower: Bool
) -> (value: Double, x: Double, mean: Double, concentration: Double) {
    guard abs(x) <= .pi, mean.isFinite, kappa > 0, kappa < .infinity else {
        return (.nan, .nan, .nan, .nan)
    }
    let mean = mean - 2 * .pi * (mean / (2 * .pi)).rounded()
    let whole = VonMisesArc(-.pi, .pi, kappa)
    let below = VonMisesArc(-.pi - mean, x - mean, kappa)
    let above = VonMisesArc(x - mean, .pi - mean, kappa)
    // The smaller tail first; the other is what is left.
    let lowerIsSmall = x == -.pi || (x < .pi && below.logMass < above.logMass)
    let small = lowerIsSmall ? below : above
    guard small.mass > 0 else { return (lowerIsSmall == lower ? -.infinity : 0, 0, 0, 0) }
    let logShare = min(small.logMass - whole.logMass, 0)
    let value = lowerIsSmall == lower ? logShare : log1mExp(logShare)
    // The densities at x and ±π over the tail asked for.
    func density(_ at: Double) -> Double {
        let half = sin(0.5 * (at - mean))
        return exp(-2 * kappa * half * half - whole.logMass - value)
    }
    let sign = lower ? 1.0 : -1.0
    let change =
        (small.slope / small.mass - whole.slope / whole.mass) * exp(logShare - value)
    // f(π) − f(x) by sin²a − sin²b = sin(a + b) sin(a − b)
    let rise = 2 * kappa * sin(0.5 * (x + .pi) - mean) * sin(0.5 * (x - .pi))
    let difference = rise > 1 ? density(.pi) - density(x) : density(x) * expm1(rise)
    return (
        value, sign * density(x), sign * difference,
        lowerIsSmall == lower ? change : -change
    )
}

/// log I₀(x) − x for x ≥ 0, of the constant 2π I₀(κ) of von Mises' density, with
/// its derivative: neither cancels for large x.
///
/// From 30 on by Hankel's expansion (DLMF 10.40.1), whose terms there fall below
/// 1e-17; with I₀ ~ eˣ/√(2πx) Σ aⱼ xʲ, aⱼ₊₁/aⱼ = (2j + 1)²/(8 (j + 1)).
package func logBesselI0Excess(_ x: Double) -> (value: Double, slope: Double) {
    guard x >= 0 else { return (.nan, .nan) }
    if x < 30 {
        let whole = logBesselIDerivatives(0, x)
        return (whole.value - x, whole.x - 1)
    }
    let y = 1 / x
    var (term, sum, slope) = (1.0, 1.0, 0.0)
    for j in 0..<30 where term > 1e-18 {
        let odd = Double(2 * j + 1)
        term *= odd * odd / (8 * Double(j + 1)) * y
        sum += term
        slope -= Double(j + 1) * term
    }
    return (-halfLog2Pi - 0.5 * log(x) + log(sum), y * (slope / sum - 0.5))
}
