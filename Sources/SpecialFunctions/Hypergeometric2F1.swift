// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Gauss's hypergeometric function 2F1(a, b; c; x) = Σ (a)ₖ (b)ₖ/(c)ₖ xᵏ/k!, x ≤ 1.
///
/// Negative x are mapped to 0 … 1 by Pfaff's transformations (DLMF 15.8.1); up to about ½
/// the series in 32 digits, beyond it the differential equation towards 1, whose last
/// stretch is a power of 1 − x; at 1 Gauss's sum. NaN for x > 1 (where the function is
/// complex, unless its series ends), where c is 0, −1, −2, … and the series does not end
/// before, and where nothing of this has a digit (parameters beyond about 1e4).
public func hypergeometric2F1(_ a: Double, _ b: Double, _ c: Double, _ x: Double) -> Double {
    if x.isNaN || !a.isFinite || !b.isFinite || !c.isFinite { return .nan }
    func whole(_ p: Double) -> Double { p <= 0 && p == p.rounded() ? -p : .infinity }
    let endsAt = min(whole(a), whole(b))
    if c <= 0, c == c.rounded(), endsAt > -c { return .nan }
    if x == 0 || a == 0 || b == 0 { return 1 }
    if x == -.infinity || (x > 1 && endsAt == .infinity) { return .nan }
    let gauss = GaussFunction(a: DoubleDouble(a), b: DoubleDouble(b), c: DoubleDouble(c))

    var best = (value: HypergeometricValue.failed, factor: DoubleDouble.zero)
    func offer(_ value: HypergeometricValue, _ factor: DoubleDouble) -> Double? {
        if value.error < best.value.error { best = (value, factor) }
        return value.isGood ? value.times(exponentialOf: factor) : nil
    }
    if endsAt < .infinity || abs(x) <= 0.5 {
        let direct = HypergeometricSeries.sum(gauss.a, gauss.b, gauss.c, DoubleDouble(x)).value
        if let found = offer(direct, .zero) { return found }
    }
    if c <= 0, c == c.rounded() || x > 1 {
        return best.value.error < 1e-10 ? best.value.times() : .nan
    }
    if x == 1 { return gauss.atOne() }
    let rest = DoubleDouble.sum(1, -x)
    let logRest = rest.logarithm()
    if x < 0 {
        // (1 − x)⁻ᵃ 2F1(a, c − b; c; x/(x − 1)), and with a and b exchanged.
        let (z, y) = (DoubleDouble(-x) / rest, DoubleDouble.one / rest)
        let forms = [(gauss.a, gauss.b), (gauss.b, gauss.a)].sorted {
            // Positive parameters first: then nothing cancels.
            ($0.0.high > 0 ? 0 : 1) + ((gauss.c - $0.1).high > 0 ? 0 : 1)
                < ($1.0.high > 0 ? 0 : 1) + ((gauss.c - $1.1).high > 0 ? 0 : 1)
        }
        for (p, q) in forms {
            let mapped = GaussFunction(a: p, b: gauss.c - q, c: gauss.c)
            if let found = offer(mapped.inside(z, y), -(p * logRest)) { return found }
        }
    } else {
        let excess = gauss.c - gauss.a - gauss.b
        let euler = GaussFunction(a: gauss.c - gauss.a, b: gauss.c - gauss.b, c: gauss.c)
        let isPositive = min(gauss.a.high, gauss.b.high) > 0
        let forms = [(gauss, DoubleDouble.zero), (euler, excess * logRest)]
        for (form, factor) in isPositive ? forms : forms.reversed() {
            if let found = offer(form.inside(DoubleDouble(x), rest), factor) { return found }
        }
    }
    return best.value.error < 1e-10 ? best.value.times(exponentialOf: best.factor) : .nan
}

private struct GaussFunction {
    let a: DoubleDouble
    let b: DoubleDouble
    let c: DoubleDouble

    /// Γ(c) Γ(c − a − b) / (Γ(c − a) Γ(c − b)), infinite unless c > a + b.
    func atOne() -> Double {
        let excess = c - a - b
        let (p, q) = ((c - a).logGammaAndSign(), (c - b).logGammaAndSign())
        let (r, s) = (c.logGammaAndSign(), excess.logGammaAndSign())
        if !(excess.high > 0) {
            // The sign of the coefficient of (1 − x)^(c − a − b).
            let (u, v) = (a.logGammaAndSign(), b.logGammaAndSign())
            return r.sign * u.sign * v.sign * .infinity
        }
        if p.sign == 0 || q.sign == 0 { return 0 }
        let exponent = r.value + s.value - p.value - q.value
        return r.sign * s.sign * p.sign * q.sign * exponent.exponential
    }

    /// The function at z, 0 < z < 1, where y = 1 − z.
    func inside(_ z: DoubleDouble, _ y: DoubleDouble) -> HypergeometricValue {
        let size = abs(a.high * b.high) + abs(a.high) + abs(b.high)
        // So that the series' terms fall from the first on. For c < 0 the function is not
        // the solution that grows, and the series leads as far as it can.
        let start = c.high < 0 ? 0.9 : min(0.5, 2 * max(c.high, 0.25) / (1 + size))
        if z.high <= start || (z.high <= 0.5 && a.high > 0 && b.high > 0 && c.high > 0) {
            return HypergeometricSeries.sum(a, b, c, z).value
        }
        if c.high < 0, z.high < 0.98 {
            let direct = HypergeometricSeries.sum(a, b, c, z).value
            if direct.isGood { return direct }
        }
        guard
            var path = HypergeometricPath(
                start: HypergeometricSeries.sum(a, b, c, DoubleDouble(start)))
        else { return .failed }
        var here = (z: DoubleDouble(start), y: DoubleDouble.one - start)
        let whole = a + b + 1
        for _ in 0..<20_000 {
            if here.y.high < 1e-25 { break }
            let radius = min(here.z.high, here.y.high)
            let pace =
                (size / (here.z.high * here.y.high)).squareRoot()
                + abs(c.high) / here.z.high + abs((c - a - b).high) / here.y.high
            let step = min(0.5 * radius, 8 / pace)
            let remaining = here.y - y
            let isLast = remaining.high <= step
            // Powers of two are exact; so is what is left of 1.
            let h = isLast ? remaining : DoubleDouble(step)
            let (z0, y0) = (here.z, here.y)
            let product = z0 * y0
            let middle = y0 - z0
            let constant = c - whole * z0
            let moved = path.advance(h) { n in
                (
                    (a + n) * (b + n) / (product * ((n + 1) * (n + 2))),
                    -((middle * n + constant) / (product * (n + 2)))
                )
            }
            guard moved else { return .failed }
            if isLast {
                return HypergeometricValue(
                    value: path.value, exponent: path.exponent, error: path.error)
            }
            here = (z0 + h, y0 - h)
        }
        guard here.y.high < 1e-25 else { return .failed }
        // F = A + B y^e, e = c − a − b, from here on: in s = log y the slope of F is
        // −y F′ and grows as exp(e s).
        let e = c - a - b
        let s = (y / here.y).logarithm()
        let growth = e * s
        let share =
            abs(growth.high) < 1e-8
            ? s * (growth / 2 + 1 + growth * growth / 6)
            : (abs(growth.high) < 600
                ? (growth.exponentiated() - 1) / e : DoubleDouble(expm1(growth.high)) / e)
        let value = path.value - path.slope * here.y * share
        return HypergeometricValue(value: value, exponent: path.exponent, error: path.error)
    }
}
