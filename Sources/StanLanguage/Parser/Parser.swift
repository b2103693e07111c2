// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A recursive-descent parser. An error ends the statement it stands in; the
/// parser goes on behind the next semicolon, so that one run reports several.
struct Parser {
    /// How deeply expressions, statements and types may be nested.
    static let depthLimit = 256
    /// How many operators may follow each other at one level.
    static let chainLimit = 1_000

    let source: SourceText
    let tokens: [Token]
    let names: [String]
    var position = 0
    var depth = 0
    var diagnostics: [Diagnostic]
    private var warned: Set<String> = []
    /// Set when the rest of the file is given up: no error after it counts.
    private var stopped = false

    /// Thrown after an error has been reported, to leave the statement.
    struct Failure: Error {}

    init(_ source: SourceText) {
        let lexer = Lexer(source)
        self.source = source
        tokens = lexer.tokens
        names = lexer.names
        diagnostics = lexer.diagnostics
    }

    // MARK: Tokens

    var token: Token { tokens[min(position, tokens.count - 1)] }

    func peek(_ offset: Int = 1) -> Token { tokens[min(position + offset, tokens.count - 1)] }

    /// The end of the token before, where something missing is reported.
    var previousEnd: Int { position > 0 ? tokens[min(position, tokens.count) - 1].end : 0 }

    mutating func advance() { position = min(position + 1, tokens.count - 1) }

    func at(_ kind: Token.Kind) -> Bool { token.kind == kind }

    func at(_ word: Word) -> Bool { token.word == word }

    mutating func accept(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    func text(_ token: Token) -> String {
        switch token.kind {
        case .identifier: return token.name < names.count ? names[token.name] : ""
        case .end: return "end of file"
        default: return source.text(in: token.start..<min(token.end, token.start + 40))
        }
    }

    // MARK: Errors

    mutating func error(
        _ message: String, at range: Range<Int>, code: String = "stan/syntax",
        label: String? = nil, help: String? = nil
    ) {
        guard !stopped, diagnostics.count < 100 else { return }
        diagnostics.append(
            Diagnostic(code: code, message, in: source, at: range, label: label, help: help))
    }

    mutating func fail(
        _ message: String, at range: Range<Int>, code: String = "stan/syntax",
        label: String? = nil, help: String? = nil
    ) -> Failure {
        error(message, at: range, code: code, label: label, help: help)
        return Failure()
    }

    /// "expected X", pointing at the token that stands there instead.
    mutating func expected(_ what: String, help: String? = nil) -> Failure {
        let found = at(.end) ? "end of file" : "'\(text(token))'"
        return fail("expected \(what), found \(found)", at: token.range, help: help)
    }

    mutating func expect(_ kind: Token.Kind, _ what: String) throws(Failure) {
        guard accept(kind) else { throw expected(what) }
    }

    /// One warning a kind of outdated syntax.
    mutating func warn(_ kind: String, _ message: String, at range: Range<Int>, help: String) {
        guard warned.insert(kind).inserted else { return }
        diagnostics.append(
            Diagnostic(
                .warning, code: "stan/deprecated", message, in: source, at: range, help: help))
    }

    /// Runs `body` one level deeper, refusing what the stack could not hold.
    mutating func nested<T>(_ body: (inout Parser) throws(Failure) -> T) throws(Failure) -> T {
        guard depth < Parser.depthLimit else {
            // What follows is as deep: the rest of the file is not read.
            let failure = fail(
                "nested too deeply: more than \(Parser.depthLimit) levels", at: token.range,
                code: "stan/depth")
            position = tokens.count - 1
            stopped = true
            throw failure
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    /// Skips to behind the next semicolon, or to a closing brace or the next
    /// block.
    mutating func recover() {
        var braces = 0
        while !at(.end) {
            switch token.kind {
            case .semicolon where braces == 0:
                advance()
                return
            case .leftBrace: braces += 1
            case .rightBrace:
                if braces == 0 { return }
                braces -= 1
                if braces == 0 {
                    advance()
                    return
                }
            case .identifier where atBlock: return
            default: break
            }
            advance()
        }
    }

    mutating func identifier(_ what: String) throws(Failure) -> ParsedName {
        guard at(.identifier) else { throw expected(what) }
        let name = ParsedName(text: text(token), range: token.range)
        if token.word.isReserved {
            throw fail(
                "expected \(what), but '\(name.text)' is a reserved word", at: name.range,
                code: "stan/reserved", help: "choose another name")
        }
        advance()
        return name
    }

    // MARK: Blocks

    /// Whether the next tokens open a block, such as `transformed data {`.
    var atBlock: Bool { blockHeader != nil }

    private var blockHeader: (block: ParsedProgram.Block, words: Int)? {
        let next = peek()
        switch token.word {
        case .functions where next.kind == .leftBrace: return (.functions, 1)
        case .data where next.kind == .leftBrace: return (.data, 1)
        case .parameters where next.kind == .leftBrace: return (.parameters, 1)
        case .model where next.kind == .leftBrace: return (.model, 1)
        case .transformed where next.word == .data: return (.transformedData, 2)
        case .transformed where next.word == .parameters: return (.transformedParameters, 2)
        case .generated where next.word == .quantities: return (.generatedQuantities, 2)
        default: return nil
        }
    }

    private var blockHelp: String? {
        if at(.rightBrace) { return "there may be one closing brace too many" }
        guard at(.identifier) else { return nil }
        let similar = suggestion(
            for: text(token), among: ParsedProgram.Block.allCases.map(\.name))
        return similar.map { "did you mean '\($0)'?" }
    }

    /// A program, or the functions of a file that is there to be included.
    mutating func file() -> ParsedProgram {
        guard source.holdsFunctions else { return program() }
        var program = ParsedProgram()
        while !at(.end) {
            let before = position
            do {
                program.functions.append(try function())
            } catch {
                recover()
            }
            if position == before { advance() }
        }
        return program
    }

    mutating func program() -> ParsedProgram {
        var program = ParsedProgram()
        var seen: [ParsedProgram.Block: Range<Int>] = [:]
        var last: ParsedProgram.Block?
        while !at(.end) {
            let start = token.start
            guard let (block, words) = blockHeader else {
                _ = expected("a block such as 'data {' or 'model {'", help: blockHelp)
                advance()
                while !at(.end), !atBlock { advance() }
                continue
            }
            for _ in 0..<words { advance() }
            let header = start..<previousEnd
            if seen[block] != nil {
                error("duplicate block '\(block.name)'", at: header, help: "merge the two blocks")
            } else if let last, last.rawValue > block.rawValue {
                error(
                    "the block '\(block.name)' must come before '\(last.name)'", at: header,
                    help:
                        "the order is functions, data, transformed data, parameters, transformed parameters, model, generated quantities"
                )
            }
            seen[block] = header
            last = block
            guard accept(.leftBrace) else {
                _ = expected("'{' after '\(block.name)'")
                continue
            }
            if block == .functions {
                program.functions += functions()
            } else {
                program.blocks[block, default: []] += blockStatements(opened: header)
            }
        }
        if seen.isEmpty, !diagnostics.contains(where: { $0.severity == .error }) {
            diagnostics.append(
                Diagnostic(
                    .warning, code: "stan/empty", "the program is empty", in: source, at: 0..<0))
        }
        return program
    }

    /// Statements up to and with the closing brace.
    mutating func blockStatements(opened: Range<Int>) -> [ParsedStatement] {
        var statements: [ParsedStatement] = []
        while !at(.rightBrace) {
            if at(.end) || atBlock {
                error(
                    "expected '}' at the end of the block", at: token.range,
                    help: "the block begins in line \(source.position(of: opened.lowerBound).line)")
                return statements
            }
            let before = position
            do {
                statements.append(try statement())
            } catch {
                recover()
            }
            if position == before { advance() }
        }
        advance()
        return statements
    }

    private mutating func functions() -> [ParsedFunction] {
        var functions: [ParsedFunction] = []
        while !at(.rightBrace) {
            if at(.end) || atBlock {
                error("expected '}' at the end of the functions block", at: token.range)
                return functions
            }
            let before = position
            do {
                functions.append(try function())
            } catch {
                recover()
            }
            if position == before { advance() }
        }
        advance()
        return functions
    }

    private mutating func function() throws(Failure) -> ParsedFunction {
        let start = token.start
        let result: StanType
        if at(.void) {
            advance()
            result = .void
        } else {
            result = try unsizedType("a function's result type, such as 'real' or 'void'")
        }
        let name = try identifier("a function's name")
        try expect(.leftParen, "'(' after the function's name")
        var arguments: [ParsedFunction.Argument] = []
        if !at(.rightParen) {
            repeat {
                var isData = false
                if at(.data) {
                    advance()
                    isData = true
                }
                let type = try unsizedType("an argument's type")
                let argument = try identifier("an argument's name")
                arguments.append(.init(isData: isData, type: type, name: argument))
            } while accept(.comma)
        }
        try expect(.rightParen, "',' or ')' after the argument")
        let range = start..<previousEnd
        if accept(.semicolon) {
            return ParsedFunction(
                name: name, result: result, arguments: arguments, body: nil, range: range)
        }
        let body = try statement()
        return ParsedFunction(
            name: name, result: result, arguments: arguments, body: body, range: range)
    }
}

extension SourceText {
    /// Whether the file has functions without a block around them.
    var holdsFunctions: Bool { name.hasSuffix(".stanfunctions") }
}
