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
