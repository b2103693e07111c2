// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

/// Probabilities of intervals from the logarithms of both tails at their ends, in
/// which nothing cancels but what the interval itself makes small.
enum TailDifference {
    typealias Tails = (lower: Double, upper: Double)

    /// log P(a < X ≤ b).
    static func log(_ a: Tails, _ b: Tails) -> Double {
        // An interval around the middle by what lies outside.
        let outside = logSumExp(a.lower, b.upper)
        if outside < -1 { return log1mExp(outside) }
        return b.lower < a.upper
            ? logDiffExp(max(b.lower, a.lower), a.lower)
            : logDiffExp(max(a.upper, b.upper), b.upper)
    }

    /// log P(X ≤ x), or of X > x, given a < X ≤ b; near 0 by what is missing.
    static func log(
        _ isLower: Bool, of logMass: Double, from a: Tails, at x: Tails, to b: Tails
    ) -> Double {
        let direct = (isLower ? log(a, x) : log(x, b)) - logMass
        if direct <= -0.7 { return direct }
        return log1mExp(min((isLower ? log(x, b) : log(a, x)) - logMass, 0))
    }
}
