// SPDX-License-Identifier: GPL-3.0-or-later

extension Parser {
    /// How tightly a binary operator binds, and whether it groups to the
    /// right: the precedence table of the Stan reference manual turned upside
    /// down. The conditional operator is 1; prefix operators stand between
    /// `%/%` and `^`.
    static func precedence(_ kind: Token.Kind) -> (StanBinaryOperator, Int, right: Bool)? {
        switch kind {
        case .or: return (.or, 2, false)
        case .and: return (.and, 3, false)
        case .equal: return (.equal, 4, false)
        case .notEqual: return (.notEqual, 4, false)
        case .less: return (.less, 5, false)
        case .lessOrEqual: return (.lessOrEqual, 5, false)
        case .greater: return (.greater, 5, false)
        case .greaterOrEqual: return (.greaterOrEqual, 5, false)
        case .plus: return (.add, 6, false)
        case .minus: return (.subtract, 6, false)
        case .times: return (.multiply, 7, false)
        case .elementTimes: return (.elementMultiply, 7, false)
        case .divide: return (.divide, 7, false)
        case .elementDivide: return (.elementDivide, 7, false)
        case .modulo: return (.modulo, 7, false)
        case .leftDivide: return (.leftDivide, 8, false)
        case .integerDivide: return (.integerDivide, 8, false)
        case .power: return (.power, 10, true)
        case .elementPower: return (.elementPower, 10, true)
        default: return nil
        }
    }

    static let prefixPrecedence = 9
    private static let arithmeticPrecedence = 6

    mutating func expression() throws(Failure) -> ParsedExpression {
        try nested { (parser) throws(Failure) in try parser.binary(atLeast: 1) }
    }

    /// A bound inside `<…>`, where `>` closes.
    mutating func constraintExpression() throws(Failure) -> ParsedExpression {
        try nested { (parser) throws(Failure) in
            try parser.binary(atLeast: Parser.arithmeticPrecedence)
        }
    }

    /// Expressions separated by commas, up to and with a closing token.
    mutating func expressions(
        until close: Token.Kind, _ what: String, allowsNone: Bool = true
    ) throws(Failure) -> [ParsedExpression] {
        var list: [ParsedExpression] = []
        if allowsNone, accept(close) { return list }
        repeat { list.append(try expression()) } while accept(.comma)
        guard accept(close) else { throw expected("',' or \(what)") }
        return list
    }

    private mutating func node(
        _ kind: ParsedExpression.Kind, _ range: Range<Int>, over depths: Int...
    ) throws(Failure) -> ParsedExpression {
        let depth = (depths.max() ?? 0) + 1
        guard depth <= Parser.chainLimit else {
            let failure = fail(
                "the expression is nested too deeply: more than \(Parser.chainLimit) levels",
                at: range, code: "stan/depth", help: "split it with a local variable")
            throw failure
        }
        return ParsedExpression(kind, range: range, depth: depth)
    }

    mutating func binary(atLeast least: Int) throws(Failure) -> ParsedExpression {
        let left = try prefix()
        return try binary(after: left, atLeast: least)
    }

    /// The rest of an expression whose first operand has been read.
    mutating func binary(
        after first: ParsedExpression, atLeast least: Int
    ) throws(Failure) -> ParsedExpression {
        var left = first
        while true {
            if at(.question), least <= 1 {
                advance()
                let then = try expression()
                try expect(.colon, "':' of the conditional operator")
                let other = try nested { (parser) throws(Failure) in
                    try parser.binary(atLeast: 1)
                }
                left = try node(
                    .conditional(left, then, other), left.range.lowerBound..<previousEnd,
                    over: left.depth, then.depth, other.depth)
                continue
            }
            guard let (op, level, right) = Parser.precedence(token.kind), level >= least else {
                return left
            }
            advance()
            let operand: ParsedExpression
            if right {
                operand = try nested { (parser) throws(Failure) in
                    try parser.binary(atLeast: level)
                }
            } else {
                operand = try binary(atLeast: level + 1)
            }
            left = try node(
                .binary(op, left, operand), left.range.lowerBound..<operand.range.upperBound,
                over: left.depth, operand.depth)
        }
    }

    private mutating func prefix() throws(Failure) -> ParsedExpression {
        let op: StanUnaryOperator
        switch token.kind {
        case .minus: op = .minus
        case .plus: op = .plus
        case .not: op = .not
        default: return try postfix()
        }
        let start = token.start
        advance()
        let operand = try nested { (parser) throws(Failure) in
            try parser.binary(atLeast: Parser.prefixPrecedence)
        }
        return try node(
            .unary(op, operand), start..<operand.range.upperBound, over: operand.depth)
    }

    mutating func postfix() throws(Failure) -> ParsedExpression {
        var base = try primary()
        var isTransposed = false
        while true {
            let start = base.range.lowerBound
            switch token.kind {
            case .leftBracket where isTransposed, .dotNumeral where isTransposed:
                throw fail(
                    "Ill-formed expression. Found an expression. Expect an infix or postfix operator",
                    at: token.range, help: "put the transposed value in parentheses: (x')[1]")
            case .quote:
                advance()
                isTransposed = true
                base = try node(.unary(.transpose, base), start..<previousEnd, over: base.depth)
            case .leftBracket:
                advance()
                let (list, depth) = try indices()
                base = try node(.indexed(base, list), start..<previousEnd, over: base.depth, depth)
            case .dotNumeral:
                let digits = source.text(in: (token.start + 1)..<token.end)
                guard let number = Int(digits), number > 0 else {
                    throw fail(
                        "'\(digits)' is not the number of a tuple's element", at: token.range,
                        help: "elements are numbered from 1: x.1, x.2")
                }
                advance()
                base = try node(
                    .tupleElement(base, number - 1), start..<previousEnd, over: base.depth)
            default:
                return base
            }
        }
    }

    /// The indices and the closing bracket, and how deep they are.
    private mutating func indices() throws(Failure) -> ([ParsedIndex], Int) {
        var list: [ParsedIndex] = []
        var depth = 0
        repeat {
            switch token.kind {
            case .comma, .rightBracket: list.append(.all)
            case .colon:
                advance()
                if at(.comma) || at(.rightBracket) {
                    list.append(.all)
                } else {
                    let upper = try expression()
                    depth = max(depth, upper.depth)
                    list.append(.upTo(upper))
                }
            default:
                let lower = try expression()
                depth = max(depth, lower.depth)
                if !accept(.colon) {
                    list.append(.single(lower))
                } else if at(.comma) || at(.rightBracket) {
                    list.append(.from(lower))
                } else {
                    let upper = try expression()
                    depth = max(depth, upper.depth)
                    list.append(.range(lower, upper))
                }
            }
        } while accept(.comma)
        guard accept(.rightBracket) else { throw expected("',' or ']' after the index") }
        return (list, depth)
    }

    private mutating func primary() throws(Failure) -> ParsedExpression {
        let first = token
        switch first.kind {
        case .integer, .real, .dotNumeral, .imaginary:
            advance()
            return try number(first)
        case .identifier: return try named()
        case .leftParen:
            advance()
            let inner = try expression()
            if accept(.rightParen) {
                return try node(
                    .parenthesized(inner), first.start..<previousEnd, over: inner.depth)
            }
            guard accept(.comma) else { throw expected("')'") }
            let rest = try expressions(until: .rightParen, "')'")
            let elements = [inner] + rest
            return try node(
                .tuple(elements), first.start..<previousEnd,
                over: elements.map(\.depth).max() ?? 0)
        case .leftBracket:
            advance()
            let elements = try expressions(until: .rightBracket, "']'")
            return try node(
                .rowVector(elements), first.start..<previousEnd,
                over: elements.map(\.depth).max() ?? 0)
        case .leftBrace:
            advance()
            let elements = try expressions(until: .rightBrace, "'}'")
            let range = first.start..<previousEnd
            if elements.isEmpty {
                throw fail("array expressions must contain at least one element", at: range)
            }
            return try node(.array(elements), range, over: elements.map(\.depth).max() ?? 0)
        case .string:
            throw fail(
                "a string is only allowed in print, reject, fatal_error and profile",
                at: first.range)
        default:
            throw expected("an expression")
        }
    }

    private mutating func number(_ token: Token) throws(Failure) -> ParsedExpression {
        var text = source.text(in: token.range)
        text.removeAll { $0 == "_" }
        switch token.kind {
        case .integer:
            // The range of Stan's int, which has 32 bits.
            guard let value = Int(text), value <= Int(Int32.max) else {
                throw fail(
                    "integer literal cannot be larger than 2_147_483_647", at: token.range,
                    code: "stan/integer", help: "write \(text).0 for a real number")
            }
            return try node(.integer(value), token.range)
        case .imaginary:
            return try node(.imaginary(Double(padded(text.dropLast())) ?? .nan), token.range)
        default:
            return try node(.real(Double(padded(text[...])) ?? .nan), token.range)
        }
    }

    /// Swift reads neither `2.` nor `.5`, nor `2.e3`.
    private func padded(_ text: Substring) -> String {
        guard let point = text.firstIndex(of: ".") else { return String(text) }
        let whole = text[..<point]
        let rest = text[text.index(after: point)...]
        let fraction = rest.first.map { $0.isNumber ? rest : "0" + rest } ?? "0"
        return (whole.isEmpty ? "0" : whole) + "." + fraction
    }

    private mutating func named() throws(Failure) -> ParsedExpression {
        let first = token
        if at(.target) {
            advance()
            try expect(.leftParen, "'()' after 'target'")
            try expect(.rightParen, "')': target() has no arguments")
            return try node(.target, first.start..<previousEnd)
        }
        let name = try identifier("an expression")
        guard accept(.leftParen) else { return try node(.name(name.text), name.range) }
        var arguments: [ParsedExpression] = []
        var bar = false
        if !accept(.rightParen) {
            arguments.append(try expression())
            if accept(.bar) {
                bar = true
                if !accept(.rightParen) {
                    arguments += try expressions(until: .rightParen, "')' after the argument")
                }
            } else if accept(.comma) {
                arguments += try expressions(
                    until: .rightParen, "')' after the argument", allowsNone: false)
            } else if !accept(.rightParen) {
                throw expected("',' or ')' after the argument")
            }
        }
        return try node(
            .call(name, arguments, bar: bar), first.start..<previousEnd,
            over: arguments.map(\.depth).max() ?? 0)
    }
}
