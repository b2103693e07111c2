// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The Mann–Whitney U test (Wilcoxon's rank-sum test): does one of two
/// independent samples tend to larger values?
///
///     try mannWhitney(treated, control)
///
/// The statistic is the U of x: the number of pairs in which x is larger, ties
/// counting half. Exact by counting, with ties too, where that is quick;
/// otherwise normal with corrections for ties and continuity. Estimates the
/// shift (the median of all differences, J. L. Hodges and E. L. Lehmann);
/// effects are P(x > y) and the rank-biserial correlation, with DeLong's
/// standard error on the logit scale. NaN counts as missing.
/// - Throws: `ParameterError` with an empty sample, or when exact counting is
///   asked of more data than it can do.
public func mannWhitney(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided,
    method: TestMethod = .automatic, continuityCorrection: Bool = true,
    confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    try TestSample.check(confidence: confidence)
    let first = try TestSample(x, "x", minimum: 1, finite: false)
    let second = try TestSample(y, "y", minimum: 1, finite: false)
    let (a, b) = (first.values, second.values)
    let (n, m) = (Double(a.count), Double(b.count))
    let ranking = Ranking(a + b)
    let rankSum = CarefulSum.sum(ranking.ranks.prefix(a.count))
    let u = rankSum - n * (n + 1) / 2
    var notes = first.notes + second.notes

    let work = RankSumDistribution.work(total: a.count + b.count, chosen: a.count)
    if method == .exact, work > 2e9 {
        throw ParameterError(
            "method", is: "exact for \(a.count) and \(b.count) values",
            mustBe: "asymptotic for so many")
    }
    let isExact = method == .exact || (method == .automatic && work <= 5e7)
    let sigma = normalDeviation(n, m, tieSum: ranking.tieSum)
    let pValue: Double
    var nullDistribution: RankSumDistribution?
    if isExact {
        // The smaller sample is counted; its sum mirrors the other's.
        let small = a.count <= b.count
        let distribution = RankSumDistribution(
            ranks: ranking.ranks, chosen: small ? a.count : b.count)
        nullDistribution = ranking.ties.isEmpty ? distribution : nil
        let sum = small ? rankSum : (n + m) * (n + m + 1) / 2 - rankSum
        let (lower, upper) = (distribution.lower(sum), distribution.upper(sum))
        pValue =
            small
            ? alternative.pValue(lower: lower, upper: upper)
            : alternative.pValue(lower: upper, upper: lower)
    } else {
        pValue = normalPValue(u, n * m / 2, sigma, alternative, continuityCorrection)
    }

    var shift: TestEstimate?
    if (a + b).allSatisfy(\.isFinite) {
        let differences = PairStatistics.differences(a, b)
        let tail = alternative == .twoSided ? (1 - confidence) / 2 : 1 - confidence
        let k = shiftIndex(a.count, b.count, tail: tail, sigma: sigma, nullDistribution)
        let interval = differences.interval(k, alternative, confidence)
        if interval == nil { notes.append("too few values for an interval of this confidence") }
        shift = TestEstimate("shift", differences.median, interval)
    } else {
        notes.append("no shift estimated: infinite values")
    }
    let effects = rankEffects(a, b, ranking.ranks, u, confidence)
    return TestResult(
        name: "Mann–Whitney U test", hypothesis: "neither sample tends to larger values",
        alternative: alternative, statistic: ("U", u), pValue: pValue,
        method: isExact
            ? (ranking.ties.isEmpty
                ? "exact distribution" : "exact distribution, conditional on the ties")
            : "normal approximation"
                + (ranking.ties.isEmpty ? "" : ", corrected for ties")
                + (continuityCorrection ? ", continuity corrected" : ""),
        estimates: shift.map { [$0] } ?? [],
        effects: effects, sampleSizes: [a.count, b.count], hasTies: !ranking.ties.isEmpty,
        notes: notes)
}

/// The standard deviation of U under the hypothesis.
private func normalDeviation(_ n: Double, _ m: Double, tieSum: Double) -> Double {
    let total = n + m
    let correction = total > 1 ? tieSum / (total * (total - 1)) : 0
    return (n * m / 12 * (total + 1 - correction)).squareRoot()
}

/// The p-value of a rank statistic by its normal limit; 1 when the statistic
/// cannot vary.
func normalPValue(
    _ value: Double, _ mean: Double, _ sigma: Double, _ alternative: Alternative,
    _ continuityCorrection: Bool
) -> Double {
    guard sigma > 0 else { return 1 }
    let correction = continuityCorrection ? 0.5 : 0
    let distance = value - mean
    return switch alternative {
    case .twoSided: min(1, 2 * Tail.normal((abs(distance) - correction) / sigma))
    case .less: Tail.normal(-(distance + correction) / sigma)
    case .greater: Tail.normal((distance - correction) / sigma)
    }
}

/// How many differences to go in from each end for an interval of the shift;
/// 0 when there are too few for the confidence.
private func shiftIndex(
    _ n: Int, _ m: Int, tail: Double, sigma: Double, _ distribution: RankSumDistribution?
) -> Int {
    guard let distribution else {
        let z = Tail.normalQuantile(tail)
        let k = (Double(n) * Double(m) / 2 - z * sigma).rounded(.down)
        return max(0, Int(k))
    }
    let small = min(n, m)
    let least = Double(small) * Double(small + 1) / 2
    var k = 0
    // The largest k with P(U ≤ k − 1) ≤ tail.
    while k <= n * m / 2, distribution.lower(least + Double(k)) <= tail * (1 + 1e-12) { k += 1 }
    return k
}

/// P(x > y) + P(x = y) / 2 and the rank-biserial correlation. The standard
/// error comes from the placements of each value in the other sample
/// (E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, 1988).
private func rankEffects(
    _ x: [Double], _ y: [Double], _ ranks: [Double], _ u: Double, _ confidence: Double
) -> [TestEstimate] {
    let (n, m) = (Double(x.count), Double(y.count))
    let p = u / (n * m)
    var interval: ConfidenceInterval?
    if p > 0, p < 1, n > 1, m > 1 {
        let (own1, own2) = (Ranking(x).ranks, Ranking(y).ranks)
        let placements1 = x.indices.map { (ranks[$0] - own1[$0]) / m }
        let placements2 = y.indices.map { (ranks[x.count + $0] - own2[$0]) / n }
        let error = (variance(placements1) / n + variance(placements2) / m).squareRoot()
        let reach = Tail.normalQuantile((1 - confidence) / 2) * error / (p * (1 - p))
        let logit = log(p / (1 - p))
        interval = ConfidenceInterval(
            lower: 1 / (1 + exp(reach - logit)), upper: 1 / (1 + exp(-logit - reach)),
            confidence: confidence)
    }
    let biserial = interval.map {
        ConfidenceInterval(
            lower: 2 * $0.lower - 1, upper: 2 * $0.upper - 1, confidence: confidence)
    }
    return [
        TestEstimate("rank-biserial correlation", 2 * p - 1, biserial),
        TestEstimate("P(x > y)", p, interval),
    ]
}
