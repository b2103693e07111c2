// SPDX-License-Identifier: GPL-3.0-or-later

/// The choice of an overload, and calls under older names.
extension Checker {
    // MARK: User functions

    enum UserCall {
        case found(StanExpression)
        case ambiguous
        case none
    }

    func userCall(
        _ name: String, _ arguments: [CallArgument], drops: Bool, _ range: Range<Int>
    ) -> UserCall {
        var best: (function: Int, cost: Int)?
        var tied = false
        for function in functionsByName[name] ?? [] {
            guard let cost = cost(of: functions[function].type, arguments) else { continue }
            if cost < best?.cost ?? .max {
                best = (function, cost)
                tied = false
            } else if cost == best?.cost {
                tied = true
            }
        }
        guard let best else { return .none }
        if tied { return .ambiguous }
        let entry = functions[best.function]
        let values = zip(arguments, entry.type.arguments).compactMap { argument, declared in
            argument.value.map { promote($0, to: declared.type) }
        }
        let pure = entry.kind == .plain || entry.kind == .density || entry.kind == .cumulative
        let call = StanUserCall(
            function: best.function, arguments: values, dropsConstants: drops)
        return .found(
            StanExpression(
                .userCall(call), type: entry.type.result,
                isData: pure && values.allSatisfy(\.isData), range: range))
    }

    private func cost(of type: StanFunctionType, _ arguments: [CallArgument]) -> Int? {
        guard type.arguments.count == arguments.count else { return nil }
        var cost = 0
        for (declared, given) in zip(type.arguments, arguments) {
            guard let type = given.argument.type,
                given.argument.isData || !declared.isDataOnly,
                let promotions = type.promotions(to: declared.type)
            else { return nil }
            cost += promotions
        }
        return cost
    }

    // MARK: Library functions

    /// The cheapest overload that fits, nil when none does.
    func bestMatch(_ name: String, _ arguments: [Argument]) -> Match? {
        var best: Match?
        for signature in overloads(name) {
            if case .success(let match) = signature.match(arguments),
                match.cost < best?.cost ?? .max
            {
                best = match
            }
        }
        return best
    }

    func libraryCall(
        _ name: String, _ arguments: [CallArgument], drops: Bool, _ range: Range<Int>
    ) -> StanExpression? {
        guard let match = bestMatch(name, arguments.map(\.argument)),
            let number = StanFunctions.id(of: name)
        else { return nil }
        usedLibrary.insert(name)
        var values: [StanExpression] = []
        for (i, argument) in arguments.enumerated() {
            if let value = argument.value {
                var type = i < match.types.count ? match.types[i] : value.type
                if i >= match.types.count, let function = match.functions[0] {
                    // Arguments that are handed on to the function.
                    let declared = functions[function].type.arguments
                    let index = i + declared.count - arguments.count
                    if declared.indices.contains(index) { type = declared[index].type }
                }
                values.append(promote(value, to: type))
            } else if let function = match.functions[i],
                case .function(_, let d) = argument.argument
            {
                values.append(
                    StanExpression(
                        .functionReference(.user(function, dropsConstants: d)),
                        type: .function(functions[function].type), isData: true,
                        range: argument.range))
            }
        }
        let suffix = Suffix(name)
        let pure = suffix != .random && suffix != .jacobian
        let call = StanLibraryCall(
            function: number, name: name, arguments: values, dropsConstants: drops)
        return StanExpression(
            .libraryCall(call), type: match.result,
            isData: pure && (values.allSatisfy(\.isData) || match.result == .int), range: range)
    }

    // MARK: Older names

    /// The call under today's name, when the name is an old one that nobody
    /// has defined.
    func legacyCall(
        _ name: ParsedName, _ parsed: [ParsedExpression], _ range: Range<Int>
    ) -> (expression: StanExpression?, Void)? {
        guard functionsByName[name.text] == nil, !isLibraryFunction(name.text) else { return nil }
        switch name.text {
        case "get_lp" where parsed.isEmpty:
            warn("get_lp", "get_lp() is no longer part of Stan", at: range, help: "write target()")
            return (expression(ParsedExpression(.target, range: range, depth: 1)), ())
        case "if_else" where parsed.count == 3:
            warn(
                "if_else", "if_else is no longer part of Stan", at: name.range,
                help: "write condition ? a : b")
            return (
                expression(
                    ParsedExpression(
                        .conditional(parsed[0], parsed[1], parsed[2]), range: range,
                        depth: (parsed.map(\.depth).max() ?? 0) + 1)), ()
            )
        default: break
        }
        let isKnown = { (today: String) in self.isFunction(today) }
        guard
            let today = LegacyNames.renamed[name.text]
                ?? LegacyNames.successor(of: name.text, isKnown: isKnown)
        else { return nil }
        warn(
            name.text, "the function '\(name.text)' is no longer part of Stan", at: name.range,
            help: "its name is now \(today)")
        guard var arguments = arguments(parsed, of: today) else { return (nil, ()) }
        // fabs was real also for integers.
        if name.text == "fabs", let value = arguments.first?.value, value.type == .int {
            let real = promote(value, to: .real)
            arguments[0].value = real
            arguments[0].argument = .value(.real, isData: isData(real))
        }
        let renamed = ParsedName(text: today, range: name.range)
        guard checkPlace(renamed, Suffix(today)) else { return (nil, ()) }
        return (resolve(renamed, arguments, Suffix(today), range), ())
    }
}
