// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// What may stand in a model where a number or numbers are wanted: parameters
/// and what is computed from them, and data.
public protocol Quantity {
    /// The quantity for the engine: numbers as a scalar, arrays as a vector.
    var expression: Traced { get }
}

extension Traced: Quantity {
    public var expression: Traced { self }
}

extension Double: Quantity {
    public var expression: Traced { Traced(self) }
}

extension Int: Quantity {
    public var expression: Traced { Traced(Double(self)) }
}

extension Array: Quantity where Element: Quantity {
    public var expression: Traced {
        let parts = map(\.expression)
        guard parts.allSatisfy(\.isConstant) else { return .vector(parts.flatMap(\.elements)) }
        return Traced(parts.flatMap { $0.constants ?? [] })
    }
}

extension Traced {
    /// The entries with these indices (from 0), such as the intercept of the
    /// group of each observation.
    public subscript(indices: [Int]) -> Traced { gather(indices) }
}

// Data in formulas: `alpha + beta * x` with an array x.

public func + (a: Traced, b: [Double]) -> Traced { a + Traced(b) }
public func + (a: [Double], b: Traced) -> Traced { Traced(a) + b }
public func - (a: Traced, b: [Double]) -> Traced { a - Traced(b) }
public func - (a: [Double], b: Traced) -> Traced { Traced(a) - b }
public func * (a: Traced, b: [Double]) -> Traced { a * Traced(b) }
public func * (a: [Double], b: Traced) -> Traced { Traced(a) * b }
public func / (a: Traced, b: [Double]) -> Traced { a / Traced(b) }
public func / (a: [Double], b: Traced) -> Traced { Traced(a) / b }
