// SPDX-License-Identifier: GPL-3.0-or-later

extension SVGLayout {
    /// Everything but the background.
    func write(_ figure: Figure, to writer: inout SVGWriter) {
        let text = ("t", ThemedColor.text)
        for (i, line) in titleLines.enumerated() {
            writer.text(
                line, x: Self.margin, y: Self.margin + 14 + Double(i) * 20, size: 15.5, weight: 600,
                color: text)
        }
        for (entry, x, y) in key { write(entry, x: x, y: y, to: &writer) }
        let marks = figure.panels.flatMap(\.marks)
        let boxes = marks.reduce(0) { sum, mark in
            if case .bars(let boxes) = mark.shape { sum + boxes.count } else { sum }
        }
        let budget = Budget(
            places: max(60, 5200 / max(marks.count, 1)), boxStride: max(1, (boxes + 2999) / 3000))
        for (panel, frame) in zip(figure.panels, frames) {
            write(panel, frame, budget, to: &writer)
        }
        for (i, line) in captionLines.enumerated() {
            writer.text(
                line, x: Self.margin,
                y: height - 10 - Double(captionLines.count - 1 - i) * 15, size: 11)
        }
    }

    private func write(
        _ panel: Panel, _ frame: PanelFrame, _ budget: Budget, to writer: inout SVGWriter
    ) {
        let n = SVGWriter.number
        let (x, y) = panel.axes
        let right = frame.left + frame.width
        let bottom = frame.top + frame.height
        if let titleY = frame.titleY, let title = panel.title {
            writer.text(
                TextMetrics.fitted(title, size: 13.5, width: right - frame.yTitleX),
                x: frame.yTitleX, y: titleY, size: 12.5, weight: 600, color: ("t", .text))
        }
        if let titleY = frame.yTitleY, let title = y.title {
            writer.text(
                TextMetrics.fitted(title, size: 12, width: right - frame.yTitleX),
                x: frame.yTitleX, y: titleY)
        }
        let across = { (value: Double) in frame.left + x.place(value) * frame.width }
        let down = { (value: Double) in bottom - y.place(value) * frame.height }
        if panel.isEmpty {
            writer.add(
                "<rect x=\"\(n(frame.left))\" y=\"\(n(frame.top))\" width=\"\(n(frame.width))\" "
                    + "height=\"\(n(frame.height))\" fill=\"none\" \(writer.stroke("g", .grid))/>")
            writer.text(
                "no data", x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 + 4,
                anchor: .middle)
        }
        // Grid: along the values that are read off; rows of a forest have none.
        var grid = ""
        if case .category = y.scale {
            for tick in frame.xTicks {
                grid += "M\(n(across(tick.value))) \(n(frame.top))V\(n(bottom))"
            }
        } else {
            for tick in frame.yTicks {
                grid += "M\(n(frame.left)) \(n(down(tick.value)))H\(n(right))"
            }
        }
        if !grid.isEmpty {
            writer.add("<path d=\"\(grid)\" \(writer.stroke("g", .grid)) stroke-width=\"1\"/>")
        }
        for mark in panel.marks {
            write(mark, panel, frame, budget, to: &writer)
        }
        writeAxes(panel, frame, x, y, to: &writer)
        for (label, ink, at) in frame.endLabels {
            writer.text(
                label, x: right + 6, y: at + 4, size: Self.labelSize, color: ink.themed)
        }
    }

    private func writeAxes(
        _ panel: Panel, _ frame: PanelFrame, _ x: ResolvedAxis, _ y: ResolvedAxis,
        to writer: inout SVGWriter
    ) {
        let n = SVGWriter.number
        let right = frame.left + frame.width
        let bottom = frame.top + frame.height
        if !panel.isEmpty {
            var axis = "M\(n(frame.left)) \(n(bottom))H\(n(right))"
            for tick in frame.xTicks {
                axis += "M\(n(frame.left + x.place(tick.value) * frame.width)) \(n(bottom))v4"
            }
            writer.add(
                "<path d=\"\(axis)\" fill=\"none\" \(writer.stroke("a", .axis)) "
                    + "stroke-width=\"1\"/>")
        }
        var lastEnd = -Double.infinity
        for tick in frame.xTicks {
            let half = TextMetrics.width(tick.label, size: Self.tickSize) / 2
            // A label at the edge moves inward rather than out of the picture.
            let at = min(
                max(frame.left + x.place(tick.value) * frame.width, 2 + half), width - 2 - half)
            guard at - half > lastEnd else { continue }
            lastEnd = at + half
            writer.text(
                tick.label, x: at, y: bottom + 16, size: Self.tickSize, anchor: .middle)
        }
        for tick in frame.yTicks {
            writer.text(
                tick.label, x: frame.left - 7,
                y: bottom - y.place(tick.value) * frame.height + 3.8, size: Self.tickSize,
                anchor: .end)
        }
        if let title = x.title {
            writer.text(
                TextMetrics.fitted(title, size: 12, width: max(frame.width, 60)),
                x: frame.left + frame.width / 2, y: bottom + (frame.xTicks.isEmpty ? 17 : 33),
                anchor: .middle)
        }
    }

    private func write(_ entry: KeyEntry, x: Double, y: Double, to writer: inout SVGWriter) {
        let n = SVGWriter.number
        let style = entry.mark.style
        let opacity =
            style.opacity < 1
            ? " opacity=\"\(NumberText.fixed(max(style.opacity, 0.4), decimals: 2))\"" : ""
        switch entry.mark.shape {
        case .line:
            writer.add(
                "<path d=\"M\(n(x)) \(n(y))h18\" \(writer.stroke(style.ink)) "
                    + "stroke-width=\"2\"\(style.dash.attribute)/>")
        case .area, .bars, .text:
            writer.add(
                "<rect x=\"\(n(x + 3))\" y=\"\(n(y - 5.5))\" width=\"12\" height=\"11\" "
                    + "\(writer.fill(style.ink))\(opacity)/>")
        case .points(_, let symbol):
            write([SIMD2(x + 9, y)], symbol, radius: 3.2, style.ink, to: &writer)
        }
        writer.text(entry.label, x: x + 24, y: y + 4, size: Self.labelSize)
    }
}

extension Style.Dash {
    var attribute: String {
        switch self {
        case .solid: ""
        case .dashed: " stroke-dasharray=\"6 4\""
        case .dotted: " stroke-dasharray=\"1.5 3\""
        case .mixed: " stroke-dasharray=\"8 3 1.5 3\""
        }
    }
}
