// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension DocumentScanner {
    /// Inline values, links and headings of a line of prose.
    mutating func readProse(_ index: Int) {
        let line = prose(index)
        readHeading(line)
        var position = line.lowerBound
        while position < line.upperBound {
            switch source.bytes[position] {
            case UInt8(ascii: "\\"): position += 2
            case UInt8(ascii: "`"): position = readCodeSpan(position, line.upperBound)
            case UInt8(ascii: "]"): position = readLink(position, line.upperBound)
            default: position += 1
            }
        }
    }

    /// The byte after a code span, or after its backticks when it is none.
    private mutating func readCodeSpan(_ start: Int, _ end: Int) -> Int {
        var open = start
        while open < end, source.bytes[open] == UInt8(ascii: "`") { open += 1 }
        let length = open - start
        var position = open
        while position < end {
            guard source.bytes[position] == UInt8(ascii: "`") else {
                position += 1
                continue
            }
            let close = position
            while position < end, source.bytes[position] == UInt8(ascii: "`") { position += 1 }
            guard position - close == length else { continue }
            if length == 1, open + 1 < close, source.bytes[open] == UInt8(ascii: "="),
                source.bytes[open + 1] == 0x20
            {
                inlineValues.append(
                    Notebook.InlineValue(range: start..<position, expression: open + 2..<close))
            }
            return position
        }
        return open
    }

    /// `](#target)`
    private mutating func readLink(_ start: Int, _ end: Int) -> Int {
        guard start + 2 < end, source.bytes[start + 1] == UInt8(ascii: "("),
            source.bytes[start + 2] == UInt8(ascii: "#")
        else { return start + 1 }
        var position = start + 3
        while position < end, source.bytes[position] != UInt8(ascii: ")"),
            source.bytes[position] != 0x20
        {
            position += 1
        }
        guard position < end, position > start + 3 else { return start + 1 }
        references.append(
            Notebook.CrossReference(
                target: source.text(in: start + 3..<position), range: start + 2..<position))
        return position
    }

    private mutating func readHeading(_ line: Range<Int>) {
        let text = source.text(in: line)
        let hashes = text.prefix { $0 == "#" }
        guard (1...6).contains(hashes.count), text.dropFirst(hashes.count).first == " " else {
            return
        }
        // The anchors that GitHub gives to headings.
        var slug = ""
        for character in text.dropFirst(hashes.count).drop(while: { $0 == " " }).lowercased() {
            if character == " " {
                slug += "-"
            } else if character.isLetter || character.isNumber || character == "-"
                || character == "_"
            {
                slug.append(character)
            }
        }
        var unique = slug
        var count = 0
        while anchors.contains(unique) {
            count += 1
            unique = "\(slug)-\(count)"
        }
        anchors.insert(unique)
    }
}
