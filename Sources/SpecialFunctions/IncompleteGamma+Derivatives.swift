// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// The logarithm of a tail of the gamma distribution with its derivatives.
package struct GammaTailDerivatives: Sendable {
    package var value, a, x: Double

    static let nan = GammaTailDerivatives(value: .nan, a: .nan, x: .nan)
}

/// The derivative in the shape is an expectation over the tail, with T of the
/// distribution Gamma(a, 1):
///
///     ∂ log P/∂a = −(ψ(a) − log x + E[log(x/T) | T ≤ x])
///     ∂ log Q/∂a =   log x − ψ(a) + E[log(T/x) | T > x]
///
/// Both terms of the first are positive for x < exp ψ(a) ≈ a − ½, both of the
/// second beyond, so nothing cancels; the tail on the other side follows from
/// P + Q = 1. The expectations come from the power series of P differentiated
/// term by term (its terms are positive, and so are those of the derivative), or
/// from quadrature in s = |log(T/x)|, where the density is log-concave: 40
/// Gauss–Legendre points from the end of the tail to where it is e⁻⁵⁰ of that.
extension IncompleteGamma {
    /// log P or log Q with its derivatives in a and x, for a > 0 and x ≥ 0.
    ///
    /// - Parameter shape: whether the derivative in a is wanted; 0 if not.
    package static func derivatives(
        _ a: Double, _ x: Double, lower: Bool, shape: Bool = true
    ) -> GammaTailDerivatives {
        let value = evaluate(a, x, lower: lower, log: true)
        if value.isNaN { return .nan }
        if x == 0, !lower {
            // −x^(a − 1) / Γ(a)
            return GammaTailDerivatives(
                value: value, a: 0, x: a == 1 ? -1 : a > 1 ? 0 : -.infinity)
        }
        if value == -.infinity || x == .infinity || a == .infinity {
            return GammaTailDerivatives(value: value, a: 0, x: 0)
        }
        var result = GammaTailDerivatives(value: value, a: 0, x: 0)
        // The tail as exp(exponent) · factor: the exponent cancels.
        let t = tail(a, x)
        let ratio =
            usesUniform(a, x)
            ? exp(-stirlingError(a)) / (2 * Double.pi * a).squareRoot() : 1
        let slope = ratio * (a / x) / t.factor
        result.x =
            t.isLower == lower
            ? slope : product(slope, exp(min(t.exponent + CGSL.log(t.factor), 0) - value))
        if !lower { result.x = -result.x }
        guard shape else { return result }
        if x < max(1.1, a - 0.5) {
            result.a = -lowerShapeDerivative(a, x)
            if !lower { result.a = -product(result.a, oddsOf(a, x, lower: true, value)) }
        } else {
            result.a = upperShapeDerivative(a, x)
            if lower { result.a = -product(result.a, oddsOf(a, x, lower: false, value)) }
        }
        return result
    }

    /// A product that is 0 when the second factor underflows, whatever the first.
    private static func product(_ x: Double, _ factor: Double) -> Double {
        factor == 0 ? 0 : x * factor
    }

    /// One tail over the other, whose logarithm is given.
    private static func oddsOf(
        _ a: Double, _ x: Double, lower: Bool, _ other: Double
    ) -> Double {
        exp(evaluate(a, x, lower: lower, log: true) - other)
    }

    /// −∂ log P/∂a.
    private static func lowerShapeDerivative(_ a: Double, _ x: Double) -> Double {
        if a >= 500 { return -logRatioToMean(a, x) + meanDistance(a, x, lower: true) }
        // With Γ(a + 1) in place of Γ(a): P = xᵃ e⁻ˣ/Γ(a + 1) Σ xⁿ/((a + 1) … (a + n)).
        var term = 1.0
        var sum = 1.0
        var harmonic = 0.0
        var weighted = 0.0
        var n = a
        for _ in 0..<4_000 {
            n += 1
            term *= x / n
            harmonic += 1 / n
            sum += term
            weighted += term * harmonic
            if term < sum * 1e-18, n > x { break }
        }
        return (a < 10 ? digamma(a + 1) - CGSL.log(x) : 1 / a - logRatioToMean(a, x))
            + weighted / sum
    }

    /// ∂ log Q/∂a.
    private static func upperShapeDerivative(_ a: Double, _ x: Double) -> Double {
        logRatioToMean(a, x) + meanDistance(a, x, lower: false)
    }

    /// log x − ψ(a).
    private static func logRatioToMean(_ a: Double, _ x: Double) -> Double {
        if a < 10 { return CGSL.log(x) - digamma(a) }
        let mu = (x - a) / a
        return (mu > -0.5 && mu < 1 ? log1p(mu) : CGSL.log(x / a)) + logMinusDigamma(a)
    }

    /// E[|log(T/x)|] over a tail, by quadrature.
    private static func meanDistance(_ a: Double, _ x: Double, lower: Bool) -> Double {
        let sign = lower ? -1.0 : 1.0
        let slope = sign * (x - a)
        // exp(−slope s − x (e^±s − 1 ∓ s)) falls to e⁻⁵⁰ at `end`: Newton's method
        // on a convex function, from beyond.
        var end = 100 / (slope + (max(slope * abs(slope) + 100 * x, 0)).squareRoot())
        if lower { end = max(end, 1e-3) }
        for _ in 0..<60 {
            let grown = x * expMinus1MinusX(sign * end)
            let excess = slope * end + grown - 50
            let step = excess / (slope + sign * x * expm1(sign * end))
            end -= step
            if abs(step) < 1e-2 * end { break }
        }
        var weights = 0.0
        var sum = 0.0
        for (node, weight) in IncompleteBeta.gauss40 {
            let s = end * node
            let w = weight * exp(-slope * s - x * expMinus1MinusX(sign * s))
            weights += w
            sum += w * s
        }
        return sum / weights
    }
}

/// eˣ − 1 − x without cancellation near 0.
package func expMinus1MinusX(_ x: Double) -> Double {
    guard abs(x) < 0.5 else { return expm1(x) - x }
    // x² Σ xᵏ / (k + 2)!
    var s = 1.0 / 6_227_020_800
    s = s * x + 1.0 / 479_001_600
    s = s * x + 1.0 / 39_916_800
    s = s * x + 1.0 / 3_628_800
    s = s * x + 1.0 / 362_880
    s = s * x + 1.0 / 40_320
    s = s * x + 1.0 / 5_040
    s = s * x + 1.0 / 720
    s = s * x + 1.0 / 120
    s = s * x + 1.0 / 24
    s = s * x + 1.0 / 6
    s = s * x + 0.5
    return s * x * x
}

/// log P(a, x) with its derivatives in a and x.
package func logGammaPDerivatives(_ a: Double, _ x: Double) -> GammaTailDerivatives {
    IncompleteGamma.derivatives(a, x, lower: true)
}

/// log Q(a, x) with its derivatives in a and x.
package func logGammaQDerivatives(_ a: Double, _ x: Double) -> GammaTailDerivatives {
    IncompleteGamma.derivatives(a, x, lower: false)
}
