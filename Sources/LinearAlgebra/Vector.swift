// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors

/// A vector of real numbers, with value semantics. Indices start at 0.
///
///     let v: Vector = [3, 4]
///     v.norm                    // 5
///     try v + [1, 1]            // [4, 5]
public struct Vector: Hashable, Sendable, ExpressibleByArrayLiteral {
    public var elements: [Double]

    public init(_ elements: some Sequence<Double>) { self.elements = Array(elements) }
    public init(arrayLiteral elements: Double...) { self.elements = elements }
    public init(repeating value: Double, count: Int) {
        elements = [Double](repeating: value, count: Swift.max(count, 0))
    }

    /// Zeros.
    public static func zeros(_ count: Int) -> Vector { Vector(repeating: 0, count: count) }

    /// The unit vector along an axis.
    public static func unit(_ axis: Int, of count: Int) -> Vector {
        var vector = zeros(count)
        if vector.indices.contains(axis) { vector[axis] = 1 }
        return vector
    }

    var shape: String { "a vector of \(count)" }
}

extension Vector: RandomAccessCollection, MutableCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { elements.count }
    public subscript(i: Int) -> Double {
        get { elements[i] }
        set { elements[i] = newValue }
    }
}

// MARK: Arithmetic, entry by entry

extension Vector {
    func paired(
        _ other: Vector, _ name: String, _ operation: (Double, Double) -> Double
    ) throws(ShapeError) -> Vector {
        guard count == other.count else {
            throw ShapeError(
                name, left: shape, right: other.shape, requirement: "the lengths must be equal")
        }
        var result = elements
        for i in result.indices { result[i] = operation(elements[i], other.elements[i]) }
        return Vector(result)
    }

    public static func + (a: Vector, b: Vector) throws(ShapeError) -> Vector {
        try a.paired(b, "sum of vectors", +)
    }
    public static func - (a: Vector, b: Vector) throws(ShapeError) -> Vector {
        try a.paired(b, "difference of vectors", -)
    }
    /// The products of the entries; see ``dot(_:)`` for the inner product.
    public static func * (a: Vector, b: Vector) throws(ShapeError) -> Vector {
        try a.paired(b, "product of vectors", *)
    }
    public static func / (a: Vector, b: Vector) throws(ShapeError) -> Vector {
        try a.paired(b, "quotient of vectors", /)
    }

    public static prefix func - (a: Vector) -> Vector { Vector(a.elements.map { -$0 }) }
    public static func + (a: Vector, b: Double) -> Vector { Vector(a.elements.map { $0 + b }) }
    public static func + (a: Double, b: Vector) -> Vector { Vector(b.elements.map { a + $0 }) }
    public static func - (a: Vector, b: Double) -> Vector { Vector(a.elements.map { $0 - b }) }
    public static func - (a: Double, b: Vector) -> Vector { Vector(b.elements.map { a - $0 }) }
    public static func * (a: Vector, b: Double) -> Vector { Vector(a.elements.map { $0 * b }) }
    public static func * (a: Double, b: Vector) -> Vector { Vector(b.elements.map { a * $0 }) }
    public static func / (a: Vector, b: Double) -> Vector { Vector(a.elements.map { $0 / b }) }
    public static func / (a: Double, b: Vector) -> Vector { Vector(b.elements.map { a / $0 }) }
}
