// SPDX-License-Identifier: GPL-3.0-or-later

public import Errors

extension StanProgram {
    /// What is legal and often a mistake, as warnings in the order of the text:
    /// parameters without a prior or without a part in the density, hard bounds
    /// and uniform distributions, arguments that no distribution takes, values
    /// far from the unit scale, control flow that depends on parameters,
    /// variables that nobody reads, divisions of integers. The wording is that
    /// of stanc's pedantic mode where it has the same warning.
    public var suspicions: [Diagnostic] {
        var finder = SuspicionFinder(self)
        finder.unusedVariables()
        finder.hardBounds()
        finder.priors()
        finder.statements()
        return finder.found.enumerated().sorted {
            let (a, b) = ($0.element.range?.lowerBound ?? 0, $1.element.range?.lowerBound ?? 0)
            return a == b ? $0.offset < $1.offset : a < b
        }.map(\.element)
    }
}

/// Collects what is suspicious in one program.
struct SuspicionFinder {
    let program: StanProgram
    var found: [Diagnostic] = []
    /// What each variable of the program's frame is made of.
    let origins: VariableOrigins

    init(_ program: StanProgram) {
        self.program = program
        origins = VariableOrigins(program)
    }

    mutating func report(
        _ code: String, _ message: String, at range: Range<Int>, help: String? = nil
    ) {
        found.append(
            Diagnostic(
                .warning, code: "stan/" + code, message, in: program.source, at: range,
                help: help))
    }

    /// Local variables, functions' arguments and transformed data that nobody
    /// reads. (What other blocks declare is output or data for other purposes.)
    mutating func unusedVariables() {
        var read: Set<ObjectIdentifier> = []
        var declared: [StanVariable] = []
        var visitor = StanVisitor()
        visitor.onDeclaration = { declared.append($0) }
        visitor.onExpression = {
            if case .variable(let variable) = $0.kind { read.insert(ObjectIdentifier(variable)) }
        }
        visitor.visit(program)
        for variable in declared where !read.contains(ObjectIdentifier(variable)) {
            switch variable.origin {
            case .local, .transformedData, .argument:
                report(
                    "unused", "The variable \(variable.name) is declared but never used",
                    at: variable.range)
            default: continue
            }
        }
    }

    /// Parameters between two constants.
    mutating func hardBounds() {
        for declaration in program.parameters.declarations {
            guard case .lowerUpper(let lower, let upper) = declaration.transformation,
                let low = lower.literal, let high = upper.literal,
                !(low == 0 && high == 1), !(low == -1 && high == 1)
            else { continue }
            report(
                "bounds",
                "Your Stan program has a parameter \(declaration.variable.name) with a lower and upper bound in its declaration. These hard constraints are not recommended",
                at: declaration.variable.range,
                help:
                    "it is unusual to be sure that a parameter lies in a range, and the gradient at its ends hampers sampling: leave it unconstrained and give it a prior"
            )
        }
    }
}

extension StanExpression {
    /// The value of a literal, with its sign.
    var literal: Double? {
        switch kind {
        case .integer(let value): return Double(value)
        case .real(let value): return value
        case .promotion(let operand): return operand.literal
        case .unary(.minus, let operand): return operand.literal.map { -$0 }
        default: return nil
        }
    }

    /// The variable that an expression is, or is a part of.
    var baseVariable: StanVariable? {
        switch kind {
        case .variable(let variable): return variable
        case .indexed(let base, _), .tupleElement(let base, _): return base.baseVariable
        case .promotion(let operand): return operand.baseVariable
        default: return nil
        }
    }
}
