// SPDX-License-Identifier: GPL-3.0-or-later

/// How values become places along an axis.
public enum Scale: Hashable, Sendable {
    case linear
    /// Base 10; values of 0 and below have no place.
    case log
    /// Names at 0, 1, 2 …; on a vertical axis the first is at the top.
    case category([String])
}

/// One axis of a panel. A string literal is an axis with that title:
/// `plot(histogram(x), x: "height (cm)")`.
public struct Axis: Hashable, Sendable, ExpressibleByStringLiteral {
    public var title: String?
    /// Nil: what the layers ask for.
    public var scale: Scale?
    /// Nil: what the data need.
    public var range: ClosedRange<Double>?
    /// Whether ticks and their labels are drawn.
    public var hasTicks: Bool

    public init(
        _ title: String? = nil, scale: Scale? = nil, range: ClosedRange<Double>? = nil,
        hasTicks: Bool = true
    ) {
        self.title = title
        self.scale = scale
        self.range = range
        self.hasTicks = hasTicks
    }

    public init(stringLiteral value: String) { self.init(value) }

    /// A logarithmic axis.
    public static func log(_ title: String? = nil, range: ClosedRange<Double>? = nil) -> Axis {
        Axis(title, scale: .log, range: range)
    }

    /// What this axis leaves open, from another.
    func filled(from other: Axis) -> Axis {
        Axis(
            title ?? other.title, scale: scale ?? other.scale, range: range ?? other.range,
            hasTicks: hasTicks && other.hasTicks)
    }
}

/// An axis whose range is decided: maps values to 0…1.
struct ResolvedAxis {
    let title: String?
    let scale: Scale
    let hasTicks: Bool
    /// In the units of the data.
    let low: Double
    let high: Double
    private let from: Double
    private let length: Double
    private let isReversed: Bool

    init(_ axis: Axis, low: Double, high: Double, isVertical: Bool) {
        self.title = axis.title
        self.scale = axis.scale ?? .linear
        self.hasTicks = axis.hasTicks
        self.low = low
        self.high = high
        var isReversed = false
        if case .category = scale { isReversed = isVertical }
        self.isReversed = isReversed
        from = scale == .log ? log10Of(low) : low
        length = (scale == .log ? log10Of(high) : high) - from
    }

    /// 0 at the lower end, 1 at the upper; beyond these outside the range; NaN
    /// where the scale has no place.
    func place(_ value: Double) -> Double {
        // A tick may lie a little outside of what may be drawn.
        guard value.magnitude <= 1e302, length > 0 else { return .nan }
        let unit: Double
        if scale == .log {
            guard value > 0 else { return .nan }
            unit = (log10Of(value) - from) / length
        } else {
            unit = (value - from) / length
        }
        return isReversed ? 1 - unit : unit
    }

    /// As `place`, but what a logarithm sends to −∞ goes below the range: the
    /// base of a bar.
    func base(_ value: Double) -> Double {
        scale == .log && value <= 0 ? -1 : place(value)
    }

    /// The value at a place: the inverse of `place`.
    func value(at place: Double) -> Double {
        let unit = isReversed ? 1 - place : place
        let inside = from + unit * length
        return scale == .log ? powerOf10(inside) : inside
    }
}
