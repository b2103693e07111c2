// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension Parser {
    /// Binding powers; a higher one binds tighter. `^` and prefix signs are
    /// read below these.
    private static let powers: [String: Int] = [
        "||": 1, ".|": 1, "&&": 2, ".&": 2,
        "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "≈": 3,
        ".==": 3, ".!=": 3, ".<": 3, ".<=": 3, ".>": 3, ".>=": 3,
        "...": 4, "..<": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6,
    ]

    mutating func expression() throws(Diagnostic) -> Syntax.Expression {
        try enter()
        defer { nesting -= 1 }
        let condition = try binary(above: 0)
        guard current.isSymbol("?"), !current.newlineBefore || current.spaceAfter else {
            return condition
        }
        advance()
        let yes = try expression()
        try expect(":", "in 'condition ? a : b'")
        let no = try expression()
        let range = condition.range.lowerBound..<previousEnd
        func block(_ value: Syntax.Expression) -> Syntax.Block {
            Syntax.Block(
                statements: [Syntax.Statement(kind: .expression(value), range: value.range)],
                range: value.range)
        }
        return try node(
            .conditional([(condition, block(yes))], otherwise: block(no)), range,
            [condition, yes, no])
    }

    func node(
        _ kind: Syntax.Kind, _ range: Range<Int>, _ children: [Syntax.Expression] = [],
        depth: Int = 0
    ) throws(Diagnostic) -> Syntax.Expression {
        let depth = 1 + max(depth, children.lazy.map(\.depth).max() ?? 0)
        guard depth <= Parser.maximumDepth else {
            throw failure(
                "this expression is more than \(Parser.maximumDepth) operations deep", at: range,
                help: "name parts of it with let")
        }
        return Syntax.Expression(kind: kind, range: range, depth: depth)
    }

    private mutating func binary(above minimum: Int) throws(Diagnostic) -> Syntax.Expression {
        var left = try prefix()
        while case .symbol(let sign) = current.kind, let power = Parser.powers[sign],
            power > minimum
        {
            // As in Swift: at the start of a line an operator continues the
            // expression above only with white space on both sides.
            if current.newlineBefore, !current.spaceAfter { break }
            let range = current.range
            advance()
            let right = try binary(above: power)
            left = try node(
                .binary(sign, range, left, right),
                left.range.lowerBound..<right.range.upperBound, [left, right])
            if power == 3 || power == 4, case .symbol(let again) = current.kind,
                Parser.powers[again] == power, !current.newlineBefore
            {
                throw failure(
                    "'\(sign)' and '\(again)' cannot be chained",
                    help: power == 3 ? "write a < b && b < c" : nil)
            }
        }
        return left
    }

    private mutating func prefix() throws(Diagnostic) -> Syntax.Expression {
        for sign in ["-", "+", "!", ".!"] where current.isSymbol(sign) {
            let start = current.range.lowerBound
            try enter()
            defer { nesting -= 1 }
            advance()
            let operand = try prefix()
            if sign == "+" { return operand }
            return try node(
                .unary(sign, operand), start..<operand.range.upperBound, [operand])
        }
        let base = try postfix()
        guard current.isSymbol("^"), !current.newlineBefore || current.spaceAfter else {
            return base
        }
        let range = current.range
        try enter()
        defer { nesting -= 1 }
        advance()
        let exponent = try prefix()
        return try node(
            .binary("^", range, base, exponent),
            base.range.lowerBound..<exponent.range.upperBound, [base, exponent])
    }

    private mutating func postfix() throws(Diagnostic) -> Syntax.Expression {
        var base = try primary()
        while true {
            let start = base.range.lowerBound
            if current.isSymbol("("), !current.newlineBefore {
                let arguments = try arguments(closing: ")")
                base = try node(
                    .call(base, arguments), start..<previousEnd,
                    [base] + arguments.map(\.value))
            } else if current.isSymbol("["), !current.newlineBefore {
                let arguments = try arguments(closing: "]")
                base = try node(
                    .index(base, arguments), start..<previousEnd,
                    [base] + arguments.map(\.value))
            } else if current.isSymbol("."), case .identifier = next.kind {
                advance()
                guard case .identifier(let text) = current.kind else { return base }
                let name = Syntax.Name(text: text, range: current.range)
                advance()
                base = try node(.member(base, name), start..<previousEnd, [base])
            } else if let closure = try trailingClosure(after: base) {
                var callee = base
                var arguments: [Syntax.Argument] = []
                if case .call(let inner, let others) = base.kind {
                    callee = inner
                    arguments = others
                }
                arguments.append(closure)
                base = try node(
                    .call(callee, arguments), start..<previousEnd,
                    [callee] + arguments.map(\.value))
            } else {
                return base
            }
        }
    }

    /// `{ … }` behind a name, a member or a call, on the same line.
    private mutating func trailingClosure(
        after base: Syntax.Expression
    ) throws(Diagnostic) -> Syntax.Argument? {
        guard takesTrailingClosures, current.isSymbol("{"), !current.newlineBefore else {
            return nil
        }
        switch base.kind {
        case .name, .member: break
        case .call(_, let arguments):
            if arguments.last?.label == Syntax.trailingLabel { return nil }
        default: return nil
        }
        let place = current.range
        return Syntax.Argument(
            label: Syntax.trailingLabel, labelRange: place, value: try closure())
    }

    /// Arguments with their brackets; the current token is the opening one.
    mutating func arguments(closing: String) throws(Diagnostic) -> [Syntax.Argument] {
        let opened = current.range
        advance()
        let outer = takesTrailingClosures
        takesTrailingClosures = true
        defer { takesTrailingClosures = outer }
        var result: [Syntax.Argument] = []
        while !current.isSymbol(closing) {
            var label: String?
            let labelRange = current.range
            if case .identifier(let text) = current.kind, next.isSymbol(":") {
                label = text
                advance()
                advance()
            }
            let value = try expression()
            result.append(Syntax.Argument(label: label, labelRange: labelRange, value: value))
            if !accept(",") { break }
        }
        try expect(closing, "or ',' after an argument", opened: opened)
        return result
    }

    private mutating func primary() throws(Diagnostic) -> Syntax.Expression {
        let token = current
        switch token.kind {
        case .number(let value):
            advance()
            return try node(.number(value), token.range)
        case .string(let parts):
            advance()
            return try string(parts, token.range)
        case .parameter(let index):
            guard let last = closurePositions.indices.last else {
                throw failure("$\(index) stands outside of a closure")
            }
            closurePositions[last] = max(closurePositions[last], index + 1)
            advance()
            return try node(.parameter(index), token.range)
        case .identifier("true"), .identifier("false"):
            advance()
            return try node(.bool(token.isWord("true")), token.range)
        case .identifier("if"):
            return try conditional()
        case .identifier(let text):
            guard !reservedWords.contains(text) else {
                throw failure("'\(text)' cannot stand inside an expression")
            }
            advance()
            return try node(.name(text), token.range)
        case .symbol("("):
            advance()
            let outer = takesTrailingClosures
            takesTrailingClosures = true
            defer { takesTrailingClosures = outer }
            let inner = try expression()
            try expect(")", "after the expression", opened: token.range)
            return Syntax.Expression(
                kind: inner.kind, range: token.range.lowerBound..<previousEnd, depth: inner.depth)
        case .symbol("["):
            return try list()
        case .symbol("{"):
            return try closure()
        case .symbol("."):
            advance()
            if case .number = current.kind {
                throw failure(
                    "a number does not begin with a point", at: token.range,
                    help: "write 0.\(source.text(in: current.range))")
            }
            let name = try name("a name after '.'")
            var arguments: [Syntax.Argument] = []
            if current.isSymbol("("), !current.newlineBefore {
                arguments = try self.arguments(closing: ")")
            }
            return try node(
                .symbol(name, arguments), token.range.lowerBound..<previousEnd,
                arguments.map(\.value))
        default:
            throw failure("expected an expression, found \(shown)")
        }
    }

    private mutating func string(
        _ parts: [Token.StringPart], _ range: Range<Int>
    ) throws(Diagnostic) -> Syntax.Expression {
        var pieces: [Syntax.Piece] = []
        var depth = 0
        try enter()
        defer { nesting -= 1 }
        for part in parts {
            switch part {
            case .text(let text): pieces.append(.text(text))
            case .code(let place):
                var inner = try Parser(source, place)
                inner.nesting = nesting
                inner.closurePositions = closurePositions
                let value = try inner.expression()
                guard inner.current.kind == .end else {
                    throw inner.failure("unexpected \(inner.shown) in an interpolation")
                }
                closurePositions = inner.closurePositions
                depth = max(depth, value.depth)
                pieces.append(.code(value))
            }
        }
        return try node(.string(pieces), range, depth: depth)
    }

    private mutating func list() throws(Diagnostic) -> Syntax.Expression {
        let opened = current.range
        advance()
        let outer = takesTrailingClosures
        takesTrailingClosures = true
        defer { takesTrailingClosures = outer }
        if current.isSymbol(":"), next.isSymbol("]") {
            advance()
            advance()
            return try node(.dictionary([]), opened.lowerBound..<previousEnd)
        }
        var elements: [Syntax.Expression] = []
        var pairs: [(Syntax.Expression, Syntax.Expression)] = []
        while !current.isSymbol("]") {
            let element = try expression()
            if elements.isEmpty, current.isSymbol(":") {
                advance()
                pairs.append((element, try expression()))
            } else if pairs.isEmpty {
                elements.append(element)
            } else {
                throw failure("expected ':' and a value after this key", at: element.range)
            }
            if !accept(",") { break }
        }
        try expect("]", "or ',' after an element", opened: opened)
        let range = opened.lowerBound..<previousEnd
        return pairs.isEmpty
            ? try node(.list(elements), range, elements)
            : try node(.dictionary(pairs), range, pairs.flatMap { [$0.0, $0.1] })
    }

    private mutating func closure() throws(Diagnostic) -> Syntax.Expression {
        let opened = current.range
        advance()
        closurePositions.append(0)
        defer { closurePositions.removeLast() }
        let parameters = try closureParameters()
        let body = try blockBody(opened: opened)
        let positions = closurePositions.last ?? 0
        if positions > 0, !parameters.isEmpty {
            throw failure(
                "this closure names its parameters and uses $0 too", at: body.range,
                help: "use one of the two")
        }
        return try node(
            .closure(parameters, usesPositions: positions, body), body.range, depth: body.depth)
    }

    /// `x, y in` or `(x, y) in`, if it stands here.
    private mutating func closureParameters() throws(Diagnostic) -> [Syntax.Name] {
        var ahead = position
        let bracketed = tokens[ahead].isSymbol("(")
        if bracketed { ahead += 1 }
        while ahead < tokens.count, case .identifier(let text) = tokens[ahead].kind,
            !reservedWords.contains(text)
        {
            ahead += 1
            if ahead < tokens.count, tokens[ahead].isSymbol(",") { ahead += 1 }
        }
        if bracketed {
            guard ahead < tokens.count, tokens[ahead].isSymbol(")") else { return [] }
            ahead += 1
        }
        guard ahead < tokens.count, tokens[ahead].isWord("in") else { return [] }
        if bracketed { advance() }
        var names: [Syntax.Name] = []
        while case .identifier(let text) = current.kind, !reservedWords.contains(text) {
            names.append(try name("a parameter"))
            _ = accept(",")
        }
        if bracketed { advance() }
        advance()
        return names
    }

    private mutating func conditional() throws(Diagnostic) -> Syntax.Expression {
        let start = current.range.lowerBound
        var branches: [(condition: Syntax.Expression, body: Syntax.Block)] = []
        var otherwise: Syntax.Block?
        repeat {
            advance()  // if
            let condition = try head()
            branches.append((condition, try block("after the condition of 'if'")))
            guard acceptWord("else") else { break }
            if current.isWord("if") { continue }
            otherwise = try block("or 'if' after 'else'")
            break
        } while true
        let depth = branches.map { max($0.condition.depth, $0.body.depth) }.max() ?? 0
        return try node(
            .conditional(branches, otherwise: otherwise), start..<previousEnd,
            depth: max(depth, otherwise?.depth ?? 0))
    }
}
