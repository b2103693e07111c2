// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Inference

/// One parameter: its sizes, which data alone decide, and its place among the
/// unconstrained coordinates.
///
/// The coordinates are Stan's: parameters in the order of the block; of an
/// array the last index runs fastest, inside an element entries go column by
/// column.
struct ParameterLayout: Sendable {
    let declaration: StanDeclaration
    let type: ResolvedType
    /// Number of unconstrained coordinates.
    let freeCount: Int
    /// The elements of a tuple, each with its constraint.
    private let components: [ParameterLayout]

    init(_ declaration: StanDeclaration, _ evaluator: Evaluator) throws {
        self.declaration = declaration
        type = try evaluator.resolve(declaration)
        if case .tuple(let elements) = declaration.sizedType.innermost {
            components = try elements.map {
                try ParameterLayout(
                    StanDeclaration(
                        variable: declaration.variable, sizedType: $0.type,
                        transformation: $0.transformation, initializer: nil,
                        range: declaration.range), evaluator)
            }
            freeCount = components.reduce(0) { $0 + $1.freeCount } * type.arrayCount
            return
        }
        components = []
        do {
            freeCount = try Self.freeCount(declaration.transformation, type)
        } catch let error as ConstraintError {
            throw Self.diagnostic(error, declaration, evaluator)
        }
    }

    private static func diagnostic(
        _ error: ConstraintError, _ declaration: StanDeclaration, _ evaluator: Evaluator
    ) -> Diagnostic {
        Diagnostic(
            code: "stan/constraint", "\(declaration.variable.name): \(error.description)",
            in: evaluator.program.source, at: declaration.range)
    }

    private static func freeCount(
        _ transformation: StanTransformation, _ type: ResolvedType
    ) throws -> Int {
        guard let pieces = transformation.pieces(of: type.innermost.shape) else {
            return type.count ?? 0
        }
        let each = try pieces.constraint.freeCount(for: pieces.shape) * pieces.count
        return each * type.arrayCount
    }

    // MARK: - Constrained values

    /// The parameter's value as a function of its coordinates, and the log
    /// Jacobian; bounds are worked out by the evaluator.
    func value(
        _ evaluator: Evaluator, _ trace: Trace, next: (Shape) -> Traced
    ) throws -> (Value, logJacobian: Traced) {
        if !components.isEmpty {
            var logJacobian = Target()
            let elements = try (0..<type.arrayCount).map { _ in
                Value.tuple(
                    try components.map {
                        let (value, term) = try $0.value(evaluator, trace, next: next)
                        logJacobian.add(term)
                        return value
                    })
            }
            return (type.arranged(elements), logJacobian.total)
        }
        do {
            guard let pieces = declaration.transformation.pieces(of: type.innermost.shape) else {
                return try elementwise(evaluator, trace, next)
            }
            let each = try pieces.constraint.freeCount(for: pieces.shape)
            var values: [Traced] = []
            var logJacobian = Target()
            for _ in 0..<type.arrayCount {
                var parts: [Traced] = []
                let free = pieces.rows ? Entries(next(.vector(each * pieces.count))) : nil
                for i in 0..<pieces.count {
                    let own = free?.gather((0..<each).map { $0 * pieces.count + i }).vector
                    let (value, term) = try pieces.constraint.constrain(
                        own ?? next(.vector(each)), shape: pieces.shape, trace: trace)
                    parts.append(value)
                    logJacobian.add(term)
                }
                values.append(pieces.joined(parts))
            }
            return (type.assembled(values), logJacobian.total)
        } catch let error as ConstraintError {
            throw Self.diagnostic(error, declaration, evaluator)
        }
    }

    private func elementwise(
        _ evaluator: Evaluator, _ trace: Trace, _ next: (Shape) -> Traced
    ) throws -> (Value, logJacobian: Traced) {
        let count = type.count ?? 0
        if count == 0 { return (type.blank, 0) }
        let shape: Shape = count == 1 && type.dimensions.isEmpty ? .scalar : .vector(count)
        let constraint = try constraint(evaluator, count)
        let (value, logJacobian) = try constraint.constrain(
            next(shape), shape: shape, trace: trace)
        return (type.assembled(value), logJacobian)
    }

    /// The elementwise constraint over all scalars of the parameter.
    private func constraint(_ evaluator: Evaluator, _ count: Int) throws -> Constraint {
        func bound(_ node: StanExpression) throws -> Traced {
            let value = try evaluator.evaluate(node).expression
            let entries = value.shape.count
            if value.shape.isScalar { return value }
            guard entries > 0, count % entries == 0 else {
                throw Diagnostic(
                    code: "stan/size-mismatch",
                    "\(declaration.variable.name) has \(count) entries, but its bound \(entries)",
                    in: evaluator.program.source, at: node.range)
            }
            if entries == count { return value.reshaped(.vector(count)) }
            return value.gather((0..<count).map { $0 % entries })
        }
        switch declaration.transformation {
        case .lower(let lower): return .lower(try bound(lower))
        case .upper(let upper): return .upper(try bound(upper))
        case .lowerUpper(let lower, let upper):
            return .lowerUpper(try bound(lower), try bound(upper))
        case .offset(let offset): return .offsetMultiplier(try bound(offset), 1)
        case .multiplier(let multiplier): return .offsetMultiplier(0, try bound(multiplier))
        case .offsetMultiplier(let offset, let multiplier):
            return .offsetMultiplier(try bound(offset), try bound(multiplier))
        default: return .none
        }
    }

    // MARK: - Unconstrained coordinates

    /// The coordinates of a known value, given in the order of storage.
    func coordinates(of scalars: [Double], _ evaluator: Evaluator) throws -> [Double] {
        let name = declaration.variable.name
        if !components.isEmpty {
            var start = 0
            return try (0..<type.arrayCount).flatMap { _ in
                try components.flatMap { component in
                    let count = component.type.count ?? 0
                    defer { start += count }
                    return try component.coordinates(
                        of: Array(scalars[start..<(start + count)]), evaluator)
                }
            }
        }
        do {
            guard let pieces = declaration.transformation.pieces(of: type.innermost.shape) else {
                if scalars.isEmpty { return [] }
                let isScalar = scalars.count == 1 && type.dimensions.isEmpty
                let shape: Shape = isScalar ? .scalar : .vector(scalars.count)
                return try constraint(evaluator, scalars.count)
                    .unconstrain(scalars, shape: shape, name: name)
            }
            let size = type.innermost.shape.count
            var result: [Double] = []
            for i in 0..<type.arrayCount {
                let element = Array(scalars[(i * size)..<((i + 1) * size)])
                let parts = try pieces.split(element).map {
                    try pieces.constraint.unconstrain($0, shape: pieces.shape, name: name)
                }
                if pieces.rows, let each = parts.first?.count {
                    // The matrix of coordinates column by column.
                    for k in 0..<each { result += parts.map { $0[k] } }
                } else {
                    result += parts.flatMap { $0 }
                }
            }
            return result
        } catch let error as ConstraintError {
            throw Diagnostic(
                code: "stan/initial-value", "initial value: \(error.description)",
                in: evaluator.program.source, at: declaration.variable.range)
        }
    }
}

/// How the structured types are built: one or several constrained pieces, such
/// as the columns of a stochastic matrix.
struct ConstrainedPieces {
    let constraint: Constraint
    let shape: Shape
    let count: Int
    /// Pieces are rows of the matrix.
    var rows = false
    let whole: Shape

    func joined(_ parts: [Traced]) -> Traced {
        if count == 1, parts.count == 1 { return parts[0].reshaped(whole) }
        let all = Entries.joined(parts.map { Entries($0) })
        guard rows else { return all.packed(whole) }
        let (r, c) = (whole.rows, whole.columns)
        return all.gather((0..<c).flatMap { j in (0..<r).map { $0 * c + j } }).packed(whole)
    }

    func split(_ element: [Double]) -> [[Double]] {
        if count == 1 { return [element] }
        let (r, c) = (whole.rows, whole.columns)
        return rows
            ? (0..<r).map { i in (0..<c).map { element[$0 * r + i] } }
            : (0..<c).map { Array(element[($0 * r)..<(($0 + 1) * r)]) }
    }
}

extension StanTransformation {
    /// The pieces of one element; nil for constraints of single entries.
    func pieces(of shape: Shape) -> ConstrainedPieces? {
        func whole(_ constraint: Constraint) -> ConstrainedPieces {
            ConstrainedPieces(constraint: constraint, shape: shape, count: 1, whole: shape)
        }
        switch self {
        case .identity, .lower, .upper, .lowerUpper, .offset, .multiplier, .offsetMultiplier:
            return nil
        case .simplex: return whole(.simplex)
        case .ordered: return whole(.ordered)
        case .positiveOrdered: return whole(.positiveOrdered)
        case .unitVector: return whole(.unitVector)
        case .sumToZeroVector, .sumToZeroMatrix: return whole(.sumToZero)
        case .covariance: return whole(.covariance)
        case .correlation: return whole(.correlation)
        case .choleskyCovariance: return whole(.choleskyCovariance)
        case .choleskyCorrelation: return whole(.choleskyCorrelation)
        case .columnStochastic:
            return ConstrainedPieces(
                constraint: .simplex, shape: .vector(shape.rows), count: shape.columns,
                whole: shape)
        case .rowStochastic:
            return ConstrainedPieces(
                constraint: .simplex, shape: .vector(shape.columns), count: shape.rows,
                rows: true, whole: shape)
        }
    }
}

extension StanSizedType {
    /// The type of one element of an array of any depth.
    fileprivate var innermost: StanSizedType {
        if case .array(_, let inner) = self { return inner.innermost }
        return self
    }
}

extension ResolvedType {
    var innermost: ResolvedType {
        if case .array(_, let inner) = self { return inner }
        return self
    }

    /// The number of elements of all array dimensions together.
    var arrayCount: Int {
        if case .array(let sizes, _) = self { return sizes.reduce(1, *) }
        return 1
    }

    /// The shape of one element.
    var shape: Shape {
        switch self {
        case .vector(let n), .rowVector(let n): .vector(n)
        case .matrix(let rows, let columns): .matrix(rows, columns)
        default: .scalar
        }
    }

    /// A value from all its scalars in one vector, in the order of storage.
    func assembled(_ scalars: Traced) -> Value {
        if scalars.shape.isScalar, dimensions.isEmpty { return .real(scalars) }
        var position = 0
        return assembled(Entries(scalars), &position)
    }

    /// A value from the elements of all its array dimensions.
    func assembled(_ elements: [Traced]) -> Value {
        if case .array = self {
        } else if elements.count == 1 {
            return one(Entries(elements[0]))
        }
        var position = 0
        return nested(elements, &position)
    }

    /// A value from those of the elements of all its array dimensions.
    func arranged(_ elements: [Value]) -> Value {
        guard case .array(let sizes, _) = self, let first = sizes.first else {
            return elements.first ?? blank
        }
        let each = elements.count / max(first, 1)
        return .array(
            (0..<first).map { element.arranged(Array(elements[($0 * each)..<(($0 + 1) * each)])) })
    }

    private func one(_ entries: Entries) -> Value {
        if case .matrix(let rows, let columns) = self {
            return .matrix(MatrixValue(entries, rows, columns))
        }
        if dimensions.count == 1 { return .vector(entries) }
        let scalar = entries[0]
        if case .int = self {
            return .int(scalar.constant.flatMap { Int(exactly: $0) } ?? 0)
        }
        return .real(scalar)
    }

    private func nested(_ elements: [Traced], _ position: inout Int) -> Value {
        guard case .array(let sizes, _) = self, let first = sizes.first else {
            defer { position += 1 }
            return one(Entries(elements[position]))
        }
        return .array((0..<first).map { _ in element.nested(elements, &position) })
    }

    func assembled(_ entries: Entries, _ position: inout Int) -> Value {
        func take(_ n: Int) -> Entries {
            defer { position += n }
            return entries.slice(position..<(position + n))
        }
        switch self {
        case .array(let sizes, let inner):
            guard let first = sizes.first else { return inner.assembled(entries, &position) }
            if sizes.count == 1, case .real = inner { return .vector(take(first)) }
            if sizes.count == 1, case .int = inner {
                return .ints((take(first).numbers ?? []).map { Int(exactly: $0) ?? 0 })
            }
            return .array((0..<first).map { _ in element.assembled(entries, &position) })
        case .tuple(let types):
            return .tuple(types.map { $0.assembled(entries, &position) })
        case .complex(let part):
            let count = part.count ?? 0
            let both = take(2 * count)
            let evens = (0..<count).map { 2 * $0 }
            return .complex(
                part.one(both.gather(evens)), part.one(both.gather(evens.map { $0 + 1 })))
        default: return one(take(shape.count))
        }
    }
}
