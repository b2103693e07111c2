// SPDX-License-Identifier: GPL-3.0-or-later

/// The types of the operators: what operands become and what comes out.
enum Operators {
    /// Result, and the types that the operands are promoted to.
    static func result(
        _ op: StanBinaryOperator, _ left: StanType, _ right: StanType
    ) -> (result: StanType, left: StanType, right: StanType)? {
        switch op {
        case .or, .and: return left == .int && right == .int ? (.int, .int, .int) : nil
        case .equal, .notEqual:
            guard let common = scalar(left, right) else { return nil }
            return (.int, common, common)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard let common = scalar(left, right), common != .complex else { return nil }
            return (.int, common, common)
        case .modulo, .integerDivide:
            return left == .int && right == .int ? (.int, .int, .int) : nil
        case .add, .subtract: return sum(left, right)
        case .multiply: return product(left, right)
        case .divide: return quotient(left, right)
        case .leftDivide:
            if left == .matrix, right == .vector || right == .matrix {
                return (right, left, right)
            }
            return nil
        case .elementMultiply, .elementDivide: return sum(left, right)
        case .power, .elementPower: return power(left, right)
        }
    }

    static func result(_ op: StanUnaryOperator, _ operand: StanType) -> StanType? {
        switch op {
        case .not: return operand == .int ? .int : nil
        case .transpose:
            switch operand {
            case .vector: return .rowVector
            case .rowVector: return .vector
            case .complexVector: return .complexRowVector
            case .complexRowVector: return .complexVector
            case .matrix, .complexMatrix: return operand
            default: return nil
            }
        case .plus: return isScalar(operand) || isLinear(operand) ? operand : nil
        case .minus:
            switch operand.innermost {
            case .tuple, .function, .void: return nil
            default: return operand
            }
        }
    }

    /// Whether there is a compound assignment `left op= right`.
    static func assigns(_ op: StanBinaryOperator, _ left: StanType, _ right: StanType) -> Bool {
        switch op {
        case .divide: return isScalar(right)
        case .elementMultiply, .elementDivide: return isLinear(left)
        default: return true
        }
    }

    private typealias Typing = (result: StanType, left: StanType, right: StanType)

    /// The common type of two scalars.
    private static func scalar(_ left: StanType, _ right: StanType) -> StanType? {
        guard isScalar(left), isScalar(right) else { return nil }
        return left.common(with: right)
    }

    private static func isScalar(_ type: StanType) -> Bool {
        type == .int || type == .real || type == .complex
    }

    private static func isLinear(_ type: StanType) -> Bool {
        switch type {
        case .vector, .rowVector, .matrix, .complexVector, .complexRowVector, .complexMatrix:
            return true
        default: return false
        }
    }

    private static func isComplex(_ type: StanType) -> Bool { type.isComplex }

    private static func complexVersion(_ type: StanType) -> StanType {
        switch type {
        case .int, .real: return .complex
        case .vector: return .complexVector
        case .rowVector: return .complexRowVector
        case .matrix: return .complexMatrix
        default: return type
        }
    }

    /// Two vectors, row vectors or matrices of the same kind.
    private static func container(_ left: StanType, _ right: StanType) -> StanType? {
        guard isLinear(left), isLinear(right) else { return nil }
        return left.common(with: right)
    }

    /// A container and a scalar, in either order.
    private static func scaled(_ left: StanType, _ right: StanType) -> Typing? {
        if isLinear(left), isScalar(right) {
            return isComplex(left) || isComplex(right)
                ? (complexVersion(left), complexVersion(left), .complex) : (left, left, .real)
        }
        if isScalar(left), isLinear(right) {
            return isComplex(left) || isComplex(right)
                ? (complexVersion(right), .complex, complexVersion(right)) : (right, .real, right)
        }
        return nil
    }

    private static func sum(_ left: StanType, _ right: StanType) -> Typing? {
        if let common = scalar(left, right) ?? container(left, right) {
            return (common, common, common)
        }
        return scaled(left, right)
    }

    private static func product(_ left: StanType, _ right: StanType) -> Typing? {
        if let common = scalar(left, right) { return (common, common, common) }
        if let typing = scaled(left, right) { return typing }
        if isComplex(left) != isComplex(right), isLinear(left), isLinear(right) {
            return product(complexVersion(left), complexVersion(right))
        }
        let result: StanType
        switch (left, right) {
        case (.rowVector, .vector): result = .real
        case (.vector, .rowVector): result = .matrix
        case (.matrix, .vector): result = .vector
        case (.rowVector, .matrix): result = .rowVector
        case (.matrix, .matrix): result = .matrix
        case (.complexRowVector, .complexVector): result = .complex
        case (.complexVector, .complexRowVector): result = .complexMatrix
        case (.complexMatrix, .complexVector): result = .complexVector
        case (.complexRowVector, .complexMatrix): result = .complexRowVector
        case (.complexMatrix, .complexMatrix): result = .complexMatrix
        default: return nil
        }
        return (result, left, right)
    }

    private static func quotient(_ left: StanType, _ right: StanType) -> Typing? {
        if let common = scalar(left, right) { return (common, common, common) }
        if let typing = scaled(left, right) { return typing }
        switch (left, right) {
        case (.rowVector, .matrix), (.matrix, .matrix), (.complexRowVector, .complexMatrix),
            (.complexMatrix, .complexMatrix):
            return (left, left, right)
        case (.complexRowVector, .matrix), (.complexMatrix, .matrix):
            return (left, left, .complexMatrix)
        case (.rowVector, .complexMatrix): return (.complexRowVector, .complexRowVector, right)
        case (.matrix, .complexMatrix): return (right, right, right)
        default: return nil
        }
    }

    private static func power(_ left: StanType, _ right: StanType) -> Typing? {
        if let common = scalar(left, right) {
            // An integer base and exponent give a real number.
            let type: StanType = common == .complex ? .complex : .real
            return (type, type, type)
        }
        if isComplex(left) || isComplex(right) {
            if let common = container(left, right) { return (common, common, common) }
            return scaled(left, right)
        }
        guard left.isRealContainer, right.isRealContainer else { return nil }
        let (a, b) = (left.realVersion, right.realVersion)
        if a == b { return (a, a, b) }
        if b == .real { return (a, a, b) }
        if a == .real { return (b, a, b) }
        return nil
    }
}
