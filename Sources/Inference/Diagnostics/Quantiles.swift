// SPDX-License-Identifier: GPL-3.0-or-later

/// Order statistics of the draws of one quantity over all chains.
struct Quantiles {
    /// All draws in increasing order; none when one of them is NaN.
    let sorted: [Double]

    init(of chains: [[Double]]) {
        let all = chains.flatMap { $0 }
        sorted = all.contains(where: \.isNaN) ? [] : all.sorted()
    }

    /// R's quantile of type 7: linear between the order statistics around
    /// (n − 1) p. NaN when there are no draws.
    func callAsFunction(_ probability: Double) -> Double {
        guard let last = sorted.last, probability >= 0, probability <= 1 else { return .nan }
        let index = Double(sorted.count - 1) * probability
        let low = index.rounded(.down)
        let weight = index - low
        let below = sorted[Int(low)]
        let above = Int(low) + 1 < sorted.count ? sorted[Int(low) + 1] : last
        return weight == 0 || below == above ? below : (1 - weight) * below + weight * above
    }

    /// The middle draw, or the mean of the middle two.
    var median: Double {
        guard !sorted.isEmpty else { return .nan }
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
}
