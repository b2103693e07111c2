// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS

/// Adjoints of the matrix operations.
///
/// Giles, M. (2008), "Collected matrix derivative results for forward and
/// reverse mode algorithmic differentiation"; for the Cholesky factor in blocks
/// Murray, I. (2016), "Differentiation of the Cholesky decomposition".
extension Workspace {
    func reverseMatrix(_ s: UnsafePointer<Instruction>) {
        let (rows, inner, columns) = (
            Int(s.pointee.extra), Int(s.pointee.inner), Int(s.pointee.count)
        )
        let (a, b, out) = (
            values + Int(s.pointee.a), values + Int(s.pointee.b), values + Int(s.pointee.out)
        )
        let dOut = adjoints + Int(s.pointee.out)
        let da = s.pointee.activeA ? adjoints + Int(s.pointee.a) : nil
        let db = s.pointee.activeB ? adjoints + Int(s.pointee.b) : nil
        switch s.pointee.step {
        case .matrixProduct:
            if let da {
                Dense.addLeftAdjoint(dOut, b, into: da, rows: rows, inner: inner, columns: columns)
            }
            if let db {
                Dense.addRightAdjoint(a, dOut, into: db, rows: rows, inner: inner, columns: columns)
            }
        case .cholesky: if let da { reverseCholesky(out, dOut, into: da, rows) }
        case .solveLower, .solveLowerTransposed:
            reverseTriangularSolve(
                a, out, dOut, da, db, rows, columns,
                transposed: s.pointee.step == .solveLowerTransposed)
        case .inverse: if let da { reverseInverse(out, dOut, into: da, rows) }
        case .solve: reverseSolve(a, out, dOut, da, db, rows, columns)
        case .logDeterminant: if let da { reverseLogDeterminant(a, dOut.pointee, into: da, rows) }
        default: break
        }
    }

    /// The lower triangle of the argument is what was read, so the adjoint goes
    /// there whole.
    private func reverseCholesky(
        _ l: UnsafePointer<Double>, _ dl: UnsafePointer<Double>,
        into da: UnsafeMutablePointer<Double>, _ n: Int
    ) {
        let f = scratch
        f.update(from: dl, count: n * n)
        reverseCholeskyInPlace(l, f, n, n)
        for column in 0..<n {
            for row in column..<n { da[column * n + row] += f[column * n + row] }
        }
    }

    /// The adjoint of the factor becomes that of the matrix, in the lower triangle,
    /// half by half: L₁₁ of A₁₁, L₂₁ = A₂₁ L₁₁⁻ᵀ, L₂₂ of A₂₂ − L₂₁ L₂₁ᵀ, backwards.
    private func reverseCholeskyInPlace(
        _ l: UnsafePointer<Double>, _ f: UnsafeMutablePointer<Double>, _ n: Int, _ stride: Int
    ) {
        if n <= 24 {
            reverseSmallCholesky(l, f, n, stride)
            return
        }
        let first = n / 2
        let rest = n - first
        let (size, height, width) = (Int32(stride), Int32(rest), Int32(first))
        let (l21, f21) = (l + first, f + first)
        let f22 = f + first * (stride + 1)
        reverseCholeskyInPlace(l + first * (stride + 1), f22, rest, stride)
        // Entries of the diagonal stand for twice their part of the symmetric product.
        for i in 0..<rest { f22[i * (stride + 1)] *= 2 }
        cblas_dsymm(
            CblasColMajor, CblasLeft, CblasLower, height, width, -1, f22, size, l21, size, 1, f21,
            size)
        for i in 0..<rest { f22[i * (stride + 1)] *= 0.5 }
        cblas_dtrsm(
            CblasColMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, height, width, 1, l,
            size, f21, size)
        // What this writes above the diagonal is never read.
        cblas_dgemm(
            CblasColMajor, CblasTrans, CblasNoTrans, width, width, height, -1, f21, size, l21,
            size, 1, f, size)
        reverseCholeskyInPlace(l, f, first, stride)
    }

    /// Column by column: Smith, S. P. (1995), "Differentiation of the Cholesky
    /// algorithm".
    private func reverseSmallCholesky(
        _ l: UnsafePointer<Double>, _ f: UnsafeMutablePointer<Double>, _ n: Int, _ stride: Int
    ) {
        for k in (0..<n).reversed() {
            let (lk, fk) = (l + k * stride, f + k * stride)
            for j in k + 1..<max(n, k + 1) {
                let fj = f + j * stride
                let pivot = lk[j]
                var total = 0.0
                for i in j..<n {
                    fk[i] -= fj[i] * pivot
                    total += fj[i] * lk[i]
                }
                fk[j] -= total
            }
            let inverse = 1 / lk[k]
            var total = 0.0
            for j in k + 1..<max(n, k + 1) {
                fk[j] *= inverse
                total += lk[j] * fk[j]
            }
            fk[k] = (fk[k] - total) * 0.5 * inverse
        }
    }

    private func reverseTriangularSolve(
        _ l: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ dx: UnsafePointer<Double>,
        _ dl: UnsafeMutablePointer<Double>?, _ db: UnsafeMutablePointer<Double>?, _ n: Int,
        _ columns: Int, transposed: Bool
    ) {
        let u = scratch
        u.update(from: dx, count: n * columns)
        Dense.solveTriangularInPlace(l, u, n, columns, transposed: !transposed)
        if let db { for i in 0..<n * columns { db[i] += u[i] } }
        guard let dl else { return }
        // L̄ −= tril(u xᵀ), or tril(x uᵀ) for the transposed system.
        let (left, right) = transposed ? (x, UnsafePointer(u)) : (UnsafePointer(u), x)
        for k in 0..<columns {
            for column in 0..<n {
                let factor = right[k * n + column]
                for row in column..<n { dl[column * n + row] -= left[k * n + row] * factor }
            }
        }
    }

    /// Ā −= Xᵀ X̄ Xᵀ for X = A⁻¹.
    private func reverseInverse(
        _ x: UnsafePointer<Double>, _ dx: UnsafePointer<Double>,
        into da: UnsafeMutablePointer<Double>, _ n: Int
    ) {
        let size = Int32(n)
        cblas_dgemm(
            CblasColMajor, CblasTrans, CblasNoTrans, size, size, size, 1, x, size, dx, size, 0,
            scratch, size)
        cblas_dgemm(
            CblasColMajor, CblasNoTrans, CblasTrans, size, size, size, -1, scratch, size, x, size,
            1, da, size)
    }

    /// b̄ += A⁻ᵀ x̄ and Ā −= (A⁻ᵀ x̄) xᵀ for x = A⁻¹ b.
    private func reverseSolve(
        _ a: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ dx: UnsafePointer<Double>,
        _ da: UnsafeMutablePointer<Double>?, _ db: UnsafeMutablePointer<Double>?, _ n: Int,
        _ columns: Int
    ) {
        let factor = scratch
        let u = scratch + n * n
        factor.update(from: a, count: n * n)
        u.update(from: dx, count: n * columns)
        Dense.solveInPlace(factor, u, n, columns, transposed: true)
        if let db { for i in 0..<n * columns { db[i] += u[i] } }
        if let da {
            let size = Int32(n)
            cblas_dgemm(
                CblasColMajor, CblasNoTrans, CblasTrans, size, size, Int32(columns), -1, u, size,
                x, size, 1, da, size)
        }
    }

    /// Ā += s A⁻ᵀ.
    private func reverseLogDeterminant(
        _ a: UnsafePointer<Double>, _ seed: Double, into da: UnsafeMutablePointer<Double>, _ n: Int
    ) {
        let factor = scratch
        let u = scratch + n * n
        factor.update(from: a, count: n * n)
        u.update(repeating: 0, count: n * n)
        for i in 0..<n { u[i * n + i] = seed }
        Dense.solveInPlace(factor, u, n, n, transposed: true)
        for i in 0..<n * n { da[i] += u[i] }
    }
}
