// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors

extension Evaluator {
    /// Checks the declared constraint of a value whose entries are known; throws
    /// a `Rejection` that names the variable. Entries that parameters have a
    /// part in are decided in the trace.
    func checkConstraint(
        _ declaration: StanDeclaration, _ type: ResolvedType, _ value: Value
    ) throws {
        let name = declaration.variable.name
        let transformation = declaration.transformation
        switch transformation {
        case .identity, .offset, .multiplier, .offsetMultiplier: return
        case .lower(let lower):
            try checkBound(declaration, value, lower, .greaterOrEqual, "greater than or equal to")
        case .upper(let upper):
            try checkBound(declaration, value, upper, .lessOrEqual, "less than or equal to")
        case .lowerUpper(let lower, let upper):
            try checkBound(declaration, value, lower, .greaterOrEqual, "greater than or equal to")
            try checkBound(declaration, value, upper, .lessOrEqual, "less than or equal to")
        default:
            try eachElement(value, name, type.arrayDepth) { element, name in
                try checkShape(element, name, transformation, declaration)
            }
        }
    }

    /// All constraints of the variables declared at the top of a block.
    func checkConstraints(of block: StanBlock) throws {
        for declaration in block.declarations {
            if case .identity = declaration.transformation { continue }
            let type = try resolve(declaration)
            try checkConstraint(declaration, type, slots[declaration.variable.slot])
        }
    }

    private func reject(_ message: String, _ declaration: StanDeclaration) -> Rejection {
        rejection(DomainError(message), at: declaration.variable.range)
    }

    // MARK: - Bounds

    private func checkBound(
        _ declaration: StanDeclaration, _ value: Value, _ bound: StanExpression,
        _ relation: Relation, _ words: String
    ) throws {
        let limit = try evaluate(bound)
        try checkBound(
            declaration.variable.name, value, limit, relation, words, declaration)
    }

    private func checkBound(
        _ name: String, _ value: Value, _ limit: Value, _ relation: Relation, _ words: String,
        _ declaration: StanDeclaration
    ) throws {
        switch (value, limit) {
        case (.array(let values), .array(let limits)) where values.count == limits.count:
            for (i, pair) in zip(values, limits).enumerated() {
                try checkBound(
                    "\(name)[\(i + 1)]", pair.0, pair.1, relation, words, declaration)
            }
        case (.array(let values), _):
            for (i, element) in values.enumerated() {
                try checkBound("\(name)[\(i + 1)]", element, limit, relation, words, declaration)
            }
        default:
            let (x, b) = (value.expression, limit.expression)
            guard b.shape.isScalar || b.shape.count == x.shape.count else {
                throw Diagnostic(
                    code: "stan/size-mismatch",
                    "\(name) has \(x.shape.count) entries, but its bound \(b.shape.count)",
                    in: program.source, at: declaration.range)
            }
            if x.shape.count == 0 { return }
            func fails(_ i: Int, _ number: Double, _ bound: Double) -> Rejection {
                reject(
                    "\(entryName(name, i, value)) is \(formatted(number)), but must be \(words) "
                        + formatted(bound), declaration)
            }
            if let numbers = x.constants, let bounds = b.constants {
                for (i, number) in numbers.enumerated() {
                    let bound = bounds.count == 1 ? bounds[0] : bounds[i]
                    guard relation.holds(number, bound) else { throw fails(i, number, bound) }
                }
                return
            }
            // One branch for all entries: that of the worst.
            let slack = relation == .greaterOrEqual ? x - b : b - x
            let worst = slack.shape.isScalar ? slack : minimum(slack)
            guard decide(worst, .greaterOrEqual, 0) else {
                let numbers = trace?.value(of: x) ?? []
                let bounds = trace?.value(of: b) ?? []
                for (i, number) in numbers.enumerated() {
                    let bound = bounds.count == 1 ? bounds[0] : bounds[i]
                    if !relation.holds(number, bound) { throw fails(i, number, bound) }
                }
                throw reject("\(name) is out of its bounds", declaration)
            }
        }
    }

    /// "x[3]", "m[2,1]", or "x" of a scalar.
    private func entryName(_ name: String, _ i: Int, _ value: Value) -> String {
        switch value {
        case .int, .real: name
        case .matrix(let matrix):
            "\(name)[\(i % max(1, matrix.rows) + 1),\(i / max(1, matrix.rows) + 1)]"
        default: "\(name)[\(i + 1)]"
        }
    }

    // MARK: - Structured types

    private func eachElement(
        _ value: Value, _ name: String, _ depth: Int, _ body: (Value, String) throws -> Void
    ) throws {
        if depth == 0 { return try body(value, name) }
        for (i, element) in value.elements.enumerated() {
            try eachElement(element, "\(name)[\(i + 1)]", depth - 1, body)
        }
    }

    /// Whether |x| ≤ 1e-8, entry by entry.
    private func isSmall(_ x: Traced) -> Bool {
        if x.shape.count == 0 { return true }
        if let numbers = x.constants { return numbers.allSatisfy { Swift.abs($0) <= 1e-8 } }
        let size = abs(x)
        return decide(
            size.shape.isScalar ? size : maximum(size), .lessOrEqual, Traced(1e-8))
    }

    private func isPositive(_ x: Traced) -> Bool {
        if x.shape.count == 0 { return true }
        if let numbers = x.constants { return numbers.allSatisfy { $0 > 0 } }
        return decide(x.shape.isScalar ? x : minimum(x), .greater, 0)
    }

    private func isNonnegative(_ x: Traced) -> Bool {
        if x.shape.count == 0 { return true }
        if let numbers = x.constants { return numbers.allSatisfy { $0 >= 0 } }
        return decide(x.shape.isScalar ? x : minimum(x), .greaterOrEqual, 0)
    }

    private func checkShape(
        _ value: Value, _ name: String, _ transformation: StanTransformation,
        _ declaration: StanDeclaration
    ) throws {
        func require(_ holds: Bool, _ what: String) throws {
            guard holds else { throw reject("\(name) is not a valid \(what)", declaration) }
        }
        let x = value.expression
        let n = x.shape.count
        switch transformation {
        case .simplex:
            let isOne = n > 0 && isSmall(sum(x) - 1)
            try require(
                isOne,
                "simplex: the sum of its entries is \(shown(n > 0 ? sum(x) : 0)), but must be 1")
            try require(isNonnegative(x), "simplex: an entry is negative")
        case .unitVector:
            try require(
                n > 0 && isSmall(sum(square(x)) - 1),
                "unit vector: the sum of the squares of its entries must be 1")
        case .sumToZeroVector, .sumToZeroMatrix:
            if case .matrix(let m) = value, n > 0 {
                try require(
                    isSmall(Library.rowSums(x, m.rows, m.columns))
                        && isSmall(Library.columnSums(x, m.rows, m.columns)),
                    "sum-to-zero matrix")
                return
            }
            try require(n == 0 || isSmall(sum(x)), "sum-to-zero vector")
        case .ordered, .positiveOrdered:
            if n > 1 {
                let steps = x.gather(Array(1..<n)) - x.gather(Array(0..<(n - 1)))
                try require(isPositive(steps), "ordered vector: its entries must increase")
            }
            if case .positiveOrdered = transformation, n > 0 {
                try require(
                    isNonnegative(x[0]), "positive ordered vector: an entry is negative")
            }
        case .columnStochastic, .rowStochastic:
            guard case .matrix(let m) = value else { return }
            let byColumn: Bool
            if case .columnStochastic = transformation { byColumn = true } else { byColumn = false }
            let sums =
                byColumn
                ? Library.columnSums(x, m.rows, m.columns) : Library.rowSums(x, m.rows, m.columns)
            try require(
                isSmall(sums - 1) && isNonnegative(x),
                "\(byColumn ? "column" : "row") stochastic matrix")
        case .covariance, .correlation:
            guard case .matrix(let m) = value else { return }
            let what = transformation.isCorrelation ? "correlation matrix" : "covariance matrix"
            try require(m.rows == m.columns, "\(what): it is not square")
            if n == 0 { return }
            try require(isSmall(x - transpose(x)), "\(what): it is not symmetric")
            if transformation.isCorrelation {
                try require(isSmall(diagonal(x) - 1), "\(what): its diagonal is not 1")
            }
            let pivots = diagonal(cholesky(x))
            try require(isPositive(pivots), "\(what): it is not positive definite")
        case .choleskyCovariance, .choleskyCorrelation:
            guard case .matrix(let m) = value else { return }
            let what = "Cholesky factor"
            try require(m.rows >= m.columns, "\(what): it has more columns than rows")
            if n == 0 { return }
            try require(isPositive(diagonal(x)), "\(what): its diagonal is not positive")
            var above: [Int] = []
            for c in 0..<m.columns {
                for r in 0..<min(c, m.rows) { above.append(c * m.rows + r) }
            }
            let upper = x.gather(above)
            try require(
                upper.constants?.allSatisfy { $0 == 0 } ?? isSmall(upper),
                "\(what): it is not lower triangular")
            if case .choleskyCorrelation = transformation {
                let norms = Library.rowSums(square(x), m.rows, m.columns)
                try require(
                    isSmall(norms - 1), "\(what) of a correlation matrix: a row has not norm 1")
            }
        default: return
        }
    }

    private func shown(_ x: Traced) -> String { Value.real(x).description(in: trace) }
}

extension StanTransformation {
    fileprivate var isCorrelation: Bool {
        if case .correlation = self { return true }
        return false
    }
}

extension ResolvedType {
    var arrayDepth: Int {
        if case .array(let sizes, _) = self { return sizes.count }
        return 0
    }
}
