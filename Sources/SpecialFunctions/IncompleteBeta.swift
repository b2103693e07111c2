// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// The regularised incomplete beta function, by four methods:
///
/// 1. small x with b x ≤ 1 or b ≤ 1 (and its mirror image): the power series;
/// 2. the same for the large tail when a < 1: first term by expm1;
/// 3. both parameters at least 500: Gauss–Legendre quadrature of the tail in
///    the logit of x, where the density is log-concave and almost normal;
/// 4. else the continued fraction of DiDonato and Morris for the tail beyond
///    the mean.
///
/// Each computes one tail as exp(exponent) · factor. The point is given as x,
/// y = 1 − x and their logarithms, so that neither end loses digits.
///
/// Sources: DLMF 8.17; A. R. DiDonato, A. H. Morris, "Significant digit
/// computation of the incomplete beta function ratios", ACM TOMS 18 (1992).
package enum IncompleteBeta {
    /// A point of the unit interval with its complement and both logarithms.
    package struct Point {
        package var x, y, logX, logY: Double
        /// What x and y lack, where x + y = 1 does not hold of the doubles.
        package var xError = 0.0
        package var yError = 0.0

        package init(x: Double) {
            self.init(x: x, y: 1 - x)
            yError = (1 - y) - x
        }

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
            logX = y < 0.5 ? log1p(-y) : CGSL.log(x)
            logY = x < 0.5 ? log1p(-x) : CGSL.log(y)
        }

        /// From x/y = odds, and from the logarithm of the odds, when known
        /// better than x itself.
        package init(odds: Double, logOdds: Double) {
            x = odds > 1e16 ? 1 : odds / (1 + odds)
            y = 1 / (1 + odds)
            logX = odds < 1e-16 ? logOdds : -log1p(1 / odds)
            logY = odds > 1e16 ? -logOdds : -log1p(odds)
        }

        package init(logOdds w: Double) {
            self.init(odds: exp(w), logOdds: w)
        }

        package var mirrored: Point {
            var point = self
            swap(&point.x, &point.y)
            swap(&point.logX, &point.logY)
            swap(&point.xError, &point.yError)
            return point
        }
    }

    /// log(xᵃ yᵇ / B(a, b)): the log density of the logit of x.
    package static func logPrefactor(_ a: Double, _ b: Double, _ p: Point) -> Double {
        guard min(a, b) >= 1 else { return a * p.logX + b * p.logY - logBeta(a, b) }
        let n = a + b
        let lambda = difference(a, b, p)
        // x n/a = 1 − λ/a and y n/b = 1 + λ/b: the linear terms cancel.
        let left = -lambda / a
        let right = lambda / b
        let first = left > -0.5 ? log1pMinusX(left) : p.logX + CGSL.log(n / a) - left
        let second = right > -0.5 ? log1pMinusX(right) : p.logY + CGSL.log(n / b) - right
        return a * first + b * second
            - (stirlingError(a) + stirlingError(b) - stirlingError(n))
            + 0.5 * CGSL.log(a * (b / n)) - halfLog2Pi
    }

    /// λ = a y − b x = a − (a + b) x.
    static func difference(_ a: Double, _ b: Double, _ p: Point) -> Double {
        let product = b * p.x
        let error = (-product).addingProduct(b, p.x)
        return (-product).addingProduct(a, p.y) - error + (a * p.yError - b * p.xError)
    }

    static func usesSeries(_ b: Double, _ x: Double) -> Bool {
        x <= 0.5 && (b <= 1 || b * x <= 1)
    }

    /// One tail of Beta(a, b), 0 < x < 1.
    package static func tail(_ a: Double, _ b: Double, _ p: Point) -> ScaledTail {
        if usesSeries(b, p.x) {
            return ScaledTail(
                isLower: true, exponent: leading(a, b, p),
                factor: 1 + a * series(a, b, p.x))
        }
        if usesSeries(a, p.y) {
            return ScaledTail(
                isLower: false, exponent: leading(b, a, p.mirrored),
                factor: 1 + b * series(b, a, p.y))
        }
        let lambda = difference(a, b, p)
        let isLower = lambda >= 0
        let exponent = logPrefactor(a, b, p)
        let large = min(a, b) >= 500
        let factor: Double
        if isLower {
            factor = large ? integral(a, b, p, lambda) : fraction(a, b, p, lambda)
        } else {
            let q = p.mirrored
            factor = large ? integral(b, a, q, -lambda) : fraction(b, a, q, -lambda)
        }
        return ScaledTail(isLower: isLower, exponent: exponent, factor: factor)
    }

    /// log(xᵃ / (a B(a, b))).
    private static func leading(_ a: Double, _ b: Double, _ p: Point) -> Double {
        a < 1
            ? a * p.logX - (logGamma1p(a) - logRising(b, a))
            : a * p.logX - (logBeta(a, b) + CGSL.log(a))
    }

    /// Σ (1 − b)ₙ xⁿ / (n! (a + n)), n ≥ 1.
    private static func series(_ a: Double, _ b: Double, _ x: Double) -> Double {
        var term = 1.0
        var sum = 0.0
        for i in 1..<1_000 {
            let n = Double(i)
            term *= x * (n - b) / n
            let part = term / (a + n)
            sum += part
            if abs(part) <= abs(sum) * 1e-17 { break }
        }
        return sum
    }

    /// The upper tail where the series gives the lower one and a < 1.
    private static func upperForSmallShape(_ a: Double, _ b: Double, _ p: Point) -> Double {
        let exponent = leading(a, b, p)
        return -expm1(exponent) - exp(exponent) * a * series(a, b, p.x)
    }

    /// DiDonato and Morris's continued fraction of I_x(a, b) B(a, b) x⁻ᵃ y⁻ᵇ
    /// for λ ≥ 0, by Lentz's method on its reciprocal.
    private static func fraction(
        _ a: Double, _ b: Double, _ p: Point, _ lambda: Double
    ) -> Double {
        let x = p.x
        var h = a * (lambda + 1) / (a + 1)
        if abs(h) < 1e-300 { h = 1e-300 }
        var c = h
        var d = 0.0
        for i in 1..<20_000 {
            let n = Double(i)
            let before = a + 2 * n - 1
            let numerator =
                (a + n - 1) / before * ((a + b + n - 1) / before) * (n * (b - n) * x * x)
            let denominator =
                n + n * (b - n) * x / before + (a + n) / (before + 2) * (lambda + 1 + n * (1 + p.y))
            d = denominator + numerator * d
            if abs(d) < 1e-300 { d = 1e-300 }
            c = denominator + numerator / c
            if abs(c) < 1e-300 { c = 1e-300 }
            d = 1 / d
            let change = c * d
            h *= change
            if abs(change - 1) < 2e-16 { break }
        }
        return 1 / h
    }

    /// ∫₀^∞ exp(g(w − s) − g(w)) ds for λ ≥ 0, where g is the log density of
    /// w = logit x: a tail relative to the density at its end.
    private static func integral(
        _ a: Double, _ b: Double, _ p: Point, _ lambda: Double
    ) -> Double {
        let n = a + b
        let curvature = n * p.x * p.y
        // Where the exponent, −λ s − ½ curvature s² to second order, is −45.
        let end = 90 / (lambda + (lambda * lambda + 90 * curvature).squareRoot())
        var sum = 0.0
        for (node, weight) in gauss40 {
            let s = end * node
            // Two forms of the same difference; the one without cancellation.
            let rest =
                p.x < 0.5
                ? p.x * (expm1(-s) + s) + log1pMinusX(p.x * expm1(-s))
                : p.y * (expm1(s) - s) + log1pMinusX(p.y * expm1(s))
            sum += weight * exp(-lambda * s - n * rest)
        }
        return sum * end
    }

    /// I or its complement, or their logarithms, at 0 ≤ x ≤ 1.
    package static func evaluate(
        _ a: Double, _ b: Double, _ p: Point, lower: Bool, log wantsLog: Bool
    ) -> Double {
        guard a > 0, b > 0, a < .infinity, b < .infinity, p.x >= 0, p.y >= 0 else { return .nan }
        if p.logX == -.infinity || p.logY == -.infinity {
            let one = (p.logY == -.infinity) == lower
            return wantsLog ? (one ? 0 : -.infinity) : (one ? 1 : 0)
        }
        // The large tail, where it cannot be had as 1 minus the other.
        let byLower = usesSeries(b, p.x)
        let byUpper = !byLower && usesSeries(a, p.y)
        if (byLower && a < 1 || byUpper && b < 1), lower == byUpper || wantsLog {
            let large =
                byLower ? upperForSmallShape(a, b, p) : upperForSmallShape(b, a, p.mirrored)
            if lower == byUpper {
                if !wantsLog { return large }
                if large < 0.7 { return CGSL.log(large) }
            } else if large < 0.3 {
                return log1p(-large)
            }
        }
        let t = tail(a, b, p)
        if t.isLower == lower { return wantsLog ? t.log : t.value }
        return wantsLog ? log1mExp(t.log) : 1 - t.value
    }

    /// The point where I = p and 1 − I = q, given that p + q = 1 and the
    /// smaller one is exact.
    ///
    /// Both log tails are concave functions of the logit, so Newton's method
    /// in the logit converges from any start.
    package static func inverse(_ a: Double, _ b: Double, p: Double, q: Double) -> Point {
        guard a > 0, b > 0, a < .infinity, b < .infinity, p >= 0, q >= 0 else {
            return Point(x: .nan)
        }
        if p == 0 { return Point(x: 0, y: 1) }
        if q == 0 { return Point(x: 1, y: 0) }
        let lower = p <= q
        let target = CGSL.log(lower ? p : q)
        let z = lower ? normalQuantile(p) : -normalQuantile(q)
        var w = digamma(a) - digamma(b) + z * (trigamma(a) + trigamma(b)).squareRoot()
        // Polygammas of tiny shapes overflow.
        if !w.isFinite { w = 0 }
        for _ in 0..<80 {
            let point = Point(logOdds: w)
            let value = evaluate(a, b, point, lower: lower, log: true)
            let residual = value - target
            let slope = exp(logPrefactor(a, b, point) - value)
            guard slope > 0, residual.isFinite else { break }
            w -= lower ? residual / slope : -residual / slope
            if abs(residual) < 1e-8 { break }
        }
        // Near the ends a power of p has more digits than the exponential of w.
        let point = Point(logOdds: w)
        if w < -5, lower, usesSeries(b, point.x), let x = powerQuantile(a, b, p, point) {
            return Point(x: x, y: 1 - x)
        }
        if w > 5, !lower, usesSeries(a, point.y),
            let y = powerQuantile(b, a, q, point.mirrored)
        {
            return Point(x: y, y: 1 - y).mirrored
        }
        return point
    }

    /// The solution of xᵃ F(x) / (a B(a, b)) = p, where F hardly changes
    /// between x and the point given; nil where something underflows.
    private static func powerQuantile(
        _ a: Double, _ b: Double, _ p: Double, _ near: Point
    ) -> Double? {
        let normalizer =
            a < 1 ? logGamma1p(a) - logRising(b, a) : logBeta(a, b) + CGSL.log(a)
        guard abs(normalizer) < 200 else { return nil }
        // (p a B / F)^(1/a), factor by factor: the product may underflow.
        let x =
            root(p, a) * exp(normalizer / a) / pow(1 + a * series(a, b, near.x), 1 / a)
        return x > 1e-307 && x < 0.5 ? x : nil
    }
}

/// The regularised incomplete beta function I_x(a, b), for a, b > 0 and x in
/// [0, 1]: the distribution function of Beta(a, b).
public func betaI(_ x: Double, _ a: Double, _ b: Double) -> Double {
    IncompleteBeta.evaluate(a, b, .init(x: x), lower: true, log: false)
}

/// 1 − I_x(a, b), without cancellation.
public func betaIUpper(_ x: Double, _ a: Double, _ b: Double) -> Double {
    IncompleteBeta.evaluate(a, b, .init(x: x), lower: false, log: false)
}

/// log I_x(a, b), also where it underflows.
public func logBetaI(_ x: Double, _ a: Double, _ b: Double) -> Double {
    IncompleteBeta.evaluate(a, b, .init(x: x), lower: true, log: true)
}

/// log(1 − I_x(a, b)), also where it underflows.
public func logBetaIUpper(_ x: Double, _ a: Double, _ b: Double) -> Double {
    IncompleteBeta.evaluate(a, b, .init(x: x), lower: false, log: true)
}

/// The x with I_x(a, b) = p: the quantile of Beta(a, b).
public func betaIInverse(_ p: Double, _ a: Double, _ b: Double) -> Double {
    IncompleteBeta.inverse(a, b, p: p, q: 1 - p).x
}

/// The x with 1 − I_x(a, b) = q: the upper quantile.
public func betaIUpperInverse(_ q: Double, _ a: Double, _ b: Double) -> Double {
    IncompleteBeta.inverse(a, b, p: 1 - q, q: q).x
}
