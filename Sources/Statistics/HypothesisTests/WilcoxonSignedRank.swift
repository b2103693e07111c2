// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Wilcoxon's signed-rank test of paired samples: are the differences x − y
/// symmetric about a given number?
///
/// The statistic is the sum of the ranks of the positive differences;
/// differences of zero are left out. Exact by counting, with ties too, up to
/// 200 differences; otherwise normal with corrections for ties and
/// continuity. Estimates the pseudomedian (the median of the means of all
/// pairs of differences); the effect is the matched-pairs rank-biserial
/// correlation. NaN counts as missing.
/// - Throws: `ParameterError` for lists of different lengths, without any
///   difference, or when exact counting is asked of more than 1000.
public func wilcoxonSignedRank(
    _ x: [Double], _ y: [Double], difference center: Double = 0,
    alternative: Alternative = .twoSided, method: TestMethod = .automatic,
    continuityCorrection: Bool = true, confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    let pairs = try TestSample.pairs(x, y, minimum: 1)
    return try signedRank(
        zip(pairs.x, pairs.y).map { $0 - $1 - center }, center, alternative, method,
        continuityCorrection, confidence, notes: pairs.notes, name: "paired")
}

/// Wilcoxon's signed-rank test of one sample: is it symmetric about a given
/// median?
public func wilcoxonSignedRank(
    _ x: [Double], median center: Double = 0, alternative: Alternative = .twoSided,
    method: TestMethod = .automatic, continuityCorrection: Bool = true,
    confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    let sample = try TestSample(x, "x", minimum: 1)
    return try signedRank(
        sample.values.map { $0 - center }, center, alternative, method, continuityCorrection,
        confidence, notes: sample.notes, name: "one sample")
}

private func signedRank(
    _ differences: [Double], _ center: Double, _ alternative: Alternative,
    _ method: TestMethod, _ continuityCorrection: Bool, _ confidence: Double, notes: [String],
    name: String
) throws(ParameterError) -> TestResult {
    try TestSample.check(confidence: confidence)
    guard center.isFinite else {
        throw ParameterError("center", is: center, mustBe: "finite")
    }
    let nonzero = differences.filter { $0 != 0 }
    var notes = notes
    let zeros = differences.count - nonzero.count
    if zeros > 0 { notes.append("\(zeros) difference\(zeros == 1 ? "" : "s") of zero left out") }
    guard !nonzero.isEmpty else {
        throw ParameterError("every difference", is: 0, mustBe: "different from zero somewhere")
    }
    let n = Double(nonzero.count)
    guard method != .exact || nonzero.count <= 1000 else {
        throw ParameterError(
            "method", is: "exact for \(nonzero.count) differences",
            mustBe: "asymptotic for so many")
    }
    let ranking = Ranking(nonzero.map(abs))
    let positive = CarefulSum.sum(zip(nonzero, ranking.ranks).filter { $0.0 > 0 }.map(\.1))
    let total = n * (n + 1) / 2
    let isExact = method == .exact || (method == .automatic && nonzero.count <= 200)
    let sigma = (n * (n + 1) * (2 * n + 1) / 24 - ranking.tieSum / 48).squareRoot()
    let pValue: Double
    if isExact {
        let tails = SignedRankDistribution(ranks: ranking.ranks).tails(positive)
        pValue = alternative.pValue(lower: tails.lower, upper: tails.upper)
    } else {
        pValue = normalPValue(positive, total / 2, sigma, alternative, continuityCorrection)
    }
    let tail = alternative == .twoSided ? (1 - confidence) / 2 : 1 - confidence
    let k = pseudomedianIndex(
        nonzero.count, tail: tail, sigma: sigma, exact: isExact && ranking.ties.isEmpty)
    let means = PairStatistics.means(nonzero)
    let interval = means.interval(k, alternative, confidence).map {
        ConfidenceInterval(
            lower: $0.lower + center, upper: $0.upper + center, confidence: confidence)
    }
    if interval == nil { notes.append("too few values for an interval of this confidence") }
    return TestResult(
        name: "Wilcoxon signed-rank test (\(name))",
        hypothesis: "the differences are symmetric about \(TestResult.text(center))",
        alternative: alternative, statistic: ("V", positive), pValue: pValue,
        method: isExact
            ? (ranking.ties.isEmpty
                ? "exact distribution" : "exact distribution, conditional on the ties")
            : "normal approximation" + (ranking.ties.isEmpty ? "" : ", corrected for ties")
                + (continuityCorrection ? ", continuity corrected" : ""),
        estimates: [TestEstimate("pseudomedian", means.median + center, interval)],
        effects: [TestEstimate("rank-biserial correlation", 2 * positive / total - 1)],
        sampleSizes: [nonzero.count], hasTies: !ranking.ties.isEmpty, notes: notes)
}

/// How many means of pairs to go in from each end for an interval of the
/// pseudomedian; 0 when there are too few for the confidence.
private func pseudomedianIndex(_ n: Int, tail: Double, sigma: Double, exact: Bool) -> Int {
    guard exact else {
        let center = Double(n) * Double(n + 1) / 4
        return max(0, Int((center - Tail.normalQuantile(tail) * sigma).rounded(.down)))
    }
    let distribution = SignedRankDistribution(ranks: (1...n).map(Double.init))
    var k = 0
    // The largest k with P(V ≤ k − 1) ≤ tail.
    while k <= n * (n + 1) / 4, distribution.tails(Double(k)).lower <= tail * (1 + 1e-12) { k += 1 }
    return k
}

/// The distribution of the sum of ranks of which each is in or out with
/// probability one half.
private struct SignedRankDistribution {
    private let probabilities: [Double]

    init(ranks: [Double]) {
        let doubled = ranks.map { Int((2 * $0).rounded()) }
        let width = doubled.reduce(0, +) + 1
        var p = [Double](repeating: 0, count: width)
        p[0] = 1
        var reached = 0
        for rank in doubled {
            reached += rank
            for s in stride(from: reached, through: 0, by: -1) {
                p[s] = (p[s] + (s >= rank ? p[s - rank] : 0)) / 2
            }
        }
        probabilities = p
    }

    func tails(_ sum: Double) -> (lower: Double, upper: Double) {
        let at = min(max(Int((2 * sum).rounded()), 0), probabilities.count - 1)
        return (
            min(1, probabilities[...at].reduce(0, +)),
            min(1, probabilities[at...].reversed().reduce(0, +))
        )
    }
}
