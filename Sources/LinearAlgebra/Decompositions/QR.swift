// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors

/// A matrix as Q·R: orthonormal columns and an upper triangle (LAPACK's
/// `dgeqrf`). Of an m×n matrix, Q is m×k and R is k×n with k = min(m, n). The
/// diagonal of R is not negative, which makes the decomposition of a matrix of
/// full column rank unique.
public struct QR: Sendable {
    public let q: Matrix
    public let r: Matrix

    init(_ matrix: Matrix) throws {
        try matrix.checkFinite("QR")
        _ = BLAS.ready
        let k = min(matrix.rows, matrix.columns)
        guard k > 0 else {
            q = .zeros(matrix.rows, 0)
            r = .zeros(0, matrix.columns)
            return
        }
        var factors = matrix
        var tau = [Double](repeating: 0, count: k)
        var info: Int32 = 0
        var query = [0.0]
        factors.withElements {
            dgeqrf_([matrix.m], [matrix.n], &$0, [matrix.leading], &tau, &query, [-1], &info)
        }
        var work = [Double](repeating: 0, count: max(workspaceSize(query), matrix.columns))
        factors.withElements {
            dgeqrf_(
                [matrix.m], [matrix.n], &$0, [matrix.leading], &tau, &work,
                [Int32(clamping: work.count)], &info)
        }
        var r = Matrix.zeros(k, matrix.columns)
        for j in 0..<matrix.columns { for i in 0...min(j, k - 1) { r[i, j] = factors[i, j] } }
        var q = try factors.block(rows: 0..<matrix.rows, columns: 0..<k)
        q.withElements {
            dorgqr_(
                [matrix.m], [Int32(clamping: k)], [Int32(clamping: k)], &$0, [matrix.leading], tau,
                &work, [Int32(clamping: work.count)], &info)
        }
        for i in 0..<k where r[i, i] < 0 {
            for j in 0..<r.columns { r[i, j] = -r[i, j] }
            for j in 0..<q.rows { q[j, i] = -q[j, i] }
        }
        self.q = q
        self.r = r
    }
}

/// The x that makes ‖A·x − b‖ least; of several the shortest.
public struct LeastSquares: Sendable {
    public let solution: Vector
    /// ‖A·x − b‖.
    public let residualNorm: Double
    /// The number of singular values of A that count.
    public let rank: Int
    /// Of A, in descending order.
    public let singularValues: Vector
}

extension Matrix {
    /// Q·R. Throws when an entry is not finite.
    public var qr: QR { get throws { try QR(self) } }

    /// The least-squares solution by the singular value decomposition (LAPACK's
    /// `dgelsd`), which a matrix of any shape and rank has.
    ///
    /// Singular values below `tolerance` times the largest count as 0; nil is
    /// max(m, n)·ε.
    public func leastSquares(_ right: Vector, tolerance: Double? = nil) throws -> LeastSquares {
        guard right.count == rows else {
            throw ShapeError(
                "least squares", left: shape, right: right.shape,
                requirement: "the right side must have as many entries as the matrix has rows")
        }
        try checkFinite("least squares")
        guard right.allSatisfy(\.isFinite) else {
            throw NumericalError("least squares", "the right side holds values that are not finite")
        }
        let k = min(rows, columns)
        guard k > 0 else {
            return LeastSquares(
                solution: .zeros(columns), residualNorm: right.norm, rank: 0, singularValues: [])
        }
        _ = BLAS.ready
        let cutoff = tolerance ?? Double(max(rows, columns)) * Double.ulpOfOne
        let height = Int32(clamping: max(rows, columns))
        var b = right.elements + [Double](repeating: 0, count: max(columns - rows, 0))
        var s = [Double](repeating: 0, count: k)
        var rank: Int32 = 0
        var info: Int32 = 0
        var query = [0.0]
        var integerQuery = [Int32](repeating: 0, count: 1)
        var factors = self
        factors.withElements {
            dgelsd_(
                [m], [n], [1], &$0, [leading], &b, [height], &s, [cutoff], &rank, &query, [-1],
                &integerQuery, &info)
        }
        var work = [Double](repeating: 0, count: workspaceSize(query))
        var integers = [Int32](repeating: 0, count: max(1, Int(integerQuery[0])))
        factors.withElements {
            dgelsd_(
                [m], [n], [1], &$0, [leading], &b, [height], &s, [cutoff], &rank, &work,
                [Int32(clamping: work.count)], &integers, &info)
        }
        try checkConverged(info, "least squares")
        let solution = Vector(b.prefix(columns))
        return LeastSquares(
            solution: solution, residualNorm: try (self * solution - right).norm, rank: Int(rank),
            singularValues: Vector(s))
    }
}
