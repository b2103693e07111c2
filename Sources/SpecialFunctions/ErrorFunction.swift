// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

private let squareRootOfHalf = 0.707_106_781_186_547_524_4
private let twoOverRootPi = 1.128_379_167_095_512_573_9

/// exp(x²) as if x² had been rounded once at the end only.
private func expOfSquare(_ x: Double, negative: Bool = false) -> Double {
    let high = x * x
    let low = (-high).addingProduct(x, x)
    return negative ? exp(-high) * (1 - low) : exp(high) * (1 + low)
}

/// The scaled complementary error function exp(x²) erfc(x).
public func erfcx(_ x: Double) -> Double {
    if x < 10 { return expOfSquare(x) * erfc(x) }
    if x > 1e8 { return 0.5 * twoOverRootPi / x }
    // The asymptotic series; at 10 its seventeenth term is below 1e-17.
    let y = 0.5 / (x * x)
    var term = 1.0
    var sum = 1.0
    for k in 1..<18 {
        term *= -Double(2 * k - 1) * y
        sum += term
        if abs(term) < 1e-17 { break }
    }
    return 0.5 * twoOverRootPi / x * sum
}

/// log(erfc(x)), also where erfc(x) underflows.
public func logErfc(_ x: Double) -> Double {
    if x < 0.4 { return log1p(-erf(x)) }
    return x < 5 ? log(erfc(x)) : log(erfcx(x)) - x * x
}

/// The inverse of erf; ∓∞ at ∓1, NaN outside.
public func erfInverse(_ x: Double) -> Double {
    guard abs(x) <= 1 else { return .nan }
    if abs(x) > 0.5 { return x < 0 ? -erfcInverse(1 + x) : erfcInverse(1 - x) }
    if abs(x) < 1e-9 { return x / twoOverRootPi }
    // Start within 1e-2, then Newton's method with Halley's correction.
    var y = x * (0.886_226_925_452_758 + 0.232_013_666_534_654_5 * x * x)
    for _ in 0..<4 {
        let step = (erf(y) - x) / (twoOverRootPi * exp(-y * y))
        y -= step / (1 + y * step)
        if abs(step) < 1e-10 * abs(y) { break }
    }
    return y
}

/// The inverse of erfc; +∞ at 0, −∞ at 2, NaN outside.
public func erfcInverse(_ x: Double) -> Double {
    guard x >= 0, x <= 2 else { return .nan }
    if x > 0.5, x < 1.5 { return erfInverse(1 - x) }
    if x >= 1.5 { return x == 2 ? -.infinity : -erfcInverse(2 - x) }
    if x == 0 { return .infinity }
    // Solve log erfc(y) = log x: concave and decreasing, so Newton converges
    // from any point. Start from the leading terms of the asymptotic series.
    let target = log(x)
    var y = 0.6
    if target < -2 {
        let t = -target - 0.5 * log(-target) - 0.572_364_942_924_700_1
        y = max(t, 0.4).squareRoot()
    }
    for _ in 0..<40 {
        let scaled = erfcx(y)
        let slope = -twoOverRootPi / scaled
        // Near the end the residual is taken relative to x, which is exact.
        let ratio = expOfSquare(y, negative: true) * scaled / x
        let residual = abs(ratio - 1) < 0.1 ? log1p(ratio - 1) : log(scaled) - y * y - target
        let step = residual / slope
        y -= step
        if abs(step) < 1e-9 * abs(y) { break }
    }
    return y
}

/// The standard normal distribution function Φ(x).
public func normalCDF(_ x: Double) -> Double {
    let y = -x * squareRootOfHalf
    let tail = 0.5 * erfc(y)
    if !(x < -0.5) || tail == 0 { return tail }
    // What x/√2 has beyond a double, times −erfc′/erfc, of which a bound will do.
    let low =
        (-y).addingProduct(-x, squareRootOfHalf) - x * -4.833_646_656_726_457e-17
    return tail * (1 - low * (y + (y * y + 4 / .pi).squareRoot()))
}

/// log Φ(x), accurate in both tails.
public func logNormalCDF(_ x: Double) -> Double {
    if x > -1 { return log1p(-normalCDF(-x)) }
    return log(0.5 * erfcx(-x * squareRootOfHalf)) - 0.5 * x * x
}

/// The quantile of the standard normal distribution; ∓∞ at 0 and 1, NaN
/// outside.
public func normalQuantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p > 0.25, p < 0.75 { return erfInverse(2 * p - 1) / squareRootOfHalf }
    return p < 0.5
        ? -erfcInverse(2 * p) / squareRootOfHalf : erfcInverse(2 * (1 - p)) / squareRootOfHalf
}

/// The x with Φ(x) = eˡ, for logarithms of probabilities too small for
/// `normalQuantile`; −∞ at −∞, NaN above 0.
public func normalQuantile(logProbability l: Double) -> Double {
    guard l <= 0 else { return .nan }
    if l > -700 { return l > -0.5 ? -normalQuantile(-expm1(l)) : normalQuantile(exp(l)) }
    if l == -.infinity { return -.infinity }
    var x = -(-2 * l - log(-2 * l) - 2 * halfLog2Pi).squareRoot()
    for _ in 0..<6 {
        let scaled = 0.5 * erfcx(-x * squareRootOfHalf)
        let slope = 0.398_942_280_401_432_7 / scaled
        let step = (log(scaled) - 0.5 * x * x - l) / slope
        x -= step
        if abs(step) < 1e-12 * abs(x) { break }
    }
    return x
}
