// SPDX-License-Identifier: GPL-3.0-or-later

extension Formatter {
    /// Expressions separated by commas.
    mutating func expressions(_ list: [ParsedExpression]) {
        for (i, element) in list.enumerated() {
            if i > 0 { comma() }
            expression(element)
        }
    }

    mutating func expression(_ expression: ParsedExpression) {
        takeInlineComments()
        switch expression.kind {
        case .integer, .real, .imaginary, .name: take()
        case .target: take(3)
        case .call(_, let arguments, let bar):
            take()
            list { f in
                guard bar, let first = arguments.first else { return f.expressions(arguments) }
                f.expression(first)
                f.space()
                f.take()
                if arguments.count > 1 { f.line() }
                f.expressions(Array(arguments.dropFirst()))
            }
        case .indexed(let base, let indices):
            self.expression(base)
            list { f in
                for (i, index) in indices.enumerated() {
                    if i > 0 { f.comma() }
                    f.index(index)
                }
            }
        case .tupleElement(let base, _):
            self.expression(base)
            take()
        case .unary(.transpose, let operand):
            self.expression(operand)
            take()
        case .unary(_, let operand):
            take()
            if case .unary(let inner, _) = operand.kind, inner != .transpose { space() }
            self.expression(operand)
        case .binary(let op, _, _): binary(expression, op)
        case .conditional: conditional(expression)
        case .array(let elements), .rowVector(let elements), .tuple(let elements):
            list { $0.expressions(elements) }
        case .parenthesized(let inner): list { $0.expression(inner) }
        }
    }

    private mutating func index(_ index: ParsedIndex) {
        switch index {
        case .all: if at(.colon) { take() }
        case .single(let value): expression(value)
        case .from(let lower):
            expression(lower)
            if !Formatter.isCompact(lower) { space() }
            take()
        case .upTo(let upper):
            take()
            if !Formatter.isCompact(upper) { space() }
            expression(upper)
        case .range(let lower, let upper): range(lower, upper)
        }
    }

    /// `1:N`, but `i + 1 : N`.
    mutating func range(_ lower: ParsedExpression, _ upper: ParsedExpression) {
        let isCompact = Formatter.isCompact(lower) && Formatter.isCompact(upper)
        expression(lower)
        if !isCompact { space() }
        take()
        if !isCompact { space() }
        expression(upper)
    }

    /// Whether an expression has no operator between spaces outside brackets.
    private static func isCompact(_ expression: ParsedExpression) -> Bool {
        switch expression.kind {
        case .binary(.power, let left, let right): return isCompact(left) && isCompact(right)
        case .binary, .conditional: return false
        case .unary(_, let operand): return isCompact(operand)
        default: return true
        }
    }

    private mutating func binary(_ expression: ParsedExpression, _ op: StanBinaryOperator) {
        let level = op.level
        if op == .power, case .binary(_, let left, let right) = expression.kind,
            Formatter.isCompact(expression)
        {
            self.expression(left)
            take()
            return self.expression(right)
        }
        // The chain of operators of one level, from the left.
        var operands: [ParsedExpression] = []
        var first = expression
        while case .binary(let op, let left, let right) = first.kind, op.level == level {
            operands.append(right)
            first = left
            if op == .power || op == .elementPower { break }
        }
        let isLogical = op == .and || op == .or
        frame(.align) { f in
            f.frame(isLogical ? .group : .fill) { f in
                f.expression(first)
                for operand in operands.reversed() {
                    f.line()
                    f.take()
                    f.space()
                    f.expression(operand)
                }
            }
        }
    }

    private mutating func conditional(_ expression: ParsedExpression) {
        frame(.align) { f in
            f.frame(.group) { f in
                var last = expression
                while case .conditional(let condition, let then, let other) = last.kind {
                    f.expression(condition)
                    f.line()
                    f.take()
                    f.space()
                    f.expression(then)
                    f.line()
                    f.take()
                    f.space()
                    last = other
                }
                f.expression(last)
            }
        }
    }
}

extension StanBinaryOperator {
    /// Operators of one level stand in one chain.
    fileprivate var level: Int {
        switch self {
        case .or: return 0
        case .and: return 1
        case .equal, .notEqual: return 2
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return 3
        case .add, .subtract: return 4
        case .multiply, .divide, .elementMultiply, .elementDivide, .modulo: return 5
        case .leftDivide, .integerDivide: return 6
        case .power, .elementPower: return 7
        }
    }
}
