// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The distribution of a sum of ranks when every choice of `count` of them is
/// equally likely: the exact null distribution of the Mann–Whitney test, with
/// ties too. Counts subsets by their sum, one rank after the other (the
/// shift algorithm of B. Streitberg and J. Röhmel, 1986).
struct RankSumDistribution {
    /// Sums are counted in halves, so that shared ranks are whole.
    private let lowest: Int
    private let probabilities: [Double]

    /// The additions needed: what decides whether to count at all.
    static func work(total: Int, chosen: Int) -> Double {
        let k = Double(min(chosen, total - chosen))
        return Double(total) * k * k * (Double(total) - k) * 2
    }

    init(ranks: [Double], chosen count: Int) {
        let doubled = ranks.map { Int((2 * $0).rounded()) }.sorted()
        lowest = doubled.prefix(count).reduce(0, +)
        let highest = doubled.suffix(count).reduce(0, +)
        let width = highest + 1
        // counts[k][s]: subsets of k ranks with the sum s. What can be counted
        // in a reasonable time is far from overflow.
        var counts = [[Double]](repeating: [], count: count + 1)
        for k in 0...count { counts[k] = [Double](repeating: 0, count: width) }
        counts[0][0] = 1
        for (seen, rank) in doubled.enumerated() {
            for k in stride(from: min(count, seen + 1), through: 1, by: -1) {
                for s in stride(from: width - 1, through: rank, by: -1) {
                    counts[k][s] += counts[k - 1][s - rank]
                }
            }
        }
        let all = Array(counts[count][min(lowest, width - 1)...])
        let total = all.reduce(0, +)
        probabilities = all.map { $0 / total }
    }

    /// P(sum ≤ s).
    func lower(_ sum: Double) -> Double {
        let end = Int((2 * sum).rounded()) - lowest
        guard end >= 0 else { return 0 }
        guard end < probabilities.count - 1 else { return 1 }
        return min(1, probabilities[...end].reduce(0, +))
    }

    /// P(sum ≥ s).
    func upper(_ sum: Double) -> Double {
        let start = Int((2 * sum).rounded()) - lowest
        guard start > 0 else { return 1 }
        guard start < probabilities.count else { return 0 }
        return min(1, probabilities[start...].reversed().reduce(0, +))
    }
}
