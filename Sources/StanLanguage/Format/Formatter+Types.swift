// SPDX-License-Identifier: GPL-3.0-or-later

extension Formatter {
    /// The type of a function's argument or result.
    mutating func unsizedType() {
        if token.word == .array {
            take()
            dimensions()
            space()
            return unsizedType()
        }
        if token.word == .tuple {
            take()
            return list { f in
                while !f.at(.rightParen), !f.at(.end) {
                    f.unsizedType()
                    if f.at(.comma) { f.comma() }
                }
            }
        }
        take()
        if at(.leftBracket) { dimensions() }
    }

    /// `[,]`
    private mutating func dimensions() {
        while !at(.rightBracket), !at(.end) { take() }
        take()
    }

    mutating func sizedType(_ type: ParsedType) {
        var sizes = type.dimensions[...]
        while token.word == .array {
            take()
            list { f in
                while !f.at(.rightBracket), let size = sizes.popFirst() {
                    f.expression(size)
                    if f.at(.comma) { f.comma() }
                }
            }
            space()
        }
        take()
        switch type.base {
        case .tuple(let elements):
            list { f in
                for element in elements {
                    f.sizedType(element)
                    if f.at(.comma) { f.comma() }
                }
            }
        case .word:
            if at(.less) { constraint(type.constraint) }
            if !type.sizes.isEmpty { list { $0.expressions(type.sizes) } }
        }
    }

    private mutating func constraint(_ constraint: ParsedType.Constraint) {
        let values: [Word: ParsedExpression?]
        switch constraint {
        case .none: values = [:]
        case .bounds(let lower, let upper): values = [.lower: lower, .upper: upper]
        case .offset(let offset, let multiplier):
            values = [.offset: offset, .multiplier: multiplier]
        }
        list { f in
            while let value = values[f.token.word] ?? nil {
                f.take(2)
                f.expression(value)
                if f.at(.comma) { f.comma() }
            }
        }
    }

    mutating func declaration(_ declaration: ParsedDeclaration) {
        sizedType(declaration.type)
        space()
        frame(.fill) { f in
            for (i, variable) in declaration.variables.enumerated() {
                if i > 0 {
                    f.layout.add(.begin(.indent(2 * Formatter.indent)))
                    f.comma()
                    f.layout.add(.end)
                }
                f.take()
                if f.at(.leftBracket) { f.list { $0.expressions(variable.dimensions) } }
                if let value = variable.initializer { f.assigned(value) }
            }
        }
        take()
    }

    /// `=` and the value behind it.
    mutating func assigned(_ value: ParsedExpression) {
        space()
        while token.start < value.range.lowerBound, !at(.end) { take() }
        space()
        takeInlineComments()
        frame(.hang) { $0.expression(value) }
    }
}
