// SPDX-License-Identifier: GPL-3.0-or-later

public import Autodiff

extension Constraint {
    /// The unconstrained coordinates of a value that may depend on inputs of a
    /// trace. A known value is checked, as by `unconstrain(_:shape:name:)`; one
    /// that is not is taken to fulfil the constraint, and what has no coordinates
    /// becomes NaN or infinite.
    public func unconstrain(
        _ value: Traced, name: String = "the value"
    ) throws(ConstraintError) -> Traced {
        let shape = value.shape
        if let known = value.constants, hasKnownBounds {
            let free = try unconstrain(known, shape: shape, name: name)
            let keepsShape = free.count == shape.count && isElementwise
            return Traced(free, keepsShape ? shape : .vector(free.count))
        }
        _ = try freeCount(for: shape)
        switch self {
        case .none, .unitVector: return value
        case .lower(let bound): return try Self.free(value, bound, Traced(.infinity))
        case .upper(let bound): return try Self.free(value, Traced(-.infinity), bound)
        case .lowerUpper(let lower, let upper): return try Self.free(value, lower, upper)
        case .offsetMultiplier(let offset, let multiplier):
            try Self.require(offset, fits: shape)
            try Self.require(multiplier, fits: shape)
            return (value - offset) / multiplier
        case .ordered, .positiveOrdered:
            let n = value.count
            if n == 0 { return value }
            var first = value[0]
            if case .positiveOrdered = self { first = log(first) }
            if n == 1 { return Traced.vector([first]) }
            let steps = log(value.gather(Array(1..<n)) - value.gather(Array(0..<(n - 1))))
            return Traced.vector([first] + steps.elements)
        case .simplex: return Self.zeroSumCoordinates(log(value))
        case .sumToZero: return Self.zeroSumCoordinates(value)
        case .choleskyCorrelation:
            return Traced.vector(Self.partialCorrelations(value).flatMap { $0 })
        case .correlation:
            let rows = Self.partialCorrelations(cholesky(value))
            let n = value.shape.rows
            return Traced.vector(
                (0..<n).flatMap { j in ((j + 1)..<max(n, j + 1)).map { rows[$0 - 1][j] } })
        case .covariance: return Self.logTriangle(cholesky(value))
        case .choleskyCovariance: return Self.logTriangle(value)
        }
    }

    private var hasKnownBounds: Bool {
        switch self {
        case .lower(let bound), .upper(let bound): bound.isConstant
        case .lowerUpper(let a, let b), .offsetMultiplier(let a, let b):
            a.isConstant && b.isConstant
        default: true
        }
    }

    private var isElementwise: Bool {
        switch self {
        case .none, .lower, .upper, .lowerUpper, .offsetMultiplier: true
        default: false
        }
    }

    private static func require(
        _ bound: Traced, fits shape: Shape
    ) throws(ConstraintError) {
        guard bound.shape.isScalar || bound.shape == shape else {
            throw ConstraintError(
                "a bound has shape \(bound.shape), but the value has shape \(shape)")
        }
    }

    private static func free(
        _ x: Traced, _ lower: Traced, _ upper: Traced
    ) throws(ConstraintError) -> Traced {
        try require(lower, fits: x.shape)
        try require(upper, fits: x.shape)
        let absent = (
            lower.constants?.allSatisfy { $0 == -.infinity } ?? false,
            upper.constants?.allSatisfy { $0 == .infinity } ?? false
        )
        let isMixed =
            !absent.0 && lower.constants?.contains(-.infinity) ?? false
            || !absent.1 && upper.constants?.contains(.infinity) ?? false
        if isMixed {
            var entries: [Traced] = []
            for i in 0..<x.count {
                entries.append(
                    try free(
                        x[i], lower.shape.isScalar ? lower : lower[i],
                        upper.shape.isScalar ? upper : upper[i]))
            }
            return Traced.vector(entries).reshaped(x.shape)
        }
        switch absent {
        case (true, true): return x
        case (false, true): return log(x - lower)
        case (true, false): return log(upper - x)
        case (false, false): return log(x - lower) - log(upper - x)
        }
    }

    /// Bᵀ z, or Bᵀ Z C for a matrix.
    static func zeroSumCoordinates(_ z: Traced) -> Traced {
        let (rows, columns) = (z.shape.rows, z.shape.columns)
        guard case .matrix = z.shape else {
            if rows == 1 { return Traced([]) }
            return matmul(transpose(zeroSumBasis(rows)), z).reshaped(.vector(rows - 1))
        }
        if rows == 1 || columns == 1 {
            return Traced([], .matrix(rows - 1, columns - 1))
        }
        return matmul(
            matmul(transpose(zeroSumBasis(rows)), z), zeroSumBasis(columns))
    }

    /// For each row but the first, the coordinates of its entries left of the
    /// diagonal: atanh(x / √(what the row has left)).
    private static func partialCorrelations(_ factor: Traced) -> [[Traced]] {
        let n = factor.shape.rows
        return (1..<max(n, 1)).map { i in
            var coordinates: [Traced] = []
            var remaining = square(factor[i, i])
            for j in stride(from: i - 1, through: 0, by: -1) {
                let x = factor[i, j]
                // atanh(x / √(x² + r)) = asinh(x / √r)
                coordinates.append(asinh(x / sqrt(remaining)))
                remaining += square(x)
            }
            return coordinates.reversed()
        }
    }

    private static func logTriangle(_ factor: Traced) -> Traced {
        var free: [Traced] = []
        for i in 0..<factor.shape.rows {
            for j in 0..<min(i + 1, factor.shape.columns) {
                let x = factor[i, j]
                free.append(i == j ? log(x) : x)
            }
        }
        return Traced.vector(free)
    }
}
