// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Reads a cell of the script language into statements.
///
/// After an error the parser goes on at the next line, so that one run
/// reports every broken statement.
struct Parser {
    let source: SourceText
    let tokens: [Token]
    var position = 0
    var nesting = 0
    var diagnostics: [Diagnostic] = []
    /// Highest `$n` seen in the closure being read, and whether there is one.
    var closurePositions: [Int] = []
    /// Whether `f(x) { … }` hands the closure to f: not in the head of an `if`
    /// or a `for`, where the brace opens the body.
    var takesTrailingClosures = true

    static let maximumDepth = 500
    static let maximumNesting = 120

    init(_ source: SourceText, _ range: Range<Int>) throws(Diagnostic) {
        self.source = source
        self.tokens = try Lexer.tokens(of: source, in: range)
    }

    /// The statements in a range of a source, or everything wrong with them.
    static func parse(
        _ source: SourceText, _ range: Range<Int>
    ) throws(DiagnosticList) -> [Syntax.Statement] {
        do {
            var parser = try Parser(source, range)
            let statements = parser.cell()
            if parser.diagnostics.isEmpty { return statements }
            throw DiagnosticList(parser.diagnostics)
        } catch let list as DiagnosticList {
            throw list
        } catch let diagnostic as Diagnostic {
            throw DiagnosticList([diagnostic])
        } catch {
            throw DiagnosticList([
                Diagnostic(code: "script/syntax", "\(error)", in: source, at: range)
            ])
        }
    }

    /// One expression that fills a range (an interpolation, an inline value).
    static func expression(
        _ source: SourceText, _ range: Range<Int>, nesting: Int = 0
    ) throws(Diagnostic) -> Syntax.Expression {
        var parser = try Parser(source, range)
        parser.nesting = nesting
        let result = try parser.expression()
        guard parser.current.kind == .end else {
            throw parser.failure("unexpected \(parser.shown) after the expression")
        }
        return result
    }

    // MARK: Tokens

    var current: Token { tokens[position] }
    var next: Token { tokens[min(position + 1, tokens.count - 1)] }
    var previousEnd: Int { position > 0 ? tokens[position - 1].range.upperBound : 0 }

    /// The current token as a message names it.
    var shown: String {
        current.kind == .end ? "end of the cell" : "'\(source.text(in: current.range))'"
    }

    mutating func advance() {
        if position < tokens.count - 1 { position += 1 }
    }

    mutating func accept(_ symbol: String) -> Bool {
        guard current.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func acceptWord(_ word: String) -> Bool {
        guard current.isWord(word) else { return false }
        advance()
        return true
    }

    func failure(
        _ message: String, at range: Range<Int>? = nil, help: String? = nil
    ) -> Diagnostic {
        var range = range ?? current.range
        if range.isEmpty, current.kind == .end {
            // The end of a cell is a fence's line: point behind the last word.
            range = previousEnd..<previousEnd
        }
        return Diagnostic(code: "script/syntax", message, in: source, at: range, help: help)
    }

    mutating func expect(
        _ symbol: String, _ context: String, opened: Range<Int>? = nil
    ) throws(Diagnostic) {
        if accept(symbol) { return }
        var failure = failure("expected '\(symbol)' \(context), found \(shown)")
        if let opened {
            let place = source.position(of: opened.lowerBound)
            failure.help = "the bracket opened at line \(place.line), column \(place.column)"
        }
        throw failure
    }

    mutating func name(_ what: String) throws(Diagnostic) -> Syntax.Name {
        guard case .identifier(let text) = current.kind else {
            throw failure("expected \(what), found \(shown)")
        }
        guard !reservedWords.contains(text) else {
            throw failure("'\(text)' is a word of the language and cannot be a name")
        }
        let range = current.range
        advance()
        return Syntax.Name(text: text, range: range)
    }

    // MARK: Statements

    private mutating func cell() -> [Syntax.Statement] {
        var statements: [Syntax.Statement] = []
        while current.kind != .end {
            let start = position
            do {
                if accept(";") { continue }
                statements.append(try statement())
                try endOfStatement(closing: nil)
            } catch {
                diagnostics.append(error)
                if diagnostics.count >= 20 { break }
                skipToNextLine(from: start)
            }
        }
        return statements
    }

    /// Goes on at the first line outside of the brackets that were open.
    private mutating func skipToNextLine(from start: Int) {
        if position == start { advance() }
        var depth = 0
        for token in tokens[start..<position] {
            if case .symbol("{") = token.kind { depth += 1 }
            if case .symbol("}") = token.kind { depth -= 1 }
        }
        while current.kind != .end {
            if current.newlineBefore, depth <= 0 { return }
            if current.isSymbol("{") { depth += 1 }
            if current.isSymbol("}") { depth -= 1 }
            advance()
        }
    }

    private mutating func endOfStatement(closing: String?) throws(Diagnostic) {
        if current.kind == .end || current.newlineBefore || accept(";") { return }
        if let closing, current.isSymbol(closing) { return }
        if current.isSymbol("{") {
            throw failure(
                "unexpected '{' after the expression",
                help: "a closure goes inside the brackets: f(x, { x in … })")
        }
        throw failure(
            "unexpected \(shown) after the statement",
            help: "one statement a line, or separate them by ;")
    }

    mutating func block(_ context: String) throws(Diagnostic) -> Syntax.Block {
        let start = current.range
        try expect("{", context)
        return try blockBody(opened: start)
    }

    /// Statements up to the closing brace; the opening one has been read.
    mutating func blockBody(opened: Range<Int>) throws(Diagnostic) -> Syntax.Block {
        try enter()
        defer { nesting -= 1 }
        let outer = takesTrailingClosures
        takesTrailingClosures = true
        defer { takesTrailingClosures = outer }
        var statements: [Syntax.Statement] = []
        while !current.isSymbol("}") {
            guard current.kind != .end else {
                throw failure(
                    "this '{' is not closed", at: opened, help: "add } at the end of the block")
            }
            if accept(";") { continue }
            statements.append(try statement(inBlock: true))
            try endOfStatement(closing: "}")
        }
        let end = current.range.upperBound
        advance()
        return Syntax.Block(statements: statements, range: opened.lowerBound..<end)
    }

    private mutating func statement(inBlock: Bool = false) throws(Diagnostic) -> Syntax.Statement {
        let start = current.range.lowerBound
        if case .identifier(let word) = current.kind {
            switch word {
            case "let", "var":
                advance()
                let name = try name("a name after '\(word)'")
                if accept(":") {
                    throw failure("types are not written in the script language", help: "drop it")
                }
                try expect("=", "after '\(word) \(name.text)'")
                let value = try expression()
                return Syntax.Statement(
                    kind: .binding(name, mutable: word == "var", value), range: start..<previousEnd)
            case "for":
                advance()
                let name = try name("a name after 'for'")
                guard acceptWord("in") else {
                    throw failure("expected 'in' after 'for \(name.text)', found \(shown)")
                }
                let sequence = try head()
                let body = try block("before the body of 'for'")
                return Syntax.Statement(
                    kind: .forIn(name, sequence, body), range: start..<previousEnd)
            case "return" where inBlock:
                advance()
                let value = try expression()
                guard current.isSymbol("}") else {
                    throw failure("'return' must be the last statement of a closure")
                }
                return Syntax.Statement(kind: .expression(value), range: start..<previousEnd)
            case "while":
                throw failure("there is no 'while' here", help: "use for … in")
            case "func":
                throw failure(
                    "there is no 'func' here", help: "bind a closure: let f = { x in x^2 }")
            default: break
            }
        }
        let target = try expression()
        for operation in ["=", "+=", "-=", "*=", "/="] where current.isSymbol(operation) {
            let range = current.range
            advance()
            let value = try expression()
            let sign = operation == "=" ? nil : String(operation.prefix(1))
            return Syntax.Statement(
                kind: .assignment(target, operation: sign, range, value),
                range: start..<previousEnd)
        }
        return Syntax.Statement(kind: .expression(target), range: start..<previousEnd)
    }

    /// The expression in front of a block.
    mutating func head() throws(Diagnostic) -> Syntax.Expression {
        let outer = takesTrailingClosures
        takesTrailingClosures = false
        defer { takesTrailingClosures = outer }
        return try expression()
    }

    mutating func enter() throws(Diagnostic) {
        nesting += 1
        if nesting > Parser.maximumNesting {
            nesting -= 1
            throw failure("this is nested more than \(Parser.maximumNesting) levels deep")
        }
    }
}
