// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Foundation
import LinearAlgebra
import Randomness

/// An operation that cannot be done with its operands; gets its place from the
/// expression it happens in.
struct OperationError: Error {
    var code = "type"
    var message: String
    var help: String?

    init(_ message: String, code: String = "type", help: String? = nil) {
        self.message = message
        self.code = code
        self.help = help
    }
}

extension Arithmetic {
    func apply(_ a: Double, _ b: Double) -> Double {
        switch self {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .remainder: a.truncatingRemainder(dividingBy: b)
        case .power: b == 2 ? a * a : pow(a, b)
        }
    }

    /// Over two vectors of one length, or a number and a vector.
    func apply(_ a: [Double], _ b: [Double]) throws -> [Double] {
        guard a.count == b.count else {
            throw OperationError(
                "'\(rawValue)' needs vectors of one length, not \(a.count) and \(b.count)",
                code: "size")
        }
        return [Double](unsafeUninitializedCapacity: a.count) { buffer, count in
            for i in a.indices { buffer[i] = apply(a[i], b[i]) }
            count = a.count
        }
    }

    func apply(_ a: Double, _ b: [Double]) -> [Double] { b.map { apply(a, $0) } }
    func apply(_ a: [Double], _ b: Double) -> [Double] { a.map { apply($0, b) } }
}

extension ScriptValue {
    /// The numbers of what can stand for a vector; nil for other kinds.
    var doubles: [Double]? {
        switch self {
        case .vector(let x): x
        case .mask(let x): x.map { $0 ? 1 : 0 }
        case .range(let range):
            range.integers.flatMap { integers in
                integers.count <= 1 << 27 ? integers.map(Double.init) : nil
            }
        case .list(let list) where list.elements.isEmpty: []
        default: nil
        }
    }

    func negated() throws -> ScriptValue {
        switch self {
        case .number(let x): return .number(-x)
        case .estimate(let x): return .estimate(-x)
        case .matrix(let x):
            return .matrix(-x)
        case .traced(let x): return .traced(-x)
        default:
            guard let x = doubles else {
                throw OperationError("'-' cannot be used on \(typeName.withArticle)")
            }
            return .vector(x.map(-))
        }
    }

    static func arithmetic(
        _ operation: Arithmetic, _ a: ScriptValue, _ b: ScriptValue
    ) throws -> ScriptValue {
        switch (a, b) {
        case (.number(let x), .number(let y)): return .number(operation.apply(x, y))
        case (.traced, _), (_, .traced): return try traced(operation, a, b)
        case (.estimate, _), (_, .estimate): return try estimate(operation, a, b)
        case (.matrix, _), (_, .matrix): return try matrix(operation, a, b)
        case (.number(let x), _):
            guard let y = b.doubles else { break }
            return .vector(operation.apply(x, y))
        case (_, .number(let y)):
            guard let x = a.doubles else { break }
            return .vector(operation.apply(x, y))
        default:
            guard let x = a.doubles, let y = b.doubles else { break }
            return .vector(try operation.apply(x, y))
        }
        throw mismatch(operation.rawValue, a, b)
    }

    private static func mismatch(
        _ sign: String, _ a: ScriptValue, _ b: ScriptValue
    ) -> OperationError {
        OperationError(
            "'\(sign)' cannot be used on \(a.typeName.withArticle) and \(b.typeName.withArticle)",
            help: [a.typeName, b.typeName].contains("String")
                ? "put values into text with \\(…)" : nil)
    }

    /// First-order propagation of errors, the two sides taken as independent.
    private static func estimate(
        _ operation: Arithmetic, _ a: ScriptValue, _ b: ScriptValue
    ) throws -> ScriptValue {
        func value(_ x: ScriptValue) -> Estimate? {
            switch x {
            case .estimate(let estimate): estimate
            case .number(let number): Estimate(number, standardError: 0)
            default: nil
            }
        }
        guard let x = value(a), let y = value(b) else { throw mismatch(operation.rawValue, a, b) }
        switch operation {
        case .add: return .estimate(x + y)
        case .subtract: return .estimate(x - y)
        case .multiply: return .estimate(x * y)
        case .divide: return .estimate(x / y)
        case .power:
            guard y.standardError == 0 else {
                throw OperationError("an estimate cannot be an exponent")
            }
            let p = y.value
            return .estimate(
                x.map({ pow($0, p) }, derivative: { p == 0 ? 0 : p * pow($0, p - 1) }))
        case .remainder: throw mismatch("%", a, b)
        }
    }

    private static func matrix(
        _ operation: Arithmetic, _ a: ScriptValue, _ b: ScriptValue
    ) throws -> ScriptValue {
        switch (a, operation, b) {
        case (.matrix(let x), .multiply, .matrix(let y)): return .matrix(try x * y)
        case (.matrix(let x), .add, .matrix(let y)): return .matrix(try x + y)
        case (.matrix(let x), .subtract, .matrix(let y)): return .matrix(try x - y)
        case (.matrix, .divide, .matrix), (.matrix, .divide, .vector):
            throw OperationError(
                "'/' cannot divide by \(b.typeName.withArticle)", help: "A.solve(b) solves A x = b")
        case (.matrix(let x), .add, .number(let y)): return .matrix(x + y)
        case (.matrix(let x), .subtract, .number(let y)): return .matrix(x - y)
        case (.matrix(let x), .multiply, .number(let y)): return .matrix(x * y)
        case (.matrix(let x), .divide, .number(let y)): return .matrix(x / y)
        case (.number(let x), .add, .matrix(let y)): return .matrix(y + x)
        case (.number(let x), .subtract, .matrix(let y)): return .matrix(-y + x)
        case (.number(let x), .multiply, .matrix(let y)): return .matrix(x * y)
        case (.matrix(let x), .multiply, _):
            if let y = b.doubles { return .vector((try x * Vector(y)).elements) }
        case (_, .multiply, .matrix(let y)):
            if let x = a.doubles { return .vector((try Vector(x) * y).elements) }
        default: break
        }
        throw mismatch(operation.rawValue, a, b)
    }

    // MARK: Traced numbers

    /// The value as an expression of the engine, when it is numeric.
    var tracedValue: Traced? {
        switch self {
        case .traced(let x): return x
        case .number(let x): return Traced(x)
        case .matrix(let x): return Traced(x.elements, .matrix(x.rows, x.columns))
        default: return doubles.map { Traced($0) }
        }
    }

    private static func traced(
        _ operation: Arithmetic, _ a: ScriptValue, _ b: ScriptValue
    ) throws -> ScriptValue {
        guard let x = a.tracedValue, let y = b.tracedValue else {
            throw mismatch(operation.rawValue, a, b)
        }
        if operation == .multiply, case .matrix(_, let columns) = x.shape, !y.shape.isScalar {
            guard columns == y.shape.rows else {
                throw OperationError(
                    "cannot multiply a \(x.shape) by a \(y.shape)", code: "size")
            }
            return .traced(matmul(x, y))
        }
        guard x.shape == y.shape || x.shape.isScalar || y.shape.isScalar else {
            throw OperationError(
                "'\(operation.rawValue)' needs one shape, not \(x.shape) and \(y.shape)",
                code: "size")
        }
        switch operation {
        case .add: return .traced(x + y)
        case .subtract: return .traced(x - y)
        case .multiply: return .traced(x * y)
        case .divide: return .traced(x / y)
        case .power:
            if y.constant == 2 { return .traced(square(x)) }
            return .traced(pow(x, y))
        case .remainder: return .traced(x - y * trunc(x / y))
        }
    }
}
