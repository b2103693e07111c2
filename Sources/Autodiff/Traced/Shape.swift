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

    public var isScalar: Bool { self == .scalar }

    public var description: String {
        switch self {
        case .scalar: "scalar"
        case .vector(let count): "vector(\(count))"
        case .matrix(let rows, let columns): "matrix(\(rows) × \(columns))"
        }
    }
}
