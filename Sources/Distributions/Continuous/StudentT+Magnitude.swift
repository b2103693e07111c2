// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

// The distribution of |T|, to full relative accuracy near 0 and far out: the half-t
// and the skewed t distributions are made of it.

extension StudentT {
    /// log of the density of T at 0, without the scale.
    static func logCentre(_ nu: Double) -> Double {
        0.5 * logHalfStep(0.5 * nu).value - halfLog2Pi
    }

    /// P(|T| ≤ z), or of the upper tail, or its logarithm, for z ≥ 0.
    static func magnitudeTail(_ z: Double, _ nu: Double, lower: Bool, log wantsLog: Bool) -> Double
    {
        if z.isNaN { return .nan }
        if z == 0 { return lower == wantsLog ? (lower ? -.infinity : 1) : 0 }
        let half = 0.5 * nu
        let ratio = z / nu.squareRoot()
        let square = ratio * ratio
        if square * (nu + 1) < 1e-9 {
            // Almost a line through 0.
            let bend = 1 - (nu + 1) * square / 6
            let p = 2 * exp(logCentre(nu)) * z * bend
            if lower { return wantsLog ? logTwo + logCentre(nu) + log(z * bend) : p }
            return wantsLog ? log1p(-p) : 1 - p
        }
        let point = IncompleteBeta.Point(odds: 1 / square, logOdds: -2 * log(ratio))
        return IncompleteBeta.evaluate(half, 0.5, point, lower: !lower, log: wantsLog)
    }

    /// The z with P(|T| ≤ z) = p and P(|T| > z) = q, of which the smaller is exact.
    static func magnitudeQuantile(_ p: Double, _ q: Double, _ nu: Double) -> Double {
        if p <= 0 { return p == 0 ? 0 : .nan }
        if q <= 0 { return q == 0 ? .infinity : .nan }
        let line = 0.5 * p * exp(-logCentre(nu))
        let ratio = line * line / nu
        if ratio * (nu + 1) < 1e-9 { return line * (1 + (nu + 1) * ratio / 6) }
        let half = 0.5 * nu
        let width = nu.squareRoot()
        let point = IncompleteBeta.inverse(half, 0.5, p: q, q: p)
        if point.logX > -40 { return width * (point.y / point.x).squareRoot() }
        // Far out I is xᵃ/(a B): a power of q keeps its digits.
        return width / root(q * half * beta(half, 0.5), nu)
    }
}
