// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// What may stand in a model where a number or numbers are wanted: parameters
/// and what is computed from them, and data.
public protocol Quantity {
    /// The quantity for the engine: numbers as a scalar, arrays as a vector.
    var expression: Expression { get }
}

extension Expression: Quantity {
    public var expression: Expression { self }
}

extension Double: Quantity {
    public var expression: Expression { Expression(self) }
}

extension Int: Quantity {
    public var expression: Expression { Expression(Double(self)) }
}

extension Array: Quantity where Element: Quantity {
    public var expression: Expression {
        let parts = map(\.expression)
        guard parts.allSatisfy(\.isConstant) else { return .vector(parts.flatMap(\.elements)) }
        return Expression(parts.flatMap { $0.constants ?? [] })
    }
}

extension Expression {
    /// The entries with these indices (from 0), such as the intercept of the
    /// group of each observation.
    public subscript(indices: [Int]) -> Expression { gather(indices) }
}

// Data in formulas: `alpha + beta * x` with an array x.

public func + (a: Expression, b: [Double]) -> Expression { a + Expression(b) }
public func + (a: [Double], b: Expression) -> Expression { Expression(a) + b }
public func - (a: Expression, b: [Double]) -> Expression { a - Expression(b) }
public func - (a: [Double], b: Expression) -> Expression { Expression(a) - b }
public func * (a: Expression, b: [Double]) -> Expression { a * Expression(b) }
public func * (a: [Double], b: Expression) -> Expression { Expression(a) * b }
public func / (a: Expression, b: [Double]) -> Expression { a / Expression(b) }
public func / (a: [Double], b: Expression) -> Expression { Expression(a) / b }
