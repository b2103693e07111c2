// SPDX-License-Identifier: GPL-3.0-or-later

/// Fewer places for the same picture.
enum Simplification {
    typealias Place = SIMD2<Double>

    /// A line without the places that a reader could not tell apart.
    ///
    /// Where x only grows, each column of `resolution` keeps its first, lowest,
    /// highest and last place; otherwise a place is kept when it lies at least
    /// `resolution` from the last one kept. A line that is still longer than
    /// `budget` is thinned again at twice the resolution.
    static func line(_ places: [Place], resolution: Double, budget: Int) -> [Place] {
        guard places.count > 2 else { return places }
        let grows = zip(places, places.dropFirst()).allSatisfy { $0.x <= $1.x }
        var resolution = resolution
        while true {
            let kept = grows ? columns(places, resolution) : steps(places, resolution)
            if kept.count <= max(budget, 8) || resolution > 1e4 { return kept }
            resolution *= 2
        }
    }

    private static func columns(_ places: [Place], _ width: Double) -> [Place] {
        var out: [Place] = []
        var i = 0
        while i < places.count {
            let column = (places[i].x / width).rounded(.down)
            var j = i
            var low = i
            var high = i
            while j < places.count, (places[j].x / width).rounded(.down) == column {
                if places[j].y < places[low].y { low = j }
                if places[j].y > places[high].y { high = j }
                j += 1
            }
            var last = -1
            for k in [i, min(low, high), max(low, high), j - 1] where k > last {
                out.append(places[k])
                last = k
            }
            i = j
        }
        return straightened(out, tolerance: 0.05)
    }

    private static func steps(_ places: [Place], _ width: Double) -> [Place] {
        var out = [places[0]]
        var kept = places[0]
        for place in places.dropFirst().dropLast() {
            let d = place - kept
            if d.x * d.x + d.y * d.y >= width * width {
                out.append(place)
                kept = place
            }
        }
        out.append(places[places.count - 1])
        return straightened(out, tolerance: 0.05)
    }

    /// Without the places that lie within `tolerance` of the line that is left
    /// (Douglas and Peucker 1973).
    private static func straightened(_ places: [Place], tolerance: Double) -> [Place] {
        guard places.count > 2 else { return places }
        var keep = [Bool](repeating: false, count: places.count)
        keep[0] = true
        keep[places.count - 1] = true
        var stack = [(0, places.count - 1)]
        while let (first, last) = stack.popLast() {
            guard last - first > 1 else { continue }
            let a = places[first]
            let d = places[last] - a
            let square = d.x * d.x + d.y * d.y
            var farthest = first
            var distance = tolerance * tolerance
            for i in (first + 1)..<last {
                let e = places[i] - a
                let along = square > 0 ? min(max((e.x * d.x + e.y * d.y) / square, 0), 1) : 0
                let off = e - along * d
                let found = off.x * off.x + off.y * off.y
                if found > distance {
                    distance = found
                    farthest = i
                }
            }
            if farthest > first {
                keep[farthest] = true
                stack.append((first, farthest))
                stack.append((farthest, last))
            }
        }
        return places.indices.filter { keep[$0] }.map { places[$0] }
    }

    /// Points on a grid of `resolution`, each cell once with the number of points
    /// in it; coarser until at most `budget` are left. In order of first
    /// appearance.
    static func points(
        _ places: [Place], resolution: Double, budget: Int
    ) -> [(place: Place, count: Int)] {
        guard places.count > budget else { return places.map { ($0, 1) } }
        var resolution = resolution
        while true {
            var seen: [SIMD2<Int32>: Int] = [:]
            var out: [(place: Place, count: Int)] = []
            for place in places {
                let cell = (place / resolution).rounded(.down)
                guard cell.x.magnitude < 1e9, cell.y.magnitude < 1e9 else { continue }
                let key = SIMD2(Int32(cell.x), Int32(cell.y))
                if let index = seen[key] {
                    out[index].count += 1
                } else {
                    if out.count == budget { break }
                    seen[key] = out.count
                    out.append((place, 1))
                }
            }
            if out.reduce(0, { $0 + $1.count }) == places.count || resolution > 1e6 { return out }
            resolution *= 1.3
        }
    }
}
