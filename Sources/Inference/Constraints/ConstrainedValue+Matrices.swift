// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

extension ConstrainedValue {
    /// The value itself, found to be lower triangular with a positive diagonal
    /// and, when asked, rows of norm 1.
    func checkedFactor(unitRows: Bool) throws(ConstraintError) -> [Double] {
        for i in 0..<rows {
            var squared = 0.0
            for j in 0..<columns {
                let x = entry(i, j)
                squared += x * x
                if j > i, x != 0 {
                    throw outside(i + j * rows, "0 (the matrix must be lower triangular)")
                }
                if i == j, !(x > 0) { throw outside(i + j * rows, "positive") }
            }
            if unitRows, abs(squared - 1) > Constraint.tolerance {
                throw ConstraintError(
                    "row \(i + 1) of \(name) must have norm 1, but its norm is "
                        + "\(squared.squareRoot())")
            }
        }
        return values
    }

    /// The Cholesky factor of a symmetric positive definite value.
    func factored() throws(ConstraintError) -> [Double] {
        let n = rows
        for j in 0..<n {
            for i in (j + 1)..<max(n, j + 1)
            where !(abs(entry(i, j) - entry(j, i)) <= Constraint.tolerance) {
                throw outside(j + i * n, "\(entry(i, j)) (the matrix must be symmetric)")
            }
        }
        var factor = [Double](repeating: 0, count: n * n)
        for j in 0..<n {
            var pivot = entry(j, j)
            for k in 0..<j { pivot -= factor[j + k * n] * factor[j + k * n] }
            guard pivot > 0 else {
                throw ConstraintError(
                    "\(name) must be positive definite, but the leading block of size \(j + 1) "
                        + "is not")
            }
            let diagonal = pivot.squareRoot()
            factor[j + j * n] = diagonal
            for i in (j + 1)..<max(n, j + 1) {
                var sum = entry(i, j)
                for k in 0..<j { sum -= factor[i + k * n] * factor[j + k * n] }
                factor[i + j * n] = sum / diagonal
            }
        }
        return factor
    }

    /// Row by row: the inverse hyperbolic tangent of each entry over what the
    /// row has left, √(1 − Σ_{l<j} Lᵢₗ²).
    func partialCorrelations(ofFactor factor: [Double]) throws(ConstraintError) -> [Double] {
        let n = rows
        var free: [Double] = []
        for i in 1..<max(n, 1) {
            // From the right, where nothing cancels: what is left after j is
            // the norm of the entries from j on.
            var coordinates: [Double] = []
            var remaining = factor[i + i * n] * factor[i + i * n]
            for j in stride(from: i - 1, through: 0, by: -1) {
                let x = factor[i + j * n]
                // atanh(x / √(x² + r)) = asinh(x / √r)
                coordinates.append(asinh(x / remaining.squareRoot()))
                remaining += x * x
            }
            free += coordinates.reversed()
        }
        return free
    }

    func partialCorrelationsByColumn() throws(ConstraintError) -> [Double] {
        let n = rows
        for i in 0..<n where abs(entry(i, i) - 1) > Constraint.tolerance {
            throw outside(i + i * n, "1")
        }
        let byRow = try partialCorrelations(ofFactor: try factored())
        var free: [Double] = []
        for j in 0..<n {
            for i in (j + 1)..<max(n, j + 1) { free.append(byRow[i * (i - 1) / 2 + j]) }
        }
        return free
    }

    /// Row by row, the diagonal as its logarithm.
    func logTriangle(of factor: [Double]) throws(ConstraintError) -> [Double] {
        var free: [Double] = []
        for i in 0..<rows {
            for j in 0..<min(i + 1, columns) {
                let x = factor[i + j * rows]
                free.append(i == j ? log(x) : x)
            }
        }
        return free
    }
}
