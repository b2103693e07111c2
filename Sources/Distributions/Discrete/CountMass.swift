// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// log of Γ(k + r)/(k! Γ(r)) pʳ qᵏ, for real k ≥ 0 and r > 0, p + q = 1: failures
/// before r successes.
func negativeBinomialLogMass(_ k: Double, _ r: Double, p: Double, q: Double) -> Double {
    let logP = q < 0.5 ? log1p(-q) : log(p)
    if k == 0 { return r * logP }
    // r/(r + k) of the binomial mass of r successes in r + k trials.
    if r >= 1 {
        return -log1p(k / r) + binomialLogDensity(r, trials: r + k, p: p, q: q)
    }
    let logQ = p < 0.5 ? log1p(-p) : log(q)
    // Γ(k + r)/(k! Γ(r)) = rise(k, r) r/(k Γ(1 + r))
    return r * logP + k * logQ + logRising(k, r) - log(k) + log(r) - logGamma1p(r)
}

/// log of C(k + m, k) B(k + a, m + b)/B(a, b), for real k, m ≥ 0 and a, b > 0.
///
/// As three masses of negative binomial distributions of the same probability, in
/// which nothing cancels.
func betaBinomialLogMass(_ k: Double, others m: Double, _ a: Double, _ b: Double) -> Double {
    let n = k + m
    if n == 0 { return 0 }
    let s = a + b
    let (p, q) = (s / (s + n), n / (s + n))
    return negativeBinomialLogMass(k, a, p: p, q: q)
        + negativeBinomialLogMass(m, b, p: p, q: q)
        - negativeBinomialLogMass(n, s, p: p, q: q)
}

/// log of C(a, k) C(b, n − k)/C(a + b, n), for real k.
///
/// By three binomial masses of the probability n/(a + b), so that nothing cancels (C.
/// Loader, "Fast and accurate computation of binomial probabilities", 2000).
func hypergeometricLogMass(_ k: Double, draws n: Double, _ a: Double, _ b: Double) -> Double {
    guard a >= 0, b >= 0, n >= 0, n <= a + b else { return .nan }
    if k < max(0, n - b) || k > min(n, a) { return -.infinity }
    if n == 0 || n == a + b { return 0 }
    let (p, q) = (n / (a + b), (a + b - n) / (a + b))
    return binomialLogDensity(k, trials: a, p: p, q: q)
        + binomialLogDensity(n - k, trials: b, p: p, q: q)
        - binomialLogDensity(n, trials: a + b, p: p, q: q)
}

/// The excess kurtosis of the beta-binomial distribution with s = a + b, w = ab/s²;
/// also of those with the same mass for negative parameters, the hypergeometric and
/// the beta negative binomial one.
func betaBinomialExcessKurtosis(trials n: Double, sum s: Double, product w: Double) -> Double {
    // In units of s: all terms stay finite.
    let (u, x) = (1 / s, n / s)
    let first = (1 + u) * ((1 - u) + 6 * x * (1 + x))
    let second = 1 + 5 * x * (1 + x) + u * (1 + 6 * x * (1 + x))
    return (first - 6 * w * second)
        / (n * w * (1 + 2 * u) * (1 + 3 * u) * (1 + x))
}

/// The number of a count; `Int.max` beyond.
func count(_ x: Double) -> Int { Int(exactly: x.rounded()) ?? (x > 0 ? Int.max : Int.min + 1) }

extension RandomGenerator {
    /// A draw from a log-concave mass with the given mode.
    ///
    /// Source: L. Devroye, "A simple generator for discrete log-concave
    /// distributions", Computing 39 (1987).
    func logConcave(mode: Double, _ logMass: (Double) -> Double) -> Double {
        let top = logMass(mode)
        let peak = exp(top)
        let w = 1 + 0.5 * peak
        while true {
            let y =
                uniform() * (1 + w) <= w ? uniform() * w / peak : (w + exponential()) / peak
            let x = (uniform() < 0.5 ? -y : y).rounded(.toNearestOrAwayFromZero)
            let height = log(uniform()) + min(0, w - peak * y)
            if height <= logMass(mode + x) - top { return mode + x }
        }
    }
}

extension Parameter {
    /// A whole number as a count.
    static func whole(_ value: Double, _ name: String) throws(ParameterError) -> Int {
        try Counts.whole(value, name)
    }
    static func count(_ value: Int, _ name: String, from least: Int = 0) throws(ParameterError)
        -> Int
    {
        guard value >= least else {
            throw ParameterError(name, is: value, mustBe: "at least \(least)")
        }
        return value
    }
    /// Probabilities that add up to 1 within rounding, made to do so.
    static func probabilities(_ values: [Double], _ name: String) throws(ParameterError)
        -> [Double]
    {
        let total = values.reduce(0, +)
        guard !values.isEmpty, values.allSatisfy({ $0 >= 0 }), abs(total - 1) <= 1e-8 else {
            throw ParameterError(
                name, is: values, mustBe: "nonnegative numbers that add up to 1")
        }
        return abs(total - 1) <= 4e-16 * Double(values.count) ? values : values.map { $0 / total }
    }
}
