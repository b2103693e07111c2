// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors

/// A matrix of real numbers, with value semantics. Indices start at 0.
///
///     let a = try Matrix([[2, 1], [0, 1]])
///     try a * a.transposed
///     try a.solve([3, 1])
public struct Matrix: Hashable, Sendable {
    public let rows: Int
    public let columns: Int
    /// Column after column, as LAPACK and Stan keep them.
    public private(set) var elements: [Double]

    /// From elements column after column. Throws when their number is not
    /// rows × columns.
    public init(rows: Int, columns: Int, elements: [Double]) throws(ShapeError) {
        let (size, overflow) = rows.multipliedReportingOverflow(by: columns)
        guard rows >= 0, columns >= 0, !overflow, size == elements.count else {
            throw ShapeError(
                "Matrix", left: "\(elements.count) elements for \(rows)×\(columns)",
                requirement: "there must be rows × columns of them")
        }
        self.init(unchecked: rows, columns, elements)
    }

    init(unchecked rows: Int, _ columns: Int, _ elements: [Double]) {
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// From rows. Throws when they differ in length.
    public init(_ rows: [[Double]]) throws(ShapeError) {
        let width = rows.first?.count ?? 0
        for (i, row) in rows.enumerated() where row.count != width {
            throw ShapeError(
                "Matrix", left: "row 0 with \(width) entries and row \(i) with \(row.count)",
                requirement: "all rows must have the same length")
        }
        var elements: [Double] = []
        elements.reserveCapacity(rows.count * width)
        for j in 0..<width { for row in rows { elements.append(row[j]) } }
        self.init(unchecked: rows.count, width, elements)
    }

    /// From columns. Throws when they differ in length.
    public init(columns: [Vector]) throws(ShapeError) {
        let height = columns.first?.count ?? 0
        for (j, column) in columns.enumerated() where column.count != height {
            throw ShapeError(
                "Matrix",
                left: "column 0 with \(height) entries and column \(j) with \(column.count)",
                requirement: "all columns must have the same length")
        }
        self.init(unchecked: height, columns.count, columns.flatMap(\.elements))
    }

    public static func zeros(_ rows: Int, _ columns: Int) -> Matrix {
        let (r, c) = (max(rows, 0), max(columns, 0))
        return Matrix(unchecked: r, c, [Double](repeating: 0, count: r * c))
    }

    public static func identity(_ n: Int) -> Matrix {
        diagonal(Vector(repeating: 1, count: n))
    }

    /// Zero but for these entries on the diagonal.
    public static func diagonal(_ entries: Vector) -> Matrix {
        var matrix = zeros(entries.count, entries.count)
        for i in entries.indices { matrix[i, i] = entries[i] }
        return matrix
    }

    /// "2×3".
    public var shape: String { "\(rows)×\(columns)" }
    public var isSquare: Bool { rows == columns }

    /// An entry. Outside of the matrix is a programmer's error.
    public subscript(row: Int, column: Int) -> Double {
        get {
            precondition(
                row >= 0 && row < rows && column >= 0 && column < columns, "index out of range")
            return elements[column &* rows &+ row]
        }
        set {
            precondition(
                row >= 0 && row < rows && column >= 0 && column < columns, "index out of range")
            elements[column &* rows &+ row] = newValue
        }
    }

    public func row(_ i: Int) -> Vector { Vector((0..<columns).map { self[i, $0] }) }
    public func column(_ j: Int) -> Vector {
        precondition(j >= 0 && j < columns, "index out of range")
        return Vector(elements[(j * rows)..<((j + 1) * rows)])
    }

    /// A block. Throws when it reaches outside.
    public func block(rows r: Range<Int>, columns c: Range<Int>) throws(ShapeError) -> Matrix {
        guard r.lowerBound >= 0, r.upperBound <= rows, c.lowerBound >= 0, c.upperBound <= columns
        else {
            throw ShapeError(
                "block", left: shape, right: "rows \(r), columns \(c)",
                requirement: "the block must lie inside the matrix")
        }
        var out: [Double] = []
        out.reserveCapacity(r.count * c.count)
        for j in c { out += elements[(j * rows + r.lowerBound)..<(j * rows + r.upperBound)] }
        return Matrix(unchecked: r.count, c.count, out)
    }

    /// The entries on the diagonal.
    public var diagonal: Vector { Vector((0..<min(rows, columns)).map { self[$0, $0] }) }

    /// The sum of the diagonal of a square matrix.
    public var trace: Double {
        get throws(ShapeError) {
            try checkSquare("trace")
            return diagonal.sum
        }
    }

    public var transposed: Matrix {
        var out = [Double](repeating: 0, count: elements.count)
        for j in 0..<columns { for i in 0..<rows { out[i * columns + j] = elements[j * rows + i] } }
        return Matrix(unchecked: columns, rows, out)
    }

    /// The matrix with a function applied to every entry.
    public func map(_ transform: (Double) throws -> Double) rethrows -> Matrix {
        Matrix(unchecked: rows, columns, try elements.map(transform))
    }

    /// Room for LAPACK to write in.
    mutating func withElements<R>(_ body: (inout [Double]) throws -> R) rethrows -> R {
        try body(&elements)
    }
}
