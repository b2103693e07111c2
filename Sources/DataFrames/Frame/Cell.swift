// SPDX-License-Identifier: GPL-3.0-or-later

/// One cell of a data frame.
public enum Cell: Hashable, Sendable, CustomStringConvertible {
    case missing
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case text(String)

    /// The cell as a real number: truth values are 0 and 1, missing and text
    /// are nil.
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .boolean(let value): value ? 1 : 0
        case .missing, .text: nil
        }
    }

    /// The cell as it is written in a file; missing is the empty text.
    public var description: String {
        switch self {
        case .missing: ""
        case .integer(let value): String(value)
        case .number(let value): NumberText.shortest(value)
        case .boolean(let value): String(value)
        case .text(let value): value
        }
    }
}

/// What a column holds.
public enum ColumnType: String, Hashable, Sendable { case integer, number, boolean, text }
