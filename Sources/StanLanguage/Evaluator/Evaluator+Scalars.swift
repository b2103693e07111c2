// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

// Arithmetic of scalars is what loops over observations are made of: here it is
// done on expressions, without wrapping every operand in a `Value`.
extension Evaluator {
    /// The result of an operator on two scalars, of which one or both are real;
    /// nil for operators that are no arithmetic.
    @inline(__always)
    func scalars(
        _ op: StanBinaryOperator, _ left: StanExpression, _ right: StanExpression
    ) throws -> Traced? {
        switch op {
        case .add: return try scalar(left) + scalar(right)
        case .subtract: return try scalar(left) - scalar(right)
        case .multiply, .elementMultiply: return try scalar(left) * scalar(right)
        case .divide, .elementDivide: return try scalar(left) / scalar(right)
        case .power, .elementPower: return pow(try scalar(left), try scalar(right))
        default: return nil
        }
    }

    /// The value of an expression whose type is `int` or `real`.
    func scalar(_ node: StanExpression) throws -> Traced {
        switch node.kind {
        case .variable(let variable):
            if case .real(let value) = slots[variable.slot] { return value }
        case .real(let value): return Traced(value)
        case .indexed(let base, let indices):
            if indices.count == 1, case .single(let index) = indices[0],
                case .variable(let variable) = base.kind,
                case .vector(let entries) = slots[variable.slot]
            {
                return try entry(index, of: entries)
            }
        case .binary(let op, let left, let right):
            if node.isReal, left.isRealScalar, right.isRealScalar,
                let value = try scalars(op, left, right)
            {
                return value
            }
        case .promotion(let operand): return try scalar(operand)
        default: break
        }
        switch try evaluate(node) {
        case .real(let value): return value
        case .int(let value): return Traced(Double(value))
        default:
            throw diagnostic(EvaluationError("type", "a number is needed here"), at: node.range)
        }
    }

    /// An entry by an index that counts from 1.
    @inline(__always)
    func entry(_ index: StanExpression, of entries: Entries) throws -> Traced {
        let i = try integer(index)
        guard i >= 1, i <= entries.count else {
            throw diagnostic(.index(i, entries.count), at: index.range)
        }
        return entries[i - 1]
    }
}
