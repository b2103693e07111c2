// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// The area between a lower and an upper edge.
///
/// Throws when the arrays differ in length.
public func ribbon(
    _ x: [Double], lower: [Double], upper: [Double], label: String? = nil
) throws(ParameterError) -> Layer {
    try checkSameCount(x, lower, "lower")
    try checkSameCount(x, upper, "upper")
    let slices = x.indices.map { Mark.Slice(x: x[$0], lower: lower[$0], upper: upper[$0]) }
    let finite = slices.filter(\.isDrawable)
    var sentence = "\(label.map { "Band of \($0)" } ?? "Band") at \(counted(finite.count, "place"))"
    if let bottom = finite.map(\.lower).min(), let top = finite.map(\.upper).max() {
        sentence += ", between \(NumberText.short(bottom)) and \(NumberText.short(top))"
    }
    return Layer(
        .marks([Mark(.area(slices), style: Style(.hue(1)), label: label)]),
        sentences: [sentence + "." + leftOut(slices.count - finite.count)])
}

/// Values with an interval each: a point and a line from lower to upper.
///
/// Throws when the arrays differ in length.
public func errorBars(
    _ x: [Double], _ y: [Double], lower: [Double], upper: [Double], label: String? = nil
) throws(ParameterError) -> Layer {
    try checkSameCount(x, y, "y")
    try checkSameCount(x, lower, "lower")
    try checkSameCount(x, upper, "upper")
    var segments: [Mark.Point] = []
    for i in x.indices {
        segments += [.init(x[i], lower[i]), .init(x[i], upper[i]), .init(x[i], .nan)]
    }
    let points = zip(x, y).map { Mark.Point($0, $1) }
    var layer = scatterLayer(points, label: label, symbol: .disc)
    layer.content = .marks([
        Mark(.line(segments), style: Style(width: 1)),
        Mark(.points(points, .disc), style: Style(width: 3), label: label),
    ])
    if let bottom = lower.filter(Mark.isDrawable).min(),
        let top = upper.filter(Mark.isDrawable).max()
    {
        layer.sentences.append(
            "Intervals between \(NumberText.short(bottom)) and \(NumberText.short(top)).")
    }
    return layer
}

/// Values plus or minus an error each; say in the caption what the error is.
///
/// Throws when the arrays differ in length.
public func errorBars(
    _ x: [Double], _ y: [Double], errors: [Double], label: String? = nil
) throws(ParameterError) -> Layer {
    try checkSameCount(x, y, "y")
    try checkSameCount(x, errors, "errors")
    return try errorBars(
        x, y, lower: zip(y, errors).map { $0 - $1 }, upper: zip(y, errors).map { $0 + $1 },
        label: label)
}

/// One row of a forest plot: a name with its median and two intervals.
public struct IntervalRow: Hashable, Sendable {
    public var name: String
    public var median: Double
    /// The thick interval.
    public var inner: ClosedRange<Double>
    /// The thin interval.
    public var outer: ClosedRange<Double>

    public init(
        _ name: String, median: Double, inner: ClosedRange<Double>, outer: ClosedRange<Double>
    ) {
        self.name = name
        self.median = median
        self.inner = inner
        self.outer = outer
    }

    /// Median, central 50 % and central 90 % of draws. Nil when no draw is finite.
    public init?(_ name: String, draws: [Double]) {
        let sorted = draws.filter(\.isFinite).sorted()
        guard !sorted.isEmpty else { return nil }
        func quantile(_ p: Double) -> Double {
            let place = p * Double(sorted.count - 1)
            let below = min(Int(place), sorted.count - 1)
            let above = min(below + 1, sorted.count - 1)
            let share = place - Double(below)
            return sorted[below] * (1 - share) + sorted[above] * share
        }
        // Rounding in the interpolation may turn the ends of equal draws around.
        func interval(_ a: Double, _ b: Double) -> ClosedRange<Double> { min(a, b)...max(a, b) }
        self.init(
            name, median: quantile(0.5), inner: interval(quantile(0.25), quantile(0.75)),
            outer: interval(quantile(0.05), quantile(0.95)))
    }
}

/// Intervals in rows: median as a point, the inner interval thick, the outer
/// thin.
public func forest(
    _ rows: [IntervalRow],
    note: String = "Point: median; thick line: 50 % interval; thin line: 90 % interval."
) -> Layer {
    var thin: [Mark.Point] = []
    var thick: [Mark.Point] = []
    var points: [Mark.Point] = []
    for (i, row) in rows.enumerated() {
        let y = Double(i)
        thin += [
            .init(row.outer.lowerBound, y), .init(row.outer.upperBound, y), .init(.nan, y),
        ]
        thick += [
            .init(row.inner.lowerBound, y), .init(row.inner.upperBound, y), .init(.nan, y),
        ]
        points.append(.init(row.median, y))
    }
    let listed = rows.prefix(20).map { row in
        "\(row.name) \(NumberText.short(row.median)) "
            + "[\(NumberText.short(row.outer.lowerBound)), "
            + "\(NumberText.short(row.outer.upperBound))]"
    }
    let more = rows.count > 20 ? " and \(rows.count - 20) more" : ""
    return Layer(
        .marks([
            Mark(.line(thin), style: Style(.hue(3), width: 1.2)),
            Mark(.line(thick), style: Style(.hue(4), width: 4)),
            Mark(.points(points, .disc), style: Style(.hue(6), width: 3.6)),
        ]), y: Axis(scale: .category(rows.map(\.name))),
        sentences: [
            "\(counted(rows.count, "interval")): \(listed.joined(separator: ", "))\(more)."
        ],
        notes: rows.isEmpty ? [] : [note])
}
