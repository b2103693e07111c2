// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// The time at which a Wiener process with drift first leaves an interval, at its
/// upper end: the diffusion model of decisions.
///
/// With separation a, relative start w and drift v the density of s is
///
///     a⁻² exp(v b − v² s/2) f(s/a², 1 − w), b = a (1 − w),
///
/// with f of a process without drift between 0 and 1. A normal drift N(v, η²) puts
/// (η² b² + 2 v b − v² s)/(2 D) − ½ log D, D = 1 + η² s, in the place of the exponent.
///
/// Sources: D. J. Navarro, I. G. Fuss, "Fast and accurate calculations for first-passage
/// times in Wiener diffusion models", J. Math. Psychology 53 (2009); F. Tuerlinckx,
/// "The efficient computation of the cumulative distribution and probability density
/// functions in the diffusion model", Behavior Research Methods 36 (2004).
package struct FirstPassage {
    package var separation, start, drift, driftDeviation: Double

    package init(separation: Double, start: Double, drift: Double, driftDeviation: Double) {
        self.separation = separation
        self.start = start
        self.drift = drift
        self.driftDeviation = driftDeviation
    }

    /// A logarithm with its derivatives in the time and in the four parameters.
    package struct Derivatives {
        package var value = -Double.infinity
        package var time = 0.0
        package var separation = 0.0
        package var start = 0.0
        package var drift = 0.0
        package var driftDeviation = 0.0
    }

    /// The log density of a time; −∞ unless it is positive.
    package func logDensity(_ s: Double) -> Derivatives {
        guard s > 0, s < .infinity else { return Derivatives() }
        let (a, v, eta) = (separation, drift, driftDeviation)
        let b = a * (1 - start)
        let standard = Self.standard(s / (a * a), 1 - start, start)
        let spread = eta * eta
        let d = 1 + spread * s
        let numerator = spread * b * b + 2 * v * b - v * v * s
        let byB = (spread * b + v) / d
        return Derivatives(
            value: 0.5 * (numerator / d - log1p(spread * s)) - 2 * log(a) + standard.value,
            time: -0.5 * (v * v + spread * numerator / d + spread) / d
                + standard.u / (a * a),
            separation: byB * (1 - start) - 2 / a - 2 * s / (a * a * a) * standard.u,
            start: -byB * a - standard.x,
            drift: (b - v * s) / d,
            driftDeviation: eta * (b * b - s * numerator / d - s) / d)
    }

    /// log f(u, x) of the process without drift from x between 0 and 1, to 0, with its
    /// derivatives; z = 1 − x.
    ///
    /// For small u by the images of the start, those on both sides of the even numbers
    /// paired so that nothing cancels for small x, or of the odd ones for small z; else by
    /// Fourier's series.
    static func standard(
        _ u: Double, _ x: Double, _ z: Double
    ) -> (value: Double, u: Double, x: Double) {
        var (sum, byU, byX) = (0.0, 0.0, 0.0)
        if u < 0.5, x < 0.5 {
            (sum, byU, byX) = (x, x * x * x / (2 * u * u), 1 - x * x / u)
            for m in stride(from: 2.0, through: 16, by: 2) {
                let weight = exp(-m * (m - 2 * x) / (2 * u))
                let q = 2 * m * x / u
                let other = exp(-q)
                let term = (m + x) * expm1(-q) + 2 * x
                sum += weight * term
                byU +=
                    weight
                    * (term * (m - x) * (m - x) / (2 * u * u) + (m + x) * other * q / u)
                byX +=
                    weight
                    * (term * (m - x) / u + expm1(-q) - (m + x) * other * 2 * m / u + 2)
                if weight < 1e-19 { break }
            }
            let value = -halfLog2Pi - 1.5 * log(u) - x * x / (2 * u) + log(sum)
            return (value, byU / sum - 1.5 / u, byX / sum)
        }
        if u < 0.5 {
            for m in stride(from: 1.0, through: 15, by: 2) {
                let weight = exp((x * x - (m - z) * (m - z)) / (2 * u))
                let q = 2 * m * z / u
                let other = exp(-q)
                let term = -(m + z) * expm1(-q) - 2 * z
                sum += weight * term
                byU +=
                    weight
                    * (term * (m - z) * (m - z) / (2 * u * u) - (m + z) * other * q / u)
                byX -=
                    weight
                    * (term * (m - z) / u - expm1(-q) + (m + z) * other * 2 * m / u - 2)
                if weight < 1e-19 { break }
            }
            let value = -halfLog2Pi - 1.5 * log(u) - x * x / (2 * u) + log(sum)
            return (value, byU / sum - 1.5 / u, byX / sum)
        }
        let halfSquare = 0.5 * Double.pi * Double.pi
        for k in stride(from: 1.0, through: 12, by: 1) {
            let weight = k * exp(-(k * k - 1) * halfSquare * u)
            let sign = x < 0.5 || k.truncatingRemainder(dividingBy: 2) == 1 ? 1.0 : -1.0
            let sine = sign * sin(k * .pi * min(x, z))
            sum += weight * sine
            byU -= weight * (k * k - 1) * halfSquare * sine
            byX += weight * k * .pi * cos(k * .pi * x)
            if weight < 1e-19 { break }
        }
        return (
            log(.pi) - halfSquare * u + log(sum), byU / sum - halfSquare, byX / sum
        )
    }
}
