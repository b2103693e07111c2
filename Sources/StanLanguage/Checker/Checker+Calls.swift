// SPDX-License-Identifier: GPL-3.0-or-later

extension Checker {
    /// What a function's name says about where it may be called.
    enum Suffix {
        case none, density, unnormalized, cumulative, random, target, jacobian

        init(_ name: String) {
            let endings: [(String, Suffix)] = [
                ("_lpdf", .density), ("_lpmf", .density), ("_lupdf", .unnormalized),
                ("_lupmf", .unnormalized), ("_cdf", .cumulative), ("_lcdf", .cumulative),
                ("_lccdf", .cumulative), ("_lcdf_unnorm", .cumulative),
                ("_lccdf_unnorm", .cumulative), ("_rng", .random), ("_lp", .target),
                ("_jacobian", .jacobian),
            ]
            self = endings.first { name.hasSuffix($0.0) }?.1 ?? .none
        }

        var takesBar: Bool { self == .density || self == .unnormalized || self == .cumulative }
    }

    // MARK: Calls

    func call(
        _ name: ParsedName, _ parsed: [ParsedExpression], bar: Bool, asStatement: Bool = false,
        _ range: Range<Int>
    ) -> StanExpression? {
        let wanted = asStatement ? "non-returning" : "returning"
        // Functions of the library are found behind variables of the same name.
        if let variable = lookUp(name.text), !isLibraryFunction(name.text) {
            error(
                "call",
                "A \(wanted) function was expected but a ground type identifier '\(name.text)' was supplied",
                at: name.range, label: "a variable of type \(variable.type)")
            return nil
        }
        let suffix = Suffix(name.text)
        if suffix == .random { randomCalls += 1 }
        guard checkPlace(name, suffix), checkBar(name, suffix, bar, parsed.count) else {
            for argument in parsed { _ = expression(argument) }
            return nil
        }
        if let legacy = legacyCall(name, parsed, range) { return legacy.expression }
        guard let arguments = arguments(parsed, of: name.text) else { return nil }
        if !isFunction(normalizedName(name.text)), !LegacyNames.isOperator(name.text) {
            let candidates = functionsByName.keys.sorted() + StanSignatures.names
            let tail = didYouMean(name.text, among: candidates)
            error(
                "call",
                "A \(wanted) function was expected but an undeclared identifier '\(name.text)' was supplied\(tail)",
                at: name.range)
            return nil
        }
        return resolve(name, arguments, suffix, range)
    }

    func checkPlace(_ name: ParsedName, _ suffix: Suffix) -> Bool {
        switch suffix {
        case .random where !mayDrawRandomNumbers && isFunction(name.text):
            error(
                "rng",
                "Random number generators are only allowed in transformed data block, generated quantities block or user-defined functions with names ending in _rng",
                at: name.range)
            return false
        case .unnormalized:
            switch context {
            case .model, .function(.density), .function(.target): return true
            default:
                error(
                    "unnormalized",
                    "Functions with names ending in _lupdf and _lupmf can only be used in the model block or user-defined functions with names ending in _lpdf or _lpmf or _lp",
                    at: name.range)
                return false
            }
        case .target where functionsByName[name.text] != nil:
            guard !mayChangeTarget else { return true }
            if context == .transformedParameters {
                warn(
                    "_lp", "functions ending in _lp are deprecated in transformed parameters",
                    at: name.range, help: "use a function ending in _jacobian, and jacobian +=")
                return true
            }
            error(
                "target",
                "Target can only be accessed in the model block or in definitions of functions with the suffix _lp",
                at: name.range)
            return false
        case .jacobian where isFunction(name.text):
            if context == .transformedParameters || context == .function(.jacobian) { return true }
            error(
                "jacobian",
                "The jacobian adjustment can only be applied in the transformed parameters block or in functions ending with _jacobian",
                at: name.range)
            return false
        default: return true
        }
    }

    func isFunction(_ name: String) -> Bool {
        functionsByName[name] != nil || isLibraryFunction(name)
    }

    private func checkBar(
        _ name: ParsedName, _ suffix: Suffix, _ bar: Bool, _ count: Int
    ) -> Bool {
        if bar, !suffix.takesBar {
            error(
                "bar",
                "Only functions with names ending in _lpdf, _lupdf, _lpmf, _lupmf, _cdf, _lcdf, _lccdf can make use of conditional notation",
                at: name.range)
            return false
        }
        if !bar, suffix.takesBar, count > 1 {
            if suffix == .cumulative {
                if name.text.hasSuffix("_unnorm") { return true }
                warn(
                    "bar", "a comma after the first argument of '\(name.text)' is outdated",
                    at: name.range, help: "write \(name.text)(y | …)")
                return true
            }
            error(
                "bar",
                "Probability functions with suffixes _lpdf, _lupdf, _lpmf, _lupmf, _lcdf and _lccdf require a vertical bar (|) between the first two arguments",
                at: name.range, help: "write \(name.text)(y | …)")
            return false
        }
        return true
    }

    /// An argument of a call: a value, or a function's name.
    struct CallArgument {
        var value: StanExpression?
        var argument: Argument
        var range: Range<Int>
    }

    /// - Parameter first: the position of the first of them among the function's.
    func arguments(
        _ parsed: [ParsedExpression], of function: String, from first: Int = 0
    ) -> [CallArgument]? {
        var list: [CallArgument] = []
        var good = true
        var functions: Set<Int> = []
        for signature in overloads(function) {
            for (i, parameter) in signature.parameters.enumerated() {
                if case .function = parameter.pattern { functions.insert(i) }
            }
        }
        for (i, parsed) in parsed.enumerated() {
            if functions.contains(first + i), case .name(let name) = parsed.kind,
                lookUp(name) == nil
            {
                guard let argument = functionArgument(name, parsed.range) else {
                    good = false
                    continue
                }
                list.append(.init(value: nil, argument: argument, range: parsed.range))
            } else if let value = expression(parsed) {
                list.append(callArgument(value, parsed.range))
            } else {
                good = false
            }
        }
        return good ? list : nil
    }

    func callArgument(_ value: StanExpression, _ range: Range<Int>) -> CallArgument {
        var argument = Argument.value(value.type, isData: isData(value))
        if case .tuple(let elements) = value.kind {
            argument = .tuple(value.type, isData: elements.map { isData($0) })
        }
        return CallArgument(value: value, argument: argument, range: range)
    }

    /// A function passed by name; `f_lupdf` is `f_lpdf` that drops constants.
    private func functionArgument(_ name: String, _ range: Range<Int>) -> Argument? {
        let suffix = Suffix(name)
        let plain = suffix == .unnormalized ? normalizedName(name) : name
        guard let candidates = functionsByName[plain] else {
            let tail = didYouMean(name, among: functionsByName.keys.sorted())
            error(
                "call",
                isLibraryFunction(name)
                    ? "Function '\(name)' cannot be passed to a higher-order function: only functions of the program can"
                    : "A returning function was expected but an undeclared identifier '\(name)' was supplied\(tail)",
                at: range)
            return nil
        }
        guard checkPlace(ParsedName(text: name, range: range), suffix) else { return nil }
        if suffix == .target || suffix == .jacobian {
            error(
                "call",
                "Function '\(name)' cannot be passed to a higher-order function, since it changes the target",
                at: range)
            return nil
        }
        return .function(
            candidates.map { (functions[$0].type, $0) }, dropsConstants: suffix == .unnormalized)
    }

    func normalizedName(_ name: String) -> String {
        if name.hasSuffix("_lupdf") { return name.dropLast(6) + "_lpdf" }
        if name.hasSuffix("_lupmf") { return name.dropLast(6) + "_lpmf" }
        return name
    }

    /// Finds the function, the user's before the library's.
    func resolve(
        _ name: ParsedName, _ arguments: [CallArgument], _ suffix: Suffix, _ range: Range<Int>
    ) -> StanExpression? {
        let drops = suffix == .unnormalized
        let plain = normalizedName(name.text)
        if functionsByName[plain] != nil {
            switch userCall(plain, arguments, drops: drops, range) {
            case .found(let call): return call
            case .ambiguous:
                error(
                    "ambiguous",
                    "Ambiguous function call of '\(name.text)': no unique minimum number of promotions exists",
                    at: range)
                return nil
            case .none: break
            }
        }
        if isLibraryFunction(plain) {
            if let call = libraryCall(plain, arguments, drops: drops, range) { return call }
        } else if functionsByName[plain] == nil {
            if let op = LegacyNames.binaryOperators[plain], arguments.count == 2,
                let left = arguments[0].value, let right = arguments[1].value
            {
                return binary(op, left, right, range)
            }
            if let op = LegacyNames.unaryOperators[plain], let operand = arguments.first?.value,
                arguments.count == 1
            {
                return unary(op, operand, range)
            }
        }
        illTyped(name, plain, arguments, range)
        return nil
    }

    private func illTyped(
        _ name: ParsedName, _ plain: String, _ arguments: [CallArgument], _ range: Range<Int>
    ) {
        let types = arguments.map { argument in
            argument.value?.type.description ?? "function"
        }.joined(separator: ", ")
        var lines = (functionsByName[plain] ?? []).map { functions[$0].type.description }
        var label: String?
        for signature in overloads(plain) {
            lines.append(signature.description)
            if case .failure(.notData(let i)) = signature.match(arguments.map(\.argument)) {
                label = "argument \(i + 1) must be data-only"
            }
        }
        let shown = lines.prefix(4).joined(separator: "; ")
        error(
            "argument-types",
            "Ill-typed arguments supplied to function '\(name.text)': (\(types))", at: range,
            label: label,
            help: lines.isEmpty
                ? nil : "available signatures: \(shown)\(lines.count > 4 ? "; …" : "")")
    }
}
