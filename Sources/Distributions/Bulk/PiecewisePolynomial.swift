// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import CVectorMath

/// A smooth function as polynomials of degree 11 on pieces of equal width, which knows
/// where it is not good: there, and outside, it is NaN.
struct PiecewisePolynomial {
    static let degree = 11
    static let pieces = 256

    private let low: Double
    private let width: Double
    private let density: Double
    /// Twelve a piece, from the constant on, in −1 … 1.
    private var coefficients: [Double]

    /// Interpolates in Chebyshev's points; a piece counts where the last coefficients
    /// have fallen to the rounding of the values.
    init(_ range: ClosedRange<Double>, _ f: (Double) -> Double) {
        let n = Self.degree + 1
        low = range.lowerBound
        let width = (range.upperBound - low) / Double(Self.pieces)
        density = 1 / width
        self.width = width
        coefficients = []
        coefficients.reserveCapacity(n * Self.pieces)
        for piece in 0..<Self.pieces {
            let middle = low + width * (Double(piece) + 0.5)
            let values = Self.nodes.map { f(middle + 0.5 * width * $0) }
            var chebyshev = [Double](repeating: 0, count: n)
            for k in 0..<n {
                var sum = 0.0
                for j in 0..<n { sum += values[j] * Self.cosines[k * n + j] }
                chebyshev[k] = sum * (k == 0 ? 1 : 2) / Double(n)
            }
            let size = max(1, abs(chebyshev[0]))
            let isGood = abs(chebyshev[n - 1]) + abs(chebyshev[n - 2]) < 2e-15 * size
            for j in 0..<n {
                var sum = 0.0
                for k in j..<n { sum += chebyshev[k] * Self.monomials[k * n + j] }
                coefficients.append(isGood ? sum : .nan)
            }
        }
    }

    private static let nodes: [Double] = (0...degree).map {
        cos(.pi * (Double($0) + 0.5) / Double(degree + 1))
    }
    /// Chebyshev's polynomials at the nodes.
    private static let cosines: [Double] = (0...degree).flatMap { k in
        (0...degree).map { cos(.pi * Double(k) * (Double($0) + 0.5) / Double(degree + 1)) }
    }
    /// Their coefficients.
    private static let monomials: [Double] = {
        let n = degree + 1
        var rows = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
        rows[0][0] = 1
        rows[1][1] = 1
        for k in 2..<n {
            for j in 0..<n {
                rows[k][j] = (j > 0 ? 2 * rows[k - 1][j - 1] : 0) - rows[k - 2][j]
            }
        }
        return rows.flatMap { $0 }
    }()

    /// Replaces n numbers by the function's values at them.
    func evaluate(_ n: Int, _ y: UnsafeMutablePointer<Double>) {
        coefficients.withUnsafeBufferPointer { all in
            guard let base = all.baseAddress else { return }
            let limit = Double(Self.pieces)
            for i in 0..<n {
                let place = (y[i] - low) * density
                guard place >= 0, place < limit else {
                    y[i] = .nan
                    continue
                }
                let piece = Int(place)
                let c = base + piece * (Self.degree + 1)
                // From the middle as above: the distance to `low` has lost digits.
                let t = 2 * (y[i] - (low + width * (Double(piece) + 0.5))) * density
                let s = t * t
                let q = s * s
                // Estrin's scheme
                let a = (c[0] + c[1] * t) + (c[2] + c[3] * t) * s
                let b = (c[4] + c[5] * t) + (c[6] + c[7] * t) * s
                let d = (c[8] + c[9] * t) + (c[10] + c[11] * t) * s
                y[i] = a + (b + d * q) * q
            }
        }
    }
}
