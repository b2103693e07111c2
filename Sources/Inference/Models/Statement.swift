// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors

/// A line of a model that adds to its log density: `y ~ .normal(…)`.
public struct Statement {
    let logDensity: Traced
    /// Why the statement makes no sense.
    let failure: (any Error)?

    init(_ logDensity: Traced = 0, failure: (any Error)? = nil) {
        self.logDensity = logDensity
        self.failure = failure
    }

    static func + (a: Statement, b: Statement) -> Statement {
        Statement(a.logDensity + b.logDensity, failure: a.failure ?? b.failure)
    }
}

precedencegroup StatementPrecedence {
    higherThan: AssignmentPrecedence
    lowerThan: TernaryPrecedence
}

infix operator ~ : StatementPrecedence

/// "Is distributed as": adds the log density of the quantity, without the terms
/// that depend on no parameter. Arrays are independent entry by entry; scalars
/// go with all entries of the others.
public func ~ (quantity: some Quantity, distribution: TracedDistribution) -> Statement {
    distribution.statement(for: quantity.expression)
}

/// Collects the statements of a model. Loops and branches over data are plain
/// Swift; `let` names intermediate results.
@resultBuilder
public enum StatementBuilder {
    public static func buildExpression(_ statement: Statement) -> Statement { statement }
    public static func buildExpression(_ nothing: Void) -> Statement { Statement() }

    @available(
        *, unavailable,
        message: "name the expression with let, or add it to the log density with m.add(_:)"
    )
    public static func buildExpression(_ expression: Traced) -> Statement { Statement() }

    public static func buildBlock(_ statements: Statement...) -> Statement {
        buildArray(statements)
    }

    public static func buildArray(_ statements: [Statement]) -> Statement {
        statements.reduce(Statement()) { $0 + $1 }
    }

    public static func buildOptional(_ statement: Statement?) -> Statement {
        statement ?? Statement()
    }

    public static func buildEither(first statement: Statement) -> Statement { statement }
    public static func buildEither(second statement: Statement) -> Statement { statement }
}
