// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// R. A. Fisher's exact test of a two by two table: is the odds ratio one?
///
///     try fisherExact([[12, 5], [3, 14]])
///
/// Given the sums of rows and columns. Two-sided, the p-value adds up all
/// tables at most as probable as the one observed. The estimate is the
/// conditional maximum-likelihood odds ratio with its exact interval; the
/// sample's own ratio ad / bc is the second estimate.
/// - Throws: `ParameterError` for a table of another size, negative counts,
///   empty rows or columns, or counts so large that more than 100,000 tables
///   are possible (`chiSquared(table:)` is then as good).
public func fisherExact(
    _ table: [[Int]], alternative: Alternative = .twoSided, confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    try TestSample.check(confidence: confidence)
    guard table.count == 2, table.allSatisfy({ $0.count == 2 }) else {
        throw ParameterError("table", is: "\(table.count) rows", mustBe: "two by two")
    }
    for count in table.joined() where count < 0 || count > 1_000_000_000 {
        throw ParameterError("count", is: count, mustBe: "from 0 to 10^9")
    }
    let (a, b, c, d) = (table[0][0], table[0][1], table[1][0], table[1][1])
    for (name, sum) in [
        ("row 0", a + b), ("row 1", c + d), ("column 0", a + c), ("column 1", b + d),
    ] where sum == 0 {
        throw ParameterError("\(name) of the table", is: "empty", mustBe: "with counts in it")
    }
    guard let tables = TablesWithMargins(row0: a + b, row1: c + d, column0: a + c) else {
        throw ParameterError(
            "table", is: "one of more than 100000 with these sums", mustBe: "smaller")
    }
    let pValue =
        switch alternative {
        case .less: tables.tails(of: a, logOdds: 0).lower
        case .greater: tables.tails(of: a, logOdds: 0).upper
        case .twoSided: tables.twoSided(a)
        }
    let tail = alternative == .twoSided ? (1 - confidence) / 2 : 1 - confidence
    let interval = ConfidenceInterval(
        lower: alternative == .less || a == tables.least
            ? 0 : exp(tables.solve { tables.tails(of: a, logOdds: $0).upper - tail }),
        upper: alternative == .greater || a == tables.greatest
            ? .infinity : exp(tables.solve { tail - tables.tails(of: a, logOdds: $0).lower }),
        confidence: confidence)
    let estimate =
        a == tables.least
        ? 0
        : a == tables.greatest
            ? Double.infinity : exp(tables.solve { tables.mean(logOdds: $0) - Double(a) })
    let total = a + b + c + d
    return TestResult(
        name: "Fisher's exact test", hypothesis: "the odds ratio is one",
        alternative: alternative, pValue: pValue, method: "exact hypergeometric distribution",
        estimates: [
            TestEstimate("odds ratio (conditional)", estimate, interval),
            TestEstimate(
                "odds ratio of the sample", Double(a) / Double(b) * (Double(d) / Double(c))),
        ],
        sampleSizes: [total])
}

/// All two by two tables with given sums, told apart by their first cell.
private struct TablesWithMargins {
    let least: Int
    let greatest: Int
    /// Logarithms of the probabilities at odds ratio 1, relative to the mode's.
    private let logWeights: [Double]

    init?(row0: Int, row1: Int, column0: Int) {
        least = max(0, column0 - row1)
        greatest = min(row0, column0)
        guard greatest - least < 100_000 else { return nil }
        // Ratios of neighbours are exact; their product is good to a few
        // roundings for each step away from the mode.
        var weights = [0.0]
        var sum = CarefulSum()
        for k in least..<greatest {
            let up = Double(row0 - k) * Double(column0 - k)
            let down = Double(k + 1) * Double(row1 - column0 + k + 1)
            sum.add(log(up / down))
            weights.append(sum.value)
        }
        let top = weights.max() ?? 0
        logWeights = weights.map { $0 - top }
    }

    /// P(first cell ≤ k) and P(first cell ≥ k) at an odds ratio.
    func tails(of k: Int, logOdds: Double) -> (lower: Double, upper: Double) {
        let terms = probabilities(logOdds)
        let at = k - least
        var (below, above) = (CarefulSum(), CarefulSum())
        for term in terms[..<at] { below.add(term) }
        for term in terms[(at + 1)...] { above.add(term) }
        let total = below.value + terms[at] + above.value
        return ((below.value + terms[at]) / total, (above.value + terms[at]) / total)
    }

    func mean(logOdds: Double) -> Double {
        let terms = probabilities(logOdds)
        var (total, product) = (CarefulSum(), CarefulSum())
        for (offset, term) in terms.enumerated() {
            total.add(term)
            product.add(term, times: Double(least + offset))
        }
        return product.value / total.value
    }

    func twoSided(_ k: Int) -> Double {
        let limit = logWeights[k - least] + 1e-7
        var (all, extreme) = (CarefulSum(), CarefulSum())
        for weight in logWeights {
            let term = exp(weight)
            all.add(term)
            if weight <= limit { extreme.add(term) }
        }
        return extreme.value / all.value
    }

    private func probabilities(_ logOdds: Double) -> [Double] {
        let logs = logWeights.enumerated().map { $1 + Double($0) * logOdds }
        let top = logs.max() ?? 0
        return logs.map { exp($0 - top) }
    }

    /// The root of a function that rises with the logarithm of the odds.
    func solve(_ f: (Double) -> Double) -> Double {
        var (low, high) = (-1.0, 1.0)
        for _ in 0..<10 where f(low) > 0 { low *= 2 }
        for _ in 0..<10 where f(high) < 0 { high *= 2 }
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if f(middle) > 0 { high = middle } else { low = middle }
        }
        return (low + high) / 2
    }
}
