// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// log 2 and π/2 as sums of three doubles.
private let logOf2 = (0.6931471805599453, 2.3190468138462996e-17, 5.707708438416212e-34)
private let halfPi = (1.5707963267948966, 6.123233995736766e-17, -1.49738490485917e-33)

/// Bernoulli's numbers B₂, B₄, …, B₃₀ over 2k (2k − 1), as quotients of doubles.
private let stirlingTerms: [(Double, Double)] = [
    (1, 12), (-1, 360), (1, 1_260), (-1, 1_680), (5, 5_940), (-691, 360_360), (7, 1_092),
    (-3_617, 122_400), (43_867, 244_188), (-174_611, 125_400), (854_513, 63_756),
    (-236_364_091, 1_506_960), (8_553_103, 3_900), (-23_749_461_029, 657_720),
    (8_615_841_276_005, 12_460_140),
]

extension DoubleDouble {
    /// eˣ as a double: x has an absolute error, so two parts make a relative one.
    var exponential: Double {
        let e = exp(high)
        return e.isInfinite || e == 0 ? e : e.addingProduct(e, low)
    }

    /// eˣ to full precision, for |x| ≤ 700.
    func exponentiated() -> DoubleDouble {
        let k = (high / logOf2.0).rounded()
        var r = self - Self.product(k, logOf2.0)
        r = r - Self.product(k, logOf2.1)
        r = r - k * logOf2.2
        // exp(r) − 1 by Taylor's series of r/256, then squared eight times.
        r = DoubleDouble(high: r.high * 0x1p-8, low: r.low * 0x1p-8)
        var term = r
        var sum = r
        for n in 2..<12 {
            term = term * r / Double(n)
            sum = sum + term
        }
        for _ in 0..<8 { sum = sum * 2 + sum * sum }
        return (sum + 1).scaled(by: Int(k))
    }

    /// log x, by a step of Newton's method from the double's.
    func logarithm() -> DoubleDouble {
        guard high > 0, high < .infinity else { return DoubleDouble(log(high)) }
        // Near the ends of the range by a power of two.
        let exponent = high < 1e-200 ? -700 : high > 1e200 ? 700 : 0
        let x = exponent == 0 ? self : scaled(by: -exponent)
        let start = log(x.high)
        let ratio = x * DoubleDouble(-start).exponentiated() - 1
        // log(1 + r) with r of the order 1e-16
        var result = ratio - ratio * ratio * 0.5 + start
        if exponent != 0 {
            let e = Double(exponent)
            result = result + (Self.product(e, logOf2.0) + Self.product(e, logOf2.1))
        }
        return result
    }

    /// sin x and cos x, for |x| up to about 2⁵²; beyond as good as doubles.
    func sineAndCosine() -> (sine: DoubleDouble, cosine: DoubleDouble) {
        guard abs(high) < 0x1p52 else {
            return (DoubleDouble(sin(high)), DoubleDouble(cos(high)))
        }
        let k = (high / halfPi.0).rounded()
        var r = self - Self.product(k, halfPi.0)
        r = r - Self.product(k, halfPi.1)
        r = r - k * halfPi.2
        let square = r * r
        var (sine, cosine) = (r, DoubleDouble.one)
        var term = r
        var n = 1.0
        while abs(term.high) > 1e-34 * abs(r.high), n < 40 {
            term = term * square / (-(n + 1) * (n + 2))
            sine = sine + term
            n += 2
        }
        term = .one
        n = 0
        while abs(term.high) > 1e-34, n < 40 {
            term = term * square / (-(n + 1) * (n + 2))
            cosine = cosine + term
            n += 2
        }
        switch Int(k) & 3 {
        case 0: return (sine, cosine)
        case 1: return (cosine, -sine)
        case 2: return (-sine, -cosine)
        default: return (-cosine, sine)
        }
    }

    /// The angle of the point (x, y), y ≥ 0.
    static func angle(_ y: DoubleDouble, _ x: DoubleDouble) -> DoubleDouble {
        let start = atan2(y.high, x.high)
        let (s, c) = DoubleDouble(start).sineAndCosine()
        // sin(angle − start) times the distance
        let length = (x * x + y * y).squareRoot()
        let rest = (y * c - x * s) / length
        return rest + start
    }

    /// log|Γ(x)| and the sign of Γ(x); +∞ with the sign 0 at a pole.
    ///
    /// Stirling's formula from 40 on (its fifteen terms reach 1e-35), below through
    /// Γ(x + 1) = x Γ(x), for x < 0 by reflection.
    func logGammaAndSign() -> (value: DoubleDouble, sign: Double) {
        if !(high > 0) {
            let whole = high.rounded()
            let rest = self - whole
            if rest.isZero { return (DoubleDouble(.infinity), 0) }
            // Γ(x) Γ(1 − x) = π / sin πx
            let sine = (Self.pi * rest).sineAndCosine().sine
            let other = (Self.one - self).logGammaAndSign()
            let magnitude = sine.isNegative ? -sine : sine
            let odd = whole.truncatingRemainder(dividingBy: 2) != 0
            return (
                (Self.pi / magnitude).logarithm() - other.value, odd == sine.isNegative ? 1 : -1
            )
        }
        var z = self
        var product = Self.one
        var logs = Self.zero
        while z.high < 40 {
            product = product * z
            z = z + 1
        }
        if product.high != 1 || product.low != 0 { logs = product.logarithm() }
        let y = Self.one / z
        let square = y * y
        var sum = Self.zero
        for term in stirlingTerms.reversed() {
            sum = sum * square + Self.quotient(term.0, term.1)
        }
        let halfLog2Pi = DoubleDouble(high: 0.9189385332046728, low: -3.8782941580672414e-17)
        return ((z - 0.5) * z.logarithm() - z + halfLog2Pi + sum * y - logs, 1)
    }
}
