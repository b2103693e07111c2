// SPDX-License-Identifier: GPL-3.0-or-later

import SpecialFunctions

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The noncentral t distribution, for intervals of standardised differences.
enum NoncentralT {
    /// P(T ≤ t) for T = (Z + δ) / S with S² = χ²/ν: the integral over s of
    /// S's density times Φ(t s − δ), by Gauss–Legendre panels that follow both
    /// the density and the step of Φ.
    static func cdf(_ t: Double, df: Double, noncentrality: Double) -> Double {
        let logConstant = log(2) + df / 2 * log(df / 2) - logGamma(df / 2)
        let spread = 1 / (2 * df).squareRoot()
        let low = max(0, 1 - 12 * spread)
        let high = 1 + 12 * spread
        var breaks = (0...12).map { low + (high - low) * Double($0) / 12 }
        if t != 0 {
            let step = noncentrality / t
            for k in [-9.0, -4, -1.5, 0, 1.5, 4, 9] {
                let at = step + k / abs(t)
                if at > low, at < high { breaks.append(at) }
            }
        }
        breaks.sort()
        var total = 0.0
        for (a, b) in zip(breaks, breaks.dropFirst()) where b > a {
            let (center, half) = ((a + b) / 2, (b - a) / 2)
            var panel = 0.0
            for (node, weight) in zip(nodes, weights) {
                for s in [center - half * node, center + half * node] where s > 0 {
                    let logDensity = logConstant + (df - 1) * log(s) - df * s * s / 2
                    panel += weight * exp(logDensity) * normalCDF(t * s - noncentrality)
                }
            }
            total += half * panel
        }
        return min(1, max(0, total))
    }

    /// The noncentralities at which t is the quantile of upper and lower tail
    /// (1 − confidence) / 2.
    static func noncentralityInterval(
        _ t: Double, df: Double, confidence: Double
    ) -> ConfidenceInterval? {
        guard t.isFinite, abs(t) < 1e4, df.isFinite else { return nil }
        let tail = (1 - confidence) / 2
        // The CDF falls as the noncentrality rises.
        let width = 4 + abs(t) * 3 / df.squareRoot()
        func solve(_ p: Double) -> Double? {
            FallingRoot.solve(p, from: t - width, to: t + width, growing: true) {
                cdf(t, df: df, noncentrality: $0)
            }
        }
        guard let lower = solve(1 - tail), let upper = solve(tail) else { return nil }
        return ConfidenceInterval(lower: lower, upper: upper, confidence: confidence)
    }

    // Gauss–Legendre, 16 points (Abramowitz and Stegun, table 25.4).
    private static let nodes = [
        0.095012509837637440185, 0.281603550779258913230, 0.458016777657227386342,
        0.617876244402643748447, 0.755404408355003033895, 0.865631202387831743880,
        0.944575023073232576078, 0.989400934991649932596,
    ]
    private static let weights = [
        0.189450610455068496285, 0.182603415044923588867, 0.169156519395002538189,
        0.149595988816576732081, 0.124628971255533872052, 0.095158511682492784810,
        0.062253523938647892863, 0.027152459411754094852,
    ]
}
