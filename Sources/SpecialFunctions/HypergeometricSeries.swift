// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// A value of 32 digits times 2^exponent, with the share of it that may be wrong.
struct HypergeometricValue {
    var value: DoubleDouble
    var exponent = 0
    var error: Double

    static let failed = HypergeometricValue(value: DoubleDouble(.nan), error: .infinity)

    /// Good to more than a double.
    var isGood: Bool { error < 1e-18 }

    /// exp(factor) times the value, as a double.
    func times(exponentialOf factor: DoubleDouble = .zero) -> Double {
        if exponent == 0, abs(factor.high) < 700 {
            return (DoubleDouble(factor.exponential) * value).value
        }
        let log2 = DoubleDouble(high: 0.6931471805599453, low: 2.3190468138462996e-17)
        let magnitude = value.isNegative ? -value : value
        if magnitude.isZero { return 0 }
        let whole = magnitude.logarithm() + log2 * Double(exponent) + factor
        return value.isNegative ? -whole.exponential : whole.exponential
    }
}

enum HypergeometricSeries {
    private static let large = 0x1p+800
    private static let unit = 0x1p-104

    /// Σ (a)ₖ (b)ₖ / (c)ₖ zᵏ/k! where `b` is nil in 1F1, with the derivative.
    static func sum(
        _ a: DoubleDouble, _ b: DoubleDouble?, _ c: DoubleDouble, _ z: DoubleDouble
    ) -> (value: HypergeometricValue, slope: HypergeometricValue) {
        var (term, sum, slope) = (DoubleDouble.one, DoubleDouble.one, DoubleDouble.zero)
        var (largest, largestSlope) = (1.0, 0.0)
        var exponent = 0
        var quiet = 0
        for i in 0..<200_000 {
            let k = Double(i)
            let lower = c + k
            if lower.isZero {
                return term.isZero ? finish() : (.failed, .failed)
            }
            // k + 1 divided last: z may be tiny.
            var next = term * (a + k) / lower
            if let b { next = next * (b + k) }
            slope = slope + next
            largestSlope = max(largestSlope, abs(next.high))
            next = next * z / (k + 1)
            term = next
            sum = sum + term
            largest = max(largest, abs(term.high))
            if term.isZero { return finish() }
            if !term.high.isFinite { return (.failed, .failed) }
            // The slope's terms are k/z times the sum's.
            let small = abs(term.high) * max(1, k / max(abs(z.high), 1e-300) * 1e-3)
            let past = k > -a.high && k > -(b?.high ?? 0) && k > -c.high
            quiet =
                past && abs(term.high) <= 1e-34 * abs(sum.high)
                    && small <= 1e-30 * abs(slope.high) ? quiet + 1 : 0
            if quiet > 2 { return finish() }
            if largest > large {
                let s = 1 / large
                term = DoubleDouble(high: term.high * s, low: term.low * s)
                sum = DoubleDouble(high: sum.high * s, low: sum.low * s)
                slope = DoubleDouble(high: slope.high * s, low: slope.low * s)
                largest *= s
                largestSlope *= s
                exponent += 800
            }
        }
        return (.failed, .failed)

        func finish() -> (value: HypergeometricValue, slope: HypergeometricValue) {
            (
                HypergeometricValue(
                    value: sum, exponent: exponent, error: 64 * unit * largest / abs(sum.high)),
                HypergeometricValue(
                    value: slope, exponent: exponent,
                    error: 64 * unit * largestSlope / max(abs(slope.high), 1e-300))
            )
        }
    }
}

/// The solution of a hypergeometric differential equation, carried along the real axis
/// from where its series is good by Taylor's series about one point after another.
///
/// The hypergeometric function is the solution that grows or stays as z moves away from
/// 0, so that the errors do not; that is why no connection formula, which would divide
/// by sin(π(c − a − b)), is needed.
struct HypergeometricPath {
    /// The value and the derivative at the point reached, times 2^exponent.
    var value: DoubleDouble
    var slope: DoubleDouble
    var exponent: Int
    var error: Double

    init?(start: (value: HypergeometricValue, slope: HypergeometricValue)) {
        guard max(start.value.error, start.slope.error) < 1e-12 else { return nil }
        value = start.value.value
        slope = start.slope.value
        exponent = start.value.exponent
        error = max(start.value.error, start.slope.error)
    }

    /// Moves by h, where the Taylor coefficients obey gₙ₊₂ = A gₙ + B gₙ₊₁ and
    /// `recurrence(n)` gives A and B.
    mutating func advance(
        _ h: DoubleDouble, recurrence: (_ n: Double) -> (DoubleDouble, DoubleDouble)
    ) -> Bool {
        // uₙ = gₙ hⁿ: g alone would overflow near a singular point.
        var (u0, u1) = (value, slope * h)
        let square = h * h
        var (newValue, newSlope) = (value + u1, u1)
        var (largest, largestSlope) = (max(abs(u0.high), abs(u1.high)), abs(u1.high))
        var quiet = 0
        for i in 0..<2_000 {
            let n = Double(i)
            let (a, b) = recurrence(n)
            let u2 = u0 * (a * square) + u1 * (b * h)
            let (term, slopeTerm) = (u2, u2 * (n + 2))
            newValue = newValue + term
            newSlope = newSlope + slopeTerm
            largest = max(largest, abs(term.high))
            largestSlope = max(largestSlope, abs(slopeTerm.high))
            if !term.high.isFinite || !slopeTerm.high.isFinite { return false }
            quiet =
                abs(term.high) <= 1e-34 * largest && abs(slopeTerm.high) <= 1e-34 * largestSlope
                ? quiet + 1 : 0
            if quiet > 3 { break }
            (u0, u1) = (u1, u2)
        }
        if quiet <= 3 { return false }
        // What one of the two loses near its zeros the other has.
        let size = abs(newValue.high) + abs(newSlope.high)
        error += 0x1p-98 * (largest + largestSlope) / size
        newSlope = newSlope / h
        (value, slope) = (newValue, newSlope)
        if size > 0x1p800 || (size < 0x1p-800 && size > 0) {
            let up = size < 1
            let s = up ? 0x1p800 : 0x1p-800
            value = DoubleDouble(high: value.high * s, low: value.low * s)
            slope = DoubleDouble(high: slope.high * s, low: slope.low * s)
            exponent += up ? -800 : 800
        }
        return true
    }
}
