// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Cuts a byte range of a source into tokens.
struct Lexer {
    let source: SourceText
    let end: Int
    var offset: Int
    private var tokens: [Token] = []

    init(_ source: SourceText, _ range: Range<Int>) {
        self.source = source
        let bounded = range.clamped(to: 0..<source.bytes.count)
        self.offset = bounded.lowerBound
        self.end = bounded.upperBound
    }

    /// All tokens, the last of which is `.end`.
    static func tokens(of source: SourceText, in range: Range<Int>) throws(Diagnostic) -> [Token] {
        var lexer = Lexer(source, range)
        return try lexer.run()
    }

    private mutating func run() throws(Diagnostic) -> [Token] {
        while true {
            let before = offset
            let newline = try skipSpace()
            let space = offset > before || tokens.isEmpty
            if space, !tokens.isEmpty { tokens[tokens.count - 1].spaceAfter = true }
            let start = offset
            guard let byte = peek() else {
                tokens.append(
                    Token(
                        kind: .end, range: start..<start, newlineBefore: true, spaceBefore: true))
                return tokens
            }
            let kind: Token.Kind
            if isDigit(byte) {
                kind = try number()
            } else if byte == UInt8(ascii: "\"") {
                kind = try string()
            } else if byte == UInt8(ascii: "$") {
                kind = try closureParameter()
            } else if let operation = symbol() {
                kind = .symbol(operation)
            } else {
                kind = try identifier()
            }
            tokens.append(
                Token(
                    kind: kind, range: start..<offset, newlineBefore: newline, spaceBefore: space,
                    spaceAfter: false))
        }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        offset + ahead < end ? source.bytes[offset + ahead] : nil
    }

    private func isDigit(_ byte: UInt8?) -> Bool {
        byte.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false
    }

    private func failure(
        _ message: String, _ range: Range<Int>, help: String? = nil
    ) -> Diagnostic {
        Diagnostic(code: "script/syntax", message, in: source, at: range, help: help)
    }

    /// Skips white space and comments; true when a line ended.
    private mutating func skipSpace() throws(Diagnostic) -> Bool {
        var newline = tokens.isEmpty
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                newline = true
                offset += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                offset += 1
            case 0xC2 where peek(1) == 0xA0:  // no-break space
                offset += 2
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                while let next = peek(), next != UInt8(ascii: "\n") { offset += 1 }
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                let start = offset
                var depth = 0
                repeat {
                    if peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                        depth += 1
                        offset += 2
                    } else if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                        depth -= 1
                        offset += 2
                    } else if let next = peek() {
                        if next == UInt8(ascii: "\n") { newline = true }
                        offset += 1
                    } else {
                        throw failure(
                            "this comment is not closed", start..<(start + 2), help: "add */")
                    }
                } while depth > 0
            default:
                return newline
            }
        }
        return newline
    }

    private mutating func number() throws(Diagnostic) -> Token.Kind {
        let start = offset
        func isBody(_ byte: UInt8?) -> Bool { isDigit(byte) || byte == UInt8(ascii: "_") }
        while isBody(peek()) { offset += 1 }
        if peek() == UInt8(ascii: "."), isDigit(peek(1)) {
            offset += 1
            while isBody(peek()) { offset += 1 }
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            let signed = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
            if isDigit(peek(signed ? 2 : 1)) {
                offset += signed ? 2 : 1
                while isBody(peek()) { offset += 1 }
            }
        }
        let text = source.text(in: start..<offset).filter { $0 != "_" }
        if let next = peek(), isLetter(next) {
            var stop = offset
            while stop < end, isLetter(source.bytes[stop]) || isDigit(source.bytes[stop]) {
                stop += 1
            }
            let name = source.text(in: offset..<stop)
            throw failure(
                "a number is followed directly by a name", start..<stop,
                help: "write \(text) * \(name)")
        }
        guard let value = Double(text), value.isFinite else {
            throw failure("\(text) is not a number that a Double can hold", start..<offset)
        }
        return .number(value)
    }

    private mutating func closureParameter() throws(Diagnostic) -> Token.Kind {
        let start = offset
        offset += 1
        while isDigit(peek()) { offset += 1 }
        guard let index = Int(source.text(in: (start + 1)..<offset)), index < 10 else {
            throw failure(
                "expected a closure's parameter after $", start..<max(offset, start + 1),
                help: "$0 is the first, $1 the second, up to $9")
        }
        return .parameter(index)
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
            || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private mutating func identifier() throws(Diagnostic) -> Token.Kind {
        let start = offset
        while let byte = peek(), isLetter(byte) || isDigit(byte) { offset += 1 }
        if offset == start {
            offset += 1
            let shown = source.text(in: start..<offset)
            throw failure("unexpected character '\(shown)'", start..<offset)
        }
        let text = source.text(in: start..<offset)
        for scalar in text.unicodeScalars where !scalar.isASCII {
            if scalar == "≈" {
                return splitAtApproximately(from: start)
            }
            guard scalar.properties.isXIDContinue else {
                throw failure("unexpected character '\(scalar)' in a name", start..<offset)
            }
        }
        return .identifier(text)
    }

    /// `≈` is not ASCII, so it reaches the reader of names: either it comes
    /// first and is a token, or the name before it is.
    private mutating func splitAtApproximately(from start: Int) -> Token.Kind {
        let sign = Array("≈".utf8)
        var position = start
        while position + sign.count <= offset {
            if Array(source.bytes[position..<position + sign.count]) == sign { break }
            position += 1
        }
        if position == start {
            offset = start + sign.count
            return .symbol("≈")
        }
        offset = position
        return .identifier(source.text(in: start..<position))
    }

    private static let symbols: [String] = [
        "..<", "...", ".<=", ".>=", ".==", ".!=", ".<", ".>", ".&", ".|", ".!",
        "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "->",
        "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "=", "+", "-", "*", "/", "^", "<", ">",
        "!", "?", "%",
    ]
    private static let symbolBytes = symbols.map { (Array($0.utf8), $0) }

    private mutating func symbol() -> String? {
        for (bytes, text) in Lexer.symbolBytes where offset + bytes.count <= end {
            var same = true
            for (index, byte) in bytes.enumerated() where source.bytes[offset + index] != byte {
                same = false
                break
            }
            if same {
                offset += bytes.count
                return text
            }
        }
        return nil
    }

    private mutating func string() throws(Diagnostic) -> Token.Kind {
        let start = offset
        offset += 1
        var parts: [Token.StringPart] = []
        var text: [UInt8] = []
        while let byte = peek(), byte != UInt8(ascii: "\n") {
            if byte == UInt8(ascii: "\"") {
                offset += 1
                if !text.isEmpty || parts.isEmpty {
                    parts.append(.text(String(decoding: text, as: UTF8.self)))
                }
                return .string(parts)
            }
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                offset += 1
                continue
            }
            let escape = offset
            offset += 2
            switch peek(-1) {
            case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "t"): text.append(UInt8(ascii: "\t"))
            case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
            case UInt8(ascii: "("):
                if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
                text = []
                parts.append(.code(try interpolation(from: escape)))
            default:
                throw failure(
                    "unknown escape in a string", escape..<min(offset, end),
                    help: "known are \\n, \\t, \\\\, \\\" and \\(expression)")
            }
        }
        throw failure("this string is not closed", start..<offset, help: "add \"")
    }

    /// The code of `\(…)`: up to the bracket that matches, strings skipped.
    private mutating func interpolation(from escape: Int) throws(Diagnostic) -> Range<Int> {
        let start = offset
        var depth = 1
        var inString = false
        while let byte = peek(), byte != UInt8(ascii: "\n") {
            if byte == UInt8(ascii: "\\") {
                offset += 2
                continue
            }
            if byte == UInt8(ascii: "\"") { inString.toggle() }
            if !inString {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
            }
            offset += 1
            if depth == 0 { return start..<(offset - 1) }
        }
        throw failure(
            "this interpolation is not closed", escape..<min(escape + 2, end), help: "add )")
    }
}
