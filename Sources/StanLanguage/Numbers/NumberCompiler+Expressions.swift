// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension NumberCompiler {
    /// An expression whose type is `real` or `int`, as a real.
    mutating func real(_ node: StanExpression) -> NumberReal? {
        guard node.isReal else {
            guard let integer = integer(node) else { return nil }
            return { Double(try integer($0)) }
        }
        switch node.kind {
        case .real(let value): return { _ in value }
        case .variable(let variable):
            let place = real(variable)
            return { $0.reals[place] }
        case .promotion(let operand): return real(operand)
        case .indexed(let base, let indices):
            if case .variable(let variable) = base.kind,
                let kind = NumberCompiler.kind(variable.type), kind == .list || kind == .matrix,
                let position = position(variable, indices)
            {
                let list = list(variable)
                return { $0.lists[list].entries[try position($0)] }
            }
        case .unary(.minus, let operand):
            guard let value = real(operand) else { return nil }
            return { -(try value($0)) }
        case .unary(.plus, let operand): return real(operand)
        case .binary(let op, let left, let right):
            if left.isRealScalar, right.isRealScalar {
                guard let a = real(left), let b = real(right) else { return nil }
                switch op {
                case .add: return { try a($0) + b($0) }
                case .subtract: return { try a($0) - b($0) }
                case .multiply, .elementMultiply: return { try a($0) * b($0) }
                case .divide, .elementDivide: return { try a($0) / b($0) }
                case .power, .elementPower:
                    return { pow(Traced(try a($0)), Traced(try b($0))).constant ?? .nan }
                default: break
                }
            } else if op == .multiply, let product = rowProduct(left, right) {
                return product
            }
        case .conditional(let condition, let then, let otherwise):
            guard let condition = truth(condition), let a = real(then), let b = real(otherwise)
            else { return nil }
            return { try condition($0) ? try a($0) : try b($0) }
        case .libraryCall(let call):
            if let function = function(call, node) { return function }
        default: break
        }
        guard let walk = walk(node) else { return nil }
        return { frame in
            switch try walk(frame) {
            case .real(let value): return value.constant ?? .nan
            case .int(let value): return Double(value)
            default: return .nan
            }
        }
    }

    mutating func integer(_ node: StanExpression) -> NumberInteger? {
        guard node.type == .int else { return nil }
        switch node.kind {
        case .integer(let value): return { _ in value }
        case .variable(let variable):
            let place = integer(variable)
            return { $0.integers[place] }
        case .promotion(let operand): return integer(operand)
        case .unary(.minus, let operand):
            guard let value = integer(operand) else { return nil }
            let range = node.range
            return { frame in
                try frame.evaluator.integers(.subtract, 0, try value(frame), range)
            }
        case .indexed(let base, let indices):
            if case .variable(let variable) = base.kind,
                NumberCompiler.kind(variable.type) == .integerList, indices.count == 1,
                case .single(let index) = indices[0]
            {
                guard let place = integer(index) else { return nil }
                let list = integerList(variable)
                let range = index.range
                return { frame in
                    let i = try place(frame)
                    let entries = frame.integerLists[list]
                    guard i >= 1, i <= entries.count else {
                        throw frame.evaluator.diagnostic(.index(i, entries.count), at: range)
                    }
                    return entries[i - 1]
                }
            }
        case .binary(let op, let left, let right):
            switch op {
            case .and, .or, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
                guard let holds = truth(node) else { break }
                return { try holds($0) ? 1 : 0 }
            case .add, .subtract, .multiply, .integerDivide, .divide, .modulo:
                guard let a = integer(left), let b = integer(right) else { break }
                let range = node.range
                return { frame in
                    try frame.evaluator.integers(op, try a(frame), try b(frame), range)
                }
            default: break
            }
        case .conditional(let condition, let then, let otherwise):
            guard let condition = truth(condition), let a = integer(then),
                let b = integer(otherwise)
            else { return nil }
            return { try condition($0) ? try a($0) : try b($0) }
        case .libraryCall(let call):
            if let draw = integerDraw(call, node) { return draw }
        default: break
        }
        guard let walk = walk(node) else { return nil }
        return { frame in
            guard case .int(let value) = try walk(frame) else { return 0 }
            return value
        }
    }

    /// Whether a condition holds.
    mutating func truth(_ node: StanExpression) -> (@Sendable (NumberFrame) throws -> Bool)? {
        switch node.kind {
        case .binary(.and, let left, let right):
            guard let a = truth(left), let b = truth(right) else { return nil }
            return { try a($0) && b($0) }
        case .binary(.or, let left, let right):
            guard let a = truth(left), let b = truth(right) else { return nil }
            return { try a($0) || b($0) }
        case .unary(.not, let operand):
            guard let a = truth(operand) else { return nil }
            return { !(try a($0)) }
        case .binary(let op, let left, let right) where op.isComparison:
            guard left.isRealScalar, right.isRealScalar else { return nil }
            let relation = op.relation
            if left.type == .int, right.type == .int {
                guard let a = integer(left), let b = integer(right) else { return nil }
                switch relation {
                case .less: return { try a($0) < b($0) }
                case .lessOrEqual: return { try a($0) <= b($0) }
                case .equal: return { try a($0) == b($0) }
                case .notEqual: return { try a($0) != b($0) }
                case .greater: return { try a($0) > b($0) }
                case .greaterOrEqual: return { try a($0) >= b($0) }
                }
            }
            guard let a = real(left), let b = real(right) else { return nil }
            return { relation.holds(try a($0), try b($0)) }
        default:
            guard node.isRealScalar else { return nil }
            if node.type == .int {
                guard let value = integer(node) else { return nil }
                return { try value($0) != 0 }
            }
            guard let value = real(node) else { return nil }
            return { try value($0) != 0 }
        }
    }

    /// A row of a matrix times a vector: `X[n] * beta`.
    private mutating func rowProduct(
        _ left: StanExpression, _ right: StanExpression
    ) -> NumberReal? {
        guard case .indexed(let base, let indices) = left.kind,
            case .variable(let matrix) = base.kind, matrix.type == .matrix,
            case .variable(let vector) = right.kind, vector.type == .vector,
            indices.count == 1 || indices.count == 2, case .single(let first) = indices[0],
            let i = integer(first)
        else { return nil }
        if indices.count == 2 {
            guard case .all = indices[1] else { return nil }
        }
        let (a, b) = (list(matrix), list(vector))
        let place = first.range
        let range = left.range.lowerBound..<max(left.range.upperBound, right.range.upperBound)
        return { frame in
            let i = try i(frame)
            let (x, y) = (frame.lists[a], frame.lists[b].entries)
            guard i >= 1, i <= x.rows else {
                throw frame.evaluator.diagnostic(.index(i, x.rows), at: place)
            }
            guard x.columns == y.count else {
                throw frame.evaluator.diagnostic(
                    .size(
                        "multiply: columns of the left side (\(x.columns)) and rows of the "
                            + "right side (\(y.count)) must match"), at: range)
            }
            var total = 0.0
            var k = i - 1
            for factor in y {
                total += x.entries[k] * factor
                k += x.rows
            }
            return total
        }
    }
}

extension StanBinaryOperator {
    var isComparison: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }
}
