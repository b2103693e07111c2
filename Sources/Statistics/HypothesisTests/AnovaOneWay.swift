// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// One-way analysis of variance: do the means of several groups differ?
///
///     try anovaOneWay([a, b, c])
///
/// Exact for normal data of equal variances. Effects: η² (the share of the
/// squares that lies between groups), its interval from noncentral F, and ω², less
/// biased. NaN counts as missing.
/// - Throws: `ParameterError` with fewer than two groups, an empty group, no
///   degrees of freedom within, or data constant within all groups.
public func anovaOneWay(
    _ groups: [[Double]], confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    try TestSample.check(confidence: confidence)
    let samples = try groupSamples(groups, minimum: 1, finite: true)
    let all = samples.flatMap(\.values)
    let (k, n) = (Double(samples.count), Double(all.count))
    guard n > k else {
        throw ParameterError("groups", is: "of one value each", mustBe: "of several values")
    }
    let grand = CarefulMean(all)
    var between = CarefulSum()
    var within = CarefulSum()
    for sample in samples {
        let own = CarefulMean(sample.values)
        let distance = (own.high - grand.high) + (own.low - grand.low)
        between.add(Double(sample.values.count) * distance, times: distance)
        within.add(sumOfSquares(sample.values))
    }
    let (ssBetween, ssWithin) = (between.value, within.value)
    guard ssWithin.isFinite, ssBetween.isFinite else {
        throw ParameterError(
            "groups", is: "too large to square", mustBe: "scaled down, below 1e150")
    }
    let scale = abs(grand.high) * 1e-15
    guard ssWithin > n * scale * scale, ssWithin > 0 else {
        throw ParameterError(
            "groups", is: "constant within each", mustBe: "of some variation within groups")
    }
    let (df1, df2) = (k - 1, n - k)
    let meanSquare = ssWithin / df2
    let f = ssBetween / df1 / meanSquare
    return TestResult(
        name: "One-way analysis of variance", hypothesis: "all group means are equal",
        statistic: ("F", f), degreesOfFreedom: [df1, df2], pValue: Tail.f(f, df1, df2),
        method: "F distribution",
        estimates: [
            TestEstimate("sum of squares between groups", ssBetween),
            TestEstimate("sum of squares within groups", ssWithin),
            TestEstimate("residual standard deviation", meanSquare.squareRoot()),
        ],
        effects: [
            TestEstimate(
                "η²", ssBetween / (ssBetween + ssWithin),
                NoncentralInterval.explainedShare(
                    f, df1: df1, df2: df2, n: n, confidence: confidence)),
            TestEstimate(
                "ω²", (ssBetween - df1 * meanSquare) / (ssBetween + ssWithin + meanSquare)),
        ],
        sampleSizes: samples.map(\.values.count), notes: samples.flatMap(\.notes))
}

/// The test of W. H. Kruskal and W. A. Wallis: does one of several groups tend
/// to larger values? The chi-squared limit of the rank statistic, corrected for
/// ties; good from about five values a group. Effect: ε² = H / (n − 1).
/// NaN counts as missing.
/// - Throws: `ParameterError` with fewer than two groups, an empty group, or
///   when all values are equal.
public func kruskalWallis(_ groups: [[Double]]) throws(ParameterError) -> TestResult {
    let samples = try groupSamples(groups, minimum: 1, finite: false)
    let all = samples.flatMap(\.values)
    let (k, n) = (Double(samples.count), Double(all.count))
    let ranking = Ranking(all)
    var sum = CarefulSum()
    var start = 0
    for sample in samples {
        let count = sample.values.count
        let mean = CarefulSum.sum(ranking.ranks[start..<start + count]) / Double(count)
        sum.add(Double(count) * (mean - (n + 1) / 2) * (mean - (n + 1) / 2))
        start += count
    }
    let correction = 1 - ranking.tieSum / (n * (n * n - 1))
    guard correction > 0 else {
        throw ParameterError("groups", is: "all of one value", mustBe: "of different values")
    }
    let h = 12 * sum.value / (n * (n + 1)) / correction
    return TestResult(
        name: "Kruskal–Wallis test", hypothesis: "no group tends to larger values",
        statistic: ("H", h), degreesOfFreedom: [k - 1], pValue: Tail.chiSquared(h, k - 1),
        method: "chi-squared distribution" + (ranking.ties.isEmpty ? "" : ", corrected for ties"),
        effects: [
            TestEstimate("ε²", h / (n - 1)), TestEstimate("η²", (h - k + 1) / (n - k)),
        ],
        sampleSizes: samples.map(\.values.count), hasTies: !ranking.ties.isEmpty,
        notes: samples.flatMap(\.notes))
}

private func groupSamples(
    _ groups: [[Double]], minimum: Int, finite: Bool
) throws(ParameterError) -> [TestSample] {
    guard groups.count >= 2 else {
        throw ParameterError("groups", is: "\(groups.count)", mustBe: "two or more")
    }
    var samples: [TestSample] = []
    for (index, group) in groups.enumerated() {
        samples.append(
            try TestSample(group, "group \(index + 1)", minimum: minimum, finite: finite))
    }
    return samples
}
