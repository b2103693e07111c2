// SPDX-License-Identifier: GPL-3.0-or-later

import SpecialFunctions

extension Diagnostics {
    /// Normal scores of the draws' ranks over all chains: a draw of rank r
    /// among S becomes Φ⁻¹((r − 3/8) / (S + 1/4)); equal draws share the mean
    /// of their ranks (Blom's scores, equation 14 of the paper).
    static func normalScores(_ chains: [[Double]]) -> [[Double]] {
        let values = chains.flatMap { $0 }
        let count = values.count
        guard !values.contains(where: \.isNaN) else {
            return chains.map { $0.map { _ in Double.nan } }
        }
        let order = (0..<count).sorted { values[$0] < values[$1] }
        var scores = [Double](repeating: 0, count: count)
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, values[order[end]] == values[order[start]] { end += 1 }
            // Ranks from 1: the mean of start + 1 … end.
            let rank = Double(start + 1 + end) / 2
            let score = normalQuantile((rank - 0.375) / (Double(count) + 0.25))
            for k in start..<end { scores[order[k]] = score }
            start = end
        }
        var offset = 0
        return chains.map { chain in
            defer { offset += chain.count }
            return Array(scores[offset..<(offset + chain.count)])
        }
    }
}
