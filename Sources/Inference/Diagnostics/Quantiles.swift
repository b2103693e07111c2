// SPDX-License-Identifier: GPL-3.0-or-later

/// Order statistics of the draws of one quantity over all chains.
struct Quantiles {
    /// All draws in increasing order; none when one of them is NaN.
    let sorted: [Double]

    init(sorted: [Double]) { self.sorted = sorted }

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

    /// The median of the absolute deviations from the median.
    var medianDeviation: Double {
        let center = median
        var below = sorted.firstIndex { $0 >= center } ?? sorted.count
        var above = below
        var deviations: [Double] = []
        // The smallest half of the deviations, from the middle outwards.
        while deviations.count <= sorted.count / 2, deviations.count < sorted.count {
            let down = below > 0 ? center - sorted[below - 1] : .infinity
            let up = above < sorted.count ? sorted[above] - center : .infinity
            if below > 0, down <= up || above >= sorted.count {
                deviations.append(down)
                below -= 1
            } else {
                deviations.append(up)
                above += 1
            }
        }
        return Quantiles.middle(of: deviations, outOf: sorted.count)
    }

    /// The median of so many numbers of which the smallest are known.
    private static func middle(of smallest: [Double], outOf count: Int) -> Double {
        guard let last = smallest.last else { return .nan }
        return count % 2 == 1 ? last : (smallest[smallest.count - 2] + last) / 2
    }
}
