// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Statistics

/// Bins for a histogram: those of `Statistics`, with limits a reader can name.
enum Binning {
    /// Edges (one more than counts) and counts of finite values.
    ///
    /// Whole numbers over a short range get a bin each, centred. A number of
    /// bins that is asked for is kept. Otherwise the width that
    /// `histogramBins` finds is rounded to 1, 2, 2.5 or 5 times a power of ten
    /// and the bins begin at a multiple of it.
    static func bins(of values: [Double], count: Int?) -> ([Double], [Double]) {
        guard let low = values.min(), let high = values.max() else { return ([], []) }
        let span = high - low
        guard span > max(1e-12 * max(low.magnitude, high.magnitude), 1e-290) else {
            let half = max(0.5, low.magnitude * 0.05)
            return ([low - half, low + half], [Double(values.count)])
        }
        if let count { return counted(values, .count(count), low...high) }
        if span <= 40, low.magnitude < 1e9, values.allSatisfy({ $0 == $0.rounded() }) {
            return counted(values, .count(Int(span) + 1), (low - 0.5)...(high + 0.5))
        }
        guard let found = try? histogramBins(values), !found.counts.isEmpty else { return ([], []) }
        let width = span / Double(min(found.counts.count, 200))
        let unit = powerOf10(log10Of(width).rounded(.down))
        let nice = [1.0, 2, 2.5, 5, 10].min {
            log10Of($0 * unit / width).magnitude < log10Of($1 * unit / width).magnitude
        }
        let step = (nice ?? 1) * unit
        let first = (low / step).rounded(.down)
        let last = max((high / step).rounded(.up), first + 1)
        guard first.magnitude < 1e12, last.magnitude < 1e12, last - first <= 1000 else {
            return counted(values, .automatic, low...high)
        }
        return counted(values, .count(Int(last - first)), (first * step)...(last * step))
    }

    private static func counted(
        _ values: [Double], _ rule: BinRule, _ range: ClosedRange<Double>
    ) -> ([Double], [Double]) {
        guard let bins = try? histogramBins(values, rule: rule, range: range) else {
            return ([], [])
        }
        return (bins.edges, bins.counts.map(Double.init))
    }
}
