// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Rewrites a program of yesterday's language in today's: a list of small
/// changes to its text, so that everything else stays as it is.
///
/// The parsed tree tells declarations and statements, the checked one what
/// calls mean; both lead back to tokens by their places.
struct Upgrader {
    let source: SourceText
    let tokens: [Token]
    private var edits: [Edit] = []
    private var moves: [Move] = []
    private(set) var notes: [Diagnostic] = []

    struct Edit {
        var range: Range<Int>
        var text: String
        /// Of several insertions in one place the least comes first.
        var order = 0
    }

    /// Brackets that go in front of a type.
    struct Move {
        var brackets: Range<Int>
        var target: Int
    }

    init(_ source: SourceText, _ tokens: [Token]) {
        self.source = source
        self.tokens = tokens
    }

    // MARK: Changes

    mutating func replace(_ range: Range<Int>, with text: String) {
        edits.append(Edit(range: range, text: text))
    }

    mutating func replace(_ token: Int, with text: String) {
        guard tokens.indices.contains(token) else { return }
        replace(tokens[token].range, with: text)
    }

    mutating func insert(_ text: String, at offset: Int) {
        replace(offset..<offset, with: text)
    }

    mutating func move(_ brackets: Range<Int>, to target: Int) {
        moves.append(Move(brackets: brackets, target: target))
    }

    mutating func note(_ message: String, at range: Range<Int>, help: String? = nil) {
        notes.append(
            Diagnostic(
                .warning, code: "stan/upgrade", message, in: source, at: range, help: help))
    }

    /// The whole program with all changes.
    func text() -> String {
        let edits = sorted(edits)
        // What is moved, with the changes inside it.
        var all = edits.filter { edit in
            !moves.contains {
                $0.brackets.lowerBound <= edit.range.lowerBound
                    && edit.range.upperBound <= $0.brackets.upperBound
            }
        }
        for move in moves {
            let brackets = move.brackets
            let inside = edits.filter {
                brackets.lowerBound <= $0.range.lowerBound
                    && $0.range.upperBound <= brackets.upperBound
            }
            let target = move.target..<move.target
            let text = "array\(rewritten(brackets, inside)) "
            all.append(Edit(range: brackets, text: ""))
            all.append(Edit(range: target, text: text, order: -1))
        }
        return rewritten(0..<source.bytes.count, sorted(all))
    }

    private func sorted(_ edits: [Edit]) -> [Edit] {
        edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.element.order, $0.offset)
                < ($1.element.range.lowerBound, $1.element.order, $1.offset)
        }.map(\.element)
    }

    /// The text of a range with changes inside it, which are in order.
    private func rewritten(_ range: Range<Int>, _ edits: [Edit]) -> String {
        var result = ""
        var end = range.lowerBound
        for edit in edits where edit.range.lowerBound >= end {
            result += source.text(in: end..<edit.range.lowerBound) + edit.text
            end = edit.range.upperBound
        }
        return result + source.text(in: end..<max(end, range.upperBound))
    }

    // MARK: Tokens

    /// The first token that begins at an offset or behind it.
    func token(at offset: Int) -> Int {
        var low = 0
        var high = tokens.count - 1
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].start < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func word(_ token: Int) -> String {
        tokens.indices.contains(token) ? source.text(in: tokens[token].range) : ""
    }

    func kind(_ token: Int) -> Token.Kind {
        tokens.indices.contains(token) ? tokens[token].kind : .end
    }

    /// The bracket that closes the one at a position.
    func closing(_ open: Int) -> Int {
        var depth = 0
        for i in open..<tokens.count {
            switch tokens[i].kind {
            case .leftParen, .leftBracket, .leftBrace: depth += 1
            case .rightParen, .rightBracket, .rightBrace:
                depth -= 1
                if depth == 0 { return i }
            default: break
            }
        }
        return tokens.count - 1
    }

    /// The commas between the brackets at a position, outside others.
    func commas(in open: Int) -> [Int] {
        var depth = 0
        var list: [Int] = []
        for i in open..<max(open, closing(open)) {
            switch tokens[i].kind {
            case .leftParen, .leftBracket, .leftBrace: depth += 1
            case .rightParen, .rightBracket, .rightBrace: depth -= 1
            case .comma where depth == 1: list.append(i)
            default: break
            }
        }
        return list
    }

    // MARK: Comments

    /// `# …` becomes `// …`.
    mutating func comments() {
        var end = 0
        for token in tokens {
            for trivia in Gap(source.bytes, end..<max(end, token.start)).trivia
            where trivia.kind == .line {
                let start = trivia.range.lowerBound
                guard source.bytes[start] == UInt8(ascii: "#") else { continue }
                let second = start + 1 < source.bytes.count ? source.bytes[start + 1] : 0
                let width = second == UInt8(ascii: "#") ? 2 : 1
                replace(start..<start + width, with: "//")
            }
            end = token.end
        }
    }
}
