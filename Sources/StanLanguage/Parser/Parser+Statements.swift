// SPDX-License-Identifier: GPL-3.0-or-later

extension Parser {
    /// `<-`, which the lexer reads as `<` and `-`.
    mutating func acceptOldAssignment() -> Bool {
        let next = peek()
        guard at(.less), next.kind == .minus, next.start == token.end else { return false }
        warn(
            "assignment", "the assignment operator <- is no longer part of Stan",
            at: token.start..<next.end, help: "write = instead")
        advance()
        advance()
        return true
    }

    mutating func statement() throws(Failure) -> ParsedStatement {
        try nested { (parser) throws(Failure) in try parser.statementBody() }
    }

    private mutating func finish(
        _ kind: ParsedStatement.Kind, from start: Int, semicolon what: String
    ) throws(Failure) -> ParsedStatement {
        let end = previousEnd
        guard accept(.semicolon) else {
            let found = at(.end) ? "end of file" : "'\(text(token))'"
            throw fail(
                "expected ';' \(what), found \(found)", at: token.range,
                help: startsLine ? "a ';' may be missing at the end of the line before" : nil)
        }
        return ParsedStatement(kind, range: start..<end)
    }

    /// Whether the current token is the first of its line.
    private var startsLine: Bool {
        position > 0
            && source.position(of: token.start).line != source.position(of: previousEnd).line
    }

    private mutating func statementBody() throws(Failure) -> ParsedStatement {
        let start = token.start
        if atDeclaration {
            let declaration = try declaration()
            return ParsedStatement(.declaration(declaration), range: start..<previousEnd)
        }
        switch token.kind {
        case .semicolon:
            advance()
            return ParsedStatement(.empty, range: start..<previousEnd)
        case .leftBrace where !startsArrayExpression:
            let brace = token.range
            advance()
            let statements = blockStatements(opened: brace)
            return ParsedStatement(.block(statements), range: start..<previousEnd)
        default: break
        }
        switch token.word {
        case .forWord: return try forStatement()
        case .whileWord:
            advance()
            try expect(.leftParen, "'(' after 'while'")
            let condition = try expression()
            try expect(.rightParen, "')' after the condition")
            let body = try statement()
            return ParsedStatement(.whileLoop(condition, body), range: start..<previousEnd)
        case .ifWord:
            advance()
            try expect(.leftParen, "'(' after 'if'")
            let condition = try expression()
            try expect(.rightParen, "')' after the condition")
            let then = try statement()
            var other: ParsedStatement?
            if at(.elseWord) {
                advance()
                other = try statement()
            }
            return ParsedStatement(
                .conditional(condition, then, other), range: start..<previousEnd)
        case .elseWord:
            throw fail("'else' without 'if'", at: token.range)
        case .breakWord:
            advance()
            return try finish(.breakLoop, from: start, semicolon: "after 'break'")
        case .continueWord:
            advance()
            return try finish(.continueLoop, from: start, semicolon: "after 'continue'")
        case .returnWord:
            advance()
            let value = at(.semicolon) ? nil : try expression()
            return try finish(.returnValue(value), from: start, semicolon: "after 'return'")
        case .print: return try report(.print)
        case .reject: return try report(.reject)
        case .fatalError: return try report(.fatalError)
        case .profile where peek().kind == .leftParen: return try profile()
        case .target where peek().kind == .plusAssign:
            advance()
            advance()
            let value = try expression()
            return try finish(
                .targetIncrement(value), from: start, semicolon: "after the expression")
        case .jacobian where peek().kind == .plusAssign:
            advance()
            advance()
            let value = try expression()
            return try finish(
                .jacobianIncrement(value), from: start, semicolon: "after the expression")
        default: return try expressionStatement()
        }
    }

    /// Whether a `{` opens an array and not a block: `{a, b} ~ normal(0, 1);`
    private var startsArrayExpression: Bool {
        var open = 0
        var index = position
        while index < tokens.count {
            switch tokens[index].kind {
            case .leftBrace: open += 1
            case .rightBrace:
                open -= 1
                if open == 0 {
                    return index > position + 1
                        && tokens[min(index + 1, tokens.count - 1)].kind == .tilde
                }
            case .semicolon: return false
            default: break
            }
            index += 1
        }
        return false
    }

    private mutating func forStatement() throws(Failure) -> ParsedStatement {
        let start = token.start
        advance()
        try expect(.leftParen, "'(' after 'for'")
        let name = try identifier("the loop's variable")
        guard at(.inWord) else { throw expected("'in' after the loop's variable") }
        advance()
        let first = try expression()
        if accept(.colon) {
            let last = try expression()
            try expect(.rightParen, "')' after the range")
            let body = try statement()
            return ParsedStatement(
                .forRange(name, first, last, body), range: start..<previousEnd)
        }
        guard accept(.rightParen) else { throw expected("':' or ')'") }
        let body = try statement()
        return ParsedStatement(.forEach(name, first, body), range: start..<previousEnd)
    }

    private mutating func string() throws(Failure) -> String {
        guard at(.string) else { throw expected("a string") }
        var text = source.text(in: token.range)
        text.removeFirst()
        if text.last == "\"" { text.removeLast() }
        advance()
        return text
    }

    private mutating func profile() throws(Failure) -> ParsedStatement {
        let start = token.start
        advance()
        advance()
        let name = try string()
        try expect(.rightParen, "')' after the profile's name")
        let brace = token.range
        try expect(.leftBrace, "'{' after profile(…)")
        let statements = blockStatements(opened: brace)
        return ParsedStatement(.profile(name, statements), range: start..<previousEnd)
    }

    private mutating func report(_ kind: ParsedStatement.Report) throws(Failure) -> ParsedStatement
    {
        let start = token.start
        let word = text(token)
        advance()
        try expect(.leftParen, "'(' after '\(word)'")
        var items: [ParsedStatement.PrintItem] = []
        repeat {
            if at(.string) {
                items.append(.text(try string()))
            } else {
                items.append(.expression(try expression()))
            }
        } while accept(.comma)
        guard accept(.rightParen) else { throw expected("',' or ')'") }
        return try finish(.report(kind, items), from: start, semicolon: "after '\(word)'")
    }

    private static func assignmentOperator(_ kind: Token.Kind) -> StanBinaryOperator?? {
        switch kind {
        case .assign: return .some(nil)
        case .plusAssign: return .add
        case .minusAssign: return .subtract
        case .timesAssign: return .multiply
        case .divideAssign: return .divide
        case .elementTimesAssign: return .elementMultiply
        case .elementDivideAssign: return .elementDivide
        default: return nil
        }
    }

    /// An assignment, a `~` statement or a call.
    private mutating func expressionStatement() throws(Failure) -> ParsedStatement {
        let start = token.start
        let left: ParsedExpression
        switch token.kind {
        case .identifier, .leftParen, .leftBrace, .leftBracket:
            let first = try postfix()
            if acceptOldAssignment() {
                let value = try expression()
                let kind = oldIncrement(first, value) ?? .assignment(first, nil, value)
                return try finish(kind, from: start, semicolon: "after the assignment")
            }
            if let compound = Parser.assignmentOperator(token.kind) {
                advance()
                let value = try expression()
                return try finish(
                    .assignment(first, compound, value), from: start,
                    semicolon: "after the assignment")
            }
            left = try binary(after: first, atLeast: 1)
        default:
            left = try expression()
        }
        if accept(.tilde) { return try sampling(left, from: start) }
        if at(.semicolon) {
            if case .call(let name, let arguments, _) = left.kind {
                if name.text == "increment_log_prob", arguments.count == 1 {
                    warn(
                        "increment_log_prob", "increment_log_prob is no longer part of Stan",
                        at: name.range, help: "write target += u instead")
                    return try finish(
                        .targetIncrement(arguments[0]), from: start, semicolon: "")
                }
                return try finish(.call(left), from: start, semicolon: "")
            }
            throw fail(
                "ill-formed statement: an expression alone is not a statement", at: left.range,
                help: "assign it (x = …;), add it (target += …;) or print it (print(…);)")
        }
        if case .name = left.kind, at(.identifier) {
            throw fail(
                "ill-formed statement: expected an assignment, '~' or a call after '\(source.text(in: left.range))'",
                at: token.range,
                help: "a declaration begins with a type such as int, real, vector[N]")
        }
        throw expected("';', '=' or '~'")
    }

    /// `lp__ <- lp__ + x;`, before there was `increment_log_prob`.
    private mutating func oldIncrement(
        _ left: ParsedExpression, _ value: ParsedExpression
    ) -> ParsedStatement.Kind? {
        guard case .name("lp__") = left.kind, let increment = Parser.withoutTarget(value) else {
            return nil
        }
        warn(
            "lp__", "the variable lp__ is no longer part of Stan", at: left.range,
            help: "write target += u instead")
        return .targetIncrement(increment)
    }

    /// The terms behind `lp__` in a sum that begins with it.
    private static func withoutTarget(_ sum: ParsedExpression) -> ParsedExpression? {
        guard case .binary(let op, let left, let right) = sum.kind, op == .add || op == .subtract
        else { return nil }
        if case .name("lp__") = left.kind {
            return op == .add
                ? right
                : ParsedExpression(
                    .unary(.minus, right), range: right.range, depth: right.depth + 1)
        }
        return withoutTarget(left).map {
            ParsedExpression(.binary(op, $0, right), range: sum.range, depth: sum.depth)
        }
    }

    private mutating func sampling(
        _ variate: ParsedExpression, from start: Int
    ) throws(Failure) -> ParsedStatement {
        let name = try identifier("a distribution's name after '~'")
        try expect(.leftParen, "'(' after the distribution's name")
        let arguments = try expressions(until: .rightParen, "')' after the argument")
        var truncation: (ParsedExpression?, ParsedExpression?)?
        if at(.truncation), peek().kind == .leftBracket {
            advance()
            advance()
            let lower = at(.comma) || at(.rightBracket) ? nil : try expression()
            var upper: ParsedExpression?
            try expect(.comma, "',' between the bounds: T[lower, upper]")
            if !at(.rightBracket) { upper = try expression() }
            guard accept(.rightBracket) else { throw expected("',' or ']' after the bound") }
            truncation = (lower, upper)
        }
        return try finish(
            .sampling(variate, name, arguments, truncation: truncation), from: start,
            semicolon: "after the distribution")
    }
}
