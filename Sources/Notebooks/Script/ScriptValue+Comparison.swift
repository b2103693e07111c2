// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Randomness

extension Comparison {
    func holds<T: Comparable>(_ a: T, _ b: T) -> Bool {
        switch self {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        }
    }

    var relation: Relation {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        }
    }
}

extension ScriptValue {
    /// One truth value. Numbers and strings are ordered; everything numeric,
    /// truth values and lists of them can be equal.
    static func compare(
        _ operation: Comparison, _ a: ScriptValue, _ b: ScriptValue, trace: Trace?
    ) throws -> Bool {
        switch (a, b) {
        case (.number(let x), .number(let y)): return operation.holds(x, y)
        case (.string(let x), .string(let y)): return operation.holds(x, y)
        case (.traced(let x), _) where x.shape.isScalar:
            if let y = b.tracedValue, y.shape.isScalar, let trace {
                return trace.decide(x, operation.relation, y)
            }
        case (_, .traced(let y)) where y.shape.isScalar:
            if let x = a.tracedValue, x.shape.isScalar, let trace {
                return trace.decide(x, operation.relation, y)
            }
        default: break
        }
        guard operation == .equal || operation == .notEqual else {
            if case .estimate = a {
                throw OperationError(
                    "an estimate cannot be compared by '\(operation.rawValue)'",
                    help: "compare its .value")
            }
            throw OperationError(
                "'\(operation.rawValue)' cannot compare \(a.typeName.withArticle) and \(b.typeName.withArticle)",
                help: a.doubles != nil ? "to compare element by element, write .<" : nil)
        }
        guard let same = equal(a, b) else {
            throw OperationError(
                "\(a.typeName.withArticle) and \(b.typeName.withArticle) cannot be compared")
        }
        return same == (operation == .equal)
    }

    /// Nil for kinds that cannot be compared.
    private static func equal(_ a: ScriptValue, _ b: ScriptValue) -> Bool? {
        switch (a, b) {
        case (.number(let x), .number(let y)): return x == y
        case (.bool(let x), .bool(let y)): return x == y
        case (.string(let x), .string(let y)): return x == y
        case (.mask(let x), .mask(let y)): return x == y
        case (.matrix(let x), .matrix(let y)):
            return x.rows == y.rows && x.columns == y.columns && x.elements == y.elements
        case (.list(let x), .list(let y)):
            guard x.elements.count == y.elements.count else { return false }
            for (left, right) in zip(x.elements, y.elements) {
                guard let same = equal(left, right) else { return nil }
                if !same { return false }
            }
            return true
        case (.symbol(let x), .symbol(let y)): return x.name == y.name
        case (.mask, _), (_, .mask): return nil
        default:
            guard let x = a.doubles, let y = b.doubles else { return nil }
            return x == y
        }
    }

    /// Element by element, a single value against every element.
    static func comparePointwise(
        _ operation: Comparison, _ a: ScriptValue, _ b: ScriptValue
    ) throws -> [Bool] {
        if case .traced = a { throw tracedComparison }
        if case .traced = b { throw tracedComparison }
        switch (a, b) {
        case (.number(let x), _):
            if let y = b.doubles { return y.map { operation.holds(x, $0) } }
        case (_, .number(let y)):
            if let x = a.doubles { return x.map { operation.holds($0, y) } }
        case (.list(let x), .string(let y)):
            if let texts = x.strings { return texts.map { operation.holds($0, y) } }
        case (.string(let x), .list(let y)):
            if let texts = y.strings { return texts.map { operation.holds(x, $0) } }
        case (.list(let x), .list(let y)):
            if let first = x.strings, let second = y.strings {
                try requireSameCount(first.count, second.count, operation)
                return zip(first, second).map { operation.holds($0, $1) }
            }
        default: break
        }
        guard let x = a.doubles, let y = b.doubles else {
            throw OperationError(
                "'.\(operation.rawValue)' cannot compare \(a.typeName.withArticle) and \(b.typeName.withArticle)",
                help: "to compare single values, write \(operation.rawValue)")
        }
        try requireSameCount(x.count, y.count, operation)
        return zip(x, y).map { operation.holds($0, $1) }
    }

    private static func requireSameCount(
        _ a: Int, _ b: Int, _ operation: Comparison
    ) throws {
        guard a == b else {
            throw OperationError(
                "'.\(operation.rawValue)' needs vectors of one length, not \(a) and \(b)",
                code: "size")
        }
    }

    private static var tracedComparison: OperationError {
        OperationError(
            "a vector that a function is differentiated by cannot be compared pointwise",
            code: "differentiate")
    }
}

extension ScriptList {
    /// The elements, when all are strings.
    var strings: [String]? {
        var result: [String] = []
        for element in elements {
            guard case .string(let text) = element else { return nil }
            result.append(text)
        }
        return result
    }
}
