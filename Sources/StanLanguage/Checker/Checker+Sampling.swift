// SPDX-License-Identifier: GPL-3.0-or-later

/// `~` statements.
extension Checker {
    func sampling(
        _ parsedVariate: ParsedExpression, _ name: ParsedName, _ parsed: [ParsedExpression],
        _ truncation: (ParsedExpression?, ParsedExpression?)?, _ range: Range<Int>
    ) -> StanStatement? {
        let variate = expression(parsedVariate)
        let values = parsed.compactMap { expression($0) }
        let lower = truncation?.0.map { expression($0) }
        let upper = truncation?.1.map { expression($0) }
        guard mayChangeTarget else {
            error(
                "distribution",
                "Distribution statements are only allowed in the model block or user-defined functions with names ending in _lp",
                at: range)
            return nil
        }
        guard let variate, values.count == parsed.count else { return nil }
        // A bound with an error has been reported.
        if let lower, lower == nil { return nil }
        if let upper, upper == nil { return nil }

        guard let density = density(name, [variate] + values, range) else { return nil }
        guard truncation != nil else {
            return StanStatement(
                .sampling(StanSampling(density: density, truncation: nil)), range: range)
        }
        guard
            let bounds = truncationBounds(
                name, variate, values, lower: lower ?? nil, upper: upper ?? nil, range)
        else { return nil }
        return StanStatement(
            .sampling(StanSampling(density: density, truncation: bounds)), range: range)
    }

    private func callArguments(_ values: [StanExpression]) -> [CallArgument] {
        values.map {
            CallArgument(
                value: $0, argument: .value($0.type, isData: isData($0)), range: $0.range)
        }
    }

    /// A call of the first of several functions that fits.
    private func firstCall(
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

    private func density(
        _ name: ParsedName, _ values: [StanExpression], _ range: Range<Int>
    ) -> StanExpression? {
        let arguments = callArguments(values)
        let base = name.text
        let suffixes =
            values.first?.type.isIntegral == true ? ["_lpmf", "_lpdf"] : ["_lpdf", "_lpmf"]
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
        noDensity(name, names, values, range)
        return nil
    }

    private func noDensity(
        _ name: ParsedName, _ names: [String], _ values: [StanExpression], _ range: Range<Int>
    ) {
        let known = names.filter { functionsByName[$0] != nil || isLibraryFunction($0) }
        let types = values.map(\.type.description).joined(separator: ", ")
        if known.isEmpty {
            var candidates = StanSignatures.distributions
            for function in functionsByName.keys.sorted() where Suffix(function) == .density {
                candidates.append(String(function.dropLast(5)))
            }
            let tail = didYouMean(name.text, among: candidates)
            error(
                "distribution",
                "Ill-typed arguments to '~' statement. No distribution '\(name.text)' was found\(tail)",
                at: name.range)
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

    // MARK: Truncation

    private func truncationBounds(
        _ name: ParsedName, _ variate: StanExpression, _ values: [StanExpression],
        lower: StanExpression?, upper: StanExpression?, _ range: Range<Int>
    ) -> StanTruncation? {
        guard variate.type.isRealScalar else {
            error(
                "truncation", "Outcomes in truncated distributions must be univariate",
                at: variate.range, label: "\(variate.type)",
                help: "write a loop over the elements")
            return nil
        }
        for bound in [lower, upper].compactMap({ $0 }) {
            guard bound.type.promotions(to: variate.type == .int ? .int : .real) != nil else {
                error(
                    "truncation",
                    "Truncation bound must be of type \(variate.type). Instead found type \(bound.type)",
                    at: bound.range)
                return nil
            }
        }
        var low = lower
        if let bound = lower, variate.type == .int {
            // The mass at the bound itself is inside.
            let one = StanExpression(.integer(1), type: .int, isData: true, range: bound.range)
            low = binary(.subtract, bound, one, bound.range)
        }
        func tail(_ suffixes: [String], _ bound: StanExpression) -> StanExpression? {
            firstCall(
                suffixes.map { name.text + $0 }, callArguments([bound] + values), drops: false,
                range)
        }
        var normalizer: StanExpression?
        switch (low, upper) {
        case (nil, nil): break
        case (let low?, nil): normalizer = tail(["_lccdf", "_ccdf_log"], low)
        case (nil, let high?): normalizer = tail(["_lcdf", "_cdf_log"], high)
        case (let low?, let high?):
            if let a = tail(["_lcdf", "_cdf_log"], high), let b = tail(["_lcdf", "_cdf_log"], low) {
                normalizer = libraryCall(
                    "log_diff_exp", callArguments([a, b]), drops: false, range)
            }
        }
        if normalizer == nil, lower != nil || upper != nil {
            error(
                "truncation",
                "Truncation is only defined if distribution has _lcdf and _lccdf functions implemented with appropriate signature",
                at: range)
            return nil
        }
        return StanTruncation(
            variate: variate, lower: lower, upper: upper, normalizer: normalizer)
    }
}
