// SPDX-License-Identifier: GPL-3.0-or-later

/// Statement by statement: distributions and their arguments, control flow,
/// divisions.
extension SuspicionFinder {
    mutating func statements() {
        var statements: [StanStatement] = []
        var expressions: [StanExpression] = []
        var visitor = StanVisitor()
        visitor.onStatement = { statements.append($0) }
        visitor.onExpression = { expressions.append($0) }
        visitor.visit(program)
        for expression in expressions {
            switch expression.kind {
            case .binary(.divide, let left, let right)
            where expression.type == .int && !(left.isLiteral && right.isLiteral):
                report(
                    "integer-division",
                    "Found int division: values will be rounded towards zero", at: expression.range,
                    help:
                        "write \(text(left)) * 1.0 / \(text(right)) for a real number, or %/% if rounding is intended"
                )
            case .libraryCall(let call): arguments(of: call, at: expression.range)
            default: break
            }
        }
        var onLeft: Set<ObjectIdentifier> = []
        for statement in statements {
            switch statement.kind {
            case .conditional(let condition, _, _), .whileLoop(let condition, _):
                controlFlow(condition)
            case .forRange(_, let lower, let upper, _):
                controlFlow(lower)
                controlFlow(upper)
            case .sampling(let sampling):
                if case .libraryCall(let call) = sampling.density.kind {
                    arguments(of: call, at: statement.range)
                    variate(of: call, statement.range, &onLeft)
                }
            default: break
            }
        }
    }

    private func text(_ expression: StanExpression) -> String {
        program.source.text(in: expression.range)
    }

    private mutating func controlFlow(_ condition: StanExpression) {
        let names = origins.parameterNames(in: condition)
        guard !names.isEmpty else { return }
        report(
            "control-flow",
            "A control flow statement depends on parameter(s): \(names.joined(separator: ", "))",
            at: condition.range)
    }

    // MARK: - The left side of ~

    private mutating func variate(
        of call: StanLibraryCall, _ range: Range<Int>, _ onLeft: inout Set<ObjectIdentifier>
    ) {
        guard let variate = call.arguments.first else { return }
        if let variable = variate.wholeVariable, variable.origin == .parameters {
            if !onLeft.insert(ObjectIdentifier(variable)).inserted {
                report(
                    "twice",
                    "The parameter \(variable.name) is on the left-hand side of more than one tilde statement",
                    at: range)
            }
            if call.name == "uniform_lpdf", !isUnitRange(call) {
                report(
                    "uniform",
                    "Parameter \(variable.name) is given a uniform distribution. The uniform distribution is not recommended",
                    at: range,
                    help:
                        "it is unusual to be sure that a parameter lies in a range: use a soft constraint, such as normal(0.5, 0.5) instead of uniform(0, 1)"
                )
            }
        } else if variate.isTransform, !origins.parameterNames(in: variate).isEmpty {
            report(
                "transform",
                "Left-hand side of distribution statement (~) may contain a non-linear transform of a parameter or local variable. If it does, you need to include a target += statement with the log absolute determinant of the Jacobian of the transform",
                at: range)
        }
    }

    private func isUnitRange(_ call: StanLibraryCall) -> Bool {
        let bounds = call.arguments.dropFirst().map(\.literal)
        return bounds == [0, 1] || bounds == [-1, 1]
    }

    // MARK: - Arguments

    private mutating func arguments(of call: StanLibraryCall, at range: Range<Int>) {
        let name = call.name
        guard name.hasSuffix("_lpdf") || name.hasSuffix("_lpmf") else { return }
        let distribution = String(name.dropLast(5))
        let values = call.arguments.dropFirst()
        for (position, value) in values.enumerated() {
            if positiveArguments[distribution]?.contains(position) == true {
                positive(value, distribution, position)
            }
            if let number = value.literal, number != 0, abs(number) < 0.1 || abs(number) > 10,
                value.range != range
            {
                report(
                    "scale",
                    "Argument \(text(value)) suggests there may be parameters that are not unit scale; consider rescaling with a multiplier",
                    at: value.range)
            }
        }
        if distribution == "gamma" || distribution == "inv_gamma", let a = values.first?.literal,
            let b = values.last?.literal, a == b, a < 1
        {
            report(
                "gamma",
                "There is a gamma or inverse-gamma distribution with parameters that are equal to each other and set to values less than 1",
                at: range,
                help:
                    "such priors can be very strong (Gelman 2006): use a half-normal or half-Student prior on the scale"
            )
        }
    }

    private mutating func positive(
        _ value: StanExpression, _ distribution: String, _ position: Int
    ) {
        let place = "(argument \(position + 1))"
        if let number = value.literal, number <= 0 {
            report(
                "argument",
                "A \(distribution) distribution is given value \(text(value)) as a positive parameter \(place), but it is not strictly positive",
                at: value.range)
        } else if let variable = value.baseVariable, variable.origin == .parameters,
            let declaration = program.parameters.declarations.first(where: {
                $0.variable === variable
            }), !declaration.isPositive
        {
            report(
                "argument",
                "A \(distribution) distribution is given parameter \(variable.name) as a positive parameter \(place), but \(variable.name) was not constrained to be strictly positive",
                at: value.range)
        }
    }
}

/// Scales, rates and shapes: positions among the arguments behind the variate.
private let positiveArguments: [String: Set<Int>] = [
    "normal": [1], "lognormal": [1], "cauchy": [1], "student_t": [0, 2], "logistic": [1],
    "double_exponential": [1], "gumbel": [1], "exponential": [0], "gamma": [0, 1],
    "inv_gamma": [0, 1], "weibull": [0, 1], "frechet": [0, 1], "beta": [0, 1],
    "chi_square": [0], "inv_chi_square": [0], "scaled_inv_chi_square": [0, 1], "rayleigh": [0],
    "pareto": [0, 1], "poisson": [0], "neg_binomial": [0, 1], "neg_binomial_2": [0, 1],
    "neg_binomial_2_log": [1], "skew_normal": [1], "exp_mod_normal": [1, 2], "von_mises": [1],
    "lkj_corr": [0], "lkj_corr_cholesky": [0], "beta_proportion": [1],
]

extension StanDeclaration {
    /// Whether a parameter's constraint makes it positive.
    fileprivate var isPositive: Bool {
        switch transformation {
        case .lower(let bound), .lowerUpper(let bound, _):
            // A bound that is no literal is given the benefit of the doubt.
            return (bound.literal ?? 0) >= 0
        case .simplex, .positiveOrdered: return true
        default: return false
        }
    }
}

extension StanExpression {
    fileprivate var isLiteral: Bool {
        if case .integer = kind { return true }
        return false
    }

    /// The variable, when the expression is all of one.
    fileprivate var wholeVariable: StanVariable? {
        switch kind {
        case .variable(let variable): return variable
        case .promotion(let operand): return operand.wholeVariable
        default: return nil
        }
    }

    /// Whether the expression computes something, and does not only choose or
    /// rearrange values.
    fileprivate var isTransform: Bool {
        switch kind {
        case .unary(.transpose, let operand), .promotion(let operand): return operand.isTransform
        case .unary, .binary, .userCall: return true
        case .libraryCall(let call):
            let rearranging = [
                "to_", "head", "tail", "segment", "append_", "col", "row", "block", "sub_",
                "diagonal", "sort_", "reverse",
            ]
            return !rearranging.contains { call.name.hasPrefix($0) }
                || call.arguments.contains(where: \.isTransform)
        case .array(let list), .rowVector(let list), .matrix(let list):
            return list.contains(where: \.isTransform)
        default: return false
        }
    }
}
