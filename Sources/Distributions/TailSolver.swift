// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

/// The x where a tail has a given probability, for distributions without a formula
/// for it: Newton's method for the logarithm of the tail, kept within a bracket.
///
/// - Parameters:
///   - lower: whether the tail grows with x.
///   - positive: whether to iterate in log x.
///   - start: in x.
///   - width: a first step for the bracket, in x or log x.
///   - excess: log of the tail at x over the probability wanted.
///   - logSlope: log of the density over the tail at x.
func solveTail(
    lower: Bool, positive: Bool, start: Double, width: Double,
    excess: (Double) -> Double, logSlope: (Double) -> Double
) -> Double {
    var w = positive ? log(start) : start
    var (low, high) = (-Double.infinity, Double.infinity)
    var reach = width
    var point = start
    for _ in 0..<200 {
        let x = positive ? exp(w) : w
        let residual = lower ? excess(x) : -excess(x)
        if residual == 0 { return x }
        if residual.isNaN { return .nan }
        if residual > 0 { high = w } else { low = w }
        let slope = exp(logSlope(x)) * (positive ? x : 1)
        var step = -residual / slope
        // The step after this one would be its square. By the point itself: the
        // exponential of a large logarithm is rounded.
        if abs(residual) < 1e-9, step.isFinite { return positive ? x * exp(step) : x + step }
        var next = w + step
        // Not beyond what is known, nor far into what is not.
        let inside = next > low && next < high && abs(next - w) < 8 * reach
        if !inside || !next.isFinite {
            if low.isFinite, high.isFinite {
                next = 0.5 * (low + high)
            } else {
                next = residual > 0 ? w - reach : w + reach
                reach *= 2
            }
            step = next - w
        }
        let moved = abs(next - w)
        point = positive ? x * exp(step) : next
        w = next
        if moved <= (positive ? 0x1p-52 : 0x1p-52 * abs(w)) { break }
    }
    return point
}

/// log(tail/p), also where the tail underflows.
func logExcess(_ tail: Double, _ p: Double, _ logTail: @autoclosure () -> Double) -> Double {
    if tail > 1e-306, p > 1e-306 {
        let ratio = tail / p
        return ratio > 0.5 && ratio < 2 ? log1p((tail - p) / p) : log(ratio)
    }
    return logTail() - log(p)
}

/// ∫ f over [start, end] by 40 Gauss–Legendre points.
func gaussIntegral(_ start: Double, _ end: Double, _ f: (Double) -> Double) -> Double {
    var sum = 0.0
    for (node, weight) in IncompleteBeta.gauss40 {
        sum += weight * f(start + (end - start) * node)
    }
    return (end - start) * sum
}
