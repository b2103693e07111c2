// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A checked expression: names are resolved to places, calls to functions.
struct Node: Sendable {
    let code: Code
    let range: Range<Int>
}

indirect enum Code: Sendable {
    case constant(ScriptValue)
    case global(Int, name: String)
    case local(Int)
    case captured(Int)
    case string([CodePiece])
    case list([Node])
    case dictionary([(Node, Node)])
    case symbol(String, [CodeArgument])
    case not(Node, pointwise: Bool)
    case negate(Node)
    case arithmetic(Arithmetic, Node, Node)
    case compare(Comparison, pointwise: Bool, Node, Node)
    case approximately(Node, Node)
    case logical(isAnd: Bool, pointwise: Bool, Node, Node)
    case range(Node, Node, isClosed: Bool)
    /// A function of the registry whose overload was chosen by its labels.
    case call(ScriptFunction, ArgumentMatch, [CodeArgument])
    case callValue(Node, [CodeArgument])
    case member(Node, String, nameRange: Range<Int>)
    case callMember(Node, String, nameRange: Range<Int>, [CodeArgument])
    case index(Node, [CodeArgument])
    case closure(ClosureCode, captures: [CaptureSource])
    case conditional([(condition: Node, body: [StatementCode])], otherwise: [StatementCode]?)
}

enum CodePiece: Sendable {
    case text(String)
    case value(Node)
}

struct CodeArgument: Sendable {
    let label: String?
    let value: Node
}

enum CaptureSource: Sendable {
    case local(Int)
    case captured(Int)
}

/// The code of a closure: parameters are the first locals.
final class ClosureCode: Sendable {
    let parameterCount: Int
    let localCount: Int
    let body: [StatementCode]
    let range: Range<Int>
    /// The text that the ranges inside point into.
    let source: SourceText?

    init(
        parameterCount: Int, localCount: Int, body: [StatementCode], range: Range<Int>,
        source: SourceText?
    ) {
        self.source = source
        self.parameterCount = parameterCount
        self.localCount = localCount
        self.body = body
        self.range = range
    }
}

struct StatementCode: Sendable {
    enum Kind: Sendable {
        case bind(Place, Node)
        case assign(Place, name: String, indices: [CodeArgument]?, Arithmetic?, Node)
        case forIn(local: Int, Node, [StatementCode])
        case evaluate(Node)
    }

    enum Place: Sendable {
        case global(Int)
        case local(Int)
    }

    let kind: Kind
    let range: Range<Int>
}

enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case power = "^"
}

enum Comparison: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// A cell or a line, ready to run.
struct CheckedScript: Sendable {
    var statements: [StatementCode] = []
    var localCount = 0
    /// Names it defines, with their places.
    var definitions: [(name: String, slot: Int, range: Range<Int>)] = []
    /// Global slots it reads that it does not define itself.
    var dependencies: Set<Int> = []
    /// The call it makes to functions that read files or draw numbers are
    /// found at run time; this is what a cache key needs of the syntax.
    var range: Range<Int> = 0..<0
}
