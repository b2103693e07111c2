// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

extension DiscreteDistribution {
    /// The smallest k with cdf(k) ≥ p (or upperCDF(k) ≤ q), by bracketing from a guess
    /// and interpolation in the logarithm of the tail. The comparison allows the
    /// rounding of the distribution function, so that p = cdf(k) gives k back.
    ///
    /// - Parameter upper: whether `p` is the probability of the upper tail.
    func searchQuantile(_ p: Double, upper: Bool) -> Int {
        guard p >= 0, p <= 1 else { return Int.min }
        let lowest = Self.whole(support.lowerBound)
        let highest = Self.whole(support.upperBound)
        if p == (upper ? 1 : 0) { return lowest }
        if p == (upper ? 0 : 1) { return highest }
        // On whichever side the tail is small.
        let byUpper = upper ? p < 0.5 : p > 0.5
        let target = upper == byUpper ? p : 1 - p
        /// How far the tail at k is from the target, in logarithms; at most 0 where k
        /// reaches it.
        func excess(_ k: Int) -> Double {
            let tail = byUpper ? upperCDF(Double(k)) : cdf(Double(k))
            let reached =
                byUpper ? tail <= target * (1 + 1e-14) : tail >= target * (1 - 1e-14)
            let ratio = byUpper ? log(tail / target) : log(target / tail)
            return reached ? min(ratio, 0) : ratio > 0 ? ratio : Double.leastNonzeroMagnitude
        }
        let z = byUpper ? -normalQuantile(target) : normalQuantile(target)
        var guess = mean + z * standardDeviation
        if !guess.isFinite { guess = mode.isFinite ? mode : 0 }
        let start = min(max(Self.whole(guess), lowest), highest)
        var step = max(1, Self.whole(min(0.05 * standardDeviation, 1e15)))
        func moved(_ k: Int, by step: Int) -> Int {
            let (next, overflow) = k.addingReportingOverflow(step)
            return overflow ? (step > 0 ? highest : lowest) : min(max(next, lowest), highest)
        }
        var (low, high) = (start, start)
        var (below, above) = (excess(start), 0.0)
        if below <= 0 {
            // Down to a k that does not reach.
            above = below
            while below <= 0 {
                (high, above) = (low, below)
                if low == lowest { return low }
                low = moved(low, by: -step)
                below = excess(low)
                step = step < Int.max / 8 ? 4 * step : step
            }
        } else {
            above = below
            while above > 0 {
                (low, below) = (high, above)
                if high == highest { return highest }
                high = moved(high, by: step)
                above = excess(high)
                step = step < Int.max / 8 ? 4 * step : step
            }
        }
        // The Illinois variant of regula falsi, with bisection where it is slow.
        var lastSide = 0
        var slow = 0
        while high - 1 > low {
            let width = Double(high) - Double(low)
            var middle = low / 2 + high / 2 + (low % 2 + high % 2) / 2
            let share = below / (below - above)
            if slow < 2, share > 0, share < 1 {
                middle = moved(low, by: Self.whole((share * width).rounded()))
            }
            middle = min(max(middle, low + 1), high - 1)
            let found = excess(middle)
            if found <= 0 {
                (high, above) = (middle, found)
                if lastSide > 0 { below *= 0.5 }
                lastSide = 1
            } else {
                (low, below) = (middle, found)
                if lastSide < 0 { above *= 0.5 }
                lastSide = -1
            }
            slow = Double(high) - Double(low) > 0.5 * width ? slow + 1 : 0
        }
        return high
    }

    /// The nearest `Int`, for any number.
    static func whole(_ x: Double) -> Int {
        x.isNaN ? 0 : Int(exactly: x.rounded()) ?? (x > 0 ? Int.max : Int.min + 1)
    }
}
