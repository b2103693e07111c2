// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import LinearAlgebra

extension Interpreter {
    func evaluate(_ node: Node) throws -> ScriptValue {
        switch node.code {
        case .constant(let value): return value
        case .local(let slot): return locals[base + slot]
        case .captured(let index): return captured[index]
        case .global(let slot, let name):
            guard slot < globals.count, isBound[slot] else {
                throw failure("unbound", "'\(name)' has no value yet", node.range)
            }
            return globals[slot]
        default: break
        }
        try descend(node.range)
        defer { ascend() }
        return try compound(node)
    }

    private func compound(_ node: Node) throws -> ScriptValue {
        switch node.code {
        case .constant, .local, .captured, .global: return .nothing
        case .string(let pieces):
            var text = ""
            for piece in pieces {
                switch piece {
                case .text(let part): text += part
                case .value(let value): text += try evaluate(value).interpolated
                }
            }
            return try string(text, node.range)
        case .list(let elements):
            return try list(try elements.map { try evaluate($0) }, node.range)
        case .dictionary(let pairs): return try dictionary(pairs, node.range)
        case .symbol(let name, let arguments):
            let values = try arguments.map { (label: $0.label, value: try evaluate($0.value)) }
            let symbol = ScriptSymbol(name: name, arguments: values)
            guard symbol.depth <= ScriptList.maximumDepth else { throw tooDeep(node.range) }
            return .symbol(symbol)
        case .not(let operand, let pointwise):
            let value = try evaluate(operand)
            if pointwise { return .mask(try mask(value, operand.range).map { !$0 }) }
            return .bool(!(try bool(value, operand.range)))
        case .negate(let operand):
            return try located(node.range) { try evaluate(operand).negated() }
        case .arithmetic(let operation, let left, let right):
            let a = try evaluate(left)
            let b = try evaluate(right)
            if case .number(let x) = a, case .number(let y) = b {
                return .number(operation.apply(x, y))
            }
            if case .string(let x) = a, case .string(let y) = b, operation == .add {
                return try string(x + y, node.range)
            }
            return try located(node.range) { try ScriptValue.arithmetic(operation, a, b) }
        case .compare(let operation, let pointwise, let left, let right):
            let a = try evaluate(left)
            let b = try evaluate(right)
            return try located(node.range) {
                pointwise
                    ? .mask(try ScriptValue.comparePointwise(operation, a, b))
                    : .bool(try ScriptValue.compare(operation, a, b, trace: trace))
            }
        case .approximately(let left, let right):
            return .object(Approximation(a: try evaluate(left), b: try evaluate(right)))
        case .logical(let isAnd, let pointwise, let left, let right):
            let first = try evaluate(left)
            if pointwise {
                let a = try mask(first, left.range)
                let b = try mask(try evaluate(right), right.range)
                guard a.count == b.count else {
                    throw failure(
                        "size", "one side has \(a.count) truth values, the other \(b.count)",
                        node.range)
                }
                return .mask(zip(a, b).map { isAnd ? $0 && $1 : $0 || $1 })
            }
            let a = try bool(first, left.range)
            if a != isAnd { return .bool(a) }
            return .bool(try bool(try evaluate(right), right.range))
        case .range(let left, let right, let isClosed):
            return try range(left, right, isClosed, node.range)
        case .call(let function, let match, let arguments):
            return try call(function, match, arguments, node.range)
        case .callValue(let callee, let arguments):
            let function = try evaluate(callee)
            return try call(
                function, try arguments.map { try evaluate($0.value) }, node.range)
        case .member(let base, let name, let nameRange):
            return try member(try evaluate(base), name, nameRange)
        case .callMember(let base, let name, let nameRange, let arguments):
            return try callMember(try evaluate(base), name, nameRange, arguments, node.range)
        case .index(let base, let arguments):
            return try element(of: try evaluate(base), arguments, node.range)
        case .closure(let code, let captures):
            let values = captures.map { source in
                switch source {
                case .local(let slot): locals[base + slot]
                case .captured(let index): captured[index]
                }
            }
            guard let closure = ScriptClosure(code, captured: values) else {
                throw tooDeep(node.range)
            }
            return .closure(closure)
        case .conditional(let branches, let otherwise):
            return try value(of: try branch(branches, otherwise))
        }
    }

    // MARK: Making values

    func string(_ text: String, _ range: Range<Int>) throws -> ScriptValue {
        guard text.utf8.count <= limits.textLength else {
            throw failure("limit", "this text is longer than 4 MiB", range)
        }
        return .string(text)
    }

    func tooDeep(_ range: Range<Int>) -> Diagnostic {
        failure(
            "limit", "this value holds more than \(ScriptList.maximumDepth) levels of values",
            range)
    }

    /// Numbers make a vector, truth values a mask, everything else a list.
    func list(_ elements: [ScriptValue], _ range: Range<Int>) throws -> ScriptValue {
        var numbers: [Double] = []
        numbers.reserveCapacity(elements.count)
        for case .number(let x) in elements { numbers.append(x) }
        if numbers.count == elements.count { return .vector(numbers) }
        let bools = elements.compactMap { if case .bool(let x) = $0 { x } else { nil } }
        if bools.count == elements.count { return .mask(bools) }
        let scalars = elements.compactMap { element -> Traced? in
            switch element {
            case .number(let x): Traced(x)
            case .traced(let x) where x.shape.isScalar: x
            default: nil
            }
        }
        if scalars.count == elements.count { return .traced(.vector(scalars)) }
        for element in elements where element.isNothing {
            throw failure("type", "an element of this list has no value", range)
        }
        guard let list = ScriptList(elements) else { throw tooDeep(range) }
        return .list(list)
    }

    private func dictionary(_ pairs: [(Node, Node)], _ range: Range<Int>) throws -> ScriptValue {
        var members: [(name: String, value: ScriptValue)] = []
        for (key, value) in pairs {
            guard case .string(let name) = try evaluate(key) else {
                throw failure("type", "a dictionary's keys are strings", key.range)
            }
            guard !members.contains(where: { $0.name == name }) else {
                throw failure("dictionary", "the key \"\(name)\" stands twice", key.range)
            }
            let found = try evaluate(value)
            if found.isNothing { throw failure("type", "this gives no value", value.range) }
            members.append((name, found))
        }
        guard let dictionary = ScriptDictionary(members) else { throw tooDeep(range) }
        return .dictionary(dictionary)
    }

    private func range(
        _ left: Node, _ right: Node, _ isClosed: Bool, _ place: Range<Int>
    ) throws -> ScriptValue {
        let lower = try number(try evaluate(left), left.range)
        let upper = try number(try evaluate(right), right.range)
        guard lower <= upper else {
            throw failure(
                "range",
                "this range goes from \(ScriptFormat.number(lower)) down to "
                    + ScriptFormat.number(upper), place)
        }
        return .range(ScriptRange(lower: lower, upper: upper, isClosed: isClosed))
    }

    // MARK: Reading values

    func number(_ value: ScriptValue, _ range: Range<Int>) throws -> Double {
        switch value {
        case .number(let x): return x
        case .traced(let x) where x.constant != nil: return x.constant ?? .nan
        case .traced: throw cannotDifferentiate(range)
        default:
            throw failure("type", "expected a number, found \(value.typeName.withArticle)", range)
        }
    }

    func cannotDifferentiate(_ range: Range<Int>) -> Diagnostic {
        failure(
            "differentiate",
            "this needs a known number, but depends on what the function is differentiated by",
            range, help: "sums, products, powers, comparisons and the elementary functions work")
    }

    func bool(_ value: ScriptValue, _ range: Range<Int>) throws -> Bool {
        if case .bool(let x) = value { return x }
        throw failure(
            "type", "expected a Bool, found \(value.typeName.withArticle)", range,
            help: value.typeName == "mask" ? "use all(…) or any(…)" : nil)
    }

    func mask(_ value: ScriptValue, _ range: Range<Int>) throws -> [Bool] {
        if case .mask(let x) = value { return x }
        throw failure("type", "expected truth values, found \(value.typeName.withArticle)", range)
    }

    /// Gives an operation's error the place of the expression.
    func located<T>(_ range: Range<Int>, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as OperationError {
            throw failure(error.code, error.message, range, help: error.help)
        } catch let error as ShapeError {
            throw failure("size", "\(error)", range)
        }
    }

    // MARK: Calls

    private func call(
        _ function: ScriptFunction, _ match: ArgumentMatch, _ arguments: [CodeArgument],
        _ range: Range<Int>
    ) throws -> ScriptValue {
        if let scalar = function.scalar, arguments.count == 1 {
            let value = try evaluate(arguments[0].value)
            if case .number(let x) = value { return .number(scalar(x)) }
            return try apply(
                function, receiver: nil,
                [[Call.Argument(value: value, range: arguments[0].value.range)]], range)
        }
        var values: [Call.Argument] = []
        for argument in arguments {
            values.append(
                Call.Argument(
                    value: try evaluate(argument.value), range: argument.value.range))
        }
        try tick(range)
        return try apply(
            function, receiver: nil, match.indices.map { $0.map { values[$0] } }, range)
    }

    func member(
        _ value: ScriptValue, _ name: String, _ nameRange: Range<Int>
    ) throws -> ScriptValue {
        let overloads = try members(value, name, nameRange)
        if let property = overloads.first, property.isProperty {
            return try apply(property, receiver: value, [], nameRange)
        }
        let reference = ScriptFunctionReference(
            name: name, overloads: overloads, receiver: value)
        guard value.nesting < ScriptList.maximumDepth else { throw tooDeep(nameRange) }
        return .function(reference)
    }

    private func members(
        _ value: ScriptValue, _ name: String, _ nameRange: Range<Int>
    ) throws -> [ScriptFunction] {
        if let found = registry.member(name, of: value.typeName) { return found }
        let known = registry.members[value.typeName]?.keys.sorted() ?? []
        throw failure(
            "unknown-name", "\(value.typeName.withArticle) has no member '\(name)'", nameRange,
            help: suggestion(for: name, among: known).map { "did you mean `.\($0)`?" }
                ?? (known.isEmpty ? nil : "it has \(known.joined(separator: ", "))"))
    }

    private func callMember(
        _ value: ScriptValue, _ name: String, _ nameRange: Range<Int>,
        _ arguments: [CodeArgument], _ range: Range<Int>
    ) throws -> ScriptValue {
        let overloads = try members(value, name, nameRange)
        if let property = overloads.first, property.isProperty {
            let result = try apply(property, receiver: value, [], nameRange)
            return try call(
                result, try arguments.map { try evaluate($0.value) }, range)
        }
        let values = try arguments.map {
            (label: $0.label, value: try evaluate($0.value), range: $0.value.range)
        }
        try tick(range)
        return try call(overloads, name, receiver: value, values, range)
    }
}
