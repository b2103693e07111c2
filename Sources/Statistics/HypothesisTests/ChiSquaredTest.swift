// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Pearson's chi-squared test of goodness of fit: do counts in categories
/// follow given probabilities?
///
///     try chiSquared([16, 18, 16, 14, 12, 12])               // a fair die?
///     try chiSquared([30, 14], probabilities: [0.75, 0.25])
///
/// Effect: Cohen's w = √(χ² / n), its interval from noncentral chi-squared.
/// - Parameters:
///   - probabilities: Of the categories; brought to the sum 1. Nil is equal ones.
///   - estimatedParameters: How many parameters of the probabilities were
///     fitted to the counts: so many degrees of freedom less.
/// - Throws: `ParameterError` with fewer than two categories, negative or
///   non-finite counts, no counts at all, or probabilities that do not fit.
public func chiSquared(
    _ counts: [Double], probabilities: [Double]? = nil, estimatedParameters: Int = 0,
    confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    try TestSample.check(confidence: confidence)
    guard counts.count >= 2 else {
        throw ParameterError("counts", is: "\(counts.count) long", mustBe: "two categories or more")
    }
    let n = try total(counts)
    let shares = probabilities ?? counts.map { _ in 1 }
    guard shares.count == counts.count else {
        throw ParameterError(
            "probabilities", is: "\(shares.count) long",
            mustBe: "\(counts.count) long, as the counts"
        )
    }
    for share in shares where !(share > 0 && share.isFinite) {
        throw ParameterError("probability", is: share, mustBe: "positive")
    }
    let df = counts.count - 1 - estimatedParameters
    guard estimatedParameters >= 0, df >= 1 else {
        throw ParameterError(
            "estimatedParameters", is: estimatedParameters,
            mustBe: "from 0 to \(counts.count - 2) for \(counts.count) categories")
    }
    let sum = CarefulSum.sum(shares)
    let expected = shares.map { n * $0 / sum }
    let statistic = CarefulSum.sum(
        zip(counts, expected).map { ($0 - $1) * ($0 - $1) / $1 })
    return TestResult(
        name: "Chi-squared test of goodness of fit",
        hypothesis: probabilities == nil
            ? "all categories are equally probable" : "the categories have the given probabilities",
        statistic: ("χ²", statistic), degreesOfFreedom: [Double(df)],
        pValue: Tail.chiSquared(statistic, Double(df)), method: "chi-squared distribution",
        effects: [
            TestEstimate(
                "Cohen's w", (statistic / n).squareRoot(),
                NoncentralInterval.contingency(
                    statistic, df: Double(df), n: n, k: 1, confidence: confidence))
        ],
        sampleSizes: [wholeNumber(n)], notes: smallCountNote(expected))
}

/// Pearson's chi-squared test of independence: do the columns of a table of
/// counts have the same distribution in every row?
///
///     try chiSquared(table: [[12, 5], [3, 14]], yates: true)
///
/// Effect: Cramér's V (from the uncorrected statistic), its interval from
/// noncentral chi-squared; of a two by two table also the odds ratio, with
/// B. Woolf's interval.
/// - Parameter yates: Continuity correction, of two by two tables only. It
///   makes the test conservative; `fisherExact` is the exact one.
/// - Throws: `ParameterError` when the table is ragged, has fewer than two rows
///   or columns, negative or non-finite counts, or an empty row or column.
public func chiSquared(
    table: [[Double]], yates: Bool = false, confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    try TestSample.check(confidence: confidence)
    let columns = table.first?.count ?? 0
    guard table.count >= 2, columns >= 2 else {
        throw ParameterError(
            "table", is: "\(table.count) by \(columns)", mustBe: "two by two or larger")
    }
    for row in table where row.count != columns {
        throw ParameterError(
            "a row of the table", is: "\(row.count) long", mustBe: "\(columns) long")
    }
    guard !yates || (table.count == 2 && columns == 2) else {
        throw ParameterError(
            "yates", is: "true for a \(table.count) by \(columns) table",
            mustBe: "false unless 2 by 2")
    }
    let n = try total(Array(table.joined()))
    let rowSums = table.map { CarefulSum.sum($0) }
    let columnSums = (0..<columns).map { column in CarefulSum.sum(table.map { $0[column] }) }
    for (kind, sums) in [("row", rowSums), ("column", columnSums)] {
        if let empty = sums.firstIndex(of: 0) {
            throw ParameterError("\(kind) \(empty) of the table", is: "empty", mustBe: "left out")
        }
    }
    var plain = CarefulSum()
    var corrected = CarefulSum()
    var expected: [Double] = []
    for (row, rowSum) in zip(table, rowSums) {
        for (count, columnSum) in zip(row, columnSums) {
            let mean = rowSum / n * columnSum
            expected.append(mean)
            let distance = abs(count - mean)
            plain.add(distance * distance / mean)
            let less = distance - min(0.5, distance)
            corrected.add(less * less / mean)
        }
    }
    let statistic = yates ? corrected.value : plain.value
    let df = Double((table.count - 1) * (columns - 1))
    let smaller = Double(min(table.count, columns) - 1)
    let v = (plain.value / n / smaller).squareRoot()
    var estimates: [TestEstimate] = []
    if table.count == 2, columns == 2 {
        estimates.append(
            oddsRatio(table[0][0], table[0][1], table[1][0], table[1][1], confidence))
    }
    return TestResult(
        name: "Chi-squared test of independence",
        hypothesis: "rows and columns are independent", statistic: ("χ²", statistic),
        degreesOfFreedom: [df], pValue: Tail.chiSquared(statistic, df),
        method: "chi-squared distribution" + (yates ? ", Yates's continuity correction" : ""),
        estimates: estimates,
        effects: [
            TestEstimate(
                "Cramér's V", min(1, v),
                NoncentralInterval.contingency(
                    plain.value, df: df, n: n, k: smaller, confidence: confidence))
        ],
        sampleSizes: [wholeNumber(n)], notes: smallCountNote(expected))
}

/// ad / bc with the interval of its logarithm's standard error (B. Woolf,
/// 1955), where no cell is empty.
private func oddsRatio(
    _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ confidence: Double
) -> TestEstimate {
    let ratio = (a / b) * (d / c)
    guard a > 0, b > 0, c > 0, d > 0 else {
        return TestEstimate("odds ratio", ratio)
    }
    let error = (1 / a + 1 / b + 1 / c + 1 / d).squareRoot()
    let factor = exp(Tail.normalQuantile((1 - confidence) / 2) * error)
    return TestEstimate(
        "odds ratio", ratio,
        ConfidenceInterval(lower: ratio / factor, upper: ratio * factor, confidence: confidence))
}

private func total(_ counts: [Double]) throws(ParameterError) -> Double {
    for count in counts where !(count >= 0 && count <= 1e15) {
        throw ParameterError("count", is: count, mustBe: "from 0 to 1e15")
    }
    let n = CarefulSum.sum(counts)
    guard n > 0 else { throw ParameterError("sum of the counts", is: 0, mustBe: "positive") }
    return n
}

func wholeNumber(_ n: Double) -> Int { Int(min(n.rounded(), 1e18)) }

private func smallCountNote(_ expected: [Double]) -> [String] {
    let small = expected.count { $0 < 5 }
    guard small > 0 else { return [] }
    return [
        "\(small) of \(expected.count) expected counts below 5: the p-value is approximate"
    ]
}
