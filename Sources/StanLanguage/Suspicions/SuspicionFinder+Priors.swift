// SPDX-License-Identifier: GPL-3.0-or-later

/// Priors, by the graph of factors: a term of the target is a factor of the
/// parameters and data in it. A factor is a prior of a parameter when no way
/// leads from it to data but through that parameter.
extension SuspicionFinder {
    mutating func priors() {
        let factors = factors()
        for declaration in program.parameters.declarations {
            let variable = declaration.variable
            let id = ObjectIdentifier(variable)
            let own = factors.indices.filter { factors[$0].contains(id) }
            if own.isEmpty {
                report(
                    "unused-parameter",
                    "The parameter \(variable.name) was declared but was not used in the density calculation",
                    at: variable.range)
            } else if !own.contains(where: { isPrior($0, of: id, factors) }) {
                report(
                    "prior",
                    "The parameter \(variable.name) has no priors. This means either no prior is provided, or the prior(s) depend on data variables. In the later case, this may be a false positive",
                    at: variable.range)
            }
        }
    }

    private func factors() -> [Set<ObjectIdentifier>] {
        var factors: [Set<ObjectIdentifier>] = []
        var visitor = StanVisitor()
        let origins = origins
        visitor.onStatement = { statement in
            switch statement.kind {
            case .targetIncrement(let value), .call(let value):
                factors += SuspicionFinder.terms(value).map { origins.origins(of: $0) }
            case .sampling(let sampling): factors.append(origins.origins(of: sampling.density))
            default: break
            }
        }
        for block in [program.transformedParameters, program.model] {
            block.statements.forEach(visitor.visit)
        }
        return factors
    }

    /// The terms of a sum.
    private static func terms(_ value: StanExpression) -> [StanExpression] {
        guard case .binary(let op, let left, let right) = value.kind, op == .add || op == .subtract
        else { return [value] }
        return terms(left) + terms(right)
    }

    private func isPrior(
        _ factor: Int, of parameter: ObjectIdentifier, _ factors: [Set<ObjectIdentifier>]
    ) -> Bool {
        var seen: Set<Int> = [factor]
        var open = [factor]
        while let current = open.popLast() {
            for node in factors[current] where node != parameter {
                if origins.data.contains(node) { return false }
                for next in factors.indices
                where factors[next].contains(node) && seen.insert(next).inserted {
                    open.append(next)
                }
            }
        }
        return true
    }
}
