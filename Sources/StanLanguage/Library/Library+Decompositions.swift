// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Factors, inverses, solutions of linear systems.
    static let decompositions: LibraryGroup = [
        "cholesky_decompose": { call in
            .matrix(MatrixValue(try factor(call, call.square(0))))
        },
        "inverse": { call in
            let m = try call.square(0)
            return .matrix(m.rows == 0 ? m : MatrixValue(inverse(m.expression)))
        },
        "inverse_spd": { call in
            let m = try call.square(0)
            if m.rows == 0 { return .matrix(m) }
            return .matrix(MatrixValue(inverseOfFactored(try factor(call, m))))
        },
        "chol2inv": { call in
            let m = try call.square(0)
            return .matrix(m.rows == 0 ? m : MatrixValue(inverseOfFactored(m.expression)))
        },
        "log_determinant": { call in
            let m = try call.square(0)
            return .real(m.rows == 0 ? 0 : logDeterminant(m.expression))
        },
        "log_determinant_spd": { call in
            let m = try call.square(0)
            if m.rows == 0 { return .number(0) }
            return .real(2 * sum(log(diagonal(try factor(call, m)))))
        },
        "determinant": { call in
            let m = try call.square(0)
            return .real(determinant(m.expression, m.rows))
        },
        "mdivide_left_tri_low": { call in
            let l = try call.square(0)
            let rows = call[1].dimensions.first ?? 1
            try requireSameSize(call.name, l.rows, rows)
            if call[1].size == 0 { return call[1] }
            return Value.shaped(
                solveLower(l.expression, call[1].expression), like: call[1])
        },
        "mdivide_right_tri_low": { call in
            // b L⁻¹ = (L⁻ᵀ bᵀ)ᵀ
            let l = try call.square(1)
            switch call[0] {
            case .matrix(let b):
                try requireSameSize(call.name, b.columns, l.rows)
                if b.entries.count == 0 { return call[0] }
                let solution = solveLowerTransposed(l.expression, transpose(b.expression))
                return .matrix(MatrixValue(transpose(solution)))
            default:
                let b = try call.entries(0)
                try requireSameSize(call.name, b.count, l.rows)
                if b.count == 0 { return call[0] }
                return .vector(Entries(solveLowerTransposed(l.expression, b.vector)))
            }
        },
        "mdivide_left_spd": { call in
            let m = try call.square(0)
            try requireSameSize(call.name, m.rows, call[1].dimensions.first ?? 1)
            if call[1].size == 0 { return call[1] }
            let l = try factor(call, m)
            let x = solveLowerTransposed(l, solveLower(l, call[1].expression))
            return Value.shaped(x, like: call[1])
        },
        "mdivide_right_spd": { call in
            let m = try call.square(1)
            let l = m.rows == 0 ? m.expression : try factor(call, m)
            switch call[0] {
            case .matrix(let b):
                try requireSameSize(call.name, b.columns, m.rows)
                if b.entries.count == 0 { return call[0] }
                let x = solveLowerTransposed(l, solveLower(l, transpose(b.expression)))
                return .matrix(MatrixValue(transpose(x)))
            default:
                let b = try call.entries(0)
                try requireSameSize(call.name, b.count, m.rows)
                if b.count == 0 { return call[0] }
                return .vector(Entries(solveLowerTransposed(l, solveLower(l, b.vector))))
            }
        },
    ]

    /// The Cholesky factor; a known matrix must be symmetric and positive
    /// definite.
    static func factor(_ call: Call, _ m: MatrixValue) throws -> Traced {
        if m.rows == 0 { return m.expression }
        if let numbers = m.entries.numbers {
            for c in 0..<m.columns {
                for r in 0..<c
                where !(Swift.abs(numbers[c * m.rows + r] - numbers[r * m.rows + c]) <= 1e-8) {
                    throw DomainError(
                        "\(call.name): m is not symmetric. m[\(r + 1),\(c + 1)] = "
                            + "\(formatted(numbers[c * m.rows + r])), but "
                            + "m[\(c + 1),\(r + 1)] = \(formatted(numbers[r * m.rows + c]))")
                }
            }
        }
        let l = cholesky(m.expression)
        if let numbers = l.constants, numbers.contains(where: { !$0.isFinite }) {
            throw DomainError("\(call.name): m is not positive definite")
        }
        return l
    }

    /// (L Lᵀ)⁻¹
    static func inverseOfFactored(_ l: Traced) -> Traced {
        let n = l.shape.rows
        var identity = [Double](repeating: 0, count: n * n)
        for i in 0..<n { identity[i * n + i] = 1 }
        return solveLowerTransposed(l, solveLower(l, Traced(identity, .matrix(n, n))))
    }

    /// By formula up to 3 × 3, which is what models use; beyond, its sign would
    /// need a factorization of its own.
    private static func determinant(_ m: Traced, _ n: Int) -> Traced {
        switch n {
        case 0: return 1
        case 1: return m[0]
        case 2: return m[0] * m[3] - m[1] * m[2]
        default:
            // Laplace's expansion along the first column.
            var total: Traced = 0
            for r in 0..<n {
                var picked: [Int] = []
                for c in 1..<n {
                    for i in 0..<n where i != r { picked.append(c * n + i) }
                }
                let minor = determinant(m.gather(picked, .matrix(n - 1, n - 1)), n - 1)
                total = r % 2 == 0 ? total + m[r] * minor : total - m[r] * minor
            }
            return total
        }
    }
}
