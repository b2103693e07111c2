// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Eigenvalues of symmetric matrices, QR and singular value decompositions, the
    /// matrix exponential.
    static let factorizations: LibraryGroup = [
        "eigenvalues_sym": { call in
            .vector(Entries(try eigen(call).values))
        },
        "eigenvectors_sym": { call in
            .matrix(MatrixValue(try eigen(call).vectors))
        },
        "eigendecompose_sym": { call in
            let (values, vectors) = try eigen(call)
            return .tuple([.matrix(MatrixValue(vectors)), .vector(Entries(values))])
        },
        "qr_Q": { call in .matrix(MatrixValue(try decomposed(call, thin: false).q)) },
        "qr_R": { call in .matrix(MatrixValue(try decomposed(call, thin: false).r)) },
        "qr": { call in try pair(decomposed(call, thin: false)) },
        "qr_thin_Q": { call in .matrix(MatrixValue(try decomposed(call, thin: true).q)) },
        "qr_thin_R": { call in .matrix(MatrixValue(try decomposed(call, thin: true).r)) },
        "qr_thin": { call in try pair(decomposed(call, thin: true)) },
        "singular_values": { call in
            .vector(Entries(try singularValues(call).values))
        },
        "svd_U": { call in .matrix(MatrixValue(try singularValues(call).u)) },
        "svd_V": { call in .matrix(MatrixValue(try singularValues(call).v)) },
        "svd": { call in
            let (u, values, v) = try singularValues(call)
            return .tuple([
                .matrix(MatrixValue(u)), .vector(Entries(values)), .matrix(MatrixValue(v)),
            ])
        },
        "matrix_exp": { call in
            .matrix(MatrixValue(try matrixExponential(try call.square(0).expression)))
        },
        "matrix_exp_multiply": { call in
            try exponentialProduct(call, call.square(0).expression, call.matrix(1))
        },
        "scale_matrix_exp_multiply": { call in
            try exponentialProduct(
                call, call.real(0) * call.square(1).expression, call.matrix(2))
        },
        "generalized_inverse": { call in
            let m = try call.matrix(0)
            if m.entries.count == 0 { return .matrix(m.transposed) }
            return .matrix(MatrixValue(try pseudoinverse(m.expression)))
        },
    ]

    private static func eigen(_ call: Call) throws -> (values: Traced, vectors: Traced) {
        try symmetricEigen(try call.square(0).expression, call.name)
    }

    private static func decomposed(
        _ call: Call, thin: Bool
    ) throws -> (q: Traced, r: Traced) {
        qr(try call.matrix(0).expression, thin: thin)
    }

    private static func pair(_ factors: (q: Traced, r: Traced)) throws -> Value {
        .tuple([.matrix(MatrixValue(factors.q)), .matrix(MatrixValue(factors.r))])
    }

    private static func singularValues(
        _ call: Call
    ) throws -> (u: Traced, values: Traced, v: Traced) {
        try singularValueDecomposition(try call.matrix(0).expression)
    }

    private static func exponentialProduct(
        _ call: Call, _ a: Traced, _ b: MatrixValue
    ) throws -> Value {
        try requireSameSize(call.name, a.shape.columns, b.rows)
        if b.entries.count == 0 { return .matrix(b) }
        return .matrix(
            MatrixValue(
                Entries(matmul(try matrixExponential(a), b.expression)), b.rows, b.columns))
    }
}
