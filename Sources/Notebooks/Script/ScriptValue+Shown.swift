// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import LinearAlgebra

extension ScriptRange {
    /// As it is written: `0..<10`.
    var text: String {
        ScriptFormat.number(lower) + (isClosed ? "..." : "..<") + ScriptFormat.number(upper)
    }
}

extension ScriptValue {
    /// What a cell shows.
    public var shown: ShownValue {
        switch self {
        case .object(let object): object.shown
        default: .text(text)
        }
    }

    /// One text, as `buffon eval` prints it.
    public var text: String {
        switch self {
        case .string(let text): text
        case .object(let object): object.shown.text
        default: inline(depth: 0)
        }
    }

    /// Inside of a string: short and on one line where that can be.
    var interpolated: String { text }

    private func inline(depth: Int) -> String {
        switch self {
        case .nothing: return ""
        case .number(let x): return ScriptFormat.number(x)
        case .bool(let x): return x ? "true" : "false"
        case .string(let x): return "\"\(x.count > 200 ? String(x.prefix(200)) + "…" : x)\""
        case .estimate(let x): return x.description
        case .vector(let x):
            return ScriptFormat.list(x.count, noun: "numbers") { ScriptFormat.number(x[$0]) }
        case .mask(let x):
            return ScriptFormat.list(x.count, noun: "truth values") { x[$0] ? "true" : "false" }
        case .matrix(let x): return ScriptValue.text(of: x)
        case .list(let x):
            if depth > 3 { return "[…]" }
            return ScriptFormat.list(x.elements.count, noun: "values") {
                x.elements[$0].inline(depth: depth + 1)
            }
        case .range(let x): return x.text
        case .dictionary(let x):
            if depth > 3 { return "[…]" }
            if x.members.isEmpty { return "[:]" }
            let shown = x.members.prefix(12).map {
                "\"\($0.name)\": \($0.value.inline(depth: depth + 1))"
            }
            let more = x.members.count > 12 ? ", … (\(x.members.count) members)" : ""
            return "[" + shown.joined(separator: ", ") + more + "]"
        case .closure(let x):
            return "{ closure of \(x.parameterCount) argument\(x.parameterCount == 1 ? "" : "s") }"
        case .function(let x): return "{ function \(x.name): call it with \(x.name)(…) }"
        case .symbol(let x): return "." + x.name
        case .traced(let x):
            if let constant = x.constant { return ScriptFormat.number(constant) }
            return "{ traced \(x.shape) }"
        case .object(let x):
            guard depth > 0 else { return x.shown.text }
            if case .text(let text) = x.shown, !text.contains("\n") { return text }
            return "{ \(x.typeName) }"
        }
    }

    private static func text(of matrix: Matrix) -> String {
        let limit = 12
        func positions(_ count: Int) -> [Int?] {
            count <= limit
                ? Array(0..<count) : Array(0..<(limit - 3)) + [nil] + Array((count - 2)..<count)
        }
        let columns = positions(matrix.columns)
        let rows = positions(matrix.rows).map { row in
            columns.map { column -> String in
                guard let row, let column else { return "…" }
                return ScriptFormat.number(matrix.elements[column * matrix.rows + row])
            }
        }
        let widths = columns.indices.map { column in
            rows.lazy.map { $0[column].count }.max() ?? 0
        }
        let lines = rows.map { row in
            row.enumerated().map { column, cell in
                String(repeating: " ", count: widths[column] - cell.count) + cell
            }.joined(separator: "  ")
        }
        if matrix.rows == 0 || matrix.columns == 0 {
            return "(a \(matrix.rows) × \(matrix.columns) matrix)"
        }
        return lines.joined(separator: "\n")
    }

    /// Full precision with stable names.
    ///
    /// - Throws: `ParameterError` for a value with more than four million parts.
    public func json() throws(ParameterError) -> JSONValue {
        var budget = 1 << 22
        return try json(&budget)
    }

    private func json(_ budget: inout Int) throws(ParameterError) -> JSONValue {
        budget -= 1
        guard budget > 0 else {
            throw ParameterError("value", is: "huge", mustBe: "of at most 4 million parts")
        }
        switch self {
        case .nothing: return .null
        case .number(let x): return ScriptValue.json(x)
        case .bool(let x): return .bool(x)
        case .string(let x): return .string(x)
        case .estimate(let x):
            return .object(
                JSONObject([
                    ("value", .number(x.value)), ("standard_error", .number(x.standardError)),
                    ("effective_sample_size", .number(x.effectiveSampleSize)),
                ]))
        case .vector(let x):
            budget -= x.count
            return .array(x.map(ScriptValue.json))
        case .mask(let x):
            budget -= x.count
            return .array(x.map { .bool($0) })
        case .matrix(let x):
            budget -= x.elements.count
            return .array(
                (0..<x.rows).map { row in
                    .array(
                        (0..<x.columns).map { ScriptValue.json(x.elements[$0 * x.rows + row]) })
                })
        case .list(let x):
            var elements: [JSONValue] = []
            for element in x.elements { elements.append(try element.json(&budget)) }
            return .array(elements)
        case .range(let x):
            return .object(
                JSONObject([
                    ("lower", ScriptValue.json(x.lower)), ("upper", ScriptValue.json(x.upper)),
                    ("closed", .bool(x.isClosed)),
                ]))
        case .dictionary(let x):
            var object = JSONObject()
            for member in x.members { object[member.name] = try member.value.json(&budget) }
            return .object(object)
        case .object(let x): return x.json
        case .closure, .function, .symbol, .traced: return .string(text)
        }
    }

    /// Whole numbers without a point.
    static func json(_ x: Double) -> JSONValue {
        if let whole = Int(exactly: x), whole.magnitude < 1 << 53, !(x == 0 && x.sign == .minus) {
            return .integer(whole)
        }
        return .number(x)
    }
}
