// SPDX-License-Identifier: GPL-3.0-or-later

/// A complex number, in the adjoints of eigenvalues.
struct Complex {
    var real: Double
    var imaginary: Double

    static let zero = Complex(real: 0, imaginary: 0)

    var conjugate: Complex { Complex(real: real, imaginary: -imaginary) }
    var squaredNorm: Double { real * real + imaginary * imaginary }

    static func + (a: Complex, b: Complex) -> Complex {
        Complex(real: a.real + b.real, imaginary: a.imaginary + b.imaginary)
    }

    static func - (a: Complex, b: Complex) -> Complex {
        Complex(real: a.real - b.real, imaginary: a.imaginary - b.imaginary)
    }

    static func * (a: Complex, b: Complex) -> Complex {
        Complex(
            real: a.real * b.real - a.imaginary * b.imaginary,
            imaginary: a.real * b.imaginary + a.imaginary * b.real)
    }

    static func / (a: Complex, b: Complex) -> Complex {
        let norm = b.squaredNorm
        let product = a * b.conjugate
        return Complex(real: product.real / norm, imaginary: product.imaginary / norm)
    }

    static func += (a: inout Complex, b: Complex) { a = a + b }
}
