// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Evaluator {
    func unary(_ op: StanUnaryOperator, _ a: Value) throws -> Value {
        switch op {
        case .plus: return a
        case .not: return .truth(!truth(a))
        case .minus:
            switch a {
            case .int(let value):
                guard value != .min else { throw EvaluationError.overflow }
                return .int(-value)
            case .ints(let values):
                return .ints(
                    try values.map {
                        guard $0 != .min else { throw EvaluationError.overflow }
                        return -$0
                    })
            default: return a.mapped { -$0 }
            }
        case .transpose:
            if case .complex(let real, let imaginary) = a {
                return .complex(try unary(op, real), try unary(op, imaginary))
            }
            guard case .matrix(let matrix) = a else { return a }
            return .matrix(matrix.transposed)
        }
    }

    func binary(
        _ op: StanBinaryOperator, _ a: Value, _ aType: StanType, _ b: Value, _ bType: StanType
    ) throws -> Value {
        if case .int(let x) = a, case .int(let y) = b { return try integers(op, x, y) }
        if a.isComplex || b.isComplex { return try complex(op, a, aType, b, bType) }
        switch op {
        case .add: return try Value.zipped("addition", a, b, +)
        case .subtract: return try Value.zipped("subtraction", a, b, -)
        case .multiply: return try multiply(a, aType, b, bType)
        case .divide: return try divide(a, b)
        case .elementMultiply: return try Value.zipped("elementwise multiplication", a, b, *)
        case .elementDivide: return try Value.zipped("elementwise division", a, b, /)
        case .power, .elementPower:
            if op == .power, case .matrix(let matrix) = a, case .int(let n) = b {
                return .matrix(try matrixPower(matrix, n))
            }
            return try Value.zipped("power", a, b) { pow($0, $1) }
        case .leftDivide: return try leftDivide(a, b)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            return .truth(decide(a.expression, op.relation, b.expression))
        case .and: return .truth(truth(a) && truth(b))
        case .or: return .truth(truth(a) || truth(b))
        case .integerDivide, .modulo:
            throw EvaluationError("type", "both sides of \(op.rawValue) must be integers")
        }
    }

    private func integers(_ op: StanBinaryOperator, _ a: Int, _ b: Int) throws -> Value {
        func checked(_ result: (partialValue: Int, overflow: Bool)) throws -> Value {
            guard !result.overflow else { throw EvaluationError.overflow }
            return .int(result.partialValue)
        }
        switch op {
        case .add: return try checked(a.addingReportingOverflow(b))
        case .subtract: return try checked(a.subtractingReportingOverflow(b))
        case .multiply, .elementMultiply: return try checked(a.multipliedReportingOverflow(by: b))
        case .divide, .integerDivide, .elementDivide, .leftDivide:
            let (x, y) = op == .leftDivide ? (b, a) : (a, b)
            guard y != 0 else {
                throw EvaluationError("division-by-zero", "integer division by zero")
            }
            return try checked(x.dividedReportingOverflow(by: y))
        case .modulo:
            guard b != 0 else {
                throw EvaluationError("division-by-zero", "integer remainder of a division by zero")
            }
            return try checked(a.remainderReportingOverflow(dividingBy: b))
        case .power, .elementPower:
            return .real(pow(Traced(Double(a)), Traced(Double(b))))
        case .equal: return .truth(a == b)
        case .notEqual: return .truth(a != b)
        case .less: return .truth(a < b)
        case .lessOrEqual: return .truth(a <= b)
        case .greater: return .truth(a > b)
        case .greaterOrEqual: return .truth(a >= b)
        case .and: return .truth(a != 0 && b != 0)
        case .or: return .truth(a != 0 || b != 0)
        }
    }

    func multiply(_ a: Value, _ aType: StanType, _ b: Value, _ bType: StanType) throws -> Value {
        func inner(_ left: Int, _ right: Int) throws {
            guard left == right else {
                throw EvaluationError.size(
                    "multiply: columns of the left side (\(left)) and rows of the right side "
                        + "(\(right)) must match")
            }
        }
        switch (a, b) {
        case (.matrix(let x), .matrix(let y)):
            try inner(x.columns, y.rows)
            if x.rows == 0 || y.columns == 0 || x.columns == 0 {
                return .matrix(
                    MatrixValue(
                        Entries(repeating: 0, count: x.rows * y.columns), x.rows, y.columns))
            }
            let product = matmul(x.expression, y.expression)
            return .matrix(MatrixValue(Entries(product), x.rows, y.columns))
        case (.matrix(let x), .vector(let y)):
            try inner(x.columns, y.count)
            if x.rows == 0 || x.columns == 0 {
                return .vector(Entries(repeating: 0, count: x.rows))
            }
            return .vector(Entries(matmul(x.expression, y.vector)))
        case (.vector(let x), .matrix(let y)):
            try inner(x.count, y.rows)
            if y.rows == 0 || y.columns == 0 {
                return .vector(Entries(repeating: 0, count: y.columns))
            }
            let (row, matrix) = (x.vector, y.expression)
            // A row of data goes first, as the engine knows it from loops.
            let product =
                row.isConstant && !matrix.isConstant
                ? matmul(row.reshaped(.matrix(1, x.count)), matrix)
                : matmul(transpose(matrix), row)
            return .vector(Entries(product.reshaped(.vector(y.columns))))
        case (.vector(let x), .vector(let y)) where aType == .rowVector && bType == .vector:
            try inner(x.count, y.count)
            return .real(x.count == 0 ? 0 : dot(x.vector, y.vector))
        case (.vector(let x), .vector(let y)) where aType == .vector && bType == .rowVector:
            if x.count == 0 || y.count == 0 {
                return .matrix(MatrixValue(Entries([Double]()), x.count, y.count))
            }
            let product = matmul(
                x.packed(.matrix(x.count, 1)), y.packed(.matrix(1, y.count)))
            return .matrix(MatrixValue(Entries(product), x.count, y.count))
        default: return try Value.zipped("multiplication", a, b, *)
        }
    }

    private func divide(_ a: Value, _ b: Value) throws -> Value {
        guard case .matrix(let right) = b else { return try Value.zipped("division", a, b, /) }
        // a / B is (Bᵀ \ aᵀ)ᵀ.
        switch a {
        case .vector:
            return try leftDivide(.matrix(right.transposed), a)
        case .matrix(let left):
            let solution = try leftDivide(.matrix(right.transposed), .matrix(left.transposed))
            return try unary(.transpose, solution)
        default: return try Value.zipped("division", a, b, /)
        }
    }

    func leftDivide(_ a: Value, _ b: Value) throws -> Value {
        guard case .matrix(let left) = a else {
            return try Value.zipped("left division", b, a, /)
        }
        guard left.rows == left.columns else {
            throw EvaluationError.size(
                "left division: the matrix must be square, but has \(left.rows) rows and "
                    + "\(left.columns) columns")
        }
        let rows = b.dimensions.first ?? 1
        guard rows == left.rows else {
            throw EvaluationError.size(
                "left division: the matrix has \(left.rows) rows, the right side \(rows)")
        }
        if b.size == 0 { return b }
        return Value.shaped(solve(left.expression, b.expression), like: b)
    }

    func matrixPower(_ matrix: MatrixValue, _ power: Int) throws -> MatrixValue {
        guard matrix.rows == matrix.columns else {
            throw EvaluationError.size("matrix_power: the matrix must be square")
        }
        guard power >= 0 else {
            throw DomainError("matrix_power", "exponent", is: Double(power), mustBe: "nonnegative")
        }
        let n = matrix.rows
        var identity = [Double](repeating: 0, count: n * n)
        for i in 0..<n { identity[i * n + i] = 1 }
        var result: Traced?
        var base = matrix.expression
        var rest = power
        while rest > 0 {
            if rest & 1 == 1 { result = result.map { matmul($0, base) } ?? base }
            rest >>= 1
            if rest > 0 { base = matmul(base, base) }
        }
        return MatrixValue(
            Entries(result ?? Traced(identity, .matrix(n, n))), n, n)
    }
}

extension MatrixValue {
    var transposed: MatrixValue {
        if entries.count == 0 { return MatrixValue(entries, columns, rows) }
        if let numbers = entries.numbers {
            var result = numbers
            for r in 0..<rows {
                for c in 0..<columns { result[r * columns + c] = numbers[c * rows + r] }
            }
            return MatrixValue(Entries(result), columns, rows)
        }
        return MatrixValue(Entries(transpose(expression)), columns, rows)
    }
}

extension Value {
    /// An expression as the kind of value that another one is.
    static func shaped(_ expression: Traced, like model: Value) -> Value {
        switch model {
        case .matrix(let matrix):
            return .matrix(MatrixValue(Entries(expression), matrix.rows, matrix.columns))
        case .vector: return .vector(Entries(expression.reshaped(.vector(expression.shape.count))))
        default: return Value(expression)
        }
    }
}

extension StanBinaryOperator {
    var relation: Relation {
        switch self {
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        default: .equal
        }
    }
}
