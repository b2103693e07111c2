// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Foundation
import Testing

@testable import Inference

/// Cases computed by stanli (Tests/Reference/constraints/make.py).
struct ConstraintCase: Decodable, Sendable, CustomTestStringConvertible {
    let constraint: String
    let shape: [Int]
    let arguments: [String: [Number]]
    let free, value, weights, weightedGradient: [Double]
    let logJacobian, weightedLogDensity: Double

    /// A JSON number, or "Infinity" and "-Infinity" as text.
    struct Number: Decodable, Sendable {
        let value: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                value = number
            } else {
                value = Double(try container.decode(String.self)) ?? .nan
            }
        }
    }

    static let all: [ConstraintCase] = {
        let file = referenceFolder.appending(path: "constraints/cases.json")
        guard let data = try? Data(contentsOf: file) else { return [] }
        return (try? JSONDecoder().decode([ConstraintCase].self, from: data)) ?? []
    }()

    var testDescription: String { "\(constraint)\(shape) at \(free)" }
    var form: Shape { shape.count == 2 ? .matrix(shape[0], shape[1]) : .vector(shape[0]) }

    func argument(_ name: String) -> Traced {
        let values = arguments[name]?.map(\.value) ?? []
        return values.count == 1 ? .init(values[0]) : .init(values)
    }

    func make() -> Constraint {
        switch constraint {
        case "lower": .lower(argument("lower"))
        case "upper": .upper(argument("upper"))
        case "lowerUpper": .lowerUpper(argument("lower"), argument("upper"))
        case "offsetMultiplier": .offsetMultiplier(argument("offset"), argument("multiplier"))
        case "ordered": .ordered
        case "positiveOrdered": .positiveOrdered
        case "simplex": .simplex
        case "sumToZero": .sumToZero
        case "unitVector": .unitVector
        case "choleskyCorrelation": .choleskyCorrelation
        case "correlation": .correlation
        case "covariance": .covariance
        case "choleskyCovariance": .choleskyCovariance
        default: .none
        }
    }

    /// Value and log Jacobian at unconstrained coordinates.
    func constrained(_ y: [Double]) throws -> (value: [Double], logJacobian: Double) {
        let function = try VectorFunction(dimension: y.count, at: y) { trace in
            let (x, jacobian) = try make().constrain(
                trace.input(.vector(y.count)), shape: form, trace: trace)
            return [x, jacobian]
        }
        let all = try function.evaluate(at: y)
        return (Array(all.dropLast()), all.last ?? .nan)
    }
}

let referenceFolder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Reference")

/// |a − b| ≤ tolerance · max(1, |b|)
func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    a == b || abs(a - b) <= tolerance * max(1, abs(b))
}

@Suite struct ConstraintTests {
    @Test func referenceIsThere() { #expect(ConstraintCase.all.count == 69) }

    @Test(arguments: ConstraintCase.all)
    func agreesWithStan(_ c: ConstraintCase) throws {
        #expect(try c.make().freeCount(for: c.form) == c.free.count)
        let (value, logJacobian) = try c.constrained(c.free)
        // The reference has the values as differences of log densities.
        let scale = c.value.map { abs($0) }.max() ?? 1
        let tolerance = 1e-14 * max(1, abs(c.logJacobian), scale)
        for (x, expected) in zip(value, c.value) {
            #expect(abs(x - expected) <= 4 * tolerance, "\(value) is not \(c.value)")
        }
        #expect(abs(logJacobian - c.logJacobian) <= 4 * tolerance)

        let density = try DifferentiableFunction(dimension: c.free.count, at: c.free) { trace in
            let (x, jacobian) = try c.make().constrain(
                trace.input(.vector(c.free.count)), shape: c.form, trace: trace)
            return dot(
                Traced(c.weights), x.reshaped(.vector(c.form.count))) + jacobian
        }
        let (log, gradient) = try density.valueAndGradient(at: c.free)
        #expect(isClose(log, c.weightedLogDensity, 1e-12 * max(1, scale)))
        for (g, expected) in zip(gradient, c.weightedGradient) {
            #expect(isClose(g, expected, 1e-11 * max(1, scale)), "\(gradient)")
        }
    }

    @Test(arguments: ConstraintCase.all)
    func roundTrip(_ c: ConstraintCase) throws {
        let (value, _) = try c.constrained(c.free)
        let back = try c.make().unconstrain(value, shape: c.form)
        // A unit vector comes back with length 1.
        let norm = c.constraint == "unitVector" ? sqrt(c.free.map { $0 * $0 }.reduce(0, +)) : 1
        #expect(back.count == c.free.count)
        for (y, expected) in zip(back, c.free) {
            #expect(isClose(y * norm, expected, 1e-7), "\(back) is not \(c.free)")
        }
    }

    /// The log Jacobian is that of the map: log |det| of the derivatives of the
    /// free entries, by the six-point central difference.
    @Test(arguments: ConstraintCase.all)
    func jacobianIsTheDeterminant(_ c: ConstraintCase) throws {
        guard c.constraint != "unitVector", c.constraint != "sumToZero", !c.free.isEmpty,
            c.free.allSatisfy({ abs($0) < 3 })
        else { return }
        let n = c.free.count
        // Entries that determine the others.
        let kept: [Int] = c.value.indices.filter { k in
            let (i, j) = (k % c.form.rows, k / c.form.rows)
            switch c.constraint {
            case "simplex": return k < n
            case "choleskyCorrelation", "correlation": return i > j
            case "covariance", "choleskyCovariance": return i >= j
            default: return true
            }
        }
        let h = 1e-2
        var matrix = [[Double]](repeating: [], count: n)
        for column in 0..<n {
            func value(_ steps: Double) throws -> [Double] {
                var y = c.free
                y[column] += steps * h
                return try c.constrained(y).value
            }
            let weights: [(Double, Double)] = [(1, 45.0 / 60), (2, -9.0 / 60), (3, 1.0 / 60)]
            var derivative = [Double](repeating: 0, count: n)
            for (steps, weight) in weights {
                let (above, below) = (try value(steps), try value(-steps))
                for (row, k) in kept.enumerated() {
                    derivative[row] += weight * (above[k] - below[k]) / h
                }
            }
            for row in 0..<n { matrix[row].append(derivative[row]) }
        }
        let jacobian = try c.constrained(c.free).logJacobian
        let determinant = logAbsoluteDeterminant(matrix)
        #expect(abs(determinant - jacobian) < 2e-9 * max(1, abs(jacobian)))
    }

    private func logAbsoluteDeterminant(_ matrix: [[Double]]) -> Double {
        var a = matrix
        var total = 0.0
        for j in a.indices {
            let pivot = (j..<a.count).max { abs(a[$0][j]) < abs(a[$1][j]) } ?? j
            a.swapAt(j, pivot)
            total += log(abs(a[j][j]))
            for i in (j + 1)..<max(a.count, j + 1) {
                let factor = a[i][j] / a[j][j]
                for k in j..<a.count { a[i][k] -= factor * a[j][k] }
            }
        }
        return total
    }

    /// Far from 0 the values reach their limits and the Jacobians stay finite.
    @Test(arguments: [-700.0, -40, 40, 700])
    func extremes(_ y: Double) throws {
        let two = try DifferentiableFunction(dimension: 1, at: [y]) { trace in
            try Constraint.lowerUpper(0, 1).constrain(
                trace.input(), shape: .scalar, trace: trace
            ).logJacobian
        }
        let (value, gradient) = try two.valueAndGradient(at: [y])
        #expect(isClose(value, -abs(y), 1e-15))
        #expect(isClose(gradient[0], y > 0 ? -1 : 1, 1e-15))
        let factor = try DifferentiableFunction(dimension: 1, at: [y]) { trace in
            try Constraint.choleskyCorrelation.constrain(
                trace.input(.vector(1)), shape: .matrix(2, 2), trace: trace
            ).logJacobian
        }
        // 2 log sech y
        let (log, slope) = try factor.valueAndGradient(at: [y])
        #expect(isClose(log, 2 * (0.6931471805599453 - abs(y)), 1e-15))
        #expect(isClose(slope[0], y > 0 ? -2 : 2, 1e-15))
    }

    @Test func boundsThatAreParameters() throws {
        // x > a with a free, then b > x: the densities of a chain of bounds.
        let f = try DifferentiableFunction(dimension: 2, at: [0.3, -0.2]) { trace in
            let a = trace.input()
            let (x, jacobian) = try Constraint.lowerUpper(a, a + 2).constrain(
                trace.input(), shape: .scalar, trace: trace)
            return x + jacobian
        }
        let s = 1 / (1 + exp(0.2))
        let (value, gradient) = try f.valueAndGradient(at: [0.3, -0.2])
        #expect(isClose(value, 0.3 + 2 * s + log(2 * s * (1 - s)), 1e-14))
        #expect(isClose(gradient[0], 1, 1e-14))
        #expect(isClose(gradient[1], 2 * s * (1 - s) + 1 - 2 * s, 1e-14))

        let crossed = try DifferentiableFunction(dimension: 2, at: [0.3, 0]) { trace in
            let a = trace.input()
            return try Constraint.lowerUpper(a, 1).constrain(
                trace.input(), shape: .scalar, trace: trace
            ).logJacobian
        }
        #expect(throws: Rejection.self) { try crossed.valueAndGradient(at: [1.5, 0]) }
        #expect(throws: Never.self) { try crossed.valueAndGradient(at: [0.5, 0]) }
    }

    @Test func errors() {
        func message(_ constraint: Constraint, _ x: [Double], _ shape: Shape) -> String {
            do {
                return "\(try constraint.unconstrain(x, shape: shape, name: "x"))"
            } catch { return error.description }
        }
        let table: [(Constraint, [Double], Shape, String)] = [
            (.lower(0), [-1], .scalar, "x is -1.0, but must be greater than 0.0"),
            (.lower(0), [1, 0], .vector(2), "x[2] is 0.0, but must be greater than 0.0"),
            (.upper(2), [3], .scalar, "x is 3.0, but must be less than 2.0"),
            (.none, [.nan], .scalar, "x is nan, but must be finite"),
            (.simplex, [0.5, 0.4], .vector(2), "x must sum to 1, but its sum is 0.9"),
            (.simplex, [1.5, -0.5], .vector(2), "x[2] is -0.5, but must be positive"),
            (
                .ordered, [1, 1], .vector(2),
                "x[2] is 1.0, but must be greater than the entry before it"
            ),
            (.positiveOrdered, [-1, 1], .vector(2), "x[1] is -1.0, but must be positive"),
            (.unitVector, [3, 4], .vector(2), "x must have norm 1, but its norm is 5.0"),
            (.sumToZero, [1, 1], .vector(2), "x must sum to 0, but its sum is 2.0"),
            (
                .correlation, [1, 2, 2, 1], .matrix(2, 2),
                "x must be positive definite, but the leading block of size 2 is not"
            ),
            (
                .covariance, [1, 0.5, 0.2, 1], .matrix(2, 2),
                "x[1,2] is 0.2, but must be 0.5 (the matrix must be symmetric)"
            ),
            (
                .choleskyCovariance, [1, 0, 3, 1], .matrix(2, 2),
                "x[1,2] is 3.0, but must be 0 (the matrix must be lower triangular)"
            ),
            (
                .choleskyCorrelation, [1, 0, 0, 2], .matrix(2, 2),
                "row 2 of x must have norm 1, but its norm is 2.0"
            ),
            (.simplex, [], .vector(0), "a simplex of shape vector(0) must have at least one entry"),
            (
                .covariance, [1, 2], .matrix(2, 1),
                "a covariance matrix of shape matrix(2 × 1) must be square"
            ),
            (
                .lower(.init([1, 2])), [3, 4, 5], .vector(3),
                "a bound has 2 entries, but the value has 3"
            ),
            (.none, [1], .vector(2), "x has 1 entries, but its shape is vector(2)"),
        ]
        for (constraint, x, shape, expected) in table {
            #expect(message(constraint, x, shape) == expected)
        }
    }

    @Test func knownBoundsThatCrossAreErrors() {
        #expect(throws: ConstraintError.self) {
            try DifferentiableFunction(dimension: 1, at: [0]) { trace in
                try Constraint.lowerUpper(2, 1).constrain(
                    trace.input(), shape: .scalar, trace: trace
                ).value
            }
        }
        #expect(throws: ConstraintError.self) {
            try DifferentiableFunction(dimension: 1, at: [0]) { trace in
                try Constraint.offsetMultiplier(0, -1).constrain(
                    trace.input(), shape: .scalar, trace: trace
                ).value
            }
        }
    }
}
