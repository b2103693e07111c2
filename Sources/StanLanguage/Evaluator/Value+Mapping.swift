// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Value {
    /// A function of scalars applied to every entry of any container. The
    /// function takes whole vectors and matrices and works entry by entry.
    func mapped(_ function: (Traced) throws -> Traced) rethrows -> Value {
        switch self {
        case .int(let value): return .real(try function(Traced(Double(value))))
        case .real(let value): return .real(try function(value))
        case .vector(let entries):
            if entries.count == 0 { return self }
            return .vector(Entries(try function(entries.vector)))
        case .ints(let values):
            if values.isEmpty { return .vector(Entries([Double]())) }
            return .vector(Entries(try function(Traced(values.map(Double.init)))))
        case .matrix(let matrix):
            if matrix.entries.count == 0 { return self }
            let result = try function(matrix.expression)
            return .matrix(MatrixValue(Entries(result), matrix.rows, matrix.columns))
        case .array(let values): return .array(try values.map { try $0.mapped(function) })
        case .tuple(let values): return .tuple(try values.map { try $0.mapped(function) })
        case .complex(let real, let imaginary):
            return .complex(try real.mapped(function), try imaginary.mapped(function))
        case .text, .function, .void: return self
        }
    }

    /// An elementwise function of two values: equal shapes, or a scalar with any
    /// container.
    static func zipped(
        _ name: String, _ a: Value, _ b: Value,
        _ function: (Traced, Traced) throws -> Traced
    ) throws -> Value {
        switch (a, b) {
        case (.real(let x), .real(let y)): return .real(try function(x, y))
        case (.int(let x), .real(let y)): return .real(try function(Traced(Double(x)), y))
        case (.real(let x), .int(let y)): return .real(try function(x, Traced(Double(y))))
        case (.int(let x), .int(let y)):
            return .real(try function(Traced(Double(x)), Traced(Double(y))))
        case (.int, _), (.real, _):
            let x = a.expression
            return try b.mapped { try function(x, $0) }
        case (_, .int), (_, .real):
            let y = b.expression
            return try a.mapped { try function($0, y) }
        case (.array(let x), .array(let y)):
            try requireSameSize(name, x.count, y.count)
            return .array(try zip(x, y).map { try zipped(name, $0, $1, function) })
        case (.array(let x), _):  // an array of integers beside an array of containers
            let y = b.elements
            try requireSameSize(name, x.count, y.count)
            return .array(try zip(x, y).map { try zipped(name, $0, $1, function) })
        case (_, .array(let y)):
            let x = a.elements
            try requireSameSize(name, x.count, y.count)
            return .array(try zip(x, y).map { try zipped(name, $0, $1, function) })
        default:
            try requireSameShape(name, a, b)
            if a.size == 0 { return a }
            let x = a.expression
            let y = b.expression
            let result = try function(x, y.shape == x.shape ? y : y.reshaped(x.shape))
            if case .matrix(let m) = a {
                return .matrix(MatrixValue(Entries(result), m.rows, m.columns))
            }
            return .vector(Entries(result))
        }
    }
}

func requireSameSize(_ name: String, _ a: Int, _ b: Int) throws {
    guard a == b else {
        throw EvaluationError.size(
            "\(name): sizes of the arguments must match, but are \(a) and \(b)")
    }
}

func requireSameShape(_ name: String, _ a: Value, _ b: Value) throws {
    guard a.dimensions == b.dimensions else {
        throw EvaluationError.size(
            "\(name): sizes of the arguments must match, but are \(sizeText(a)) and \(sizeText(b))")
    }
}

/// "3", or "2 by 4".
func sizeText(_ value: Value) -> String {
    value.dimensions.map(String.init).joined(separator: " by ")
}
