// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS

/// Dense algebra on columns-first storage through BLAS and LAPACK.
///
/// A failed factorisation gives NaN, which the caller sees in the density.
enum Dense {
    /// BLAS on one thread: chains run beside each other, and results must not
    /// depend on the number of processors.
    static let ready: Void = openblas_set_num_threads(1)

    /// Products of so few multiplications take less time than a call of BLAS.
    private static let smallProduct = 200

    // MARK: Known values

    static func product(
        _ a: [Double], _ b: [Double], rows: Int, inner: Int, columns: Int
    ) -> [Double] {
        var c = [Double](repeating: 0, count: rows * columns)
        addProduct(a, b, into: &c, rows: rows, inner: inner, columns: columns)
        return c
    }

    static func cholesky(_ a: [Double], _ n: Int) -> [Double] {
        var l = a
        choleskyInPlace(&l, n)
        return l
    }

    static func inverse(_ a: [Double], _ n: Int) -> [Double] {
        var result = [Double](repeating: 0, count: n * n)
        for i in 0..<n { result[i * n + i] = 1 }
        var work = a
        solveInPlace(&work, &result, n, n, transposed: false)
        return result
    }

    static func solve(_ a: [Double], _ b: [Double], _ n: Int, _ columns: Int) -> [Double] {
        var work = a
        var x = b
        solveInPlace(&work, &x, n, columns, transposed: false)
        return x
    }

    static func logDeterminant(_ a: [Double], _ n: Int) -> Double {
        var work = a
        return logDeterminantInPlace(&work, n)
    }

    static func solveTriangular(
        _ l: [Double], _ b: [Double], _ n: Int, _ columns: Int, transposed: Bool
    ) -> [Double] {
        var x = b
        solveTriangularInPlace(l, &x, n, columns, transposed: transposed)
        return x
    }

    // MARK: In place

    /// c += a b
    static func addProduct(
        _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
        into c: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
    ) {
        if rows * inner * columns <= smallProduct {
            for k in 0..<columns {
                for j in 0..<inner {
                    let factor = b[k * inner + j]
                    for i in 0..<rows { c[k * rows + i] += a[j * rows + i] * factor }
                }
            }
            return
        }
        _ = ready
        if columns == 1 {
            cblas_dgemv(
                CblasColMajor, CblasNoTrans, Int32(rows), Int32(inner), 1, a, Int32(rows), b, 1, 1,
                c, 1)
        } else {
            cblas_dgemm(
                CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns),
                Int32(inner), 1, a, Int32(rows), b, Int32(inner), 1, c, Int32(rows))
        }
    }

    /// c += a b for some of the rows of a matrix, and a vector.
    static func addProduct(
        _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
        into c: UnsafeMutablePointer<Double>, rows: Int, of all: Int, inner: Int
    ) {
        _ = ready
        cblas_dgemv(
            CblasColMajor, CblasNoTrans, Int32(rows), Int32(inner), 1, a, Int32(all), b, 1, 1, c,
            1)
    }

    /// b += aᵀ c for some of the rows of a matrix, and a vector.
    static func addRightAdjoint(
        _ a: UnsafePointer<Double>, _ c: UnsafePointer<Double>,
        into b: UnsafeMutablePointer<Double>, rows: Int, of all: Int, inner: Int
    ) {
        cblas_dgemv(
            CblasColMajor, CblasTrans, Int32(rows), Int32(inner), 1, a, Int32(all), c, 1, 1, b, 1)
    }

    /// a += c bᵀ, the adjoint of the left factor.
    static func addLeftAdjoint(
        _ c: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
        into a: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
    ) {
        if rows * inner * columns <= smallProduct {
            for k in 0..<columns {
                for j in 0..<inner {
                    let factor = b[k * inner + j]
                    for i in 0..<rows { a[j * rows + i] += c[k * rows + i] * factor }
                }
            }
        } else if columns == 1 {
            cblas_dger(
                CblasColMajor, Int32(rows), Int32(inner), 1, c, 1, b, 1, a, Int32(rows))
        } else {
            cblas_dgemm(
                CblasColMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(inner),
                Int32(columns), 1, c, Int32(rows), b, Int32(inner), 1, a, Int32(rows))
        }
    }

    /// b += aᵀ c, the adjoint of the right factor.
    static func addRightAdjoint(
        _ a: UnsafePointer<Double>, _ c: UnsafePointer<Double>,
        into b: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
    ) {
        if rows * inner * columns <= smallProduct {
            for k in 0..<columns {
                for j in 0..<inner {
                    var total = 0.0
                    for i in 0..<rows { total += a[j * rows + i] * c[k * rows + i] }
                    b[k * inner + j] += total
                }
            }
        } else if columns == 1 {
            cblas_dgemv(
                CblasColMajor, CblasTrans, Int32(rows), Int32(inner), 1, a, Int32(rows), c, 1, 1,
                b, 1)
        } else {
            cblas_dgemm(
                CblasColMajor, CblasTrans, CblasNoTrans, Int32(inner), Int32(columns),
                Int32(rows), 1, a, Int32(rows), c, Int32(rows), 1, b, Int32(inner))
        }
    }

    /// The lower factor, zeros above the diagonal; all NaN when there is none.
    static func choleskyInPlace(_ a: UnsafeMutablePointer<Double>, _ n: Int) {
        _ = ready
        var (size, info) = (Int32(n), Int32(0))
        dpotrf_("L", &size, a, &size, &info)
        for column in 0..<n {
            for row in 0..<n where info != 0 || row < column {
                a[column * n + row] = info != 0 ? .nan : 0
            }
        }
    }

    static func solveTriangularInPlace(
        _ l: UnsafePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ n: Int, _ columns: Int,
        transposed: Bool
    ) {
        _ = ready
        let operation = transposed ? CblasTrans : CblasNoTrans
        if columns == 1 {
            cblas_dtrsv(
                CblasColMajor, CblasLower, operation, CblasNonUnit, Int32(n), l, Int32(n), b, 1)
        } else {
            cblas_dtrsm(
                CblasColMajor, CblasLeft, CblasLower, operation, CblasNonUnit, Int32(n),
                Int32(columns), 1, l, Int32(n), b, Int32(n))
        }
    }

    /// b becomes a⁻¹ b; a is overwritten. NaN when a is singular.
    static func solveInPlace(
        _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ n: Int,
        _ columns: Int, transposed: Bool
    ) {
        _ = ready
        var (size, count, info) = (Int32(n), Int32(columns), Int32(0))
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: n) { pivots in
            dgetrf_(&size, &size, a, &size, pivots.baseAddress, &info)
            if info == 0 {
                dgetrs_(
                    transposed ? "T" : "N", &size, &count, a, &size, pivots.baseAddress, b, &size,
                    &info)
            }
        }
        if info != 0 { for i in 0..<n * columns { b[i] = .nan } }
    }

    /// log |det a|; a is overwritten.
    static func logDeterminantInPlace(_ a: UnsafeMutablePointer<Double>, _ n: Int) -> Double {
        _ = ready
        var (size, info) = (Int32(n), Int32(0))
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: n) { pivots in
            dgetrf_(&size, &size, a, &size, pivots.baseAddress, &info)
        }
        var total = 0.0
        for i in 0..<n { total += Kernels.shared.unary(.log, Swift.abs(a[i * n + i])) }
        return info < 0 ? .nan : total
    }
}
