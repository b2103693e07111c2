// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors

extension Matrix {
    private func paired(
        _ other: Matrix, _ name: String, _ operation: (Double, Double) -> Double
    ) throws(ShapeError) -> Matrix {
        guard rows == other.rows, columns == other.columns else {
            throw ShapeError(
                name, left: shape, right: other.shape, requirement: "the shapes must be equal")
        }
        var out = elements
        for i in out.indices { out[i] = operation(elements[i], other.elements[i]) }
        return Matrix(unchecked: rows, columns, out)
    }

    public static func + (a: Matrix, b: Matrix) throws(ShapeError) -> Matrix {
        try a.paired(b, "sum of matrices", +)
    }
    public static func - (a: Matrix, b: Matrix) throws(ShapeError) -> Matrix {
        try a.paired(b, "difference of matrices", -)
    }
    /// Entry by entry (Hadamard); `*` is the matrix product.
    public func pointwiseProduct(_ other: Matrix) throws(ShapeError) -> Matrix {
        try paired(other, "pointwise product", *)
    }

    public static prefix func - (a: Matrix) -> Matrix { a.map { -$0 } }
    public static func * (a: Double, b: Matrix) -> Matrix { b.map { a * $0 } }
    public static func * (a: Matrix, b: Double) -> Matrix { a.map { $0 * b } }
    public static func / (a: Matrix, b: Double) -> Matrix { a.map { $0 / b } }
    public static func + (a: Matrix, b: Double) -> Matrix { a.map { $0 + b } }
    public static func - (a: Matrix, b: Double) -> Matrix { a.map { $0 - b } }

    /// The matrix product.
    public static func * (a: Matrix, b: Matrix) throws(ShapeError) -> Matrix {
        guard a.columns == b.rows else {
            throw ShapeError(
                "matrix product", left: a.shape, right: b.shape,
                requirement: "the columns of the left must be the rows of the right")
        }
        var out = [Double](repeating: 0, count: a.rows * b.columns)
        guard !out.isEmpty, a.columns > 0 else { return Matrix(unchecked: a.rows, b.columns, out) }
        // Below this size a call costs more than the work.
        if a.rows * a.columns * b.columns <= 512 {
            for j in 0..<b.columns {
                for k in 0..<a.columns {
                    let factor = b.elements[j * b.rows + k]
                    for i in 0..<a.rows {
                        out[j * a.rows + i] += a.elements[k * a.rows + i] * factor
                    }
                }
            }
        } else {
            _ = BLAS.ready
            cblas_dgemm(
                CblasColMajor, CblasNoTrans, CblasNoTrans, a.m, b.n, a.n, 1, a.elements, a.leading,
                b.elements, b.leading, 0, &out, a.leading)
        }
        return Matrix(unchecked: a.rows, b.columns, out)
    }

    /// The image of a column vector.
    public static func * (a: Matrix, x: Vector) throws(ShapeError) -> Vector {
        guard a.columns == x.count else {
            throw ShapeError(
                "matrix product", left: a.shape, right: x.shape,
                requirement: "the columns of the left must be the length of the right")
        }
        var out = [Double](repeating: 0, count: a.rows)
        guard !out.isEmpty, !x.isEmpty else { return Vector(out) }
        if a.elements.count <= 256 {
            for j in 0..<a.columns {
                for i in 0..<a.rows { out[i] += a.elements[j * a.rows + i] * x[j] }
            }
        } else {
            _ = BLAS.ready
            cblas_dgemv(
                CblasColMajor, CblasNoTrans, a.m, a.n, 1, a.elements, a.leading, x.elements, 1, 0,
                &out, 1)
        }
        return Vector(out)
    }

    /// A row vector times a matrix.
    public static func * (x: Vector, a: Matrix) throws(ShapeError) -> Vector {
        guard a.rows == x.count else {
            throw ShapeError(
                "matrix product", left: x.shape, right: a.shape,
                requirement: "the length of the left must be the rows of the right")
        }
        return Vector(
            (0..<a.columns).map { j in
                var sum = 0.0
                for i in 0..<a.rows { sum += x[i] * a.elements[j * a.rows + i] }
                return sum
            })
    }

    // MARK: Norms

    /// The square root of the sum of squares of all entries.
    public var frobeniusNorm: Double { Vector(elements).norm }
    /// The largest sum of magnitudes in a column.
    public var norm1: Double {
        (0..<columns).map { column($0).norm(1) }.reduce(0) { $1.isNaN ? .nan : max($0, $1) }
    }
    /// The largest sum of magnitudes in a row.
    public var normInfinity: Double { transposed.norm1 }
}

extension Matrix: CustomStringConvertible {
    /// Rows in lines, columns aligned, six significant digits; the middle of a
    /// large matrix is left out.
    public var description: String {
        guard rows > 0, columns > 0 else { return "[\(shape) matrix]" }
        func shown(_ count: Int, _ limit: Int) -> [Int?] {
            count <= limit
                ? Array(0..<count)
                : Array(0..<(limit - 4)) + [nil] + Array((count - 3)..<count)
        }
        let rowIndices = shown(rows, 20)
        let columnIndices = shown(columns, 12)
        let cells = rowIndices.map { i in
            columnIndices.map { j in
                guard let i, let j else { return "…" }
                return NumberFormat.short(self[i, j])
            }
        }
        let widths = columnIndices.indices.map { j in cells.map { $0[j].count }.max() ?? 0 }
        return cells.map { row in
            let padded = zip(row, widths).map {
                String(repeating: " ", count: $1 - $0.count) + $0
            }
            return "[\(padded.joined(separator: "  "))]"
        }.joined(separator: "\n")
    }
}
