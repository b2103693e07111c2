// SPDX-License-Identifier: GPL-3.0-or-later

import LinearAlgebra

/// A matrix of square blocks along the diagonal, all of one size; zeros elsewhere.
struct BlockDiagonal {
    /// Rows of the whole matrix, a multiple of the size.
    let n: Int
    let size: Int
    /// Block after block, each column by column.
    var entries: [Double]

    init(_ n: Int, size: Int) {
        self.n = n
        self.size = size
        entries = [Double](repeating: 0, count: n * size)
    }

    /// The place of an entry of the whole matrix, whose row and column meet in a block.
    func place(_ row: Int, _ column: Int) -> Int { column * size + row % size }

    /// The rows of the block that a column goes through.
    func rows(_ column: Int) -> Range<Int> {
        let start = column / size * size
        return start..<start + size
    }

    static func * (a: BlockDiagonal, x: Vector) -> Vector {
        var y = Vector.zeros(a.n)
        for j in 0..<a.n {
            for i in a.rows(j) { y[i] += a.entries[a.place(i, j)] * x[j] }
        }
        return y
    }

    var transposed: BlockDiagonal {
        var result = self
        for j in 0..<n {
            for i in rows(j) { result.entries[place(j, i)] = entries[place(i, j)] }
        }
        return result
    }

    /// The product with a matrix of `n` rows.
    static func * (a: BlockDiagonal, b: Matrix) -> Matrix {
        var c = Matrix.zeros(a.n, b.columns)
        for k in 0..<b.columns {
            for j in 0..<a.n where b[j, k] != 0 {
                let factor = b[j, k]
                for i in a.rows(j) { c[i, k] += a.entries[a.place(i, j)] * factor }
            }
        }
        return c
    }

    var matrix: Matrix {
        var result = Matrix.zeros(n, n)
        for j in 0..<n { for i in rows(j) { result[i, j] = entries[place(i, j)] } }
        return result
    }

    /// The lower factor R of R Rᵀ, of which columns are 0 where the matrix is singular;
    /// nil when it is not positive semidefinite.
    var semidefiniteFactor: BlockDiagonal? {
        var factor = BlockDiagonal(n, size: size)
        for start in stride(from: 0, to: n, by: size) {
            let rows = start..<start + size
            let largest = rows.reduce(0) { max($0, entries[place($1, $1)].magnitude) }
            let tolerance = 4e-16 * Double(size) * largest
            for j in rows {
                for i in j..<rows.upperBound {
                    var rest = entries[place(i, j)]
                    for k in start..<j {
                        rest -= factor.entries[place(i, k)] * factor.entries[place(j, k)]
                    }
                    factor.entries[place(i, j)] = rest
                }
                let pivot = factor.entries[place(j, j)]
                if size == 1 ? pivot > 0 : pivot > tolerance {
                    let root = pivot.squareRoot()
                    for i in j..<rows.upperBound { factor.entries[place(i, j)] /= root }
                } else {
                    for i in j..<rows.upperBound {
                        // A small pivot hides entries of its root's size below it.
                        let limit =
                            i == j ? tolerance : (2 * tolerance * largest).squareRoot()
                        guard factor.entries[place(i, j)].magnitude <= limit else { return nil }
                        factor.entries[place(i, j)] = 0
                    }
                }
            }
        }
        return factor
    }
}
