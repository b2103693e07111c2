// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors

/// Eigenvalues and eigenvectors of a square matrix.
///
/// A symmetric matrix has real values in ascending order and orthonormal
/// vectors (LAPACK's `dsyevd`). Any other may have complex values: their
/// imaginary parts, and those of the vectors, stand beside the real ones
/// (`dgeev`), in ascending order of the real part, then of the imaginary part.
public struct Eigen: Sendable {
    /// The eigenvalues, or their real parts.
    public let values: Vector
    /// All 0 for a symmetric matrix.
    public let imaginaryParts: Vector
    /// The eigenvectors as columns, or their real parts, of length 1.
    public let vectors: Matrix
    public let imaginaryVectors: Matrix
    public let isSymmetric: Bool

    /// Whether all eigenvalues are real.
    public var isReal: Bool { imaginaryParts.allSatisfy { $0 == 0 } }

    init(_ matrix: Matrix) throws {
        try matrix.checkSquare("eigen")
        try matrix.checkFinite("eigen")
        _ = BLAS.ready
        isSymmetric = matrix.isSymmetric()
        if isSymmetric {
            (values, vectors) = try Self.symmetric(matrix)
            imaginaryParts = .zeros(matrix.rows)
            imaginaryVectors = .zeros(matrix.rows, matrix.rows)
        } else {
            (values, imaginaryParts, vectors, imaginaryVectors) = try Self.general(matrix)
        }
    }

    private static func symmetric(_ matrix: Matrix) throws -> (Vector, Matrix) {
        let n = matrix.rows
        guard n > 0 else { return ([], matrix) }
        var vectors = 0.5 * (try matrix + matrix.transposed)
        var values = [Double](repeating: 0, count: n)
        var info: Int32 = 0
        var query = [0.0]
        var integerQuery = [Int32](repeating: 0, count: 1)
        vectors.withElements {
            dsyevd_(
                "V", "L", [matrix.n], &$0, [matrix.leading], &values, &query, [-1], &integerQuery,
                [-1], &info)
        }
        var work = [Double](repeating: 0, count: workspaceSize(query))
        var integers = [Int32](repeating: 0, count: max(1, Int(integerQuery[0])))
        let sizes = (Int32(clamping: work.count), Int32(clamping: integers.count))
        vectors.withElements {
            dsyevd_(
                "V", "L", [matrix.n], &$0, [matrix.leading], &values, &work, [sizes.0], &integers,
                [sizes.1], &info)
        }
        try checkConverged(info, "eigen")
        return (Vector(values), vectors)
    }

    private static func general(
        _ matrix: Matrix
    ) throws -> (Vector, Vector, Matrix, Matrix) {
        let n = matrix.rows
        var a = matrix.elements
        var real = [Double](repeating: 0, count: n)
        var imaginary = real
        var left = [0.0]
        var right = [Double](repeating: 0, count: n * n)
        var info: Int32 = 0
        var query = [0.0]
        dgeev_(
            "N", "V", [matrix.n], &a, [matrix.leading], &real, &imaginary, &left, [1], &right,
            [matrix.leading], &query, [-1], &info)
        var work = [Double](repeating: 0, count: max(workspaceSize(query), 4 * n))
        dgeev_(
            "N", "V", [matrix.n], &a, [matrix.leading], &real, &imaginary, &left, [1], &right,
            [matrix.leading], &work, [Int32(clamping: work.count)], &info)
        try checkConverged(info, "eigen")
        // Conjugate pairs share two columns: real part, then imaginary part.
        var realVectors = Matrix.zeros(n, n)
        var imaginaryVectors = realVectors
        var j = 0
        while j < n {
            let isPair = imaginary[j] != 0 && j + 1 < n
            for i in 0..<n {
                realVectors[i, j] = right[j * n + i]
                if isPair {
                    realVectors[i, j + 1] = right[j * n + i]
                    imaginaryVectors[i, j] = right[(j + 1) * n + i]
                    imaginaryVectors[i, j + 1] = -right[(j + 1) * n + i]
                }
            }
            j += isPair ? 2 : 1
        }
        let order = (0..<n).sorted { (real[$0], imaginary[$0]) < (real[$1], imaginary[$1]) }
        return (
            Vector(order.map { real[$0] }), Vector(order.map { imaginary[$0] }),
            try Matrix(columns: order.map { realVectors.column($0) }),
            try Matrix(columns: order.map { imaginaryVectors.column($0) })
        )
    }
}

extension Matrix {
    /// Eigenvalues and eigenvectors. Throws when the matrix is not square or an
    /// entry is not finite.
    public var eigen: Eigen { get throws { try Eigen(self) } }
}
