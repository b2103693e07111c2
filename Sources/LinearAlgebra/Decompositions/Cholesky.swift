// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors
import Foundation

/// A symmetric positive definite matrix as L·Lᵀ with L lower triangular
/// (LAPACK's `dpotrf`). Only the lower triangle of the matrix is read after its
/// symmetry has been checked.
public struct Cholesky: Sendable {
    /// L.
    public let lower: Matrix

    init(_ matrix: Matrix) throws {
        try matrix.checkSquare("Cholesky")
        try matrix.checkFinite("Cholesky")
        try matrix.checkSymmetric("Cholesky")
        _ = BLAS.ready
        var lower = matrix
        var info: Int32 = 0
        if matrix.rows > 0 {
            lower.withElements { dpotrf_("L", [matrix.n], &$0, [matrix.leading], &info) }
        }
        guard info == 0 else {
            throw NumericalError(
                "Cholesky",
                "the \(matrix.shape) matrix is not positive definite: its leading minor of order "
                    + "\(info) is not positive")
        }
        for j in 1..<max(lower.columns, 1) { for i in 0..<j { lower[i, j] = 0 } }
        self.lower = lower
    }

    public var determinant: Double { exp(logDeterminant) }
    public var logDeterminant: Double { 2 * lower.diagonal.reduce(0) { $0 + log($1) } }

    /// The solution of A·X = B for every column of B.
    public func solve(_ right: Matrix) throws(ShapeError) -> Matrix {
        guard right.rows == lower.rows else {
            throw ShapeError(
                "solve", left: lower.shape, right: right.shape,
                requirement: "the right side must have as many rows as the matrix")
        }
        guard right.rows > 0, right.columns > 0 else { return right }
        var out = right
        out.withElements {
            for transpose in [CblasNoTrans, CblasTrans] {
                cblas_dtrsm(
                    CblasColMajor, CblasLeft, CblasLower, transpose, CblasNonUnit, right.m, right.n,
                    1, lower.elements, lower.leading, &$0, right.leading)
            }
        }
        return out
    }

    public func solve(_ right: Vector) throws(ShapeError) -> Vector {
        Vector(try solve(Matrix(unchecked: right.count, 1, right.elements)).elements)
    }
}

extension Matrix {
    /// L·Lᵀ. Throws when the matrix is not square, not symmetric, not finite or
    /// not positive definite.
    public var cholesky: Cholesky { get throws { try Cholesky(self) } }

    /// Whether the matrix equals its transpose up to `tolerance` times its
    /// largest entry.
    public func isSymmetric(tolerance: Double = 1e-12) -> Bool {
        guard isSquare else { return false }
        let largest = elements.reduce(0) { max($0, $1.magnitude) }
        for j in 0..<columns {
            for i in 0..<j where !((self[i, j] - self[j, i]).magnitude <= tolerance * largest) {
                return false
            }
        }
        return true
    }

    func checkSymmetric(_ operation: String) throws(NumericalError) {
        guard !isSymmetric() else { return }
        throw NumericalError(operation, "the \(shape) matrix is not symmetric")
    }
}
