// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import LinearAlgebra

/// The derivative of a function of one variable, exact to rounding.
///
///     try derivative(at: 2) { x in x * x * x }          // 12
///
/// Throws what the function throws.
public func derivative(
    at x: Double, of function: @escaping @Sendable (Traced) throws -> Traced
) throws -> Double {
    let traced = try DifferentiableFunction(dimension: 1) { try function($0.input()) }
    return try traced.valueAndGradient(at: [x]).gradient[0]
}

/// The gradient of a function of a vector, exact to rounding.
///
///     try gradient(at: [3, 4]) { p in sqrt(square(p[0]) + square(p[1])) }   // [0.6, 0.8]
///
/// Throws what the function throws, and a `ShapeError` for an empty point.
public func gradient(
    at point: Vector, of function: @escaping @Sendable (Traced) throws -> Traced
) throws -> Vector {
    let dimension = try dimension(of: point, "gradient")
    let traced = try DifferentiableFunction(dimension: dimension) {
        try function($0.input(.vector(dimension)))
    }
    return Vector(try traced.valueAndGradient(at: point.elements).gradient)
}

/// The rate of change along a direction, whose length counts: the inner
/// product of the gradient and the direction. Give a direction of length 1 for
/// the slope.
public func directionalDerivative(
    at point: Vector, along direction: Vector,
    of function: @escaping @Sendable (Traced) throws -> Traced
) throws -> Double {
    try gradient(at: point, of: function).dot(direction)
}

/// The matrix of all first derivatives: row i holds the gradient of value i.
///
///     try jacobian(at: [2, 0]) { p in [p[0] * cos(p[1]), p[0] * sin(p[1])] }
public func jacobian(
    at point: Vector, of function: @escaping @Sendable (Traced) throws -> [Traced]
) throws -> Matrix {
    let dimension = try dimension(of: point, "Jacobian")
    let count = try VectorFunction(dimension: dimension) {
        try function($0.input(.vector(dimension)))
    }.evaluate(at: point.elements).count
    var result = Matrix.zeros(count, dimension)
    for i in 0..<count {
        let row = try gradient(at: point) { x in
            // A value may be an array: its entries count one by one.
            try function(x).flatMap(\.elements)[i]
        }
        for j in 0..<dimension { result[i, j] = row[j] }
    }
    return result
}

private func dimension(of point: Vector, _ operation: String) throws(ShapeError) -> Int {
    guard !point.isEmpty else {
        throw ShapeError(operation, left: "an empty point", requirement: "it needs a variable")
    }
    return point.count
}
