// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws in the order they were made, a line for each chain.
public func trace(_ chains: [[Double]], name: String? = nil) -> Layer {
    var sentences: [String] = []
    var marks: [Mark] = []
    for (i, chain) in chains.enumerated() {
        marks.append(
            Mark(
                .line(chain.enumerated().map { Mark.Point(Double($0 + 1), $1) }),
                style: Style(.series(i), width: 0.8, opacity: 0.8),
                label: chains.count > 1 ? "chain \(i + 1)" : nil))
        let finite = chain.filter(Mark.isDrawable)
        if let low = finite.min(), let high = finite.max() {
            sentences.append(
                "Chain \(i + 1): \(counted(finite.count, "draw")) between "
                    + "\(NumberText.short(low)) and \(NumberText.short(high))."
                    + leftOut(chain.count - finite.count))
        }
    }
    return Layer(.marks(marks), x: "draw", y: name.map { Axis($0) } ?? Axis(), sentences: sentences)
}

/// Rank histograms: where each chain's draws rank among the draws of all, a
/// panel for each chain. Chains that explore the same distribution give flat
/// histograms (Vehtari et al. 2021). The band holds 90 % of the bars of
/// independent draws.
public func rank(_ chains: [[Double]], bins: Int = 20, name: String? = nil) -> Layer {
    let chains = Array(chains.prefix(Figure.maximumPanels))
    let bins = min(max(bins, 2), 200)
    let ranks = pooledRanks(chains)
    let total = ranks.reduce(0) { $0 + $1.count }
    var all: [[Double]] = []
    for ranks in ranks {
        var counts = [Double](repeating: 0, count: bins)
        for rank in ranks {
            counts[min(Int((rank - 0.5) / Double(total) * Double(bins)), bins - 1)] += 1
        }
        all.append(counts)
    }
    let tallest = all.flatMap { $0 }.max() ?? 1
    let panels = all.indices.map { i -> Panel in
        let counts = all[i]
        let size = Double(ranks[i].count)
        let share = 1 / Double(bins)
        let mean = size * share
        let spread = 1.645 * (size * share * (1 - share)).squareRoot()
        let width = Double(total) / Double(bins)
        let boxes = counts.enumerated().map {
            Mark.Box(
                left: Double($0.offset) * width, right: Double($0.offset + 1) * width, bottom: 0,
                top: $0.element)
        }
        let right = Double(max(total, 1))
        let lowest = NumberText.short(counts.min() ?? 0)
        let highest = NumberText.short(counts.max() ?? 0)
        return Panel(
            title: [name, "chain \(i + 1)"].compactMap { $0 }.joined(separator: ", "),
            x: Axis("rank", range: 0...right), y: Axis("count", range: 0...max(tallest * 1.05, 1)),
            marks: [
                Mark(.bars(boxes), style: Style(.hue(2))),
                Mark(
                    .area([
                        .init(x: 0, lower: max(mean - spread, 0), upper: mean + spread),
                        .init(x: right, lower: max(mean - spread, 0), upper: mean + spread),
                    ]), style: Style(.muted, opacity: 0.25)),
                Mark(.line([.init(0, mean), .init(right, mean)]), style: Style(.dark, width: 1)),
            ],
            sentences: [
                "Ranks of \(counted(ranks[i].count, "draw")) in \(bins) bins of "
                    + "\(lowest) to \(highest), \(NumberText.short(mean)) expected."
            ],
            notes: ["Line: expected count; band: 90 % of the bars of independent draws."])
    }
    return Layer(.panels(panels))
}

/// Ranks among all chains from 1, ties averaged; values that are not numbers
/// are left out.
private func pooledRanks(_ chains: [[Double]]) -> [[Double]] {
    var pooled: [(value: Double, chain: Int)] = []
    for (i, chain) in chains.enumerated() {
        for value in chain where !value.isNaN { pooled.append((value, i)) }
    }
    pooled.sort { ($0.value, $0.chain) < ($1.value, $1.chain) }
    var ranks = [[Double]](repeating: [], count: chains.count)
    var i = 0
    while i < pooled.count {
        var j = i
        while j < pooled.count, pooled[j].value == pooled[i].value { j += 1 }
        let rank = (Double(i + 1) + Double(j)) / 2
        for k in i..<j { ranks[pooled[k].chain].append(rank) }
        i = j
    }
    return ranks
}
