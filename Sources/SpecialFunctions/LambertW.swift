// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Lambert's W₀, the solution w ≥ −1 of w eʷ = x, for x ≥ −1/e; NaN below.
public func lambertW0(_ x: Double) -> Double {
    if x == 0 || x == .infinity || x.isNaN { return x }
    guard let p = branchDistance(x) else { return .nan }
    if p < 0.05 { return lambertSeries(p) }
    var start: Double
    if x < 1 {
        start = x < -0.2 ? lambertSeries(p) : log1p(x) * (1 - 0.3 * max(x, 0))
    } else {
        let l = log(x)
        start = x < 3 ? 0.5 * l + 0.5 : l - log(l) * (1 - 1 / l)
    }
    if x > 1e3 {
        // w + log w = log x
        for _ in 0..<20 {
            let step = (start + log(start) - log(x)) * start / (1 + start)
            start -= step
            if abs(step) < 1e-9 * start { break }
        }
        return start
    }
    return halley(x, start)
}

/// Lambert's W₋₁, the solution w ≤ −1 of w eʷ = x, for −1/e ≤ x < 0; −∞ at 0,
/// NaN elsewhere.
public func lambertWm1(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    guard x < 0, let p = branchDistance(x) else { return .nan }
    if p < 0.05 { return lambertSeries(-p) }
    if x < -0.2 { return halley(x, lambertSeries(-p)) }
    // w + log(−w) = log(−x), by Newton's method
    let l = log(-x)
    var w = l - log(-l)
    for _ in 0..<40 {
        let step = (w + log(-w) - l) * w / (1 + w)
        w -= step
        if abs(step) < 1e-9 * abs(w) { break }
    }
    return w
}

/// √(2 (e x + 1)), nil below −1/e; the part of 1/e beyond double precision counts.
private func branchDistance(_ x: Double) -> Double? {
    let e = 2.718281828459045
    let product = e * x
    let sum = product + 1 + ((-product).addingProduct(e, x) + 1.4456468917292502e-16 * x)
    // −1/e rounded to a double is the branch point.
    if sum < -1e-16 { return nil }
    return (2 * max(sum, 0)).squareRoot()
}

/// W at the branch point, in powers of ±√(2 (e x + 1)).
private func lambertSeries(_ p: Double) -> Double {
    var s = 226_287_557.0 / 37_623_398_400
    s = s * p - 1_963.0 / 204_120
    s = s * p + 680_863.0 / 43_545_600
    s = s * p - 221.0 / 8_505
    s = s * p + 769.0 / 17_280
    s = s * p - 43.0 / 540
    s = s * p + 11.0 / 72
    s = s * p - 1.0 / 3
    s = s * p + 1
    return s * p - 1
}

private func halley(_ x: Double, _ start: Double) -> Double {
    var w = start
    for _ in 0..<40 {
        let e = exp(w)
        let f = w * e - x
        let step = f / (e * (w + 1) - (w + 2) * f / (2 * w + 2))
        w -= step
        if abs(step) < 1e-11 * abs(w) { break }
    }
    return w
}
