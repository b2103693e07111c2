// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Resolves names, labels and arities before anything runs.
///
/// One checker lives as long as a notebook or session: it carries the names
/// that earlier cells defined.
struct Checker {
    struct Global {
        var slot: Int
        var type: ScriptType
        var arity: Int?
        var isMutable: Bool
        /// Only the cell that made a `var` may change it.
        var cell: Int
        var place: String
    }

    let registry: Registry
    /// Sessions may define a name again; notebooks may not.
    var allowsRedefinition = false
    var globals: [String: Global] = [:]
    var globalCount = 0
    /// Names that later cells define, with their lines: for a better message.
    var later: [String: Int] = [:]

    // The state of one check.
    var source = SourceText(name: "", text: "")
    var cell = 0
    var diagnostics: [Diagnostic] = []
    var context = FunctionContext(parent: nil)
    var result = CheckedScript()
    var loopCount = 0

    init(_ registry: Registry) { self.registry = registry }

    /// Binds a value from outside of the script: a notebook's parameter.
    mutating func declare(_ name: String, type: ScriptType, place: String) -> Int {
        let slot = globalCount
        globalCount += 1
        globals[name] = Global(
            slot: slot, type: type, arity: nil, isMutable: false, cell: -1, place: place)
        return slot
    }

    /// Checks the statements of a cell. What is wrong is in `diagnostics`; the
    /// names of the cell are known afterwards, even so.
    mutating func check(
        _ statements: [Syntax.Statement], source: SourceText, cell: Int
    ) -> CheckedScript {
        self.source = source
        self.cell = cell
        diagnostics = []
        context = FunctionContext(parent: nil)
        result = CheckedScript()
        result.statements = block(statements)
        result.localCount = context.localCount
        return result
    }

    // MARK: Messages

    mutating func report(
        _ code: String, _ message: String, _ range: Range<Int>, label: String? = nil,
        help: String? = nil
    ) {
        guard diagnostics.count < 50 else { return }
        diagnostics.append(
            Diagnostic(
                code: "script/\(code)", message, in: source, at: range, label: label, help: help))
    }

    func line(of range: Range<Int>) -> Int { source.position(of: range.lowerBound).line }

    // MARK: Statements

    mutating func block(_ statements: [Syntax.Statement]) -> [StatementCode] {
        statements.map { statement($0) }
    }

    /// A block with names of its own.
    mutating func scoped(_ block: Syntax.Block) -> [StatementCode] {
        context.scopes.append([:])
        let code = self.block(block.statements)
        context.scopes.removeLast()
        return code
    }

    private var isTopLevel: Bool { context.parent == nil && context.scopes.count == 1 }

    private mutating func statement(_ statement: Syntax.Statement) -> StatementCode {
        let kind: StatementCode.Kind
        switch statement.kind {
        case .binding(let name, let mutable, let value):
            kind = binding(name, mutable: mutable, value)
        case .assignment(let target, let sign, let signRange, let value):
            kind = assignment(target, sign, signRange, value)
        case .forIn(let name, let sequence, let body):
            let (node, type) = expression(sequence)
            if type.excludes(ScriptType("range", "vector", "mask", "list", "String")) == false,
                let single = type.single, ["number", "Bool", "closure"].contains(single)
            {
                report(
                    "type", "cannot go through \(single.withArticle) with 'for'", sequence.range,
                    help: single == "number" ? "a range is written 0..<n" : nil)
            }
            context.scopes.append([:])
            loopCount += 1
            context.loops.append(loopCount)
            let element: ScriptType =
                type.single == "range" || type.single == "vector" ? .number : .any
            let local = context.declare(name.text, type: element, arity: nil, isMutable: false)
            let code = block(body.statements)
            context.loops.removeLast()
            context.scopes.removeLast()
            kind = .forIn(local: local.slot, node, code)
        case .expression(let value):
            kind = .evaluate(self.value(value, isStatement: true).0)
        }
        return StatementCode(kind: kind, range: statement.range)
    }

    private mutating func binding(
        _ name: Syntax.Name, mutable: Bool, _ value: Syntax.Expression
    ) -> StatementCode.Kind {
        if isTopLevel {
            // A closure may call itself by its name, so the name comes first.
            var slot: Int?
            var arity: Int?
            if case .closure(let parameters, let positions, _) = value.kind {
                arity = parameters.isEmpty ? positions : parameters.count
                slot = define(name, .init("closure"), arity: arity, mutable: mutable)
            }
            let (node, type) = expression(value)
            let place = slot ?? define(name, type, arity: arity, mutable: mutable)
            rejectNothing(type, value.range)
            return .bind(.global(place), node)
        }
        if context.scopes.last?[name.text] != nil {
            report(
                "redefinition", "'\(name.text)' is already defined in this block", name.range)
        }
        let (node, type) = expression(value)
        rejectNothing(type, value.range)
        let local = context.declare(
            name.text, type: type, arity: arityOfClosure(value), isMutable: mutable)
        return .bind(.local(local.slot), node)
    }

    private func arityOfClosure(_ value: Syntax.Expression) -> Int? {
        guard case .closure(let parameters, let positions, _) = value.kind else { return nil }
        return parameters.isEmpty ? positions : parameters.count
    }

    private mutating func rejectNothing(_ type: ScriptType, _ range: Range<Int>) {
        if type.single == "nothing" {
            report("type", "this gives no value to bind", range)
        }
    }

    private mutating func define(
        _ name: Syntax.Name, _ type: ScriptType, arity: Int?, mutable: Bool
    ) -> Int {
        if let earlier = globals[name.text], !allowsRedefinition {
            report(
                "redefinition", "'\(name.text)' is already defined \(earlier.place)", name.range,
                help: "a name is defined once in a notebook; choose another one")
            return earlier.slot
        }
        let slot = globalCount
        globalCount += 1
        globals[name.text] = Global(
            slot: slot, type: type, arity: arity, isMutable: mutable, cell: cell,
            place: "at line \(line(of: name.range))")
        result.definitions.append((name.text, slot, name.range))
        return slot
    }

    private mutating func assignment(
        _ target: Syntax.Expression, _ sign: String?, _ signRange: Range<Int>,
        _ value: Syntax.Expression
    ) -> StatementCode.Kind {
        let (node, _) = expression(value)
        var base = target
        var indices: [Syntax.Argument]?
        if case .index(let inner, let arguments) = target.kind {
            base = inner
            indices = arguments
        }
        let indexCode = indices.map { $0.map { argument($0).0 } }
        let nothing = StatementCode.Kind.evaluate(
            Node(code: .constant(.nothing), range: target.range))
        guard case .name(let name) = base.kind else {
            report(
                "assignment", "only a variable or its elements can be changed", target.range,
                help: "to compare, write ==")
            return nothing
        }
        let arithmetic = sign.flatMap(Arithmetic.init(rawValue:))
        if let (local, owner) = context.find(name) {
            guard local.isMutable else {
                report(
                    "assignment", "'\(name)' is a constant", target.range,
                    help: "define it with var to change it")
                return nothing
            }
            guard owner === context else {
                report(
                    "assignment", "a closure cannot change '\(name)', which is defined outside",
                    target.range, help: "return the new value instead")
                return nothing
            }
            if let capture = local.captured {
                report(
                    "assignment",
                    "'\(name)' cannot change after a closure has taken its value", target.range,
                    help: "the closure is at line \(line(of: capture))")
            }
            local.assignments.append(context.loops)
            return .assign(.local(local.slot), name: name, indices: indexCode, arithmetic, node)
        }
        guard let global = globals[name] else {
            _ = expression(base)
            if registry.functions[name] != nil {
                report("assignment", "'\(name)' is part of the library", target.range)
            }
            return nothing
        }
        guard global.isMutable, global.cell == cell else {
            report(
                "assignment",
                global.isMutable
                    ? "'\(name)' is a var of another cell" : "'\(name)' is a constant",
                target.range,
                help: global.isMutable
                    ? "a var changes only in the cell that defines it"
                    : "it is defined \(global.place); define it with var to change it there")
            return nothing
        }
        guard context.parent == nil else {
            report(
                "assignment", "a closure cannot change '\(name)', which is defined outside",
                target.range, help: "return the new value instead")
            return nothing
        }
        return .assign(.global(global.slot), name: name, indices: indexCode, arithmetic, node)
    }
}

/// The names inside of one closure, or of a cell's blocks.
final class FunctionContext {
    let parent: FunctionContext?
    var scopes: [[String: LocalName]] = [[:]]
    var localCount = 0
    var captures: [(local: LocalName, source: CaptureSource)] = []
    /// The loops around the current statement.
    var loops: [Int] = []

    init(parent: FunctionContext?) { self.parent = parent }

    func declare(
        _ name: String, type: ScriptType, arity: Int?, isMutable: Bool
    ) -> LocalName {
        let local = LocalName(
            slot: localCount, type: type, arity: arity, isMutable: isMutable, loops: loops)
        localCount += 1
        scopes[scopes.count - 1][name] = local
        return local
    }

    /// A name of this closure or one around it, with the closure that owns it.
    func find(_ name: String) -> (LocalName, FunctionContext)? {
        for scope in scopes.reversed() {
            if let local = scope[name] { return (local, self) }
        }
        return parent?.find(name)
    }

    /// How code of this closure reads a local of itself or of one around it.
    func source(of local: LocalName, owner: FunctionContext) -> CaptureSource {
        if owner === self { return .local(local.slot) }
        if let index = captures.firstIndex(where: { $0.local === local }) {
            return .captured(index)
        }
        let outer = parent?.source(of: local, owner: owner) ?? .local(local.slot)
        captures.append((local, outer))
        return .captured(captures.count - 1)
    }

    var visibleNames: [String] {
        scopes.flatMap(\.keys) + (parent?.visibleNames ?? [])
    }
}

final class LocalName {
    let slot: Int
    let type: ScriptType
    let arity: Int?
    let isMutable: Bool
    /// The loops around its definition.
    let loops: [Int]
    /// Where a closure first took its value.
    var captured: Range<Int>?
    /// The loops around each assignment.
    var assignments: [[Int]] = []

    init(slot: Int, type: ScriptType, arity: Int?, isMutable: Bool, loops: [Int]) {
        self.slot = slot
        self.type = type
        self.arity = arity
        self.isMutable = isMutable
        self.loops = loops
    }
}
