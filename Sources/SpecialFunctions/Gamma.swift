// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// ½ log(2π).
package let halfLog2Pi = 0.918_938_533_204_672_741_78

/// log|Γ(x)|; +∞ at the poles 0, −1, −2, ….
public func logGamma(_ x: Double) -> Double {
    if x.isNaN || x == -.infinity { return .nan }
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}

/// log Γ(1 + a), accurate relative to its value for small a ≥ 0.
public func logGamma1p(_ a: Double) -> Double {
    a >= 0 && a < 0.5 ? logRising(1, a) : logGamma(1 + a)
}

/// The error of Stirling's formula: log Γ(z) − (z − ½) log z + z − ½ log 2π,
/// for z > 0.
public func stirlingError(_ z: Double) -> Double {
    if z >= 10 {
        let y = 1 / (z * z)
        var s = -0.029_550_653_594_771_241_83
        s = s * y + 0.006_410_256_410_256_410_256
        s = s * y - 0.001_917_526_917_526_917_526_9
        s = s * y + 0.000_841_750_841_750_841_750_8
        s = s * y - 0.000_595_238_095_238_095_238_1
        s = s * y + 0.000_793_650_793_650_793_650_8
        s = s * y - 0.002_777_777_777_777_777_777_8
        s = s * y + 0.083_333_333_333_333_333_333
        return s / z
    }
    if z <= 0 || z.isNaN { return z == 0 ? .infinity : .nan }
    if z < 0.1 { return logGamma(z) - (z - 0.5) * log(z) + z - halfLog2Pi }
    // A ratio near 1 of two accurate products: better than the logarithms.
    return log(tgamma(z) * exp(z) / (pow(z, z - 0.5) * 2.506_628_274_631_000_502_4))
}

/// stirlingError(b + a) − stirlingError(b), relative to its value, for b ≥ 10.
private func stirlingDifference(_ b: Double, _ a: Double) -> Double {
    if a > 0.5 * b { return stirlingError(b + a) - stirlingError(b) }
    let l = log1p(a / b)
    let y = 1 / (b * b)
    var s = -0.029_550_653_594_771_241_83 * expm1(-15 * l)
    s = s * y + 0.006_410_256_410_256_410_256 * expm1(-13 * l)
    s = s * y - 0.001_917_526_917_526_917_526_9 * expm1(-11 * l)
    s = s * y + 0.000_841_750_841_750_841_750_8 * expm1(-9 * l)
    s = s * y - 0.000_595_238_095_238_095_238_1 * expm1(-7 * l)
    s = s * y + 0.000_793_650_793_650_793_650_8 * expm1(-5 * l)
    s = s * y - 0.002_777_777_777_777_777_777_8 * expm1(-3 * l)
    s = s * y + 0.083_333_333_333_333_333_333 * expm1(-l)
    return s / b
}

/// log(Γ(b + a) / Γ(b)), accurate for small a and for large b; b > 0, b + a > 0.
///
/// Large b: the difference of two Stirling formulas, term by term. Small b is
/// first moved up by Γ(b + 1) = b Γ(b).
public func logRising(_ b: Double, _ a: Double) -> Double {
    if a == 0, b > 0 { return 0 }
    guard b > 0, b + a > 0, b < .infinity, a < .infinity else { return .nan }
    if a < 0 { return -logRising(b + a, -a) }
    if b >= 10 {
        let r = a / b
        if r > 0.7 {
            return a * log(b) + ((a + b - 0.5) * log1p(r) - a) + stirlingDifference(b, a)
        }
        return a * log(b) + (a - 0.5) * r + (a + b - 0.5) * log1pMinusX(r)
            + stirlingDifference(b, a)
    }
    if a > 4 { return logGamma(b + a) - logGamma(b) }
    var shifted = b
    var sum = 0.0
    while shifted < 10 {
        sum += log1p(a / shifted)
        shifted += 1
    }
    return logRising(shifted, a) - sum
}

/// log B(a, b) = log(Γ(a) Γ(b) / Γ(a + b)), for a, b > 0.
public func logBeta(_ a: Double, _ b: Double) -> Double {
    let low = min(a, b)
    let high = max(a, b)
    guard low >= 0, !high.isNaN else { return .nan }
    if low == 0 { return high == .infinity ? .nan : .infinity }
    if high == .infinity { return -.infinity }
    if low >= 10 {
        let correction = stirlingError(low) + stirlingError(high) - stirlingError(low + high)
        let r = low / (low + high)
        return correction + halfLog2Pi - 0.5 * log(high) + (low - 0.5) * log(r)
            + high * log1p(-r)
    }
    if high >= 10 || low < 1e-3 { return logGamma(low) - logRising(high, low) }
    return logGamma(low) + (logGamma(high) - logGamma(low + high))
}

/// B(a, b) = Γ(a) Γ(b) / Γ(a + b), for a, b > 0.
public func beta(_ a: Double, _ b: Double) -> Double {
    let (low, high) = (min(a, b), max(a, b))
    if low > 1e-300, low < 10 {
        // Γ keeps more digits than the exponential of its logarithm.
        return high < 10
            ? tgamma(high) / tgamma(low + high) * tgamma(low)
            : tgamma(low) * exp(-logRising(high, low))
    }
    return exp(logBeta(a, b))
}

/// log(n!), for n ≥ 0.
public func logFactorial(_ n: Double) -> Double { n < 0 ? .nan : logGamma(n + 1) }

/// log of the binomial coefficient n over k, for 0 ≤ k ≤ n (also between
/// whole numbers); −∞ outside.
public func logChoose(_ n: Double, _ k: Double) -> Double {
    if n.isNaN || k.isNaN || n < 0 { return .nan }
    if k < 0 || k > n { return -.infinity }
    if k == 0 || k == n { return 0 }
    let low = min(k, n - k)
    if low == 1 { return log(n) }
    // 1 / ((n + 1) B(k + 1, n − k + 1))
    return -log1p(n) - logBeta(low + 1, n - low + 1)
}

/// log of the multivariate gamma function Γ_p(a), for a > (p − 1)/2.
public func logMultivariateGamma(_ a: Double, _ p: Int) -> Double {
    guard p >= 1, a > 0.5 * Double(p - 1) else { return .nan }
    var sum = 0.25 * Double(p) * Double(p - 1) * 1.144_729_885_849_400_174_1  // log π
    for j in 0..<p { sum += logGamma(a - 0.5 * Double(j)) }
    return sum
}
