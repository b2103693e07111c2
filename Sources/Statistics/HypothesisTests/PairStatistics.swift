// SPDX-License-Identifier: GPL-3.0-or-later

/// Order statistics of all pairs of values, without making the pairs: the
/// double at which a count of pairs passes a rank is found by bisection over
/// the doubles themselves, 64 steps of one walk along the sorted values. Exact,
/// since rounded differences are still monotone in both values.
struct PairStatistics {
    /// The number of pairs.
    let count: Int
    private let countUpTo: (Double) -> Int

    /// The differences x − y of every x with every y.
    static func differences(_ x: [Double], _ y: [Double]) -> PairStatistics {
        let (a, b) = (x.sorted(), y.sorted())
        return PairStatistics(count: a.count * b.count) { limit in
            // As x grows, ever larger y are needed.
            var total = 0
            var j = 0
            for value in a {
                while j < b.count, value - b[j] > limit { j += 1 }
                total += b.count - j
            }
            return total
        }
    }

    /// The means of every value with itself and with every other one (J. W.
    /// Tukey's Walsh averages).
    static func means(_ x: [Double]) -> PairStatistics {
        let a = x.map { $0 / 2 }.sorted()
        return PairStatistics(count: a.count * (a.count + 1) / 2) { limit in
            var total = 0
            var j = a.count
            for i in a.indices {
                while j > 0, a[i] + a[j - 1] > limit { j -= 1 }
                if j <= i { break }
                total += j - i
            }
            return total
        }
    }

    private init(count: Int, countUpTo: @escaping (Double) -> Int) {
        self.count = count
        self.countUpTo = countUpTo
    }

    /// The k-th smallest, from 1.
    func smallest(_ k: Int) -> Double {
        var low = Self.key(-.greatestFiniteMagnitude)
        var high = Self.key(.infinity)
        while low < high {
            // Half of the sum, without overflow.
            let middle = (low & high) + ((low ^ high) >> 1)
            if countUpTo(Self.double(middle)) >= k { high = middle } else { low = middle + 1 }
        }
        return Self.double(low)
    }

    /// The middle one, or the mean of the two middle ones.
    var median: Double {
        let lower = smallest((count + 1) / 2)
        return count % 2 == 1 ? lower : lower / 2 + smallest(count / 2 + 1) / 2
    }

    /// From the k-th smallest to the k-th greatest; nil unless k is a rank.
    func interval(
        _ k: Int, _ alternative: Alternative, _ confidence: Double
    ) -> ConfidenceInterval? {
        guard k >= 1, k <= count else { return nil }
        return ConfidenceInterval(
            lower: alternative == .less ? -.infinity : smallest(k),
            upper: alternative == .greater ? .infinity : smallest(count + 1 - k),
            confidence: confidence)
    }

    /// Integers in the order of the doubles they stand for.
    private static func key(_ x: Double) -> Int64 {
        let bits = Int64(bitPattern: x.bitPattern)
        return bits >= 0 ? bits : Int64.min &- bits
    }

    private static func double(_ key: Int64) -> Double {
        Double(bitPattern: UInt64(bitPattern: key >= 0 ? key : Int64.min &- key))
    }
}
