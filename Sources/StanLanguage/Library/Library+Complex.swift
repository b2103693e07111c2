// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Gives functions their meaning for complex arguments, beside that for real ones.
    static func addComplexFunctions(to table: inout LibraryGroup) {
        for name in linear {
            guard let real = table[name] else { continue }
            table[name] = { call in
                call.hasComplexArgument ? try byParts(call, real) : try real(call)
            }
        }
        for (name, complex) in complexFunctions {
            guard let real = table[name] else {
                table[name] = complex
                continue
            }
            table[name] = { call in
                call.hasComplexArgument ? try complex(call) : try real(call)
            }
        }
    }

    /// Functions that rearrange or add entries: part by part.
    private static let linear = """
        add_diag append_array append_col append_row block col cumulative_sum diag_matrix diagonal
        head rep_array rep_matrix rep_row_vector rep_vector reverse row segment sub_col sub_row sum
        symmetrize_from_lower_tri tail to_array_1d to_array_2d to_matrix to_row_vector to_vector trace
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    private static func byParts(_ call: Call, _ function: LibraryFunction) throws -> Value {
        func result(_ part: (Value) -> Value) throws -> Value {
            try function(
                Call(
                    name: call.name, arguments: call.arguments.map(part), nodes: call.nodes,
                    result: call.result.realPart, droppingConstants: call.droppingConstants,
                    evaluator: call.evaluator, range: call.range, isPart: true))
        }
        return Value.complex(
            try result { $0.realPart }, try result { $0.imaginaryPart }, as: call.result)
    }

    private static let complexFunctions: LibraryGroup = {
        func each(
            _ function: @escaping @Sendable (ComplexValue) throws -> ComplexValue
        ) -> LibraryFunction {
            { call in try mapped(call[0]) { try function(ComplexValue($0)).value } }
        }
        func real(
            _ function: @escaping @Sendable (ComplexValue) throws -> Value
        ) -> LibraryFunction {
            { call in try mapped(call[0]) { try function(ComplexValue($0)) } }
        }
        let functions: LibraryGroup = [
            "to_complex": { call in
                if call.count == 0 { return .complex(.number(0), .number(0)) }
                let second = call.count > 1 ? call[1] : .number(0)
                if call.result.arrayElement != nil {
                    let n = max(call[0].indexedCount ?? 0, call[1].indexedCount ?? 0)
                    let parts = try [call[0], second].map { part -> [Value] in
                        guard let count = part.indexedCount else {
                            return [Value](repeating: part, count: n)
                        }
                        try requireSameSize(call.name, count, n)
                        return part.elements
                    }
                    return .array(zip(parts[0], parts[1]).map { .complex($0, $1) })
                }
                let real = try Value.zipped(call.name, call[0], second.mapped { $0 * 0 }, +)
                return .complex(
                    real, try Value.zipped(call.name, call[0].mapped { $0 * 0 }, second, +))
            },
            "get_real": real { $0.real },
            "get_imag": real { $0.imaginary },
            "abs": real { try $0.modulus() },
            "arg": real { try $0.argument() },
            "norm": real { z in
                try Value.zipped("norm", z.real, z.imaginary) { square($0) + square($1) }
            },
            "conj": each { $0.conjugate },
            "proj": { call in
                // Every infinity is one point of the sphere.
                let (real, imaginary) = call[0].complexParts
                let parts = [real, imaginary].map { $0.expression.constant ?? 0 }
                guard parts.contains(where: \.isInfinite) else { return call[0] }
                return .complex(.number(.infinity), .number(parts[1].sign == .minus ? -0.0 : 0))
            },
            "polar": { call in
                let (r, angle) = (try call.real(0), try call.real(1))
                return .complex(.real(r * cos(angle)), .real(r * sin(angle)))
            },
            "exp": each { try $0.exponential() },
            "log": each { try $0.logarithm() },
            "log10": each { try $0.logarithm().scaled(0.434_294_481_903_251_827_65) },
            "pow": { call in
                guard call.result.arrayElement != nil else {
                    return try ComplexValue(call[0]).raised(to: ComplexValue(call[1])).value
                }
                let n = max(call[0].indexedCount ?? 0, call[1].indexedCount ?? 0)
                let sides = try [call[0], call[1]].map { side -> [Value] in
                    guard let count = side.indexedCount else {
                        return [Value](repeating: side, count: n)
                    }
                    try requireSameSize(call.name, count, n)
                    return side.elements
                }
                return .array(
                    try zip(sides[0], sides[1]).map {
                        try ComplexValue($0).raised(to: ComplexValue($1)).value
                    })
            },
            "sqrt": each { try squareRoot($0) },
            "sin": each { try sine($0) },
            "cos": each { try cosine($0) },
            "tan": each { try sine($0) / cosine($0) },
            // sinh z = −i sin iz, cosh z = cos iz
            "sinh": each { try sine($0.turned).turned.scaled(-1) },
            "cosh": each { try cosine($0.turned) },
            "tanh": each { try (sine($0.turned) / cosine($0.turned)).turned.scaled(-1) },
            "asin": each { try arcSine($0) },
            "acos": each { z in
                let a = try arcSine(z)
                return ComplexValue(
                    a.real.mapped { Traced(Double.pi / 2) - $0 }, a.imaginary.mapped { -$0 })
            },
            "atan": each { try hyperbolicArcTangent($0.turned).turned.scaled(-1) },
            // asinh z = −i asin iz, acosh z = log(z + √(z − 1) √(z + 1))
            "asinh": each { try arcSine($0.turned).turned.scaled(-1) },
            "acosh": each { z in
                let root = try squareRoot(z.plus(-1)) * squareRoot(z.plus(1))
                return try (z + root).logarithm()
            },
            "atanh": each { try hyperbolicArcTangent($0) },
            "prod": { call in
                let all = call[0].elements.map { ComplexValue($0) }
                var result = ComplexValue(.number(1), .number(0))
                for z in all { result = try result * z }
                return result.value
            },
            "rows": { call in
                .int(call.type(0) == .complexRowVector ? 1 : call[0].dimensions.first ?? 0)
            },
            "cols": { call in
                .int(call.type(0) == .complexVector ? 1 : call[0].dimensions.last ?? 0)
            },
            "dot_product": { call in
                // The first argument's conjugate.
                try product(
                    call, ComplexValue(listed(call[0])).conjugate, ComplexValue(listed(call[1])))
            },
            "dot_self": { call in
                let z = ComplexValue(call[0])
                return try product(call, z.conjugate, z)
            },
            "columns_dot_product": { call in
                try dots(call, ComplexValue(call[0]), ComplexValue(call[1]), byRow: false)
            },
            "rows_dot_product": { call in
                try dots(call, ComplexValue(call[0]), ComplexValue(call[1]), byRow: true)
            },
            "columns_dot_self": { call in
                let z = ComplexValue(call[0])
                return try dots(call, z.conjugate, z, byRow: false)
            },
            "rows_dot_self": { call in
                let z = ComplexValue(call[0])
                return try dots(call, z.conjugate, z, byRow: true)
            },
            "diag_pre_multiply": { call in
                try scaled(call, ComplexValue(call[1]), by: ComplexValue(call[0]), rows: true)
            },
            "diag_post_multiply": { call in
                try scaled(call, ComplexValue(call[0]), by: ComplexValue(call[1]), rows: false)
            },
        ]
        return functions.merging(fourierTransforms) { a, _ in a }
            .merging(eigenFunctions) { a, _ in a }
    }()

    /// A function of complex values over the elements of arrays.
    private static func mapped(_ value: Value, _ function: (Value) throws -> Value) throws -> Value
    {
        guard case .array(let elements) = value else { return try function(value) }
        let results = try elements.map { try mapped($0, function) }
        if case .real? = results.first {
            return .vector(Entries(results.map(\.expression)))
        }
        return .array(results)
    }

    // MARK: - Elementary functions

    /// √z with a nonnegative real part: √|z| at half the angle.
    private static func squareRoot(_ z: ComplexValue) throws -> ComplexValue {
        let size = try z.modulus().mapped { sqrt($0) }
        let half = try z.argument().mapped { $0 * 0.5 }
        return ComplexValue(
            try Value.zipped("sqrt", size, half.mapped { cos($0) }, *),
            try Value.zipped("sqrt", size, half.mapped { sin($0) }, *))
    }

    private static func sine(_ z: ComplexValue) throws -> ComplexValue {
        let (x, y) = (z.real, z.imaginary)
        return ComplexValue(
            try Value.zipped("sin", x, y) { sin($0) * cosh($1) },
            try Value.zipped("sin", x, y) { cos($0) * sinh($1) })
    }

    private static func cosine(_ z: ComplexValue) throws -> ComplexValue {
        let (x, y) = (z.real, z.imaginary)
        return ComplexValue(
            try Value.zipped("cos", x, y) { cos($0) * cosh($1) },
            try Value.zipped("cos", x, y) { -(sin($0) * sinh($1)) })
    }

    /// With p = √(1 − z), q = √(1 + z): atan(Re z / Re(p q)) + i asinh(Im(p̄ q))
    /// (Kahan, "Branch cuts for complex elementary functions", 1987).
    private static func arcSine(_ z: ComplexValue) throws -> ComplexValue {
        let p = try squareRoot(z.scaled(-1).plus(1))
        let q = try squareRoot(z.plus(1))
        let product = try p * q
        let crossed = try p.conjugate * q
        return ComplexValue(
            try Value.zipped("asin", z.real, product.real) { atan2($0, $1) },
            crossed.imaginary.mapped { asinh($0) })
    }

    /// ½ (log(1 + z) − log(1 − z))
    private static func hyperbolicArcTangent(_ z: ComplexValue) throws -> ComplexValue {
        try (z.plus(1).logarithm() - z.scaled(-1).plus(1).logarithm()).scaled(0.5)
    }

    // MARK: - Products

    /// An array of numbers as a vector.
    private static func listed(_ value: Value) -> Value {
        guard case .array(let elements) = value else { return value }
        let parts = elements.map { $0.complexParts }
        return .complex(
            .vector(Entries(parts.map(\.real.expression))),
            .vector(Entries(parts.map(\.imaginary.expression))))
    }

    private static func product(
        _ call: Call, _ a: ComplexValue, _ b: ComplexValue
    ) throws -> Value {
        try requireSameSize(call.name, a.real.size, b.real.size)
        func total(_ value: Value) -> Value {
            value.size == 0 ? .number(0) : .real(sum(value.expression))
        }
        let products = try a * b
        return .complex(total(products.real), total(products.imaginary))
    }

    private static func dots(
        _ call: Call, _ a: ComplexValue, _ b: ComplexValue, byRow: Bool
    ) throws -> Value {
        try requireSameShape(call.name, a.real, b.real)
        let products = try a * b
        func sums(_ value: Value) throws -> Value {
            let part = Call(
                name: call.name, arguments: [value], nodes: Array(call.nodes.prefix(1)),
                result: call.result.realPart, droppingConstants: false,
                evaluator: call.evaluator, range: call.range, isPart: true)
            let matrix = try asMatrix(part, 0)
            return .vector(
                Entries(
                    byRow
                        ? rowSums(matrix.expression, matrix.rows, matrix.columns)
                        : columnSums(matrix.expression, matrix.rows, matrix.columns)))
        }
        return .complex(try sums(products.real), try sums(products.imaginary))
    }

    private static func scaled(
        _ call: Call, _ matrix: ComplexValue, by factors: ComplexValue, rows: Bool
    ) throws -> Value {
        guard case .matrix(let m) = matrix.real else { return .void }
        try requireSameSize(call.name, factors.real.size, rows ? m.rows : m.columns)
        if m.entries.count == 0 { return matrix.value }
        let picked = (0..<m.entries.count).map { rows ? $0 % m.rows : $0 / m.rows }
        func spread(_ value: Value) -> Value {
            let entries = Entries(value.expression.gather(picked))
            return .matrix(MatrixValue(entries, m.rows, m.columns))
        }
        let factor = ComplexValue(spread(factors.real), spread(factors.imaginary))
        return try (matrix * factor).value
    }
}

extension Call {
    var hasComplexArgument: Bool { nodes.contains { $0.type.innermost.isComplex } }
}

extension Value {
    /// The number of elements of an array or list, nil for a scalar.
    fileprivate var indexedCount: Int? {
        switch self {
        case .array(let elements): elements.count
        case .vector, .ints: size
        default: nil
        }
    }

    /// Of a complex value, or of an array of them; others are what they are.
    fileprivate var realPart: Value {
        switch self {
        case .complex(let real, _): real
        case .array(let elements): .collected(elements.map(\.realPart), isInteger: false)
        default: self
        }
    }

    /// Real numbers have an imaginary part of 0; integers are indices and sizes.
    fileprivate var imaginaryPart: Value {
        switch self {
        case .complex(_, let imaginary): imaginary
        case .array(let elements): .collected(elements.map(\.imaginaryPart), isInteger: false)
        case .real, .vector, .matrix: complexParts.imaginary
        default: self
        }
    }

    /// A complex value, or an array of them, from its parts.
    fileprivate static func complex(_ real: Value, _ imaginary: Value, as type: StanType) -> Value {
        guard let element = type.arrayElement else { return .complex(real, imaginary) }
        return .array(
            zip(real.elements, imaginary.elements).map { .complex($0, $1, as: element) })
    }
}
