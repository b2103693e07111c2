// SPDX-License-Identifier: GPL-3.0-or-later

import SpecialFunctions

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Intervals for noncentralities: the values for which the statistic observed
/// is just in one tail or the other.
enum NoncentralInterval {
    /// P(X ≤ x) of noncentral chi-squared: Poisson(λ/2) mixes central ones of
    /// df + 2j degrees of freedom.
    static func chiSquaredCDF(_ x: Double, df: Double, noncentrality: Double) -> Double {
        if x <= 0 { return 0 }
        return mixture(mean: noncentrality / 2) { gammaP(df / 2 + $0, x / 2) }
    }

    /// P(F ≤ f) of noncentral F.
    static func fCDF(_ f: Double, df1: Double, df2: Double, noncentrality: Double) -> Double {
        if f <= 0 { return 0 }
        let ratio = df1 * f / df2
        return mixture(mean: noncentrality / 2) { j in
            ratio < 1
                ? betaI(ratio / (1 + ratio), df1 / 2 + j, df2 / 2)
                : betaIUpper(1 / (1 + ratio), df2 / 2, df1 / 2 + j)
        }
    }

    /// Σ Poisson(j) · term(j) from the Poisson's middle outwards, until what is
    /// left cannot matter. The terms fall with j and are at most 1.
    private static func mixture(mean: Double, _ term: (Double) -> Double) -> Double {
        if mean == 0 { return term(0) }
        let middle = mean.rounded(.down)
        var sum = CarefulSum()
        var j = middle
        while j >= 0 {
            let weight = exp(poissonLogDensity(j, mean: mean))
            sum.add(weight * term(j))
            if weight < 1e-300 { break }
            j -= 1
        }
        j = middle + 1
        while true {
            let weight = exp(poissonLogDensity(j, mean: mean))
            let part = weight * term(j)
            sum.add(part)
            if part <= 1e-17 * sum.value || weight < 1e-300 { break }
            j += 1
        }
        return min(1, sum.value)
    }

    /// The interval for a noncentrality that is not negative; nil where it
    /// would take too long.
    static func solve(
        statistic: Double, confidence: Double, cdf: (Double) -> Double
    ) -> ConfidenceInterval? {
        guard statistic >= 0, statistic < 2e4 else { return nil }
        let tail = (1 - confidence) / 2
        let central = cdf(0)
        func end(_ p: Double) -> Double? {
            if central <= p { return 0 }
            return FallingRoot.solve(p, from: 0, to: 2 * statistic + 10, growing: false, cdf)
        }
        guard let lower = end(1 - tail), let upper = end(tail) else { return nil }
        return ConfidenceInterval(lower: lower, upper: upper, confidence: confidence)
    }

    /// The interval of Cramér's V = √(λ / (n k)) or Cohen's w (k = 1).
    static func contingency(
        _ statistic: Double, df: Double, n: Double, k: Double, confidence: Double
    ) -> ConfidenceInterval? {
        solve(statistic: statistic, confidence: confidence) {
            chiSquaredCDF(statistic, df: df, noncentrality: $0)
        }.map {
            ConfidenceInterval(
                lower: ($0.lower / (n * k)).squareRoot(),
                upper: ($0.upper / (n * k)).squareRoot(), confidence: confidence)
        }
    }

    /// The interval of η² = λ / (λ + n) (J. H. Steiger, "Beyond the F test",
    /// 2004).
    static func explainedShare(
        _ f: Double, df1: Double, df2: Double, n: Double, confidence: Double
    ) -> ConfidenceInterval? {
        solve(statistic: f * df1, confidence: confidence) {
            fCDF(f, df1: df1, df2: df2, noncentrality: $0)
        }.map {
            ConfidenceInterval(
                lower: $0.lower / ($0.lower + n), upper: $0.upper / ($0.upper + n),
                confidence: confidence)
        }
    }
}

/// Where a falling function takes a value, by the false position with
/// Illinois's remedy: an end that stays has its value halved (M. Dowell,
/// P. Jarratt, 1971).
enum FallingRoot {
    /// - Parameter growing: Whether the lower end may be moved down; the upper
    ///   end is moved up as needed.
    static func solve(
        _ target: Double, from start: Double, to end: Double, growing: Bool,
        _ function: (Double) -> Double
    ) -> Double? {
        func excess(_ x: Double) -> Double { function(x) - target }
        var (low, high) = (start, end)
        var width = high - low
        var (above, below) = (excess(low), excess(high))
        for _ in 0..<20 where (growing && above < 0) || below > 0 {
            width *= 2
            if growing, above < 0 { (low, above) = (low - width, excess(low - width)) }
            if below > 0 { (high, below) = (high + width, excess(high + width)) }
        }
        guard above >= 0, below <= 0 else { return nil }
        var side = 0
        for _ in 0..<200 where high - low > 1e-13 * max(1, abs(low)) {
            let guess = (low * below - high * above) / (below - above)
            let middle = guess > low && guess < high ? guess : (low + high) / 2
            let value = excess(middle)
            if value == 0 { return middle }
            if value > 0 {
                (low, above) = (middle, value)
                if side == 1 { below /= 2 }
                side = 1
            } else {
                (high, below) = (middle, value)
                if side == -1 { above /= 2 }
                side = -1
            }
            if abs(value) < 1e-15 { break }
        }
        return above < -below ? low : high
    }
}
