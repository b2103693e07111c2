// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension Checker {
    /// The code of an expression and what is known of its value.
    mutating func expression(_ syntax: Syntax.Expression) -> (Node, ScriptType) {
        value(syntax, isStatement: false)
    }

    mutating func value(
        _ syntax: Syntax.Expression, isStatement: Bool
    ) -> (Node, ScriptType) {
        let (code, type) = kind(syntax, isStatement: isStatement)
        return (Node(code: code, range: syntax.range), type)
    }

    private mutating func kind(
        _ syntax: Syntax.Expression, isStatement: Bool
    ) -> (Code, ScriptType) {
        switch syntax.kind {
        case .number(let value): return (.constant(.number(value)), .number)
        case .bool(let value): return (.constant(.bool(value)), .bool)
        case .string(let pieces): return (string(pieces), .string)
        case .name(let name): return reference(name, syntax.range)
        case .parameter(let index): return reference("$\(index)", syntax.range)
        case .symbol(let name, let arguments):
            return (
                .symbol(name.text, arguments.map { argument($0).0 }), ScriptType("symbol")
            )
        case .list(let elements): return list(elements)
        case .dictionary(let pairs):
            var names: Set<String> = []
            var code: [(Node, Node)] = []
            for (key, value) in pairs {
                let (keyCode, keyType) = expression(key)
                if keyType.excludes(.string) {
                    report("type", "a dictionary's keys are strings", key.range)
                }
                if case .string(let pieces) = key.kind, case .text(let text)? = pieces.first,
                    pieces.count == 1, !names.insert(text).inserted
                {
                    report("dictionary", "the key \"\(text)\" stands twice", key.range)
                }
                code.append((keyCode, expression(value).0))
            }
            return (.dictionary(code), ScriptType("dictionary"))
        case .unary(let sign, let operand): return unary(sign, operand)
        case .binary(let sign, let range, let left, let right):
            return binary(sign, range, left, right, syntax.range)
        case .call(let callee, let arguments):
            return call(callee, arguments, syntax.range)
        case .member(let base, let name): return member(base, name)
        case .index(let base, let arguments):
            let (node, type) = expression(base)
            let codes = arguments.map { argument($0) }
            if let single = type.single,
                ["number", "Bool", "closure", "function", "symbol", "range", "nothing"]
                    .contains(single)
            {
                report("type", "\(single.withArticle) has no elements", base.range)
            }
            return (.index(node, codes.map(\.0)), elementType(of: type, codes.map(\.1)))
        case .closure(let parameters, let positions, let body):
            return closure(parameters, positions, body)
        case .conditional(let branches, let otherwise):
            return conditional(branches, otherwise, syntax.range, isStatement: isStatement)
        }
    }

    private mutating func string(_ pieces: [Syntax.Piece]) -> Code {
        if pieces.count == 1, case .text(let text) = pieces[0] {
            return .constant(.string(text))
        }
        return .string(
            pieces.map { piece in
                switch piece {
                case .text(let text): .text(text)
                case .code(let value): .value(expression(value).0)
                }
            })
    }

    private mutating func list(_ elements: [Syntax.Expression]) -> (Code, ScriptType) {
        let codes = elements.map { expression($0) }
        var type = ScriptType("vector", "mask", "list")
        let singles = Set(codes.map { $0.1.single ?? "?" })
        if codes.isEmpty || singles == ["number"] {
            type = .vector
        } else if singles == ["Bool"] {
            type = ScriptType("mask")
        } else if !singles.contains("?") {
            type = ScriptType("list")
        }
        return (.list(codes.map(\.0)), type)
    }

    mutating func argument(_ argument: Syntax.Argument) -> (CodeArgument, ScriptType) {
        let (node, type) = expression(argument.value)
        if type.single == "nothing" {
            report("type", "this gives no value", argument.value.range)
        }
        return (CodeArgument(label: argument.label, value: node), type)
    }

    /// What a name stands for: a local, a global or part of the library.
    private mutating func reference(_ name: String, _ range: Range<Int>) -> (Code, ScriptType) {
        if let (local, owner) = context.find(name) {
            let source = context.source(of: local, owner: owner)
            if owner !== context { noteCapture(of: local, name, range, owner) }
            switch source {
            case .local(let slot): return (.local(slot), local.type)
            case .captured(let index): return (.captured(index), local.type)
            }
        }
        if let global = globals[name] {
            if !result.definitions.contains(where: { $0.slot == global.slot }) {
                result.dependencies.insert(global.slot)
            }
            return (.global(global.slot, name: name), global.type)
        }
        if let functions = registry.functions[name] {
            if let constant = functions.first, constant.isProperty {
                return (.call(constant, ArgumentMatch(indices: []), []), constant.result)
            }
            let reference = ScriptFunctionReference(
                name: name, overloads: functions, receiver: nil)
            return (.constant(.function(reference)), ScriptType("function"))
        }
        unknown(name, range)
        return (.constant(.nothing), .any)
    }

    mutating func unknown(_ name: String, _ range: Range<Int>) {
        if let line = later[name] {
            report(
                "order", "'\(name)' is used before it is defined", range,
                help: "it is defined below, at line \(line); cells run from top to bottom")
            return
        }
        // A single letter is close to every other.
        let near =
            name.count < 2
            ? nil
            : suggestion(for: name, among: (context.visibleNames + globals.keys).sorted())
                ?? suggestion(for: name, among: registry.functions.keys.sorted())
                ?? suggestion(for: name, among: registry.statics.keys.sorted())
        let types = registry.types(with: name)
        let help: String? =
            if let other = ForeignNames.equivalents[name] {
                "here it is \(other)"
            } else if let near {
                "did you mean `\(near)`?"
            } else if let type = types.first {
                "`\(name)` is a member of \(type.withArticle): write x.\(name)"
            } else {
                nil
            }
        report("unknown-name", "there is nothing called '\(name)' here", range, help: help)
    }

    /// Closures take the value a variable has when they are made. To be the
    /// same as in Swift, the variable must not change later.
    private mutating func noteCapture(
        of local: LocalName, _ name: String, _ range: Range<Int>, _ owner: FunctionContext
    ) {
        guard local.isMutable else { return }
        if local.captured == nil { local.captured = range }
        let around = owner.loops.filter { !local.loops.contains($0) }
        if local.assignments.contains(where: { $0.contains { around.contains($0) } }) {
            report(
                "assignment", "'\(name)' changes in this loop, so a closure cannot use it", range,
                help: "copy it first: let now = \(name)")
        }
    }

    private mutating func closure(
        _ parameters: [Syntax.Name], _ positions: Int, _ body: Syntax.Block
    ) -> (Code, ScriptType) {
        let inner = FunctionContext(parent: context)
        context = inner
        let count = parameters.isEmpty ? positions : parameters.count
        for index in 0..<count {
            let name = parameters.isEmpty ? "$\(index)" : parameters[index].text
            if name != "_", inner.scopes[0][name] != nil {
                report("redefinition", "two parameters are called '\(name)'", body.range)
            }
            _ = inner.declare(name, type: .any, arity: nil, isMutable: false)
        }
        inner.scopes.append([:])
        let statements = block(body.statements)
        context = inner.parent ?? FunctionContext(parent: nil)
        let code = ClosureCode(
            parameterCount: count, localCount: inner.localCount, body: statements,
            range: body.range, source: source)
        return (.closure(code, captures: inner.captures.map(\.source)), ScriptType("closure"))
    }

    private mutating func conditional(
        _ branches: [(condition: Syntax.Expression, body: Syntax.Block)],
        _ otherwise: Syntax.Block?, _ range: Range<Int>, isStatement: Bool
    ) -> (Code, ScriptType) {
        if otherwise == nil, !isStatement {
            report(
                "syntax", "an 'if' that is used as a value needs an 'else'", range)
        }
        let codes = branches.map { branch in
            let (condition, type) = expression(branch.condition)
            requireBool(type, branch.condition.range)
            return (condition: condition, body: scoped(branch.body))
        }
        return (.conditional(codes, otherwise: otherwise.map { scoped($0) }), .any)
    }

    mutating func requireBool(_ type: ScriptType, _ range: Range<Int>) {
        guard type.excludes(.bool) else { return }
        report(
            "type", "expected a Bool, found \(type.withArticle)", range,
            help: type.allows("mask") && type.names?.contains("mask") == true
                ? "a pointwise comparison gives many truth values; use all(…) or any(…)" : nil)
    }

    private func elementType(of type: ScriptType, _ indices: [ScriptType]) -> ScriptType {
        if let single = type.single, let members = registry.member("subscript", of: single),
            let first = members.first(where: { function in
                zip(function.parameters, indices).allSatisfy { !$0.type.excludes($1) }
            })
        {
            return members.count == 1 || indices.allSatisfy { $0.single != nil }
                ? first.result : .any
        }
        guard indices.count == 1, indices[0].single == "number" else { return .any }
        return type.single == "vector" ? .number : .any
    }

    private mutating func member(
        _ base: Syntax.Expression, _ name: Syntax.Name
    ) -> (Code, ScriptType) {
        if let function = staticFunctions(base, name), let first = function.first {
            return (
                .constant(
                    .function(
                        ScriptFunctionReference(
                            name: first.name, overloads: function, receiver: nil))),
                ScriptType("function")
            )
        }
        let (node, type) = expression(base)
        let found = members(name, of: type, base.range)
        let code = Code.member(node, name.text, nameRange: name.range)
        guard type.single != nil, let first = found.first else { return (code, .any) }
        return (code, first.isProperty ? first.result : ScriptType("function"))
    }

    /// `Gamma.fit`, when the base is a name of the library and no variable.
    mutating func staticFunctions(
        _ base: Syntax.Expression, _ name: Syntax.Name
    ) -> [ScriptFunction]? {
        guard case .name(let owner) = base.kind, context.find(owner) == nil,
            globals[owner] == nil, let inner = registry.statics[owner]
        else { return nil }
        if let found = inner[name.text] { return found }
        // A constant or function of that name may have members of its own.
        if registry.functions[owner]?.first?.isProperty == true { return nil }
        report(
            "unknown-name", "'\(owner)' has nothing called '\(name.text)'", name.range,
            help: suggestion(for: name.text, among: inner.keys.sorted()).map {
                "did you mean `\(owner).\($0)`?"
            } ?? "it has \(inner.keys.sorted().joined(separator: ", "))")
        return []
    }

    /// The overloads of a member for every kind that the base may have;
    /// reports a name that none of them has.
    mutating func members(
        _ name: Syntax.Name, of type: ScriptType, _ baseRange: Range<Int>
    ) -> [ScriptFunction] {
        let types = type.names ?? registry.members.keys.sorted()
        let found = types.flatMap { registry.member(name.text, of: $0) ?? [] }
        guard found.isEmpty else { return found }
        let candidates = types.flatMap { registry.members[$0]?.keys.sorted() ?? [] }
        let message =
            type.names == nil
            ? "nothing has a member called '\(name.text)'"
            : "\(type.withArticle) has no member '\(name.text)'"
        let help: String? =
            if let near = suggestion(for: name.text, among: candidates) {
                "did you mean `.\(near)`?"
            } else if registry.functions[name.text]?.first?.isProperty == false {
                "`\(name.text)` is a function: write \(name.text)(…)"
            } else if type.names != nil, !candidates.isEmpty, candidates.count <= 24 {
                "it has "
                    + Set(candidates).subtracting(["subscript"]).sorted().joined(separator: ", ")
                    + (candidates.contains("subscript") ? "; and [\"\(name.text)\"] by name" : "")
            } else {
                nil
            }
        report("unknown-name", message, name.range, help: help)
        return []
    }
}
