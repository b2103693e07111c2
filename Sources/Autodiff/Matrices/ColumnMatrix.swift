// SPDX-License-Identifier: GPL-3.0-or-later

/// A matrix of numbers, column by column: what the adjoints of decompositions are
/// written in.
struct ColumnMatrix {
    var values: [Double]
    let rows: Int
    let columns: Int

    init(_ values: [Double], _ rows: Int, _ columns: Int) {
        self.values = values
        self.rows = rows
        self.columns = columns
    }

    init(_ values: ArraySlice<Double>, _ rows: Int, _ columns: Int) {
        self.init(Array(values), rows, columns)
    }

    /// Ones on the diagonal.
    static func identity(_ rows: Int, _ columns: Int) -> ColumnMatrix {
        var result = ColumnMatrix(
            [Double](repeating: 0, count: rows * columns), rows, columns)
        for i in 0..<min(rows, columns) { result[i, i] = 1 }
        return result
    }

    subscript(row: Int, column: Int) -> Double {
        get { values[column * rows + row] }
        set { values[column * rows + row] = newValue }
    }

    var transposed: ColumnMatrix {
        var result = values
        for r in 0..<rows {
            for c in 0..<columns { result[r * columns + c] = values[c * rows + r] }
        }
        return ColumnMatrix(result, columns, rows)
    }

    static func * (a: ColumnMatrix, b: ColumnMatrix) -> ColumnMatrix {
        ColumnMatrix(
            Dense.product(
                a.values, b.values, rows: a.rows, inner: a.columns, columns: b.columns),
            a.rows, b.columns)
    }

    static func * (factor: Double, a: ColumnMatrix) -> ColumnMatrix {
        ColumnMatrix(a.values.map { factor * $0 }, a.rows, a.columns)
    }

    static func + (a: ColumnMatrix, b: ColumnMatrix) -> ColumnMatrix {
        ColumnMatrix(zip(a.values, b.values).map { $0 + $1 }, a.rows, a.columns)
    }

    static func - (a: ColumnMatrix, b: ColumnMatrix) -> ColumnMatrix {
        ColumnMatrix(zip(a.values, b.values).map { $0 - $1 }, a.rows, a.columns)
    }

    static func += (a: inout ColumnMatrix, b: ColumnMatrix) { a = a + b }

    /// Each entry as a function of its value, row and column.
    func mapEntries(_ function: (Double, Int, Int) -> Double) -> ColumnMatrix {
        var result = self
        for c in 0..<columns {
            for r in 0..<rows { result[r, c] = function(self[r, c], r, c) }
        }
        return result
    }

    /// Two columns turned in their plane: cₚ ← c cₚ − s c_q, c_q ← s cₚ + c c_q.
    mutating func rotateColumns(_ p: Int, _ q: Int, _ rotation: Rotation) {
        let (c, s, n) = (rotation.cosine, rotation.sine, rows)
        values.withUnsafeMutableBufferPointer { values in
            for i in 0..<n {
                let (x, y) = (values[p * n + i], values[q * n + i])
                values[p * n + i] = c * x - s * y
                values[q * n + i] = s * x + c * y
            }
        }
    }

    /// Two rows turned in their plane: rₚ ← c rₚ + s r_q, r_q ← −s rₚ + c r_q.
    mutating func rotateRows(_ p: Int, _ q: Int, _ rotation: Rotation) {
        let (c, s, n) = (rotation.cosine, rotation.sine, rows)
        let count = columns
        values.withUnsafeMutableBufferPointer { values in
            for k in 0..<count {
                let (x, y) = (values[k * n + p], values[k * n + q])
                values[k * n + p] = c * x + s * y
                values[k * n + q] = -s * x + c * y
            }
        }
    }

    mutating func negateColumn(_ c: Int) {
        for i in 0..<rows { self[i, c].negate() }
    }

    mutating func swapColumns(_ p: Int, _ q: Int) {
        for i in 0..<rows { values.swapAt(p * rows + i, q * rows + i) }
    }
}

/// A rotation of a plane.
struct Rotation {
    var cosine: Double
    var sine: Double

    static let none = Rotation(cosine: 1, sine: 0)
}
