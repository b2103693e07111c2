// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension DataFrame {
    /// One row, to be asked for its cells.
    public struct Row: Sendable {
        let frame: DataFrame
        /// The row's number, from 0.
        public let index: Int

        /// The cell of a column.
        /// - Throws: `Diagnostic` with the name that was probably meant.
        public subscript(name: String) -> Cell {
            get throws(Diagnostic) { try frame.column(name)[index] }
        }

        /// The cells, in the order of the columns.
        public var cells: [Cell] { frame.columns.map { $0[index] } }
    }

    /// The rows, in order.
    public var rows: some RandomAccessCollection<Row> {
        (0..<rowCount).lazy.map { Row(frame: self, index: $0) }
    }

    /// The rows for which a condition holds.
    public func filter(_ isIncluded: (Row) throws -> Bool) rethrows -> DataFrame {
        var chosen: [Int] = []
        for index in 0..<rowCount where try isIncluded(Row(frame: self, index: index)) {
            chosen.append(index)
        }
        return taking(chosen)
    }

    /// The rows where a mask of the same length is true.
    public func filter(_ mask: [Bool]) throws(ParameterError) -> DataFrame {
        guard mask.count == rowCount else {
            throw ParameterError(
                "mask", is: "\(mask.count) long", mustBe: "\(rowCount) long, one a row")
        }
        return taking(mask.indices.filter { mask[$0] })
    }

    /// Some columns, in the order asked for.
    public func select(_ names: [String]) throws -> DataFrame {
        var chosen: [Column] = []
        for name in names {
            guard !chosen.contains(where: { $0.name == name }) else {
                throw ParameterError("names", is: names, mustBe: "different from each other")
            }
            chosen.append(try column(name))
        }
        return DataFrame(checked: chosen, rowCount: rowCount, origin: origin)
    }

    /// Some columns, in the order asked for.
    public func select(_ names: String...) throws -> DataFrame { try select(names) }

    /// Some rows, in the order asked for.
    public func select(rows: [Int]) throws(ParameterError) -> DataFrame {
        for row in rows where row < 0 || row >= rowCount {
            throw ParameterError("row", is: row, mustBe: "from 0 to \(rowCount - 1)")
        }
        return taking(rows)
    }

    /// The first rows.
    public func prefix(_ count: Int) -> DataFrame {
        taking(Array(0..<min(max(count, 0), rowCount)))
    }

    /// The rows without any missing cell.
    public func droppingMissing() -> DataFrame {
        taking(
            (0..<rowCount).filter { row in columns.allSatisfy { $0[row] != .missing } })
    }

    /// The rows in ascending order of a column, equal ones as they stand;
    /// missing cells come last. Numbers sort as numbers, texts by their
    /// Unicode scalars.
    public func sorted(by name: String, descending: Bool = false) throws(Diagnostic) -> DataFrame {
        let column = try column(name)
        let cells = Array(column.cells)
        let present = cells.indices.filter { cells[$0] != .missing }
        let ordered = present.sorted { a, b in
            let (first, second) = descending ? (cells[b], cells[a]) : (cells[a], cells[b])
            switch (first, second) {
            case (.text(let x), .text(let y)) where x != y: return x < y
            default:
                let (x, y) = (first.number ?? 0, second.number ?? 0)
                return x == y ? a < b : x < y
            }
        }
        return taking(ordered + cells.indices.filter { cells[$0] == .missing })
    }

    /// A column put at the end, or in the place of the one with its name.
    public func with(_ column: Column) throws(ParameterError) -> DataFrame {
        var changed = columns
        if let position = names.firstIndex(of: column.name) {
            changed[position] = column
        } else {
            changed.append(column)
        }
        var frame = try DataFrame(changed)
        frame.origin = origin
        return frame
    }

    /// Rows known to exist.
    func taking(_ rows: [Int]) -> DataFrame {
        var origin = origin
        if let lines = origin?.lines { origin?.lines = lines.select(rows: rows) }
        return DataFrame(
            checked: columns.map { $0.select(rows: rows) }, rowCount: rows.count, origin: origin)
    }
}
