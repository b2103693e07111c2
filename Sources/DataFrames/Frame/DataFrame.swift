// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A table: columns of equal length with distinct names, in order.
///
///     let heights = try DataFrame(csv: "Data/heights.csv")
///     let tall = try heights.filter { try $0["height"].number ?? 0 > 1.8 }
///     let mean = mean(try tall.numbers("height"))
///
/// A value: assignment copies (cheaply). Rows count from 0.
public struct DataFrame: Hashable, Sendable {
    /// The columns, in order.
    public private(set) var columns: [Column]
    /// The number of rows.
    public let rowCount: Int
    /// The file it was read from, if it was.
    public internal(set) var origin: DataOrigin?
    private var positions: [String: Int]

    /// A frame of columns.
    /// - Throws: `ParameterError` when lengths differ or names repeat.
    public init(_ columns: [Column]) throws(ParameterError) {
        let count = columns.first?.count ?? 0
        var positions: [String: Int] = [:]
        for (position, column) in columns.enumerated() {
            guard column.count == count else {
                throw ParameterError(
                    "column \(column.name)", is: "\(column.count) long",
                    mustBe: "\(count) long like column \(columns[0].name)")
            }
            guard positions.updateValue(position, forKey: column.name) == nil else {
                throw ParameterError("name", is: column.name, mustBe: "different for each column")
            }
        }
        self.columns = columns
        self.rowCount = count
        self.positions = positions
    }

    /// A frame of numeric columns: `DataFrame(["x": [1, 2], "y": [3, 4]])`.
    public init(_ columns: KeyValuePairs<String, [Double]>) throws(ParameterError) {
        try self.init(columns.map { Column(name: $0.key, $0.value) })
    }

    /// Columns already known to be of equal length and distinct names.
    init(checked columns: [Column], rowCount: Int, origin: DataOrigin?) {
        self.columns = columns
        self.rowCount = rowCount
        self.origin = origin
        self.positions = Dictionary(
            uniqueKeysWithValues: columns.enumerated().map { ($1.name, $0) })
    }

    /// The names of the columns, in order.
    public var names: [String] { columns.map(\.name) }

    /// Whether there is a column of this name.
    public func has(_ name: String) -> Bool { positions[name] != nil }

    /// The column of this name.
    /// - Throws: `Diagnostic` with the name that was probably meant.
    public func column(_ name: String) throws(Diagnostic) -> Column {
        guard let position = positions[name] else { throw noColumn(name) }
        return columns[position]
    }

    /// The column of this name, as `column(_:)`.
    public subscript(name: String) -> Column {
        get throws(Diagnostic) { try column(name) }
    }

    /// A column as real numbers, missing ones left out or as NaN.
    public func numbers(
        _ name: String, missing: Column.MissingNumbers = .dropped
    ) throws(Diagnostic) -> [Double] {
        try column(name).numbers(missing: missing)
    }

    /// Several columns as real numbers, of the rows where none is missing:
    /// what paired tests, correlations and regressions take.
    public func completeNumbers(_ names: [String]) throws(Diagnostic) -> [[Double]] {
        var all: [[Double]] = []
        for name in names { all.append(try numbers(name, missing: .nan)) }
        let complete = (0..<rowCount).filter { row in all.allSatisfy { !$0[row].isNaN } }
        return all.map { column in complete.map { column[$0] } }
    }

    func noColumn(_ name: String) -> Diagnostic {
        let near = suggestion(for: name, among: names)
        let some = names.prefix(12).joined(separator: ", ") + (columns.count > 12 ? ", …" : "")
        let place = origin.map { " in \($0.name)" } ?? ""
        return Diagnostic(
            code: "data/no-column", "there is no column `\(name)`\(place)",
            help: near.map { "did you mean `\($0)`?" } ?? "the columns are \(some)")
    }
}
