// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

extension IncompleteGamma {
    /// The x with P(a, x) = p and Q(a, x) = q, where p + q = 1 and the smaller
    /// one is exact.
    ///
    /// log P is a concave function of u = log x, so Newton's method in u
    /// converges from any start. log Q falls like −eᵘ: its far tail is solved
    /// in x, where it is almost a line.
    static func inverse(_ a: Double, p: Double, q: Double) -> Double {
        if a.isNaN || p.isNaN || q.isNaN || a <= 0 || p < 0 || q < 0 { return .nan }
        if p == 0 { return 0 }
        if q == 0 || a == .infinity { return .infinity }
        let lower = p <= q
        let target = CGSL.log(lower ? p : q)
        var u = start(a, p, q)
        for _ in 0..<60 {
            if u < -745 { break }
            let x = exp(u)
            let value = evaluate(a, x, lower: lower, log: true)
            let residual = value - target
            // d log P / du, and −d log Q / du.
            let slope = exp(logPrefactor(a, x) + CGSL.log(a) - value)
            guard slope > 0 else { break }
            if lower {
                u -= residual / slope
            } else if q < 0.01, x > 1 {
                u = CGSL.log(max(x + residual / slope * x, 0.1 * x))
            } else {
                u += residual / slope
            }
            if abs(residual) < 1e-8 { break }
        }
        let x = exp(u)
        // For small x a power of p has more digits than the exponential of u:
        // xᵃ e⁻ˣ S(x) / Γ(a + 1) = p, where e⁻ˣ S(x) hardly changes.
        if lower, u < -5, a < 100 {
            let scaled = p * tgamma(a + 1) * exp(x) / series(a, x)
            if scaled > 1e-307, scaled < 1e300 { return root(scaled, a) }
        }
        return x
    }

    /// log x to start from: Wilson and Hilferty's cube of a normal, or the
    /// first term of the power series where that is better.
    private static func start(_ a: Double, _ p: Double, _ q: Double) -> Double {
        let first = (CGSL.log(p) + logGamma1p(a)) / a
        if a < 0.5, p < 0.9 { return first }
        let z = p < q ? normalQuantile(p) : -normalQuantile(q)
        let root = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
        if root <= 0.1 || a < 0.5 { return p < q ? first : CGSL.log(a + 1 - CGSL.log(q)) }
        return CGSL.log(a) + 3 * CGSL.log(root)
    }
}

/// The x ≥ 0 with P(a, x) = p: the quantile of Gamma(shape: a, rate: 1).
public func gammaPInverse(_ a: Double, _ p: Double) -> Double {
    IncompleteGamma.inverse(a, p: p, q: 1 - p)
}

/// The x ≥ 0 with Q(a, x) = q: the upper quantile.
public func gammaQInverse(_ a: Double, _ q: Double) -> Double {
    IncompleteGamma.inverse(a, p: 1 - q, q: q)
}
