// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

/// Moments and entropy of a continuous distribution by quadrature, for combinators
/// that have no formula: Gauss and Legendre's rule on panels between quantiles whose
/// tails differ by a factor of 4, out to where nothing counts.
struct NumericMoments {
    private(set) var mean = Double.nan
    private(set) var variance = Double.nan
    private(set) var skewness = Double.nan
    private(set) var excess = Double.nan

    init(_ d: some ContinuousDistribution) {
        let center = d.quantile(0.5)
        let panels = Panels(d)
        let shift = panels.expectation { $0 - center }
        let m = center + shift
        func central(_ order: Int) -> Double {
            panels.expectation { x in
                let y = (x - center) - shift
                return order == 2 ? y * y : order == 3 ? y * y * y : y * y * y * y
            }
        }
        let v = central(2)
        (mean, variance) = (m, v)
        skewness = central(3) / (v * v.squareRoot())
        excess = central(4) / (v * v) - 3
    }

    static func entropy(_ d: some ContinuousDistribution) -> Double {
        Panels(d).expectation { -d.logDensity($0) }
    }

    /// The nodes with their weights times the density.
    private struct Panels {
        var nodes: [(x: Double, weight: Double)] = []

        init(_ d: some ContinuousDistribution) {
            let middle = d.quantile(0.5)
            for upper in [false, true] {
                var inner = middle
                var tail = 0.5
                while tail > 1e-300 {
                    // The first panels of a tail short, those far out wider.
                    tail *= tail > 1e-40 ? 0.25 : 1e-4
                    let outer = upper ? d.upperQuantile(tail) : d.quantile(tail)
                    guard outer.isFinite else { break }
                    if outer == inner { continue }
                    add(d, min(inner, outer), max(inner, outer))
                    if tail < 1e-24, abs(outer - middle) < 64 * abs(inner - middle),
                        tail < 1e-40
                            || abs(outer - inner) < abs(inner - middle)
                    {
                        break
                    }
                    inner = outer
                }
            }
        }

        mutating func add(_ d: some ContinuousDistribution, _ a: Double, _ b: Double) {
            let half = 0.5 * (b - a)
            for (node, w) in GaussLegendre.twenty {
                for x in [a + half * (1 - node), b - half * (1 - node)] {
                    let f = exp(d.logDensity(x))
                    if f > 0, f < .infinity { nodes.append((x, f * w * half)) }
                }
            }
        }

        func expectation(_ f: (Double) -> Double) -> Double {
            var (sum, total) = (0.0, 0.0)
            for (x, weight) in nodes {
                sum += weight * f(x)
                total += weight
            }
            return sum / total
        }
    }
}

extension ContinuousDistribution {
    /// A quantile by Newton's method on the logarithm of the smaller tail, kept inside
    /// a bracket.
    func solveQuantile(_ p: Double, upper: Bool, start: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        var (low, high) = (support.lowerBound, support.upperBound)
        if p == 0 { return upper ? high : low }
        if p == 1 { return upper ? low : high }
        let byUpper = upper ? p < 0.5 : p >= 0.5
        let goal = upper == byUpper ? log(p) : log1p(-p)
        /// log tail − goal, rising in x.
        func excess(_ x: Double) -> Double {
            byUpper ? goal - logUpperCDF(x) : logCDF(x) - goal
        }
        var x = min(max(start.isNaN ? 0 : start, low), high)
        if x.isInfinite { x = max(min(x, 1e300), -1e300) }
        // A finite bracket.
        var step = max(abs(x) * 0.1, 1e-3)
        var e = excess(x)
        if e == 0 { return x }
        if e < 0 {
            low = x
            while high == .infinity {
                let next = x + step
                if excess(next) > 0 || next > 1e308 {
                    high = min(next, 1.7e308)
                } else {
                    low = next
                }
                step *= 4
            }
        } else {
            high = x
            while low == -.infinity {
                let next = x - step
                if excess(next) < 0 || next < -1e308 {
                    low = max(next, -1.7e308)
                } else {
                    high = next
                }
                step *= 4
            }
        }
        x = min(max(x, low), high)
        for _ in 0..<300 {
            e = excess(x)
            if e == 0 || low == high { return x }
            if e < 0 { low = x } else { high = x }
            let tail = byUpper ? logUpperCDF(x) : logCDF(x)
            var next = x - e * exp(tail - logDensity(x))
            if !(next > low && next < high) {
                // Halfway, in the exponent where the ends differ by much.
                next =
                    low > 0 && high > 16 * low
                    ? (low * high).squareRoot()
                    : high < 0 && low < 16 * high
                        ? -(low * high).squareRoot() : low + 0.5 * (high - low)
                if next == low || next == high { return next }
            }
            if abs(next - x) <= 0x1p-53 * abs(x) { return next }
            x = next
        }
        return x
    }
}
