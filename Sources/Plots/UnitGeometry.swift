// SPDX-License-Identifier: GPL-3.0-or-later

/// Marks in the unit square of their panel, cut at its edges: what both back
/// ends draw from.
struct UnitGeometry {
    typealias Place = SIMD2<Double>

    let x: ResolvedAxis
    let y: ResolvedAxis

    init(_ panel: Panel) { (x, y) = panel.axes }

    func place(_ point: Mark.Point) -> Place { Place(x.place(point.x), y.place(point.y)) }

    static func isInside(_ place: Place) -> Bool {
        let slack = 1e-9
        return place.x >= -slack && place.x <= 1 + slack && place.y >= -slack
            && place.y <= 1 + slack
    }

    /// The parts of a line inside the panel, each at least two places long.
    func pieces(_ points: [Mark.Point]) -> [[Place]] {
        var pieces: [[Place]] = []
        var current: [Place] = []
        func finish() {
            if current.count > 1 { pieces.append(current) }
            current = []
        }
        var previous: Place?
        for point in points {
            let next = place(point)
            guard !next.x.isNaN, !next.y.isNaN else {
                finish()
                previous = nil
                continue
            }
            if let previous {
                if let (from, to) = Self.cut(previous, next) {
                    if current.isEmpty { current.append(from) }
                    current.append(to)
                    if to != next { finish() }
                } else {
                    finish()
                }
            }
            previous = next
        }
        finish()
        return pieces
    }

    /// A segment cut at the unit square (Liang and Barsky 1984); nil outside.
    static func cut(_ a: Place, _ b: Place) -> (Place, Place)? {
        if isInside(a), isInside(b) { return (a, b) }
        let d = b - a
        var enter = 0.0
        var leave = 1.0
        for (p, q) in [(-d.x, a.x), (d.x, 1 - a.x), (-d.y, a.y), (d.y, 1 - a.y)] {
            if p == 0 {
                if q < 0 { return nil }
            } else if p < 0 {
                enter = max(enter, q / p)
            } else {
                leave = min(leave, q / p)
            }
        }
        guard enter <= leave else { return nil }
        return (enter > 0 ? a + enter * d : a, leave < 1 ? a + leave * d : b)
    }

    /// The parts of an area inside the panel, as polygons.
    func polygons(_ slices: [Mark.Slice]) -> [[Place]] {
        var polygons: [[Place]] = []
        var run: [(lower: Place, upper: Place)] = []
        func finish() {
            if run.count > 1 {
                let ring = run.map(\.upper) + run.reversed().map(\.lower)
                let inside = Self.cutPolygon(ring)
                if inside.count > 2 { polygons.append(inside) }
            }
            run = []
        }
        for slice in slices {
            let at = x.place(slice.x)
            let lower = y.base(slice.lower)
            let upper = y.base(slice.upper)
            guard !at.isNaN, !lower.isNaN, !upper.isNaN else {
                finish()
                continue
            }
            run.append((Place(at, lower), Place(at, upper)))
        }
        finish()
        return polygons
    }

    /// A polygon cut at the unit square (Sutherland and Hodgman 1974).
    static func cutPolygon(_ ring: [Place]) -> [Place] {
        if ring.allSatisfy(isInside) { return ring }
        var ring = ring
        // Distance inside each of the four edges.
        let edges: [(Place) -> Double] = [{ $0.x }, { 1 - $0.x }, { $0.y }, { 1 - $0.y }]
        for distance in edges {
            guard var previous = ring.last else { return [] }
            var out: [Place] = []
            for next in ring {
                let a = distance(previous)
                let b = distance(next)
                if (a < 0) != (b < 0) { out.append(previous + a / (a - b) * (next - previous)) }
                if b >= 0 { out.append(next) }
                previous = next
            }
            ring = out
        }
        return ring
    }

    /// A bar cut at the unit square: lower left and upper right; nil outside.
    func box(_ box: Mark.Box) -> (low: Place, high: Place)? {
        guard box.isDrawable else { return nil }
        let xs = [x.base(box.left), x.base(box.right)]
        let ys = [y.base(box.bottom), y.base(box.top)]
        guard !(xs + ys).contains(where: \.isNaN) else { return nil }
        let low = Place(min(xs[0], xs[1]), min(ys[0], ys[1]))
        let high = Place(max(xs[0], xs[1]), max(ys[0], ys[1]))
        guard high.x >= 0, low.x <= 1, high.y >= 0, low.y <= 1 else { return nil }
        return (
            Place(max(low.x, 0), max(low.y, 0)), Place(min(high.x, 1), min(high.y, 1))
        )
    }
}
