// SPDX-License-Identifier: GPL-3.0-or-later

/// The eigenvalues of a Hermitian matrix by its parts, in increasing order, and
/// eigenvectors of norm 1 as columns, whose largest entry is real and positive.
///
/// Derivatives of eigenvectors exist where the eigenvalues differ.
///
/// - Throws: a `Rejection` when the matrix is not Hermitian, here if it is known.
package func hermitianEigen(
    _ real: Traced, _ imaginary: Traced, _ name: String
) throws -> (values: Traced, vectors: (Traced, Traced)) {
    let n = real.shape.rows
    if n == 0 {
        let empty = Traced([], .matrix(0, 0))
        return (Traced([]), (empty, empty))
    }
    let count = n * n
    let function = AdjointFunction(
        value: { x in
            let a = HermitianEigen.complex(x, count)
            try HermitianEigen.requireHermitian(a, n, name)
            return HermitianEigen.decompose(a, n)
        },
        adjoint: { _, y, adjoints in GeneralEigen.adjoint(y, adjoints, n, isReal: false) })
    let all = try Traced.external(
        function, HermitianEigen.joined(real, imaginary), .vector(2 * n + 2 * count))
    func piece(_ start: Int) -> Traced {
        all.gather(Array(start..<start + count), .matrix(n, n))
    }
    return (all.gather(Array(0..<n)), (piece(2 * n), piece(2 * n + count)))
}

/// The thin singular value decomposition A = U diag(σ) Vᴴ of a complex matrix by its parts,
/// singular values in decreasing order, from the eigenvectors (u, v)/√2 of the Hermitian
/// matrix of A and Aᴴ beside the diagonal (Golub and Van Loan, Matrix Computations, 4th
/// ed., 8.6.1).
///
/// Derivatives of U and V exist where the singular values differ and are not 0.
package func complexSingularValueDecomposition(
    _ real: Traced, _ imaginary: Traced
) throws -> (u: (Traced, Traced), values: Traced, v: (Traced, Traced)) {
    let (m, n) = (real.shape.rows, real.shape.columns)
    let k = min(m, n)
    if k == 0 {
        let none = Traced([], .matrix(0, 0))
        return ((none, none), Traced([]), (none, none))
    }
    let dilation = Dilation(rows: m, columns: n)
    let function = AdjointFunction(
        value: { dilation.value($0) },
        adjoint: { x, _, adjoints in dilation.adjoint(x, adjoints) })
    let all = try Traced.external(
        function, HermitianEigen.joined(real, imaginary), .vector(k + 2 * (m + n) * k))
    func piece(_ start: Int, _ rows: Int) -> Traced {
        all.gather(Array(start..<start + rows * k), .matrix(rows, k))
    }
    return (
        (piece(k, m), piece(k + m * k, m)), all.gather(Array(0..<k)),
        (piece(k + 2 * m * k, n), piece(k + (2 * m + n) * k, n))
    )
}

enum HermitianEigen {
    static func joined(_ real: Traced, _ imaginary: Traced) -> Traced {
        let flat = [real, imaginary].map { $0.reshaped(.vector($0.count)).elements }
        return Traced.vector(flat[0] + flat[1])
    }

    static func complex(_ x: [Double], _ count: Int) -> [Complex] {
        (0..<count).map { Complex(real: x[$0], imaginary: x[count + $0]) }
    }

    static func requireHermitian(_ a: [Complex], _ n: Int, _ name: String) throws {
        for c in 0..<n {
            for r in 0...c {
                let gap = a[c * n + r] - a[r * n + c].conjugate
                guard gap.squaredNorm <= 1e-16 else {
                    throw Rejection(
                        "\(name): m is not Hermitian: m[\(r + 1),\(c + 1)] is not the conjugate "
                            + "of m[\(c + 1),\(r + 1)]")
                }
            }
        }
    }

    /// Values (and zeros for their imaginary parts), then the vectors' parts, as those of
    /// `GeneralEigen`.
    ///
    /// The symmetric matrix of X and ∓Y has each eigenvalue of X + iY twice, and (x, y) as
    /// an eigenvector for each x + iy: of its 2n eigenvectors those are taken that the
    /// ones before them do not span.
    static func decompose(_ a: [Complex], _ n: Int) -> [Double] {
        let none = [Double](repeating: .nan, count: 2 * n + 2 * n * n)
        var block = ColumnMatrix([Double](repeating: 0, count: 4 * n * n), 2 * n, 2 * n)
        for c in 0..<n {
            for r in 0..<n {
                let x = a[c * n + r]
                block[r, c] = x.real
                block[n + r, n + c] = x.real
                block[n + r, c] = x.imaginary
                block[r, n + c] = -x.imaginary
            }
        }
        let (values, vectors) = SymmetricEigen.decompose(block)
        var found: [Double] = []
        var columns: [[Complex]] = []
        for k in 0..<2 * n where columns.count < n {
            var v = (0..<n).map { Complex(real: vectors[$0, k], imaginary: vectors[n + $0, k]) }
            // Twice is enough.
            for _ in 0..<2 {
                for u in columns {
                    let part = dot(u, v)
                    for i in 0..<n { v[i] = v[i] - u[i] * part }
                }
            }
            let norm = v.reduce(0) { $0 + $1.squaredNorm }
            guard norm > 0.5 / Double(n) else { continue }
            found.append(values[k])
            columns.append(turned(v, scale: 1 / norm.squareRoot()))
        }
        guard columns.count == n else { return none }
        let entries = columns.flatMap { $0 }
        return found + [Double](repeating: 0, count: n) + entries.map(\.real)
            + entries.map(\.imaginary)
    }

    static func dot(_ u: [Complex], _ v: [Complex]) -> Complex {
        var total = Complex.zero
        for (a, b) in zip(u, v) { total += a.conjugate * b }
        return total
    }

    /// With a phase that makes the largest entry real and positive.
    private static func turned(_ v: [Complex], scale: Double) -> [Complex] {
        let largest = v.max { $0.squaredNorm < $1.squaredNorm } ?? .zero
        let size = largest.squaredNorm.squareRoot()
        guard size > 0 else { return v }
        let phase = Complex(
            real: largest.real / size * scale, imaginary: -largest.imaginary / size * scale)
        return v.map { $0 * phase }
    }
}

/// The Hermitian matrix of a matrix and its conjugate transpose beside the diagonal.
private struct Dilation {
    let rows: Int
    let columns: Int

    private var size: Int { rows + columns }
    private var rank: Int { min(rows, columns) }

    private func eigen(_ x: [Double]) -> [Double] {
        var h = [Complex](repeating: .zero, count: size * size)
        let a = HermitianEigen.complex(x, rows * columns)
        for c in 0..<columns {
            for r in 0..<rows {
                h[(rows + c) * size + r] = a[c * rows + r]
                h[r * size + rows + c] = a[c * rows + r].conjugate
            }
        }
        return HermitianEigen.decompose(h, size)
    }

    /// The entries of part `part` (0 real, 1 imaginary) of U or V in an eigenvector.
    private func place(_ row: Int, _ k: Int, _ part: Int) -> Int {
        2 * size + part * size * size + (size - 1 - k) * size + row
    }

    func value(_ x: [Double]) -> [Double] {
        let y = eigen(x)
        let values = (0..<rank).map { max(0, y[size - 1 - $0]) }
        func vectors(_ range: Range<Int>) -> [Double] {
            var list: [[Complex]] = []
            for k in 0..<rank {
                var v = range.map { row in
                    Complex(real: y[place(row, k, 0)], imaginary: y[place(row, k, 1)])
                }
                // Where σ is 0 the two halves are no unit vectors: take any axis.
                let isNull = values[k] <= 1e-15 * Double(size) * values[0]
                var axis = 0
                while isNull, axis < range.count {
                    v = range.indices.map {
                        Complex(real: $0 - range.lowerBound == axis ? 1 : 0, imaginary: 0)
                    }
                    axis += 1
                    for _ in 0..<2 {
                        for u in list {
                            let part = HermitianEigen.dot(u, v)
                            for i in v.indices { v[i] = v[i] - u[i] * part }
                        }
                    }
                    if v.reduce(0, { $0 + $1.squaredNorm }) > 0.5 / Double(range.count) { break }
                }
                let norm = v.reduce(0) { $0 + $1.squaredNorm }.squareRoot()
                list.append(v.map { Complex(real: $0.real / norm, imaginary: $0.imaginary / norm) })
            }
            let entries = list.flatMap { $0 }
            return entries.map(\.real) + entries.map(\.imaginary)
        }
        return values + vectors(0..<rows) + vectors(rows..<size)
    }

    func adjoint(_ x: [Double], _ adjoints: [Double]) -> [Double] {
        let y = eigen(x)
        var bars = [Double](repeating: 0, count: y.count)
        let scale = 2.0.squareRoot()
        for k in 0..<rank {
            bars[size - 1 - k] = adjoints[k]
            for part in 0..<2 {
                for row in 0..<rows {
                    bars[place(row, k, part)] =
                        scale * adjoints[rank + part * rows * rank + k * rows + row]
                }
                let start = rank + 2 * rows * rank + part * columns * rank
                for row in 0..<columns {
                    bars[place(rows + row, k, part)] =
                        scale * adjoints[start + k * columns + row]
                }
            }
        }
        let h = GeneralEigen.adjoint(y, bars, size, isReal: false)
        let count = rows * columns
        var result = [Double](repeating: 0, count: 2 * count)
        for c in 0..<columns {
            for r in 0..<rows {
                let (upper, lower) = ((rows + c) * size + r, r * size + rows + c)
                result[c * rows + r] = h[upper] + h[lower]
                result[count + c * rows + r] = h[size * size + upper] - h[size * size + lower]
            }
        }
        return result
    }
}
