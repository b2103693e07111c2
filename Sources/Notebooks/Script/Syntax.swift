// SPDX-License-Identifier: GPL-3.0-or-later

/// The syntax tree of the script language, as written and unresolved.
enum Syntax: Sendable {
    /// The label of a closure behind the brackets: it goes to the next
    /// parameter that takes a closure, whatever that one's label.
    static let trailingLabel = "{}"

    struct Argument: Sendable {
        var label: String?
        var labelRange: Range<Int>
        var value: Expression
    }

    struct Name: Sendable {
        var text: String
        var range: Range<Int>
    }

    struct Expression: Sendable {
        var kind: Kind
        var range: Range<Int>
        /// Levels of nesting: bounded, so that no walk of the tree can run out
        /// of stack.
        var depth = 1
    }

    indirect enum Kind: Sendable {
        case number(Double)
        case bool(Bool)
        case string([Piece])
        case name(String)
        case parameter(Int)
        /// `.bfgs` or `.gradientDescent(rate: 0.1)`
        case symbol(Name, [Argument])
        case list([Expression])
        case dictionary([(Expression, Expression)])
        case unary(String, Expression)
        case binary(String, Range<Int>, Expression, Expression)
        case call(Expression, [Argument])
        case member(Expression, Name)
        case index(Expression, [Argument])
        case closure([Name], usesPositions: Int, Block)
        case conditional([(condition: Expression, body: Block)], otherwise: Block?)
    }

    enum Piece: Sendable {
        case text(String)
        case code(Expression)
    }

    struct Block: Sendable {
        var statements: [Statement]
        var range: Range<Int>
        var depth: Int { statements.lazy.map(\.depth).max() ?? 0 }
    }

    struct Statement: Sendable {
        var kind: StatementKind
        var range: Range<Int>
        var depth: Int {
            switch kind {
            case .binding(_, _, let value), .expression(let value): value.depth
            case .assignment(let target, _, _, let value): max(target.depth, value.depth)
            case .forIn(_, let sequence, let body): 1 + max(sequence.depth, body.depth)
            }
        }
    }

    enum StatementKind: Sendable {
        case binding(Name, mutable: Bool, Expression)
        /// `x = e`, `x += e` (operation "+"), `x[i] = e`.
        case assignment(Expression, operation: String?, Range<Int>, Expression)
        case forIn(Name, Expression, Block)
        case expression(Expression)
    }
}
