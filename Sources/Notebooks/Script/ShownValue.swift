// SPDX-License-Identifier: GPL-3.0-or-later

import Plots

/// What a value looks like in a cell's output.
public enum ShownValue: Sendable {
    case text(String)
    case table(ScriptTable)
    case figure(Figure)
    case several([ShownValue])
}

/// A table of text with what a verification needs to know of its numbers.
public struct ScriptTable: Hashable, Sendable {
    public var columns: [String]
    public var rows: [[String]]
    /// Columns set flush right.
    public var numeric: Set<Int>
    /// Monte Carlo standard errors of the cells, by row and column; nil for a
    /// cell that is not random or is text. Empty for a table without any.
    public var errors: [[Double?]] = []
    /// Lines below the table.
    public var notes: [String] = []

    public init(
        columns: [String], rows: [[String]], numeric: Set<Int> = [], errors: [[Double?]] = [],
        notes: [String] = []
    ) {
        self.columns = columns
        self.rows = rows
        self.numeric = numeric
        self.errors = errors
        self.notes = notes
    }

    /// As a Markdown table.
    public var markdown: String {
        func escape(_ text: String) -> String {
            text.replacing("\\", with: "\\\\").replacing("|", with: "\\|")
                .replacing("<", with: "&lt;").replacing("\r", with: " ")
                .replacing("\n", with: " ")
        }
        let cells = ([columns] + rows).map { row in
            columns.indices.map { $0 < row.count ? escape(row[$0]) : "" }
        }
        let widths = columns.indices.map { column in
            max(3, cells.lazy.map { $0[column].count }.max() ?? 3)
        }
        func line(_ row: [String]) -> String {
            "| "
                + columns.indices.map { pad(row[$0], widths[$0], right: numeric.contains($0)) }
                .joined(separator: " | ") + " |"
        }
        let rule =
            "|"
            + columns.indices.map { column in
                let dashes = String(repeating: "-", count: widths[column] + 1)
                return numeric.contains(column) ? dashes + ":" : dashes + "-"
            }.joined(separator: "|") + "|"
        var lines = [line(cells[0]), rule] + cells.dropFirst().map(line)
        if !notes.isEmpty { lines += [""] + notes.map(escape) }
        return lines.joined(separator: "\n")
    }

    /// As aligned columns for a terminal.
    public var text: String {
        let all = [columns] + rows
        let widths = columns.indices.map { column in
            all.lazy.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        let lines = all.map { row in
            var line = ""
            for column in columns.indices {
                let cell = column < row.count ? row[column] : ""
                line +=
                    (column > 0 ? "  " : "")
                    + pad(cell, widths[column], right: numeric.contains(column))
            }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        return (lines + notes).joined(separator: "\n")
    }

    private func pad(_ text: String, _ width: Int, right: Bool) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }
}

extension ShownValue {
    /// Everything as plain text; a figure as its picture in braille.
    public var text: String {
        switch self {
        case .text(let text): text
        case .table(let table): table.text
        case .figure(let figure): figure.terminal()
        case .several(let parts): parts.map(\.text).joined(separator: "\n")
        }
    }
}
