// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many bins a histogram has.
public enum BinRule: Hashable, Sendable {
    /// The larger of Freedman–Diaconis's and Sturges's number: the first for
    /// many data, the second for few.
    case automatic
    /// ⌈log₂ n⌉ + 1 (H. A. Sturges, 1926).
    case sturges
    /// Bins of width 2 IQR / ∛n (D. Freedman, P. Diaconis, 1981).
    case freedmanDiaconis
    /// So many bins.
    case count(Int)
}

/// The bins of a histogram: equal widths, the last one closed on both sides.
public struct HistogramBins: Hashable, Sendable {
    /// The limits between bins, one more than bins, ascending.
    public let edges: [Double]
    /// How many values fall into each bin.
    public let counts: [Int]

    /// The counts as a density: the areas of the bars add up to 1.
    public var density: [Double] {
        let total = Double(counts.reduce(0, +))
        return counts.indices.map {
            total > 0 ? Double(counts[$0]) / total / (edges[$0 + 1] - edges[$0]) : 0
        }
    }
}

/// Sorts values into bins of equal width from the least to the greatest;
/// values that are not finite are left out.
/// - Parameter range: What the bins cover instead; values outside are left out.
/// - Throws: `ParameterError` when no finite value is there, or a number of
///   bins below 1 or above 100,000 is asked for.
public func histogramBins(
    _ x: [Double], rule: BinRule = .automatic, range: ClosedRange<Double>? = nil
) throws(ParameterError) -> HistogramBins {
    if case .count(let count) = rule, !(1...100_000).contains(count) {
        throw ParameterError("number of bins", is: count, mustBe: "from 1 to 100000")
    }
    var values = x.filter(\.isFinite)
    if let range { values = values.filter { range.contains($0) } }
    var low = range?.lowerBound ?? values.min() ?? 0
    var high = range?.upperBound ?? values.max() ?? 0
    guard !values.isEmpty || range != nil, low.isFinite, high.isFinite else {
        throw ParameterError("x", is: "without a finite value", mustBe: "data to sort into bins")
    }
    if low == high {
        // Constant data: one bin of width 1, or as narrow as doubles allow.
        let half = max(0.5, abs(low) * 1e-15)
        (low, high) = (low - half, high + half)
        return HistogramBins(edges: [low, high], counts: [values.count])
    }
    let width = high / 2 - low / 2  // Half of it, since it may overflow.
    let n = Double(max(1, values.count))
    let sturges = log2(n).rounded(.up) + 1
    let binCount: Int
    switch rule {
    case .count(let count): binCount = count
    case .sturges: binCount = Int(sturges)
    case .freedmanDiaconis, .automatic:
        let step = interquartileRange(values) / cbrt(n)
        let wanted = step > 0 ? (width / step).rounded(.up) : sturges
        let chosen = rule == .automatic ? max(wanted, sturges) : wanted
        // Outliers far off would ask for millions.
        binCount = Int(min(max(chosen, 1), 1000))
    }
    let edges = (0...binCount).map { i -> Double in
        let t = Double(i) / Double(binCount)
        return i == binCount ? high : low * (1 - t) + high * t
    }
    var counts = [Int](repeating: 0, count: binCount)
    for value in values {
        var bin = Int((value / 2 - low / 2) / width * Double(binCount))
        bin = min(max(bin, 0), binCount - 1)
        // Rounding may be off by one bin: the edges decide.
        while bin > 0, value < edges[bin] { bin -= 1 }
        while bin < binCount - 1, value >= edges[bin + 1] { bin += 1 }
        counts[bin] += 1
    }
    return HistogramBins(edges: edges, counts: counts)
}
