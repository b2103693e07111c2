// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// The Bessel functions J and Y of real order ν ≥ 0, x > 0.
///
/// For large x Hankel's expansion, with its phase to 32 digits; J by its power series,
/// in 32 digits, for small x; else by Schläfli's integral along the path of steepest
/// descent (`+Descent`), on which the integrand does not oscillate.
enum OrdinaryBessel {
    /// J_ν(x).
    static func first(_ nu: Double, _ x: Double) -> Double {
        if x <= 25 || x * x <= 25 * (nu + 1) { return series(nu, x) }
        if isFar(nu, x) { return hankel(nu, x).first }
        return nu >= x ? firstBeyond(nu, x) : oscillating(nu, x).first
    }

    /// Y_ν(x).
    static func second(_ nu: Double, _ x: Double) -> Double {
        if isFar(nu, x) { return hankel(nu, x).second }
        if x < 2, nu < 30 { return secondSeries(nu, x) }
        return nu >= x ? secondBeyond(nu, x) : oscillating(nu, x).second
    }

    /// Whether Hankel's expansion falls below 1e-17.
    private static func isFar(_ nu: Double, _ x: Double) -> Bool { x >= 25 + 0.5 * nu * nu }

    /// Σ (−x²/4)ᵏ / (k! (ν + 1)ₖ) times (x/2)^ν / Γ(ν + 1); cancellation
    /// takes e^25 of the 32 digits at most.
    private static func series(_ nu: Double, _ x: Double) -> Double {
        let square = -(DoubleDouble.product(0.5 * x, 0.5 * x))
        var (term, sum) = (DoubleDouble.one, DoubleDouble.one)
        for i in 1..<1_000 {
            let k = Double(i)
            term = term * square / (DoubleDouble.sum(nu, k) * k)
            sum = sum + term
            if abs(term.high) < 1e-20 * abs(sum.high) { break }
        }
        if nu == 0 { return sum.value }
        let exponent =
            DoubleDouble(0.5 * x).logarithm() * nu
            - DoubleDouble.sum(nu, 1).logGammaAndSign().value
        return exponent.exponential * sum.value
    }

    /// Y_ν(x) for x < 2, by the series of N. M. Temme, "On the numerical evaluation
    /// of the ordinary Bessel function of the second kind", J. Comput. Phys. 21 (1976),
    /// 343, for orders within ½ of 0, and the recurrence upwards.
    private static func secondSeries(_ nu: Double, _ x: Double) -> Double {
        let whole = nu.rounded()
        let mu = nu - whole
        let (plus, minus) = (DoubleDouble.sum(1, mu), DoubleDouble.sum(1, -mu))
        let gammaPlus = (plus.logGammaAndSign().value).exponentiated()
        let gammaMinus = (minus.logGammaAndSign().value).exponentiated()
        let (a, b) = (DoubleDouble.one / gammaMinus, DoubleDouble.one / gammaPlus)
        let odd = abs(mu) < 1e-9 ? -0.577_215_664_901_532_9 : ((a - b) / (2 * mu)).value
        let even = 0.5 * (a + b).value
        let l = -log(0.5 * x)
        let sigma = mu * l
        let growth = abs(sigma) < 1e-8 ? 1 : sinh(sigma) / sigma
        let turn = mu == 0 ? 1 : .pi * mu / sinPi(mu)
        var f = 2 / .pi * turn * (cosh(sigma) * odd + growth * l * even)
        var p = exp(sigma) * gammaPlus.value / .pi
        var q = exp(-sigma) * gammaMinus.value / .pi
        let half = sinPi(0.5 * mu)
        let r = mu == 0 ? 0 : 2 / mu * half * half
        var c = 1.0
        var (sum, next) = (f + r * q, p)
        for i in 1..<60 {
            let k = Double(i)
            f = (k * f + p + q) / (k * k - mu * mu)
            p /= k - mu
            q /= k + mu
            c *= -0.25 * x * x / k
            let g = f + r * q
            sum += c * g
            next += c * (p - k * g)
            if abs(c * g) + abs(c * k * p) < 1e-18 * (abs(sum) + abs(next)) { break }
        }
        var (y, above) = (-sum, -next * 2 / x)
        for i in stride(from: 1, through: whole, by: 1) {
            (y, above) = (above, 2 * (mu + i) / x * above - y)
        }
        return y
    }

    /// DLMF 10.17.3 and 10.17.4.
    private static func hankel(_ nu: Double, _ x: Double) -> (first: Double, second: Double) {
        let m = 4 * nu * nu
        var (p, q) = (1.0, 0.0)
        var term = 1.0
        for k in 1..<100 {
            let odd = Double(2 * k - 1)
            let next = term * (m - odd * odd) / (8 * x * Double(k))
            if abs(next) > abs(term), k > 2, abs(odd) > 2 * nu { break }
            term = next
            switch k & 3 {
            case 1: q += term
            case 2: p -= term
            case 3: q -= term
            default: p += term
            }
            if abs(term) < 1e-18 { break }
        }
        // The phase is x − (ν/2 + 1/4) π; of the multiple of π only the rest counts.
        let turns = DoubleDouble(0.5 * nu) + 0.25
        let whole = 2 * (0.5 * turns.high).rounded()
        let (s, c) = phase(DoubleDouble(x), less: DoubleDouble.pi * (turns - whole))
        let scale = (2 / (.pi * x)).squareRoot()
        return (
            scale * (c * p - s * q).value, scale * (s * p + c * q).value
        )
    }

    /// sin and cos of x − angle.
    static func phase(
        _ x: DoubleDouble, less angle: DoubleDouble
    ) -> (sine: DoubleDouble, cosine: DoubleDouble) {
        if abs(x.high) < 0x1p50 { return (x - angle).sineAndCosine() }
        let (a, b) = (x.sineAndCosine(), angle.sineAndCosine())
        return (
            a.sine * b.cosine - a.cosine * b.sine, a.cosine * b.cosine + a.sine * b.sine
        )
    }
}

/// The Bessel function J_ν(x) of real order, for x ≥ 0 (for x < 0 if the order is
/// whole); NaN elsewhere.
public func besselJ(_ order: Double, _ x: Double) -> Double {
    if x.isNaN || !order.isFinite { return .nan }
    let isWhole = order == order.rounded()
    let isOdd = order.truncatingRemainder(dividingBy: 2) != 0
    if x < 0 { return isWhole ? (isOdd ? -1 : 1) * besselJ(order, -x) : .nan }
    if x == .infinity { return 0 }
    let nu = abs(order)
    if x == 0 { return nu == 0 ? 1 : order > 0 || isWhole ? 0 : .nan }
    let value = OrdinaryBessel.first(nu, x)
    if order >= 0 { return value }
    if isWhole { return isOdd ? -value : value }
    return cosPi(nu) * value - sinPi(nu) * OrdinaryBessel.second(nu, x)
}

/// The Bessel function Y_ν(x) of real order, for x ≥ 0; NaN elsewhere.
public func besselY(_ order: Double, _ x: Double) -> Double {
    guard order.isFinite, x >= 0 else { return .nan }
    if x == .infinity { return 0 }
    let nu = abs(order)
    if x == 0 { return order >= 0 ? -.infinity : order == order.rounded() ? -.infinity : .nan }
    let value = OrdinaryBessel.second(nu, x)
    if order >= 0 { return value }
    let sine = sinPi(nu)
    return cosPi(nu) * value + (sine == 0 ? 0 : sine * OrdinaryBessel.first(nu, x))
}
