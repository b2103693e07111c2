// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Inference

extension Library {
    /// The maps between constrained values and unconstrained coordinates, as
    /// functions: `simplex_constrain`, `simplex_jacobian` (which adds the logarithm
    /// of the Jacobian to the target), `simplex_unconstrain`, and so on.
    static let constraintFunctions: LibraryGroup = {
        var group: LibraryGroup = [:]
        /// - Parameter transformation: of the entries, and how many arguments say it.
        func elementwise(
            _ name: String, _ count: Int, _ constraint: @escaping @Sendable ([Traced]) -> Constraint
        ) {
            group[name + "_constrain"] = { call in
                try constrainEntries(call, count, constraint, addsJacobian: false)
            }
            group[name + "_jacobian"] = { call in
                try constrainEntries(call, count, constraint, addsJacobian: true)
            }
            group[name + "_unconstrain"] = { call in
                let (x, arguments) = try broadcast(call, count)
                if x.count == 0 { return widest(call, count) }
                let free = try checked(call) {
                    try constraint(arguments).unconstrain(x, name: "x")
                }
                return refilled(widest(call, count), free)
            }
        }
        elementwise("lower_bound", 1) { .lower($0[0]) }
        elementwise("upper_bound", 1) { .upper($0[0]) }
        elementwise("lower_upper_bound", 2) { .lowerUpper($0[0], $0[1]) }
        elementwise("offset_multiplier", 2) { .offsetMultiplier($0[0], $0[1]) }

        /// - Parameter shape: of the constrained value, from the free one and the
        ///   sizes after it.
        func structured(
            _ name: String, _ transformation: StanTransformation,
            _ shape: @escaping @Sendable (Value, [Int]) -> Shape
        ) {
            for addsJacobian in [false, true] {
                group[name + (addsJacobian ? "_jacobian" : "_constrain")] = { call in
                    let sizes = try (1..<max(call.count, 1)).map { try call.size($0) }
                    return try eachElement(call) { free in
                        try constrained(
                            call, free, transformation, shape(free, sizes), addsJacobian)
                    }
                }
            }
            group[name + "_unconstrain"] = { call in
                try eachElement(call) { try unconstrained(call, $0, transformation) }
            }
        }
        func vector(_ added: Int) -> @Sendable (Value, [Int]) -> Shape {
            { free, _ in .vector(free.size + added) }
        }
        func matrix(_ rows: Int, _ columns: Int) -> @Sendable (Value, [Int]) -> Shape {
            { free, _ in
                let sizes = free.dimensions
                return .matrix((sizes.first ?? 0) + rows, (sizes.last ?? 0) + columns)
            }
        }
        let square: @Sendable (Value, [Int]) -> Shape = { _, sizes in .matrix(sizes[0], sizes[0]) }
        structured("simplex", .simplex, vector(1))
        structured("ordered", .ordered, vector(0))
        structured("positive_ordered", .positiveOrdered, vector(0))
        structured("unit_vectors", .unitVector, vector(0))
        structured("sum_to_zero", .sumToZeroVector) { free, _ in
            if case .matrix(let m) = free { return .matrix(m.rows + 1, m.columns + 1) }
            return .vector(free.size + 1)
        }
        structured("stochastic_column", .columnStochastic, matrix(1, 0))
        structured("stochastic_row", .rowStochastic, matrix(0, 1))
        structured("cholesky_factor_corr", .choleskyCorrelation, square)
        structured("corr_matrix", .correlation, square)
        structured("cov_matrix", .covariance, square)
        structured("cholesky_factor_cov", .choleskyCovariance) { _, sizes in
            .matrix(sizes[0], sizes[1])
        }
        return group
    }()

    private static func checked<T>(_ call: Call, _ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as ConstraintError {
            throw DomainError("\(call.name): \(error.description)")
        }
    }

    private static func trace(_ call: Call) -> Trace {
        call.evaluator.trace ?? Trace(point: [])
    }

    // MARK: - Entry by entry

    /// The argument whose shape the result has: the first container.
    private static func widest(_ call: Call, _ count: Int) -> Value {
        (0...count).lazy.map { call[$0] }.first {
            switch $0 {
            case .int, .real: false
            default: true
            }
        } ?? call[0]
    }

    /// All entries of the first argument, and those of the others that go with them.
    private static func broadcast(_ call: Call, _ count: Int) throws -> (Traced, [Traced]) {
        let shape = widest(call, count)
        for i in 0...count where !call[i].expression.shape.isScalar {
            try requireSameShape(call.name, shape, call[i])
        }
        var parts = (0...count).map { i -> Traced in
            let x = call[i].expression
            return x.shape.isScalar ? x : x.reshaped(.vector(x.count))
        }
        let total = shape.scalarCount
        if parts[0].shape.isScalar, parts.contains(where: { !$0.shape.isScalar }) {
            parts[0] = parts[0].broadcast(to: .vector(total))
        }
        return (parts[0], Array(parts.dropFirst()))
    }

    private static func constrainEntries(
        _ call: Call, _ count: Int, _ constraint: ([Traced]) -> Constraint, addsJacobian: Bool
    ) throws -> Value {
        let (free, arguments) = try broadcast(call, count)
        if free.count == 0 { return widest(call, count) }
        let (value, logJacobian) = try checked(call) {
            try constraint(arguments).constrain(free, shape: free.shape, trace: trace(call))
        }
        if addsJacobian { call.evaluator.target.add(logJacobian) }
        return refilled(widest(call, count), value)
    }

    /// Entries in the form of another value.
    private static func refilled(_ model: Value, _ entries: Traced) -> Value {
        var position = 0
        let all = Entries(entries)
        func take(_ model: Value) -> Value {
            func next(_ count: Int) -> Entries {
                defer { position += count }
                return all.slice(position..<(position + count))
            }
            switch model {
            case .array(let values): return .array(values.map(take))
            case .matrix(let matrix):
                return .matrix(
                    MatrixValue(next(matrix.entries.count), matrix.rows, matrix.columns))
            case .vector, .ints: return .vector(next(model.size))
            default:
                position += 1
                return .real(all[position - 1])
            }
        }
        return take(model)
    }

    // MARK: - Whole vectors and matrices

    /// A value or an array of them.
    private static func eachElement(
        _ call: Call, _ body: (Value) throws -> Value
    ) throws -> Value {
        guard case .array(let values) = call[0] else { return try body(call[0]) }
        return .array(try values.map(body))
    }

    private static func constrained(
        _ call: Call, _ free: Value, _ transformation: StanTransformation, _ shape: Shape,
        _ addsJacobian: Bool
    ) throws -> Value {
        try call.requireRoom(shape.rows, shape.columns)
        guard let pieces = transformation.pieces(of: shape) else { return free }
        let value: Traced = try checked(call) {
            let each = try pieces.constraint.freeCount(for: pieces.shape)
            let entries = Entries(free.expression)
            guard entries.count == each * pieces.count else {
                throw EvaluationError.size(
                    "\(call.name): size of y (\(entries.count)) must be "
                        + "\(each * pieces.count) for a value of this size")
            }
            var parts: [Traced] = []
            for i in 0..<pieces.count {
                let own =
                    pieces.rows
                    ? entries.gather((0..<each).map { $0 * pieces.count + i })
                    : entries.slice((i * each)..<((i + 1) * each))
                let (part, logJacobian) = try pieces.constraint.constrain(
                    own.vector, shape: pieces.shape, trace: trace(call))
                parts.append(part)
                if addsJacobian { call.evaluator.target.add(logJacobian) }
            }
            return pieces.joined(parts)
        }
        return valueOf(value, shape)
    }

    private static func valueOf(_ value: Traced, _ shape: Shape) -> Value {
        if case .matrix(let rows, let columns) = shape {
            return .matrix(MatrixValue(Entries(value), rows, columns))
        }
        return .vector(Entries(value))
    }

    private static func unconstrained(
        _ call: Call, _ value: Value, _ transformation: StanTransformation
    ) throws -> Value {
        let x = value.expression
        guard let pieces = transformation.pieces(of: x.shape), pieces.count > 0 else {
            return value
        }
        return try checked(call) {
            switch transformation {
            case .columnStochastic, .rowStochastic: break
            default:
                let free = try pieces.constraint.unconstrain(
                    x.reshaped(pieces.shape), name: "x")
                if case .sumToZeroVector = transformation, case .matrix(let m) = value {
                    return .matrix(MatrixValue(Entries(free), m.rows - 1, m.columns - 1))
                }
                return .vector(Entries(free))
            }
            let size = pieces.shape.count
            let parts = try (0..<pieces.count).map { i in
                try pieces.constraint.unconstrain(
                    x.gather(
                        (0..<size).map { pieces.rows ? $0 * pieces.count + i : i * size + $0 }),
                    name: "x")
            }
            let free = ConstrainedPieces(
                constraint: pieces.constraint, shape: .vector(size - 1), count: pieces.count,
                rows: pieces.rows,
                whole: pieces.rows
                    ? .matrix(pieces.count, size - 1) : .matrix(size - 1, pieces.count)
            )
            return valueOf(free.joined(parts), free.whole)
        }
    }
}
