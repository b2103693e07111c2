// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

// Each formula is written so that nothing cancels for large coordinates: a
// sampler starts anywhere in (-2, 2) and may look as far as the doubles reach
// before it turns back.

extension Constraint {
    /// The constrained value of unconstrained coordinates, and the logarithm
    /// of the absolute Jacobian determinant of that map.
    ///
    /// - `free`: `freeCount(for: shape)` numbers, as a vector (or, for one
    ///   number, a scalar). For elementwise constraints in column-major order;
    ///   for the others in Stan's order.
    /// - `trace`: where the bounds' consistency is decided when they are not
    ///   known numbers.
    ///
    /// Throws `ConstraintError` for a shape or a known bound that is not
    /// allowed, and `Rejection` for a bound that is a parameter.
    public func constrain(
        _ free: Traced, shape: Shape, trace: Trace
    ) throws -> (value: Traced, logJacobian: Traced) {
        let count = try freeCount(for: shape)
        precondition(free.count == count, "\(free.count) coordinates for \(count)")
        switch self {
        case .none:
            return (free.reshaped(shape), 0)
        case .lower(let bound):
            return try bounded(free.reshaped(shape), bound, .init(.infinity), trace)
        case .upper(let bound):
            return try bounded(free.reshaped(shape), .init(-.infinity), bound, trace)
        case .lowerUpper(let lower, let upper):
            return try bounded(free.reshaped(shape), lower, upper, trace)
        case .offsetMultiplier(let offset, let multiplier):
            return try scaled(free.reshaped(shape), offset, multiplier, trace)
        default:
            let y = free.reshaped(.vector(count))
            switch self {
            case .ordered: return ordered(y, positive: false)
            case .positiveOrdered: return ordered(y, positive: true)
            case .simplex: return simplex(y)
            case .sumToZero:
                guard case .matrix(let rows, let columns) = shape else {
                    return (Self.zeroSum(y), 0)
                }
                return (Self.zeroSums(y, rows, columns), 0)
            case .unitVector: return try unitVector(y, trace)
            case .choleskyCorrelation: return choleskyCorrelation(y, shape.rows, byRow: true)
            case .correlation: return correlation(y, shape.rows)
            case .covariance: return covariance(y, shape.rows)
            default: return choleskyCovariance(y, shape.rows, shape.columns)
            }
        }
    }
}

// MARK: - Elementwise

extension Constraint {
    private func bounded(
        _ y: Traced, _ lower: Traced, _ upper: Traced, _ trace: Trace
    ) throws -> (value: Traced, logJacobian: Traced) {
        try require(lower, fits: y.shape, "lower bound")
        try require(upper, fits: y.shape, "upper bound")
        // Known infinite bounds bound nothing.
        let low = Self.sides(lower, absent: -.infinity)
        let high = Self.sides(upper, absent: .infinity)
        switch (low, high) {
        case (.absent, .absent): return (y, 0)
        case (.present, .absent):
            return (lower.constant == 0 ? exp(y) : exp(y) + lower, sum(y))
        case (.absent, .present): return (upper - exp(y), sum(y))
        case (.present, .present):
            try decide(
                trace, lower, .less, upper, "the lower bound must be less than the upper bound")
            let width = upper - lower
            let isUnit = lower.constant == 0 && upper.constant == 1
            let value = isUnit ? logistic(y) : lower + width * logistic(y)
            // log σ(y) + log σ(−y), and log σ(−y) = log σ(y) − y.
            return (value, sum(log(width) + (2 * logLogistic(y) - y)))
        default:
            // Infinite for some entries only: each entry for itself.
            var values: [Traced] = []
            var total: Traced = 0
            for i in 0..<y.count {
                let (value, jacobian) = try bounded(
                    y[i], lower.shape.isScalar ? lower : lower[i],
                    upper.shape.isScalar ? upper : upper[i], trace)
                values.append(value)
                total = total + jacobian
            }
            return (Traced.vector(values).reshaped(y.shape), total)
        }
    }

    private enum Side { case absent, present, mixed }

    private static func sides(_ bound: Traced, absent: Double) -> Side {
        guard let values = bound.constants else { return .present }
        if values.allSatisfy({ $0 == absent }) { return .absent }
        return values.contains(absent) ? .mixed : .present
    }

    private func scaled(
        _ y: Traced, _ offset: Traced, _ multiplier: Traced, _ trace: Trace
    ) throws -> (value: Traced, logJacobian: Traced) {
        try require(offset, fits: y.shape, "offset")
        try require(multiplier, fits: y.shape, "multiplier")
        try decide(trace, 0, .less, multiplier, "the multiplier must be positive")
        let repeats = multiplier.shape == y.shape ? 1 : Double(y.count)
        return (offset + multiplier * y, Traced(repeats) * sum(log(multiplier)))
    }

    private func require(_ bound: Traced, fits shape: Shape, _ what: String) throws {
        guard bound.shape.isScalar || bound.shape == shape else {
            throw ConstraintError(
                "the \(what) has shape \(bound.shape), but the parameter has shape \(shape)")
        }
    }

    /// Throws when the relation does not hold for every entry.
    private func decide(
        _ trace: Trace, _ a: Traced, _ relation: Relation, _ b: Traced, _ message: String
    ) throws {
        guard a.count > 0, b.count > 0 else { return }
        if let x = a.constants, let y = b.constants {
            for i in 0..<max(x.count, y.count) {
                let left = x.count == 1 ? x[0] : x[i]
                let right = y.count == 1 ? y[0] : y[i]
                guard left < right else {
                    let values = x == [0] ? "it is \(right)" : "they are \(left) and \(right)"
                    throw ConstraintError("\(message), but \(values)")
                }
            }
        } else if !trace.decide(minimum(b - a), .greater, 0) {
            throw Rejection(message)
        }
    }
}

// MARK: - Vectors

extension Constraint {
    private func ordered(
        _ y: Traced, positive: Bool
    ) -> (value: Traced, logJacobian: Traced) {
        let n = y.count
        guard n > 0 else { return (y, 0) }
        let steps = exp(y)
        let rest = n > 1 ? y.gather(Array(1..<n)) : Traced([])
        let first = positive ? steps[0] : y[0]
        var values = [first]
        for i in 1..<max(n, 1) { values.append(values[i - 1] + steps[i]) }
        return (.vector(values), positive ? sum(y) : sum(rest))
    }

    /// The softmax of the vector with sum 0: the inverse isometric log-ratio
    /// transform, Stan's since 2.37.
    private func simplex(_ y: Traced) -> (value: Traced, logJacobian: Traced) {
        let n = y.count + 1
        guard n > 1 else { return (Traced([1]), 0) }
        let z = Self.zeroSum(y)
        let norm = logSumExp(z)
        // √n Π xᵢ, and Σ zᵢ = 0.
        let logJacobian = log(Traced(Double(n).squareRoot())) - Traced(Double(n)) * norm
        return (exp(z - norm), logJacobian)
    }

    /// The vector with sum 0 and the given coordinates in Stan's orthonormal
    /// basis: coordinate n (from 1) moves entries 1…n by w = y / √(n (n + 1))
    /// and entry n + 1 by −n w.
    private static func zeroSum(_ y: Traced) -> Traced {
        let n = y.count
        guard n > 0 else { return Traced([0]) }
        let scales = (1...n).map { 1 / (Double($0) * Double($0 + 1)).squareRoot() }
        let w = y * Traced(scales)
        var values = [Traced](repeating: 0, count: n + 1)
        var suffix: Traced = 0
        for i in stride(from: n, through: 0, by: -1) {
            // Entry i: the sum of w from i on, minus i times the one before.
            if i < n { suffix = suffix + w[i] }
            values[i] = i > 0 ? suffix - Traced(Double(i)) * w[i - 1] : suffix
        }
        return .vector(values)
    }

    /// The same along rows and columns: B Y Cᵀ with the bases B and C.
    private static func zeroSums(_ y: Traced, _ rows: Int, _ columns: Int) -> Traced {
        if y.count == 0 {
            return Traced([Double](repeating: 0, count: rows * columns), .matrix(rows, columns))
        }
        let left = matmul(zeroSumBasis(rows), y.reshaped(.matrix(rows - 1, columns - 1)))
        return matmul(left, transpose(zeroSumBasis(columns)))
    }

    /// Stan's orthonormal basis of the vectors of n entries with sum 0, as columns.
    static func zeroSumBasis(_ n: Int) -> Traced {
        var basis = [Double](repeating: 0, count: n * (n - 1))
        for k in 1..<max(n, 1) {
            let scale = 1 / (Double(k) * Double(k + 1)).squareRoot()
            for i in 0..<k { basis[(k - 1) * n + i] = scale }
            basis[(k - 1) * n + k] = -Double(k) * scale
        }
        return Traced(basis, .matrix(n, n - 1))
    }

    private func unitVector(
        _ y: Traced, _ trace: Trace
    ) throws -> (value: Traced, logJacobian: Traced) {
        let squared = dot(y, y)
        guard trace.decide(squared, .greater, 0) else {
            throw Rejection("a unit vector needs coordinates that are not all 0")
        }
        // Not a Jacobian: a standard normal density makes the length, which
        // does not matter, a proper variable (Stan does the same).
        return (y / sqrt(squared), -0.5 * squared)
    }
}
