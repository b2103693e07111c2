// SPDX-License-Identifier: GPL-3.0-or-later

/// `y ~ normal(mu, sigma) T[lower, upper];`
///
/// The tree knows truncation of one number only. With a container among the
/// variate and arguments the statement becomes a loop over the elements: the
/// probability between two bounds has no vectorised form, as a difference of
/// products is not the product of differences.
extension Checker {
    struct Bounds {
        var lower: StanExpression?
        var upper: StanExpression?
    }

    /// The statement for a truncated distribution; `values` begin with the
    /// variate.
    func truncated(
        _ name: ParsedName, _ values: [StanExpression], _ bounds: Bounds,
        _ density: StanExpression, _ range: Range<Int>
    ) -> StanStatement? {
        if values.contains(where: { Checker.isList($0.type) }) {
            return truncatedLoop(name, values, bounds, range)
        }
        guard let truncation = truncation(name, values, bounds, density, range) else { return nil }
        return StanStatement(
            .sampling(StanSampling(density: density, truncation: truncation)), range: range)
    }

    private static func isList(_ type: StanType) -> Bool {
        switch type {
        case .vector, .rowVector, .array(element: .real, dimensions: 1),
            .array(element: .int, dimensions: 1):
            return true
        default: return false
        }
    }

    // MARK: One number

    private func truncation(
        _ name: ParsedName, _ values: [StanExpression], _ bounds: Bounds,
        _ density: StanExpression, _ range: Range<Int>
    ) -> StanTruncation? {
        guard let variate = values.first, variate.type.isRealScalar else {
            error(
                "truncation", "Outcomes in truncated distributions must be univariate",
                at: values.first?.range ?? range, label: values.first?.type.description)
            return nil
        }
        for bound in [bounds.lower, bounds.upper].compactMap({ $0 }) {
            guard bound.type.isRealScalar else {
                error(
                    "truncation",
                    "Truncation bound must be of type int or real. Instead found type \(bound.type)",
                    at: bound.range)
                return nil
            }
        }
        let normalizer = normalizer(
            name, values, bounds, isMass: Checker.isMass(density, functions), range)
        if normalizer == nil, bounds.lower != nil || bounds.upper != nil {
            error(
                "truncation",
                "Truncation is only defined if distribution has _lcdf and _lccdf functions implemented with appropriate signature",
                at: range)
            return nil
        }
        return StanTruncation(
            variate: variate, lower: bounds.lower, upper: bounds.upper, normalizer: normalizer)
    }

    /// Whether a call is one of a mass function, whatever its variate's type:
    /// an integer may be given to a density.
    private static func isMass(_ density: StanExpression, _ functions: [FunctionEntry]) -> Bool {
        switch density.kind {
        case .libraryCall(let call): call.name.hasSuffix("_lpmf")
        case .userCall(let call): functions[call.function].type.arguments.first?.type == .int
        default: false
        }
    }

    /// The log of the probability between the bounds.
    private func normalizer(
        _ name: ParsedName, _ values: [StanExpression], _ bounds: Bounds, isMass: Bool,
        _ range: Range<Int>
    ) -> StanExpression? {
        var low = bounds.lower
        if let bound = bounds.lower, isMass {
            // The mass at the bound itself is inside.
            guard bound.type == .int else { return nil }
            let one = StanExpression(.integer(1), type: .int, isData: true, range: bound.range)
            low = binary(.subtract, bound, one, bound.range)
        }
        func tail(_ suffixes: [String], _ bound: StanExpression) -> StanExpression? {
            firstCall(
                suffixes.map { name.text + $0 },
                callArguments([bound] + values.dropFirst()), drops: false, range)
        }
        let below = ["_lcdf", "_cdf_log"]
        // Stan asks for both tails, whichever are used. Programs with older names may lack one.
        if let bound = low ?? bounds.upper, functionsByName[name.text + "_cdf_log"] == nil,
            functionsByName[name.text + "_ccdf_log"] == nil,
            tail(["_lcdf"], bound) == nil || tail(["_lccdf"], bound) == nil
        {
            return nil
        }
        switch (low, bounds.upper) {
        case (nil, nil): return nil
        case (let low?, nil): return tail(["_lccdf", "_ccdf_log"], low)
        case (nil, let high?): return tail(below, high)
        case (let low?, let high?):
            guard let a = tail(below, high), let b = tail(below, low) else { return nil }
            return libraryCall("log_diff_exp", callArguments([a, b]), drops: false, range)
        }
    }

    // MARK: Containers

    private func truncatedLoop(
        _ name: ParsedName, _ values: [StanExpression], _ bounds: Bounds, _ range: Range<Int>
    ) -> StanStatement? {
        var statements: [StanStatement] = []
        let index = local("n", .int, range)
        var count: StanExpression?
        var elements: [StanExpression] = []
        for value in values {
            guard Checker.isList(value.type) else {
                elements.append(value)
                continue
            }
            var list = value
            if case .variable = value.kind {
            } else {
                // Evaluated once, not for each element.
                guard let declaration = copy(of: value) else { return nil }
                statements.append(StanStatement(.declaration(declaration), range: range))
                list = reference(declaration.variable, value.range)
            }
            if count == nil { count = size(of: list) }
            guard let element = indexed(list, [.single(reference(index, range))], value.range)
            else { return nil }
            elements.append(element)
        }
        guard let count, let density = density(name, callArguments(elements), range),
            let truncation = truncation(name, elements, bounds, density, range)
        else { return nil }
        let body = StanStatement(
            .sampling(StanSampling(density: density, truncation: truncation)), range: range)
        let one = StanExpression(.integer(1), type: .int, isData: true, range: range)
        statements.append(
            StanStatement(.forRange(index, lower: one, upper: count, body), range: range))
        return StanStatement(.block(statements), range: range)
    }

    /// A variable that no name leads to.
    private func local(_ name: String, _ type: StanType, _ range: Range<Int>) -> StanVariable {
        defer { nextSlot += 1 }
        return StanVariable(
            name: name, type: type, slot: nextSlot, origin: .local, isData: type.isIntegral,
            range: range)
    }

    private func reference(_ variable: StanVariable, _ range: Range<Int>) -> StanExpression {
        StanExpression(
            .variable(variable), type: variable.type, isData: variable.isData, range: range)
    }

    private func size(of list: StanExpression) -> StanExpression? {
        libraryCall("size", callArguments([list]), drops: false, list.range)
    }

    private func copy(of value: StanExpression) -> StanDeclaration? {
        guard let size = size(of: value) else { return nil }
        let sized: StanSizedType
        switch value.type {
        case .vector: sized = .vector(size)
        case .rowVector: sized = .rowVector(size)
        default: sized = .array([size], value.type.isIntegral ? .int : .real)
        }
        return StanDeclaration(
            variable: local("copy", value.type, value.range), sizedType: sized,
            transformation: .identity, initializer: value, range: value.range)
    }
}
