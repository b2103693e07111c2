// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// What stands between tokens and has no meaning, but a reader.
struct Trivia {
    enum Kind {
        /// `// …`, or `# …` in old programs.
        case line
        /// `/* … */`
        case block
        /// `#include …`
        case include
        /// `@word`
        case annotation
    }

    var kind: Kind
    var range: Range<Int>
    /// Line ends between what is before and this.
    var breaks: Int
}

/// Everything between one token and the next.
struct Gap {
    var trivia: [Trivia] = []
    /// Line ends between the last of it and the token.
    var breaks = 0

    /// The gap between two offsets of a source that the lexer has read.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        var position = range.lowerBound
        let end = min(range.upperBound, bytes.count)
        func next(_ offset: Int = 1) -> UInt8 {
            position + offset < end ? bytes[position + offset] : 0
        }
        func lineEnd() -> Int { bytes[position..<end].firstIndex(of: 10) ?? end }
        while position < end {
            let start = position
            let kind: Trivia.Kind
            switch bytes[position] {
            case UInt8(ascii: "/") where next() == UInt8(ascii: "*"):
                position += 2
                while position < end, bytes[position] != UInt8(ascii: "*") || next() != 47 {
                    position += 1
                }
                position = min(position + 2, end)
                kind = .block
            case UInt8(ascii: "/"):
                position = lineEnd()
                kind = .line
            case UInt8(ascii: "#"):
                position = lineEnd()
                kind = bytes[start..<position].starts(with: "#include".utf8) ? .include : .line
            case UInt8(ascii: "@"):
                position += 1
                while position < end, bytes[position] > 32, bytes[position] != 47,
                    bytes[position] != UInt8(ascii: "#"), bytes[position] != UInt8(ascii: "@")
                {
                    position += 1
                }
                kind = .annotation
            case 10:
                breaks += 1
                position += 1
                continue
            case 0...32:
                position += 1
                continue
            default:
                // Not Stan; kept, because nothing may be lost.
                position += 1
                kind = .annotation
            }
            trivia.append(Trivia(kind: kind, range: start..<position, breaks: breaks))
            breaks = 0
        }
    }

    /// Puts what stood before the token in front of this gap: a comment
    /// before a comma goes behind it.
    mutating func prepend(_ other: Gap) {
        guard let last = other.trivia.last else { return }
        if last.kind != .block, last.kind != .annotation {
            if trivia.isEmpty {
                breaks = max(breaks, 1)
            } else {
                trivia[0].breaks = max(trivia[0].breaks, 1)
            }
        }
        trivia = other.trivia + trivia
    }
}

extension Trivia {
    /// The lines as they are printed. Later lines of a comment keep their
    /// place relative to its start.
    func lines(in source: SourceText) -> [String] {
        let lines = source.text(in: range).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map { line in
            String(line.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed())
        }
        guard lines.count > 1 else { return lines }
        let bytes = source.bytes
        let lineStart = bytes[..<range.lowerBound].lastIndex(of: 10).map { $0 + 1 } ?? 0
        let before = source.text(in: lineStart..<range.lowerBound)
        let start = before.reduce(0) { $0 + ($1 == "\t" ? 2 : 1) }
        let rest = lines.dropFirst().map { line -> (Int, Substring) in
            let text = line.drop { $0 == " " || $0 == "\t" }
            let blank = line[..<text.startIndex]
            return (blank.reduce(0) { $0 + ($1 == "\t" ? 2 : 1) }, text)
        }
        // A column of stars stands under the first one.
        if rest.allSatisfy({ $0.1.hasPrefix("*") }) {
            return [lines[0]] + rest.map { " " + $0.1 }
        }
        let least = rest.filter { !$0.1.isEmpty }.map(\.0).min() ?? 0
        let shift = min(least, start)
        return [lines[0]]
            + rest.map { indent, text in
                text.isEmpty ? "" : String(repeating: " ", count: indent - shift) + text
            }
    }
}
