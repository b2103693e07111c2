// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import DataFrames
import Errors
import Inference
import LinearAlgebra
import Randomness

/// One call of a registry function: its arguments by parameter name, with
/// getters that say what is wrong and where.
struct Call {
    struct Argument {
        var value: ScriptValue
        var range: Range<Int>
    }

    let interpreter: Interpreter
    let function: ScriptFunction
    let receiver: ScriptValue?
    let arguments: [[Argument]]
    let range: Range<Int>

    // MARK: Errors

    func failure(
        _ message: String, code: String = "argument", at place: Range<Int>? = nil,
        help: String? = nil
    ) -> Diagnostic {
        interpreter.failure(code, message, place ?? range, help: help)
    }

    /// Gives an error of the library a place: that of the argument it names,
    /// else that of the call.
    func located(_ error: any Error) -> any Error {
        switch error {
        case is Diagnostic, is DiagnosticList, is Interrupted: return error
        case is Cancelled:
            do { try checkTime() } catch { return error }
            return Interrupted()
        case let error as OperationError:
            return failure(error.message, code: error.code, help: error.help)
        case let error as ParameterError:
            return failure(
                error.description, code: "parameter",
                at: place(of: error.parameter) ?? range)
        case let error as NumericalError:
            return failure(error.description, code: "numerical")
        case let error as Rejection:
            return failure(error.description, code: "numerical")
        default:
            return failure("\(error)", code: "error")
        }
    }

    private func place(of parameter: String) -> Range<Int>? {
        for (index, candidate) in function.parameters.enumerated()
        where candidate.name == parameter || candidate.label == parameter {
            return index < arguments.count ? arguments[index].first?.range : nil
        }
        return nil
    }

    // MARK: Arguments

    private func index(_ name: String) throws -> Int {
        guard let index = function.parameters.firstIndex(where: { $0.name == name }) else {
            throw failure("\(function.name) has no parameter \(name)", code: "internal")
        }
        return index
    }

    func optional(_ name: String) throws -> Argument? {
        let index = try index(name)
        return index < arguments.count ? arguments[index].first : nil
    }

    func argument(_ name: String) throws -> Argument {
        if let found = try optional(name) { return found }
        throw failure("\(function.name) needs `\(name)`", code: "argument-count")
    }

    func has(_ name: String) -> Bool { ((try? optional(name)) ?? nil) != nil }

    /// All arguments of a variadic parameter.
    func all(_ name: String) throws -> [Argument] {
        let index = try index(name)
        return index < arguments.count ? arguments[index] : []
    }

    func value(_ name: String) throws -> ScriptValue { try argument(name).value }

    func range(of name: String) -> Range<Int> {
        ((try? optional(name)) ?? nil)?.range ?? range
    }

    private func wrong(_ expected: String, _ argument: Argument) -> Diagnostic {
        if case .traced = argument.value { return interpreter.cannotDifferentiate(argument.range) }
        return failure(
            "expected \(expected), found \(argument.value.typeName.withArticle)", code: "type",
            at: argument.range)
    }

    private func defaultText(_ name: String) throws -> String? {
        function.parameters[try index(name)].defaultText
    }

    func number(_ name: String) throws -> Double {
        guard let argument = try optional(name) else {
            if let text = try defaultText(name), let value = Double(text) { return value }
            throw failure("\(function.name) needs `\(name)`", code: "argument-count")
        }
        return try number(argument)
    }

    func number(_ argument: Argument) throws -> Double {
        if case .number(let x) = argument.value { return x }
        if case .traced(let x) = argument.value, let constant = x.constant { return constant }
        throw wrong("a number", argument)
    }

    /// A whole number.
    func integer(_ name: String) throws -> Int {
        let x = try number(name)
        guard let whole = Int(exactly: x), whole.magnitude < 1 << 53 else {
            throw failure(
                "`\(name)` is \(ScriptFormat.number(x)), but must be a whole number",
                code: "parameter", at: range(of: name))
        }
        return whole
    }

    /// A number of things to hold in memory: refused when it is absurd.
    func count(_ name: String, minimum: Int = 1, width: Double = 1) throws -> Int {
        let x = try number(name)
        if x.isFinite { try interpreter.checkCount(x * max(1, width), range(of: name)) }
        let n = try integer(name)
        guard n >= minimum else {
            throw failure(
                "`\(name)` is \(n), but must be at least \(minimum)", code: "parameter",
                at: range(of: name))
        }
        return n
    }

    func bool(_ name: String) throws -> Bool {
        guard let argument = try optional(name) else {
            return try defaultText(name) == "true"
        }
        guard case .bool(let x) = argument.value else { throw wrong("true or false", argument) }
        return x
    }

    func string(_ name: String) throws -> String { try string(try argument(name)) }

    func string(_ argument: Argument) throws -> String {
        guard case .string(let text) = argument.value else { throw wrong("a String", argument) }
        return text
    }

    func optionalString(_ name: String) throws -> String? {
        try optional(name).map { try string($0) }
    }

    func vector(_ name: String) throws -> [Double] { try vector(try argument(name)) }

    func vector(_ argument: Argument) throws -> [Double] {
        guard let x = argument.value.doubles else { throw wrong("a vector", argument) }
        return x
    }

    /// A vector that must not be empty.
    func sample(_ name: String, minimum: Int = 1) throws -> [Double] {
        let x = try vector(name)
        guard x.count >= minimum else {
            throw failure(
                minimum == 1
                    ? "`\(name)` is empty"
                    : "`\(name)` has \(x.count) values, but needs \(minimum)",
                code: "size", at: range(of: name))
        }
        return x
    }

    func matrix(_ name: String) throws -> Matrix {
        let argument = try argument(name)
        guard case .matrix(let x) = argument.value else { throw wrong("a matrix", argument) }
        return x
    }

    /// A choice, such as `.welch`; the default when it is left out.
    func choice(_ name: String) throws -> ScriptSymbol {
        guard let argument = try optional(name) else {
            let text = (try defaultText(name) ?? "").drop { $0 == "." }
            return ScriptSymbol(name: String(text.prefix { $0 != "(" }), arguments: [])
        }
        guard case .symbol(let symbol) = argument.value else {
            throw wrong("a choice such as .name", argument)
        }
        let parameter = function.parameters[try index(name)]
        guard let choice = parameter.choices.first(where: { $0.name == symbol.name }) else {
            let names = parameter.choices.map(\.name)
            throw failure(
                "`\(name)` has no choice '.\(symbol.name)'", code: "unknown-name",
                at: argument.range,
                help: suggestion(for: symbol.name, among: names).map { "did you mean `.\($0)`?" }
                    ?? "one of \(names.map { "." + $0 }.joined(separator: ", "))")
        }
        for inner in symbol.arguments
        where !choice.parameters.contains(where: { $0.label == inner.label }) {
            throw failure(
                "'.\(symbol.name)' has no parameter `\(inner.label ?? "_")`",
                code: "unknown-label", at: argument.range)
        }
        return symbol
    }

    /// A number that belongs to a choice: `.gradientDescent(rate: 0.1)`.
    func number(_ label: String, of symbol: ScriptSymbol, in name: String) throws -> Double {
        if let found = symbol.arguments.first(where: { $0.label == label })?.value {
            return try number(Argument(value: found, range: range(of: name)))
        }
        let choices = function.parameters[try index(name)].choices
        let parameter = choices.first { $0.name == symbol.name }?.parameters
            .first { $0.label == label }
        guard let text = parameter?.defaultText, let value = Double(text) else {
            throw failure(
                "'.\(symbol.name)' needs `\(label):`", code: "argument-count",
                at: range(of: name))
        }
        return value
    }

    func range(_ name: String) throws -> ClosedRange<Double> {
        try closedRange(try argument(name))
    }

    func closedRange(_ argument: Argument) throws -> ClosedRange<Double> {
        guard case .range(let range) = argument.value else { throw wrong("a range", argument) }
        guard range.lower.isFinite, range.upper.isFinite, range.lower < range.upper else {
            throw failure(
                "the range \(range.text) is not a proper interval", code: "parameter",
                at: argument.range)
        }
        return range.lower...range.upper
    }

    /// An object of a Swift type.
    func object<T>(_ type: T.Type, _ name: String) throws -> T {
        let argument = try argument(name)
        guard case .object(let object) = argument.value, let found = object as? T else {
            throw wrong("another kind of value", argument)
        }
        return found
    }

    /// The value before the point.
    func receiver<T>(_ type: T.Type) throws -> T {
        guard case .object(let object) = receiver, let found = object as? T else {
            throw failure("\(function.name) belongs to another kind of value", code: "internal")
        }
        return found
    }

    func closure(_ name: String) throws -> ScriptCallable {
        let argument = try argument(name)
        switch argument.value {
        case .closure, .function: break
        default: throw wrong("a closure", argument)
        }
        return ScriptCallable(
            interpreter: interpreter, value: argument.value, range: argument.range)
    }

    /// A generator on the next stream of the cell.
    func generator() -> RandomGenerator { RandomGenerator(interpreter.nextStream()) }

    /// Lets a long loop of the library stop at the cell's time limit.
    func checkTime() throws { try interpreter.checkTime(range) }
}

/// A closure of the script as Swift code calls it.
struct ScriptCallable: @unchecked Sendable {
    let interpreter: Interpreter
    let value: ScriptValue
    let range: Range<Int>

    func callAsFunction(_ arguments: ScriptValue...) throws -> ScriptValue {
        try interpreter.call(value, arguments, range)
    }

    /// The number that the closure gives for a number.
    func number(_ x: Double) throws -> Double { try number(from: .number(x)) }

    func number(from argument: ScriptValue) throws -> Double {
        switch try interpreter.call(value, [argument], range) {
        case .number(let result): return result
        case .bool(let result): return result ? 1 : 0
        case let other:
            throw interpreter.failure(
                "type", "this closure must give a number, not \(other.typeName.withArticle)", range)
        }
    }

    /// Runs Swift code that does not throw; an error of the closure inside is
    /// kept and thrown at the end.
    func collecting<T>(_ body: ((Double) -> Double) throws -> T) throws -> T {
        var first: (any Error)?
        let result = try body { x in
            guard first == nil else { return .nan }
            do {
                return try number(x)
            } catch {
                first = error
                return .nan
            }
        }
        if let first { throw first }
        return result
    }
}
