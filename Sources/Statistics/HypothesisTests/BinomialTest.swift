// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import SpecialFunctions

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The exact test of a proportion: can so many successes come from trials of a
/// given probability?
///
///     try binomialTest(successes: 7, trials: 20, probability: 0.5)
///
/// Two-sided, the p-value adds up all outcomes at most as probable as the one
/// observed. The first interval is C. J. Clopper's and E. S. Pearson's (1934),
/// never too short; the second E. B. Wilson's (1927), closer to its confidence.
/// - Throws: `ParameterError` for counts or a probability out of range.
public func binomialTest(
    successes: Int, trials: Int, probability p: Double = 0.5,
    alternative: Alternative = .twoSided, confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    try TestSample.check(confidence: confidence)
    guard trials >= 1, trials <= 1_000_000_000_000 else {
        throw ParameterError("trials", is: trials, mustBe: "from 1 to 10^12")
    }
    guard successes >= 0, successes <= trials else {
        throw ParameterError("successes", is: successes, mustBe: "from 0 to the \(trials) trials")
    }
    guard p >= 0, p <= 1 else { throw ParameterError("probability", is: p, mustBe: "from 0 to 1") }
    let tails = BinomialTails(n: trials, p: p)
    let pValue =
        switch alternative {
        case .less: tails.lower(successes)
        case .greater: tails.upper(successes)
        case .twoSided: tails.twoSided(successes)
        }
    let (n, k) = (Double(trials), Double(successes))
    let share = k / n
    let tail = alternative == .twoSided ? (1 - confidence) / 2 : 1 - confidence
    let exact = ConfidenceInterval(
        lower: successes == 0 || alternative == .less ? 0 : betaIInverse(tail, k, n - k + 1),
        upper: successes == trials || alternative == .greater
            ? 1 : betaIUpperInverse(tail, k + 1, n - k),
        confidence: confidence)
    return TestResult(
        name: "Binomial test", hypothesis: "the probability is \(TestResult.text(p))",
        alternative: alternative, statistic: ("successes", k), pValue: pValue,
        method: "exact binomial distribution",
        estimates: [
            TestEstimate("proportion (Clopper–Pearson interval)", share, exact),
            TestEstimate(
                "proportion (Wilson interval)", share,
                wilsonInterval(share, n, tail, alternative, confidence)),
        ],
        effects: [
            TestEstimate(
                "Cohen's h", 2 * asin(share.squareRoot()) - 2 * asin(p.squareRoot()))
        ],
        sampleSizes: [trials])
}

private func wilsonInterval(
    _ share: Double, _ n: Double, _ tail: Double, _ alternative: Alternative,
    _ confidence: Double
) -> ConfidenceInterval {
    let z = Tail.normalQuantile(tail)
    let scale = 1 + z * z / n
    let center = (share + z * z / (2 * n)) / scale
    let reach = z / scale * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return ConfidenceInterval(
        lower: alternative == .less || share == 0 ? 0 : max(0, center - reach),
        upper: alternative == .greater || share == 1 ? 1 : min(1, center + reach),
        confidence: confidence)
}

private struct BinomialTails {
    let n: Int
    let p: Double

    /// P(X ≤ k).
    func lower(_ k: Int) -> Double {
        k < 0 ? 0 : k >= n ? 1 : betaIUpper(p, Double(k) + 1, Double(n - k))
    }

    /// P(X ≥ k).
    func upper(_ k: Int) -> Double {
        k <= 0 ? 1 : k > n ? 0 : betaI(p, Double(k), Double(n - k) + 1)
    }

    private func logMass(_ k: Int) -> Double {
        if p == 0 || p == 1 { return (p == 0) == (k == 0) && (p == 1) == (k == n) ? 0 : -.infinity }
        return binomialLogDensity(Double(k), trials: Double(n), p: p, q: 1 - p)
    }

    /// P of all outcomes at most as probable as k, with the relative slack of
    /// 1e-7 that R and SciPy have for equal ones that rounding tells apart.
    func twoSided(_ k: Int) -> Double {
        if p == 0 { return k == 0 ? 1 : 0 }
        if p == 1 { return k == n ? 1 : 0 }
        let limit = logMass(k) + 1e-7
        let mode = min(n, Int((Double(n) + 1) * p))
        if k == mode || logMass(mode) <= limit { return 1 }
        if k < mode {
            // The mass falls from the mode on: find where it is as low again.
            var (low, high) = (mode, n + 1)
            while high - low > 1 {
                let middle = low + (high - low) / 2
                if logMass(middle) <= limit { high = middle } else { low = middle }
            }
            return lower(k) + upper(high)
        }
        var (low, high) = (-1, mode)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if logMass(middle) <= limit { low = middle } else { high = middle }
        }
        return lower(low) + upper(k)
    }
}
