// SPDX-License-Identifier: GPL-3.0-or-later

extension TerminalPanel {
    func draw(_ mark: Mark, _ geometry: UnitGeometry, _ canvas: inout Canvas) {
        let color = mark.style.ink.terminalColor
        let (wide, tall) = (canvas.dotWidth, canvas.dotHeight)
        func dots(_ place: SIMD2<Double>) -> (Int, Int) {
            (
                min(Canvas.index(place.x * Double(wide)), wide - 1),
                min(Canvas.index((1 - place.y) * Double(tall)), tall - 1)
            )
        }
        switch mark.shape {
        case .line(let points):
            let isThick = (mark.style.width ?? 0) >= 3
            for piece in geometry.pieces(points) {
                let step = max(1, piece.count / 20_000)
                var previous = dots(piece[0])
                for i in stride(from: step, to: piece.count + step, by: step) {
                    let next = dots(piece[min(i, piece.count - 1)])
                    canvas.segment(previous, next, color)
                    if isThick {
                        canvas.segment(
                            (previous.0, previous.1 + 1), (next.0, next.1 + 1), color)
                    }
                    previous = next
                }
            }
        case .area(let slices): draw(geometry.polygons(slices), color, &canvas)
        case .points(let points, let symbol):
            for point in points {
                let place = geometry.place(point)
                guard UnitGeometry.isInside(place) else { continue }
                let (x, y) = dots(place)
                if symbol == .cross {
                    canvas.letter(x / 2, y / 4, "×", color)
                } else if points.count <= 60 {
                    canvas.letter(x / 2, y / 4, symbol.character, color)
                } else {
                    canvas.dot(x, y, color)
                }
            }
        case .bars(let boxes):
            var isCategory = false
            if case .category = panel.y.scale { isCategory = true }
            if case .hue(let step) = mark.style.ink, !isCategory,
                boxes.contains(where: { $0.bottom != 0 && $0.top != 0 })
            {
                mosaic(boxes.compactMap(geometry.box), step, color, &canvas)
            } else {
                draw(boxes.compactMap(geometry.box), color, &canvas)
            }
        case .text(let notes):
            for note in notes.prefix(200) {
                let place = geometry.place(note.at)
                guard UnitGeometry.isInside(place) else { continue }
                let (x, y) = dots(place)
                let text = TerminalText.clean(note.text)
                let shift =
                    note.anchor == .start
                    ? 0 : note.anchor == .middle ? text.count / 2 : text.count
                canvas.text(shortened(text, to: canvas.width), x: x / 2 - shift, y: y / 4, color)
            }
        }
    }

    /// Every second dot of an area, so that lines over it can be seen.
    private func draw(_ polygons: [[SIMD2<Double>]], _ color: Int?, _ canvas: inout Canvas) {
        for polygon in polygons where polygon.count > 2 {
            for x in 0..<canvas.dotWidth {
                let at = (Double(x) + 0.5) / Double(canvas.dotWidth)
                // Where the vertical through this column crosses the outline.
                var crossings: [Double] = []
                var a = polygon[polygon.count - 1]
                for b in polygon {
                    if (a.x <= at) != (b.x <= at) {
                        crossings.append(a.y + (at - a.x) / (b.x - a.x) * (b.y - a.y))
                    }
                    a = b
                }
                crossings.sort()
                var i = 0
                while i + 1 < crossings.count {
                    let top = Canvas.index((1 - crossings[i + 1]) * Double(canvas.dotHeight))
                    let bottom = Canvas.index((1 - crossings[i]) * Double(canvas.dotHeight))
                    for y in max(top, 0)...max(min(bottom, canvas.dotHeight - 1), max(top, 0))
                    where (x + y) % 2 == 0 {
                        canvas.shade(x, y, color)
                    }
                    i += 2
                }
            }
        }
    }

    /// Bars that stand on the lower edge rise in eighths of a cell; others, and
    /// rows, fill from the left in eighths.
    private func draw(
        _ boxes: [(low: SIMD2<Double>, high: SIMD2<Double>)], _ color: Int?, _ canvas: inout Canvas
    ) {
        let rising: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        let growing: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
        let width = Double(canvas.width)
        let height = Double(canvas.height)
        if case .category = panel.y.scale {
            for (low, high) in boxes {
                let y = min(Canvas.index((1 - (low.y + high.y) / 2) * height), canvas.height - 1)
                let first = Canvas.index(low.x * width)
                let end = high.x * width
                for x in first..<max(first, Canvas.index(end.rounded(.up))) {
                    let share = min(end - Double(x), 1)
                    let eighth = min(max(Int((share * 8).rounded(.up)), 1), 8)
                    canvas.block(x, y, growing[eighth - 1], color)
                }
            }
            return
        }
        // The tallest bar over each column; a bar thinner than a column has one.
        var tops = [Double](repeating: 0, count: canvas.width)
        for (low, high) in boxes where high.y > low.y {
            if low.y > 1e-9 {
                fill(low, high, color, &canvas)
                continue
            }
            let first = min(Canvas.index((low.x * width).rounded()), canvas.width - 1)
            let last = max(first, Canvas.index((high.x * width).rounded()) - 1)
            for x in first...min(last, canvas.width - 1) { tops[x] = max(tops[x], high.y) }
        }
        for (x, top) in tops.enumerated() where top > 0 {
            let eighths = max(1, Canvas.index((top * height * 8).rounded()))
            for y in 0..<canvas.height {
                let left = eighths - 8 * y
                guard left > 0 else { break }
                canvas.block(x, canvas.height - 1 - y, rising[min(left, 8) - 1], color)
            }
        }
    }

    /// The cells of a heat map: darker for a higher step.
    private func mosaic(
        _ boxes: [(low: SIMD2<Double>, high: SIMD2<Double>)], _ step: Int, _ color: Int?,
        _ canvas: inout Canvas
    ) {
        let shades: [Character] = [" ", "·", "░", "░", "▒", "▓", "█"]
        let (width, height) = (Double(canvas.width), Double(canvas.height))
        for (low, high) in boxes {
            // A cell belongs to the box that holds its centre.
            let columns = Int((low.x * width).rounded())..<Int((high.x * width).rounded())
            let rows =
                Int(((1 - high.y) * height).rounded())..<Int(((1 - low.y) * height).rounded())
            for row in rows {
                for column in columns {
                    canvas.block(column, row, shades[min(max(step, 0), 6)], color)
                }
            }
        }
    }

    /// A bar that hangs or floats: whole dots.
    private func fill(
        _ low: SIMD2<Double>, _ high: SIMD2<Double>, _ color: Int?, _ canvas: inout Canvas
    ) {
        let left = Canvas.index((low.x * Double(canvas.dotWidth)).rounded())
        let right = max(left + 1, Canvas.index((high.x * Double(canvas.dotWidth)).rounded()))
        let top = Canvas.index(((1 - high.y) * Double(canvas.dotHeight)).rounded())
        let bottom = max(top + 1, Canvas.index(((1 - low.y) * Double(canvas.dotHeight)).rounded()))
        for y in top..<bottom { for x in left..<right { canvas.dot(x, y, color) } }
    }
}

extension Mark.Symbol {
    /// Its nearest likeness one column wide.
    var character: Character {
        switch self {
        case .disc: "●"
        case .ring: "○"
        case .cross: "×"
        case .triangle: "△"
        case .diamond: "◇"
        case .tick: "┃"
        }
    }
}
