// SPDX-License-Identifier: GPL-3.0-or-later

/// Something to be drawn by ``plot(_:title:x:y:caption:)``: marks with what
/// they ask of the axes and what they say in words.
public struct Layer {
    enum Content {
        case marks([Mark])
        case curve(Curve)
        /// A layer that brings panels of its own.
        case panels([Panel])
    }

    /// A function, drawn once the range of the other layers is known.
    struct Curve {
        var function: (Double) -> Double
        var from: Double?
        var to: Double?
        var label: String?
        var style: Style
    }

    var content: Content
    var x: Axis
    var y: Axis
    var sentences: [String]
    var notes: [String]
    var hasEqualScales = false

    init(
        _ content: Content, x: Axis = Axis(), y: Axis = Axis(), sentences: [String] = [],
        notes: [String] = []
    ) {
        self.content = content
        self.x = x
        self.y = y
        self.sentences = sentences
        self.notes = notes
    }

    /// A layer of marks of one's own.
    /// - Parameters:
    ///   - x: what the layer asks of the axis when the plot does not say.
    ///   - description: what the marks show, a sentence with numbers.
    ///   - note: what a reader must be told in the caption.
    public init(
        _ marks: [Mark], x: Axis = Axis(), y: Axis = Axis(), description: String? = nil,
        note: String? = nil
    ) {
        self.init(
            .marks(marks), x: x, y: y, sentences: description.map { [$0] } ?? [],
            notes: note.map { [$0] } ?? [])
    }

    /// The same layer with another colour, line or opacity for all its marks.
    public func styled(
        _ ink: Ink? = nil, width: Double? = nil, dash: Style.Dash? = nil, opacity: Double? = nil
    ) -> Layer {
        func changed(_ style: Style) -> Style {
            Style(
                ink ?? style.ink, width: width ?? style.width, dash: dash ?? style.dash,
                opacity: opacity ?? style.opacity)
        }
        var layer = self
        switch content {
        case .marks(let marks):
            layer.content = .marks(
                marks.map { Mark($0.shape, style: changed($0.style), label: $0.label) })
        case .curve(var curve):
            curve.style = changed(curve.style)
            layer.content = .curve(curve)
        case .panels(var panels):
            for i in panels.indices {
                for j in panels[i].marks.indices {
                    panels[i].marks[j].style = changed(panels[i].marks[j].style)
                }
            }
            layer.content = .panels(panels)
        }
        return layer
    }
}

/// A figure from layers, drawn in order, the last on top.
///
///     try plot(histogram(x, density: true), curve(d.pdf), x: "height (cm)")
///
/// Layers that bring panels of their own (``rank(_:bins:name:)``) stand beside
/// the panel that holds all the others. What the axes leave open, the layers
/// decide.
public func plot(
    _ layers: Layer..., title: String? = nil, x: Axis = Axis(), y: Axis = Axis(),
    caption: String? = nil
) -> Figure {
    plot(layers, title: title, x: x, y: y, caption: caption)
}

/// As the above, from an array.
public func plot(
    _ layers: [Layer], title: String? = nil, x: Axis = Axis(), y: Axis = Axis(),
    caption: String? = nil
) -> Figure {
    var panels: [Panel] = []
    var shared: [Layer] = []
    var place: Int?
    for layer in layers {
        if case .panels(let own) = layer.content {
            panels += own
        } else {
            if place == nil { place = panels.count }
            shared.append(layer)
        }
    }
    if place != nil || panels.isEmpty {
        panels.insert(panel(of: shared, x: x, y: y), at: place ?? 0)
    }
    return Figure(panels: panels, title: title, caption: caption)
}

private func panel(of layers: [Layer], x: Axis, y: Axis) -> Panel {
    var panel = Panel(x: x, y: y)
    for layer in layers {
        panel.x = panel.x.filled(from: layer.x)
        panel.y = panel.y.filled(from: layer.y)
        panel.notes += layer.notes.filter { !panel.notes.contains($0) }
        panel.hasEqualScales = panel.hasEqualScales || layer.hasEqualScales
    }
    let palette = Palette(layers)
    for (i, layer) in layers.enumerated() {
        if case .marks(let marks) = layer.content {
            panel.marks += marks.map { palette.inked($0, layer: i) }
        }
    }
    // Curves take the range of what else is there; their place in the drawing
    // order is that of their layer.
    let axes = panel.axes
    let isAlone = panel.isEmpty
    var marks: [Mark] = []
    for (i, layer) in layers.enumerated() {
        var sentences = layer.sentences
        switch layer.content {
        case .marks(let own): marks += own.map { palette.inked($0, layer: i) }
        case .curve(let curve):
            let known = isAlone && panel.x.range == nil
            let from = curve.from ?? (known ? (curve.to.map { $0 - 1 } ?? 0) : axes.x.low)
            let to = curve.to ?? (known ? (curve.from.map { $0 + 1 } ?? 1) : axes.x.high)
            var points = curve.sampled(from: from, to: to, isLog: axes.x.scale == .log)
            if isAlone, panel.y.range == nil, panel.y.scale != .log, let range = polesCut(points) {
                panel.y.range = range
                points = broken(points, across: range)
            }
            marks.append(
                palette.inked(
                    Mark(.line(points), style: curve.style, label: curve.label), layer: i))
            sentences.append(curveSentence(points, label: curve.label))
        case .panels: break
        }
        panel.sentences += sentences
    }
    panel.marks = marks
    return panel
}

/// A range for a graph with poles: what nine tenths of it need, when the rest
/// would flatten them. Nil for other graphs.
private func polesCut(_ points: [Mark.Point]) -> ClosedRange<Double>? {
    // Weighted by what each point stands for: the grid is finer near a pole.
    var weighted: [(y: Double, weight: Double)] = []
    for (a, b) in zip(points, points.dropFirst()) where a.isDrawable && b.x > a.x {
        weighted.append((a.y, b.x - a.x))
    }
    weighted.sort { $0.y < $1.y }
    guard weighted.count > 20, let first = weighted.first, let last = weighted.last else {
        return nil
    }
    let total = weighted.reduce(0) { $0 + $1.weight }
    func quantile(_ p: Double) -> Double {
        var sum = 0.0
        for (y, weight) in weighted {
            sum += weight
            if sum >= p * total { return y }
        }
        return last.y
    }
    let low = quantile(0.05)
    let high = quantile(0.95)
    let spread = high - low
    guard spread > 0, last.y - first.y > 25 * spread else { return nil }
    return max(low - spread / 2, first.y)...min(high + spread / 2, last.y)
}

/// A graph that leaves a range at one side and comes back at the other is not
/// joined through it.
private func broken(_ points: [Mark.Point], across range: ClosedRange<Double>) -> [Mark.Point] {
    var out: [Mark.Point] = []
    for point in points {
        if let last = out.last, !range.contains(last.y), !range.contains(point.y),
            (last.y < range.lowerBound) != (point.y < range.lowerBound)
        {
            out.append(.init(point.x, .nan))
        }
        out.append(point)
    }
    return out
}

/// Which colour a layer gets when it asks for none: a lone series is plain, a
/// model over data stands out, several series are told apart.
private struct Palette {
    private var inks: [Ink] = []
    private var opacities: [Double] = []

    init(_ layers: [Layer]) {
        enum Role { case bars, points, lines, none }
        let roles = layers.map { layer -> Role in
            switch layer.content {
            case .curve(let curve): return curve.style.ink == .automatic ? .lines : .none
            case .panels: return .none
            case .marks(let marks):
                guard let mark = marks.first(where: { $0.style.ink == .automatic }) else {
                    return .none
                }
                switch mark.shape {
                case .bars: return .bars
                case .points, .text: return .points
                case .line, .area: return .lines
                }
            }
        }
        let bars = roles.count { $0 == .bars }
        let points = roles.count { $0 == .points }
        let lines = roles.count { $0 == .lines }
        var next = 0
        for role in roles {
            var opacity = 1.0
            switch role {
            case .bars where bars == 1: inks.append(points + lines > 0 ? .pale : .hue(3))
            case .points where points == 1: inks.append(.dark)
            case .lines where lines == 1: inks.append(bars + points > 0 ? .series(1) : .series(0))
            case .none: inks.append(.automatic)
            default:
                inks.append(.series(next))
                next += 1
                if role == .bars { opacity = 0.45 }
            }
            opacities.append(opacity)
        }
    }

    func inked(_ mark: Mark, layer: Int) -> Mark {
        guard mark.style.ink == .automatic else { return mark }
        var mark = mark
        mark.style.ink = inks[layer]
        mark.style.opacity *= opacities[layer]
        return mark
    }
}
