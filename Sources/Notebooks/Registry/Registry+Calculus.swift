// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Calculus
import DataFrames
import Errors
import LinearAlgebra
import Randomness

/// What a minimiser found.
struct MinimizationValue: ScriptObject {
    let result: Minimization

    var typeName: String { "minimization" }

    var shown: ShownValue {
        let point = ScriptValue.vector(result.minimum.elements).text
        return .text(
            "minimum \(ScriptFormat.number(result.value)) at \(point), \(result.steps) steps: "
                + result.reason.rawValue)
    }

    var json: JSONValue {
        .object(
            JSONObject([
                ("minimum", JSONValue(result.minimum.elements)), ("value", .number(result.value)),
                ("steps", .integer(result.steps)), ("converged", .bool(result.isConverged)),
                ("reason", .string(result.reason.rawValue)),
            ]))
    }
}

extension Registry {
    mutating func addCalculus() {
        define(
            "derivative(_ f: closure, at x: number) -> number", "The exact derivative of f at x."
        ) { call in
            let f = try call.closure("f")
            let function = try call.differentiable(f, dimension: 1, isScalar: true)
            return .number(try function.valueAndGradient(at: [try call.number("x")]).gradient[0])
        }
        define(
            "gradient(_ f: closure, at point: vector) -> vector",
            "The exact gradient of a function of several variables."
        ) { call in
            let point = try call.sample("point")
            let function = try call.differentiable(try call.closure("f"), dimension: point.count)
            return .vector(try function.valueAndGradient(at: point).gradient)
        }
        define(
            "directionalDerivative(_ f: closure, at point: vector, along direction: vector) -> number",
            "The derivative of f along a direction."
        ) { call in
            let point = try call.sample("point")
            let direction = Vector(try call.vector("direction"))
            let function = try call.differentiable(try call.closure("f"), dimension: point.count)
            return .number(
                try Vector(try function.valueAndGradient(at: point).gradient).dot(direction))
        }
        define(
            "hessian(_ f: closure, at point: vector) -> matrix",
            "Second derivatives, as central differences of the exact gradient."
        ) { call in .matrix(try call.hessian()) }
        define(
            "minimize(_ f: closure, from start: vector, method: "
                + ".gradientDescent(rate: number, steps: number = 1000, momentum: number = 0)"
                + "|.bfgs(steps: number = 1000) = .bfgs, tolerance: number = 1e-8) -> minimization",
            "A local minimum, by exact gradients, with the path to it."
        ) { call in
            let start = try call.sample("start")
            let function = try call.differentiable(try call.closure("f"), dimension: start.count)
            return .object(
                MinimizationValue(
                    result: try minimize(
                        function, from: Vector(start), method: try call.minimizationMethod(),
                        tolerance: try call.number("tolerance"))))
        }
        addMinimizationMembers()
        addIntegrals()
    }

    private mutating func addMinimizationMembers() {
        let type = "minimization"
        define(on: type, "minimum -> vector", "Where the minimum is.") { call in
            .vector(try call.receiver(MinimizationValue.self).result.minimum.elements)
        }
        define(on: type, "value -> number", "The value there.") { call in
            .number(try call.receiver(MinimizationValue.self).result.value)
        }
        define(on: type, "points -> list", "The path, from the start to the minimum.") { call in
            try call.list(
                try call.receiver(MinimizationValue.self).result.points.map {
                    .vector($0.elements)
                })
        }
        define(on: type, "values -> vector", "The values along the path.") { call in
            .vector(try call.receiver(MinimizationValue.self).result.values)
        }
        define(on: type, "steps -> number", "How many steps it took.") { call in
            .number(Double(try call.receiver(MinimizationValue.self).result.steps))
        }
        define(on: type, "isConverged -> Bool", "Whether it arrived.") { call in
            .bool(try call.receiver(MinimizationValue.self).result.isConverged)
        }
    }

    private mutating func addIntegrals() {
        define(
            "integral(_ f: closure, from: number, to: number) -> number",
            "The integral of a function of one variable, to ten digits; ends may be infinite."
        ) { call in
            let f = try call.closure("f")
            let result = try integral(
                from: try call.number("from"), to: try call.number("to"), of: { try f.number($0) })
            guard result.isWithinTolerance else {
                throw NumericalError(
                    "integral",
                    "found \(ScriptFormat.number(result.value)) with an error of up to "
                        + ScriptFormat.number(result.errorEstimate))
            }
            return .number(result.value)
        }
        define(
            "integrate(_ f: closure, over ranges: range|list, method: .plain|.miser|.vegas = .vegas, calls: integer = 100000) -> estimate",
            "The integral over a box, by Monte Carlo: integrate({ p in … }, over: [0...1, 0...1])."
        ) { call in
            let f = try call.closure("f")
            let ranges = try call.ranges("ranges")
            let method = MonteCarloMethod(rawValue: try call.choice("method").name) ?? .vegas
            return .estimate(
                try integrate(
                    over: ranges, method: method, calls: try call.draws("calls"),
                    using: call.generator()
                ) { point in
                    try f.number(atPoint: point.map { .number($0) }, or: .vector(point))
                })
        }
    }
}

extension Call {
    fileprivate func ranges(_ name: String) throws -> [ClosedRange<Double>] {
        let argument = try argument(name)
        guard case .list(let list) = argument.value else { return [try closedRange(argument)] }
        return try list.elements.map {
            try closedRange(Argument(value: $0, range: argument.range))
        }
    }

    fileprivate func minimizationMethod() throws -> MinimizationMethod {
        let symbol = try choice("method")
        func steps() throws -> Int {
            let count = try number("steps", of: symbol, in: "method")
            guard let whole = Int(exactly: count), (1...10_000_000).contains(whole) else {
                throw failure(
                    "`steps` is \(ScriptFormat.number(count)), but must be a whole number from 1 "
                        + "to 10,000,000", code: "parameter", at: range(of: "method"))
            }
            return whole
        }
        if symbol.name == "gradientDescent" {
            return .gradientDescent(
                rate: try number("rate", of: symbol, in: "method"), steps: try steps(),
                momentum: try number("momentum", of: symbol, in: "method"))
        }
        if symbol.arguments.isEmpty { return .bfgs() }
        return .bfgs(steps: try steps())
    }

    /// A closure of the script as a function of the engine: it runs once with
    /// traced numbers, and again only where its branches change.
    func differentiable(
        _ f: ScriptCallable, dimension: Int, isScalar: Bool = false
    ) throws -> DifferentiableFunction {
        guard interpreter.trace == nil else {
            throw failure(
                "a derivative inside of a function that is differentiated itself",
                code: "differentiate", help: "bind the inner derivative with let first")
        }
        guard dimension <= 10_000 else {
            throw failure("a function of \(dimension) variables is too large", code: "limit")
        }
        let interpreter = interpreter
        return try DifferentiableFunction(dimension: dimension) { trace in
            let outer = interpreter.trace
            interpreter.trace = trace
            defer { interpreter.trace = outer }
            let input = trace.input(isScalar ? .scalar : .vector(dimension))
            let result =
                isScalar
                ? try f(.traced(input))
                : try f.value(
                    atPoint: input.elements.map { .traced($0) }, or: .traced(input))
            guard let value = result.tracedValue, value.shape.isScalar else {
                throw interpreter.failure(
                    "type", "this closure must give a number, not \(result.typeName.withArticle)",
                    f.range)
            }
            return value
        }
    }

    fileprivate func hessian() throws -> Matrix {
        let point = try sample("point")
        let n = point.count
        guard n <= 1000 else {
            throw failure("a Hessian of \(n) variables is too large", code: "limit")
        }
        let function = try differentiable(try closure("f"), dimension: n)
        var rows: [[Double]] = []
        for i in 0..<n {
            try checkTime()
            // The cube root of the precision balances the two errors.
            let step = 6e-6 * max(1, abs(point[i]))
            var ahead = point
            var behind = point
            ahead[i] += step
            behind[i] -= step
            let up = try function.valueAndGradient(at: ahead).gradient
            let down = try function.valueAndGradient(at: behind).gradient
            rows.append(zip(up, down).map { ($0 - $1) / (ahead[i] - behind[i]) })
        }
        let symmetric = (0..<n).map { i in (0..<n).map { j in 0.5 * (rows[i][j] + rows[j][i]) } }
        return try Matrix(symmetric)
    }
}

extension ScriptCallable {
    /// A closure of several parameters takes a point entry by entry, one of a
    /// single parameter as a vector.
    func value(atPoint entries: [ScriptValue], or vector: ScriptValue) throws -> ScriptValue {
        if case .closure(let closure) = value, closure.parameterCount == entries.count {
            if entries.count > 1 { return try interpreter.call(value, entries, range) }
        }
        return try interpreter.call(value, [vector], range)
    }

    func number(atPoint entries: [ScriptValue], or vector: ScriptValue) throws -> Double {
        switch try value(atPoint: entries, or: vector) {
        case .number(let result): return result
        case .bool(let result): return result ? 1 : 0
        case .vector(let result) where result.count == 1 && entries.count == 1: return result[0]
        case let other:
            throw interpreter.failure(
                "type", "this closure must give a number, not \(other.typeName.withArticle)", range)
        }
    }
}
