// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Foundation

extension Constraint {
    /// How far a sum, a norm or a symmetric entry may be from what it must be:
    /// Stan's tolerance.
    static let tolerance = 1e-8

    /// The unconstrained coordinates of a value: the inverse of `constrain`.
    ///
    /// - `values`: the entries in column-major order.
    /// - `name`: what to call the value in errors.
    ///
    /// Throws a `ConstraintError` for a value outside the constraint or on its
    /// boundary (which has no coordinates), and for bounds that are not known
    /// numbers.
    public func unconstrain(
        _ values: [Double], shape: Shape, name: String = "the value"
    ) throws(ConstraintError) -> [Double] {
        _ = try freeCount(for: shape)
        guard values.count == shape.count else {
            throw ConstraintError(
                "\(name) has \(values.count) entries, but its shape is \(shape)")
        }
        let value = ConstrainedValue(values: values, rows: shape.rows, name: name)
        for i in values.indices where !values[i].isFinite {
            throw value.outside(i, "finite")
        }
        let infinity = Traced(.infinity)
        switch self {
        case .none: return values
        case .lower(let bound):
            return try value.unbounded(try known(bound, values), try known(infinity, values))
        case .upper(let bound):
            return try value.unbounded(try known(-infinity, values), try known(bound, values))
        case .lowerUpper(let lower, let upper):
            return try value.unbounded(try known(lower, values), try known(upper, values))
        case .offsetMultiplier(let offset, let multiplier):
            let offsets = try known(offset, values)
            let multipliers = try known(multiplier, values)
            return values.indices.map { (values[$0] - offsets[$0]) / multipliers[$0] }
        case .ordered: return try value.steps(positive: false)
        case .positiveOrdered: return try value.steps(positive: true)
        case .simplex: return try value.logRatios()
        case .sumToZero:
            guard case .matrix(let rows, let columns) = shape else {
                return try value.zeroSumCoordinates()
            }
            return try value.zeroSumCoordinates(rows, columns)
        case .unitVector: return try value.direction()
        case .choleskyCorrelation:
            return try value.partialCorrelations(ofFactor: value.checkedFactor(unitRows: true))
        case .correlation: return try value.partialCorrelationsByColumn()
        case .covariance: return try value.logTriangle(of: value.factored())
        case .choleskyCovariance:
            return try value.logTriangle(of: value.checkedFactor(unitRows: false))
        }
    }

    /// The entries of a bound that is a known number or array.
    private func known(
        _ bound: Traced, _ values: [Double]
    ) throws(ConstraintError) -> [Double] {
        guard let known = bound.constants else {
            throw ConstraintError("a bound depends on a parameter whose value is not known")
        }
        if known.count == values.count { return known }
        guard known.count == 1 else {
            throw ConstraintError(
                "a bound has \(known.count) entries, but the value has \(values.count)")
        }
        return [Double](repeating: known[0], count: values.count)
    }
}

/// A value on its way to unconstrained coordinates.
struct ConstrainedValue {
    let values: [Double]
    let rows: Int
    let name: String

    var columns: Int { rows == 0 ? 0 : values.count / rows }
    func entry(_ i: Int, _ j: Int) -> Double { values[i + j * rows] }

    /// The error for one entry; indices from 1, as in Stan and in the output.
    func outside(_ index: Int, _ requirement: String) -> ConstraintError {
        let place: String
        if columns > 1 {
            place = "\(name)[\(index % rows + 1),\(index / rows + 1)]"
        } else {
            place = values.count == 1 ? name : "\(name)[\(index + 1)]"
        }
        return ConstraintError("\(place) is \(values[index]), but must be \(requirement)")
    }

    func unbounded(_ lower: [Double], _ upper: [Double]) throws(ConstraintError) -> [Double] {
        var free: [Double] = []
        free.reserveCapacity(values.count)
        for i in values.indices {
            let x = values[i]
            guard x > lower[i] || lower[i] == -.infinity else {
                throw outside(i, "greater than \(lower[i])")
            }
            guard x < upper[i] || upper[i] == .infinity else {
                throw outside(i, "less than \(upper[i])")
            }
            switch (lower[i] == -.infinity, upper[i] == .infinity) {
            case (true, true): free.append(x)
            case (false, true): free.append(log(x - lower[i]))
            case (true, false): free.append(log(upper[i] - x))
            case (false, false): free.append(log(x - lower[i]) - log(upper[i] - x))
            }
        }
        return free
    }

    func steps(positive: Bool) throws(ConstraintError) -> [Double] {
        var free: [Double] = []
        var previous = positive ? 0 : -Double.infinity
        for i in values.indices {
            guard values[i] > previous else {
                throw outside(i, i == 0 ? "positive" : "greater than the entry before it")
            }
            free.append(previous == -.infinity ? values[i] : log(values[i] - previous))
            previous = values[i]
        }
        return free
    }

    func logRatios() throws(ConstraintError) -> [Double] {
        for i in values.indices where !(values[i] > 0) { throw outside(i, "positive") }
        try requireSum(1, "sum to 1")
        return Self.zeroSumCoordinates(values.map { log($0) })
    }

    func zeroSumCoordinates() throws(ConstraintError) -> [Double] {
        try requireSum(0, "sum to 0")
        return Self.zeroSumCoordinates(values)
    }

    func zeroSumCoordinates(
        _ rows: Int, _ columns: Int
    ) throws(ConstraintError) -> [Double] {
        for i in 0..<rows {
            let sum = (0..<columns).reduce(0) { $0 + entry(i, $1) }
            guard abs(sum) <= Constraint.tolerance else {
                throw ConstraintError(
                    "row \(i + 1) of \(name) must sum to 0, but its sum is \(sum)")
            }
        }
        for j in 0..<columns {
            let sum = (0..<rows).reduce(0) { $0 + entry($1, j) }
            guard abs(sum) <= Constraint.tolerance else {
                throw ConstraintError(
                    "column \(j + 1) of \(name) must sum to 0, but its sum is \(sum)")
            }
        }
        let free = Constraint.zeroSumCoordinates(Traced(values, .matrix(rows, columns)))
        return free.constants ?? []
    }

    private func requireSum(
        _ target: Double, _ requirement: String
    ) throws(ConstraintError) {
        let sum = values.reduce(0, +)
        guard abs(sum - target) <= Constraint.tolerance else {
            throw ConstraintError("\(name) must \(requirement), but its sum is \(sum)")
        }
    }

    /// The coordinates of z in Stan's basis of the vectors with sum 0:
    /// (z₁ + … + zₙ − n zₙ₊₁) / √(n (n + 1)). Any sum of z drops out.
    private static func zeroSumCoordinates(_ z: [Double]) -> [Double] {
        var sum = 0.0
        return z.indices.dropLast().map { i in
            sum += z[i]
            let n = Double(i + 1)
            return (sum - n * z[i + 1]) / (n * (n + 1)).squareRoot()
        }
    }

    func direction() throws(ConstraintError) -> [Double] {
        let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard abs(norm - 1) <= Constraint.tolerance else {
            throw ConstraintError("\(name) must have norm 1, but its norm is \(norm)")
        }
        return values
    }
}
