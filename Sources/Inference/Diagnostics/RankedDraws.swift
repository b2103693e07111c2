// SPDX-License-Identifier: GPL-3.0-or-later

/// The draws of one quantity, sorted once: quantiles, and the normal scores of
/// ranks that R̂ and the bulk effective sample size are made of.
struct RankedDraws {
    /// Equally long chains.
    let chains: [[Double]]
    let quantiles: Quantiles
    /// The indices of all draws, chain by chain, in the order of their values.
    private let order: [Int32]
    private let scores: NormalScores
    /// Whether the estimators refuse these draws.
    let isDegenerate: Bool

    /// - `scores`: those of as many draws, when there are some already.
    init(_ chains: [[Double]], scores: NormalScores? = nil) {
        let chains = Diagnostics.rectangular(chains)
        self.chains = chains
        let values = chains.flatMap { $0 }
        isDegenerate = Diagnostics.isDegenerate(chains)
        if values.contains(where: \.isNaN) || values.count > Int(Int32.max) {
            quantiles = Quantiles(sorted: [])
            order = []
        } else {
            let pairs = values.enumerated().map { (value: $1, index: Int32($0)) }
                .sorted { $0.value < $1.value }
            quantiles = Quantiles(sorted: pairs.map(\.value))
            order = pairs.map(\.index)
        }
        let length = chains.first?.count ?? 0
        let kept = chains.count * (length > 1 ? length / 2 * 2 : length)
        self.scores = scores?.count == kept ? scores ?? .init(kept) : NormalScores(kept)
    }

    /// Whether a draw is not a number, so that nothing has a rank.
    var hasNaN: Bool { order.isEmpty }

    /// Half chains of normal scores of the draws' ranks.
    func bulkScores() -> [[Double]] {
        let values = chains.flatMap { $0 }
        return splitScores(order) { values[Int($0)] }
    }

    /// Half chains of normal scores of the ranks of the absolute deviations
    /// from the median.
    func foldedScores() -> [[Double]] {
        let center = quantiles.median
        let deviations = chains.flatMap { $0.map { abs($0 - center) } }
        // Below the median deviations fall in the order of the draws, above it
        // they rise: merged, they are sorted.
        let sorted = quantiles.sorted
        var above = sorted.partitioningIndex { $0 >= center }
        var below = above - 1
        var merged: [Int32] = []
        merged.reserveCapacity(order.count)
        while merged.count < order.count {
            let takesBelow =
                above >= order.count
                || below >= 0
                    && deviations[Int(order[below])] <= deviations[Int(order[above])]
            if takesBelow {
                merged.append(order[below])
                below -= 1
            } else {
                merged.append(order[above])
                above += 1
            }
        }
        return splitScores(merged) { deviations[Int($0)] }
    }

    /// Scores of the draws that splitting keeps, ranked in this order; equal
    /// values share the mean of their ranks.
    private func splitScores(_ order: [Int32], _ value: (Int32) -> Double) -> [[Double]] {
        guard let length = chains.first?.count, length > 1, !order.isEmpty else { return chains }
        let half = length / 2
        var result = [Double](repeating: 0, count: chains.count * length)
        // The middle draw of an odd number has no rank.
        let ranked =
            length % 2 == 0 ? order : order.filter { Int($0) % length != half }
        var start = 0
        while start < ranked.count {
            let first = value(ranked[start])
            var end = start + 1
            while end < ranked.count, value(ranked[end]) == first { end += 1 }
            // Ranks from 1: the mean of start + 1 … end.
            let score = scores(start + 1 + end)
            for k in start..<end { result[Int(ranked[k])] = score }
            start = end
        }
        let starts = chains.indices.map { $0 * length }
        return starts.map { Array(result[$0..<($0 + half)]) }
            + starts.map { Array(result[($0 + length - half)..<($0 + length)]) }
    }
}

extension Array {
    /// The index of the first element that meets a condition, which all
    /// elements after it meet too.
    fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
