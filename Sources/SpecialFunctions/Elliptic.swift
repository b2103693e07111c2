// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

// Elliptic integrals in Carlson's symmetric forms, by duplication: B. C. Carlson,
// "Numerical computation of real or complex elliptic integrals", Numer. Algorithms 10
// (1995), 13; DLMF 19.36. Legendre's forms from them (DLMF 19.25), with the parameter
// m = k². Arguments outside the domain give NaN.

/// R_F(x, y, z) = ½ ∫₀^∞ dt / √((t + x)(t + y)(t + z)), at most one argument 0.
public func carlsonRF(_ x: Double, _ y: Double, _ z: Double) -> Double {
    guard x >= 0, y >= 0, z >= 0 else { return .nan }
    if [x, y, z].filter({ $0 == 0 }).count > 1 { return .infinity }
    if x == .infinity || y == .infinity || z == .infinity { return 0 }
    let scale = max(x, y, z)
    var (x, y, z) = (x / scale, y / scale, z / scale)
    for _ in 0..<1_200 {
        let mean = (x + y + z) / 3
        let spread = max(abs(x - mean), abs(y - mean), abs(z - mean))
        if spread < 2e-3 * mean {
            let (dx, dy) = (1 - x / mean, 1 - y / mean)
            let dz = -(dx + dy)
            let e2 = dx * dy - dz * dz
            let e3 = dx * dy * dz
            let sum =
                1 - e2 / 10 + e3 / 14 + e2 * e2 / 24 - 3 * e2 * e3 / 44 - 5 * e2 * e2 * e2 / 208
                + 3 * e3 * e3 / 104
            return sum / mean.squareRoot() / scale.squareRoot()
        }
        let (rx, ry, rz) = (x.squareRoot(), y.squareRoot(), z.squareRoot())
        let shift = rx * ry + ry * rz + rz * rx
        (x, y, z) = (0.25 * (x + shift), 0.25 * (y + shift), 0.25 * (z + shift))
    }
    return .nan
}

/// R_C(x, y) = R_F(x, y, y), for x ≥ 0 and y ≠ 0 (the principal value for y < 0).
public func carlsonRC(_ x: Double, _ y: Double) -> Double {
    guard x >= 0, y != 0, !y.isNaN else { return .nan }
    if y < 0 { return (x / (x - y)).squareRoot() * carlsonRC(x - y, -y) }
    return carlsonRF(x, y, y)
}

/// R_D(x, y, z) = R_J(x, y, z, z), for z > 0 and at most one of x, y equal to 0.
public func carlsonRD(_ x: Double, _ y: Double, _ z: Double) -> Double {
    carlsonRJ(x, y, z, z)
}

/// R_J(x, y, z, p) = (3/2) ∫₀^∞ dt / ((t + p) √((t + x)(t + y)(t + z))), for p > 0 and
/// at most one of x, y, z equal to 0.
public func carlsonRJ(_ x: Double, _ y: Double, _ z: Double, _ p: Double) -> Double {
    guard x >= 0, y >= 0, z >= 0, p > 0 else { return .nan }
    if [x, y, z].filter({ $0 == 0 }).count > 1 { return .infinity }
    if [x, y, z, p].contains(.infinity) { return 0 }
    let scale = max(x, y, z, p)
    var (x, y, z, p) = (x / scale, y / scale, z / scale, p / scale)
    var sum = 0.0
    var factor = 1.0
    for _ in 0..<1_200 {
        let mean = (x + y + z + 2 * p) / 5
        let spread = max(abs(x - mean), abs(y - mean), abs(z - mean), abs(p - mean))
        if spread < 1e-3 * mean {
            let (dx, dy, dz) = (1 - x / mean, 1 - y / mean, 1 - z / mean)
            let dp = -0.5 * (dx + dy + dz)
            let e2 = dx * dy + dx * dz + dy * dz - 3 * dp * dp
            let e3 = dx * dy * dz + 2 * e2 * dp + 4 * dp * dp * dp
            let e4 = (2 * dx * dy * dz + e2 * dp + 3 * dp * dp * dp) * dp
            let e5 = dx * dy * dz * dp * dp
            let series =
                1 - 3 * e2 / 14 + e3 / 6 + 9 * e2 * e2 / 88 - 3 * e4 / 22 - 9 * e2 * e3 / 52
                + 3 * e5 / 26
            let whole = sum * 6 + factor * series / (mean * mean.squareRoot())
            return whole / (scale * scale.squareRoot())
        }
        let (rx, ry, rz, rp) = (x.squareRoot(), y.squareRoot(), z.squareRoot(), p.squareRoot())
        let shift = rx * ry + ry * rz + rz * rx
        // R_C(1, 1 + e) of the step, with e = Π (p − ·)/d².
        let d = (rp + rx) * (rp + ry) * (rp + rz)
        let e = (p - x) / d * ((p - y) / d) * (p - z)
        sum += factor / d * arcRatio(e)
        factor *= 0.25
        (x, y, z, p) = (
            0.25 * (x + shift), 0.25 * (y + shift), 0.25 * (z + shift), 0.25 * (p + shift)
        )
    }
    return .nan
}

/// R_C(1, 1 + e): arctan(√e)/√e, and artanh(√−e)/√−e for e < 0.
private func arcRatio(_ e: Double) -> Double {
    if abs(e) < 1e-4 { return 1 - e * (1.0 / 3 - e * (1.0 / 5 - e * (1.0 / 7 - e / 9))) }
    let r = abs(e).squareRoot()
    return e > 0 ? atan(r) / r : atanh(min(r, 1 - 0x1p-53)) / r
}

/// The complete elliptic integral of the first kind K(m), m ≤ 1.
public func ellipticK(_ m: Double) -> Double { m <= 1 ? carlsonRF(0, 1 - m, 1) : .nan }

/// The complete elliptic integral of the second kind E(m), m ≤ 1.
public func ellipticE(_ m: Double) -> Double {
    guard m <= 1 else { return .nan }
    if m == 1 { return 1 }
    if m == -.infinity { return .infinity }
    // The form without a difference: E = (1 − m) (R_D(0, 1 − m, 1) + R_D(0, 1, 1 − m))/3
    let c = 1 - m
    return c * (carlsonRD(0, c, 1) + carlsonRD(0, 1, c)) / 3
}

/// The complete elliptic integral of the third kind Π(n, m), n < 1 and m < 1.
public func ellipticPi(_ n: Double, _ m: Double) -> Double {
    guard n < 1, m < 1 else { return n == 1 || m == 1 ? .infinity : .nan }
    let c = 1 - m
    let first = carlsonRF(0, c, 1)
    if n < 0, m >= 0 {
        // DLMF 19.7.9: a sum of positive terms, from the characteristic (m − n)/(1 − n)
        // between 0 and 1.
        let other = first + (m - n) / (1 - n) / 3 * carlsonRJ(0, c, 1, c / (1 - n))
        return (m * first - n * c / (1 - n) * other) / (m - n)
    }
    return first + n / 3 * carlsonRJ(0, c, 1, 1 - n)
}

/// The incomplete elliptic integral of the first kind
/// F(φ, m) = ∫₀^φ dθ / √(1 − m sin²θ), where m sin²θ ≤ 1.
public func ellipticF(_ phi: Double, _ m: Double) -> Double {
    incomplete(phi, m, complete: ellipticK) { s, c2, d2 in s * carlsonRF(c2, d2, 1) }
}

/// The incomplete elliptic integral of the second kind
/// E(φ, m) = ∫₀^φ √(1 − m sin²θ) dθ, where m sin²θ ≤ 1.
public func ellipticE(_ phi: Double, _ m: Double) -> Double {
    incomplete(phi, m, complete: ellipticE) { s, c2, d2 in
        // DLMF 19.25.10 where the difference in 19.25.9 would cancel.
        if m > 0, m <= 1, c2 < 0.5 {
            let k2 = 1 - m
            let tail = m * (c2 / d2).squareRoot()
            return s
                * (k2 * carlsonRF(c2, d2, 1) + m * k2 / 3 * s * s * carlsonRD(c2, 1, d2) + tail)
        }
        return s * (carlsonRF(c2, d2, 1) - m / 3 * s * s * carlsonRD(c2, d2, 1))
    }
}

/// The incomplete elliptic integral of the third kind
/// Π(n, φ, m) = ∫₀^φ dθ / ((1 − n sin²θ) √(1 − m sin²θ)), where n sin²θ < 1.
public func ellipticPi(_ n: Double, _ phi: Double, _ m: Double) -> Double {
    incomplete(phi, m, complete: { ellipticPi(n, $0) }) { s, c2, d2 in
        s * (carlsonRF(c2, d2, 1) + n / 3 * s * s * carlsonRJ(c2, d2, 1, 1 - n * s * s))
    }
}

/// The integral to φ from that to the rest of φ by whole turns of π.
private func incomplete(
    _ phi: Double, _ m: Double, complete: (Double) -> Double,
    _ form: (_ sine: Double, _ cosine2: Double, _ root2: Double) -> Double
) -> Double {
    guard phi.isFinite, m.isFinite else { return .nan }
    let turns = abs(phi) <= 0.5 * .pi ? 0 : (phi / .pi).rounded()
    let (s, c) = (sin(phi), cos(phi))
    let sine = turns.truncatingRemainder(dividingBy: 2) == 0 ? s : -s
    // 1 − m sin²φ = cos²φ + (1 − m) sin²φ
    let root2 = m > 0 ? c * c + (1 - m) * s * s : 1 - m * s * s
    guard root2 >= 0, turns == 0 || m < 1 else { return .nan }
    let rest = form(sine, c * c, root2)
    return turns == 0 ? rest : rest + 2 * turns * complete(m)
}
