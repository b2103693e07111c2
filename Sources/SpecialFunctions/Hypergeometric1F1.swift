// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Kummer's confluent hypergeometric function 1F1(a; b; x) = Σ (a)ₖ/(b)ₖ xᵏ/k!.
///
/// The series in 32 digits, or that of Kummer's transformation exp(x) 1F1(b − a; b; −x),
/// whichever keeps a double's; for large |x| the asymptotic expansion (DLMF 13.7); else
/// the differential equation from small x on. NaN where b is 0, −1, −2, … and the series
/// does not end before, and where none of these has a digit (a and b beyond about 1e5).
public func hypergeometric1F1(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if a.isNaN || b.isNaN || x.isNaN || !a.isFinite || !b.isFinite { return .nan }
    let endsAt = a <= 0 && a == a.rounded() ? -a : .infinity
    if b <= 0, b == b.rounded(), endsAt > -b { return .nan }
    if x == 0 || a == 0 { return 1 }
    if a == b, endsAt == .infinity { return exp(x) }
    if x.isInfinite { return infiniteLimit(a, b, x) }
    let kummer = Kummer(a: DoubleDouble(a), b: DoubleDouble(b), x: x)
    // A whole b ≤ 0 leaves only the series that ends.
    if b <= 0, b == b.rounded() { return kummer.series(mirrored: false).times() }

    var best = (value: HypergeometricValue.failed, factor: DoubleDouble.zero)
    func offer(_ value: HypergeometricValue, _ factor: DoubleDouble) -> Double? {
        if value.error < best.value.error { best = (value, factor) }
        return value.isGood ? value.times(exponentialOf: factor) : nil
    }
    if abs(x) > 50 {
        let (value, factor) = kummer.asymptotic()
        if let found = offer(value, factor) { return found }
    }
    if abs(x) < 20_000 {
        let preferred = x < 0
        for mirrored in [preferred, !preferred] {
            let factor = mirrored ? DoubleDouble(x) : .zero
            if let found = offer(kummer.series(mirrored: mirrored), factor) { return found }
        }
    }
    let along = kummer.path()
    if let found = offer(along, x < 0 ? DoubleDouble(x) : .zero) { return found }
    return best.value.error < 1e-10 ? best.value.times(exponentialOf: best.factor) : .nan
}

private func infiniteLimit(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if x < 0 { return a > 0 ? 0 : .nan }
    let (_, signA) = DoubleDouble(a).logGammaAndSign()
    let (_, signB) = DoubleDouble(b).logGammaAndSign()
    return signA == 0 ? .nan : signA * signB * .infinity
}

private struct Kummer {
    let a: DoubleDouble
    let b: DoubleDouble
    let x: Double

    func series(mirrored: Bool) -> HypergeometricValue {
        HypergeometricSeries.sum(
            mirrored ? b - a : a, nil, b, DoubleDouble(mirrored ? -x : x)
        ).value
    }

    /// DLMF 13.7.2: Γ(b)/Γ(a) eˣ x^(a − b) Σ (b − a)ₙ (1 − a)ₙ/n! x⁻ⁿ for x > 0, and
    /// Γ(b)/Γ(b − a) (−x)⁻ᵃ Σ (a)ₙ (a − b + 1)ₙ/n! (−x)⁻ⁿ for x < 0; the other of the
    /// two is left out, which must be less than a double sees.
    func asymptotic() -> (HypergeometricValue, DoubleDouble) {
        let p = x > 0 ? b - a : a
        let q = x > 0 ? DoubleDouble.one - a : a - b + 1
        let t = abs(x)
        let top = b.logGammaAndSign()
        let bottom = (x > 0 ? a : b - a).logGammaAndSign()
        let other = (x > 0 ? b - a : a).logGammaAndSign()
        if bottom.sign == 0 { return (.failed, .zero) }
        var (term, sum) = (DoubleDouble.one, DoubleDouble.one)
        var largest = 1.0
        var left = 1.0
        for i in 0..<10_000 {
            let n = Double(i)
            let next = term * (p + n) * (q + n) / t / (n + 1)
            if next.isZero {
                left = 0
                break
            }
            let settled = n > -p.high && n > -q.high
            if settled, abs(next.high) > abs(term.high) { break }
            term = next
            sum = sum + term
            largest = max(largest, abs(term.high))
            left = abs(term.high)
            if settled, left < 1e-33 * abs(sum.high) { break }
        }
        let logT = DoubleDouble(t).logarithm()
        let power = x > 0 ? a - b : -a
        var factor = top.value - bottom.value + power * logT
        if x > 0 { factor = factor + x }
        // The other part, of the order Γ(b)/Γ(other) and without or with e^−t.
        let otherLog =
            (x > 0 ? -a : a - b) * logT + top.value - other.value - (x > 0 ? 0 : t)
        let (u, v) = x > 0 ? (a, a - b + 1) : (b - a, DoubleDouble.one - a)
        var (size, sizes) = (1.0, 1.0)
        for i in 0..<10_000 {
            let n = Double(i)
            let next = size * abs((u.high + n) * (v.high + n)) / (t * (n + 1))
            if next < 1e-4 * sizes || (n > -u.high && n > -v.high && next > size) { break }
            size = next
            sizes += size
        }
        let share =
            other.sign == 0 ? 0 : exp((otherLog - factor).high + log(sizes)) / abs(sum.high)
        let signed = top.sign * bottom.sign
        return (
            HypergeometricValue(
                value: sum * signed,
                error: 64 * 0x1p-104 * largest / abs(sum.high) + left / abs(sum.high) + share),
            factor
        )
    }

    /// x y″ + (b − x) y′ − a y = 0 from where the series is good, of 1F1(b − a; b; −x)
    /// for x < 0.
    func path() -> HypergeometricValue {
        let a = x < 0 ? b - a : a
        let end = abs(x)
        var point = min(end, max(abs(b.high), 0.1) / (1 + abs(a.high)))
        guard
            var path = HypergeometricPath(
                start: HypergeometricSeries.sum(a, nil, b, DoubleDouble(point)))
        else { return .failed }
        var steps = 0
        while point < end {
            steps += 1
            if steps > 20_000 { return .failed }
            // A few radians or e-folds a step, inside the circle of convergence.
            let pace = 1 + (abs(a.high) / point).squareRoot() + abs(b.high) / point
            let next = min(end, point + min(0.5 * point, 6 / pace))
            let h = DoubleDouble.sum(next, -point)
            let here = point
            let moved = path.advance(h) { n in
                let divisor = (n + 1) * (n + 2)
                return (
                    (a + n) / here / divisor, -((b - here + n) / here / (n + 2))
                )
            }
            guard moved else { return .failed }
            point = next
        }
        return HypergeometricValue(
            value: path.value, exponent: path.exponent, error: path.error)
    }
}
