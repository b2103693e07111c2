// SPDX-License-Identifier: GPL-3.0-or-later

/// What a figure may spend on its marks to stay under 100 KB.
struct Budget {
    /// Places of one mark.
    var places: Int
    /// Every how many-th box is drawn.
    var boxStride: Int
}

extension SVGLayout {
    /// One mark, within its budget.
    func write(
        _ mark: Mark, _ panel: Panel, _ frame: PanelFrame, _ limits: Budget,
        to writer: inout SVGWriter
    ) {
        let budget = limits.places
        let geometry = UnitGeometry(panel)
        let bottom = frame.top + frame.height
        let pixel = { (place: SIMD2<Double>) in
            SIMD2(frame.left + place.x * frame.width, bottom - place.y * frame.height)
        }
        let style = mark.style
        let opacity =
            style.opacity < 1
            ? " opacity=\"\(NumberText.fixed(max(style.opacity, 0), decimals: 2))\"" : ""
        switch mark.shape {
        case .line(let points):
            let pieces = geometry.pieces(points).map { $0.map(pixel) }
            let total = max(pieces.reduce(0) { $0 + $1.count }, 1)
            var data = ""
            let every = max(1, (2 * pieces.count + budget - 1) / max(budget, 1))
            for i in stride(from: 0, to: pieces.count, by: every) {
                let piece = pieces[i]
                let share = max(2, budget * piece.count / total)
                data += SVGWriter.path(
                    Simplification.line(piece, resolution: 0.5, budget: share))
            }
            guard !data.isEmpty else { return }
            let width = NumberText.coordinate(min(max(style.width ?? 1.8, 0.1), 40))
            let cap = (style.width ?? 0) >= 3 ? " stroke-linecap=\"butt\"" : ""
            writer.add(
                "<path d=\"\(data)\" fill=\"none\" \(writer.stroke(style.ink)) "
                    + "stroke-width=\"\(width)\" stroke-linejoin=\"round\"\(cap)"
                    + "\(style.dash.attribute)\(opacity)/>")
        case .area(let slices):
            var data = ""
            let polygons = geometry.polygons(slices)
            let every = max(1, (4 * polygons.count + budget - 1) / max(budget, 1))
            for i in stride(from: 0, to: polygons.count, by: every) {
                let places = Simplification.line(
                    polygons[i].map(pixel), resolution: 0.5, budget: budget / polygons.count)
                data += SVGWriter.path(places, close: true)
            }
            guard !data.isEmpty else { return }
            writer.add("<path d=\"\(data)\" \(writer.fill(style.ink))\(opacity)/>")
        case .points(let points, let symbol):
            let places = points.map(geometry.place).filter(UnitGeometry.isInside).map(pixel)
            // Other symbols take three times the bytes of a disc.
            let few = Simplification.points(
                places, resolution: 0.7, budget: symbol == .disc ? budget : budget / 3)
            let radius = style.width ?? Self.radius(few.count)
            if few.count == places.count {
                write(
                    places, symbol, radius: radius, style.ink, opacity: style.opacity, to: &writer)
                break
            }
            // Points that share a cell make it darker, in four steps.
            let most = few.map(\.count).max() ?? 1
            for step in 0..<4 {
                let group = few.filter {
                    min($0.count * 4 / max(most, 1), 3) == step
                }.map(\.place)
                write(
                    group, symbol, radius: radius, style.ink,
                    opacity: style.opacity * [0.35, 0.6, 0.85, 1][step], to: &writer)
            }
        case .bars(let boxes):
            write(
                boxes.compactMap(geometry.box), frame, style, every: limits.boxStride, to: &writer)
        case .text(let notes):
            for note in notes.prefix(min(budget, 200)) {
                let place = geometry.place(note.at)
                guard UnitGeometry.isInside(place) else { continue }
                let at = pixel(place)
                writer.text(
                    note.text, x: at.x, y: at.y + 4, size: Self.labelSize, anchor: note.anchor,
                    color: style.ink.themed)
            }
        }
    }

    private static func radius(_ count: Int) -> Double {
        switch count {
        case ...60: 3
        case ...400: 2.4
        case ...2000: 1.8
        default: 1.3
        }
    }

    private func write(
        _ boxes: [(low: SIMD2<Double>, high: SIMD2<Double>)], _ frame: PanelFrame, _ style: Style,
        every: Int, to writer: inout SVGWriter
    ) {
        let n = SVGWriter.number
        let bottom = frame.top + frame.height
        var data = ""
        var narrowest = Double.infinity
        for i in stride(from: 0, to: boxes.count, by: max(every, 1)) {
            let (low, high) = boxes[i]
            let left = frame.left + low.x * frame.width
            let right = frame.left + high.x * frame.width
            let top = bottom - high.y * frame.height
            let foot = bottom - low.y * frame.height
            narrowest = min(narrowest, right - left)
            if right > left, foot > top {
                data += "M\(n(left)) \(n(foot))V\(n(top))H\(n(right))V\(n(foot))Z"
            }
        }
        guard !data.isEmpty else { return }
        let opacity =
            style.opacity < 1
            ? " fill-opacity=\"\(NumberText.fixed(max(style.opacity, 0), decimals: 2))\"" : ""
        // A hairline of background keeps neighbours apart.
        let gap =
            narrowest > 4 && style.opacity == 1
            ? " stroke=\"\(ThemedColor.background.light)\" stroke-width=\"1\"" : ""
        writer.add("<path d=\"\(data)\" \(barClass(style.ink, gap, &writer))\(opacity)/>")
    }

    private func barClass(_ ink: Ink, _ gap: String, _ writer: inout SVGWriter) -> String {
        let fill = writer.fill(ink)
        guard !gap.isEmpty else { return fill }
        _ = writer.stroke("b", .background)
        return fill.replacingClass(with: "f\(ink.themed.name) lb") + gap
    }

    /// Points of one series. Up to 700 discs are elements of their own, so that
    /// overlap shows as darkness; more are strokes of length 0 in a few paths.
    func write(
        _ places: [SIMD2<Double>], _ symbol: Mark.Symbol, radius: Double, _ ink: Ink,
        opacity: Double = 1, to writer: inout SVGWriter
    ) {
        guard !places.isEmpty else { return }
        let n = SVGWriter.number
        let radius = min(max(radius, 0.3), 20)
        let faint =
            opacity < 1 ? " opacity=\"\(NumberText.fixed(max(opacity, 0), decimals: 2))\"" : ""
        let groups = symbol == .disc && opacity < 1 && places.count > 1 ? 8 : 1
        if symbol == .disc, places.count <= 700 {
            writer.add(
                "<g \(writer.fill(ink))\(faint.isEmpty ? "" : " fill-" + faint.dropFirst())>")
            for place in places {
                writer.add("<circle cx=\"\(n(place.x))\" cy=\"\(n(place.y))\" r=\"\(n(radius))\"/>")
            }
            writer.add("</g>")
            return
        }
        for group in 0..<groups {
            var data = ""
            for i in stride(from: group, to: places.count, by: groups) {
                data += "M\(n(places[i].x)) \(n(places[i].y))\(symbol.strokes(radius))"
            }
            let width = symbol == .disc ? 2 * radius : 1.4
            writer.add(
                "<path d=\"\(data)\" fill=\"none\" \(writer.stroke(ink)) "
                    + "stroke-width=\"\(n(width))\" stroke-linecap=\"round\"\(faint)/>")
        }
    }
}

extension Mark.Symbol {
    /// Path data relative to the point's place.
    fileprivate func strokes(_ radius: Double) -> String {
        let r = SVGWriter.number(radius)
        let d = SVGWriter.number(2 * radius)
        switch self {
        case .disc: return "h0"
        case .ring: return "m-\(r) 0a\(r) \(r) 0 1 0 \(d) 0a\(r) \(r) 0 1 0 -\(d) 0"
        case .cross: return "m-\(r) -\(r)l\(d) \(d)m-\(d) 0l\(d) -\(d)"
        case .triangle: return "m0 -\(r)l\(r) \(d)h-\(d)z"
        case .diamond: return "m0 -\(r)l\(r) \(r)l-\(r) \(r)l-\(r) -\(r)z"
        case .tick: return "m0 -\(r)v\(d)"
        }
    }
}

extension String {
    /// The attributes with another class.
    fileprivate func replacingClass(with name: String) -> String {
        guard let start = firstIndex(of: "\""),
            let end = self[index(after: start)...].firstIndex(of: "\"")
        else { return self }
        return self[...start] + name + self[end...]
    }
}
