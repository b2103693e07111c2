// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The test of Pearson's correlation: do two measurements go together along a
/// line? Exact for normal data; the interval is R. A. Fisher's, by z = artanh r.
/// NaN counts as missing, pair by pair.
/// - Throws: `ParameterError` for lists of different lengths, fewer than three
///   pairs, a constant list, or an infinite value.
public func pearsonCorrelation(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided,
    confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    try TestSample.check(confidence: confidence)
    let pairs = try TestSample.pairs(x, y, minimum: 3)
    let r = try correlation(pairs.x, pairs.y)
    try requireVariation(r, pairs.x, pairs.y)
    return correlationResult(
        r, pairs.x.count, alternative, name: "Pearson's correlation",
        hypothesis: "the correlation is zero", estimate: "r",
        interval: fisherInterval(r, Double(pairs.x.count), alternative, confidence),
        hasTies: false, notes: pairs.notes)
}

/// The test of Spearman's rank correlation: do two measurements rise
/// together? The p-value is that of Student's t for the correlation of the
/// ranks, good from about ten pairs. NaN counts as missing, pair by pair.
/// - Throws: `ParameterError` for lists of different lengths, fewer than three
///   pairs, or a constant list.
public func spearmanCorrelation(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided
) throws(ParameterError) -> TestResult {
    let pairs = try TestSample.pairs(x, y, minimum: 3, finite: false)
    let (a, b) = (Ranking(pairs.x), Ranking(pairs.y))
    let r = try correlation(a.ranks, b.ranks)
    try requireVariation(r, pairs.x, pairs.y)
    return correlationResult(
        r, pairs.x.count, alternative, name: "Spearman's rank correlation",
        hypothesis: "the rank correlation is zero", estimate: "ρ", interval: nil,
        hasTies: !(a.ties.isEmpty && b.ties.isEmpty), notes: pairs.notes)
}

private func requireVariation(
    _ r: Double, _ x: [Double], _ y: [Double]
) throws(ParameterError) {
    guard r.isNaN else { return }
    let name = x.allSatisfy { $0 == x[0] } ? "x" : "y"
    throw ParameterError(name, is: "constant", mustBe: "of some variation, to correlate")
}

private func correlationResult(
    _ r: Double, _ n: Int, _ alternative: Alternative, name: String, hypothesis: String,
    estimate: String, interval: ConfidenceInterval?, hasTies: Bool, notes: [String]
) -> TestResult {
    let df = Double(n - 2)
    let t = abs(r) < 1 ? r * (df / ((1 - r) * (1 + r))).squareRoot() : r * .infinity
    let pValue =
        switch alternative {
        case .twoSided: Tail.studentTwoSided(t, df)
        case .less: Tail.student(-t, df)
        case .greater: Tail.student(t, df)
        }
    return TestResult(
        name: name, hypothesis: hypothesis, alternative: alternative, statistic: ("t", t),
        degreesOfFreedom: [df], pValue: pValue, method: "Student's t distribution",
        estimates: [TestEstimate(estimate, r, interval)], sampleSizes: [n], hasTies: hasTies,
        notes: notes)
}

private func fisherInterval(
    _ r: Double, _ n: Double, _ alternative: Alternative, _ confidence: Double
) -> ConfidenceInterval? {
    guard n > 3 else { return nil }
    let z = alternative.interval(
        atanh(r), 1 / (n - 3).squareRoot(), confidence: confidence,
        upperQuantile: Tail.normalQuantile)
    return ConfidenceInterval(lower: tanh(z.lower), upper: tanh(z.upper), confidence: confidence)
}
