// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS
import Errors
import Foundation

extension Vector {
    /// The sum of the entries.
    public var sum: Double { elements.reduce(0, +) }

    /// The inner product.
    public func dot(_ other: Vector) throws(ShapeError) -> Double {
        guard count == other.count else {
            throw ShapeError(
                "inner product", left: shape, right: other.shape,
                requirement: "the lengths must be equal")
        }
        if count < 64 {
            var sum = 0.0
            for i in elements.indices { sum += elements[i] * other.elements[i] }
            return sum
        }
        _ = BLAS.ready
        return cblas_ddot(Int32(clamping: count), elements, 1, other.elements, 1)
    }

    /// The Euclidean length; neither overflows nor underflows on the way.
    public var norm: Double {
        guard elements.allSatisfy(\.isFinite) else {
            return elements.contains { $0.isNaN } ? .nan : .infinity
        }
        let largest = norm(.infinity)
        guard largest > 0 else { return 0 }
        if largest > 1e-140, largest < 1e140 {
            var sum = 0.0
            for x in elements { sum += x * x }
            return sum.squareRoot()
        }
        var sum = 0.0
        for x in elements {
            let scaled = x / largest
            sum += scaled * scaled
        }
        return largest * sum.squareRoot()
    }

    /// The p-norm for p ≥ 1 (NaN below); p = ∞ is the largest magnitude.
    public func norm(_ p: Double) -> Double {
        guard p >= 1 else { return .nan }
        if elements.contains(where: \.isNaN) { return .nan }
        let largest = elements.reduce(0) { Swift.max($0, $1.magnitude) }
        if p == .infinity || largest == 0 || largest.isInfinite { return largest }
        if p == 1 { return elements.reduce(0) { $0 + $1.magnitude } }
        return largest * pow(elements.reduce(0) { $0 + pow($1.magnitude / largest, p) }, 1 / p)
    }

    /// The vector of length 1 in the same direction; an error for 0.
    public func normalized() throws(NumericalError) -> Vector {
        let length = norm
        guard length > 0, length.isFinite else {
            throw NumericalError("normalized", "a vector of length \(length) has no direction")
        }
        return self / length
    }

    /// The angle to another vector in radians, 0…π.
    ///
    /// Through 2·atan2(|a/|a| − b/|b||, |a/|a| + b/|b||), which is accurate for
    /// all angles (Kahan 2006).
    public func angle(to other: Vector) throws -> Double {
        let a = try normalized()
        let b = try other.normalized()
        return 2 * atan2(try (a - b).norm, try (a + b).norm)
    }

    /// The cross product in three dimensions.
    public func cross(_ other: Vector) throws(ShapeError) -> Vector {
        guard count == 3, other.count == 3 else {
            throw ShapeError(
                "cross product", left: shape, right: other.shape,
                requirement: "both must have 3 entries")
        }
        let (a, b) = (elements, other.elements)
        return [
            a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0],
        ]
    }

    /// The part of this vector along another.
    public func projection(onto other: Vector) throws -> Vector {
        let direction = try other.normalized()
        return try dot(direction) * direction
    }

    /// The matrix of all products of an entry of this and one of the other.
    public func outer(_ other: Vector) -> Matrix {
        var result = Matrix.zeros(count, other.count)
        for j in 0..<other.count {
            for i in 0..<count { result[i, j] = elements[i] * other.elements[j] }
        }
        return result
    }
}

extension Vector: CustomStringConvertible {
    /// `[1, 0.333333, 2.5e-07]`, six significant digits, the middle of a long
    /// vector left out.
    public var description: String {
        let shown: [String] =
            count <= 20
            ? elements.map(NumberFormat.short)
            : elements.prefix(8).map(NumberFormat.short) + ["…"]
                + elements.suffix(4).map(NumberFormat.short)
        return "[\(shown.joined(separator: ", "))]"
    }
}

enum NumberFormat {
    /// Six significant digits, without trailing zeros.
    static func short(_ x: Double) -> String {
        guard x.isFinite, x != 0 else { return x == 0 ? "0" : "\(x)" }
        let exponent = Int(floor(log10(x.magnitude)))
        guard exponent > -300, exponent < 300 else { return "\(x)" }
        let scale = pow(10, Double(abs(5 - exponent)))
        let rounded =
            exponent <= 5 ? (x * scale).rounded() / scale : (x / scale).rounded() * scale
        let text = "\(rounded)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
