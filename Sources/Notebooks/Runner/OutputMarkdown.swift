// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// How results stand in the file: text in an `output` fence, tables as
/// Markdown, figures as links.
enum OutputMarkdown {
    static func text(of outputs: [CellOutput]) -> String {
        var blocks: [String] = []
        var lines: [String] = []
        func flush() {
            guard !lines.isEmpty else { return }
            blocks.append(fence(lines.joined(separator: "\n")))
            lines = []
        }
        for output in outputs {
            switch output {
            case .text(let text): lines.append(text)
            case .table(let table):
                flush()
                blocks.append(table.markdown + comment(table.errors))
            case .figure(let figure):
                flush()
                blocks.append(link(figure))
            }
        }
        flush()
        return blocks.joined(separator: "\n\n")
    }

    /// A fence longer than any in the text.
    private static func fence(_ text: String) -> String {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let marks = String(repeating: "`", count: max(3, longest + 1))
        let plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        return "\(marks)output\n\(plain)\n\(marks)"
    }

    /// The Monte Carlo errors of a table's cells, which its columns have no
    /// room for: what a verification needs. `.` is a cell without one.
    private static func comment(_ errors: [[Double?]]) -> String {
        guard errors.contains(where: { $0.contains { $0 != nil } }) else { return "" }
        let rows = errors.map { row in
            row.map { $0.map { ScriptFormat.number($0, digits: 2) } ?? "." }
                .joined(separator: " ")
        }
        return "\n<!-- errors \(rows.joined(separator: " | ")) -->"
    }

    static func errors(fromComment text: String) -> [[Double?]]? {
        guard text.hasPrefix("<!-- errors "), text.hasSuffix(" -->") else { return nil }
        return text.dropFirst(12).dropLast(4).split(separator: "|").map { row in
            row.split(separator: " ").map { $0 == "." ? nil : Double($0) }
        }
    }

    private static func link(_ figure: NotebookFigure) -> String {
        var text = figure.figure.altText
        for (character, escaped) in [("\\", "\\\\"), ("[", "\\["), ("]", "\\]"), ("\n", " ")] {
            text = text.replacing(character, with: escaped)
        }
        if text.count > 500 { text = String(text.prefix(499)) + "…" }
        var allowed = CharacterSet.urlPathAllowed
        allowed.remove(charactersIn: "()")
        let path =
            figure.path.addingPercentEncoding(withAllowedCharacters: allowed) ?? figure.path
        return "![\(text)](\(path))"
    }
}
