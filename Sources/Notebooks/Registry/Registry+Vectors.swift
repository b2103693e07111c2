// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Foundation

extension Registry {
    mutating func addVectors() {
        addReductions()
        addMaking()
        for type in ["vector", "mask", "list", "range", "dictionary", "String"] {
            define(on: type, "count -> number", "How many elements there are.") { call in
                .number(Double(try call.elementCount()))
            }
            define(on: type, "isEmpty -> Bool", "Whether there are no elements.") { call in
                .bool(try call.elementCount() == 0)
            }
        }
        for type in ["vector", "list", "range", "mask"] { addSequence(type) }
        for type in ["vector", "range"] { addNumbers(type) }
        define(on: "dictionary", "keys -> list", "The names, in order.") { call in
            guard case .dictionary(let dictionary) = call.receiver else { return .nothing }
            return try call.list(dictionary.members.map { .string($0.name) })
        }
        define(on: "range", "lowerBound -> number", "Where the range begins.") { call in
            guard case .range(let range) = call.receiver else { return .nothing }
            return .number(range.lower)
        }
        define(on: "range", "upperBound -> number", "Where the range ends.") { call in
            guard case .range(let range) = call.receiver else { return .nothing }
            return .number(range.upper)
        }
    }

    private mutating func addReductions() {
        define("sum(_ x: vector|matrix) -> number", "The sum of all elements.") { call in
            switch try call.value("x") {
            case .traced(let x): return .traced(Autodiff.sum(x))
            case .matrix(let x): return .number(x.elements.reduce(0, +))
            default: return .number(try call.vector("x").reduce(0, +))
            }
        }
        define("product(_ x: vector) -> number", "The product of all elements.") { call in
            if case .traced(let x) = try call.value("x") { return .traced(Autodiff.product(x)) }
            return .number(try call.vector("x").reduce(1, *))
        }
        define("dot(_ a: vector, _ b: vector) -> number", "The inner product.") { call in
            let a = try call.value("a")
            let b = try call.value("b")
            if let x = a.tracedValue, let y = b.tracedValue, x.shape == y.shape, x.count > 0,
                !(x.isConstant && y.isConstant)
            {
                return .traced(Autodiff.dot(x, y))
            }
            let x = try call.vector("a")
            let y = try call.vector("b")
            guard x.count == y.count else {
                throw call.failure(
                    "dot needs vectors of one length, not \(x.count) and \(y.count)", code: "size")
            }
            return .number(zip(x, y).reduce(0) { $0 + $1.0 * $1.1 })
        }
        define("all(_ x: mask) -> Bool", "Whether every element is true.") { call in
            .bool(try call.mask("x").allSatisfy { $0 })
        }
        define("any(_ x: mask) -> Bool", "Whether an element is true.") { call in
            .bool(try call.mask("x").contains(true))
        }
        let picks: [(String, @Sendable (Double, Double) -> Double)] = [
            ("min", { Swift.min($0, $1) }), ("max", { Swift.max($0, $1) }),
        ]
        for (name, pick) in picks {
            let which = name == "min" ? "smallest" : "largest"
            define("\(name)(_ x: vector) -> number", "The \(which) element.") { call in
                let x = try call.value("x")
                if case .traced(let x) = x, !x.shape.isScalar, x.count > 0 {
                    return .traced(name == "min" ? Autodiff.minimum(x) : Autodiff.maximum(x))
                }
                let numbers = try call.vector("x")
                return .number(numbers.dropFirst().reduce(numbers.first ?? .nan, pick))
            }
            define(
                "\(name)(_ a: number, _ b: number, _ more: number...) -> number",
                "The \(which) of some numbers."
            ) { call in
                let all = [try call.argument("a"), try call.argument("b")] + (try call.all("more"))
                if all.contains(where: \.value.isTraced) {
                    let values = all.compactMap(\.value.tracedValue)
                    let result = values.dropFirst().reduce(values[0]) { a, b in
                        name == "min" ? Autodiff.minimum(a, b) : Autodiff.maximum(a, b)
                    }
                    return .traced(result)
                }
                let numbers = try all.map { try call.number($0) }
                return .number(numbers.dropFirst().reduce(numbers[0], pick))
            }
        }
    }

    private mutating func addMaking() {
        define(
            "Array(repeating x: number, count: integer) -> vector", "A number, again and again."
        ) { call in
            let count = try call.count("count", minimum: 0)
            return .vector([Double](repeating: try call.number("x"), count: count))
        }
        define(
            "stride(from start: number, through end: number, by step: number) -> vector",
            "Numbers at a distance, with the end when it is met."
        ) { call in try call.stride(includingEnd: true) }
        define(
            "stride(from start: number, to end: number, by step: number) -> vector",
            "Numbers at a distance, without the end."
        ) { call in try call.stride(includingEnd: false) }
        define(
            "concatenated(_ x: vector...) -> vector", "Vectors one after the other, as one."
        ) { call in
            let parts = try call.all("x").map { try call.vector($0) }
            try call.interpreter.checkCount(Double(parts.reduce(0) { $0 + $1.count }), call.range)
            return .vector(parts.flatMap { $0 })
        }
    }

    private mutating func addSequence(_ type: String) {
        define(on: type, "map(_ f: closure) -> vector|mask|list", "f of every element.") { call in
            let f = try call.closure("f")
            return try call.list(try call.elements().map { try f($0) })
        }
        define(
            on: type, "filter(_ f: closure) -> vector|mask|list",
            "The elements for which f is true."
        ) { call in
            let f = try call.closure("f")
            return try call.list(
                try call.elements().filter { try call.interpreter.bool(try f($0), f.range) })
        }
        define(
            on: type, "reduce(_ initial: any, _ f: closure) -> any",
            "f(f(initial, first), second) and so on."
        ) { call in
            let f = try call.closure("f")
            return try call.elements().reduce(try call.value("initial")) { try f($0, $1) }
        }
        define(on: type, "first -> any", "The first element.") { call in
            guard let first = try call.elements().first else {
                throw call.failure("there are no elements", code: "index")
            }
            return first
        }
        define(on: type, "last -> any", "The last element.") { call in
            guard let last = try call.elements().last else {
                throw call.failure("there are no elements", code: "index")
            }
            return last
        }
        define(on: type, "reversed() -> vector|mask|list", "From the last to the first.") { call in
            try call.list(try call.elements().reversed())
        }
    }

    private mutating func addNumbers(_ type: String) {
        define(on: type, "sorted() -> vector", "In ascending order.") { call in
            .vector(try call.numbers().sorted { Call.ascending($0, $1) })
        }
        define(on: type, "min() -> number", "The smallest element.") { call in
            .number(try call.numbers().min() ?? .nan)
        }
        define(on: type, "max() -> number", "The largest element.") { call in
            .number(try call.numbers().max() ?? .nan)
        }
        define(on: type, "sum() -> number", "The sum of all elements.") { call in
            if case .traced(let x) = call.receiver { return .traced(Autodiff.sum(x)) }
            return .number(try call.numbers().reduce(0, +))
        }
        define(on: type, "contains(_ x: number) -> Bool", "Whether an element equals x.") { call in
            .bool(try call.numbers().contains(try call.number("x")))
        }
        define(
            on: type, "cumulativeSum() -> vector", "The sums of the first, first two, … elements."
        ) { call in
            var total = 0.0
            return .vector(
                try call.numbers().map { x in
                    total += x
                    return total
                })
        }
    }

    mutating func addText() {
        define(
            "print(_ x: any) -> String", "The value as text, shown."
        ) { call in try call.interpreter.string(try call.value("x").text, call.range) }
        define(
            "String(_ x: any) -> String", "The value as text."
        ) { call in try call.interpreter.string(try call.value("x").text, call.range) }
        define(
            "String(_ x: number, decimals: integer) -> String",
            "A number with a fixed number of decimals."
        ) { call in
            let decimals = try call.integer("decimals")
            guard (0...30).contains(decimals) else {
                throw ParameterError("decimals", is: decimals, mustBe: "from 0 to 30")
            }
            return .string(ScriptFormat.fixed(try call.number("x"), decimals))
        }
        define(on: "String", "uppercased() -> String", "In capital letters.") { call in
            guard case .string(let text) = call.receiver else { return .nothing }
            return .string(text.uppercased())
        }
        define(on: "String", "lowercased() -> String", "In small letters.") { call in
            guard case .string(let text) = call.receiver else { return .nothing }
            return .string(text.lowercased())
        }
        define(on: "estimate", "value -> number", "The estimate itself.") { call in
            guard case .estimate(let estimate) = call.receiver else { return .nothing }
            return .number(estimate.value)
        }
        define(on: "estimate", "standardError -> number", "The standard error.") { call in
            guard case .estimate(let estimate) = call.receiver else { return .nothing }
            return .number(estimate.standardError)
        }
        define(
            on: "estimate", "effectiveSampleSize -> number",
            "How many independent draws would do as well."
        ) { call in
            guard case .estimate(let estimate) = call.receiver else { return .nothing }
            return .number(estimate.effectiveSampleSize)
        }
    }
}

extension ScriptValue {
    var isTraced: Bool { if case .traced = self { true } else { false } }
}

extension Call {
    /// NaN comes last.
    static func ascending(_ a: Double, _ b: Double) -> Bool {
        if a.isNaN { return false }
        return b.isNaN || a < b
    }

    func mask(_ name: String) throws -> [Bool] {
        let argument = try argument(name)
        return try interpreter.mask(argument.value, argument.range)
    }

    func list(_ values: [ScriptValue]) throws -> ScriptValue {
        try interpreter.list(values, range)
    }

    /// The elements of the value before the point.
    func elements() throws -> [ScriptValue] {
        switch receiver {
        case .list(let list): return list.elements
        case .mask(let mask): return mask.map { .bool($0) }
        case .traced(let x) where !x.shape.isScalar: return x.elements.map { .traced($0) }
        default: return try numbers().map { .number($0) }
        }
    }

    func numbers() throws -> [Double] {
        if case .range(let range) = receiver {
            guard let integers = range.integers else {
                throw failure("\(range.text) does not go through whole numbers")
            }
            try interpreter.checkCount(Double(integers.count), self.range)
        }
        if case .traced = receiver { throw interpreter.cannotDifferentiate(range) }
        guard let numbers = receiver?.doubles else {
            throw failure("this needs numbers", code: "type")
        }
        return numbers
    }

    func elementCount() throws -> Int {
        switch receiver {
        case .string(let text): return text.count
        case .dictionary(let dictionary): return dictionary.members.count
        case .vector(let x): return x.count
        case .mask(let x): return x.count
        case .list(let x): return x.elements.count
        case .traced(let x): return x.count
        case .range(let range):
            guard let integers = range.integers else {
                throw failure("\(range.text) does not go through whole numbers")
            }
            return integers.count
        default: return 0
        }
    }

    func stride(includingEnd: Bool) throws -> ScriptValue {
        let start = try number("start")
        let end = try number("end")
        let step = try number("step")
        guard start.isFinite, end.isFinite, step.isFinite, step != 0 else {
            throw ParameterError("step", is: step, mustBe: "finite and not 0")
        }
        let steps = (end - start) / step
        guard steps >= 0 else { return .vector([]) }
        // The end counts as met when rounding alone keeps it away.
        let slack = 1e-9
        var count = (steps + (includingEnd ? slack : -slack)).rounded(.down) + 1
        if !includingEnd, steps == 0 { count = 0 }
        try interpreter.checkCount(count, range)
        return .vector((0..<max(0, Int(count))).map { start + Double($0) * step })
    }
}
