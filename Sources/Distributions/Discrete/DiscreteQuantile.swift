// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

extension DiscreteDistribution {
    /// The smallest k with cdf(k) ≥ p (or upperCDF(k) ≤ q), by bracketing from
    /// a guess and bisection. The comparison allows the rounding of the
    /// distribution function, so that p = cdf(k) gives k back.
    ///
    /// - Parameter upper: whether `p` is the probability of the upper tail.
    func searchQuantile(_ p: Double, upper: Bool) -> Int {
        guard p >= 0, p <= 1 else { return Int.min }
        let lowest = Self.whole(support.lowerBound)
        let highest = Self.whole(support.upperBound)
        if p == (upper ? 1 : 0) { return lowest }
        if p == (upper ? 0 : 1) { return highest }
        let slack = 1e-14
        // On whichever side the tail is small.
        let byUpper = upper ? p < 0.5 : p > 0.5
        let tail = upper == byUpper ? p : 1 - p
        func reached(_ k: Int) -> Bool {
            byUpper
                ? upperCDF(Double(k)) <= tail * (1 + slack) : cdf(Double(k)) >= tail * (1 - slack)
        }
        let z = byUpper ? -normalQuantile(tail) : normalQuantile(tail)
        let guess = mean + z * standardDeviation + skewness * standardDeviation * (z * z - 1) / 6
        var high = min(max(Self.whole(guess), lowest), highest)
        var low = high
        var step = max(1, Self.whole(0.01 * standardDeviation))
        if reached(high) {
            // Down to a k that does not reach.
            while low > lowest {
                low = low - lowest > step ? low - step : lowest
                if !reached(low) { break }
                high = low
                step = step < Int.max / 4 ? 2 * step : step
            }
            if low == lowest, reached(low) { return low }
        } else {
            while true {
                low = high
                if high == highest { return highest }
                high = highest - high > step ? high + step : highest
                if reached(high) { break }
                step = step < Int.max / 4 ? 2 * step : step
            }
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if reached(middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// The nearest `Int`, for any number.
    static func whole(_ x: Double) -> Int {
        x.isNaN ? 0 : x >= 9.2e18 ? Int.max : x <= -9.2e18 ? Int.min + 1 : Int(x.rounded())
    }

    /// −Σ p log p, over all k that matter. When there are many, every h-th
    /// with weight h: for a smooth density the error falls like exp(−(σ/h)²).
    func sumEntropy() -> Double {
        let low = quantile(1e-25)
        let high = upperQuantile(1e-25)
        guard low <= high else { return 0 }
        let step = max(1, (high - low) / 200_000)
        // Kahan's sum: there may be many thousands of terms.
        var sum = 0.0
        var lost = 0.0
        var k = low
        while true {
            let l = logDensity(k)
            if l > -.infinity {
                let term = -exp(l) * l - lost
                let next = sum + term
                lost = (next - sum) - term
                sum = next
            }
            if high - k < step { break }
            k += step
        }
        return sum * Double(step)
    }
}
