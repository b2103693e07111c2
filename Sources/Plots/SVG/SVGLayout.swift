// SPDX-License-Identifier: GPL-3.0-or-later

/// Where everything stands in an SVG of a given width.
struct SVGLayout {
    /// A panel's place: the rectangle of its marks, and its ticks.
    struct PanelFrame {
        var left = 0.0
        var top = 0.0
        var width = 0.0
        var height = 0.0
        var titleY: Double?
        var yTitleY: Double?
        var yTitleX = 0.0
        var xTicks: [Tick] = []
        var yTicks: [Tick] = []
        /// Names beside the ends of lines: text and height.
        var endLabels: [(label: String, ink: Ink, y: Double)] = []
    }

    static let margin = 12.0
    static let tickSize = 11.0
    static let labelSize = 12.0

    let width: Double
    private(set) var height = 0.0
    private(set) var titleLines: [String]
    private(set) var captionLines: [String]
    private(set) var key: [(entry: KeyEntry, x: Double, y: Double)]
    private(set) var frames: [PanelFrame] = []

    init(_ figure: Figure, width: Double) {
        self.width = width
        let inner = width - 2 * Self.margin
        titleLines = TextMetrics.wrapped(figure.title ?? "", size: 17, width: inner, lines: 3)
        captionLines = TextMetrics.wrapped(
            figure.fullCaption ?? "", size: 11, width: inner, lines: 8)
        key = []
        var y = Self.margin + Double(titleLines.count) * 20
        let columns = max(1, min(figure.columns, figure.panels.count, Int(inner / 130)))
        let gap = 22.0
        let cell = (inner - gap * Double(columns - 1)) / Double(columns)

        let entries = KeyEntry.entries(of: figure.panels)
        var endLabels: [(KeyEntry, SIMD2<Double>)]?
        if figure.panels.count == 1, !figure.panels[0].isEmpty, width >= 420 {
            endLabels = Self.endLabels(figure.panels[0], entries)
        }
        if endLabels == nil, !entries.isEmpty {
            y = placeKey(entries, top: y + 2, width: inner)
        }
        y += titleLines.isEmpty && key.isEmpty ? 0 : 6
        let top = y
        for (i, panel) in figure.panels.enumerated() {
            let column = i % columns
            if column == 0, i > 0 {
                y = (frames.map { $0.top + $0.height }.max() ?? y) + 44
            }
            let hasSameRow = figure.panels.count > 1
            frames.append(
                Self.frame(
                    panel, x: Self.margin + Double(column) * (cell + gap), y: y, width: cell,
                    isSmall: hasSameRow && columns > 1, endLabels: endLabels))
        }
        var bottom = top
        for (frame, panel) in zip(frames, figure.panels) {
            let hasTitle = panel.axes.x.title != nil
            bottom = max(
                bottom,
                frame.top + frame.height + (frame.xTicks.isEmpty ? 4 : 20)
                    + (hasTitle ? 18 : 0))
        }
        height = (bottom + (captionLines.isEmpty ? 8 : 10) + Double(captionLines.count) * 15 + 4)
            .rounded()
    }

    private mutating func placeKey(_ entries: [KeyEntry], top: Double, width: Double) -> Double {
        var x = Self.margin
        var y = top + 8
        for entry in entries.prefix(24) {
            let length = 24 + TextMetrics.width(entry.label, size: Self.labelSize) + 16
            if x > Self.margin, x + length - 16 > Self.margin + width {
                x = Self.margin
                y += 18
            }
            key.append((entry, x, y))
            x += length
        }
        return y + 10
    }

    /// The series' names beside the right ends of their lines; nil when the
    /// series are not all lines that end apart at the right.
    private static func endLabels(
        _ panel: Panel, _ entries: [KeyEntry]
    ) -> [(KeyEntry, SIMD2<Double>)]? {
        guard (1...6).contains(entries.count) else { return nil }
        let geometry = UnitGeometry(panel)
        var found: [(KeyEntry, SIMD2<Double>)] = []
        for entry in entries {
            guard case .line = entry.mark.shape,
                let mark = panel.marks.first(where: {
                    $0.label == entry.label && $0.kind == "line"
                }), case .line(let points) = mark.shape,
                let end = geometry.pieces(points).last?.last, end.x > 0.9
            else { return nil }
            found.append((entry, end))
        }
        found.sort { $0.1.y < $1.1.y }
        for (a, b) in zip(found, found.dropFirst()) where b.1.y - a.1.y < 0.055 { return nil }
        return found
    }

    private static func frame(
        _ panel: Panel, x: Double, y: Double, width: Double, isSmall: Bool,
        endLabels: [(KeyEntry, SIMD2<Double>)]?
    ) -> PanelFrame {
        let axes = panel.axes
        var frame = PanelFrame()
        var top = y
        if panel.title != nil {
            frame.titleY = top + 12
            top += 20
        }
        if axes.y.title != nil {
            frame.yTitleY = top + 10
            top += 20
        } else {
            top += 6
        }
        frame.yTitleX = x
        frame.top = top
        frame.height = height(axes.y, width: width, isSmall: isSmall)
        let target = max(3, Int(frame.height / (isSmall ? 34 : 36)))
        let rows: Int
        if case .category(let names) = axes.y.scale {
            rows = max(1, min(names.count, Int(frame.height / 13)))
        } else {
            rows = target
        }
        frame.yTicks = panel.isEmpty ? [] : axes.y.ticks(target: rows)
        let room = max(40, width * 0.42)
        frame.yTicks = frame.yTicks.map {
            Tick(
                value: $0.value,
                label: TextMetrics.fitted($0.label, size: tickSize, width: room))
        }
        let labels = frame.yTicks.map { TextMetrics.width($0.label, size: tickSize) }.max() ?? 0
        frame.left = x + (labels > 0 ? labels.rounded(.up) + 9 : 4)
        var right = x + width - 6
        if let endLabels {
            let longest =
                endLabels.map { TextMetrics.width($0.0.label, size: labelSize) }.max() ?? 0
            right -= min(longest + 6, width * 0.35)
        }
        frame.width = max(right - frame.left, 30)
        if panel.hasEqualScales {
            // One unit as long on both axes: shrink what is too long.
            let spanX = axes.x.high - axes.x.low
            let spanY = axes.y.high - axes.y.low
            let height = frame.width * spanY / spanX
            if height.isFinite, height > 0 {
                let limit = isSmall ? 300.0 : 460
                if height <= limit {
                    frame.height = max(height, 20)
                } else {
                    frame.height = limit
                    frame.width = max(limit * spanX / spanY, 20)
                }
            }
        }
        let place = { (tick: Tick) in axes.x.place(tick.value) * frame.width }
        let wide: Bool
        if case .category = axes.x.scale { wide = true } else { wide = false }
        let xTarget = wide ? 60 : max(3, Int(frame.width / (isSmall ? 46 : 64)))
        frame.xTicks =
            panel.isEmpty
            ? []
            : axes.x.ticks(target: min(xTarget, 12)) { ticks in
                for (a, b) in zip(ticks, ticks.dropFirst()) {
                    let half =
                        (TextMetrics.width(a.label, size: tickSize)
                            + TextMetrics.width(b.label, size: tickSize)) / 2
                    if place(b) - place(a) < half + 10 { return false }
                }
                return true
            }
        if let endLabels {
            frame.endLabels = endLabels.map {
                (
                    TextMetrics.fitted($0.0.label, size: labelSize, width: width * 0.35),
                    $0.0.mark.style.ink, frame.top + (1 - $0.1.y) * frame.height
                )
            }
        }
        return frame
    }

    private static func height(_ y: ResolvedAxis, width: Double, isSmall: Bool) -> Double {
        if case .category(let names) = y.scale {
            let row = names.count > 40 ? 13.0 : 21
            return min(max(Double(names.count) * row + 8, 40), 1400)
        }
        return (isSmall ? min(max(width * 0.7, 90), 200) : min(max(width * 0.5, 150), 420))
            .rounded()
    }
}
