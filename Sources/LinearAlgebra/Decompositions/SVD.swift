// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors

/// A matrix as U·diag(s)·Vᵀ with orthonormal columns in U and V and s ≥ 0 in
/// descending order (LAPACK's `dgesdd`). Of an m×n matrix, U is m×k and V n×k
/// with k = min(m, n).
public struct SVD: Sendable {
    public let u: Matrix
    /// The singular values.
    public let values: Vector
    /// V, not its transpose.
    public let v: Matrix
    private let shape: (Int, Int)

    init(_ matrix: Matrix) throws {
        try matrix.checkFinite("SVD")
        shape = (matrix.rows, matrix.columns)
        let k = min(matrix.rows, matrix.columns)
        guard k > 0 else {
            u = .zeros(matrix.rows, 0)
            values = []
            v = .zeros(matrix.columns, 0)
            return
        }
        _ = BLAS.ready
        var a = matrix.elements
        var s = [Double](repeating: 0, count: k)
        var u = [Double](repeating: 0, count: matrix.rows * k)
        var vt = [Double](repeating: 0, count: k * matrix.columns)
        var integers = [Int32](repeating: 0, count: 8 * k)
        var info: Int32 = 0
        var query = [0.0]
        let rank = Int32(clamping: k)
        dgesdd_(
            "S", [matrix.m], [matrix.n], &a, [matrix.leading], &s, &u, [matrix.leading], &vt,
            [rank],
            &query, [-1], &integers, &info)
        var work = [Double](repeating: 0, count: workspaceSize(query))
        dgesdd_(
            "S", [matrix.m], [matrix.n], &a, [matrix.leading], &s, &u, [matrix.leading], &vt,
            [rank],
            &work, [Int32(clamping: work.count)], &integers, &info)
        try checkConverged(info, "SVD")
        self.u = Matrix(unchecked: matrix.rows, k, u)
        values = Vector(s)
        v = Matrix(unchecked: k, matrix.columns, vt).transposed
    }

    /// The largest singular value over the smallest; ∞ for a singular matrix.
    public var condition: Double {
        guard let largest = values.first, let smallest = values.last else { return 1 }
        return smallest > 0 ? largest / smallest : .infinity
    }

    /// How many singular values are above `tolerance` times the largest; nil is
    /// max(m, n)·ε.
    public func rank(tolerance: Double? = nil) -> Int {
        let cutoff = tolerance ?? Double(max(shape.0, shape.1)) * Double.ulpOfOne
        guard let largest = values.first, largest > 0 else { return 0 }
        return values.count { $0 > cutoff * largest }
    }

    /// The Moore–Penrose inverse V·diag(1/s)·Uᵀ, with singular values that do
    /// not count in the rank left out.
    public func pseudoInverse(tolerance: Double? = nil) throws(ShapeError) -> Matrix {
        let rank = rank(tolerance: tolerance)
        var scaled = try v.block(rows: 0..<shape.1, columns: 0..<rank)
        for j in 0..<rank { for i in 0..<scaled.rows { scaled[i, j] /= values[j] } }
        return try scaled * u.block(rows: 0..<shape.0, columns: 0..<rank).transposed
    }
}

extension Matrix {
    /// U·diag(s)·Vᵀ. Throws when an entry is not finite.
    public var svd: SVD { get throws { try SVD(self) } }
    /// The number of independent columns, to working precision.
    public var rank: Int { get throws { try SVD(self).rank() } }
    /// The condition number in the 2-norm; ∞ for a singular matrix.
    public var condition: Double { get throws { try SVD(self).condition } }
    /// The largest stretch of a vector: the largest singular value.
    public var norm2: Double { get throws { try SVD(self).values.first ?? 0 } }
    public var pseudoInverse: Matrix { get throws { try SVD(self).pseudoInverse() } }
}
