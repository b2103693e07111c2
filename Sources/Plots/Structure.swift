// SPDX-License-Identifier: GPL-3.0-or-later

extension Figure {
    /// What two runs of the same notebook must have in common: panels, kinds of
    /// marks, series, axes with their ranges. Never the data themselves.
    public struct Structure: Codable, Hashable, Sendable {
        public struct Axis: Codable, Hashable, Sendable {
            public var title: String?
            /// "linear", "log" or "category".
            public var scale: String
            public var low: Double
            public var high: Double
            public var categories: [String]?
        }

        public struct Panel: Codable, Hashable, Sendable {
            public var title: String?
            /// "line", "area", "points", "bars", "text", in order.
            public var marks: [String]
            /// The labels of the series, in order.
            public var series: [String]
            public var x: Axis
            public var y: Axis
        }

        public var title: String?
        public var panels: [Panel]

        /// How another structure differs: empty when it is the same figure up to
        /// the ends of its axes, which may move by a share of the axis' length.
        public func differences(from other: Structure, tolerance: Double = 0.05) -> [String] {
            var found: [String] = []
            func compare<T: Equatable>(_ what: String, _ a: T, _ b: T) {
                if a != b { found.append("\(what): \(Self.text(a)), was \(Self.text(b))") }
            }
            compare("title", title, other.title)
            compare("number of panels", panels.count, other.panels.count)
            for (i, (new, old)) in zip(panels, other.panels).enumerated() {
                let place = panels.count == 1 ? "" : "panel \(i + 1): "
                compare(place + "title", new.title, old.title)
                compare(place + "marks", new.marks, old.marks)
                compare(place + "series", new.series, old.series)
                for (name, a, b) in [("x", new.x, old.x), ("y", new.y, old.y)] {
                    compare(place + "\(name) title", a.title, b.title)
                    compare(place + "\(name) scale", a.scale, b.scale)
                    compare(place + "\(name) categories", a.categories, b.categories)
                    found += Self.rangeDifference(place + name, a, b, tolerance)
                }
            }
            return found
        }

        private static func rangeDifference(
            _ name: String, _ a: Axis, _ b: Axis, _ tolerance: Double
        ) -> [String] {
            let isLog = a.scale == "log" && a.low > 0 && b.low > 0
            let place: (Double) -> Double = { isLog ? log10Of($0) : $0 }
            let length = place(b.high) - place(b.low)
            let shift = max(
                (place(a.low) - place(b.low)).magnitude, (place(a.high) - place(b.high)).magnitude)
            guard !(shift <= tolerance * length) else { return [] }
            let new = "\(NumberText.short(a.low))…\(NumberText.short(a.high))"
            let old = "\(NumberText.short(b.low))…\(NumberText.short(b.high))"
            return ["\(name) range: \(new), was \(old)"]
        }

        private static func text(_ value: Any) -> String {
            let mirror = Mirror(reflecting: value)
            if mirror.displayStyle == .optional {
                return mirror.children.first.map { text($0.value) } ?? "none"
            }
            return "\(value)"
        }
    }

    /// See ``Structure-swift.struct``.
    public var structure: Structure {
        Structure(
            title: title,
            panels: panels.map { panel in
                let axes = panel.axes
                return Structure.Panel(
                    title: panel.title, marks: panel.marks.map(\.kind),
                    series: panel.marks.compactMap(\.label), x: Self.structure(axes.x),
                    y: Self.structure(axes.y))
            })
    }

    private static func structure(_ axis: ResolvedAxis) -> Structure.Axis {
        switch axis.scale {
        case .linear:
            .init(title: axis.title, scale: "linear", low: axis.low, high: axis.high)
        case .log: .init(title: axis.title, scale: "log", low: axis.low, high: axis.high)
        case .category(let names):
            .init(
                title: axis.title, scale: "category", low: axis.low, high: axis.high,
                categories: names)
        }
    }
}

extension Mark {
    /// The name of the shape.
    var kind: String {
        switch shape {
        case .line: "line"
        case .area: "area"
        case .points: "points"
        case .bars: "bars"
        case .text: "text"
        }
    }
}
