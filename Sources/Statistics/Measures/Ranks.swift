// SPDX-License-Identifier: GPL-3.0-or-later

/// The ranks from 1, ties sharing the mean of their ranks; NaN ranks NaN.
///
///     ranks([10, 20, 10, 5])     // [2.5, 4.0, 2.5, 1.0]
public func ranks(_ x: [Double]) -> [Double] { Ranking(x).ranks }

/// Ranks and the sizes of the groups of equal values.
struct Ranking {
    var ranks: [Double]
    /// The sizes of the groups of two or more equal values.
    var ties: [Int] = []

    init(_ x: [Double]) {
        ranks = [Double](repeating: .nan, count: x.count)
        let order = x.indices.filter { !x[$0].isNaN }.sorted { x[$0] < x[$1] }
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, x[order[end]] == x[order[start]] { end += 1 }
            let rank = Double(start + 1 + end) / 2
            for position in start..<end { ranks[order[position]] = rank }
            if end - start > 1 { ties.append(end - start) }
            start = end
        }
    }

    /// Σ (t³ − t) over the groups of ties: what tie corrections subtract.
    var tieSum: Double {
        ties.reduce(0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
    }
}
