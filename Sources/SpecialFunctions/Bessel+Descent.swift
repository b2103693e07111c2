// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

// J and Y between the reach of their series and of Hankel's expansion, from
//
//     J_ν + i Y_ν = 1/(πi) ∫ exp(x sinh t − ν t) dt,  from −∞ to ∞ + πi
//
// (DLMF 10.9.18) along the path t = u + iv of steepest descent through the saddle
// point cosh t = ν/x, with sums that are positive throughout. The differences of the
// exponent to its value at the saddle point are written without cancellation; that
// value itself has 32 digits. Each stretch is integrated by the double exponential
// rule, because the path has a corner at the saddle point where ν = x.

/// ∫ exp(−drop) and ∫ exp(−drop) slope over [0, end], in panels of at most 4. The saddle
/// point's distance from the turning point, where two meet, decides how fine the rule is.
private func integral(
    _ end: Double, distance: Double, _ f: (Double) -> (drop: Double, slope: Double)
) -> (Double, Double) {
    let count = max(1, (end / 4).rounded(.up))
    let size = end / count
    let rule = distance < 0.7 ? TanhSinh.fine : TanhSinh.coarse
    var (a, b) = (0.0, 0.0)
    for i in 0..<Int(count) {
        let start = size * Double(i)
        for node in rule {
            let (drop, slope) = f(start + size * node.x)
            guard drop < 80 else { continue }
            let e = node.weight * exp(-drop)
            a += e
            b += e * slope
        }
    }
    return (a * size, b * size)
}

/// The smallest power of two times start where a growing function exceeds 44, halved
/// in until it is close.
private func reach(_ limit: Double, _ drop: (Double) -> Double) -> Double {
    if drop(limit * (1 - 0x1p-20)) < 44 { return limit }
    var low = 0.0
    var high = min(limit, 1e-9)
    while drop(high) < 44, high < limit {
        low = high
        high = min(2 * high, limit)
    }
    while high - low > 0.05 * high {
        let middle = 0.5 * (low + high)
        if drop(middle) < 44 { low = middle } else { high = middle }
    }
    return high
}

extension OrdinaryBessel {
    /// The saddle point α = acosh(ν/x) where ν ≥ x.
    private struct RealSaddle {
        let nu: Double
        let x: Double
        /// cosh α and sinh α.
        let ratio: Double
        let slope: Double
        let alpha: Double
        /// ν α − x sinh α
        let exponent: DoubleDouble

        init(_ nu: Double, _ x: Double) {
            self.nu = nu
            self.x = x
            // (ν − x)(ν + x), scaled so that it does not overflow
            let low = DoubleDouble.sum(nu, -x) / nu
            let high = DoubleDouble.sum(nu, x) / nu
            let height = (low * high).squareRoot() * nu
            ratio = nu / x
            slope = height.value / x
            let angle = ((height + nu) / x).logarithm()
            alpha = angle.value
            exponent = angle * nu - height
        }

        /// The path from the saddle point upwards, where cosh u = cosh α v / sin v
        /// (G. N. Watson, Theory of Bessel Functions, 8.31): u − α and sinh u at v.
        func path(_ v: Double) -> (rise: Double, sinhU: Double) {
            let excess = ratio * minusSine(v) / sin(v)
            let square = excess * (2 * ratio + excess)
            let sinhU = (slope * slope + square).squareRoot()
            return (log1p((excess + square / (sinhU + slope)) / (ratio + slope)), sinhU)
        }

        /// The fall of the exponent on that path.
        func drop(_ v: Double) -> Double {
            let (w, sinhU) = path(v)
            let (half, sine) = (sinh(0.5 * w), sin(0.5 * v))
            return x
                * (2 * sinhU * sine * sine - ratio * sinhMinus(w) - 2 * slope * half * half)
        }
    }

    /// J_ν(x) for ν ≥ x.
    static func firstBeyond(_ nu: Double, _ x: Double) -> Double {
        let saddle = RealSaddle(nu, x)
        let end = reach(.pi, saddle.drop)
        let sum = integral(end, distance: saddle.alpha) { (saddle.drop($0), 0) }.0
        return (-saddle.exponent).exponential * sum / .pi
    }

    /// Y_ν(x) for ν ≥ x: the path along the real axis, from −∞ to the saddle point at
    /// α through the greatest value at −α, and then upwards.
    static func secondBeyond(_ nu: Double, _ x: Double) -> Double {
        let saddle = RealSaddle(nu, x)
        let height = x * saddle.slope
        func outwards(_ s: Double) -> Double {
            let half = sinh(0.5 * s)
            return 2 * height * half * half + nu * sinhMinus(s)
        }
        // tanh α falls short of 1 by:
        let short = 2 / (exp(2 * saddle.alpha) + 1)
        func inwards(_ s: Double) -> Double {
            let half = sinh(0.5 * s)
            if s < 1 { return 2 * height * half * half - nu * sinhMinus(s) }
            return nu * (s + expm1(-s) - short * 2 * half * half)
        }
        let outer = integral(reach(2_000, outwards), distance: 1) { (outwards($0), 0) }.0
        let inner = integral(reach(2 * saddle.alpha, inwards), distance: 1) { (inwards($0), 0) }.0
        var sum = outer + inner
        let fall = 2 * saddle.exponent.value
        if fall < 44 {
            let end = reach(.pi, saddle.drop)
            let up = integral(end, distance: saddle.alpha) { v in
                // u′ = cosh α (sin v − v cos v)/(sin²v sinh u)
                let sine = sin(v)
                let half = sin(0.5 * v)
                let rise = v * 2 * half * half - minusSine(v)
                let slope = saddle.ratio * rise / (sine * sine * saddle.path(v).sinhU)
                return (saddle.drop(v), slope)
            }.1
            sum += exp(-fall) * up
        }
        return -(saddle.exponent.exponential * (sum / .pi))
    }

    /// J_ν(x) and Y_ν(x) for ν < x: the saddle point iβ, cos β = ν/x.
    static func oscillating(_ nu: Double, _ x: Double) -> (first: Double, second: Double) {
        let height = (DoubleDouble.sum(x, -nu) / x * (DoubleDouble.sum(x, nu) / x)).squareRoot()
        let angle = DoubleDouble.angle(height, DoubleDouble.quotient(nu, x))
        let (sinB, cosB, beta) = (height.value, nu / x, angle.value)

        // u = −r, v = β − q: cosh r sin v = sin β − q cos β.
        func left(_ r: Double) -> (drop: Double, slope: Double) {
            let half = sinh(0.5 * r)
            let square = 2 * half * half
            var (low, high) = (0.0, beta)
            var q = min(r, 0.5 * beta)
            for _ in 0..<100 {
                let s = sin(0.5 * q)
                let (sine, cosine) = (sin(beta - q), cos(beta - q))
                let g = sinB * 2 * s * s - cosB * minusSine(q) - square * sine
                if g > 0 { high = q } else { low = q }
                let slope = 2 * sin(beta - 0.5 * q) * s + square * cosine
                var next = q - g / slope
                if !(next > low && next < high) { next = 0.5 * (low + high) }
                let change = abs(next - q)
                q = next
                if change <= 1e-15 * q || high - low <= 1e-16 * high { break }
            }
            let half2 = 2 * sin(beta - 0.5 * q) * sin(0.5 * q)
            let cosine = cos(beta - q)
            let slope = sinh(r) * sin(beta - q) / (half2 + square * cosine)
            return (x * (sinhMinus(r) * cosine + r * half2), slope)
        }
        // v = β + w, from which u follows.
        func right(_ w: Double) -> (drop: Double, slope: Double) {
            let v = beta + w
            let s = sin(0.5 * w)
            let sine = v < 0.5 * .pi ? sin(v) : sin((.pi - beta) - w)
            let square = (sinB * 2 * s * s + cosB * minusSine(w)) / (2 * sine)  // sinh²(u/2)
            let u = 2 * asinh(square.squareRoot())
            let half = 2 * sin(beta + 0.5 * w) * s
            let cosine = cos(v)
            let slope = (half - 2 * square * cosine) / (sinh(u) * sine)
            return (x * (u * half - sinhMinus(u) * cosine), slope)
        }
        let leftEnd = reach(2_000) { left($0).drop }
        let before = integral(leftEnd, distance: beta, left)
        let rightEnd = reach(.pi - beta) { right($0).drop }
        let after = integral(rightEnd, distance: beta, right)
        let (vSum, uSum) = (before.1 + after.0, before.0 + after.1)
        let (s, c) = phase(height * x, less: angle * nu)
        return ((c * vSum + s * uSum).value / .pi, (s * vSum - c * uSum).value / .pi)
    }
}
