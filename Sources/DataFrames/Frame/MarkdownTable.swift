// SPDX-License-Identifier: GPL-3.0-or-later

/// A table as Markdown that also reads well on a terminal: cells padded to
/// equal widths, numbers to the right.
package struct MarkdownTable {
    package enum Alignment: Sendable { case left, right }

    package var header: [String]
    package var alignments: [Alignment]
    package var rows: [[String]] = []

    package init(_ columns: [(String, Alignment)]) {
        header = columns.map(\.0)
        alignments = columns.map(\.1)
    }

    package var text: String {
        let lines = ([header] + rows).map { $0.map(Self.escaped) }
        let widths = header.indices.map { column in
            lines.map { column < $0.count ? $0[column].count : 0 }.max().map { max($0, 3) } ?? 3
        }
        var output: [String] = []
        for (number, line) in lines.enumerated() {
            output.append(
                "| "
                    + header.indices.map { column in
                        let cell = column < line.count ? line[column] : ""
                        let pad = String(repeating: " ", count: widths[column] - cell.count)
                        return alignments[column] == .left ? cell + pad : pad + cell
                    }.joined(separator: " | ") + " |")
            if number == 0 {
                output.append(
                    "|"
                        + header.indices.map { column in
                            let dashes = String(repeating: "-", count: widths[column])
                            return alignments[column] == .left ? " \(dashes) " : " \(dashes):"
                        }.joined(separator: "|") + "|")
            }
        }
        return output.joined(separator: "\n")
    }

    /// Bars and line ends would end a cell; they are written so that they
    /// cannot.
    private static func escaped(_ cell: String) -> String {
        guard cell.utf8.contains(where: { $0 == 0x7C || $0 < 0x20 }) else { return cell }
        var result = ""
        for scalar in cell.unicodeScalars {
            switch scalar {
            case "|": result += "\\|"
            case "\n", "\r", "\t": result += " "
            case let control where control.value < 0x20: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension DataFrame {
    /// The frame as a Markdown table: all rows, or the first and last with a
    /// line between that says how many are left out.
    /// - Parameters:
    ///   - maximumRows: More rows than these are left out.
    ///   - digits: Significant digits of numbers.
    public func markdown(maximumRows: Int = 20, digits: Int = 6) -> String {
        var table = MarkdownTable(
            columns.map { ($0.name, $0.type == .integer || $0.type == .number ? .right : .left) })
        func row(_ index: Int) -> [String] {
            columns.map {
                switch $0[index] {
                case .number(let value): NumberText.significant(value, digits)
                case let cell: cell.description
                }
            }
        }
        let limit = max(maximumRows, 2)
        if rowCount <= limit {
            table.rows = (0..<rowCount).map(row)
            return table.text
        }
        let head = limit - limit / 4
        let tail = limit / 4
        table.rows = (0..<head).map(row)
        table.rows.append(columns.map { _ in "…" })
        table.rows += (rowCount - tail..<rowCount).map(row)
        return table.text + "\n\n\(rowCount) rows, of which \(rowCount - head - tail) not shown"
    }
}

extension DataFrame: CustomStringConvertible {
    /// The Markdown table of the first and last rows.
    public var description: String { markdown() }
}
