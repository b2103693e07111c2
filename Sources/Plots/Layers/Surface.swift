// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Level lines of a function of the plane.
///
///     plot(
///         contour({ x, y in (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x) },
///             x: -2...2, y: -1...3),
///         line(path))
///
/// - Parameters:
///   - levels: values whose lines are drawn; nil takes nine that part the values
///     on the grid evenly, rounded to two digits.
///   - resolution: cells along each axis, 2…400.
/// Throws for a range without extent or a resolution outside its limits.
public func contour(
    _ function: (Double, Double) throws -> Double, x: ClosedRange<Double>, y: ClosedRange<Double>,
    levels: [Double]? = nil, resolution: Int = 100
) throws -> Layer {
    let grid = try SampledPlane(function, x: x, y: y, resolution: resolution)
    let levels = (levels ?? grid.levels(9)).filter(\.isFinite).sorted()
    let marks = levels.enumerated().map { i, level -> Mark in
        let step = levels.count > 1 ? 2 + (4 * i + 1) / (levels.count - 1) : 4
        return Mark(.line(grid.lines(at: level)), style: Style(.hue(min(step, 6)), width: 1))
    }
    let listed = levels.map { NumberText.short($0, digits: 3) }.joined(separator: ", ")
    var sentence = "Level lines at \(levels.isEmpty ? "no value" : listed)"
    if let low = grid.lowest {
        sentence += ", lowest value on the grid \(NumberText.short(low.value)) at \(place(low.at))"
    }
    return Layer(
        .marks(marks), x: Axis(range: x), y: Axis(range: y), sentences: [sentence + "."],
        notes: levels.isEmpty ? [] : ["Level lines at \(listed), stronger is higher."])
}

/// The values of a function of the plane as steps of one hue.
///
/// - Parameter resolution: cells along each axis, 2…50.
/// Throws for a range without extent or a resolution outside its limits.
public func heatMap(
    _ function: (Double, Double) throws -> Double, x: ClosedRange<Double>, y: ClosedRange<Double>,
    resolution: Int = 40
) throws -> Layer {
    guard (2...50).contains(resolution) else {
        throw ParameterError("resolution", is: resolution, mustBe: "from 2 to 50")
    }
    let grid = try SampledPlane(function, x: x, y: y, resolution: resolution, atCentres: true)
    let finite = grid.values.filter(Mark.isDrawable)
    guard let low = finite.min(), let high = finite.max() else {
        return Layer(
            .marks([]), x: Axis(range: x), y: Axis(range: y),
            sentences: ["Heat map without finite values."])
    }
    let steps = high > low ? 7 : 1
    var boxes = [[Mark.Box]](repeating: [], count: steps)
    let (width, height) = (grid.width / Double(resolution), grid.height / Double(resolution))
    for row in 0..<resolution {
        let bottom = y.lowerBound + Double(row) * height
        func step(_ column: Int) -> Int? {
            let value = grid[column, row]
            guard Mark.isDrawable(value) else { return nil }
            return min(Int((value - low) / (high - low) * Double(steps)), steps - 1)
        }
        var column = 0
        while column < resolution {
            // Neighbours of one step are one box.
            let first = column
            let level = steps == 1 && Mark.isDrawable(grid[column, row]) ? 0 : step(column)
            column += 1
            while column < resolution,
                (steps == 1 && Mark.isDrawable(grid[column, row]) ? 0 : step(column)) == level
            {
                column += 1
            }
            guard let level else { continue }
            boxes[level].append(
                Mark.Box(
                    left: x.lowerBound + Double(first) * width,
                    right: x.lowerBound + Double(column) * width, bottom: bottom,
                    top: bottom + height))
        }
    }
    let marks = boxes.enumerated().map { i, boxes in
        let from = low + (high - low) * Double(i) / Double(steps)
        let to = low + (high - low) * Double(i + 1) / Double(steps)
        let label = "\(NumberText.short(from, digits: 3)) to \(NumberText.short(to, digits: 3))"
        return Mark(.bars(boxes), style: Style(.hue(i), opacity: 0.999), label: label)
    }
    return Layer(
        .marks(marks), x: Axis(range: x), y: Axis(range: y),
        sentences: [
            "Heat map of values from \(NumberText.short(low)) to \(NumberText.short(high))."
        ])
}

/// A function on an even grid: at the corners of the cells, or at their centres.
struct SampledPlane {
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    let columns: Int
    let rows: Int
    private(set) var values: [Double]

    var width: Double { x.upperBound - x.lowerBound }
    var height: Double { y.upperBound - y.lowerBound }

    init(
        _ function: (Double, Double) throws -> Double, x: ClosedRange<Double>,
        y: ClosedRange<Double>, resolution: Int, atCentres: Bool = false
    ) throws {
        for (name, range) in [("x", x), ("y", y)] {
            guard range.lowerBound < range.upperBound, Mark.isDrawable(range.lowerBound),
                Mark.isDrawable(range.upperBound)
            else { throw ParameterError(name, is: range, mustBe: "finite, with some length") }
        }
        guard (2...400).contains(resolution) else {
            throw ParameterError("resolution", is: resolution, mustBe: "from 2 to 400")
        }
        self.x = x
        self.y = y
        columns = atCentres ? resolution : resolution + 1
        rows = columns
        values = []
        values.reserveCapacity(rows * columns)
        let shift = atCentres ? 0.5 : 0
        for row in 0..<rows {
            for column in 0..<columns {
                let u = (Double(column) + shift) / Double(resolution)
                let v = (Double(row) + shift) / Double(resolution)
                values.append(
                    try function(
                        x.lowerBound + u * (x.upperBound - x.lowerBound),
                        y.lowerBound + v * (y.upperBound - y.lowerBound)))
            }
        }
    }

    subscript(column: Int, row: Int) -> Double { values[row * columns + column] }

    private func at(_ column: Double, _ row: Double) -> Mark.Point {
        .init(
            x.lowerBound + column / Double(columns - 1) * width,
            y.lowerBound + row / Double(rows - 1) * height)
    }

    var lowest: (value: Double, at: Mark.Point)? {
        values.indices.filter { Mark.isDrawable(values[$0]) }.min { values[$0] < values[$1] }.map {
            (values[$0], at(Double($0 % columns), Double($0 / columns)))
        }
    }

    /// Values that part those on the grid into equal shares, to two digits.
    func levels(_ count: Int) -> [Double] {
        let sorted = values.filter(Mark.isDrawable).sorted()
        guard let first = sorted.first, let last = sorted.last, last > first else { return [] }
        var levels: [Double] = []
        for i in 1...count {
            let value = sorted[i * (sorted.count - 1) / (count + 1)]
            guard value != 0 else { levels.append(0); continue }
            let unit = powerOf10(log10Of(value.magnitude).rounded(.down) - 1)
            levels.append(unit > 0 ? (value / unit).rounded() * unit : value)
        }
        return Set(levels).filter { $0 > first && $0 < last }.sorted()
    }

    /// The level line as joined points, pieces parted by NaN (marching squares;
    /// a saddle's two ways are told apart by the mean of its corners).
    func lines(at level: Double) -> [Mark.Point] {
        // An edge of the grid, by its lower left corner and direction, is crossed
        // at most once; each crossing joins at most two segments.
        var neighbours: [Int: [Int]] = [:]
        func edge(_ column: Int, _ row: Int, vertical: Bool) -> Int {
            2 * (row * columns + column) + (vertical ? 1 : 0)
        }
        for row in 0..<(rows - 1) {
            for column in 0..<(columns - 1) {
                let corners = [
                    self[column, row], self[column + 1, row], self[column + 1, row + 1],
                    self[column, row + 1],
                ]
                guard corners.allSatisfy(Mark.isDrawable) else { continue }
                let edges = [
                    edge(column, row, vertical: false), edge(column + 1, row, vertical: true),
                    edge(column, row + 1, vertical: false), edge(column, row, vertical: true),
                ]
                let crossed = (0..<4).filter {
                    (corners[$0] > level) != (corners[($0 + 1) % 4] > level)
                }
                var pairs: [(Int, Int)] = []
                if crossed.count == 2 { pairs = [(crossed[0], crossed[1])] }
                if crossed.count == 4 {
                    let mean = corners.reduce(0) { $0 + $1 / 4 }
                    // Cut off the corners that differ from the middle.
                    pairs =
                        (corners[0] > level) == (mean > level)
                        ? [(0, 1), (2, 3)] : [(3, 0), (1, 2)]
                }
                for (a, b) in pairs {
                    neighbours[edges[a], default: []].append(edges[b])
                    neighbours[edges[b], default: []].append(edges[a])
                }
            }
        }
        return joined(neighbours, level)
    }

    private func crossing(_ edge: Int, _ level: Double) -> Mark.Point {
        let (corner, isVertical) = (edge / 2, edge % 2 == 1)
        let (column, row) = (corner % columns, corner / columns)
        let a = self[column, row]
        let b = isVertical ? self[column, row + 1] : self[column + 1, row]
        let share = (level - a) / (b - a)
        return isVertical
            ? at(Double(column), Double(row) + share) : at(Double(column) + share, Double(row))
    }

    private func joined(_ neighbours: [Int: [Int]], _ level: Double) -> [Mark.Point] {
        var left = neighbours
        var out: [Mark.Point] = []
        // Open lines begin at edges with one neighbour; closed ones are left.
        let starts =
            neighbours.keys.filter { neighbours[$0]?.count == 1 }.sorted()
            + neighbours.keys.sorted()
        for start in starts where left[start]?.isEmpty == false {
            var edge = start
            out.append(crossing(edge, level))
            while let next = left[edge]?.first {
                left[edge]?.removeFirst()
                if let back = left[next]?.firstIndex(of: edge) { left[next]?.remove(at: back) }
                out.append(crossing(next, level))
                edge = next
            }
            out.append(.init(.nan, .nan))
        }
        return out
    }
}
