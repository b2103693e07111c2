// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import LinearAlgebra

/// A number that carries its derivatives along two directions and the mixed
/// second one: a hyper-dual number (Fike and Alonso 2011).
///
/// Arithmetic and the functions below follow the chain rule exactly, so second
/// derivatives come without differences.
public struct Jet: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    public var value: Double
    var first: Double
    var second: Double
    var mixed: Double

    init(_ value: Double, _ first: Double, _ second: Double, _ mixed: Double) {
        self.value = value
        self.first = first
        self.second = second
        self.mixed = mixed
    }

    /// A constant.
    public init(_ value: Double) { self.init(value, 0, 0, 0) }
    public init(floatLiteral value: Double) { self.init(value) }
    public init(integerLiteral value: Int) { self.init(Double(value)) }

    /// The image under a function with this value and these derivatives.
    func image(_ f: Double, _ df: Double, _ ddf: Double) -> Jet {
        // 0·∞ must not spoil what does not depend on the variables.
        func times(_ a: Double, _ b: Double) -> Double { b == 0 ? 0 : a * b }
        return Jet(
            f, times(df, first), times(df, second),
            times(df, mixed) + times(ddf, first * second))
    }

    public static prefix func - (a: Jet) -> Jet { Jet(-a.value, -a.first, -a.second, -a.mixed) }
    public static func + (a: Jet, b: Jet) -> Jet {
        Jet(a.value + b.value, a.first + b.first, a.second + b.second, a.mixed + b.mixed)
    }
    public static func - (a: Jet, b: Jet) -> Jet { a + -b }
    public static func * (a: Jet, b: Jet) -> Jet {
        Jet(
            a.value * b.value, a.first * b.value + a.value * b.first,
            a.second * b.value + a.value * b.second,
            a.mixed * b.value + a.first * b.second + a.second * b.first + a.value * b.mixed)
    }
    public static func / (a: Jet, b: Jet) -> Jet {
        let r = 1 / b.value
        return a * b.image(r, -r * r, 2 * r * r * r)
    }
}

public func exp(_ x: Jet) -> Jet {
    let e = exp(x.value)
    return x.image(e, e, e)
}
public func log(_ x: Jet) -> Jet {
    x.image(log(x.value), 1 / x.value, -1 / (x.value * x.value))
}
public func sqrt(_ x: Jet) -> Jet {
    let s = x.value.squareRoot()
    return x.image(s, 0.5 / s, -0.25 / (s * x.value))
}
public func sin(_ x: Jet) -> Jet { x.image(sin(x.value), cos(x.value), -sin(x.value)) }
public func cos(_ x: Jet) -> Jet { x.image(cos(x.value), -sin(x.value), -cos(x.value)) }
public func tan(_ x: Jet) -> Jet {
    let t = tan(x.value)
    let d = 1 + t * t
    return x.image(t, d, 2 * t * d)
}
public func atan(_ x: Jet) -> Jet {
    let d = 1 / (1 + x.value * x.value)
    return x.image(atan(x.value), d, -2 * x.value * d * d)
}
public func sinh(_ x: Jet) -> Jet { x.image(sinh(x.value), cosh(x.value), sinh(x.value)) }
public func cosh(_ x: Jet) -> Jet { x.image(cosh(x.value), sinh(x.value), cosh(x.value)) }
public func tanh(_ x: Jet) -> Jet {
    let t = tanh(x.value)
    let d = 1 - t * t
    return x.image(t, d, -2 * t * d)
}
public func square(_ x: Jet) -> Jet { x * x }

/// A constant power; a whole one of a negative number too.
public func pow(_ x: Jet, _ p: Double) -> Jet {
    let first = p == 0 ? 0 : p * pow(x.value, p - 1)
    let second = p == 0 || p == 1 ? 0 : p * (p - 1) * pow(x.value, p - 2)
    return x.image(pow(x.value, p), first, second)
}
public func pow(_ x: Jet, _ y: Jet) -> Jet {
    y.first == 0 && y.second == 0 && y.mixed == 0 ? pow(x, y.value) : exp(y * log(x))
}

/// The matrix of all second derivatives, exact to rounding and symmetric.
///
///     try hessian(at: [1, 1]) { p in square(1 - p[0]) + 100 * square(p[1] - p[0] * p[0]) }
///
/// The function is called n(n + 1)/2 times. Throws what it throws.
public func hessian(
    at point: Vector, of function: ([Jet]) throws -> Jet
) throws -> Matrix {
    let n = point.count
    var result = Matrix.zeros(n, n)
    for i in 0..<n {
        for j in i..<n {
            let variables = (0..<n).map { k in
                Jet(point[k], k == i ? 1 : 0, k == j ? 1 : 0, 0)
            }
            let mixed = try function(variables).mixed
            result[i, j] = mixed
            result[j, i] = mixed
        }
    }
    return result
}

/// The sum of the second derivatives along the axes: the trace of the Hessian.
public func laplacian(
    at point: Vector, of function: ([Jet]) throws -> Jet
) throws -> Double {
    var sum = 0.0
    for i in point.indices {
        let variables = point.indices.map { k in
            Jet(point[k], k == i ? 1 : 0, k == i ? 1 : 0, 0)
        }
        sum += try function(variables).mixed
    }
    return sum
}
