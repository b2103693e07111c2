// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// The rows that agree in the columns a frame was grouped by.
public struct DataGroup: Hashable, Sendable {
    /// The value of each of those columns.
    public let key: [Cell]
    public let frame: DataFrame

    /// The key as text: "setosa", or "setosa, 2019" for two columns; a missing
    /// value is "(missing)".
    public var label: String {
        key.map { $0 == .missing ? "(missing)" : $0.description }.joined(separator: ", ")
    }
}

extension DataFrame {
    /// The groups of rows that agree in some columns, in the order in which
    /// they first appear. Missing is a value like another.
    public func group(by names: [String]) throws(Diagnostic) -> [DataGroup] {
        var keyColumns: [Column] = []
        for name in names { keyColumns.append(try column(name)) }
        var positions: [[Cell]: Int] = [:]
        var groups: [(key: [Cell], rows: [Int])] = []
        for row in 0..<rowCount {
            let key = keyColumns.map { $0[row] }
            if let position = positions[key] {
                groups[position].rows.append(row)
            } else {
                positions[key] = groups.count
                groups.append((key, [row]))
            }
        }
        return groups.map { DataGroup(key: $0.key, frame: taking($0.rows)) }
    }

    /// The groups of rows that agree in one or more columns.
    public func group(by names: String...) throws(Diagnostic) -> [DataGroup] {
        try group(by: names)
    }
}
