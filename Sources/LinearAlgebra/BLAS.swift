// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors

/// What must hold before a BLAS or LAPACK routine runs.
enum BLAS {
    /// One thread: chains run in parallel, and more would fight over the cores.
    static let ready: Void = openblas_set_num_threads(1)
}

extension Matrix {
    var n: Int32 { Int32(clamping: columns) }
    var m: Int32 { Int32(clamping: rows) }
    /// LAPACK wants a leading dimension of at least 1.
    var leading: Int32 { max(m, 1) }

    /// LAPACK may loop for ever on NaN.
    func checkFinite(_ operation: String) throws(NumericalError) {
        guard let i = elements.firstIndex(where: { !$0.isFinite }) else { return }
        throw NumericalError(
            operation,
            "the matrix holds \(elements[i]) in row \(i % rows), column \(i / rows) (from 0); "
                + "all entries must be finite")
    }

    func checkSquare(_ operation: String) throws(ShapeError) {
        guard rows == columns else {
            throw ShapeError(operation, left: shape, requirement: "the matrix must be square")
        }
    }
}

/// The workspace LAPACK asked for in the first entry of a query.
func workspaceSize(_ query: [Double]) -> Int {
    guard let first = query.first, first >= 1, first < 2e9 else { return 1 }
    return Int(first)
}

/// An error for a code that only a defect or an iteration limit can cause.
func checkConverged(_ info: Int32, _ operation: String) throws(NumericalError) {
    guard info != 0 else { return }
    throw NumericalError(operation, "the iteration did not converge (LAPACK code \(info))")
}
