// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors
import Foundation

/// A square matrix as P·L·U: a permutation, a unit lower and an upper triangle
/// (LAPACK's `dgetrf`).
public struct LU: Sendable {
    private let factors: Matrix
    private let pivots: [Int32]
    /// Whether a pivot is exactly 0.
    public let isSingular: Bool
    /// An estimate of 1/(‖A‖₁·‖A⁻¹‖₁): 1 for an orthogonal matrix up to a
    /// permutation, 0 for a singular one (LAPACK's `dgecon`).
    public let reciprocalCondition: Double

    init(_ matrix: Matrix) throws {
        try matrix.checkSquare("LU")
        try matrix.checkFinite("LU")
        _ = BLAS.ready
        var factors = matrix
        var pivots = [Int32](repeating: 0, count: matrix.rows)
        var info: Int32 = 0
        var condition = 1.0
        if matrix.rows > 0 {
            factors.withElements {
                dgetrf_([matrix.m], [matrix.n], &$0, [matrix.leading], &pivots, &info)
            }
            var work = [Double](repeating: 0, count: 4 * matrix.rows)
            var integers = [Int32](repeating: 0, count: matrix.rows)
            condition = 0
            if info == 0 {
                var status: Int32 = 0
                dgecon_(
                    "1", [matrix.n], factors.elements, [matrix.leading], [matrix.norm1], &condition,
                    &work, &integers, &status)
            }
        }
        self.factors = factors
        self.pivots = pivots
        isSingular = info > 0
        reciprocalCondition = condition
    }

    public var lower: Matrix {
        var out = Matrix.identity(factors.rows)
        for j in 0..<factors.columns {
            for i in (j + 1)..<max(factors.rows, j + 1) { out[i, j] = factors[i, j] }
        }
        return out
    }

    public var upper: Matrix {
        var out = Matrix.zeros(factors.rows, factors.columns)
        for j in 0..<factors.columns { for i in 0...j { out[i, j] = factors[i, j] } }
        return out
    }

    /// Row i of L·U is row `permutation[i]` of the matrix.
    public var permutation: [Int] {
        var order = Array(0..<factors.rows)
        for (i, pivot) in pivots.enumerated() { order.swapAt(i, Int(pivot) - 1) }
        return order
    }

    public var determinant: Double {
        let (sign, log) = logDeterminant
        // The product itself where it can be had, for exact small integers.
        let product = factors.diagonal.reduce(sign < 0 ? -1 : 1) { $0 * $1.magnitude }
        return product.isNormal || sign == 0 ? (sign == 0 ? 0 : product) : sign * exp(log)
    }

    /// The sign (−1, 0 or 1) and the logarithm of the magnitude.
    public var logDeterminant: (sign: Double, logMagnitude: Double) {
        var sign = 1.0
        var sum = 0.0
        for (i, pivot) in pivots.enumerated() {
            if Int(pivot) - 1 != i { sign = -sign }
            let entry = factors[i, i]
            if entry == 0 { return (0, -.infinity) }
            if entry < 0 { sign = -sign }
            sum += log(entry.magnitude)
        }
        return (sign, sum)
    }

    /// The solution of A·X = B for every column of B.
    ///
    /// Throws a ``ShapeError``, or a `NumericalError` with the condition number
    /// when no digit of the solution would be right.
    public func solve(_ right: Matrix) throws -> Matrix {
        guard right.rows == factors.rows else {
            throw ShapeError(
                "solve", left: factors.shape, right: right.shape,
                requirement: "the right side must have as many rows as the matrix")
        }
        try checkCondition("solve")
        guard right.rows > 0, right.columns > 0 else { return right }
        var out = right
        var info: Int32 = 0
        out.withElements {
            dgetrs_(
                "N", [factors.n], [right.n], factors.elements, [factors.leading], pivots, &$0,
                [right.leading], &info)
        }
        return out
    }

    public func solve(_ right: Vector) throws -> Vector {
        Vector(try solve(Matrix(unchecked: right.count, 1, right.elements)).elements)
    }

    /// Throws when the matrix is singular to working precision.
    public func inverse() throws -> Matrix {
        try checkCondition("inverse")
        guard factors.rows > 0 else { return factors }
        var out = factors
        var query = [0.0]
        var info: Int32 = 0
        out.withElements {
            dgetri_([factors.n], &$0, [factors.leading], pivots, &query, [-1], &info)
        }
        var work = [Double](repeating: 0, count: max(workspaceSize(query), factors.rows))
        let size = Int32(clamping: work.count)
        out.withElements {
            dgetri_([factors.n], &$0, [factors.leading], pivots, &work, [size], &info)
        }
        return out
    }

    private func checkCondition(_ operation: String) throws(NumericalError) {
        guard isSingular || reciprocalCondition < Double.ulpOfOne else { return }
        let condition =
            reciprocalCondition > 0
            ? "its condition number is about \(NumberFormat.short(1 / reciprocalCondition))"
            : "a pivot is 0, its condition number is infinite"
        throw NumericalError(
            operation,
            "the \(factors.shape) matrix is singular to working precision (\(condition)); "
                + "leastSquares gives the solution of least norm")
    }
}

extension Matrix {
    /// P·L·U. Throws for a matrix that is not square or not finite; a singular
    /// one has a decomposition too.
    public var lu: LU { get throws { try LU(self) } }

    /// The solution x of A·x = b.
    public func solve(_ right: Vector) throws -> Vector { try LU(self).solve(right) }
    public func solve(_ right: Matrix) throws -> Matrix { try LU(self).solve(right) }

    public var inverse: Matrix { get throws { try LU(self).inverse() } }
    public var determinant: Double { get throws { try LU(self).determinant } }
    /// The sign (−1, 0 or 1) and the logarithm of the determinant's magnitude.
    public var logDeterminant: (sign: Double, logMagnitude: Double) {
        get throws { try LU(self).logDeterminant }
    }
}
