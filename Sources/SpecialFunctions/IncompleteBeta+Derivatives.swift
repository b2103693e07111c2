// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// The logarithm of a tail of the beta distribution with its derivatives; `logit`
/// is that in the logit of x, which is x (1 − x) times that in x.
package struct BetaTailDerivatives: Sendable {
    package var value, a, b, logit: Double

    static let nan = BetaTailDerivatives(value: .nan, a: .nan, b: .nan, logit: .nan)
}

/// The derivatives in the parameters are expectations over a tail, with T of the
/// distribution Beta(a, b); for the lower one
///
///     ∂ log I/∂a = −(ψ(a) − ψ(a + b) − log x + E[log(x/T) | T ≤ x])
///     ∂ log I/∂b = log(1 − x) − ψ(b) + ψ(a + b) + E[log((1 − T)/(1 − x)) | T ≤ x]
///
/// where nothing cancels for x below the mean; beyond it the upper tail is the
/// lower one of the mirrored problem. The expectations are the logarithmic
/// derivatives of what the value is computed by: the power series, the continued
/// fraction (differentiated step by step) or the quadrature.
extension IncompleteBeta {
    /// log I or log(1 − I) with its derivatives.
    ///
    /// - Parameter shapes: whether the derivatives in a and b are wanted.
    package static func derivatives(
        _ a: Double, _ b: Double, _ p: Point, lower: Bool, shapes: Bool = true
    ) -> BetaTailDerivatives {
        let value = evaluate(a, b, p, lower: lower, log: true)
        if value.isNaN { return .nan }
        if value == -.infinity || p.logX == -.infinity || p.logY == -.infinity {
            return BetaTailDerivatives(value: value, a: 0, b: 0, logit: 0)
        }
        let t = tail(a, b, p)
        let ratio =
            usesSeries(b, p.x)
            ? a * exp(b * p.logY) : usesSeries(a, p.y) ? b * exp(a * p.logX) : 1
        var result = BetaTailDerivatives(value: value, a: 0, b: 0, logit: ratio / t.factor)
        if !t.isLower { result.logit = -result.logit }
        if shapes {
            if t.isLower {
                (result.a, result.b) = lowerDerivatives(a, b, p)
            } else {
                (result.b, result.a) = lowerDerivatives(b, a, p.mirrored)
            }
        }
        if t.isLower != lower {
            let odds = -exp(evaluate(a, b, p, lower: t.isLower, log: true) - value)
            if odds == 0 { return BetaTailDerivatives(value: value, a: 0, b: 0, logit: 0) }
            result.a *= odds
            result.b *= odds
            result.logit *= odds
        }
        return result
    }

    /// ∂ log I/∂a and ∂ log I/∂b for the methods of the lower tail.
    private static func lowerDerivatives(
        _ a: Double, _ b: Double, _ p: Point
    ) -> (a: Double, b: Double) {
        if usesSeries(b, p.x) { return seriesDerivatives(a, b, p) }
        let lambda = difference(a, b, p)
        let mean =
            min(a, b) >= 500
            ? integralDerivatives(a, b, p, lambda) : fractionDerivatives(a, b, p, lambda)
        return (
            p.logX + digammaDifference(a, b) - mean.a, p.logY + digammaDifference(b, a) + mean.b
        )
    }

    /// From I = xᵃ / (a B(a, b)) (1 + a Σ cₙ/(a + n)), cₙ = (1 − b)ₙ xⁿ/n!.
    private static func seriesDerivatives(
        _ a: Double, _ b: Double, _ p: Point
    ) -> (a: Double, b: Double) {
        var c = 1.0
        var slope = 0.0  // ∂cₙ/∂b
        var sum = 0.0
        var byA = 0.0
        var byB = 0.0
        for i in 1..<1_000 {
            let n = Double(i)
            slope = (slope * (n - b) - c) * (p.x / n)
            c *= (n - b) * (p.x / n)
            let part = c / (a + n)
            sum += part
            byA += part * (n / (a + n))
            byB += slope / (a + n)
            if abs(part) <= abs(sum) * 1e-17, abs(slope / (a + n)) <= abs(byB) * 1e-17 { break }
        }
        let factor = 1 + a * sum
        // ψ(a + b) − ψ(a + 1)
        let shift = b >= 1 ? digammaDifference(a + 1, b - 1) : -digammaDifference(a + b, 1 - b)
        return (p.logX + shift + byA / factor, digammaDifference(b, a) + a * byB / factor)
    }

    /// E[log(x/T)] and E[log((1 − T)/(1 − x))] over the lower tail, from the
    /// logarithmic derivative of its continued fraction.
    private static func fractionDerivatives(
        _ a: Double, _ b: Double, _ p: Point, _ lambda: Double
    ) -> (a: Double, b: Double) {
        let (x, y) = (p.x, p.y)
        // A number with its derivatives in a and b.
        typealias Jet = SIMD4<Double>
        let h = a * (lambda + 1) / (a + 1)
        var c = Jet(h, h * (1 / (a * (a + 1)) + y / (lambda + 1)), h * (-x / (lambda + 1)), 0)
        if abs(h) < 1e-300 { c[0] = 1e-300 }
        var d = Jet.zero
        var sum = c / c[0]
        for i in 1..<20_000 {
            let n = Double(i)
            let before = a + 2 * n - 1
            let after = before + 2
            let base =
                (a + n - 1) / before * ((a + b + n - 1) / before) * (n * x * x)
            let numerator = base * (b - n)
            let linear = lambda + 1 + n * (1 + y)
            let shrink = 1 / (a + b + n - 1)
            let top = Jet(
                numerator, numerator * (1 / (a + n - 1) + shrink - 2 / before),
                numerator * shrink + base, 0)
            let bottom = Jet(
                n + n * (b - n) * x / before + (a + n) / after * linear,
                -n * (b - n) * x / (before * before) + (n + 1) / (after * after) * linear
                    + (a + n) / after * y,
                n * x / before - (a + n) / after * x, 0)
            // d = 1/(bottom + top d), c = bottom + top/c
            var lower = bottom + top * d[0] + top[0] * (d - Jet(d[0], 0, 0, 0))
            if abs(lower[0]) < 1e-300 { lower[0] = 1e-300 }
            let inverse = 1 / c[0]
            c = bottom + top * inverse - top[0] * inverse * inverse * Jet(0, c[1], c[2], 0)
            if abs(c[0]) < 1e-300 { c[0] = 1e-300 }
            let change = c / c[0] - lower / lower[0]
            let ratio = c[0] / lower[0]
            sum += change
            let reciprocal = 1 / lower[0]
            d = Jet(
                reciprocal, -lower[1] * reciprocal * reciprocal,
                -lower[2] * reciprocal * reciprocal, 0)
            if abs(ratio - 1) < 2e-16, abs(change[1]) <= 2e-16 * abs(sum[1]),
                abs(change[2]) <= 2e-16 * abs(sum[2])
            {
                break
            }
        }
        return (sum[1], -sum[2])
    }

    /// The same by quadrature in s, T = logistic(logit x − s).
    private static func integralDerivatives(
        _ a: Double, _ b: Double, _ p: Point, _ lambda: Double
    ) -> (a: Double, b: Double) {
        let n = a + b
        let curvature = n * p.x * p.y
        let end = 90 / (lambda + (lambda * lambda + 90 * curvature).squareRoot())
        var weights = 0.0
        var byA = 0.0
        var byB = 0.0
        for (node, weight) in gauss40 {
            let s = end * node
            let rest: Double
            let toX: Double  // log(x/T)
            let toY: Double  // log((1 − T)/(1 − x))
            if p.x < 0.5 {
                rest = p.x * (expm1(-s) + s) + log1pMinusX(p.x * expm1(-s))
                toY = -log1p(p.x * expm1(-s))
                toX = s - toY
            } else {
                rest = p.y * (expm1(s) - s) + log1pMinusX(p.y * expm1(s))
                toX = log1p(p.y * expm1(s))
                toY = s - toX
            }
            let w = weight * exp(-lambda * s - n * rest)
            weights += w
            byA += w * toX
            byB += w * toY
        }
        return (byA / weights, byB / weights)
    }
}

/// log I_x(a, b) with its derivatives in a, b and logit x.
package func logBetaIDerivatives(_ x: Double, _ a: Double, _ b: Double) -> BetaTailDerivatives {
    IncompleteBeta.derivatives(a, b, .init(x: x), lower: true)
}

/// log(1 − I_x(a, b)) with its derivatives in a, b and logit x.
package func logBetaIUpperDerivatives(
    _ x: Double, _ a: Double, _ b: Double
) -> BetaTailDerivatives {
    IncompleteBeta.derivatives(a, b, .init(x: x), lower: false)
}
