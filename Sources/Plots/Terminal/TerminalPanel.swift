// SPDX-License-Identifier: GPL-3.0-or-later

/// One panel as rows of text: title, title of the vertical axis, drawing with
/// labels at the left, horizontal axis, its labels, its title.
struct TerminalPanel {
    let panel: Panel
    let width: Int
    let height: Int

    init(_ panel: Panel, width: Int, height: Int) {
        self.panel = panel
        self.width = width
        if case .category(let names) = panel.y.scale {
            self.height = min(max(names.count, 1), 100)
        } else {
            self.height = height
        }
    }

    /// Rows with the number of columns each fills.
    func rows(color: Bool) -> [(text: String, width: Int)] {
        let geometry = UnitGeometry(panel)
        var out: [(String, Int)] = []
        func add(_ text: String) { out.append((text, text.count)) }
        if let title = panel.title { add(shortened(TerminalText.clean(title), to: width)) }
        if let title = geometry.y.title { add(shortened(TerminalText.clean(title), to: width)) }

        let yTicks = panel.isEmpty ? [] : self.yTicks(geometry.y)
        let labels = yTicks.map {
            shortened(TerminalText.clean($0.label), to: max(6, width / 3))
        }
        let gutter = labels.map(\.count).max() ?? 0
        let plotWidth = max(width - gutter - 2, 8)
        var canvas = Canvas(width: plotWidth, height: height)
        for mark in panel.marks { draw(mark, geometry, &canvas) }
        if panel.isEmpty {
            canvas.text("no data", x: max(0, plotWidth / 2 - 4), y: height / 2, nil)
        }
        var rowLabels = [String](repeating: "", count: height)
        for (tick, label) in zip(yTicks, labels) {
            let row = self.row(geometry.y.place(tick.value))
            if rowLabels.indices.contains(row) { rowLabels[row] = label }
        }
        let drawn = canvas.rows(color: color)
        let plain = canvas.rows(color: false)
        for y in 0..<height {
            let label = rowLabels[y]
            let left =
                String(repeating: " ", count: max(0, gutter - label.count)) + label
                + (label.isEmpty ? " │" : " ┤")
            out.append((left + drawn[y], left.count + plain[y].count))
        }
        let xTicks = panel.isEmpty ? [] : self.xTicks(geometry.x, plotWidth)
        var axis = [Character](repeating: "─", count: plotWidth)
        for (column, _) in xTicks where axis.indices.contains(column) { axis[column] = "┬" }
        add(String(repeating: " ", count: gutter + 1) + "└" + String(axis))
        if !xTicks.isEmpty {
            var line = [Character](repeating: " ", count: gutter + 2 + plotWidth)
            for (column, label) in xTicks {
                let start = min(
                    max(gutter + 2 + column - label.count / 2, 0), line.count - label.count)
                for (i, character) in label.enumerated() where line.indices.contains(start + i) {
                    line[start + i] = character
                }
            }
            var text = String(line)
            while text.hasSuffix(" ") { text.removeLast() }
            add(text)
        }
        if let title = geometry.x.title {
            let shown = shortened(TerminalText.clean(title), to: width)
            let start = gutter + 2 + max(0, (plotWidth - shown.count) / 2)
            add(String(repeating: " ", count: min(start, max(0, width - shown.count))) + shown)
        }
        return out
    }

    private func row(_ place: Double) -> Int {
        min(Canvas.index((1 - place) * Double(height)), height - 1)
    }

    private func yTicks(_ axis: ResolvedAxis) -> [Tick] {
        if case .category = axis.scale { return axis.ticks(target: height) }
        return axis.ticks(target: max(2, height / 3)) { ticks in
            let rows = ticks.map { row(axis.place($0.value)) }
            return zip(rows, rows.dropFirst()).allSatisfy { $0 - $1 >= 2 }
        }
    }

    private func xTicks(_ axis: ResolvedAxis, _ plotWidth: Int) -> [(Int, String)] {
        let column = { (tick: Tick) in
            min(Canvas.index(axis.place(tick.value) * Double(plotWidth)), plotWidth - 1)
        }
        return axis.ticks(target: max(3, plotWidth / 10)) { ticks in
            zip(ticks, ticks.dropFirst()).allSatisfy {
                column($1) - column($0) >= ($0.label.count + $1.label.count) / 2 + 2
            }
        }.map { (column($0), shortened(TerminalText.clean($0.label), to: plotWidth)) }
    }
}
