// SPDX-License-Identifier: GPL-3.0-or-later

/// One of the five things a picture is made of: a line, an area, points, bars
/// or text, in the units of the panel's axes.
///
/// A position on a category axis is the index of its category, from 0.
public struct Mark: Hashable, Sendable {
    /// A place in a panel.
    public struct Point: Hashable, Sendable {
        public var x: Double
        public var y: Double

        public init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }

        var isDrawable: Bool { Mark.isDrawable(x) && Mark.isDrawable(y) }
    }

    /// A vertical slice of an area.
    public struct Slice: Hashable, Sendable {
        public var x: Double
        public var lower: Double
        public var upper: Double

        public init(x: Double, lower: Double, upper: Double) {
            self.x = x
            self.lower = lower
            self.upper = upper
        }

        var isDrawable: Bool {
            Mark.isDrawable(x) && Mark.isDrawable(lower) && Mark.isDrawable(upper)
        }
    }

    /// A rectangle with sides along the axes.
    public struct Box: Hashable, Sendable {
        public var left: Double
        public var right: Double
        public var bottom: Double
        public var top: Double

        public init(left: Double, right: Double, bottom: Double, top: Double) {
            self.left = left
            self.right = right
            self.bottom = bottom
            self.top = top
        }

        var isDrawable: Bool {
            Mark.isDrawable(left) && Mark.isDrawable(right) && Mark.isDrawable(bottom)
                && Mark.isDrawable(top)
        }
    }

    /// A few words at a place.
    public struct Note: Hashable, Sendable {
        public var text: String
        public var at: Point
        public var anchor: Anchor

        public enum Anchor: String, Hashable, Sendable { case start, middle, end }

        public init(_ text: String, at point: Point, anchor: Anchor = .start) {
            self.text = text
            self.at = point
            self.anchor = anchor
        }
    }

    /// The form of a point: information for those who do not see colour.
    public enum Symbol: String, Hashable, Sendable, CaseIterable {
        case disc, ring, cross, triangle, diamond, tick
    }

    /// What is drawn.
    public enum Shape: Hashable, Sendable {
        /// Joined points; a value that is not finite breaks the line.
        case line([Point])
        /// Between a lower and an upper edge; broken like a line.
        case area([Slice])
        case points([Point], Symbol)
        case bars([Box])
        case text([Note])
    }

    public var shape: Shape
    public var style: Style
    /// The name of the series in the key, if it needs one.
    public var label: String?

    public init(_ shape: Shape, style: Style = Style(), label: String? = nil) {
        self.shape = shape
        self.style = style
        self.label = label
    }

    /// Finite, and not so large that a difference of two overflows.
    static func isDrawable(_ value: Double) -> Bool { value.magnitude <= 1e300 }
}

/// How a mark looks.
public struct Style: Hashable, Sendable {
    public enum Dash: String, Hashable, Sendable, CaseIterable { case solid, dashed, dotted, mixed }

    public var ink: Ink
    /// Width of a line, or radius of a point, in pixels.
    public var width: Double?
    public var dash: Dash
    /// From 0 to 1.
    public var opacity: Double

    public init(
        _ ink: Ink = .automatic, width: Double? = nil, dash: Dash = .solid, opacity: Double = 1
    ) {
        self.ink = ink
        self.width = width
        self.dash = dash
        self.opacity = opacity
    }
}

/// A colour by its role; the two themes give it its value.
public enum Ink: Hashable, Sendable {
    /// Chosen when the figure is put together.
    case automatic
    /// Text and observed data.
    case dark
    /// Axes, ticks, captions.
    case muted
    /// Replications, histograms under a curve, reference bands.
    case pale
    /// One hue in steps, 0 (faint) to 6 (strong): posteriors, levels.
    case hue(Int)
    /// The colours of Okabe and Ito, for chains and groups: 0 to 6, and around.
    case series(Int)
}
