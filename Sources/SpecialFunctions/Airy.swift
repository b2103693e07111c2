// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Airy's functions and their derivatives.
///
/// By Maclaurin's series (DLMF 9.4) in 32 digits between −10 and 5 (Bi: 9), Ai to the
/// right from K_⅓ and K_⅔ (DLMF 9.6), and the asymptotic expansions (DLMF 9.7) with
/// phases to 32 digits elsewhere: they fall below 1e-16 from |x| = 9 on.
private enum Airy {
    static let root3 = DoubleDouble(high: 1.7320508075688772, low: 1.0035084221806903e-16)
    /// Ai(0) and −Ai′(0).
    static let value0 = DoubleDouble(high: 0.3550280538878172, low: 2.05233632436212e-17)
    static let slope0 = DoubleDouble(high: 0.2588194037928068, low: -2.522243111610832e-17)

    /// The two solutions with (1, 0) and (0, 1) at 0, each with its derivative.
    static func series(_ x: Double) -> [DoubleDouble] {
        let cube = DoubleDouble.product(x, x) * x
        var terms = [
            DoubleDouble.one, DoubleDouble.product(x, x) / 2, DoubleDouble(x), DoubleDouble.one,
        ]
        var sums = terms
        for k in 1..<200 {
            let n = 3 * Double(k)
            terms[0] = terms[0] * cube / (n * (n - 1))
            terms[1] = terms[1] * cube / (n * (n + 2))
            terms[2] = terms[2] * cube / (n * (n + 1))
            terms[3] = terms[3] * cube / (n * (n - 2))
            var done = true
            for i in 0..<4 {
                sums[i] = sums[i] + terms[i]
                if abs(terms[i].high) > 1e-33 * abs(sums[i].high) { done = false }
            }
            if done { break }
        }
        return sums
    }

    /// (2/3) |x|^(3/2)
    static func zeta(_ x: Double) -> DoubleDouble {
        let a = DoubleDouble(abs(x))
        return a * a.squareRoot() * 2 / 3
    }

    /// Σ uₖ (±1/ζ)ᵏ and Σ vₖ (±1/ζ)ᵏ, the even and odd terms apart.
    static func expansion(_ zeta: Double, alternating: Bool) -> (u: [Double], v: [Double]) {
        var (u, v) = ([1.0, 0.0], [1.0, 0.0])
        var term = 1.0
        for k in 1..<60 {
            let n = 6 * Double(k)
            let next = term * (n - 5) * (n - 3) * (n - 1) / (216 * Double(k) * (n / 3 - 1)) / zeta
            if next > term { break }
            term = next
            let sign = alternating && k & 2 != 0 ? -1.0 : 1.0
            u[k & 1] += sign * term
            v[k & 1] += sign * term * (1 + n) / (1 - n)
            if term < 1e-18 { break }
        }
        return (u, v)
    }

    enum Function { case first, firstSlope, second, secondSlope }

    static func evaluate(_ f: Function, _ x: Double) -> Double {
        if x.isNaN { return .nan }
        let isFirst = f == .first || f == .firstSlope
        let isSlope = f == .firstSlope || f == .secondSlope
        if x >= -10, x <= (isFirst ? 5 : 9) {
            let s = series(x)
            let (a, b) = (value0 * s[isSlope ? 1 : 0], slope0 * s[isSlope ? 3 : 2])
            return (isFirst ? a - b : root3 * (a + b)).value
        }
        if x == .infinity { return isFirst ? 0 : .infinity }
        if x == -.infinity { return isSlope ? .nan : 0 }
        let zeta = zeta(x)
        if x > 0 {
            if isFirst {
                let k = ModifiedBessel.second(isSlope ? 2.0 / 3 : 1.0 / 3, zeta.high).value
                // The exponent is not −ζ alone; what ζ has beyond a double goes with it.
                let value = ScaledValue(exponent: k.exponent - zeta.low, factor: k.factor).value
                return isSlope
                    ? -x / (.pi * root3.high) * value
                    : (x / 3).squareRoot() / .pi * value
            }
            let (u, v) = expansion(zeta.high, alternating: false)
            let root = x.squareRoot().squareRoot()
            let factor = isSlope ? (v[0] + v[1]) * root : (u[0] + u[1]) / root
            return ScaledValue(exponent: zeta, factor: factor / Double.pi.squareRoot()).value
        }
        let (u, v) = expansion(zeta.high, alternating: true)
        let (s, c) = OrdinaryBessel.phase(zeta, less: DoubleDouble.pi / 4)
        let root = (-x).squareRoot().squareRoot()
        let scale = (isSlope ? root : 1 / root) / Double.pi.squareRoot()
        switch f {
        case .first: return scale * (c * u[0] + s * u[1]).value
        case .second: return scale * (c * u[1] - s * u[0]).value
        case .firstSlope: return scale * (s * v[0] - c * v[1]).value
        case .secondSlope: return scale * (c * v[0] + s * v[1]).value
        }
    }
}

/// Airy's function Ai(x), the solution of y″ = x y that falls to 0 at +∞.
public func airyAi(_ x: Double) -> Double { Airy.evaluate(.first, x) }

/// Ai′(x).
public func airyAiDerivative(_ x: Double) -> Double { Airy.evaluate(.firstSlope, x) }

/// Airy's function Bi(x), the solution of y″ = x y that grows at +∞.
public func airyBi(_ x: Double) -> Double { Airy.evaluate(.second, x) }

/// Bi′(x).
public func airyBiDerivative(_ x: Double) -> Double { Airy.evaluate(.secondSlope, x) }
