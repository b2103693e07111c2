// SPDX-License-Identifier: GPL-3.0-or-later

extension Checker {
    func declarations(
        _ parsed: ParsedDeclaration, topLevel: Bool, _ range: Range<Int>
    ) -> [StanDeclaration] {
        let base = sizedType(parsed.type, topLevel: topLevel)
        var result: [StanDeclaration] = []
        for variable in parsed.variables {
            var dimensions = variable.dimensions.map { size($0, "Array", topLevel: topLevel) }
            var initializer: StanExpression?
            var failed = base == nil || dimensions.contains { $0 == nil }
            let element = base?.type ?? Checker.unsizedType(parsed.type)
            let type = StanType.array(of: element, dimensions.count)
            if topLevel { checkBlock(type, variable.name) }
            // A variable's own name is in scope in its initial value, as in Stan.
            let (origin, isData) = origin(of: type, topLevel: topLevel)
            let declared = declare(variable.name, type, origin, isData: isData)
            if let parsedValue = variable.initializer {
                if context == .data || context == .parameters {
                    error(
                        "declaration",
                        "variables of the \(context == .data ? "data" : "parameters") block cannot be given a value",
                        at: parsedValue.range)
                    failed = true
                } else if let value = expression(parsedValue), base != nil {
                    if assignable(value, to: type, variable.name.range) {
                        initializer = promote(value, to: type)
                    } else {
                        failed = true
                    }
                } else {
                    failed = true
                }
            }
            guard !failed, let base else { continue }
            var sized = base.sized
            if case .array(let inner, let innermost) = sized, !dimensions.isEmpty {
                dimensions += inner.map { $0 }
                sized = innermost
            }
            if !dimensions.isEmpty { sized = .array(dimensions.compactMap { $0 }, sized) }
            result.append(
                StanDeclaration(
                    variable: declared, sizedType: sized,
                    transformation: base.transformation, initializer: initializer,
                    range: parsed.variables.count == 1 ? range : variable.name.range))
        }
        return result
    }

    private func origin(
        of type: StanType, topLevel: Bool
    ) -> (origin: StanVariable.Origin, isData: Bool) {
        switch context {
        case .data: return (.data, true)
        case .transformedData: return (topLevel ? .transformedData : .local, true)
        case .parameters: return (.parameters, false)
        case .transformedParameters:
            return (topLevel ? .transformedParameters : .local, type.isIntegral)
        case .generatedQuantities:
            return (topLevel ? .generatedQuantities : .local, type.isIntegral)
        case .model, .function: return (.local, type.isIntegral)
        }
    }

    private func checkBlock(_ type: StanType, _ name: ParsedName) {
        guard context == .parameters || context == .transformedParameters,
            type.containsInteger
        else { return }
        error(
            "integer-parameter", "(Transformed) Parameters cannot be integers", at: name.range,
            help: context == .parameters
                ? "sum the integer out of the model" : "declare it in the model block")
    }

    // MARK: Types

    typealias Sized = (sized: StanSizedType, type: StanType, transformation: StanTransformation)

    private func sizedType(_ parsed: ParsedType, topLevel: Bool) -> Sized? {
        let dimensions = parsed.dimensions.map { size($0, "Array", topLevel: topLevel) }
        guard let base = elementType(parsed, topLevel: topLevel, arrays: dimensions.count) else {
            return nil
        }
        let sizes = dimensions.compactMap { $0 }
        guard sizes.count == dimensions.count else { return nil }
        guard !sizes.isEmpty else { return base }
        return (
            .array(sizes, base.sized), .array(of: base.type, sizes.count), base.transformation
        )
    }

    /// The type alone, for a declaration whose sizes or bounds have errors, so
    /// that uses of its variable give no further ones.
    private static func unsizedType(_ parsed: ParsedType) -> StanType {
        let element: StanType
        switch parsed.base {
        case .tuple(let elements): element = .tuple(elements.map(unsizedType))
        case .word(let word):
            switch word {
            case .int: element = .int
            case .real: element = .real
            case .complex: element = .complex
            case .vector, .ordered, .positiveOrdered, .simplex, .unitVector, .sumToZeroVector:
                element = .vector
            case .rowVector: element = .rowVector
            case .complexVector: element = .complexVector
            case .complexRowVector: element = .complexRowVector
            case .complexMatrix: element = .complexMatrix
            default: element = .matrix
            }
        }
        return .array(of: element, parsed.dimensions.count)
    }

    private func elementType(_ parsed: ParsedType, topLevel: Bool, arrays: Int) -> Sized? {
        switch parsed.base {
        case .tuple(let elements):
            let checked = elements.compactMap { sizedType($0, topLevel: topLevel) }
            guard checked.count == elements.count else { return nil }
            let list = checked.map {
                StanSizedType.Element(type: $0.sized, transformation: $0.transformation)
            }
            return (.tuple(list), .tuple(checked.map(\.type)), .identity)
        case .word(let word):
            let names = ["Vector", "Row vector", "Matrix"]
            let what =
                switch word {
                case .rowVector, .complexRowVector: names[1]
                case .vector, .complexVector, .ordered, .positiveOrdered, .simplex,
                    .unitVector, .sumToZeroVector:
                    names[0]
                default: names[2]
                }
            let sizes = parsed.sizes.map { size($0, what, topLevel: topLevel) }
            let good = sizes.compactMap { $0 }
            guard good.count == sizes.count, let (sized, type) = basic(word, good) else {
                return nil
            }
            guard
                let transformation = transformation(
                    parsed, word, type, topLevel: topLevel, arrays: arrays)
            else { return nil }
            return (sized, type, transformation)
        }
    }

    private func basic(_ word: Word, _ sizes: [StanExpression]) -> (StanSizedType, StanType)? {
        switch (word, sizes.first, sizes.last) {
        case (.int, _, _): return (.int, .int)
        case (.real, _, _): return (.real, .real)
        case (.complex, _, _): return (.complex, .complex)
        case (.rowVector, let n?, _): return (.rowVector(n), .rowVector)
        case (.complexVector, let n?, _): return (.complexVector(n), .complexVector)
        case (.complexRowVector, let n?, _): return (.complexRowVector(n), .complexRowVector)
        case (.complexMatrix, let r?, let c?): return (.complexMatrix(r, c), .complexMatrix)
        case (.vector, let n?, _), (.ordered, let n?, _), (.positiveOrdered, let n?, _),
            (.simplex, let n?, _), (.unitVector, let n?, _), (.sumToZeroVector, let n?, _):
            return (.vector(n), .vector)
        case (_, let r?, let c?): return (.matrix(r, c), .matrix)
        default: return nil
        }
    }

    /// An integer size. Sizes at the top of a block are data.
    private func size(
        _ parsed: ParsedExpression, _ what: String, topLevel: Bool
    ) -> StanExpression? {
        let before = parameterReferences
        let random = randomCalls
        guard let value = expression(parsed) else { return nil }
        if topLevel, randomCalls > random {
            error(
                "size", "Random number generators are not allowed in top level size declarations",
                at: parsed.range)
            return nil
        }
        guard value.type == .int else {
            error(
                "size", "\(what) sizes must be of type int. Instead found type \(value.type)",
                at: parsed.range, label: "\(value.type)")
            return nil
        }
        if topLevel, parameterReferences > before {
            error(
                "size", "Non-data variables are not allowed in top level size declarations",
                at: parsed.range)
            return nil
        }
        return value
    }

    // MARK: Constraints

    private func transformation(
        _ parsed: ParsedType, _ word: Word, _ type: StanType, topLevel: Bool, arrays: Int
    ) -> StanTransformation? {
        let own = Checker.ownTransformation(word)
        guard topLevel || (own == nil && parsed.constraintRange == nil) else {
            error(
                "constraint",
                "Constraints are not allowed on local variables", at: parsed.range,
                help: "use the unconstrained type \(type)")
            return nil
        }
        if let own {
            if let range = parsed.constraintRange {
                error("constraint", "Bounds cannot be given for this type", at: range)
                return nil
            }
            return own
        }
        switch parsed.constraint {
        case .none: return .identity
        case .bounds(let lower, let upper):
            let low = lower.map { bound($0, "Lower bound", type, arrays) }
            let high = upper.map { bound($0, "Upper bound", type, arrays) }
            switch (low, high) {
            case (.some(nil), _), (_, .some(nil)): return nil
            case (.some(let low?), .some(let high?)): return .lowerUpper(low, high)
            case (.some(let low?), .none): return .lower(low)
            case (.none, .some(let high?)): return .upper(high)
            case (.none, .none): return .identity
            }
        case .offset(let offset, let multiplier):
            guard type != .int else {
                error(
                    "constraint", "An int cannot have an offset or multiplier",
                    at: parsed.constraintRange ?? parsed.range)
                return nil
            }
            let shift = offset.map { bound($0, "Offset", type, arrays) }
            let scale = multiplier.map { bound($0, "Multiplier", type, arrays) }
            switch (shift, scale) {
            case (.some(nil), _), (_, .some(nil)): return nil
            case (.some(let shift?), .some(let scale?)): return .offsetMultiplier(shift, scale)
            case (.some(let shift?), .none): return .offset(shift)
            case (.none, .some(let scale?)): return .multiplier(scale)
            case (.none, .none): return .identity
            }
        }
    }

    private static func ownTransformation(_ word: Word) -> StanTransformation? {
        switch word {
        case .ordered: return .ordered
        case .positiveOrdered: return .positiveOrdered
        case .simplex: return .simplex
        case .unitVector: return .unitVector
        case .sumToZeroVector: return .sumToZeroVector
        case .sumToZeroMatrix: return .sumToZeroMatrix
        case .columnStochastic: return .columnStochastic
        case .rowStochastic: return .rowStochastic
        case .covariance: return .covariance
        case .correlation: return .correlation
        case .choleskyCovariance: return .choleskyCovariance
        case .choleskyCorrelation: return .choleskyCorrelation
        default: return nil
        }
    }

    /// A bound: a real number, or of the variable's type, with its array dimensions.
    private func bound(
        _ parsed: ParsedExpression, _ what: String, _ type: StanType, _ arrays: Int
    ) -> StanExpression? {
        guard let value = expression(parsed) else { return nil }
        if type == .int, value.type.isRealScalar, value.type != .int {
            error(
                "constraint",
                "Bounds of integer variable must be of type int. Found type \(value.type)",
                at: parsed.range)
            return nil
        }
        if value.type.isRealScalar {
            return type == .int ? value : promote(value, to: .real)
        }
        let whole = StanType.array(of: type, arrays)
        if value.type.promotions(to: whole) != nil { return promote(value, to: whole) }
        error(
            "constraint",
            "\(what) must be a scalar or of type \(whole). Instead found type \(value.type)",
            at: parsed.range, label: "\(value.type)")
        return nil
    }
}
