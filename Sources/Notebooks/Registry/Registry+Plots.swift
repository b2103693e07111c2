// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Plots
import Statistics

/// Part of a picture.
///
/// Unchecked because a layer may hold a closure of the script; it is drawn on
/// the thread that runs the script.
struct LayerValue: ScriptObject, @unchecked Sendable {
    let layer: Layer
    /// The first error of a closure that was drawn.
    let failure: FailureBox?

    init(_ layer: Layer, failure: FailureBox? = nil) {
        self.layer = layer
        self.failure = failure
    }

    var typeName: String { "layer" }
    var shown: ShownValue { .figure(plot([layer])) }
    var json: JSONValue { .string("layer") }
}

/// Keeps the error of a closure that is called from code that cannot throw.
final class FailureBox: @unchecked Sendable {
    var error: (any Error)?
}

struct FigureValue: ScriptObject {
    let figure: Figure

    var typeName: String { "figure" }
    var shown: ShownValue { .figure(figure) }
    var json: JSONValue { .object(JSONObject([("figure", .string(figure.altText))])) }
}

extension Registry {
    mutating func addPlots() {
        define(
            "plot(_ layers: layer..., title: String = nil, x: String|.log(_ title: String = nil) = nil, y: String|.log(_ title: String = nil) = nil, caption: String = nil) -> figure",
            "A figure from layers, drawn in order, the last on top."
        ) { call in
            let layers = try call.all("layers").map { argument -> LayerValue in
                guard case .object(let object) = argument.value, let layer = object as? LayerValue
                else { throw call.failure("expected a layer", at: argument.range) }
                return layer
            }
            guard !layers.isEmpty else {
                throw call.failure("a plot needs a layer", help: "plot(histogram(x))")
            }
            let figure = plot(
                layers.map(\.layer), title: try call.optionalString("title"),
                x: try call.axis("x"), y: try call.axis("y"),
                caption: try call.optionalString("caption"))
            // Draws the curves now, so that an error in a closure is the cell's.
            _ = figure.structure
            for layer in layers {
                if let error = layer.failure?.error { throw error }
            }
            return .object(FigureValue(figure: figure))
        }
        define(
            "grid(_ figures: figure..., columns: integer = nil, title: String = nil) -> figure",
            "Several figures as the panels of one."
        ) { call in
            let figures = try call.all("figures").compactMap { argument -> Figure? in
                guard case .object(let object) = argument.value else { return nil }
                return (object as? FigureValue)?.figure
            }
            return .object(
                FigureValue(
                    figure: try grid(
                        figures, columns: call.has("columns") ? try call.integer("columns") : nil,
                        title: try call.optionalString("title"))))
        }
        addDistributionLayers()
        addCurveLayers()
    }

    private mutating func layer(
        _ signature: String, _ documentation: String,
        _ make: @escaping @Sendable (Call) throws -> Layer
    ) {
        define("\(signature) -> layer", documentation) { call in
            .object(LayerValue(try make(call)))
        }
    }

    private mutating func addDistributionLayers() {
        layer(
            "histogram(_ values: vector, bins: integer = nil, density: Bool = false, label: String = nil)",
            "How many values lie in each bin; with density, bars of area 1 in all."
        ) { call in
            try histogram(
                try call.vector("values"),
                bins: call.has("bins") ? try call.integer("bins") : nil,
                density: try call.bool("density"), label: try call.optionalString("label"))
        }
        layer(
            "density(_ values: vector, lower: number = nil, upper: number = nil, label: String = nil)",
            "A smooth estimate of the density, by Gaussian kernels, up to the bounds of the values."
        ) { call in
            try density(
                try call.vector("values"),
                lower: call.has("lower") ? try call.number("lower") : nil,
                upper: call.has("upper") ? try call.number("upper") : nil,
                label: try call.optionalString("label"))
        }
        layer(
            "ecdf(_ values: vector, label: String = nil)", "The share of values at or below each."
        ) { call in ecdf(try call.vector("values"), label: try call.optionalString("label")) }
        layer(
            "bars(_ names: list, _ values: vector, label: String = nil)", "A bar for each name."
        ) { call in
            guard case .list(let list) = try call.value("names"), let names = list.strings else {
                throw call.failure(
                    "the names are strings", code: "type", at: call.range(of: "names"))
            }
            return try bars(
                names, try call.vector("values"), label: try call.optionalString("label"))
        }
        define(
            "qq(_ values: vector, against quantile: closure, label: String = nil) -> layer",
            "Sorted values against quantiles: qq(x, against: d.quantile)."
        ) { call in
            let quantile = try call.closure("quantile")
            return .object(
                LayerValue(
                    try quantile.collecting { function in
                        qq(
                            try call.vector("values"), against: function,
                            label: try call.optionalString("label"))
                    }))
        }
    }

    private mutating func addCurveLayers() {
        define(
            "curve(_ f: closure, from: number = nil, to: number = nil, label: String = nil) -> layer",
            "The graph of a function over the axis of the other layers, or a given one."
        ) { call in
            let closure = try call.closure("f")
            let box = FailureBox()
            let layer = curve(
                { x in
                    guard box.error == nil else { return .nan }
                    do {
                        return try closure.number(x)
                    } catch {
                        box.error = error
                        return .nan
                    }
                }, from: call.has("from") ? try call.number("from") : nil,
                to: call.has("to") ? try call.number("to") : nil,
                label: try call.optionalString("label"))
            return .object(LayerValue(layer, failure: box))
        }
        let plane = "_ f: closure, x: range, y: range"
        layer("contour(\(plane), levels: vector = nil)", "Lines of equal height of a function.") {
            call in
            let f = try call.closure("f")
            return try contour(
                { x, y in
                    try f.number(atPoint: [.number(x), .number(y)], or: .vector([x, y]))
                }, x: try call.range("x"), y: try call.range("y"),
                levels: call.has("levels") ? try call.vector("levels") : nil)
        }
        layer("heatMap(\(plane))", "The heights of a function of the plane as shades.") { call in
            let f = try call.closure("f")
            return try heatMap(
                { x, y in
                    try f.number(atPoint: [.number(x), .number(y)], or: .vector([x, y]))
                }, x: try call.range("x"), y: try call.range("y"))
        }
        layer(
            "line(_ x: vector, _ y: vector, label: String = nil)", "Joined points."
        ) { call in
            try line(
                try call.vector("x"), try call.vector("y"),
                label: try call.optionalString("label"))
        }
        layer("line(_ y: vector, label: String = nil)", "Values against their index, joined.") {
            call in line(try call.vector("y"), label: try call.optionalString("label"))
        }
        layer(
            "line(_ points: list|matrix, label: String = nil)",
            "A path through points of the plane."
        ) { call in
            try line(try call.points("points"), label: try call.optionalString("label"))
        }
        layer(
            "scatter(_ x: vector, _ y: vector, label: String = nil, "
                + "symbol: .disc|.ring|.cross|.triangle|.diamond|.tick = .disc)",
            "Points at pairs of values."
        ) { call in
            try scatter(
                try call.vector("x"), try call.vector("y"),
                label: try call.optionalString("label"),
                symbol: Mark.Symbol(rawValue: try call.choice("symbol").name) ?? .disc)
        }
        layer(
            "ribbon(_ x: vector, lower: vector, upper: vector, label: String = nil)",
            "The area between two edges."
        ) { call in
            try ribbon(
                try call.vector("x"), lower: try call.vector("lower"),
                upper: try call.vector("upper"), label: try call.optionalString("label"))
        }
        layer(
            "errorBars(_ x: vector, _ y: vector, errors: vector, label: String = nil)",
            "Values plus or minus an error each."
        ) { call in
            try errorBars(
                try call.vector("x"), try call.vector("y"), errors: try call.vector("errors"),
                label: try call.optionalString("label"))
        }
        layer(
            "errorBars(_ x: vector, _ y: vector, lower: vector, upper: vector, label: String = nil)",
            "Values with an interval each."
        ) { call in
            try errorBars(
                try call.vector("x"), try call.vector("y"), lower: try call.vector("lower"),
                upper: try call.vector("upper"), label: try call.optionalString("label"))
        }
        layer(
            "reference(y value: number, label: String = nil)", "A dashed line across at a value."
        ) { call in
            reference(y: try call.number("value"), label: try call.optionalString("label"))
        }
    }
}

extension Call {
    fileprivate func axis(_ name: String) throws -> Axis {
        guard let argument = try optional(name) else { return Axis() }
        if case .symbol = argument.value {
            let symbol = try choice(name)
            guard let title = symbol.arguments.first else { return .log() }
            return .log(try string(Argument(value: title.value, range: argument.range)))
        }
        return Axis(try string(argument))
    }

    fileprivate func points(_ name: String) throws -> [[Double]] {
        switch try value(name) {
        case .matrix(let matrix): return (0..<matrix.rows).map { matrix.row($0).elements }
        case .list(let list):
            return try list.elements.map { element in
                guard let point = element.doubles else {
                    throw failure(
                        "a point is a vector of numbers", code: "type", at: range(of: name))
                }
                return point
            }
        default: throw failure("expected points", code: "type", at: range(of: name))
        }
    }
}
