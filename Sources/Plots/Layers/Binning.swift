// SPDX-License-Identifier: GPL-3.0-or-later

/// Bins for a histogram: equal widths, nice numbers.
enum Binning {
    /// Edges (one more than counts) and counts of finite values. The last bin
    /// includes its upper edge.
    ///
    /// Whole numbers over a short range get a bin each, centred. Otherwise the
    /// width is Freedman and Diaconis' 2·IQR/n^⅓ (or Sturges' rule when the
    /// quartiles coincide) rounded to 1, 2, 2.5 or 5 times a power of ten.
    static func bins(of values: [Double], count: Int?) -> ([Double], [Double]) {
        let sorted = values.sorted()
        guard let low = sorted.first, let high = sorted.last else { return ([], []) }
        let n = Double(sorted.count)
        if count == nil, high - low <= 40, high > low,
            low.magnitude < 1e9, sorted.allSatisfy({ $0 == $0.rounded() })
        {
            return fill(sorted, first: low - 0.5, width: 1, bins: Int(high - low) + 1)
        }
        let span = high - low
        guard span > 1e-12 * max(low.magnitude, high.magnitude) else {
            let width = max(1, low.magnitude * 0.1)
            return ([low - width / 2, low + width / 2], [n])
        }
        var width: Double
        if let count {
            return fill(sorted, first: low, width: span / Double(count), bins: count)
        }
        let spread = sorted[(sorted.count * 3) / 4] - sorted[sorted.count / 4]
        width = 2 * spread / powerOf10(log10Of(n) / 3)
        let sturges = span / (log10Of(n) / log10Of(2) + 1)
        if !(width > span / 200) { width = min(sturges, span / 20) }
        width = min(width, sturges * 1.5)
        // The nearest nice width.
        let exponent = log10Of(width).rounded(.down)
        let unit = powerOf10(exponent)
        let nice = [1.0, 2, 2.5, 5, 10].min {
            log10Of($0 * unit / width).magnitude < log10Of($1 * unit / width).magnitude
        }
        width = (nice ?? 1) * unit
        let first = (low / width).rounded(.down)
        let bins = Int(min(((high / width).rounded(.up) - first), 1000))
        guard first.magnitude < 1e12, bins > 0 else {
            return fill(sorted, first: low, width: span / 20, bins: 20)
        }
        return fill(sorted, first: first * width, width: width, bins: bins)
    }

    private static func fill(
        _ sorted: [Double], first: Double, width: Double, bins: Int
    ) -> ([Double], [Double]) {
        let edges = (0...bins).map { first + Double($0) * width }
        var counts = [Double](repeating: 0, count: bins)
        var bin = 0
        for value in sorted {
            while bin < bins - 1, value >= edges[bin + 1] { bin += 1 }
            counts[bin] += 1
        }
        return (edges, counts)
    }
}
