// SPDX-License-Identifier: GPL-3.0-or-later

import Distributions
import Errors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The Kolmogorov–Smirnov test of one sample: can it come from a given
/// continuous distribution?
///
///     try kolmogorovSmirnov(x, cdf: { normalCDF($0) })
///
/// The statistic is the largest distance between the empirical distribution
/// function and the given one: above it only (`.greater`), below it only
/// (`.less`), or both. The distribution must be fixed beforehand: with
/// parameters fitted to the same data the p-value is far too large. NaN counts
/// as missing.
/// - Throws: `ParameterError` for an empty sample, a CDF outside [0, 1], or when
///   the exact p-value is asked of more than 5000 values.
public func kolmogorovSmirnov(
    _ x: [Double], cdf: (Double) throws -> Double, alternative: Alternative = .twoSided,
    method: TestMethod = .automatic
) throws -> TestResult {
    let sample = try TestSample(x, "x", minimum: 1, finite: false)
    let sorted = sample.values.sorted()
    let n = sorted.count
    let count = Double(n)
    var (above, below) = (0.0, 0.0)
    for (i, value) in sorted.enumerated() {
        let f = try cdf(value)
        guard f >= 0, f <= 1 else {
            throw ParameterError("cdf(\(value))", is: f, mustBe: "from 0 to 1")
        }
        above = max(above, Double(i + 1) / count - f)
        below = max(below, f - Double(i) / count)
    }
    let d =
        switch alternative {
        case .twoSided: max(above, below)
        case .greater: above
        case .less: below
        }
    guard method != .exact || n <= 5000 else {
        throw ParameterError(
            "method", is: "exact for \(n) values", mustBe: "asymptotic for so many")
    }
    let isExact = method == .exact || (method == .automatic && n <= 2000)
    let pValue: Double
    switch (isExact, alternative) {
    case (true, .twoSided): pValue = KolmogorovDistribution.twoSidedUpper(d, n)
    case (true, _): pValue = KolmogorovDistribution.oneSidedUpper(d, n)
    case (false, .twoSided): pValue = KolmogorovDistribution.limitUpper(count.squareRoot() * d)
    case (false, _): pValue = exp(-2 * count * d * d)
    }
    var notes = sample.notes
    let hasTies = zip(sorted, sorted.dropFirst()).contains { $0 == $1 }
    if hasTies { notes.append("ties: a continuous distribution has none, so p is approximate") }
    return TestResult(
        name: "Kolmogorov–Smirnov test of one sample",
        hypothesis: "the sample comes from the given distribution", alternative: alternative,
        statistic: ("D", d), pValue: pValue,
        method: isExact ? "exact distribution" : "Kolmogorov's limit for many data",
        sampleSizes: [n], hasTies: hasTies, notes: notes)
}

/// The Kolmogorov–Smirnov test of one sample against a distribution whose
/// parameters are known beforehand.
public func kolmogorovSmirnov(
    _ x: [Double], against distribution: some ContinuousDistribution,
    alternative: Alternative = .twoSided, method: TestMethod = .automatic
) throws -> TestResult {
    try kolmogorovSmirnov(
        x, cdf: { distribution.cdf($0) }, alternative: alternative, method: method)
}

/// The Kolmogorov–Smirnov test of two samples: can they come from the same
/// distribution?
///
/// The statistic is the largest distance between the two empirical
/// distribution functions: that of x above that of y only (`.greater`: x tends
/// to be smaller), below only (`.less`), or both. Exact by counting paths,
/// given the ties, where that is quick. NaN counts as missing.
/// - Throws: `ParameterError` for an empty sample, or when the exact p-value is
///   asked of more than 10⁸ pairs.
public func kolmogorovSmirnov(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided,
    method: TestMethod = .automatic
) throws(ParameterError) -> TestResult {
    let first = try TestSample(x, "x", minimum: 1, finite: false)
    let second = try TestSample(y, "y", minimum: 1, finite: false)
    let (a, b) = (first.values.sorted(), second.values.sorted())
    let (n, m) = (a.count, b.count)
    var ends = [Bool](repeating: true, count: n + m + 1)
    var (above, below) = (0, 0)
    var (i, j) = (0, 0)
    var hasTies = false
    while i < n || j < m {
        let value = j == m || (i < n && a[i] <= b[j]) ? a[i] : b[j]
        let start = i + j
        while i < n, a[i] == value { i += 1 }
        while j < m, b[j] == value { j += 1 }
        if i + j > start + 1 {
            hasTies = true
            for inside in (start + 1)..<(i + j) { ends[inside] = false }
        }
        above = max(above, i * m - j * n)
        below = max(below, j * n - i * m)
    }
    let difference =
        switch alternative {
        case .twoSided: max(above, below)
        case .greater: above
        case .less: below
        }
    let pairs = Double(n) * Double(m)
    guard method != .exact || pairs <= 1e8 else {
        throw ParameterError(
            "method", is: "exact for \(n) and \(m) values", mustBe: "asymptotic for so many")
    }
    let isExact = method == .exact || (method == .automatic && pairs <= 1e7)
    let d = Double(difference) / pairs
    let size = pairs / Double(n + m)
    let pValue: Double
    switch (isExact, alternative) {
    case (true, _):
        pValue = KolmogorovDistribution.twoSampleUpper(
            n, m, ends: ends, difference: difference, alternative)
    case (false, .twoSided): pValue = KolmogorovDistribution.limitUpper(size.squareRoot() * d)
    case (false, _): pValue = exp(-2 * size * d * d)
    }
    var notes = first.notes + second.notes
    if hasTies, !isExact { notes.append("ties: p is too large by some, unless exact") }
    return TestResult(
        name: "Kolmogorov–Smirnov test of two samples",
        hypothesis: "both samples come from the same distribution", alternative: alternative,
        statistic: ("D", d), pValue: pValue,
        method: isExact
            ? (hasTies ? "exact distribution, conditional on the ties" : "exact distribution")
            : "Kolmogorov's limit for many data",
        sampleSizes: [n, m], hasTies: hasTies, notes: notes)
}
