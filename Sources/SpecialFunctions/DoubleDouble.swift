// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// A number as the unevaluated sum of two doubles, of about 32 digits: for sums that
/// lose digits to cancellation, and for exponents and phases whose absolute error
/// becomes a relative one.
///
/// Source: D. E. Knuth, The Art of Computer Programming, vol. 2, 4.2.2 (the exact sum);
/// T. J. Dekker, "A floating-point technique for extending the available precision",
/// Numer. Math. 18 (1971), 224, with fused multiply-adds for the exact products.
struct DoubleDouble: Sendable {
    var high: Double
    /// At most half a unit in the last place of `high`.
    var low: Double

    init(_ x: Double) {
        high = x
        low = 0
    }

    init(high: Double, low: Double) {
        self.high = high
        self.low = low
    }

    static let one = DoubleDouble(1)
    static let zero = DoubleDouble(0)
    static let pi = DoubleDouble(high: 3.141592653589793, low: 1.2246467991473532e-16)

    /// The nearest double.
    var value: Double { high + low }
    var isNegative: Bool { high < 0 || (high == 0 && low < 0) }
    var isZero: Bool { high == 0 && low == 0 }

    /// a + b without error, for |a| ≥ |b|.
    @inline(__always)
    private static func quickSum(_ a: Double, _ b: Double) -> DoubleDouble {
        let s = a + b
        return DoubleDouble(high: s, low: b - (s - a))
    }

    /// a + b without error.
    @inline(__always)
    static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
        let s = a + b
        let part = s - a
        return DoubleDouble(high: s, low: (a - (s - part)) + (b - part))
    }

    /// a b without error.
    @inline(__always)
    static func product(_ a: Double, _ b: Double) -> DoubleDouble {
        let p = a * b
        return DoubleDouble(high: p, low: (-p).addingProduct(a, b))
    }

    @inline(__always)
    static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let s = sum(a.high, b.high)
        let t = sum(a.low, b.low)
        let first = quickSum(s.high, s.low + t.high)
        return quickSum(first.high, first.low + t.low)
    }

    @inline(__always)
    static func + (a: DoubleDouble, b: Double) -> DoubleDouble {
        let s = sum(a.high, b)
        return quickSum(s.high, s.low + a.low)
    }

    @inline(__always)
    static prefix func - (a: DoubleDouble) -> DoubleDouble {
        DoubleDouble(high: -a.high, low: -a.low)
    }

    @inline(__always)
    static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + (-b) }
    @inline(__always)
    static func - (a: DoubleDouble, b: Double) -> DoubleDouble { a + (-b) }

    @inline(__always)
    static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let p = product(a.high, b.high)
        return quickSum(p.high, p.low + (a.high * b.low + a.low * b.high))
    }

    @inline(__always)
    static func * (a: DoubleDouble, b: Double) -> DoubleDouble {
        let p = product(a.high, b)
        return quickSum(p.high, p.low + a.low * b)
    }

    @inline(__always)
    static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let q = a.high / b.high
        let rest = a - b * q
        let r = rest.high / b.high
        let last = rest - b * r
        return quickSum(q, r) + last.high / b.high
    }

    @inline(__always)
    static func / (a: DoubleDouble, b: Double) -> DoubleDouble {
        let q = a.high / b
        let p = product(q, b)
        let rest = ((a.high - p.high) - p.low) + a.low
        return quickSum(q, rest / b)
    }

    /// a / b of doubles.
    static func quotient(_ a: Double, _ b: Double) -> DoubleDouble { DoubleDouble(a) / b }

    /// The same times 2ⁿ, exactly but for underflow.
    func scaled(by n: Int) -> DoubleDouble {
        let factor = scalbn(1, Int32(clamping: n))
        return DoubleDouble(high: high * factor, low: low * factor)
    }

    func squareRoot() -> DoubleDouble {
        guard high > 0 else { return DoubleDouble(high.squareRoot()) }
        let root = high.squareRoot()
        let rest = self - Self.product(root, root)
        return Self.quickSum(root, rest.high / (2 * root))
    }

    /// √(a² + b²), without overflow.
    static func hypotenuse(_ a: Double, _ b: Double) -> DoubleDouble {
        let (large, small) = (max(abs(a), abs(b)), min(abs(a), abs(b)))
        if small == 0 { return DoubleDouble(large) }
        let ratio = quotient(small, large)
        return (ratio * ratio + 1).squareRoot() * large
    }
}
