// SPDX-License-Identifier: GPL-3.0-or-later

extension Figure {
    /// The figure as text for a terminal: braille dots for lines, points and
    /// areas, block elements for bars.
    /// - Parameters:
    ///   - width: columns, kept within 30…400.
    ///   - height: rows of a panel's drawing, kept within 4…200; a forest takes
    ///     one row a name.
    ///   - color: whether to use ANSI colours; whether the terminal takes them
    ///     (and `NO_COLOR`) is for the caller to know.
    public func terminal(width: Int = 72, height: Int = 16, color: Bool = false) -> String {
        let width = min(max(width, 30), 400)
        let height = min(max(height, 4), 200)
        var lines: [String] = []
        func muted(_ text: String) -> String {
            color && !text.isEmpty ? "\u{1B}[38;5;244m\(text)\u{1B}[0m" : text
        }
        if let title {
            let printed = TerminalText.wrapped(title, width: width)
            lines += color ? printed.map { "\u{1B}[1m\($0)\u{1B}[0m" } : printed
        }
        let key = TerminalText.key(KeyEntry.entries(of: panels), width: width, color: color)
        if !key.isEmpty { lines += key }
        let columns = panels.count > 1 ? max(1, min(self.columns, width / 34)) : 1
        let cell = (width - 3 * (columns - 1)) / columns
        var i = 0
        while i < panels.count {
            let row = panels[i..<min(i + columns, panels.count)].map {
                TerminalPanel($0, width: cell, height: height).rows(color: color)
            }
            let deepest = row.map(\.count).max() ?? 0
            if i > 0 { lines.append("") }
            for y in 0..<deepest {
                var text = ""
                for (column, rows) in row.enumerated() {
                    let part = y < rows.count ? rows[y] : (text: "", width: 0)
                    text += part.text
                    if column + 1 < row.count {
                        text += String(repeating: " ", count: max(0, cell - part.width) + 3)
                    }
                }
                while text.hasSuffix(" ") { text.removeLast() }
                lines.append(text)
            }
            i += columns
        }
        if let fullCaption {
            lines += TerminalText.wrapped(fullCaption, width: width).map(muted)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Text in cells of equal width.
enum TerminalText {
    /// Characters a terminal could take for commands are replaced.
    static func clean(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? " " : $0
                }))
    }

    static func wrapped(_ text: String, width: Int) -> [String] {
        var out: [String] = []
        var current = ""
        for word in clean(text).split(separator: " ") {
            if current.isEmpty {
                current = String(word)
            } else if current.count + 1 + word.count <= width || word.hasPrefix("%") {
                current += " " + word
            } else {
                out.append(current)
                current = String(word)
            }
        }
        if !current.isEmpty { out.append(current) }
        return out.map { shortened($0, to: width) }
    }

    static func key(_ entries: [KeyEntry], width: Int, color: Bool) -> [String] {
        var lines: [String] = []
        var current = ""
        var length = 0
        for entry in entries.prefix(24) {
            let sample: String
            switch entry.mark.shape {
            case .line: sample = entry.mark.style.dash == .solid ? "━━" : "╍╍"
            case .area: sample = "⣿⣿"
            case .bars: sample = "██"
            case .points(_, let symbol): sample = symbol == .disc ? "•" : String(symbol.character)
            case .text: sample = ""
            }
            let label = shortened(clean(entry.label), to: max(8, width - 8))
            let added = sample.count + 1 + label.count + 3
            if length > 0, length + added - 3 > width {
                lines.append(current)
                current = ""
                length = 0
            }
            let tint = color ? entry.mark.style.ink.terminalColor : nil
            let shown = tint.map { "\u{1B}[38;5;\($0)m\(sample)\u{1B}[0m" } ?? sample
            current += (length > 0 ? "   " : "") + shown + " " + label
            length += added
        }
        if length > 0 { lines.append(current) }
        return lines
    }
}
