// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension Checker {
    mutating func call(
        _ callee: Syntax.Expression, _ arguments: [Syntax.Argument], _ range: Range<Int>
    ) -> (Code, ScriptType) {
        switch callee.kind {
        case .name(let name):
            let arity = context.find(name)?.0.arity ?? globals[name]?.arity
            if context.find(name) == nil, globals[name] == nil,
                let overloads = registry.functions[name], let first = overloads.first,
                !first.isProperty
            {
                return call(overloads, name, arguments, callee.range, range)
            }
            let (node, type) = expression(callee)
            requireCallable(type, callee.range, name)
            return callValue(node, arguments, arity: arity, range)
        case .member(let base, let name):
            if let functions = staticFunctions(base, name) {
                guard !functions.isEmpty else { return (.constant(.nothing), .any) }
                let owner = source.text(in: base.range)
                return call(functions, "\(owner).\(name.text)", arguments, name.range, range)
            }
            return callMember(base, name, arguments, range)
        default:
            let (node, type) = expression(callee)
            requireCallable(type, callee.range, nil)
            return callValue(node, arguments, arity: nil, range)
        }
    }

    private mutating func requireCallable(
        _ type: ScriptType, _ range: Range<Int>, _ name: String?
    ) {
        guard type.excludes(ScriptType("closure", "function")) else { return }
        let what = name.map { "'\($0)' is \(type.withArticle) and" } ?? "\(type.withArticle)"
        report(
            "type", "\(what) cannot be called", range,
            help: type.single == "number" ? "to multiply, write *" : nil)
    }

    private mutating func callValue(
        _ node: Node, _ arguments: [Syntax.Argument], arity: Int?, _ range: Range<Int>
    ) -> (Code, ScriptType) {
        for argument in arguments {
            if let label = argument.label, label != Syntax.trailingLabel {
                report(
                    "unknown-label", "a closure's arguments have no labels",
                    argument.labelRange, help: "drop `\(label):`")
            }
        }
        if let arity, arity != arguments.count {
            report(
                "argument-count",
                "this closure takes \(count(arity, "argument")), not \(arguments.count)", range)
        }
        return (.callValue(node, arguments.map { argument($0).0 }), .any)
    }

    private func count(_ n: Int, _ noun: String) -> String { "\(n) \(noun)\(n == 1 ? "" : "s")" }

    /// A call whose function is known.
    private mutating func call(
        _ overloads: [ScriptFunction], _ name: String, _ arguments: [Syntax.Argument],
        _ nameRange: Range<Int>, _ range: Range<Int>
    ) -> (Code, ScriptType) {
        let codes = arguments.map { argument($0) }
        let labels = arguments.map(\.label)
        let fitting = overloads.compactMap { function in
            function.match(labels).map { (function, $0) }
        }
        guard !fitting.isEmpty else {
            reportMismatch(overloads, name, arguments, nameRange, range)
            return (.constant(.nothing), overloads.count == 1 ? overloads[0].result : .any)
        }
        // Overloads with the same labels differ in the kinds they take.
        let (function, match) =
            fitting.first { candidate in
                !excludes(candidate.0, candidate.1, codes.map(\.1))
            } ?? fitting[0]
        checkTypes(function, match, arguments, codes.map(\.1))
        return (.call(function, match, codes.map(\.0)), function.result)
    }

    private func excludes(
        _ function: ScriptFunction, _ match: ArgumentMatch, _ types: [ScriptType]
    ) -> Bool {
        for (parameter, indices) in zip(function.parameters, match.indices) {
            for index in indices where parameter.type.excludes(types[index]) { return true }
        }
        return false
    }

    private mutating func callMember(
        _ base: Syntax.Expression, _ name: Syntax.Name, _ arguments: [Syntax.Argument],
        _ range: Range<Int>
    ) -> (Code, ScriptType) {
        let (node, type) = expression(base)
        let codes = arguments.map { argument($0) }
        let code = Code.callMember(node, name.text, nameRange: name.range, codes.map(\.0))
        let found = members(name, of: type, base.range)
        guard !found.isEmpty else { return (code, .any) }
        let methods = found.filter { !$0.isProperty }
        guard !methods.isEmpty else {
            if arguments.isEmpty {
                report(
                    "argument-count", "'\(name.text)' is a property", name.range,
                    help: "drop the brackets")
            }
            return (code, .any)
        }
        let labels = arguments.map(\.label)
        let fitting = methods.compactMap { function in
            function.match(labels).map { (function, $0) }
        }
        guard !fitting.isEmpty else {
            reportMismatch(methods, name.text, arguments, name.range, range)
            return (code, .any)
        }
        let kinds = codes.map(\.1)
        if let single = type.single, fitting.count == 1 || fitting[0].0.owner == single {
            let (function, match) =
                fitting.first { !excludes($0.0, $0.1, kinds) } ?? fitting[0]
            checkTypes(function, match, arguments, kinds)
            return (code, function.result)
        }
        let results = fitting.map(\.0.result)
        return (code, results.dropFirst().reduce(results[0]) { $0.union($1) })
    }

    // MARK: Arguments

    private mutating func checkTypes(
        _ function: ScriptFunction, _ match: ArgumentMatch, _ arguments: [Syntax.Argument],
        _ types: [ScriptType]
    ) {
        for (parameter, indices) in zip(function.parameters, match.indices) {
            for index in indices {
                let argument = arguments[index]
                if case .symbol(let name, let inner) = argument.value.kind,
                    !parameter.choices.isEmpty
                {
                    checkChoice(name, inner, parameter, argument.value.range)
                } else if parameter.type.excludes(types[index]) {
                    let choices = parameter.choices.map { ".\($0.name)" }
                    report(
                        "type",
                        "`\(parameter.name)` of \(function.name) is \(parameter.type.withArticle), "
                            + "not \(types[index].withArticle)", argument.value.range,
                        help: choices.isEmpty
                            ? function.signature : "one of \(choices.joined(separator: ", "))")
                }
            }
        }
    }

    private mutating func checkChoice(
        _ name: Syntax.Name, _ arguments: [Syntax.Argument],
        _ parameter: ScriptFunction.Parameter, _ range: Range<Int>
    ) {
        let names = parameter.choices.map(\.name)
        guard let choice = parameter.choices.first(where: { $0.name == name.text }) else {
            report(
                "unknown-name", "`\(parameter.name)` has no choice '.\(name.text)'", name.range,
                help: suggestion(for: name.text, among: names).map { "did you mean `.\($0)`?" }
                    ?? "one of " + names.map { "." + $0 }.joined(separator: ", "))
            return
        }
        let labels = arguments.map(\.label)
        let known = choice.parameters.compactMap(\.label)
        for argument in arguments {
            if let label = argument.label, !known.contains(label) {
                report(
                    "unknown-label", "'.\(name.text)' has no parameter `\(label)`",
                    argument.labelRange,
                    help: suggestion(for: label, among: known).map { "did you mean `\($0):`?" }
                        ?? (known.isEmpty
                            ? "it takes no arguments"
                            : "it has \(known.map { $0 + ":" }.joined(separator: ", "))"))
                return
            }
        }
        let places = choice.parameters.filter { $0.label == nil }.count
        if Set(labels.compactMap(\.self)).count != labels.count(where: { $0 != nil })
            || labels.count(where: { $0 == nil }) > places
        {
            report("unknown-label", "every argument of '.\(name.text)' needs its label", range)
        }
    }

    /// Says how a call's labels differ from those of the closest overload.
    private mutating func reportMismatch(
        _ overloads: [ScriptFunction], _ name: String, _ arguments: [Syntax.Argument],
        _ nameRange: Range<Int>, _ range: Range<Int>
    ) {
        let mismatch = Mismatch(overloads, labels: arguments.map(\.label))
        let place = mismatch.argument.map { index in
            let argument = arguments[index]
            return argument.label == nil ? argument.value.range : argument.labelRange
        }
        report(
            mismatch.code, mismatch.message(name), place ?? nameRange, help: mismatch.help)
    }
}

/// Why the labels of a call fit none of a function's overloads.
struct Mismatch {
    var code: String
    var argument: Int?
    var help: String
    private var text: String

    func message(_ name: String) -> String { text.replacing("NAME", with: name) }

    init(_ overloads: [ScriptFunction], labels: [String?]) {
        let labels = labels.map { $0 == Syntax.trailingLabel ? nil : $0 }
        let wanted = labels.compactMap(\.self)
        let closest =
            overloads.max { a, b in
                Mismatch.closeness(a, wanted, labels.count)
                    < Mismatch.closeness(b, wanted, labels.count)
            } ?? overloads[0]
        let signatures = overloads.map(\.signature).joined(separator: "\n         or ")
        help = signatures
        let all = overloads.flatMap { $0.parameters.compactMap(\.label) }
        code = "unknown-label"
        if let index = labels.firstIndex(where: { $0.map { !all.contains($0) } ?? false }),
            let label = labels[index]
        {
            argument = index
            text = "NAME has no parameter `\(label)`"
            if let near = suggestion(for: label, among: all) {
                help = "did you mean `\(near):`? \(signatures)"
            } else if overloads.allSatisfy({ $0.parameters.isEmpty }) {
                help = "it takes no arguments"
            }
            return
        }
        let known = closest.parameters.compactMap(\.label)
        if let index = labels.firstIndex(where: { $0.map { !known.contains($0) } ?? false }),
            let label = labels[index]
        {
            argument = index
            text = "`\(label)` does not go together with the other labels of NAME"
            return
        }
        let missing = closest.parameters.first {
            !$0.isOptional && $0.label != nil && !wanted.contains($0.label ?? "")
        }
        let places = closest.parameters.filter { $0.label == nil }
        let unlabelled = labels.indices.filter { labels[$0] == nil }
        let variadic = closest.parameters.contains(where: \.isVariadic)
        if let missing, let label = missing.label {
            if unlabelled.count > places.count, !variadic {
                argument = unlabelled[places.count]
                text = "this argument of NAME needs its label `\(label):`"
            } else {
                code = "argument-count"
                text = "NAME needs `\(label):`"
            }
            return
        }
        let needed = places.filter { !$0.isOptional }.count
        if unlabelled.count > places.count, !variadic {
            argument = unlabelled[places.count]
            let optional = known.filter { !wanted.contains($0) }
            if let label = optional.first {
                text = "this argument of NAME needs a label, such as `\(label):`"
            } else {
                code = "argument-count"
                text = "NAME takes \(Mismatch.count(closest.parameters.count)), not \(labels.count)"
            }
            return
        }
        if unlabelled.count < needed {
            code = "argument-count"
            let parameter = places[min(unlabelled.count, places.count - 1)]
            text = "NAME needs `\(parameter.name)`"
            return
        }
        if Set(wanted).count != wanted.count {
            text = "a label of NAME stands twice"
            return
        }
        text = "the arguments of NAME are not in order"
    }

    private static func count(_ n: Int) -> String {
        n == 0 ? "no arguments" : "\(n) argument\(n == 1 ? "" : "s")"
    }

    private static func closeness(
        _ function: ScriptFunction, _ wanted: [String], _ count: Int
    ) -> Int {
        let known = function.parameters.compactMap(\.label)
        let shared = wanted.filter(known.contains).count
        return 10 * shared - abs(function.parameters.count - count)
    }
}
