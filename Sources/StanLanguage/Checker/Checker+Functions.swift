// SPDX-License-Identifier: GPL-3.0-or-later

/// Functions that the program defines.
extension Checker {
    /// Registers all functions, so that bodies may call them in any order.
    func collect(_ parsed: [ParsedFunction]) {
        var declared: [ParsedFunction] = []
        for function in parsed {
            let type = type(of: function)
            let name = function.name.text
            if declared.contains(where: {
                function.body == nil && $0.name.text == name && self.type(of: $0) == type
            }) {
                error(
                    "redeclared",
                    "Function '\(name)' has already been declared. A definition is expected",
                    at: function.name.range)
                continue
            }
            if let earlier = declared.first(where: {
                $0.name.text == name
                    && self.type(of: $0).arguments.map(\.type) == type.arguments.map(\.type)
                    && self.type(of: $0) != type
            }) {
                error(
                    "redeclared",
                    "Function '\(name)' has already been declared for signature \(self.type(of: earlier))",
                    at: function.name.range)
                continue
            }
            guard let body = function.body else {
                declared.append(function)
                continue
            }
            guard case .block = body.kind else {
                error(
                    "function", "Function definitions must be wrapped in curly braces",
                    at: body.range)
                continue
            }
            if let earlier = functionsByName[name]?.first(where: {
                functions[$0].type.arguments.map(\.type) == type.arguments.map(\.type)
            }) {
                let line = source.position(of: functions[earlier].parsed.range.lowerBound).line
                error(
                    "redeclared",
                    "Function '\(name)' has already been declared for signature \(type)",
                    at: function.name.range, help: "it is defined in line \(line)")
                continue
            }
            checkSignature(function, type)
            functionsByName[name, default: []].append(functions.count)
            functions.append(
                FunctionEntry(parsed: function, type: type, kind: Checker.kind(of: name)))
        }
        for function in declared {
            let type = type(of: function)
            let defined = (functionsByName[function.name.text] ?? []).contains {
                functions[$0].type.arguments.map(\.type) == type.arguments.map(\.type)
                    && functions[$0].type.result == type.result
            }
            if !defined {
                error(
                    "undefined",
                    "Function '\(function.name.text)' is declared without specifying a definition",
                    at: function.name.range)
            }
        }
    }

    private func type(of function: ParsedFunction) -> StanFunctionType {
        StanFunctionType(
            arguments: function.arguments.map { .init(type: $0.type, isDataOnly: $0.isData) },
            result: function.result)
    }

    static func kind(of name: String) -> StanFunction.Kind {
        switch Suffix(name) {
        case .density, .unnormalized: return .density
        case .cumulative: return .cumulative
        case .random: return .random
        case .target: return .target
        case .jacobian: return .jacobian
        case .none: return .plain
        }
    }

    private func checkSignature(_ function: ParsedFunction, _ type: StanFunctionType) {
        let name = function.name.text
        let range = function.name.range
        switch Suffix(name) {
        case .unnormalized:
            error(
                "function",
                "Functions with names ending in _lupdf or _lupmf cannot be defined: '\(name)'",
                at: range, help: "define \(normalizedName(name)), which gives both")
        case .density, .cumulative:
            if type.result != .real {
                error(
                    "function",
                    "Real return type required for probability functions ending in _lpdf, _lpmf, _cdf, _lcdf, or _lccdf",
                    at: function.range)
            }
            if name.hasSuffix("_lpmf") {
                if type.arguments.first?.type.containsInteger != true {
                    error(
                        "function",
                        "Probability mass functions require integer variates (first argument)",
                        at: function.range)
                }
            } else if name.hasSuffix("_lpdf"), type.arguments.first?.type.isIntegral != false {
                error(
                    "function",
                    "Probability density functions require real variates (first argument)",
                    at: function.range)
            }
        default: break
        }
        if let match = bestMatch(name, type.arguments.map { .value($0.type, isData: true) }),
            match.cost == 0, !LegacyNames.isRecent(name)
        {
            error(
                "redeclared",
                match.result == type.result
                    ? "Function '\(name)' is already declared in the Stan Math library with signature \(type)"
                    : "Function '\(name)' cannot be overloaded by return type only. Previously used return type \(match.result)",
                at: range, help: "give it another name")
        }
        let isVariadic = overloads(name).contains(where: \.isVariadic)
        if isVariadic || ["print", "reject", "fatal_error", "target"].contains(name) {
            error(
                "function", "Function '\(name)' cannot be overloaded", at: range,
                help: "choose another name")
        }
    }

    /// Checks the body of a registered function.
    func define(_ entry: FunctionEntry) -> StanFunction? {
        guard let parsedBody = entry.parsed.body else { return nil }
        let saved = (scopes, nextSlot, context, loopDepth, returnType)
        defer { (scopes, nextSlot, context, loopDepth, returnType) = saved }
        scopes = [[:]]
        nextSlot = 0
        loopDepth = 0
        context = .function(entry.kind)
        returnType = entry.type.result

        var arguments: [StanVariable] = []
        for argument in entry.parsed.arguments {
            if scopes[0][argument.name.text] != nil {
                error(
                    "redeclared", "All function arguments must have distinct identifiers",
                    at: argument.name.range)
                continue
            }
            arguments.append(
                declare(
                    argument.name, argument.type, .argument,
                    isData: argument.isData || argument.type.isIntegral))
        }
        let before = diagnostics.count
        let body = inScope { statement(parsedBody) }
        guard let body else { return nil }
        let failed = diagnostics.dropFirst(before).contains { $0.severity == .error }
        if entry.type.result != .void, !failed, !Checker.returns(body) {
            error(
                "return",
                "Function bodies must contain a return statement of correct type in every branch",
                at: entry.parsed.name.range)
        }
        return StanFunction(
            name: entry.parsed.name.text, kind: entry.kind, arguments: arguments,
            result: entry.type.result, body: body, slotCount: nextSlot,
            range: entry.parsed.name.range)
    }

    /// Whether every way through a statement ends in a return (or an error).
    static func returns(_ statement: StanStatement) -> Bool {
        switch statement.kind {
        case .returnValue, .reject, .fatalError: return true
        case .block(let list), .profile(_, let list): return list.contains(where: returns)
        case .conditional(_, let then, let other):
            return returns(then) && (other.map(returns) ?? false)
        case .forRange(_, _, _, let body), .forEach(_, _, let body): return returns(body)
        case .whileLoop(let condition, let body):
            if case .integer(let value) = condition.kind, value != 0 {
                return returns(body) || (contains(body, .returns) && !contains(body, .breaks))
            }
            return returns(body)
        default: return false
        }
    }

    private enum Exit { case returns, breaks }

    private static func contains(_ statement: StanStatement, _ exit: Exit) -> Bool {
        switch statement.kind {
        case .returnValue: return exit == .returns
        case .breakLoop: return exit == .breaks
        case .block(let list), .profile(_, let list): return list.contains { contains($0, exit) }
        case .conditional(_, let then, let other):
            return contains(then, exit) || (other.map { contains($0, exit) } ?? false)
        case .forRange(_, _, _, let body), .forEach(_, _, let body), .whileLoop(_, let body):
            // A break inside ends the inner loop only.
            return exit == .returns && contains(body, exit)
        default: return false
        }
    }
}
