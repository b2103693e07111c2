// SPDX-License-Identifier: GPL-3.0-or-later

/// What the grammar has changed: arrays, assignments, increments.
extension Upgrader {
    mutating func structure(_ program: ParsedProgram) {
        for function in program.functions {
            header(function)
            if let body = function.body { statement(body) }
        }
        for block in ParsedProgram.Block.allCases {
            for statement in program.blocks[block] ?? [] { self.statement(statement) }
        }
    }

    /// `real[] x` in arguments and results.
    private mutating func header(_ function: ParsedFunction) {
        let first = token(at: function.range.lowerBound)
        let last = token(at: function.range.upperBound)
        for i in first..<max(first, last)
        where kind(i) == .identifier && kind(i + 1) == .leftBracket && word(i) != "array" {
            let brackets = tokens[i + 1].start..<tokens[closing(i + 1)].end
            move(brackets, to: tokens[i].start)
        }
    }

    private mutating func statement(_ statement: ParsedStatement) {
        switch statement.kind {
        case .declaration(let declaration): self.declaration(declaration)
        case .assignment(let left, nil, _): assignment(after: left.range)
        case .targetIncrement(let value): increment(statement.range, value)
        case .forRange(_, _, _, let body), .forEach(_, _, let body), .whileLoop(_, let body):
            self.statement(body)
        case .conditional(_, let then, let other):
            self.statement(then)
            if let other { self.statement(other) }
        case .block(let statements), .profile(_, let statements):
            for statement in statements { self.statement(statement) }
        default: break
        }
    }

    /// `<-` becomes `=`.
    private mutating func assignment(after left: Range<Int>) {
        let i = token(at: left.upperBound)
        if kind(i) == .less, kind(i + 1) == .minus, tokens[i].end == tokens[i + 1].start {
            replace(tokens[i].start..<tokens[i + 1].end, with: "=")
        }
    }

    /// `increment_log_prob(x)` and `lp__ <- lp__ + x` become `target += x`,
    /// `lp__ <- lp__ - x` becomes `target += -x`.
    private mutating func increment(_ statement: Range<Int>, _ value: ParsedExpression) {
        let i = token(at: statement.lowerBound)
        switch word(i) {
        case "increment_log_prob":
            replace(i, with: "target +=")
            replace(i + 1, with: " ")
            replace(closing(i + 1), with: "")
        case "lp__":
            replace(i, with: "target")
            replace(tokens[i + 1].start..<tokens[i + 2].end, with: "+=")
            replace(i + 3, with: "")
            if kind(i + 4) == .plus {
                replace(i + 4, with: "")
            } else if let first = value.termsBehindTarget(at: tokens[i + 3].start).first,
                case .binary = first.kind
            {
                insert("(", at: first.range.lowerBound)
                insert(")", at: first.range.upperBound)
            }
        default: break
        }
    }

    /// `real x[N], y;` becomes `array[N] real x; real y;`
    private mutating func declaration(_ declaration: ParsedDeclaration) {
        let type = declaration.type.range
        let names = declaration.variables.map { token(at: $0.name.range.lowerBound) }
        for (i, variable) in zip(names, declaration.variables) {
            // Behind the name and its dimensions.
            let last = kind(i + 1) == .leftBracket ? closing(i + 1) : i
            if variable.initializer != nil { assignment(after: tokens[last].range) }
        }
        guard declaration.variables.contains(where: { !$0.dimensions.isEmpty }) else { return }
        let brackets = names.map { i -> Range<Int>? in
            kind(i + 1) == .leftBracket
                ? tokens[i + 1].start..<tokens[closing(i + 1)].end : nil
        }
        let texts = brackets.map { $0.map(plainText) ?? "" }
        if let first = brackets.first ?? nil, texts.allSatisfy({ $0 == texts[0] }) {
            for case let range? in brackets.dropFirst() { replace(range, with: "") }
            return move(first, to: type.lowerBound)
        }
        for (i, (name, range)) in zip(names, brackets).enumerated() {
            if i > 0 {
                // The comma before the name ends a declaration.
                replace(name - 1, with: ";")
                insert(plainText(type) + " ", at: tokens[name].start)
            }
            if let range { move(range, to: i == 0 ? type.lowerBound : tokens[name].start) }
        }
    }

    /// The words of a range without comments.
    private func plainText(_ range: Range<Int>) -> String {
        let words = (token(at: range.lowerBound)..<token(at: range.upperBound)).map(word)
        return words.joined(separator: " ")
    }
}
