// SPDX-License-Identifier: GPL-3.0-or-later

/// The shape of an expression's value.
public enum Shape: Hashable, Sendable, CustomStringConvertible {
    case scalar
    /// A column of so many entries.
    case vector(Int)
    /// Rows and columns; entries are stored column by column.
    case matrix(Int, Int)

    /// The number of entries.
    public var count: Int {
        switch self {
        case .scalar: 1
        case .vector(let count): count
        case .matrix(let rows, let columns): rows * columns
        }
    }

    /// Rows, with a scalar as 1 × 1 and a vector as a column.
    public var rows: Int {
        switch self {
        case .scalar: 1
        case .vector(let count): count
        case .matrix(let rows, _): rows
        }
    }

    /// Columns, with a scalar as 1 × 1 and a vector as a column.
    public var columns: Int {
        if case .matrix(_, let columns) = self { columns } else { 1 }
    }

    public var isScalar: Bool { if case .scalar = self { true } else { false } }

    public var description: String {
        switch self {
        case .scalar: "scalar"
        case .vector(let count): "vector(\(count))"
        case .matrix(let rows, let columns): "matrix(\(rows) × \(columns))"
        }
    }
}

/// A shape in 8 bytes, for nodes and expressions, of which there are millions.
struct PackedShape: Equatable {
    private var rows: Int32
    /// −1 marks a scalar, −2 a vector.
    private var columns: Int32

    static let scalar = PackedShape(.scalar)

    init(_ shape: Shape) {
        switch shape {
        case .scalar: (rows, columns) = (1, -1)
        case .vector(let count): (rows, columns) = (Int32(count), -2)
        case .matrix(let r, let k): (rows, columns) = (Int32(r), Int32(k))
        }
    }

    var shape: Shape {
        switch columns {
        case -1: .scalar
        case -2: .vector(Int(rows))
        default: .matrix(Int(rows), Int(columns))
        }
    }

    var isScalar: Bool { columns == -1 }
    var count: Int { columns < 0 ? Int(rows) : Int(rows) * Int(columns) }
}
