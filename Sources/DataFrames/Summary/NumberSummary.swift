// SPDX-License-Identifier: GPL-3.0-or-later

/// What `describe` says of a column of numbers.
public struct NumberSummary: Hashable, Sendable {
    public let moments: Moments
    /// Minimum, lower quartile, median, upper quartile, maximum (quantiles by
    /// linear interpolation, definition 7 of Hyndman and Fan).
    public let fiveNumbers: [Double]
    /// The median distance from the median, times 1.4826: comparable to the
    /// standard deviation of normal data.
    public let scaledMedianDeviation: Double
    /// The mean of the middle 60 % of the values.
    public let trimmedMean: Double
    /// Counts in ten bins of equal width from minimum to maximum; of constant
    /// or infinite data, none.
    public let histogram: [Int]

    /// A summary of numbers without NaN; nil of none.
    public init?(_ numbers: [Double]) {
        guard !numbers.isEmpty else { return nil }
        let sorted = numbers.sorted()
        moments = Moments(numbers)
        fiveNumbers = [0, 0.25, 0.5, 0.75, 1].map { Self.quantile(sorted, $0) }
        let median = fiveNumbers[2]
        let distances = sorted.map { abs($0 - median) }.sorted()
        scaledMedianDeviation = 1.482602218505602 * Self.quantile(distances, 0.5)
        let cut = sorted.count / 5
        trimmedMean = Moments(sorted[cut..<sorted.count - cut]).mean
        histogram = Self.bins(sorted, 10)
    }

    /// The quantile of sorted numbers by linear interpolation at (n − 1)p.
    static func quantile(_ sorted: [Double], _ p: Double) -> Double {
        let place = Double(sorted.count - 1) * p
        let below = Int(place)
        let rest = place - Double(below)
        guard below + 1 < sorted.count, rest > 0, sorted[below] != sorted[below + 1] else {
            return sorted[below]
        }
        return sorted[below] + rest * (sorted[below + 1] - sorted[below])
    }

    private static func bins(_ sorted: [Double], _ count: Int) -> [Int] {
        guard let low = sorted.first, let high = sorted.last, high > low,
            (high - low).isFinite
        else { return [] }
        var bins = [Int](repeating: 0, count: count)
        for value in sorted {
            bins[min(count - 1, Int((value - low) / (high - low) * Double(count)))] += 1
        }
        return bins
    }

    /// The histogram in block characters: "▁▃▇▅▁ ▁". An empty bin is a blank.
    public var blocks: String {
        let greatest = histogram.max() ?? 0
        guard greatest > 0 else { return "" }
        let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"]
        return histogram.map {
            $0 == 0 ? " " : blocks[min(6, $0 * 7 / greatest)]
        }.joined()
    }
}
