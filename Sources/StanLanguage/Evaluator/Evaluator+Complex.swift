// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Value {
    var isComplex: Bool {
        if case .complex = self { return true }
        return false
    }

    /// The parts of a complex value; a real one has an imaginary part of zeros.
    var complexParts: (real: Value, imaginary: Value) {
        if case .complex(let real, let imaginary) = self { return (real, imaginary) }
        let real: Value
        switch self {
        case .int(let value): real = .number(Double(value))
        case .ints(let values): real = .vector(Entries(values.map(Double.init)))
        default: real = self
        }
        switch real {
        case .vector(let entries):
            return (real, .vector(Entries(repeating: 0, count: entries.count)))
        case .matrix(let matrix):
            let zeros = Entries(repeating: 0, count: matrix.entries.count)
            return (real, .matrix(MatrixValue(zeros, matrix.rows, matrix.columns)))
        default: return (real, .number(0))
        }
    }

    /// Reals as complex numbers where the type says so.
    func promoted(toComplex type: StanType) -> Value {
        guard let element = type.arrayElement else {
            if case .complex = self { return self }
            let (real, imaginary) = complexParts
            return .complex(real, imaginary)
        }
        return .array(elements.map { $0.promoted(to: element) })
    }
}

/// Arithmetic of complex values, from that of their parts.
struct ComplexValue {
    var real: Value
    var imaginary: Value

    init(_ real: Value, _ imaginary: Value) {
        self.real = real
        self.imaginary = imaginary
    }

    init(_ value: Value) { (real, imaginary) = value.complexParts }

    var value: Value { .complex(real, imaginary) }

    private static func zipped(
        _ a: Value, _ b: Value, _ function: (Traced, Traced) throws -> Traced
    ) throws -> Value {
        try Value.zipped("complex arithmetic", a, b, function)
    }

    static func + (a: ComplexValue, b: ComplexValue) throws -> ComplexValue {
        ComplexValue(
            try zipped(a.real, b.real, +), try zipped(a.imaginary, b.imaginary, +))
    }

    static func - (a: ComplexValue, b: ComplexValue) throws -> ComplexValue {
        ComplexValue(
            try zipped(a.real, b.real, -), try zipped(a.imaginary, b.imaginary, -))
    }

    /// Entry by entry.
    static func * (a: ComplexValue, b: ComplexValue) throws -> ComplexValue {
        ComplexValue(
            try zipped(
                try zipped(a.real, b.real, *), try zipped(a.imaginary, b.imaginary, *), -),
            try zipped(
                try zipped(a.real, b.imaginary, *), try zipped(a.imaginary, b.real, *), +))
    }

    /// Entry by entry.
    static func / (a: ComplexValue, b: ComplexValue) throws -> ComplexValue {
        let square = try zipped(b.real, b.real, *)
        let norm = try zipped(square, try zipped(b.imaginary, b.imaginary, *), +)
        let product = try a * b.conjugate
        return ComplexValue(
            try zipped(product.real, norm, /), try zipped(product.imaginary, norm, /))
    }

    var conjugate: ComplexValue { ComplexValue(real, imaginary.mapped { -$0 }) }

    /// Times i.
    var turned: ComplexValue { ComplexValue(imaginary.mapped { -$0 }, real) }

    func scaled(_ factor: Double) -> ComplexValue {
        ComplexValue(
            real.mapped { Traced(factor) * $0 }, imaginary.mapped { Traced(factor) * $0 })
    }

    func plus(_ number: Double) -> ComplexValue {
        ComplexValue(real.mapped { $0 + Traced(number) }, imaginary)
    }

    /// |z|, entry by entry.
    func modulus() throws -> Value { try Self.zipped(real, imaginary) { hypot($0, $1) } }

    /// The angle of z, in (−π, π].
    func argument() throws -> Value { try Self.zipped(imaginary, real) { atan2($0, $1) } }

    func exponential() throws -> ComplexValue {
        let size = real.mapped { exp($0) }
        return ComplexValue(
            try Self.zipped(size, imaginary.mapped { cos($0) }, *),
            try Self.zipped(size, imaginary.mapped { sin($0) }, *))
    }

    func logarithm() throws -> ComplexValue {
        ComplexValue(try modulus().mapped { log($0) }, try argument())
    }

    func raised(to power: ComplexValue) throws -> ComplexValue {
        try (power * logarithm()).exponential()
    }
}

extension Evaluator {
    func complex(
        _ op: StanBinaryOperator, _ a: Value, _ aType: StanType, _ b: Value, _ bType: StanType
    ) throws -> Value {
        let (x, y) = (ComplexValue(a), ComplexValue(b))
        switch op {
        case .add: return try (x + y).value
        case .subtract: return try (x - y).value
        case .elementMultiply: return try (x * y).value
        case .elementDivide: return try (x / y).value
        case .power, .elementPower: return try x.raised(to: y).value
        case .divide:
            guard case .matrix(let divisor) = y.real else { return try (x / y).value }
            return try divided(x, divisor, y.imaginary)
        case .multiply:
            let (left, right) = (aType.realPart, bType.realPart)
            func product(_ a: Value, _ b: Value) throws -> Value {
                try multiply(a, left, b, right)
            }
            let difference = try binary(
                .subtract, product(x.real, y.real), .real,
                product(x.imaginary, y.imaginary), .real)
            let sum = try binary(
                .add, product(x.real, y.imaginary), .real, product(x.imaginary, y.real), .real)
            return .complex(difference, sum)
        case .equal, .notEqual:
            let isEqual =
                decide(x.real.expression, .equal, y.real.expression)
                && decide(x.imaginary.expression, .equal, y.imaginary.expression)
            return .truth(isEqual == (op == .equal))
        default:
            throw EvaluationError("type", "complex numbers have no operator \(op.rawValue)")
        }
    }

    /// x M⁻¹, through the real matrix (A B; −B A) for A + iB, which acts on rows
    /// (real part, imaginary part).
    private func divided(
        _ x: ComplexValue, _ real: MatrixValue, _ imaginary: Value
    ) throws -> Value {
        let n = real.rows
        guard real.columns == n else {
            throw EvaluationError.size("division: the matrix must be square")
        }
        guard case .matrix(let other) = imaginary else { return .void }
        let (a, b) = (real.entries.scalars, other.entries.scalars)
        var block = [Traced](repeating: 0, count: 4 * n * n)
        for c in 0..<n {
            for r in 0..<n {
                block[c * 2 * n + r] = a[c * n + r]
                block[(n + c) * 2 * n + n + r] = a[c * n + r]
                block[(n + c) * 2 * n + r] = b[c * n + r]
                block[c * 2 * n + n + r] = -b[c * n + r]
            }
        }
        let matrix = Value.matrix(MatrixValue(Entries(block), 2 * n, 2 * n))
        switch (x.real, x.imaginary) {
        case (.matrix(let p), .matrix(let q)):
            let both = MatrixValue(
                Entries.joined([p.entries, q.entries]), p.rows, p.columns + q.columns)
            guard
                case .matrix(let result) = try binary(
                    .divide, .matrix(both), .matrix, matrix, .matrix)
            else { return .void }
            let half = p.rows * p.columns
            return .complex(
                .matrix(MatrixValue(result.entries.slice(0..<half), p.rows, p.columns)),
                .matrix(MatrixValue(result.entries.slice(half..<(2 * half)), p.rows, p.columns)))
        default:
            let (p, q) = (Entries(x.real.expression), Entries(x.imaginary.expression))
            let both = Value.vector(Entries.joined([p, q]))
            let result = Entries(
                try binary(.divide, both, .rowVector, matrix, .matrix).expression)
            return .complex(
                .vector(result.slice(0..<p.count)),
                .vector(result.slice(p.count..<(2 * p.count))))
        }
    }
}
