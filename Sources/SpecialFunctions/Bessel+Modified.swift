// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// A positive number exp(exponent) · factor.
struct ScaledValue {
    var exponent: DoubleDouble
    var factor: Double

    var value: Double { exponent.exponential * factor }
    var logarithm: Double { (exponent + log(factor)).value }
}

/// The modified Bessel functions of real order ν ≥ 0 and x > 0.
///
/// K by the trapezoidal rule of half of ∫ exp(ν t − x cosh t) dt over the line (DLMF
/// 10.32.9), whose integrand is entire and falls double exponentially: the rule errs
/// by exp(−π²/h). I by its power series where that is short, else from K through the
/// Wronskian (DLMF 10.28.2), in which all terms are positive,
///
///     I_ν = 1 / (x (K_(ν + 1) + r K_ν)),   r = I_(ν + 1)/I_ν
///
/// with r by Perron's continued fraction; Hankel's and Debye's expansions for the
/// largest arguments.
/// What is large stands in exponents of 32 digits.
enum ModifiedBessel {
    /// K_ν(x), and K_(ν + 1)/K_ν · x.
    static func second(_ nu: Double, _ x: Double) -> (value: ScaledValue, xRatio: Double) {
        // The integrand's peak: x sinh t = ν.
        let height = DoubleDouble.hypotenuse(nu, x)
        let h = height.value
        /// log of the integrand at the peak + s less its value at the peak, negated.
        let logShort = 2 * log(x) - log(h + nu)  // of √(ν² + x²) − ν
        func drop(_ s: Double) -> Double {
            if s < -1 {
                let rest = -expm1(s)
                return nu * (-s - rest) + 0.5 * exp(logShort - s) * rest * rest
            }
            let half = sinh(0.5 * s)
            return 2 * h * half * half + nu * sinhMinus(s)
        }
        func end(_ sign: Double) -> Double {
            var high = 1 / h.squareRoot()
            while drop(sign * high) < 44, high < 2_000 { high *= 2 }
            var low = 0.5 * high
            while high - low > 0.05 * high {
                let middle = 0.5 * (low + high)
                if drop(sign * middle) < 44 { low = middle } else { high = middle }
            }
            return high
        }
        let (left, right) = (end(-1), end(1))
        let step = min(0.16, 0.5 / h.squareRoot())
        let (first, last) = (-Int(left / step) - 1, Int(right / step) + 1)
        var (sum, next) = (0.0, 0.0)
        for i in first...last {
            let s = step * Double(i)
            let w = exp(-drop(s))
            sum += w
            next += w * exp(s)
        }
        // asinh(ν/x); ν asinh(ν/x) − √(ν² + x²)
        var exponent = -height
        if nu > 0 {
            exponent = exponent + (((height + nu) / x).logarithm() * nu)
        }
        return (
            ScaledValue(exponent: exponent, factor: 0.5 * step * sum), (nu + h) * (next / sum)
        )
    }

    /// I_ν(x).
    static func first(_ nu: Double, _ x: Double) -> ScaledValue {
        if x <= 30 || x * x <= 100 * (nu + 1) {
            var exponent = DoubleDouble.zero
            if nu > 0 {
                exponent =
                    DoubleDouble(0.5 * x).logarithm() * nu
                    - (DoubleDouble(nu) + 1).logGammaAndSign().value
            }
            return ScaledValue(exponent: exponent, factor: 1 + seriesRest(nu, x))
        }
        if x > 1_000, x > nu * nu {
            // DLMF 10.40.1
            let m = 4 * nu * nu
            var (term, sum) = (1.0, 1.0)
            for k in 1..<60 where abs(term) > 1e-18 {
                let odd = Double(2 * k - 1)
                term *= -(m - odd * odd) / (8 * x * Double(k))
                sum += term
            }
            return ScaledValue(
                exponent: DoubleDouble(x), factor: sum / (2 * .pi * x).squareRoot())
        }
        if nu > 2_000 { return debye(nu, x) }
        let k = second(nu, x)
        // r = x/(2 (ν + 1) + x²/(2 (ν + 2) + …)) backwards, from where a step more
        // changes nothing: each multiplies the error by exp(−2 asinh((ν + i)/x)).
        let count = 25 + 45 * x / (nu + (nu * nu + 45 * x).squareRoot())
        var tail = 0.0
        for i in stride(from: count.rounded(), through: 1, by: -1) {
            tail = x / (2 * (nu + i) + x * tail)
        }
        return ScaledValue(
            exponent: -k.value.exponent, factor: 1 / (k.value.factor * (k.xRatio + x * tail)))
    }

    /// Debye's expansion (DLMF 10.41.3) to four terms, for ν > 2,000.
    private static func debye(_ nu: Double, _ x: Double) -> ScaledValue {
        let height = DoubleDouble.hypotenuse(nu, x)
        let p = nu / height.value
        let y = p * p
        let u1 = p * (3 - 5 * y) / 24
        let u2 = y * (81 + y * (-462 + y * 385)) / 1_152
        let u3 = p * y * (30_375 + y * (-369_603 + y * (765_765 - y * 425_425))) / 414_720
        let u4 =
            y * y
            * (4_465_125
                + y * (-94_121_676 + y * (349_922_430 + y * (-446_185_740 + y * 185_910_725))))
            / 39_813_120
        let sum = 1 + (u1 + (u2 + (u3 + u4 / nu) / nu) / nu) / nu
        let exponent = height - ((height + nu) / x).logarithm() * nu
        return ScaledValue(exponent: exponent, factor: sum / (2 * .pi * height.value).squareRoot())
    }

    /// The power series less its first term.
    static func seriesRest(_ nu: Double, _ x: Double) -> Double {
        var (term, rest) = (1.0, 0.0)
        for i in 1..<1_000 {
            let k = Double(i)
            term *= 0.25 * x * x / (k * (nu + k))
            rest += term
            if term < 1e-18 * (1 + rest) { break }
        }
        return rest
    }
}

/// The modified Bessel function I_ν(x) of real order, for x ≥ 0 (for x < 0 if the
/// order is whole); NaN elsewhere.
public func besselI(_ order: Double, _ x: Double) -> Double {
    besselI(order, x) { $0.value }
}

/// exp(−|x|) I_ν(x).
public func besselIScaled(_ order: Double, _ x: Double) -> Double {
    besselI(order, x) {
        ScaledValue(exponent: $0.exponent - abs(x), factor: $0.factor).value
    }
}

private func besselI(
    _ order: Double, _ x: Double, _ result: (ScaledValue) -> Double
) -> Double {
    if x.isNaN || !order.isFinite { return .nan }
    let isWhole = order == order.rounded()
    if x < 0 {
        guard isWhole else { return .nan }
        let value = besselI(order, -x, result)
        return order.truncatingRemainder(dividingBy: 2) == 0 ? value : -value
    }
    let nu = abs(order)
    if x == 0 { return nu == 0 ? 1 : order > 0 || isWhole ? 0 : .nan }
    if x == .infinity {
        // The scaled function falls to 0.
        let one = result(ScaledValue(exponent: DoubleDouble(1e6), factor: 1))
        return one == .infinity ? .infinity : 0
    }
    let value = result(ModifiedBessel.first(nu, x))
    if order >= 0 || isWhole { return value }
    // I_(−ν) = I_ν + (2/π) sin(νπ) K_ν
    let sine = sinPi(nu)
    return value + 2 / .pi * sine * result(ModifiedBessel.second(nu, x).value)
}

/// log I_ν(x), for ν ≥ 0 and x ≥ 0, also where I_ν(x) overflows or underflows.
public func logBesselI(_ order: Double, _ x: Double) -> Double {
    guard order >= 0, order < .infinity, x >= 0 else { return .nan }
    if x == 0 { return order == 0 ? 0 : -.infinity }
    if x == .infinity { return .infinity }
    let value = ModifiedBessel.first(order, x)
    if value.factor < 1.5, x < 30 {
        // Near 1 the series less its first term counts.
        return (value.exponent + log1p(ModifiedBessel.seriesRest(order, x))).value
    }
    return value.logarithm
}

/// The modified Bessel function K_ν(x) of real order, for x ≥ 0; NaN elsewhere.
public func besselK(_ order: Double, _ x: Double) -> Double {
    guard order.isFinite, x >= 0 else { return .nan }
    if x == 0 { return .infinity }
    return x == .infinity ? 0 : ModifiedBessel.second(abs(order), x).value.value
}

/// exp(x) K_ν(x).
public func besselKScaled(_ order: Double, _ x: Double) -> Double {
    guard order.isFinite, x >= 0 else { return .nan }
    if x == 0 { return .infinity }
    if x == .infinity { return 0 }
    var k = ModifiedBessel.second(abs(order), x).value
    k.exponent = k.exponent + x
    return k.value
}

/// log K_ν(x) of the modified Bessel function of the second kind, for x ≥ 0.
public func logBesselK(_ order: Double, _ x: Double) -> Double {
    guard order.isFinite, x >= 0 else { return .nan }
    if x == 0 { return .infinity }
    return x == .infinity ? -.infinity : ModifiedBessel.second(abs(order), x).value.logarithm
}

/// sin πx, exactly 0 at whole numbers.
func sinPi(_ x: Double) -> Double {
    let whole = x.rounded()
    let s = sin(.pi * (x - whole))
    return whole.truncatingRemainder(dividingBy: 2) == 0 ? s : -s
}

/// cos πx, exactly 0 between whole numbers.
func cosPi(_ x: Double) -> Double {
    let whole = x.rounded()
    let rest = abs(x - whole)
    let c = rest > 0.25 ? sin(.pi * (0.5 - rest)) : cos(.pi * rest)
    return whole.truncatingRemainder(dividingBy: 2) == 0 ? c : -c
}
