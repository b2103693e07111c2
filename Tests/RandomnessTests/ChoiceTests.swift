// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import Randomness

@Suite struct ChoiceTests {
    /// Pearson's statistic of the outcomes, in deviations from its mean: above
    /// 8 with probability below 1e-6 (a gamma's tail, for 3 and more degrees).
    private func surprise<Outcome: Hashable>(
        _ draws: Int, _ probabilities: [Outcome: Double], _ draw: () throws -> Outcome
    ) rethrows -> Double {
        var counts: [Outcome: Int] = [:]
        for _ in 0..<draws { counts[try draw(), default: 0] += 1 }
        guard counts.keys.allSatisfy({ probabilities[$0, default: 0] > 0 }) else {
            return .infinity
        }
        let possible = probabilities.filter { $0.value > 0 }
        let chi = possible.reduce(0.0) { sum, cell in
            let expected = cell.value * Double(draws)
            let difference = Double(counts[cell.key, default: 0]) - expected
            return sum + difference * difference / expected
        }
        let freedom = Double(possible.count - 1)
        return (chi - freedom) / (2 * freedom).squareRoot()
    }

    @Test(arguments: [
        [1.0], [1, 1], [0, 1], [0.5, 0.3, 0.2], [1, 0, 2, 0, 3, 0, 0], [1e-300, 1e300, 1e300],
        [.greatestFiniteMagnitude, .greatestFiniteMagnitude], [0x1p-1060, 0x3p-1060],
        (1...1000).map { 1 / Double($0) },
    ]) func aliasTableHoldsTheProbabilities(_ weights: [Double]) throws {
        let table = try AliasTable(weights)
        var shares = weights.map { _ in 0.0 }
        for (i, threshold) in table.thresholds.enumerated() {
            let own = threshold == .max ? 1 : Double(threshold) * 0x1p-64
            shares[i] += own
            shares[table.aliases[i]] += 1 - own
        }
        let largest = weights.max() ?? 0
        let total = weights.reduce(0) { $0 + $1 / largest }
        for (share, weight) in zip(shares, weights) {
            let expected = weight / largest / total
            #expect(abs(share / Double(weights.count) - expected) < 1e-15)
            if weight == 0 { #expect(share == 0) }
        }
    }

    @Test func aliasTableDraws() throws {
        let generator = RandomGenerator(seed: 40)
        let table = try AliasTable([1, 2, 0, 3, 4])
        let p = [0: 0.1, 1: 0.2, 3: 0.3, 4: 0.4]
        #expect(surprise(100_000, p) { table.draw(using: generator) } < 8)
        for weights in [[], [0, 0], [1, -1], [.nan], [.infinity, 1]] {
            #expect(throws: ParameterError.self) { try AliasTable(weights) }
        }
    }

    @Test func ordersAreEquallyLikely() throws {
        let generator = RandomGenerator(seed: 41)
        var orders: [[Int]: Double] = [:]
        for a in 0..<4 {
            for b in 0..<4 where b != a {
                for c in 0..<4 where c != a && c != b {
                    orders[[a, b, c, 6 - a - b - c]] = 1.0 / 24
                }
            }
        }
        #expect(surprise(48_000, orders) { generator.permutation(4) } < 8)
        var pairs: [[Int]: Double] = [:]
        for a in 0..<5 { for b in 0..<5 where b != a { pairs[[a, b]] = 1.0 / 20 } }
        #expect(try surprise(40_000, pairs) { try generator.choose(2, below: 5) } < 8)
        let all = try generator.choose(1_000, below: 1_000)
        #expect(all.sorted() == Array(0..<1_000))
        let few = try generator.choose(1_000, below: Int.max)
        #expect(Set(few).count == 1_000)
        #expect(generator.permutation(-1).isEmpty)
        #expect(try generator.choose(3, from: ["a"], replacing: true) == ["a", "a", "a"])
        #expect(try generator.choose(0, below: 0).isEmpty)
        for (count, n, replacing) in [(-1, 3, true), (4, 3, false), (1, 0, true), (1, -5, false)] {
            #expect(throws: ParameterError.self) {
                try generator.choose(count, below: n, replacing: replacing)
            }
        }
    }

    @Test func weightsOfWhatIsLeft() throws {
        let generator = RandomGenerator(seed: 42)
        let weights = [1.0, 2, 0, 3]
        var pairs: [[Int]: Double] = [:]
        for a in [0, 1, 3] {
            for b in [0, 1, 3] where b != a {
                pairs[[a, b]] = weights[a] / 6 * weights[b] / (6 - weights[a])
            }
        }
        #expect(try surprise(60_000, pairs) { try generator.choose(2, weights: weights) } < 8)
        #expect(throws: ParameterError.self) { try generator.choose(4, weights: weights) }
        #expect(try generator.choose(50, weights: [0, 1], replacing: true).allSatisfy { $0 == 1 })
    }

    @Test func latinHypercubesHaveOneInEachInterval() throws {
        let points = try RandomGenerator(seed: 43).latinHypercube(50, dimension: 3)
        #expect(points.count == 50)
        for d in 0..<3 {
            #expect(points.map { Int($0[d] * 50) }.sorted() == Array(0..<50))
        }
        #expect(points.map { $0[0] } != points.map { $0[1] })
        #expect(throws: ParameterError.self) {
            try RandomGenerator(seed: 43).latinHypercube(5, dimension: 0)
        }
    }

    /// Words of 256 streams in turn: bytes by chi-squared, and the bits in which
    /// neighbours differ; each within 5.3 deviations, probability 1e-7.
    @Test func streamsInterleaved() {
        let root = StreamKey(seed: 44)
        let streams = (0..<256).map { RandomGenerator(root.child($0)) }
        var (counts, differing, last) = ([Int](repeating: 0, count: 256), 0, UInt64(0))
        let rounds = 2_000
        for _ in 0..<rounds {
            for stream in streams {
                let word = stream.next()
                for shift in stride(from: UInt64(0), to: 64, by: 8) {
                    counts[Int(word >> shift & 255)] += 1
                }
                differing += (word ^ last).nonzeroBitCount
                last = word
            }
        }
        let words = Double(256 * rounds)
        let chi = counts.reduce(0.0) {
            $0 + (Double($1) - words / 32) * (Double($1) - words / 32) / (words / 32)
        }
        #expect(abs(chi - 255) < deviations * 510.0.squareRoot())
        #expect(abs(Double(differing) - 32 * words) < deviations * (16 * words).squareRoot())
    }
}
