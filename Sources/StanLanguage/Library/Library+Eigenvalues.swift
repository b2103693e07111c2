// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Eigenvalues of matrices that need not be symmetric, and Schur's decomposition.
    static let eigenFunctions: LibraryGroup = [
        "eigenvalues": { call in try decomposed(call).values },
        "eigenvectors": { call in try decomposed(call).vectors },
        "eigendecompose": { call in
            let (values, vectors) = try decomposed(call)
            return .tuple([vectors, values])
        },
        "eigenvalues_sym": { call in try hermitian(call).values },
        "eigenvectors_sym": { call in try hermitian(call).vectors },
        "eigendecompose_sym": { call in
            let (values, vectors) = try hermitian(call)
            return .tuple([vectors, values])
        },
        "singular_values": { call in try singular(call).values },
        "svd_U": { call in try singular(call).u },
        "svd_V": { call in try singular(call).v },
        "svd": { call in
            let (u, values, v) = try singular(call)
            return .tuple([u, values, v])
        },
        "complex_schur_decompose": { call in
            let (t, u) = try schur(call)
            return .tuple([u, t])
        },
        "complex_schur_decompose_t": { call in try schur(call).t },
        "complex_schur_decompose_u": { call in try schur(call).u },
    ]

    /// A square matrix by its parts.
    private static func parts(_ call: Call) throws -> (MatrixValue, MatrixValue?) {
        switch call[0] {
        case .complex(.matrix(let real), .matrix(let imaginary)) where real.rows == real.columns:
            return (real, imaginary)
        case .matrix(let matrix) where matrix.rows == matrix.columns: return (matrix, nil)
        default:
            throw EvaluationError.size(
                "\(call.name): expecting a square matrix, but its size is \(sizeText(call[0]))")
        }
    }

    private static func decomposed(_ call: Call) throws -> (values: Value, vectors: Value) {
        let (real, imaginary) = try parts(call)
        let (values, vectors) = try generalEigen(real.expression, imaginary?.expression)
        return (
            .complex(.vector(Entries(values.0)), .vector(Entries(values.1))),
            .complex(.matrix(MatrixValue(vectors.0)), .matrix(MatrixValue(vectors.1)))
        )
    }

    private static func complex(_ parts: (Traced, Traced)) -> Value {
        .complex(.matrix(MatrixValue(parts.0)), .matrix(MatrixValue(parts.1)))
    }

    private static func hermitian(_ call: Call) throws -> (values: Value, vectors: Value) {
        let (real, imaginary) = try parts(call)
        let zeros = Traced(0).broadcast(to: real.expression.shape)
        let (values, vectors) = try hermitianEigen(
            real.expression, imaginary?.expression ?? zeros, call.name)
        let none = Entries([Double](repeating: 0, count: values.count))
        return (.complex(.vector(Entries(values)), .vector(none)), complex(vectors))
    }

    private static func singular(_ call: Call) throws -> (u: Value, values: Value, v: Value) {
        guard case .complex(.matrix(let real), .matrix(let imaginary)) = call[0] else {
            throw EvaluationError("type", "\(call.name): argument 1 must be a matrix")
        }
        let (u, values, v) = try complexSingularValueDecomposition(
            real.expression, imaginary.expression)
        return (complex(u), .vector(Entries(values)), complex(v))
    }

    private static func schur(_ call: Call) throws -> (t: Value, u: Value) {
        let (real, imaginary) = try parts(call)
        let n = real.rows
        let zeros = [Double](repeating: 0, count: n * n)
        guard let x = real.entries.numbers, let y = imaginary.map({ $0.entries.numbers }) ?? zeros
        else {
            throw EvaluationError(
                "unsupported",
                "\(call.name): Schur's decomposition of a matrix that depends on parameters has "
                    + "no derivatives here",
                help: "compute it in transformed data or generated quantities")
        }
        let (t, u) = complexSchur(x, y, n)
        func value(_ entries: [(Double, Double)]) -> Value {
            .complex(
                .matrix(MatrixValue(Entries(entries.map(\.0)), n, n)),
                .matrix(MatrixValue(Entries(entries.map(\.1)), n, n)))
        }
        return (value(t), value(u))
    }
}
