// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Points at pairs of values.
///
/// Throws when `x` and `y` differ in length.
public func scatter(
    _ x: [Double], _ y: [Double], label: String? = nil, symbol: Mark.Symbol = .disc
) throws(ParameterError) -> Layer {
    try checkSameCount(x, y, "y")
    let points = zip(x, y).map { Mark.Point($0, $1) }
    return scatterLayer(points, label: label, symbol: symbol)
}

func scatterLayer(_ points: [Mark.Point], label: String?, symbol: Mark.Symbol) -> Layer {
    let finite = points.filter(\.isDrawable)
    let name = label.map { " of \($0)" } ?? ""
    var sentence = "\(counted(finite.count, "point"))\(name)"
    if let left = finite.map(\.x).min(), let right = finite.map(\.x).max(),
        let bottom = finite.map(\.y).min(), let top = finite.map(\.y).max()
    {
        sentence +=
            ", x from \(NumberText.short(left)) to \(NumberText.short(right))"
            + ", y from \(NumberText.short(bottom)) to \(NumberText.short(top))"
    }
    return Layer(
        .marks([
            Mark(
                .points(points, symbol), style: Style(opacity: finite.count > 60 ? 0.6 : 0.85),
                label: label)
        ]), sentences: [sentence + "." + leftOut(points.count - finite.count)])
}

/// Sorted values against the quantiles of a distribution, with the line where
/// they would lie if they came from it.
///
/// The i-th of n values stands against the quantile of (i − ½)/n (Hazen).
///
///     plot(qq(residuals, against: Normal(mean: 0, standardDeviation: 1).quantile))
public func qq(
    _ values: [Double], against quantile: (Double) -> Double, label: String? = nil
) -> Layer {
    let sorted = values.filter(Mark.isDrawable).sorted()
    let count = Double(sorted.count)
    let points = sorted.enumerated().map {
        Mark.Point(quantile((Double($0.offset) + 0.5) / count), $0.element)
    }
    let drawable = points.filter(\.isDrawable)
    var ends: [Mark.Point] = []
    if let first = drawable.first, let last = drawable.last {
        ends = [.init(first.x, first.x), .init(last.x, last.x)]
    }
    let farthest = drawable.max { ($0.y - $0.x).magnitude < ($1.y - $1.x).magnitude }
    var sentence = "\(counted(drawable.count, "value")) against theoretical quantiles"
    if let farthest {
        sentence += ", farthest from the line at \(place(farthest))"
    }
    return Layer(
        .marks([
            Mark(.line(ends), style: Style(.muted, width: 1)),
            Mark(.points(points, .disc), style: Style(opacity: 0.8), label: label),
        ]), x: "theoretical quantile", y: "observed",
        sentences: [sentence + "." + leftOut(values.count - sorted.count)])
}

/// Two parameters' draws against each other; divergent transitions stand out
/// by colour and by shape.
///
/// Throws when the arrays differ in length.
public func pairs(
    _ x: [Double], _ y: [Double], divergent: [Bool] = [], names: (x: String, y: String)? = nil
) throws(ParameterError) -> Layer {
    try checkSameCount(x, y, "y")
    guard divergent.isEmpty || divergent.count == x.count else {
        throw ParameterError(
            "number of values of divergent", is: divergent.count, mustBe: "\(x.count), or none")
    }
    var good: [Mark.Point] = []
    var bad: [Mark.Point] = []
    for i in x.indices {
        if !divergent.isEmpty, divergent[i] {
            bad.append(.init(x[i], y[i]))
        } else {
            good.append(.init(x[i], y[i]))
        }
    }
    var marks = [Mark(.points(good, .disc), style: Style(.hue(4), width: 1.8, opacity: 0.45))]
    if !bad.isEmpty {
        marks[0].label = "draw"
        marks.append(
            Mark(.points(bad, .cross), style: Style(.series(1), width: 3), label: "divergent"))
    }
    let sentence =
        scatterLayer(good + bad, label: nil, symbol: .disc).sentences
        + (divergent.isEmpty
            ? [] : ["\(counted(bad.count, "divergent transition")) among them."])
    return Layer(
        .marks(marks), x: names.map { Axis($0.x) } ?? Axis(),
        y: names.map { Axis($0.y) } ?? Axis(), sentences: sentence)
}
