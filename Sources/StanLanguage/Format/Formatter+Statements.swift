// SPDX-License-Identifier: GPL-3.0-or-later

extension Formatter {
    mutating func statement(_ statement: ParsedStatement) {
        switch statement.kind {
        case .declaration(let declaration): self.declaration(declaration)
        case .assignment(let left, _, let value):
            expression(left)
            assigned(value)
            take()
        case .targetIncrement(let value), .jacobianIncrement(let value):
            increment(value, of: statement)
        case .sampling(let variate, _, let arguments, let truncation):
            sampling(variate, arguments, truncation)
        case .forRange(_, let lower, let upper, let body):
            headed(body) { f in f.loopHead { $0.range(lower, upper) } }
        case .forEach(_, let container, let body):
            headed(body) { f in f.loopHead { $0.expression(container) } }
        case .whileLoop(let condition, let body):
            headed(body) { $0.condition(condition) }
        case .conditional(let condition, let then, let other):
            conditional(condition, then, other)
        case .breakLoop, .continueLoop: take(2)
        case .returnValue(let value):
            take()
            if let value {
                space()
                takeInlineComments()
                frame(.align) { $0.expression(value) }
            }
            take()
        case .block(let statements): block(statements)
        case .profile(_, let statements):
            take(4)
            space()
            block(statements)
        case .report(_, let items):
            take()
            list { f in
                for (i, item) in items.enumerated() {
                    if i > 0 { f.comma() }
                    switch item {
                    case .text: f.take()
                    case .expression(let value): f.expression(value)
                    }
                }
            }
            take()
        case .call(let call):
            expression(call)
            take()
        case .empty: take()
        }
    }

    /// `target += x;`, and what older versions wrote instead.
    private mutating func increment(_ value: ParsedExpression, of statement: ParsedStatement) {
        if peek().kind == .leftParen {
            take()
            list { $0.expression(value) }
        } else if peek().kind == .plusAssign {
            take()
            assigned(value)
        } else {
            // lp__ <- lp__ + x - y
            take()
            space()
            take(2)
            space()
            let terms = value.termsBehindTarget(at: token.start)
            frame(.hang) { f in
                f.frame(.fill) { f in
                    f.take()
                    for term in terms {
                        f.line()
                        f.take()
                        f.space()
                        f.expression(term)
                    }
                }
            }
        }
        take()
    }

    private mutating func sampling(
        _ variate: ParsedExpression, _ arguments: [ParsedExpression],
        _ truncation: (ParsedExpression?, ParsedExpression?)?
    ) {
        expression(variate)
        space()
        take()
        space()
        take()
        list { $0.expressions(arguments) }
        if let truncation {
            space()
            take()
            list { f in
                if let lower = truncation.0 { f.expression(lower) }
                if f.at(.comma) {
                    f.comma()
                    if let upper = truncation.1 { f.expression(upper) }
                }
            }
        }
        take()
    }

    private mutating func loopHead(_ values: (inout Formatter) -> Void) {
        take()
        space()
        list { f in
            f.take()
            f.space()
            f.take()
            f.space()
            values(&f)
        }
    }

    private mutating func conditional(
        _ condition: ParsedExpression, _ then: ParsedStatement, _ other: ParsedStatement?
    ) {
        headed(then) { $0.condition(condition) }
        guard let other else { return }
        if case .block = then.kind, gap.trivia.isEmpty {
            space()
        } else {
            beginLine(isFirst: true)
        }
        if case .conditional = other.kind, peekGap.trivia.isEmpty {
            take()
            space()
            statement(other)
        } else {
            headed(other) { $0.take() }
        }
    }

    /// `if` or `while` and the condition.
    private mutating func condition(_ condition: ParsedExpression) {
        take()
        space()
        list { $0.expression(condition) }
    }

    /// A head and the body that belongs to it. A lone statement stays in the
    /// line of its head when it was there and fits.
    mutating func headed(_ body: ParsedStatement?, _ head: (inout Formatter) -> Void) {
        guard let body else { return head(&self) }
        switch body.kind {
        case .block(let statements):
            head(&self)
            space()
            block(statements)
        case .empty:
            head(&self)
            take()
        default:
            let gap = gap(before: body.range.lowerBound)
            guard gap.trivia.isEmpty, gap.breaks == 0 else {
                head(&self)
                return frame(.indent(Formatter.indent)) { f in
                    f.beginLine(isFirst: true)
                    f.statement(body)
                }
            }
            frame(.group) { f in
                head(&f)
                f.layout.add(.begin(.indent(Formatter.indent)))
                f.line()
                f.statement(body)
                f.layout.add(.end)
            }
        }
    }
}

extension ParsedExpression {
    /// Of `lp__ <- lp__ + x - y` the terms x and y: this is the sum without
    /// `lp__`, which stands at the offset.
    func termsBehindTarget(at offset: Int) -> [ParsedExpression] {
        var terms: [ParsedExpression] = []
        var first = self
        while case .binary(let op, let left, let right) = first.kind,
            op == .add || op == .subtract, first.range.lowerBound <= offset
        {
            terms.append(right)
            first = left
        }
        if case .unary(.minus, let operand) = first.kind, operand.range == first.range {
            first = operand
        }
        return [first] + terms.reversed()
    }
}
