// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension Checker {
    func expression(_ parsed: ParsedExpression) -> StanExpression? {
        let range = parsed.range
        switch parsed.kind {
        case .integer(let value):
            return StanExpression(.integer(value), type: .int, isData: true, range: range)
        case .real(let value):
            return StanExpression(.real(value), type: .real, isData: true, range: range)
        case .imaginary(let value):
            return StanExpression(.imaginary(value), type: .complex, isData: true, range: range)
        case .name(let name): return variable(name, range)
        case .parenthesized(let inner): return expression(inner)
        case .target: return target(range)
        case .call(let name, let arguments, let bar):
            let call = call(name, arguments, bar: bar, range)
            if let call, call.type == .void {
                error(
                    "void",
                    "A returning function was expected but a non-returning function '\(name.text)' was supplied",
                    at: name.range)
                return nil
            }
            return call
        case .indexed(let base, let indices):
            let base = expression(base)
            let checked = self.indices(indices)
            guard let base, let checked else { return nil }
            return indexed(base, checked, range)
        case .tupleElement(let base, let number):
            guard let base = expression(base) else { return nil }
            guard let type = tupleElement(base.type, number, range) else { return nil }
            return StanExpression(
                .tupleElement(base, number), type: type, isData: base.isData, range: range)
        case .unary(let op, let operand):
            guard let operand = expression(operand) else { return nil }
            return unary(op, operand, range)
        case .binary(let op, let left, let right):
            let left = expression(left)
            guard let right = expression(right), let left else { return nil }
            return binary(op, left, right, range)
        case .conditional(let condition, let then, let other):
            let condition = self.condition(condition)
            let then = expression(then)
            let other = expression(other)
            guard let condition, let then, let other else { return nil }
            return conditional(condition, then, other, range)
        case .array(let elements): return arrayLiteral(elements, range)
        case .rowVector(let elements): return rowVectorLiteral(elements, range)
        case .tuple(let elements):
            let checked = elements.map { expression($0) }
            let values = checked.compactMap { $0 }
            guard values.count == elements.count else { return nil }
            return StanExpression(
                .tuple(values), type: .tuple(values.map(\.type)),
                isData: values.allSatisfy(\.isData), range: range)
        }
    }

    // MARK: Names

    private func variable(_ name: String, _ range: Range<Int>) -> StanExpression? {
        if let variable = lookUp(name) {
            switch variable.origin {
            case .parameters, .transformedParameters, .generatedQuantities:
                parameterReferences += 1
            default: break
            }
            return StanExpression(
                .variable(variable), type: variable.type, isData: variable.isData, range: range)
        }
        if functionsByName[name] != nil || isLibraryFunction(name) {
            error(
                "scope", "Identifier '\(name)' is a function, not a variable", at: range,
                help: "call it: \(name)(…)")
            return nil
        }
        let tail = didYouMean(name, among: visibleNames)
        error("scope", "Identifier '\(name)' not in scope\(tail)", at: range)
        return nil
    }

    private func target(_ range: Range<Int>) -> StanExpression? {
        switch context {
        case .model, .function(.target), .function(.jacobian), .transformedParameters: break
        default:
            error(
                "target",
                "Target can only be accessed in the model block or in definitions of functions with the suffix _lp",
                at: range)
            return nil
        }
        return StanExpression(.target, type: .real, isData: false, range: range)
    }

    // MARK: Operators

    func unary(
        _ op: StanUnaryOperator, _ operand: StanExpression, _ range: Range<Int>
    ) -> StanExpression? {
        var operand = operand
        if op == .not, operand.type == .real { operand = truth(operand) }
        guard let type = Operators.result(op, operand.type) else {
            let place = op == .transpose ? "postfix" : "prefix"
            error(
                "operator",
                "Ill-typed arguments supplied to \(place) operator \(op.rawValue): \(operand.type)",
                at: range, label: "\(operand.type)")
            return nil
        }
        return StanExpression(
            .unary(op, operand), type: type, isData: operand.isData || type == .int, range: range)
    }

    func binary(
        _ op: StanBinaryOperator, _ left: StanExpression, _ right: StanExpression,
        _ range: Range<Int>
    ) -> StanExpression? {
        var (left, right) = (left, right)
        if op == .and || op == .or {
            if left.type == .real { left = truth(left) }
            if right.type == .real { right = truth(right) }
        }
        guard let typing = Operators.result(op, left.type, right.type) else {
            error(
                "operator",
                "Ill-typed arguments supplied to infix operator \(op.rawValue): \(left.type), \(right.type)",
                at: range, help: operatorHelp(op, left.type, right.type))
            return nil
        }
        if op == .divide, typing.result == .int, case .integer = left.kind,
            case .integer(let divisor) = right.kind, divisor != 0
        {
            diagnostics.append(
                Diagnostic(
                    .warning, code: "stan/integer-division",
                    "Found int division: values will be rounded towards zero", in: source,
                    at: range,
                    help: "write 1.0 / 2 for a real number, or 1 %/% 2 to silence this warning"))
        }
        return StanExpression(
            .binary(op, promote(left, to: typing.left), promote(right, to: typing.right)),
            type: typing.result, isData: left.isData && right.isData || typing.result == .int,
            range: range)
    }

    private func operatorHelp(
        _ op: StanBinaryOperator, _ left: StanType, _ right: StanType
    ) -> String? {
        switch (op, left, right) {
        case (.multiply, .vector, .vector), (.multiply, .rowVector, .rowVector):
            return "use .* for the elementwise product, or x' * y for the inner product"
        case (.divide, _, .vector), (.divide, _, .rowVector):
            return "use ./ for elementwise division"
        case (.modulo, .real, _), (.modulo, _, .real): return "use fmod(x, y) for real numbers"
        case (.integerDivide, _, _): return "%/% divides two integers"
        case (_, .array, _), (_, _, .array):
            return "arrays have no arithmetic: use to_vector(x), or declare a vector"
        case (_, .vector, .rowVector), (_, .rowVector, .vector):
            return "transpose one of them: x'"
        default: return nil
        }
    }

    // MARK: Conditions

    /// An integer condition. Real ones were accepted before Stan 2.34.
    func condition(_ parsed: ParsedExpression) -> StanExpression? {
        guard let value = expression(parsed) else { return nil }
        switch value.type {
        case .int: return value
        case .real: return truth(value)
        default:
            error(
                "condition",
                "Condition must be of primitive type int; instead found type \(value.type)",
                at: parsed.range, label: "\(value.type)")
            return nil
        }
    }

    /// A real number as a condition: whether it is not zero.
    private func truth(_ value: StanExpression) -> StanExpression {
        warn(
            "condition", "real values as conditions are no longer part of Stan", at: value.range,
            help: "write x != 0")
        let zero = StanExpression(.real(0), type: .real, isData: true, range: value.range)
        return StanExpression(
            .binary(.notEqual, value, zero), type: .int, isData: true, range: value.range)
    }

    func conditional(
        _ condition: StanExpression, _ then: StanExpression, _ other: StanExpression,
        _ range: Range<Int>
    ) -> StanExpression? {
        guard let type = then.type.common(with: other.type) else {
            error(
                "conditional",
                "Type mismatch in ternary expression, expression when true is: \(then.type); expression when false is: \(other.type)",
                at: range)
            return nil
        }
        return StanExpression(
            .conditional(condition, then: promote(then, to: type), else: promote(other, to: type)),
            type: type, isData: (then.isData && other.isData && condition.isData) || type == .int,
            range: range)
    }

    // MARK: Literals

    private func arrayLiteral(
        _ elements: [ParsedExpression], _ range: Range<Int>
    ) -> StanExpression? {
        let values = elements.compactMap { expression($0) }
        guard values.count == elements.count, let first = values.first else { return nil }
        var common = first.type
        for value in values.dropFirst() {
            guard let wider = common.common(with: value.type) else {
                error(
                    "array-literal",
                    "Array expression must have entries of consistent type. Expected \(common) but found \(value.type)",
                    at: value.range)
                return nil
            }
            common = wider
        }
        return StanExpression(
            .array(values.map { promote($0, to: common) }), type: .array(of: common, 1),
            isData: values.allSatisfy(\.isData), range: range)
    }

    private func rowVectorLiteral(
        _ elements: [ParsedExpression], _ range: Range<Int>
    ) -> StanExpression? {
        let values = elements.compactMap { expression($0) }
        guard values.count == elements.count else { return nil }
        guard let first = values.first else {
            return StanExpression(.rowVector([]), type: .rowVector, isData: true, range: range)
        }
        let rows = first.type == .rowVector || first.type == .complexRowVector
        var common: StanType = rows ? .rowVector : .real
        for value in values {
            guard let wider = common.common(with: value.type),
                rows ? wider != .complex : wider == .real || wider == .complex
            else {
                error(
                    "row-vector-literal",
                    "Row_vector expression must have all int and real entries, or all row_vector entries; found \(value.type)",
                    at: value.range)
                return nil
            }
            common = wider
        }
        let entries = values.map { promote($0, to: common) }
        let isData = values.allSatisfy(\.isData)
        if rows {
            let type: StanType = common == .rowVector ? .matrix : .complexMatrix
            return StanExpression(.matrix(entries), type: type, isData: isData, range: range)
        }
        let type: StanType = common == .real ? .rowVector : .complexRowVector
        return StanExpression(.rowVector(entries), type: type, isData: isData, range: range)
    }
}
