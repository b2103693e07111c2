// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// A complex number: the value of a characteristic function.
public struct ComplexNumber: Hashable, Sendable, CustomStringConvertible {
    public var real: Double
    public var imaginary: Double

    public init(_ real: Double, _ imaginary: Double = 0) {
        self.real = real
        self.imaginary = imaginary
    }

    /// By its absolute value and its argument, in radians.
    public init(modulus: Double, argument: Double) {
        real = modulus * cos(argument)
        imaginary = modulus * sin(argument)
    }

    public var modulus: Double { hypot(real, imaginary) }
    /// From −π to π.
    public var argument: Double { atan2(imaginary, real) }

    public var description: String {
        "\(real) \(imaginary < 0 ? "-" : "+") \(abs(imaginary)) i"
    }
}
