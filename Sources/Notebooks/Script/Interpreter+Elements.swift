// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import LinearAlgebra

/// Reading and writing elements: `x[i]`, `x[a..<b]`, `x[mask]`, `m[r, c]`.
extension Interpreter {
    /// The positions that an index stands for, each checked against a size.
    private enum Positions {
        case one(Int)
        case many([Int])

        var all: [Int] {
            switch self {
            case .one(let index): [index]
            case .many(let indices): indices
            }
        }
    }

    func element(
        of value: ScriptValue, _ arguments: [CodeArgument], _ range: Range<Int>
    ) throws -> ScriptValue {
        if case .object = value {
            guard let overloads = registry.member("subscript", of: value.typeName) else {
                throw failure("type", "\(value.typeName.withArticle) has no elements", range)
            }
            let values = try arguments.map {
                (label: $0.label, value: try evaluate($0.value), range: $0.value.range)
            }
            return try call(overloads, "subscript", receiver: value, values, range)
        }
        for argument in arguments where argument.label != nil {
            throw failure("unknown-label", "an index has no label", argument.value.range)
        }
        if case .matrix(let matrix) = value {
            return try element(of: matrix, arguments, range)
        }
        if case .traced(let x) = value, case .matrix(let rows, let columns) = x.shape {
            return try element(of: x, rows, columns, arguments, range)
        }
        guard arguments.count == 1, let argument = arguments.first else {
            throw failure("index", "\(value.typeName.withArticle) takes one index", range)
        }
        let index = try evaluate(argument.value)
        let place = argument.value.range
        switch value {
        case .vector(let x):
            switch try positions(index, x.count, place) {
            case .one(let i): return .number(x[i])
            case .many(let indices): return .vector(indices.map { x[$0] })
            }
        case .mask(let x):
            switch try positions(index, x.count, place) {
            case .one(let i): return .bool(x[i])
            case .many(let indices): return .mask(indices.map { x[$0] })
            }
        case .list(let x):
            switch try positions(index, x.elements.count, place) {
            case .one(let i): return x.elements[i]
            case .many(let indices): return try list(indices.map { x.elements[$0] }, range)
            }
        case .traced(let x) where !x.shape.isScalar:
            switch try positions(index, x.count, place) {
            case .one(let i): return .traced(x[i])
            case .many(let indices):
                return indices.isEmpty ? .vector([]) : .traced(x.gather(indices))
            }
        case .dictionary(let dictionary):
            guard case .string(let name) = index else {
                throw failure("index", "a dictionary's keys are strings", place)
            }
            guard let found = dictionary[name] else {
                throw failure(
                    "index", "the dictionary has no \"\(name)\"", place,
                    help: suggestion(for: name, among: dictionary.members.map(\.name)).map {
                        "did you mean \"\($0)\"?"
                    })
            }
            return found
        default:
            throw failure("type", "\(value.typeName.withArticle) has no elements", range)
        }
    }

    private func element(
        of matrix: Matrix, _ arguments: [CodeArgument], _ range: Range<Int>
    ) throws -> ScriptValue {
        let (rows, columns) = try matrixPositions(
            arguments, matrix.rows, matrix.columns, range)
        let entry = { (r: Int, c: Int) in matrix.elements[c * matrix.rows + r] }
        switch (rows, columns) {
        case (.one(let r), .one(let c)): return .number(entry(r, c))
        case (.one(let r), .many(let cs)): return .vector(cs.map { entry(r, $0) })
        case (.many(let rs), .one(let c)): return .vector(rs.map { entry($0, c) })
        case (.many(let rs), .many(let cs)):
            return .matrix(
                try Matrix(
                    rows: rs.count, columns: cs.count,
                    elements: cs.flatMap { c in rs.map { entry($0, c) } }))
        }
    }

    private func element(
        of x: Traced, _ rowCount: Int, _ columnCount: Int, _ arguments: [CodeArgument],
        _ range: Range<Int>
    ) throws -> ScriptValue {
        let (rows, columns) = try matrixPositions(arguments, rowCount, columnCount, range)
        let indices = columns.all.flatMap { c in rows.all.map { c * rowCount + $0 } }
        switch (rows, columns) {
        case (.one, .one): return .traced(x[indices[0]])
        case (.many(let rs), .many(let cs)):
            return .traced(x.gather(indices, .matrix(rs.count, cs.count)))
        default: return indices.isEmpty ? .vector([]) : .traced(x.gather(indices))
        }
    }

    private func matrixPositions(
        _ arguments: [CodeArgument], _ rows: Int, _ columns: Int, _ range: Range<Int>
    ) throws -> (Positions, Positions) {
        guard (1...2).contains(arguments.count) else {
            throw failure("index", "a matrix takes a row and a column", range)
        }
        let first = try positions(
            try evaluate(arguments[0].value), rows, arguments[0].value.range)
        guard arguments.count == 2 else { return (first, .many(Array(0..<columns))) }
        let second = try positions(
            try evaluate(arguments[1].value), columns, arguments[1].value.range)
        return (first, second)
    }

    private func positions(
        _ index: ScriptValue, _ count: Int, _ range: Range<Int>
    ) throws -> Positions {
        switch index {
        case .number(let x): return .one(try position(x, count, range))
        case .traced: return .one(try position(try number(index, range), count, range))
        case .range(let bounds):
            guard let integers = bounds.integers else {
                throw failure("index", "\(bounds.text) does not go from a whole number", range)
            }
            guard integers.lowerBound >= 0, integers.upperBound <= count else {
                throw failure(
                    "index", "\(bounds.text) is not within 0..<\(count)", range,
                    help: "the first element is [0]")
            }
            return .many(Array(integers))
        case .vector(let vector):
            return .many(try vector.map { try position($0, count, range) })
        case .mask(let mask):
            guard mask.count == count else {
                throw failure(
                    "index", "\(mask.count) truth values select among \(count) elements", range)
            }
            return .many(mask.indices.filter { mask[$0] })
        default:
            throw failure("index", "\(index.typeName.withArticle) cannot be an index", range)
        }
    }

    private func position(_ x: Double, _ count: Int, _ range: Range<Int>) throws -> Int {
        guard let index = Int(exactly: x) else {
            throw failure(
                "index", "\(ScriptFormat.number(x)) is not a whole number", range)
        }
        guard index >= 0, index < count else {
            throw failure(
                "index",
                count == 0
                    ? "there are no elements"
                    : "\(index) is outside of 0...\(count - 1)", range,
                help: index == count || index < 0 ? "the first element is [0]" : nil)
        }
        return index
    }

    // MARK: Assignment

    func assign(
        _ place: StatementCode.Place, _ name: String, _ indices: [CodeArgument]?,
        _ operation: Arithmetic?, _ node: Node, _ range: Range<Int>
    ) throws {
        var value = try evaluate(node)
        guard !value.isNothing else {
            throw failure("type", "this gives no value", node.range)
        }
        guard let indices else {
            if let operation {
                value = try combine(operation, try read(place, name, range), value, range)
            }
            write(place, value)
            return
        }
        if let operation {
            let current = try element(of: try read(place, name, range), indices, range)
            value = try combine(operation, current, value, range)
        }
        if case .number(let entry) = value, indices.count == 1,
            case .number(let x) = try evaluate(indices[0].value),
            try replace(place, x, entry, indices[0].value.range)
        {
            return
        }
        let old = try read(place, name, range)
        write(place, try replacing(old, indices, value, range))
    }

    /// One number of a vector, in place: the variable gives up its reference
    /// for the moment, so that nothing is copied.
    private func replace(
        _ place: StatementCode.Place, _ index: Double, _ entry: Double, _ range: Range<Int>
    ) throws -> Bool {
        func changed(_ value: inout ScriptValue) throws -> Bool {
            guard case .vector(var vector) = value else { return false }
            let i = try position(index, vector.count, range)
            value = .nothing
            vector[i] = entry
            value = .vector(vector)
            return true
        }
        switch place {
        case .local(let slot): return try changed(&locals[base + slot])
        case .global(let slot):
            return slot < globals.count ? try changed(&globals[slot]) : false
        }
    }

    private func combine(
        _ operation: Arithmetic, _ a: ScriptValue, _ b: ScriptValue, _ range: Range<Int>
    ) throws -> ScriptValue {
        if operation == .add, case .string(let x) = a, case .string(let y) = b {
            return try string(x + y, range)
        }
        return try located(range) { try ScriptValue.arithmetic(operation, a, b) }
    }

    private func read(
        _ place: StatementCode.Place, _ name: String, _ range: Range<Int>
    ) throws -> ScriptValue {
        switch place {
        case .local(let slot): return locals[base + slot]
        case .global(let slot):
            guard slot < globals.count, isBound[slot] else {
                throw failure("unbound", "'\(name)' has no value yet", range)
            }
            return globals[slot]
        }
    }

    private func write(_ place: StatementCode.Place, _ value: ScriptValue) {
        switch place {
        case .local(let slot): locals[base + slot] = value
        case .global(let slot): globals[slot] = value
        }
    }

    /// A copy of a value with one element changed.
    private func replacing(
        _ old: ScriptValue, _ indices: [CodeArgument], _ value: ScriptValue,
        _ range: Range<Int>
    ) throws -> ScriptValue {
        if case .matrix(var matrix) = old {
            let (rows, columns) = try matrixPositions(
                indices, matrix.rows, matrix.columns, range)
            guard case .one(let r) = rows, case .one(let c) = columns else {
                throw failure("index", "one entry changes at a time: m[row, column] = x", range)
            }
            matrix[r, c] = try number(value, range)
            return .matrix(matrix)
        }
        guard indices.count == 1, let argument = indices.first else {
            throw failure("index", "\(old.typeName.withArticle) takes one index", range)
        }
        let index = try evaluate(argument.value)
        if case .dictionary(let dictionary) = old, case .string(let name) = index {
            var members = dictionary.members
            if let position = members.firstIndex(where: { $0.name == name }) {
                members[position].value = value
            } else {
                members.append((name, value))
            }
            guard let changed = ScriptDictionary(members) else { throw tooDeep(range) }
            return .dictionary(changed)
        }
        switch old {
        case .vector(var vector):
            guard case .one(let i) = try positions(index, vector.count, argument.value.range)
            else { throw failure("index", "one element changes at a time", range) }
            if case .traced(let x) = value, x.shape.isScalar {
                var elements = vector.map { Traced($0) }
                elements[i] = x
                return .traced(.vector(elements))
            }
            vector[i] = try number(value, range)
            return .vector(vector)
        case .traced(let x) where !x.shape.isScalar && x.count == x.shape.rows:
            guard case .one(let i) = try positions(index, x.count, argument.value.range)
            else { throw failure("index", "one element changes at a time", range) }
            var elements = x.elements
            switch value {
            case .number(let number): elements[i] = Traced(number)
            case .traced(let element) where element.shape.isScalar: elements[i] = element
            default: throw failure("type", "expected a number", range)
            }
            return .traced(.vector(elements))
        case .list(let old):
            guard
                case .one(let i) = try positions(
                    index, old.elements.count, argument.value.range)
            else { throw failure("index", "one element changes at a time", range) }
            var elements = old.elements
            elements[i] = value
            return try list(elements, range)
        default:
            throw failure(
                "type", "the elements of \(old.typeName.withArticle) cannot change", range)
        }
    }
}
