// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors

extension Evaluator {
    func evaluate(_ node: StanExpression) throws -> Value {
        switch node.kind {
        case .variable(let variable): return slots[variable.slot]
        case .integer(let value): return .int(value)
        case .real(let value): return .real(Traced(value))
        case .indexed(let base, let indices): return try evaluateIndexed(base, indices)
        case .binary(let op, let left, let right):
            return try evaluateBinary(op, left, right, node)
        case .unary(let op, let operand):
            let value = try evaluate(operand)
            return try located(node.range) { try unary(op, value) }
        case .promotion(let operand):
            return try evaluate(operand).promoted(to: node.type)
        case .libraryCall(let call): return try evaluateLibraryCall(call, node)
        case .userCall(let call): return try evaluateUserCall(call, node)
        case .conditional(let condition, let then, let otherwise):
            return try evaluate(truth(try evaluate(condition)) ? then : otherwise)
        case .array(let elements):
            let values = try elements.map { try evaluate($0) }
            return .array(of: values, elements.first?.type ?? .real)
        case .rowVector(let elements) where node.type == .complexRowVector:
            let parts = try elements.map { try evaluate($0).complexParts }
            return .complex(
                .vector(Entries(parts.map(\.real.expression))),
                .vector(Entries(parts.map(\.imaginary.expression))))
        case .matrix(let rows) where node.type == .complexMatrix:
            let parts = try rows.map { try evaluate($0).complexParts }
            return try located(node.range) {
                .complex(
                    try matrix(ofRows: parts.map { Entries($0.real.expression.elements) }),
                    try matrix(ofRows: parts.map { Entries($0.imaginary.expression.elements) }))
            }
        case .rowVector(let elements):
            return .vector(Entries(try elements.map { try evaluate($0).expression }))
        case .matrix(let rows):
            let rows = try rows.map { Entries(try evaluate($0).expression.elements) }
            return try located(node.range) { try matrix(ofRows: rows) }
        case .tuple(let elements): return .tuple(try elements.map { try evaluate($0) })
        case .tupleElement(let tuple, let position):
            guard case .tuple(let elements) = try evaluate(tuple), position < elements.count
            else { return .void }
            return elements[position]
        case .functionReference(let reference): return .function(reference)
        case .target: return .real(target.total)
        case .imaginary(let value): return .complex(.number(0), .number(value))
        }
    }

    /// The value of an integer expression.
    @inline(__always)
    func integer(_ node: StanExpression) throws -> Int {
        switch node.kind {
        case .integer(let value): return value
        case .variable(let variable):
            if case .int(let value) = slots[variable.slot] { return value }
        default: break
        }
        if case .int(let value) = try evaluate(node) { return value }
        throw diagnostic(EvaluationError("type", "an integer is needed here"), at: node.range)
    }

    private func matrix(ofRows rows: [Entries]) throws -> Value {
        let columns = rows.first?.count ?? 0
        for row in rows where row.count != columns {
            throw EvaluationError.size(
                "rows of a matrix must have the same size, but have \(columns) and \(row.count)")
        }
        return .matrix(.init(rows: rows, columns: columns))
    }

    private func evaluateBinary(
        _ op: StanBinaryOperator, _ left: StanExpression, _ right: StanExpression,
        _ node: StanExpression
    ) throws -> Value {
        switch op {
        case .and:
            guard truth(try evaluate(left)) else { return .int(0) }
            return .truth(truth(try evaluate(right)))
        case .or:
            if truth(try evaluate(left)) { return .int(1) }
            return .truth(truth(try evaluate(right)))
        default:
            if node.isReal, left.isRealScalar, right.isRealScalar,
                let value = try scalars(op, left, right)
            {
                return .real(value)
            }
            let a = try evaluate(left)
            let b = try evaluate(right)
            return try located(node.range) { try binary(op, a, left.type, b, right.type) }
        }
    }
}

extension MatrixValue {
    init(rows: [Entries], columns: Int) {
        let count = rows.count
        if rows.allSatisfy(\.isKnown) {
            var numbers = [Double](repeating: 0, count: count * columns)
            for (r, row) in rows.enumerated() {
                for (c, number) in (row.numbers ?? []).enumerated() {
                    numbers[c * count + r] = number
                }
            }
            self.init(Entries(numbers), count, columns)
        } else {
            var scalars = [Traced](repeating: 0, count: count * columns)
            for (r, row) in rows.enumerated() {
                for (c, scalar) in row.scalars.enumerated() { scalars[c * count + r] = scalar }
            }
            self.init(Entries(scalars), count, columns)
        }
    }
}

extension Value {
    /// Integers as reals where the type says so.
    func promoted(to type: StanType) -> Value {
        if type.innermost.isComplex { return promoted(toComplex: type) }
        switch self {
        case .int(let value):
            return type == .int ? self : .real(Traced(Double(value)))
        case .ints(let values):
            return type.innermost == .int ? self : .vector(Entries(values.map(Double.init)))
        case .array(let values):
            guard let element = type.arrayElement else { return self }
            if values.isEmpty, element == .real { return .vector(Entries([Double]())) }
            return .array(values.map { $0.promoted(to: element) })
        case .tuple(let values):
            guard case .tuple(let types) = type, types.count == values.count else { return self }
            return .tuple(zip(values, types).map { $0.promoted(to: $1) })
        default: return self
        }
    }
}
