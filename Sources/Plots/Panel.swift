// SPDX-License-Identifier: GPL-3.0-or-later

/// Marks on a pair of axes.
public struct Panel: Hashable, Sendable {
    public var title: String?
    public var x: Axis
    public var y: Axis
    public var marks: [Mark]
    /// What the marks show, with numbers, one sentence each: the text for those
    /// who do not see the picture.
    public var sentences: [String]
    /// What the reader must know to read the marks, for the caption.
    public var notes: [String]
    /// Whether a unit of x is as long as a unit of y.
    public var hasEqualScales: Bool

    public init(
        title: String? = nil, x: Axis = Axis(), y: Axis = Axis(), marks: [Mark] = [],
        sentences: [String] = [], notes: [String] = [], hasEqualScales: Bool = false
    ) {
        self.title = title
        self.x = x
        self.y = y
        self.marks = marks
        self.sentences = sentences
        self.notes = notes
        self.hasEqualScales = hasEqualScales
    }

    /// Whether there is anything to draw.
    var isEmpty: Bool { extent(horizontal: true) == nil || extent(horizontal: false) == nil }

    /// The axes with their ranges.
    var axes: (x: ResolvedAxis, y: ResolvedAxis) {
        (resolved(x, isVertical: false), resolved(y, isVertical: true))
    }

    private func resolved(_ axis: Axis, isVertical: Bool) -> ResolvedAxis {
        let isLog = axis.scale == .log
        var low: Double
        var high: Double
        if case .category(let names) = axis.scale {
            return ResolvedAxis(
                axis, low: -0.6, high: Double(max(names.count, 1)) - 0.4, isVertical: isVertical)
        }
        if let range = axis.range, Mark.isDrawable(range.lowerBound),
            Mark.isDrawable(range.upperBound), range.upperBound - range.lowerBound > 1e-290,
            !isLog || range.lowerBound > 1e-300
        {
            return ResolvedAxis(
                axis, low: range.lowerBound, high: range.upperBound, isVertical: isVertical)
        }
        let extent = self.extent(horizontal: !isVertical)
        low = extent?.low ?? (isLog ? 1 : 0)
        high = extent?.high ?? (isLog ? 10 : 1)
        if isLog {
            if high / low < 1.0001 {
                low /= 2
                high *= 2
            }
            let pad = powerOf10(0.04 * log10Of(high / low))
            return ResolvedAxis(axis, low: low / pad, high: high * pad, isVertical: isVertical)
        }
        if high - low <= max(1e-11 * max(high.magnitude, low.magnitude), 1e-290) {
            let pad = max(0.5, 0.1 * high.magnitude)
            let standsOnZero = extent?.standsOnZero ?? false
            if !(standsOnZero && low == 0) { low -= pad }
            high += standsOnZero && low == 0 ? 1 : pad
            return ResolvedAxis(axis, low: low, high: high, isVertical: isVertical)
        }
        let span = high - low
        let pad = (extent?.padding ?? 0.05) * span
        let standsOnZero = extent?.standsOnZero ?? false
        return ResolvedAxis(
            axis, low: standsOnZero && low == 0 ? 0 : low - pad,
            high: standsOnZero && high == 0 ? 0 : high + pad, isVertical: isVertical)
    }

    private struct Extent {
        var low = Double.infinity
        var high = -Double.infinity
        var standsOnZero = false
        var padding = 0.0

        mutating func add(_ value: Double, ifPositive: Bool) {
            guard Mark.isDrawable(value), !ifPositive || value > 1e-300 else { return }
            low = min(low, value)
            high = max(high, value)
        }
    }

    private func extent(horizontal: Bool) -> Extent? {
        var extent = Extent()
        let isLog = (horizontal ? x.scale : y.scale) == .log
        for mark in marks {
            switch mark.shape {
            case .line(let points):
                for point in points where horizontal || point.x.isFinite {
                    extent.add(horizontal ? point.x : point.y, ifPositive: isLog)
                }
                extent.padding = max(extent.padding, horizontal ? 0.01 : 0.05)
            case .points(let points, _):
                for point in points where point.isDrawable {
                    extent.add(horizontal ? point.x : point.y, ifPositive: isLog)
                }
                extent.padding = max(extent.padding, 0.04)
            case .area(let slices):
                for slice in slices {
                    extent.add(horizontal ? slice.x : slice.upper, ifPositive: isLog)
                    if !horizontal { extent.add(slice.lower, ifPositive: isLog) }
                }
                if !horizontal, slices.allSatisfy({ $0.lower == 0 }) { extent.standsOnZero = true }
                extent.padding = max(extent.padding, horizontal ? 0.01 : 0.05)
            case .bars(let boxes):
                for box in boxes where box.isDrawable {
                    extent.add(horizontal ? box.left : box.top, ifPositive: isLog)
                    extent.add(horizontal ? box.right : box.bottom, ifPositive: isLog)
                }
                if boxes.allSatisfy({ (horizontal ? $0.left : $0.bottom) == 0 }) {
                    extent.standsOnZero = true
                }
                extent.padding = max(extent.padding, horizontal ? 0.02 : 0.05)
            case .text(let notes):
                for note in notes where note.at.isDrawable {
                    extent.add(horizontal ? note.at.x : note.at.y, ifPositive: isLog)
                }
                extent.padding = max(extent.padding, 0.04)
            }
        }
        return extent.low <= extent.high ? extent : nil
    }
}
