// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// The graph of a function.
///
/// Without `from` and `to` it spans the axis that the other layers need. Where
/// the function is not finite the line is broken.
public func curve(
    _ function: @escaping (Double) -> Double, from: Double? = nil, to: Double? = nil,
    label: String? = nil
) -> Layer {
    Layer(.curve(.init(function: function, from: from, to: to, label: label, style: Style())))
}

extension Layer.Curve {
    /// Points of the graph: an even grid, made finer where the graph bends.
    func sampled(from: Double, to: Double, isLog: Bool) -> [Mark.Point] {
        let count = 240
        let low = isLog ? log10Of(from) : from
        let high = isLog ? log10Of(to) : to
        guard low.isFinite, high.isFinite, Mark.isDrawable(from), Mark.isDrawable(to) else {
            return []
        }
        func point(_ place: Double) -> Mark.Point {
            let x = isLog ? powerOf10(place) : place
            return .init(x, function(x))
        }
        var places = (0...count).map { low + (high - low) * (Double($0) / Double(count)) }
        var points = places.map(point)
        for _ in 0..<4 {
            let finite = points.map(\.y).filter(Mark.isDrawable)
            guard let bottom = finite.min(), let top = finite.max(), top > bottom else { break }
            let tolerance = 0.004 * (top - bottom)
            var newPlaces: [Double] = []
            var newPoints: [Mark.Point] = []
            var added = 0
            for i in points.indices {
                newPlaces.append(places[i])
                newPoints.append(points[i])
                guard i + 1 < points.count else { break }
                var bend = 0.0
                if i > 0 { bend = max(bend, Self.bend(points, places, i)) }
                if i + 2 < points.count { bend = max(bend, Self.bend(points, places, i + 1)) }
                let edge = points[i].y.isFinite != points[i + 1].y.isFinite
                if bend > tolerance || edge, added < 600 {
                    let middle = (places[i] + places[i + 1]) / 2
                    newPlaces.append(middle)
                    newPoints.append(point(middle))
                    added += 1
                }
            }
            guard added > 0 else { break }
            places = newPlaces
            points = newPoints
        }
        return points
    }

    /// How far a point lies from the chord of its neighbours.
    private static func bend(_ points: [Mark.Point], _ places: [Double], _ i: Int) -> Double {
        let share = (places[i] - places[i - 1]) / (places[i + 1] - places[i - 1])
        let chord = points[i - 1].y + share * (points[i + 1].y - points[i - 1].y)
        let distance = (points[i].y - chord).magnitude
        return distance.isFinite ? distance : 0
    }
}

func curveSentence(_ points: [Mark.Point], label: String?) -> String {
    let name = label.map { "Curve of \($0)" } ?? "Curve"
    let finite = points.filter(\.isDrawable)
    guard let first = finite.first, let last = finite.last,
        let top = finite.max(by: { $0.y < $1.y }), let bottom = finite.min(by: { $0.y < $1.y })
    else { return "\(name) without finite values." }
    let span = "\(name) from \(NumberText.short(first.x)) to \(NumberText.short(last.x))"
    if top.y == bottom.y { return "\(span), level at \(NumberText.short(top.y))." }
    return "\(span), "
        + "highest \(NumberText.short(top.y)) at \(NumberText.short(top.x)), "
        + "lowest \(NumberText.short(bottom.y)) at \(NumberText.short(bottom.x))."
}

/// Joined points.
///
/// Throws when `x` and `y` differ in length.
public func line(
    _ x: [Double], _ y: [Double], label: String? = nil
) throws(ParameterError) -> Layer {
    try checkSameCount(x, y, "y")
    return joined(zip(x, y).map { Mark.Point($0, $1) }, label: label)
}

/// Values against their index, from 0.
public func line(_ y: [Double], label: String? = nil) -> Layer {
    joined(y.enumerated().map { Mark.Point(Double($0), $1) }, label: label)
}

/// A path through points of the plane, such as a minimiser's.
///
/// Throws when a point has fewer than two coordinates.
public func line(_ points: [[Double]], label: String? = nil) throws(ParameterError) -> Layer {
    guard points.allSatisfy({ $0.count >= 2 }) else {
        throw ParameterError(
            "number of coordinates", is: points.map(\.count).min() ?? 0, mustBe: "at least 2")
    }
    return joined(points.map { Mark.Point($0[0], $0[1]) }, label: label)
}

private func joined(_ points: [Mark.Point], label: String?) -> Layer {
    let finite = points.filter(\.isDrawable)
    let name = label.map { "Line of \($0)" } ?? "Line"
    var sentence = "\(name) through \(counted(finite.count, "point"))"
    if let first = finite.first, let last = finite.last, finite.count > 1 {
        sentence += " from \(place(first)) to \(place(last))"
        if let top = finite.map(\.y).max(), let bottom = finite.map(\.y).min() {
            sentence += ", between \(NumberText.short(bottom)) and \(NumberText.short(top))"
        }
    }
    return Layer(
        .marks([Mark(.line(points), label: label)]),
        sentences: [sentence + "." + leftOut(points.count - finite.count)])
}

/// A horizontal line across the panel at a value, dashed, for reference.
public func reference(y value: Double, label: String? = nil) -> Layer {
    Layer(
        .curve(
            .init(
                function: { _ in value }, from: nil, to: nil, label: label,
                style: Style(.muted, width: 1, dash: .dashed))))
}

func place(_ point: Mark.Point) -> String {
    "(\(NumberText.short(point.x)), \(NumberText.short(point.y)))"
}

/// "1 value", "12 values".
func counted(_ count: Int, _ noun: String) -> String {
    "\(NumberText.grouped(String(count))) \(noun)\(count == 1 ? "" : "s")"
}

/// What to say about values that have no place in a picture.
func leftOut(_ count: Int) -> String {
    count == 0 ? "" : " \(counted(count, "value")) not finite, left out."
}

func checkSameCount(
    _ x: [Double], _ other: [Double], _ name: String
) throws(ParameterError) {
    guard x.count == other.count else {
        throw ParameterError(
            "number of values of \(name)", is: other.count, mustBe: "\(x.count), as many as of x")
    }
}
