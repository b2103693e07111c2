// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// A set that a parameter has to stay in, and the smooth map onto it from
/// unconstrained numbers, in which samplers move.
///
/// The unconstrained coordinates and the Jacobians are Stan's (reference
/// manual, "Constraint transforms"), so unconstrained points, inverse metrics
/// and log densities can be exchanged with Stan programs.
///
///     let positive = Constraint.lower(0)
///     let share = Constraint.simplex      // of a vector
///
/// Bounds, offsets and multipliers are scalars or have the parameter's shape,
/// and may be parameters themselves.
public enum Constraint {
    /// Any real numbers.
    case none
    /// Each entry above the bound (Stan's `lower=`).
    case lower(Traced)
    /// Each entry below the bound (Stan's `upper=`).
    case upper(Traced)
    /// Each entry between the bounds (Stan's `lower=, upper=`).
    case lowerUpper(Traced, Traced)
    /// Any real numbers, sampled as (x − offset) / multiplier: no constraint
    /// but a change of location and scale (Stan's `offset=, multiplier=`).
    case offsetMultiplier(Traced, Traced)
    /// A vector of positive numbers with sum 1.
    case simplex
    /// A vector of increasing numbers.
    case ordered
    /// A vector of increasing positive numbers.
    case positiveOrdered
    /// A vector of Euclidean norm 1.
    case unitVector
    /// A vector with sum 0, or a matrix whose rows and columns have sum 0.
    case sumToZero
    /// The Cholesky factor of a correlation matrix.
    case choleskyCorrelation
    /// A correlation matrix.
    case correlation
    /// A covariance matrix.
    case covariance
    /// The Cholesky factor of a covariance matrix, or the first columns of
    /// one: lower triangular with a positive diagonal, rows ≥ columns.
    case choleskyCovariance
}

extension Constraint {
    /// The number of unconstrained coordinates of a constrained value.
    ///
    /// Throws a `ConstraintError` when the constraint has no value of that
    /// shape, such as a correlation matrix that is not square.
    public func freeCount(for shape: Shape) throws(ConstraintError) -> Int {
        let n = shape.count
        switch (self, shape) {
        case (.none, _), (.lower, _), (.upper, _), (.lowerUpper, _), (.offsetMultiplier, _):
            return n
        case (.ordered, .vector), (.positiveOrdered, .vector): return n
        case (.simplex, .vector), (.sumToZero, .vector):
            guard n > 0 else { throw mismatch(shape, "have at least one entry") }
            return n - 1
        case (.sumToZero, .matrix(let rows, let columns)):
            guard n > 0 else { throw mismatch(shape, "have at least one entry") }
            return (rows - 1) * (columns - 1)
        case (.unitVector, .vector):
            guard n > 0 else { throw mismatch(shape, "have at least one entry") }
            return n
        case (.choleskyCorrelation, .matrix(let rows, let columns)),
            (.correlation, .matrix(let rows, let columns)):
            guard rows == columns else { throw mismatch(shape, "be square") }
            return rows * (rows - 1) / 2
        case (.covariance, .matrix(let rows, let columns)):
            guard rows == columns else { throw mismatch(shape, "be square") }
            return rows * (rows + 1) / 2
        case (.choleskyCovariance, .matrix(let rows, let columns)):
            guard rows >= columns else {
                throw mismatch(shape, "have at least as many rows as columns")
            }
            return columns * (columns + 1) / 2 + (rows - columns) * columns
        case (.simplex, _), (.sumToZero, _), (.unitVector, _), (.ordered, _),
            (.positiveOrdered, _):
            throw mismatch(shape, "be a vector")
        case (.choleskyCorrelation, _), (.correlation, _), (.covariance, _),
            (.choleskyCovariance, _):
            throw mismatch(shape, "be a matrix")
        }
    }

    private func mismatch(_ shape: Shape, _ requirement: String) -> ConstraintError {
        ConstraintError("a \(name) of shape \(shape) must \(requirement)")
    }

    /// The constraint's name in messages.
    var name: String {
        switch self {
        case .none: "real"
        case .lower, .upper, .lowerUpper: "bounded parameter"
        case .offsetMultiplier: "parameter with offset and multiplier"
        case .simplex: "simplex"
        case .ordered: "ordered vector"
        case .positiveOrdered: "positive ordered vector"
        case .unitVector: "unit vector"
        case .sumToZero: "sum-to-zero vector or matrix"
        case .choleskyCorrelation: "Cholesky factor of a correlation matrix"
        case .correlation: "correlation matrix"
        case .covariance: "covariance matrix"
        case .choleskyCovariance: "Cholesky factor of a covariance matrix"
        }
    }
}

/// A value, a bound or a shape that a constraint does not allow.
public struct ConstraintError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in one sentence without a full stop.
    public let description: String

    init(_ description: String) { self.description = description }
}
