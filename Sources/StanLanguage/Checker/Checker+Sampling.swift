// SPDX-License-Identifier: GPL-3.0-or-later

/// `~` statements.
extension Checker {
    func sampling(
        _ parsedVariate: ParsedExpression, _ name: ParsedName, _ parsed: [ParsedExpression],
        _ truncation: (ParsedExpression?, ParsedExpression?)?, _ range: Range<Int>
    ) -> StanStatement? {
        let variate = expression(parsedVariate)
        let known = [name.text + "_lpmf", name.text + "_lpdf"].first { isLibraryFunction($0) }
        let parameters = arguments(parsed, of: known ?? name.text, from: 1)
        let lower = truncation?.0.map { expression($0) }
        let upper = truncation?.1.map { expression($0) }
        guard mayChangeTarget else {
            error(
                "distribution",
                "Distribution statements are only allowed in the model block or user-defined functions with names ending in _lp",
                at: range)
            return nil
        }
        guard let variate, let parameters else { return nil }
        // A bound with an error has been reported.
        if let lower, lower == nil { return nil }
        if let upper, upper == nil { return nil }

        let all = callArguments([variate]) + parameters
        guard let density = density(name, all, range) else { return nil }
        guard truncation != nil else {
            return StanStatement(
                .sampling(StanSampling(density: density, truncation: nil)), range: range)
        }
        let bounds = Bounds(lower: lower ?? nil, upper: upper ?? nil)
        return truncated(name, all.compactMap(\.value), bounds, density, range)
    }

    func callArguments(_ values: [StanExpression]) -> [CallArgument] {
        values.map { callArgument($0, $0.range) }
    }

    /// A call of the first of several functions that fits.
    func firstCall(
        _ names: [String], _ arguments: [CallArgument], drops: Bool, _ range: Range<Int>
    ) -> StanExpression? {
        for name in names {
            if case .found(let call) = userCall(name, arguments, drops: drops, range) {
                return call
            }
            if let call = libraryCall(name, arguments, drops: drops, range) { return call }
        }
        return nil
    }

    func density(
        _ name: ParsedName, _ arguments: [CallArgument], _ range: Range<Int>
    ) -> StanExpression? {
        let base = name.text
        let suffixes =
            arguments.first?.argument.type?.isIntegral == true
            ? ["_lpmf", "_lpdf"] : ["_lpdf", "_lpmf"]
        let names = suffixes.map { base + $0 }
        if let call = firstCall(names, arguments, drops: true, range) {
            guard call.type == .real else { return nil }
            return call
        }
        if functionsByName[base + "_log"] != nil {
            warn(
                "_log", "functions ending in _log are no longer densities in Stan",
                at: name.range, help: "name the function \(base)_lpdf or \(base)_lpmf")
            if let call = firstCall([base + "_log"], arguments, drops: true, range) {
                return call
            }
        }
        noDensity(name, names, arguments, range)
        return nil
    }

    private func noDensity(
        _ name: ParsedName, _ names: [String], _ arguments: [CallArgument], _ range: Range<Int>
    ) {
        let known = names.filter { functionsByName[$0] != nil || isLibraryFunction($0) }
        let types = arguments.map { $0.argument.type?.description ?? "function" }.joined(
            separator: ", ")
        if known.isEmpty {
            var candidates = StanSignatures.distributions
            for function in functionsByName.keys.sorted() where Suffix(function) == .density {
                candidates.append(String(function.dropLast(5)))
            }
            let tail = didYouMean(name.text, among: candidates)
            let suffixed = Suffix(name.text) == .density || Suffix(name.text) == .unnormalized
            error(
                "distribution",
                "Ill-typed arguments to '~' statement. No distribution '\(name.text)' was found\(tail)",
                at: name.range,
                help: suffixed
                    ? "a distribution is named without the ending of its density" : nil)
            return
        }
        let lines = known.flatMap { known in
            (functionsByName[known] ?? []).map { functions[$0].type.description }
                + overloads(known).map(\.description)
        }
        error(
            "distribution",
            "Ill-typed arguments to '~' statement. No distribution '\(name.text)' was found with the correct signature: (\(types))",
            at: range, help: "available signatures: " + lines.prefix(4).joined(separator: "; "))
    }
}
