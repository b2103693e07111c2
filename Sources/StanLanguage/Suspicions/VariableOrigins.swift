// SPDX-License-Identifier: GPL-3.0-or-later

/// The parameters and data that each variable of a program is made of, through
/// assignments. Indices and conditions do not count: an index chooses a value
/// and is none.
struct VariableOrigins {
    private var sources: [ObjectIdentifier: Set<ObjectIdentifier>] = [:]
    /// The variables of the data and parameters blocks, by identity.
    private(set) var parameters: [ObjectIdentifier: StanVariable] = [:]
    private(set) var data: Set<ObjectIdentifier> = []

    init(_ program: StanProgram) {
        for declaration in program.parameters.declarations {
            parameters[ObjectIdentifier(declaration.variable)] = declaration.variable
        }
        for declaration in program.data.declarations {
            data.insert(ObjectIdentifier(declaration.variable))
        }
        var flows: [(to: StanVariable, from: StanExpression)] = []
        var visitor = StanVisitor()
        visitor.onStatement = { statement in
            switch statement.kind {
            case .declaration(let declaration):
                if let value = declaration.initializer {
                    flows.append((declaration.variable, value))
                }
            case .assignment(let assignment):
                flows.append((assignment.target.variable, assignment.value))
            case .unpacking(let targets, let value):
                for variable in targets.flatMap(\.variables) { flows.append((variable, value)) }
            case .forEach(let variable, in: let container, _): flows.append((variable, container))
            default: break
            }
        }
        for block in [program.transformedData, program.transformedParameters, program.model] {
            block.statements.forEach(visitor.visit)
        }
        var changed = true
        while changed {
            changed = false
            for (variable, value) in flows {
                let new = origins(of: value)
                let old = sources[ObjectIdentifier(variable)] ?? []
                if !new.isSubset(of: old) {
                    sources[ObjectIdentifier(variable)] = old.union(new)
                    changed = true
                }
            }
        }
    }

    /// The parameters and data in an expression.
    func origins(of expression: StanExpression) -> Set<ObjectIdentifier> {
        if case .variable(let variable) = expression.kind {
            let id = ObjectIdentifier(variable)
            if parameters[id] != nil || data.contains(id) { return [id] }
            return sources[id] ?? []
        }
        return expression.operands.reduce(into: []) { $0.formUnion(origins(of: $1)) }
    }

    /// The names of the parameters in an expression, sorted.
    func parameterNames(in expression: StanExpression) -> [String] {
        origins(of: expression).compactMap { parameters[$0]?.name }.sorted()
    }
}

extension StanUnpackingTarget {
    /// The variables that are assigned to.
    fileprivate var variables: [StanVariable] {
        switch self {
        case .place(let place): [place.variable]
        case .nested(let targets): targets.flatMap(\.variables)
        }
    }
}
