// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Products with structure.
    static let products: LibraryGroup = [
        "columns_dot_product": { call in try dots(call, byRow: false) },
        "rows_dot_product": { call in try dots(call, byRow: true) },
        "columns_dot_self": { call in
            let m = try asMatrix(call, 0)
            return .vector(Entries(columnSums(square(m.expression), m.rows, m.columns)))
        },
        "rows_dot_self": { call in
            let m = try asMatrix(call, 0)
            return .vector(Entries(rowSums(square(m.expression), m.rows, m.columns)))
        },
        "diag_pre_multiply": { call in
            let (v, m) = (try call.entries(0), try call.matrix(1))
            try requireSameSize(call.name, v.count, m.rows)
            return .matrix(try scaled(m, v) { _, r in r })
        },
        "diag_post_multiply": { call in
            let (m, v) = (try call.matrix(0), try call.entries(1))
            try requireSameSize(call.name, v.count, m.columns)
            return .matrix(try scaled(m, v) { c, _ in c })
        },
        "add_diag": { call in
            var m = try call.matrix(0)
            let n = min(m.rows, m.columns)
            var positions: [Int] = []
            for i in 0..<n { positions.append(i * m.rows + i) }
            let diagonal = m.entries.gather(positions)
            let added: Entries
            if case .vector(let v) = call[1] {
                try requireSameSize(call.name, v.count, n)
                added = v
            } else {
                added = filled(try call.real(1), n)
            }
            if n > 0 { m.entries.set(positions, Entries(diagonal.vector + added.vector)) }
            return .matrix(m)
        },
        "crossprod": { call in
            let m = try call.matrix(0)
            return try call.evaluator.multiply(
                .matrix(m.transposed), .matrix, .matrix(m), .matrix)
        },
        "tcrossprod": { call in
            let m = try call.matrix(0)
            return try call.evaluator.multiply(
                .matrix(m), .matrix, .matrix(m.transposed), .matrix)
        },
        "multiply_lower_tri_self_transpose": { call in
            let m = lowerTriangle(try call.matrix(0))
            return try call.evaluator.multiply(
                .matrix(m), .matrix, .matrix(m.transposed), .matrix)
        },
        "quad_form": { call in try quadForm(call) },
        "quad_form_sym": { call in try quadForm(call) },
        "quad_form_diag": { call in
            let (m, v) = (try call.square(0), try call.entries(1))
            try requireSameSize(call.name, v.count, m.rows)
            let left = try scaled(m, v) { _, r in r }
            return .matrix(try scaled(left, v) { c, _ in c })
        },
        "trace": { call in
            let m = try call.square(0)
            return .real(m.rows == 0 ? 0 : sum(diagonal(m.expression)))
        },
        "trace_quad_form": { call in
            guard case .matrix(let b) = call[1] else { return try quadForm(call) }
            let a = try call.square(0)
            try requireSameSize(call.name, a.columns, b.rows)
            if b.entries.count == 0 { return .number(0) }
            return .real(sum(b.expression * matmul(a.expression, b.expression)))
        },
        "trace_gen_quad_form": { call in
            let (d, a, b) = (try call.square(0), try call.square(1), try call.matrix(2))
            try requireSameSize(call.name, a.columns, b.rows)
            try requireSameSize(call.name, d.columns, b.columns)
            if b.entries.count == 0 { return .number(0) }
            let inner = matmul(matmul(a.expression, b.expression), d.expression)
            return .real(sum(b.expression * inner))
        },
        "matrix_power": { call in
            .matrix(try call.evaluator.matrixPower(try call.matrix(0), try call.int(1)))
        },
        "trace_dot": { call in
            let (a, b) = (try call.matrix(0), try call.matrix(1))
            try requireSameSize(call.name, a.columns, b.rows)
            try requireSameSize(call.name, a.rows, b.columns)
            if a.entries.count == 0 { return .number(0) }
            return .real(
                dot(a.expression.reshaped(.vector(a.entries.count)), b.transposed.entries.vector))
        },
    ]

    /// Entries times the entry of a vector that belongs to their column or row.
    private static func scaled(
        _ m: MatrixValue, _ v: Entries, _ which: (Int, Int) -> Int
    ) throws -> MatrixValue {
        if m.entries.count == 0 { return m }
        var picked: [Int] = []
        picked.reserveCapacity(m.entries.count)
        for c in 0..<m.columns {
            for r in 0..<m.rows { picked.append(which(c, r)) }
        }
        let factors = v.vector.gather(picked, .matrix(m.rows, m.columns))
        return MatrixValue(Entries(m.expression * factors), m.rows, m.columns)
    }

    /// The matrix with zeros above the diagonal.
    static func lowerTriangle(_ m: MatrixValue) -> MatrixValue {
        if let numbers = m.entries.numbers {
            var result = numbers
            for c in 0..<m.columns {
                for r in 0..<min(c, m.rows) { result[c * m.rows + r] = 0 }
            }
            return MatrixValue(Entries(result), m.rows, m.columns)
        }
        var scalars = m.entries.scalars
        for c in 0..<m.columns {
            for r in 0..<min(c, m.rows) { scalars[c * m.rows + r] = 0 }
        }
        return MatrixValue(Entries(scalars), m.rows, m.columns)
    }

    static func columnSums(_ m: Traced, _ rows: Int, _ columns: Int) -> Traced {
        if rows == 0 || columns == 0 {
            return Traced([Double](repeating: 0, count: columns))
        }
        let ones = Traced([Double](repeating: 1, count: rows))
        return matmul(transpose(m), ones).reshaped(.vector(columns))
    }

    static func rowSums(_ m: Traced, _ rows: Int, _ columns: Int) -> Traced {
        if rows == 0 || columns == 0 { return Traced([Double](repeating: 0, count: rows)) }
        let ones = Traced([Double](repeating: 1, count: columns))
        return matmul(m, ones).reshaped(.vector(rows))
    }

    private static func dots(_ call: Call, byRow: Bool) throws -> Value {
        let (a, b) = (try asMatrix(call, 0), try asMatrix(call, 1))
        try requireSameSize(call.name, a.rows, b.rows)
        try requireSameSize(call.name, a.columns, b.columns)
        if a.entries.count == 0 {
            return .vector(Entries(repeating: 0, count: byRow ? a.rows : a.columns))
        }
        let products = a.expression * b.expression
        return .vector(
            Entries(
                byRow
                    ? rowSums(products, a.rows, a.columns)
                    : columnSums(products, a.rows, a.columns)))
    }

    private static func quadForm(_ call: Call) throws -> Value {
        let a = try call.square(0)
        switch call[1] {
        case .matrix(let b):
            try requireSameSize(call.name, a.columns, b.rows)
            if b.entries.count == 0 {
                return .matrix(
                    MatrixValue(
                        Entries(repeating: 0, count: b.columns * b.columns), b.columns, b.columns))
            }
            let product = matmul(transpose(b.expression), matmul(a.expression, b.expression))
            return .matrix(MatrixValue(Entries(product), b.columns, b.columns))
        default:
            let b = try call.entries(1)
            try requireSameSize(call.name, a.columns, b.count)
            if b.count == 0 { return .number(0) }
            return .real(dot(b.vector, matmul(a.expression, b.vector)))
        }
    }
}
