// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Statistics

/// Bars over bins whose edges and counts are known.
///
/// With `density`, the bars' areas sum to 1, so that a density can be drawn
/// over them. Throws unless there is one more edge than counts and the edges
/// increase.
public func histogram(
    edges: [Double], counts: [Double], density: Bool = false, label: String? = nil
) throws(ParameterError) -> Layer {
    guard edges.count == counts.count + 1 || (edges.isEmpty && counts.isEmpty) else {
        throw ParameterError(
            "number of edges", is: edges.count, mustBe: "\(counts.count + 1), one more than counts")
    }
    guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw ParameterError("edges", is: "out of order", mustBe: "increasing")
    }
    return binned(
        edges: edges, counts: counts, total: counts.reduce(0, +), density: density, label: label,
        leftOut: 0)
}

func binned(
    edges: [Double], counts: [Double], total: Double, density: Bool, label: String?, leftOut: Int
) -> Layer {
    let boxes = counts.indices.map { i in
        Mark.Box(
            left: edges[i], right: edges[i + 1], bottom: 0,
            top: density ? counts[i] / total / (edges[i + 1] - edges[i]) : counts[i])
    }
    var sentence =
        "Histogram\(label.map { " of \($0)" } ?? "") of "
        + "\(NumberText.short(total)) \(total == 1 ? "value" : "values") in "
        + counted(counts.count, "bin")
    if let first = edges.first, let last = edges.last,
        let tallest = boxes.max(by: { $0.top < $1.top })
    {
        sentence +=
            " from \(NumberText.short(first)) to \(NumberText.short(last)), tallest from "
            + "\(NumberText.short(tallest.left)) to \(NumberText.short(tallest.right)) "
            + "(\(density ? "density" : "count") \(NumberText.short(tallest.top)))"
    }
    return Layer(
        .marks([Mark(.bars(boxes), label: label)]), y: density ? "density" : "count",
        sentences: [sentence + "." + Plots.leftOut(leftOut)])
}

/// How many values lie in each bin.
/// - Parameters:
///   - bins: about how many bins; nil lets the data decide.
///   - density: bars whose areas sum to 1, to compare with a density.
/// Values that are not finite are left out, and the description says so.
/// Throws when `bins` is outside 1…1,000.
public func histogram(
    _ values: [Double], bins: Int? = nil, density: Bool = false, label: String? = nil
) throws(ParameterError) -> Layer {
    if let bins, !(1...1000).contains(bins) {
        throw ParameterError("bins", is: bins, mustBe: "from 1 to 1,000")
    }
    let finite = values.filter(Mark.isDrawable)
    let (edges, counts) = Binning.bins(of: finite, count: bins)
    return binned(
        edges: edges, counts: counts, total: Double(finite.count), density: density, label: label,
        leftOut: values.count - finite.count)
}

/// The share of values at or below each value: the empirical distribution
/// function.
public func ecdf(_ values: [Double], label: String? = nil) -> Layer {
    let sorted = values.filter(Mark.isDrawable).sorted()
    var points: [Mark.Point] = []
    points.reserveCapacity(2 * sorted.count)
    let count = Double(sorted.count)
    var i = 0
    while i < sorted.count {
        var j = i
        while j < sorted.count, sorted[j] == sorted[i] { j += 1 }
        points.append(.init(sorted[i], Double(i) / count))
        points.append(.init(sorted[i], Double(j) / count))
        i = j
    }
    var sentence = "Empirical distribution function of \(counted(sorted.count, "value"))"
    if let first = sorted.first, let last = sorted.last {
        sentence +=
            " from \(NumberText.short(first)) to \(NumberText.short(last)), median "
            + NumberText.short(sorted[(sorted.count - 1) / 2])
    }
    return Layer(
        .marks([Mark(.line(points), label: label)]), y: "share at or below",
        sentences: [sentence + "." + leftOut(values.count - sorted.count)])
}

/// The area under a density that is known at points.
///
/// Throws when `x` and `density` differ in length.
public func area(
    _ x: [Double], _ y: [Double], label: String? = nil
) throws(ParameterError) -> Layer {
    try checkSameCount(x, y, "y")
    let slices = zip(x, y).map { Mark.Slice(x: $0, lower: 0, upper: $1) }
    let finite = slices.filter(\.isDrawable)
    var sentence = "Area\(label.map { " of \($0)" } ?? "") over \(counted(finite.count, "place"))"
    if let top = finite.max(by: { $0.upper < $1.upper }) {
        sentence += ", highest \(NumberText.short(top.upper)) at \(NumberText.short(top.x))"
    }
    return Layer(
        .marks([
            Mark(.area(slices), style: Style(opacity: 0.25)),
            Mark(.line(zip(x, y).map { Mark.Point($0, $1) }), label: label),
        ]), sentences: [sentence + "." + leftOut(slices.count - finite.count)])
}

/// A kernel density estimate of values, from `Statistics.kernelDensity`.
///
/// Values that are not finite are left out. Throws when fewer than two finite
/// values differ, since no bandwidth can be found, or when a value lies outside
/// the bounds.
/// - Parameters:
///   - lower: a bound of what the values can be. Kernels that reach across it
///     are folded back, so that the area inside stays 1.
///   - upper: the same above.
public func density(
    _ values: [Double], bandwidth: Bandwidth = .silverman, lower: Double? = nil,
    upper: Double? = nil, label: String? = nil
) throws(ParameterError) -> Layer {
    let estimate = try folded(values, bandwidth, lower: lower, upper: upper)
    var layer = try area(estimate.x, estimate.density, label: label)
    let count = values.count { $0.isFinite }
    var sentence =
        "Density\(label.map { " of \($0)" } ?? "") of \(counted(count, "value")), "
        + "kernel width \(NumberText.short(estimate.bandwidth))"
    if let top = zip(estimate.x, estimate.density).max(by: { $0.1 < $1.1 }) {
        sentence += ", highest \(NumberText.short(top.1)) at \(NumberText.short(top.0))"
    }
    layer.y = "density"
    layer.sentences = [sentence + "." + leftOut(values.count - count)]
    return layer
}

/// A kernel estimate between bounds by reflection of the values at them
/// (Silverman 1986, section 2.10).
private func folded(
    _ values: [Double], _ bandwidth: Bandwidth, lower: Double?, upper: Double?
) throws(ParameterError) -> (x: [Double], density: [Double], bandwidth: Double) {
    let plain = try kernelDensity(values, bandwidth: bandwidth, points: 256)
    guard lower != nil || upper != nil, let first = plain.x.first, let last = plain.x.last else {
        return (plain.x, plain.density, plain.bandwidth)
    }
    let finite = values.filter(\.isFinite)
    for value in finite where value < lower ?? value || value > upper ?? value {
        throw ParameterError("a value", is: value, mustBe: "between the bounds")
    }
    var all = finite
    if let lower { all += finite.map { 2 * lower - $0 } }
    if let upper { all += finite.map { 2 * upper - $0 } }
    let inside = try kernelDensity(
        all, bandwidth: .fixed(plain.bandwidth), points: 256,
        over: max(first, lower ?? first)...min(last, upper ?? last))
    let factor = Double(all.count) / Double(finite.count)
    return (inside.x, inside.density.map { $0 * factor }, plain.bandwidth)
}

/// A bar for each name.
///
/// Throws when names and values differ in number.
public func bars(
    _ names: [String], _ values: [Double], label: String? = nil
) throws(ParameterError) -> Layer {
    guard names.count == values.count else {
        throw ParameterError(
            "number of values", is: values.count, mustBe: "\(names.count), as many as names")
    }
    let boxes = values.enumerated().map {
        Mark.Box(
            left: min(0, $0.element), right: max(0, $0.element),
            bottom: Double($0.offset) - 0.36, top: Double($0.offset) + 0.36)
    }
    let listed = zip(names, values).prefix(20).map { "\($0) \(NumberText.short($1))" }
    return Layer(
        .marks([Mark(.bars(boxes), label: label)]), y: Axis(scale: .category(names)),
        sentences: ["\(counted(names.count, "bar")): \(listed.joined(separator: ", "))."])
}
