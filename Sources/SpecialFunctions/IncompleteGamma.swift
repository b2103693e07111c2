// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// A tail of a distribution as exp(exponent) · factor, so that its logarithm
/// is as good as its value.
package struct ScaledTail {
    /// Whether this is the lower tail.
    package var isLower: Bool
    package var exponent: Double
    package var factor: Double

    package var value: Double { min(exp(exponent) * factor, 1) }
    package var log: Double { min(exponent + CGSL.log(factor), 0) }
}

/// The regularised incomplete gamma functions, by four methods:
///
/// 1. a ≥ 20 and x within 30 % of a: Temme's uniform asymptotic expansion;
/// 2. x below about a: the power series for the lower tail;
/// 3. x above about a: the continued fraction of Legendre for the upper tail;
/// 4. the upper tail for a < 1 and small x, where P is near 1: the series with
///    its first term taken by expm1.
///
/// Each computes the tail that is small (or both are large), in the form
/// exp(exponent) · factor. The common factor xᵃ e⁻ˣ / Γ(a + 1) comes from
/// log(1 + μ) − μ, μ = (x − a)/a, and Stirling's error, so that nothing
/// cancels for large a.
///
/// Sources: DLMF 8; N. M. Temme, "The asymptotic expansion of the incomplete
/// gamma functions", SIAM J. Math. Anal. 10 (1979); A. R. DiDonato and A. H.
/// Morris, ACM TOMS 12 (1986), 377; A. Gil, J. Segura, N. M. Temme, SIAM J.
/// Sci. Comput. 34 (2012), A2965.
package enum IncompleteGamma {
    /// log(xᵃ e⁻ˣ / Γ(a + 1)).
    static func logPrefactor(_ a: Double, _ x: Double) -> Double {
        if a < 1 { return a * CGSL.log(x) - x - logGamma1p(a) }
        return a * logRatioMinusDifference(x, a) - stirlingError(a) - halfLog2Pi
            - 0.5 * CGSL.log(a)
    }

    /// log(x/m) − (x − m)/m.
    static func logRatioMinusDifference(_ x: Double, _ m: Double) -> Double {
        let mu = (x - m) / m
        return mu > -0.4 ? log1pMinusX(mu) : CGSL.log(x / m) - mu
    }

    static func usesUniform(_ a: Double, _ x: Double) -> Bool {
        a >= 20 && abs(x - a) <= 0.3 * a
    }

    /// One tail of Gamma(a) at x, for a > 0 and x > 0 finite.
    static func tail(_ a: Double, _ x: Double) -> ScaledTail {
        if usesUniform(a, x) { return uniform(a, x) }
        if x < (a < 1 ? 1.1 : a + 1) {
            return ScaledTail(
                isLower: true, exponent: logPrefactor(a, x), factor: series(a, x))
        }
        return ScaledTail(
            isLower: false, exponent: logPrefactor(a, x), factor: a * fraction(a, x))
    }

    /// Σ xⁿ / ((a + 1) … (a + n)).
    static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var n = a
        for _ in 0..<2_000 {
            n += 1
            term *= x / n
            sum += term
            if term < sum * 1e-17 { break }
        }
        return sum
    }

    /// The continued fraction of Γ(a, x) eˣ x⁻ᵃ, by Lentz's method; for a < 1 from enough
    /// terms backwards, whose roundings do not add up (each multiplies the error by about
    /// exp(−2 √(x/n))).
    private static func fraction(_ a: Double, _ x: Double) -> Double {
        if a < 1 {
            let count = (12 + 100 / x).rounded()
            var tail = x + 2 * count + 1 - a
            for n in stride(from: count, through: 1, by: -1) {
                tail = x + (2 * n - 1 - a) - n * (n - a) / tail
            }
            return 1 / tail
        }
        var b = x + 1 - a
        var c = 1e300
        var d = 1 / b
        var h = d
        for i in 1..<2_000 {
            let n = Double(i)
            let numerator = -n * (n - a)
            b += 2
            d = numerator * d + b
            if abs(d) < 1e-300 { d = 1e-300 }
            c = b + numerator / c
            if abs(c) < 1e-300 { c = 1e-300 }
            d = 1 / d
            let change = c * d
            h *= change
            if abs(change - 1) < 1e-16 { break }
        }
        return h
    }

    /// Temme's expansion: ½ erfc(±η √(a/2)) and a small correction.
    private static func uniform(_ a: Double, _ x: Double) -> ScaledTail {
        let mu = (x - a) / a
        let half = -log1pMinusX(mu)  // ½ η²
        let eta = mu < 0 ? -(2 * half).squareRoot() : (2 * half).squareRoot()
        var sum = 0.0
        var power = 1.0
        for row in temme {
            var c = 0.0
            for d in row.reversed() { c = c * eta + d }
            let term = c * power
            sum += term
            if abs(term) < 1e-18 { break }
            power /= a
        }
        let correction = sum / (2 * Double.pi * a).squareRoot()
        let scaled = 0.5 * erfcx(abs(eta) * (0.5 * a).squareRoot())
        return ScaledTail(
            isLower: mu < 0, exponent: -a * half,
            factor: mu < 0 ? scaled - correction : scaled + correction)
    }

    /// Q(a, x) for a < 1 and x < 1.1.
    static func upperForSmallShape(_ a: Double, _ x: Double) -> Double {
        // P = xᵃ/Γ(a + 1) (1 + a Σ (−x)ⁿ / ((a + n) n!))
        var term = 1.0
        var sum = 0.0
        for i in 1..<60 {
            let n = Double(i)
            term *= -x / n
            let part = term / (a + n)
            sum += part
            if abs(part) < abs(sum) * 1e-17 { break }
        }
        let exponent = a * CGSL.log(x) - logGamma1p(a)
        return -expm1(exponent) - exp(exponent) * a * sum
    }

    /// P or Q, or their logarithms.
    static func evaluate(_ a: Double, _ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if a.isNaN || x.isNaN || a <= 0 || x < 0 || (a == .infinity && x == .infinity) {
            return .nan
        }
        if x == 0 || a == .infinity {
            return lower ? (wantsLog ? -.infinity : 0) : (wantsLog ? 0 : 1)
        }
        if x == .infinity { return lower ? (wantsLog ? 0 : 1) : (wantsLog ? -.infinity : 0) }
        if a < 1, x < 1.1, !lower || wantsLog {
            let q = upperForSmallShape(a, x)
            if !wantsLog { return q }
            if lower && q < 0.3 { return log1p(-q) }
            if !lower && q < 0.7 { return CGSL.log(q) }
        }
        let t = tail(a, x)
        if t.isLower == lower { return wantsLog ? t.log : t.value }
        return wantsLog ? log1mExp(t.log) : 1 - t.value
    }
}

/// The regularised lower incomplete gamma function P(a, x), for a > 0, x ≥ 0:
/// the distribution function of Gamma(shape: a, rate: 1).
public func gammaP(_ a: Double, _ x: Double) -> Double {
    IncompleteGamma.evaluate(a, x, lower: true, log: false)
}

/// The regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x).
public func gammaQ(_ a: Double, _ x: Double) -> Double {
    IncompleteGamma.evaluate(a, x, lower: false, log: false)
}

/// log P(a, x), also where P underflows.
public func logGammaP(_ a: Double, _ x: Double) -> Double {
    IncompleteGamma.evaluate(a, x, lower: true, log: true)
}

/// log Q(a, x), also where Q underflows.
public func logGammaQ(_ a: Double, _ x: Double) -> Double {
    IncompleteGamma.evaluate(a, x, lower: false, log: true)
}
