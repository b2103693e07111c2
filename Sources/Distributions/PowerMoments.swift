// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

/// Moments of Eᵘ for a standard exponential E and a power u of either sign: those of
/// Weibull's, Fréchet's and the generalised extreme value distribution.
///
/// E Eʳᵘ = Γ(1 + r u), infinite from r u = −1 down. Near u = 0 central moments are
/// tiny differences of these; there they are integrals over l = log E by the
/// trapezoidal rule, which for the density exp(l − eˡ) and a step of ⅛ errs by
/// exp(−8π²) only.
struct ExponentialPower {
    private let u: Double
    /// log Γ(1 + u).
    private let logMean: Double
    private let usesIntegrals: Bool

    init(_ u: Double) {
        self.u = u
        logMean = logGammaOnePlus(u)
        usesIntegrals = u >= -0.2 && u < 1.5
    }

    var mean: Double { u > -1 ? tgamma(1 + u) : .infinity }
    /// (E Eᵘ − 1)/(−u), for u > −1.
    var relativeMean: Double { u == 0 ? eulerGamma : -expm1(logMean) / u }

    /// log of E Eʳᵘ over the r-th power of the mean.
    private func excess(_ r: Double) -> Double { logGammaOnePlus(r * u) - r * logMean }

    var variance: Double {
        guard u > -0.5 else { return u > -1 ? .infinity : .nan }
        if usesIntegrals { return u * u * scaledVariance }
        let d = excess(2)
        return d > 36 ? exp(logGammaOnePlus(2 * u)) : exp(2 * logMean) * expm1(d)
    }
    /// The variance over u²: that of log E for u = 0.
    var scaledVariance: Double {
        usesIntegrals ? exp(2 * logMean) * integrals.second : variance / u / u
    }
    /// Of Eᵘ; for u = 0 of −log E.
    var skewness: Double {
        guard u > -1.0 / 3 else { return u > -0.5 ? .infinity : .nan }
        if usesIntegrals {
            let c = integrals
            let value = c.third / (c.second * c.second.squareRoot())
            return u > 0 ? value : -value
        }
        let (d2, d3) = (excess(2), excess(3))
        if d2 > 40 { return exp(d3 - 1.5 * d2) }
        let second = expm1(d2)
        return (expm1(d3) - 3 * second) / (second * second.squareRoot())
    }
    var excessKurtosis: Double {
        guard u > -0.25 else { return u > -1.0 / 3 ? .infinity : .nan }
        if usesIntegrals {
            let c = integrals
            return c.fourth / (c.second * c.second) - 3
        }
        let (d2, d3, d4) = (excess(2), excess(3), excess(4))
        if d2 > 40 { return exp(d4 - 2 * d2) }
        let second = expm1(d2)
        return (expm1(d4) - 4 * expm1(d3) + 6 * second) / (second * second) - 3
    }

    /// Central moments of (Eᵘ/Γ(1 + u) − 1)/u.
    private var integrals: (second: Double, third: Double, fourth: Double) {
        // Near u = 0.278 skewness and excess kurtosis have zeros: sums must not round.
        var (first, second, third, fourth) = (ExactSum(), ExactSum(), ExactSum(), ExactSum())
        for node in ExponentialNodes.all {
            let w = u == 0 ? node.log + eulerGamma : expm1(u * node.log - logMean) / u
            let square = w * w
            first.add(node.weight * w)
            second.add(node.weight * square)
            third.add(node.weight * square * w)
            fourth.add(node.weight * square * square)
        }
        // The first is the rounding of the mean.
        let m = first.value
        return (
            second.value, third.value - 3 * m * second.value, fourth.value - 4 * m * third.value
        )
    }
}

/// A sum that keeps what it rounds off (Neumaier's).
private struct ExactSum {
    private var sum = 0.0
    private var lost = 0.0
    var value: Double { sum + lost }

    mutating func add(_ x: Double) {
        let next = sum + x
        lost += abs(sum) > abs(x) ? (sum - next) + x : (x - next) + sum
        sum = next
    }
}

/// log Γ(1 + u) for u > −1, to full relative accuracy near 0.
func logGammaOnePlus(_ u: Double) -> Double {
    abs(u) < 0.5 ? logRising(1, u) : u > -1 ? logGamma(1 + u) : .infinity
}

/// Nodes of the trapezoidal rule in log E for a standard exponential E.
private enum ExponentialNodes {
    static let all: [(log: Double, weight: Double)] = (-1920...34).map { k in
        let l = 0.125 * Double(k)
        return (l, 0.125 * exp(l - exp(l)))
    }
}

/// Moments of a function g(E) of a standard exponential E by the same rule, for g that
/// is smooth in log E and grows slowly.
func momentsOfExponential(
    _ g: (Double) -> Double
) -> (mean: Double, variance: Double, skewness: Double, excessKurtosis: Double) {
    // What is below e⁻⁶⁰ counts for nothing in a function that vanishes at 0.
    let values = ExponentialNodes.all.suffix(515).map { (g(exp($0.log)), $0.weight) }
    let mean = values.reduce(0) { $0 + $1.0 * $1.1 }
    var (first, second, third, fourth) = (ExactSum(), ExactSum(), ExactSum(), ExactSum())
    for (value, weight) in values {
        let w = value - mean
        let square = w * w
        first.add(weight * w)
        second.add(weight * square)
        third.add(weight * square * w)
        fourth.add(weight * square * square)
    }
    // The first is the rounding of the mean.
    let (m, v) = (first.value, second.value)
    return (
        mean + m, v, (third.value - 3 * m * v) / (v * v.squareRoot()),
        (fourth.value - 4 * m * third.value) / (v * v) - 3
    )
}

/// Moments of exp(u L) for a standard logistic L and 0 < u: those of the log-logistic
/// distribution, E exp(r u L) = π r u/sin(π r u), infinite from r u = 1 on. For small u
/// by the trapezoidal rule, L with −L so that the third moment keeps its digits.
struct LogisticPower {
    private let u: Double
    private let b: Double

    init(_ u: Double) {
        self.u = u
        b = .pi * u
    }

    /// E exp(r u L).
    private func raw(_ r: Double) -> Double { r * b / sin(r * b) }
    var mean: Double { u < 1 ? raw(1) : .infinity }
    var variance: Double {
        guard u < 0.5 else { return u < 1 ? .infinity : .nan }
        let m = raw(1)
        return u < 0.2 ? m * m * (u * u * integrals.second) : m * m * (tan(b) / b - 1)
    }
    var skewness: Double {
        guard u < 1.0 / 3 else { return u < 0.5 ? .infinity : .nan }
        if u < 0.2 {
            let c = integrals
            return c.third / (c.second * c.second.squareRoot())
        }
        let (m, second) = (raw(1), tan(b) / b - 1)
        return (raw(3) / (m * m * m) - 3 * second - 1) / (second * second.squareRoot())
    }
    var excessKurtosis: Double {
        guard u < 0.25 else { return u < 1.0 / 3 ? .infinity : .nan }
        if u < 0.2 {
            let c = integrals
            return c.fourth / (c.second * c.second) - 3
        }
        let (m, second) = (raw(1), tan(b) / b - 1)
        let (third, fourth) = (raw(3) / (m * m * m), raw(4) / (m * m * m * m))
        return (fourth - 4 * third + 6 * second + 3) / (second * second) - 3
    }

    /// Central moments of (exp(u L)/mean − 1)/u.
    private var integrals: (second: Double, third: Double, fourth: Double) {
        // 1 − sin(b)/b and with it the logarithm of the mean.
        let v = b * b
        var drop = 1.0
        for k in [210.0, 156, 110, 72, 42, 20] { drop = 1 - v / k * drop }
        drop *= v / 6
        let logMean = -log1p(-drop)
        var (second, third, fourth) = (0.0, 0.0, 0.0)
        for k in 0...800 {
            let l = 0.25 * Double(k)
            let e = exp(-l)
            let weight = (k == 0 ? 0.125 : 0.25) * e / ((1 + e) * (1 + e))
            let (up, down) = (expm1(u * l - logMean) / u, expm1(-u * l - logMean) / u)
            let half = sinh(0.5 * u * l)
            let sum = 2 * ((1 - drop) * 2 * half * half - drop) / u
            let (a, b) = (up * up, down * down)
            second += weight * (a + b)
            third += weight * sum * (a - up * down + b)
            fourth += weight * (a * a + b * b)
        }
        return (second, third, fourth)
    }
}
