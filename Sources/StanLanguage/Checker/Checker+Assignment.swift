// SPDX-License-Identifier: GPL-3.0-or-later

extension Checker {
    func assignment(
        _ left: ParsedExpression, _ op: StanBinaryOperator?, _ right: ParsedExpression,
        _ range: Range<Int>
    ) -> StanStatement? {
        if case .tuple(let elements) = left.kind {
            return unpacking(elements, op, right, left.range, range)
        }
        let place = leftValue(left)
        guard let value = expression(right), let place else { return nil }
        guard let op else {
            guard assignable(value, to: place.type, place.range) else { return nil }
            return StanStatement(
                .assignment(
                    StanAssignment(
                        target: place, compound: nil, value: promote(value, to: place.type))),
                range: range)
        }
        guard let typing = Operators.result(op, place.type, value.type),
            typing.result.promotions(to: place.type) != nil, typing.left == place.type,
            Operators.assigns(op, place.type, value.type)
        else {
            error(
                "assign-type",
                "Ill-typed arguments supplied to assignment operator \(op.rawValue)=: lhs has type \(place.type) and rhs has type \(value.type)",
                at: range)
            return nil
        }
        return StanStatement(
            .assignment(
                StanAssignment(
                    target: place, compound: op, value: promote(value, to: typing.right))),
            range: range)
    }

    /// Reports a value that does not fit a variable.
    func assignable(_ value: StanExpression, to type: StanType, _ place: Range<Int>) -> Bool {
        if value.type.promotions(to: type) != nil { return true }
        error(
            "assign-type",
            "Ill-typed arguments supplied to assignment operator =: lhs has type \(type) and rhs has type \(value.type)",
            at: value.range, label: "\(value.type)", help: assignHelp(value.type, type))
        return false
    }

    private func assignHelp(_ value: StanType, _ type: StanType) -> String? {
        switch (value, type) {
        case (.real, .int): return "declare a real, or use to_int(…) of data"
        case (.rowVector, .vector), (.vector, .rowVector): return "transpose it with '"
        case (.array(element: .real, dimensions: 1), .vector),
            (.array(element: .int, dimensions: 1), .vector):
            return "convert it with to_vector(…)"
        case (.vector, .array(element: .real, dimensions: 1)),
            (.rowVector, .array(element: .real, dimensions: 1)):
            return "convert it with to_array_1d(…)"
        default: return nil
        }
    }

    private func unpacking(
        _ elements: [ParsedExpression], _ op: StanBinaryOperator?, _ right: ParsedExpression,
        _ left: Range<Int>, _ range: Range<Int>
    ) -> StanStatement? {
        let targets = unpackingTargets(elements)
        guard let value = expression(right), let targets else { return nil }
        guard op == nil else {
            error("assign", "Compound assignment to a tuple is not possible", at: range)
            return nil
        }
        let places = targets.flatMap { Checker.places($0.target) }
        for (i, place) in places.enumerated()
        where places[..<i].contains(where: { Checker.overlap($0, place) }) {
            error(
                "assign",
                "The same value cannot be assigned to multiple times in one assignment: \(place.variable.name)",
                at: left)
            return nil
        }
        let type = StanType.tuple(targets.map(\.type))
        guard assignable(value, to: type, left) else { return nil }
        return StanStatement(
            .unpacking(targets.map(\.target), promote(value, to: type)), range: range)
    }

    private static func places(_ target: StanUnpackingTarget) -> [StanLeftValue] {
        switch target {
        case .place(let place): [place]
        case .nested(let targets): targets.flatMap(places)
        }
    }

    /// Whether two places are parts of one variable. Indices count as equal;
    /// different elements of a tuple are different places.
    private static func overlap(_ a: StanLeftValue, _ b: StanLeftValue) -> Bool {
        guard a.variable === b.variable else { return false }
        for case (.tupleElement(let i), .tupleElement(let j)) in zip(a.steps, b.steps) where i != j
        {
            return false
        }
        return true
    }

    private func unpackingTargets(
        _ elements: [ParsedExpression]
    ) -> [(target: StanUnpackingTarget, type: StanType)]? {
        var list: [(StanUnpackingTarget, StanType)] = []
        for element in elements {
            if case .tuple(let inner) = element.kind {
                guard let nested = unpackingTargets(inner) else { return nil }
                list.append((.nested(nested.map(\.target)), .tuple(nested.map(\.type))))
            } else {
                guard let place = leftValue(element) else { return nil }
                list.append((.place(place), place.type))
            }
        }
        return list
    }

    // MARK: Places

    private func leftValue(_ parsed: ParsedExpression) -> StanLeftValue? {
        var steps: [StanLeftValue.Step] = []
        guard let (variable, type) = place(parsed, &steps) else { return nil }
        return StanLeftValue(variable: variable, steps: steps, type: type, range: parsed.range)
    }

    private func place(
        _ parsed: ParsedExpression, _ steps: inout [StanLeftValue.Step]
    ) -> (StanVariable, StanType)? {
        switch parsed.kind {
        case .name(let name):
            guard let variable = assignableVariable(name, parsed.range) else { return nil }
            return (variable, variable.type)
        case .indexed(let base, let parsedIndices):
            guard let (variable, type) = place(base, &steps),
                let indices = indices(parsedIndices),
                let element = indexedType(type, indices, parsed.range)
            else { return nil }
            if case .indices(let before)? = steps.last {
                guard before.allSatisfy(\.isSingle) else {
                    error(
                        "assign",
                        "Left hand side of an assignment cannot have nested multi-indexing",
                        at: parsed.range, help: "write all indices in one bracket: x[i, j]")
                    return nil
                }
                steps[steps.count - 1] = .indices(before + indices)
            } else {
                steps.append(.indices(indices))
            }
            return (variable, element)
        case .tupleElement(let base, let number):
            guard let (variable, type) = place(base, &steps),
                let element = tupleElement(type, number, parsed.range)
            else { return nil }
            steps.append(.tupleElement(number))
            return (variable, element)
        default:
            error(
                "assign",
                "Cannot assign to this expression: the left side must be a variable, with indices or not",
                at: parsed.range)
            return nil
        }
    }

    private func assignableVariable(_ name: String, _ range: Range<Int>) -> StanVariable? {
        guard let variable = lookUp(name) else {
            let isFunction = functionsByName[name] != nil
            let tail = didYouMean(name, among: visibleNames)
            error(
                "scope",
                isFunction
                    ? "Cannot assign to '\(name)', which is a function"
                    : "Identifier '\(name)' not in scope\(tail)", at: range)
            return nil
        }
        switch variable.origin {
        case .local: return variable
        case .loop, .argument:
            error(
                "assign", "Cannot assign to function argument or loop identifier '\(name)'",
                at: range,
                help: variable.origin == .argument ? "copy it into a local variable" : nil)
            return nil
        case .transformedData where context == .transformedData,
            .transformedParameters where context == .transformedParameters,
            .generatedQuantities where context == .generatedQuantities:
            return variable
        default:
            error(
                "assign",
                "Cannot assign to global variable '\(name)' declared in previous blocks",
                at: range)
            return nil
        }
    }
}
