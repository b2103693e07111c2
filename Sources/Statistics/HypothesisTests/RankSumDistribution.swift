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
    /// Sums are counted in ones, or in halves where ranks are shared.
    private let scale: Double
    private let lowest: Int
    private let probabilities: [Double]

    /// About how many additions it takes: what decides whether to count at all.
    static func work(total: Int, chosen: Int) -> Double {
        let k = Double(min(chosen, total - chosen))
        return Double(total) * k * k * (Double(total) - k) / 2
    }

    init(ranks: [Double], chosen count: Int) {
        scale = ranks.allSatisfy { $0 == $0.rounded() } ? 1 : 2
        let scale = scale
        let whole = ranks.map { Int((scale * $0).rounded()) }.sorted()
        lowest = whole.prefix(count).reduce(0, +)
        let width = whole.suffix(count).reduce(0, +) + 1
        // Row k counts the subsets of k of the ranks seen so far by their sums,
        // which lie from least[k] to greatest[k]. What can be counted in a
        // reasonable time is far from overflow.
        var counts = [Double](repeating: 0, count: (count + 1) * width)
        counts[0] = 1
        var least = [Int](repeating: 0, count: count + 1)
        var greatest = [Int](repeating: -1, count: count + 1)
        greatest[0] = 0
        counts.withUnsafeMutableBufferPointer { counts in
            for (seen, rank) in whole.enumerated() {
                for k in stride(from: min(count, seen + 1), through: 1, by: -1) {
                    let (from, to) = (least[k - 1], greatest[k - 1])
                    guard from <= to else { continue }
                    let source = (k - 1) * width
                    let target = k * width + rank
                    for s in from...to { counts[target + s] += counts[source + s] }
                    least[k] = greatest[k] < 0 ? from + rank : min(least[k], from + rank)
                    greatest[k] = max(greatest[k], to + rank)
                }
            }
        }
        let all = Array(counts[(count * width + lowest)...])
        let total = all.reduce(0, +)
        probabilities = all.map { $0 / total }
    }

    /// P(sum ≤ s).
    func lower(_ sum: Double) -> Double {
        let end = Int((scale * sum).rounded()) - lowest
        guard end >= 0 else { return 0 }
        guard end < probabilities.count - 1 else { return 1 }
        return min(1, probabilities[...end].reduce(0, +))
    }

    /// P(sum ≥ s).
    func upper(_ sum: Double) -> Double {
        let start = Int((scale * sum).rounded()) - lowest
        guard start > 0 else { return 1 }
        guard start < probabilities.count else { return 0 }
        return min(1, probabilities[start...].reversed().reduce(0, +))
    }
}
