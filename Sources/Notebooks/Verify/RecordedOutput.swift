// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// One part of recorded results, read back from the Markdown that
/// `OutputMarkdown` writes.
enum RecordedOutput: Equatable {
    case text(String)
    case table(rows: [[String]], errors: [[Double?]])
    case figure(path: String)
    /// A line that is none of these.
    case other(String)

    /// What stands between the two comments.
    static func parse(_ content: String) -> [RecordedOutput] {
        var result: [RecordedOutput] = []
        let lines = content.replacing("\r\n", with: "\n").split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        var index = 0
        while index < lines.count {
            let line = lines[index].trimmingCharacters(in: .whitespaces)
            let marks = line.prefix { $0 == "`" }
            if marks.count >= 3 {
                var body: [String] = []
                index += 1
                while index < lines.count,
                    lines[index].trimmingCharacters(in: .whitespaces) != marks
                {
                    body.append(lines[index])
                    index += 1
                }
                result.append(.text(body.joined(separator: "\n")))
                index += 1
            } else if line.hasPrefix("|") {
                var rows: [[String]] = []
                while index < lines.count, lines[index].hasPrefix("|") {
                    rows.append(cells(lines[index]))
                    index += 1
                }
                var errors: [[Double?]] = []
                if index < lines.count,
                    let found = OutputMarkdown.errors(fromComment: lines[index])
                {
                    errors = found
                    index += 1
                }
                if rows.count > 1 { rows.remove(at: 1) }
                result.append(.table(rows: rows, errors: errors))
            } else if line.hasPrefix("!["), line.hasSuffix(")"),
                let open = line.range(of: "](", options: .backwards)
            {
                let path = String(line[open.upperBound...].dropLast())
                result.append(.figure(path: path.removingPercentEncoding ?? path))
                index += 1
            } else {
                if !line.isEmpty { result.append(.other(line)) }
                index += 1
            }
        }
        return result
    }

    /// The cells of a table's line; `\|` is part of a cell.
    private static func cells(_ line: String) -> [String] {
        var cells: [String] = []
        var current = ""
        var isEscaped = false
        for character in line.trimmingCharacters(in: .whitespaces).dropFirst() {
            if character == "|", !isEscaped {
                cells.append(current.trimmingCharacters(in: .whitespaces))
                current = ""
            } else {
                current.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return cells
    }

    var kind: String {
        switch self {
        case .text: "text"
        case .table: "table"
        case .figure: "figure"
        case .other: "text"
        }
    }
}

/// A piece of printed text that is compared as one.
enum PrintedToken: Equatable {
    case word(String)
    /// A number with the place of its last digit.
    case number(Double, unit: Double, text: String)
    /// `value ± error`.
    case estimate(Double, error: Double, unit: Double, text: String)
    /// A time, which is not compared.
    case time

    private static let timeUnits: Set<String> = [
        "ns", "µs", "μs", "ms", "s", "min", "h", "seconds", "second", "minutes",
    ]

    /// Words, numbers, estimates and times of a text; white space is nothing.
    static func tokens(_ text: String) -> [PrintedToken] {
        let raw = words(text)
        var result: [PrintedToken] = []
        var index = 0
        while index < raw.count {
            guard let (value, unit) = number(raw[index]) else {
                result.append(.word(raw[index]))
                index += 1
                continue
            }
            if index + 2 < raw.count, raw[index + 1] == "±",
                let (error, errorUnit) = number(raw[index + 2])
            {
                result.append(
                    .estimate(
                        value, error: error, unit: min(unit, errorUnit),
                        text: raw[index...(index + 2)].joined(separator: " ")))
                index += 3
            } else if index + 1 < raw.count, timeUnits.contains(raw[index + 1]) {
                result.append(.time)
                index += 2
            } else {
                result.append(.number(value, unit: unit, text: raw[index]))
                index += 1
            }
        }
        return result
    }

    /// Cuts at white space and around numbers.
    private static func words(_ text: String) -> [String] {
        var result: [String] = []
        var word = ""
        func flush() {
            if !word.isEmpty { result.append(word) }
            word = ""
        }
        let characters = Array(text)
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if character.isWhitespace {
                flush()
                index += 1
                continue
            }
            let joins = word.last.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
            if !(joins ?? false), let end = endOfNumber(characters, index) {
                // A unit or sign directly behind belongs to the next word, but
                // "1st" and "x2" are words.
                flush()
                result.append(String(characters[index..<end]))
                index = end
                continue
            }
            word.append(character)
            index += 1
        }
        flush()
        return result
    }

    private static func isDigit(_ character: Character) -> Bool {
        character.isASCII && character.isNumber
    }

    private static func endOfNumber(_ characters: [Character], _ start: Int) -> Int? {
        var index = start
        func at(_ i: Int) -> Character? { i < characters.count ? characters[i] : nil }
        if let sign = at(index), sign == "-" || sign == "+" || sign == "−" { index += 1 }
        guard let first = at(index), isDigit(first) else { return nil }
        while let next = at(index), isDigit(next) { index += 1 }
        if at(index) == ".", let next = at(index + 1), isDigit(next) {
            index += 1
            while let next = at(index), isDigit(next) { index += 1 }
        }
        if let mark = at(index), mark == "e" || mark == "E" {
            var exponent = index + 1
            if let sign = at(exponent), sign == "-" || sign == "+" { exponent += 1 }
            if let digit = at(exponent), isDigit(digit) {
                while let next = at(exponent), isDigit(next) { exponent += 1 }
                index = exponent
            }
        }
        if let next = at(index), next.isLetter {
            // "12s" is a number with a unit; "3rd" is a word.
            let rest = String(characters[index...].prefix { $0.isLetter })
            return timeUnits.contains(rest) ? index : nil
        }
        return index
    }

    /// The value of a number's text and the place of its last digit.
    private static func number(_ text: String) -> (Double, Double)? {
        let plain = text.replacing("−", with: "-")
        guard let first = plain.first(where: { $0 != "-" && $0 != "+" }), isDigit(first),
            let value = Double(plain)
        else { return nil }
        let parts = plain.lowercased().split(separator: "e")
        let decimals = parts[0].split(separator: ".").dropFirst().first?.count ?? 0
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return (value, powerOf10(exponent - decimals))
    }

    private static func powerOf10(_ exponent: Int) -> Double { pow(10, Double(exponent)) }
}
