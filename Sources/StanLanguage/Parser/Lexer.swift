// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Cuts a source into tokens. Any sequence of bytes is accepted: what is not
/// Stan becomes a diagnostic and is skipped.
struct Lexer {
    let source: SourceText
    private let bytes: [UInt8]
    private var position = 0
    private(set) var tokens: [Token] = []
    /// Identifiers, each once.
    private(set) var names: [String] = []
    private(set) var diagnostics: [Diagnostic] = []
    private var numbers: [String: Int] = [:]
    private var words: [Word] = []
    private var warnedOfHash = false

    private static let wordOfText = Dictionary(
        uniqueKeysWithValues: Word.allCases.map { ($0.rawValue, $0) })

    init(_ source: SourceText) {
        self.source = source
        bytes = source.bytes
        tokens.reserveCapacity(bytes.count / 4 + 1)
        while let token = next() { tokens.append(token) }
        let end = bytes.count
        tokens.append(Token(kind: .end, word: .none, start: end, end: end, name: 0))
    }

    private func byte(_ offset: Int = 0) -> UInt8 {
        let index = position + offset
        return index < bytes.count ? bytes[index] : 0
    }

    private mutating func report(
        _ code: String, _ message: String, at range: Range<Int>,
        severity: Diagnostic.Severity = .error, label: String? = nil, help: String? = nil
    ) {
        guard diagnostics.count < 50 else { return }
        diagnostics.append(
            Diagnostic(
                severity, code: code, message, in: source, at: range, label: label, help: help))
    }

    private mutating func next() -> Token? {
        while position < bytes.count {
            let start = position
            let c = bytes[position]
            switch c {
            case UInt8(ascii: " "), 9, 10, 11, 12, 13: position += 1
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"): skipLine()
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): skipComment()
            case UInt8(ascii: "#"): hash()
            case UInt8(ascii: "@") where isLetter(byte(1)):  // An annotation: no meaning yet.
                position += 1
                while isLetter(byte()) || isDigit(byte()) { position += 1 }
            case UInt8(ascii: "\""): return string()
            case _ where isLetter(c): return identifier(from: position)
            case _ where isDigit(c): return number()
            case UInt8(ascii: ".") where isDigit(byte(1)): return number()
            default:
                if let (kind, length) = symbol() {
                    position += length
                    return Token(kind: kind, word: .none, start: start, end: position, name: 0)
                }
                invalid()
            }
        }
        return nil
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != 10 { position += 1 }
    }

    private mutating func skipComment() {
        let start = position
        position += 2
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                position += 2
                return
            }
            position += 1
        }
        report(
            "stan/comment", "unterminated comment", at: start..<min(start + 2, bytes.count),
            label: "starts here", help: "close it with */")
    }

    private mutating func hash() {
        let start = position
        skipLine()
        let line = source.text(in: start..<position)
        if line.hasPrefix("#include") {
            report(
                "stan/include", "#include is not supported here", at: start..<position,
                help: "copy the text of the file into the program")
        } else if !warnedOfHash {
            warnedOfHash = true
            report(
                "stan/deprecated", "comments beginning with # are no longer part of Stan",
                at: start..<start + 1, severity: .warning, help: "begin the comment with //")
        }
    }

    private mutating func string() -> Token {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != 10 {
            position += 1
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            position += 1
        } else {
            report(
                "stan/string", "unterminated string", at: start..<position, label: "starts here",
                help: "close it with \" on the same line")
        }
        return Token(kind: .string, word: .none, start: start, end: position, name: 0)
    }

    private mutating func identifier(from start: Int) -> Token {
        while position < bytes.count, isLetter(bytes[position]) || isDigit(bytes[position]) {
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let name: Int
        if let known = numbers[text] {
            name = known
        } else {
            name = names.count
            numbers[text] = name
            names.append(text)
            words.append(Lexer.wordOfText[text] ?? .none)
        }
        return Token(kind: .identifier, word: words[name], start: start, end: position, name: name)
    }

    private mutating func digits() {
        while isDigit(byte()) || (byte() == UInt8(ascii: "_") && isDigit(byte(1))) {
            position += 1
        }
    }

    private mutating func number() -> Token {
        let start = position
        var kind = Token.Kind.integer
        if byte() == UInt8(ascii: ".") {
            kind = .dotNumeral
            position += 1
            digits()
        } else {
            digits()
            if byte() == UInt8(ascii: ".") {
                kind = .real
                position += 1
                if isDigit(byte()) { digits() }
            }
        }
        if byte() | 0x20 == UInt8(ascii: "e") {
            let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
            if isDigit(byte(sign ? 2 : 1)) {
                kind = .real
                position += sign ? 2 : 1
                digits()
            }
        }
        if byte() == UInt8(ascii: "i"), !isLetter(byte(1)), !isDigit(byte(1)) {
            kind = .imaginary
            position += 1
        }
        if isLetter(byte()) {
            let end = position
            let token = identifier(from: start)
            report(
                "stan/syntax",
                "ill-formed number \(source.text(in: start..<min(position, start + 40)))",
                at: end..<position, label: "a name cannot begin with a digit")
            return token
        }
        return Token(kind: kind, word: .none, start: start, end: position, name: 0)
    }

    private mutating func invalid() {
        let start = position
        position += 1
        // The rest of a character beyond ASCII, if that is what it is.
        while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
        let text = source.text(in: start..<position)
        let value = text.unicodeScalars.first.map { String($0.value, radix: 16, uppercase: true) }
        let shown =
            bytes[start] < 32 ? "control character U+\(value ?? "0")" : "character '\(text)'"
        report("stan/character", "invalid \(shown) found", at: start..<position)
    }

    private func symbol() -> (Token.Kind, Int)? {
        let second = byte(1)
        let third = byte(2)
        let equals = UInt8(ascii: "=")
        switch bytes[position] {
        case UInt8(ascii: "("): return (.leftParen, 1)
        case UInt8(ascii: ")"): return (.rightParen, 1)
        case UInt8(ascii: "["): return (.leftBracket, 1)
        case UInt8(ascii: "]"): return (.rightBracket, 1)
        case UInt8(ascii: "{"): return (.leftBrace, 1)
        case UInt8(ascii: "}"): return (.rightBrace, 1)
        case UInt8(ascii: ","): return (.comma, 1)
        case UInt8(ascii: ";"): return (.semicolon, 1)
        case UInt8(ascii: ":"): return (.colon, 1)
        case UInt8(ascii: "?"): return (.question, 1)
        case UInt8(ascii: "~"): return (.tilde, 1)
        case UInt8(ascii: "'"): return (.quote, 1)
        case UInt8(ascii: "\\"): return (.leftDivide, 1)
        case UInt8(ascii: "^"): return (.power, 1)
        case UInt8(ascii: "|"): return second == UInt8(ascii: "|") ? (.or, 2) : (.bar, 1)
        case UInt8(ascii: "&"): return second == UInt8(ascii: "&") ? (.and, 2) : nil
        case UInt8(ascii: "+"): return second == equals ? (.plusAssign, 2) : (.plus, 1)
        case UInt8(ascii: "-"): return second == equals ? (.minusAssign, 2) : (.minus, 1)
        case UInt8(ascii: "*"): return second == equals ? (.timesAssign, 2) : (.times, 1)
        case UInt8(ascii: "/"): return second == equals ? (.divideAssign, 2) : (.divide, 1)
        case UInt8(ascii: "%"):
            return second == UInt8(ascii: "/") && third == UInt8(ascii: "%")
                ? (.integerDivide, 3) : (.modulo, 1)
        case UInt8(ascii: "="): return second == equals ? (.equal, 2) : (.assign, 1)
        case UInt8(ascii: "!"): return second == equals ? (.notEqual, 2) : (.not, 1)
        case UInt8(ascii: "<"): return second == equals ? (.lessOrEqual, 2) : (.less, 1)
        case UInt8(ascii: ">"): return second == equals ? (.greaterOrEqual, 2) : (.greater, 1)
        case UInt8(ascii: "."):
            switch second {
            case UInt8(ascii: "*"):
                return third == equals ? (.elementTimesAssign, 3) : (.elementTimes, 2)
            case UInt8(ascii: "/"):
                return third == equals ? (.elementDivideAssign, 3) : (.elementDivide, 2)
            case UInt8(ascii: "^"): return (.elementPower, 2)
            default: return nil
            }
        default: return nil
        }
    }
}

private func isLetter(_ c: UInt8) -> Bool {
    let folded = c | 0x20
    return (folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z")) || c == UInt8(ascii: "_")
}

private func isDigit(_ c: UInt8) -> Bool { c >= UInt8(ascii: "0") && c <= UInt8(ascii: "9") }
