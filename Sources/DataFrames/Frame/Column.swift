// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A named column: values of one type, any of which may be missing.
public struct Column: Hashable, Sendable {
    /// The values. A missing number is NaN; a missing value of another type
    /// is nil.
    public enum Values: Hashable, Sendable {
        case integers([Int?])
        case numbers([Double])
        case booleans([Bool?])
        case texts([String?])
    }

    /// What missing cells become when a column is read as numbers.
    public enum MissingNumbers: Hashable, Sendable {
        /// They are left out: the result is shorter than the column.
        case dropped
        /// They are NaN: the result is aligned with the rows.
        case nan
    }

    public var name: String
    public let values: Values

    /// A column of values as they are.
    public init(name: String, _ values: Values) {
        self.name = name
        self.values = values
    }

    /// A column of numbers; NaN is missing.
    public init(name: String, _ numbers: [Double]) { self.init(name: name, .numbers(numbers)) }

    /// A column of texts.
    public init(name: String, _ texts: [String]) { self.init(name: name, .texts(texts)) }

    /// The number of cells, missing ones too.
    public var count: Int {
        switch values {
        case .integers(let array): array.count
        case .numbers(let array): array.count
        case .booleans(let array): array.count
        case .texts(let array): array.count
        }
    }

    /// What the column holds.
    public var type: ColumnType {
        switch values {
        case .integers: .integer
        case .numbers: .number
        case .booleans: .boolean
        case .texts: .text
        }
    }

    /// The number of missing cells.
    public var missingCount: Int {
        switch values {
        case .integers(let array): array.count { $0 == nil }
        case .numbers(let array): array.count { $0.isNaN }
        case .booleans(let array): array.count { $0 == nil }
        case .texts(let array): array.count { $0 == nil }
        }
    }

    /// The cell of a row, from 0.
    public subscript(row: Int) -> Cell {
        switch values {
        case .integers(let array): array[row].map { .integer($0) } ?? .missing
        case .numbers(let array): array[row].isNaN ? .missing : .number(array[row])
        case .booleans(let array): array[row].map { .boolean($0) } ?? .missing
        case .texts(let array): array[row].map { .text($0) } ?? .missing
        }
    }

    /// The cells in order.
    public var cells: some Sequence<Cell> { (0..<count).lazy.map { self[$0] } }

    /// The cells as they would be written; nil where missing.
    public var texts: [String?] {
        if case .texts(let array) = values { return array }
        return cells.map { $0 == .missing ? nil : $0.description }
    }

    /// The column as real numbers; truth values are 0 and 1.
    ///
    /// A column of text qualifies if every text in it is a number (codes such
    /// as 007 are kept as text when a file is read).
    /// - Throws: `Diagnostic` naming the first text that is not a number.
    public func numbers(missing: MissingNumbers = .dropped) throws(Diagnostic) -> [Double] {
        let all: [Double]
        switch values {
        case .numbers(let array): all = array
        case .integers(let array): all = array.map { $0.map(Double.init) ?? .nan }
        case .booleans(let array): all = array.map { $0.map { $0 ? 1 : 0 } ?? .nan }
        case .texts(let array):
            let reader = CellReader(decimal: UInt8(ascii: "."), thousands: nil, missing: [])
            var converted: [Double] = []
            converted.reserveCapacity(array.count)
            for (row, text) in array.enumerated() {
                guard var text else {
                    converted.append(.nan)
                    continue
                }
                switch text.withUTF8({ reader.read($0) }) {
                case .missing: converted.append(.nan)
                case .integer(let value): converted.append(Double(value))
                case .number(let value): converted.append(value)
                case .boolean, .text:
                    throw Diagnostic(
                        code: "data/not-numbers",
                        "column `\(name)` holds text: row \(row) (counted from 0) is \"\(text.prefix(40))\"",
                        help: "choose a column of numbers, or leave the row out")
                }
            }
            all = converted
        }
        return missing == .nan ? all : all.filter { !$0.isNaN }
    }

    /// The distinct values with their counts, the most frequent first; equal
    /// counts in the order of first appearance. Missing cells are left out.
    public func counts() -> [(value: Cell, count: Int)] {
        var positions: [Cell: Int] = [:]
        var result: [(value: Cell, count: Int)] = []
        for cell in cells where cell != .missing {
            if let position = positions[cell] {
                result[position].count += 1
            } else {
                positions[cell] = result.count
                result.append((cell, 1))
            }
        }
        return result.enumerated()
            .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
    }

    /// The column with these rows, in this order.
    public func select(rows: [Int]) -> Column {
        let chosen: Values =
            switch values {
            case .integers(let array): .integers(rows.map { array[$0] })
            case .numbers(let array): .numbers(rows.map { array[$0] })
            case .booleans(let array): .booleans(rows.map { array[$0] })
            case .texts(let array): .texts(rows.map { array[$0] })
            }
        return Column(name: name, chosen)
    }
}
