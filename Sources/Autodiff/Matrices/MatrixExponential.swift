// SPDX-License-Identifier: GPL-3.0-or-later

/// The exponential of a square matrix.
package func matrixExponential(_ a: Traced) throws -> Traced {
    let n = a.shape.rows
    precondition(a.shape.columns == n, "the exponential of a \(a.shape)")
    if n == 0 { return a }
    if n == 1 { return exp(a) }
    let function = AdjointFunction(
        value: { x in MatrixExponential.value(ColumnMatrix(x, n, n)).values },
        adjoint: { x, _, adjoints in
            MatrixExponential.derivative(
                at: ColumnMatrix(x, n, n).transposed, ColumnMatrix(adjoints, n, n)
            ).values
        })
    return try Traced.external(
        function, a.reshaped(.vector(n * n)), .vector(n * n)
    ).reshaped(.matrix(n, n))
}

/// Scaling and squaring with Padé's approximant of degree 13 (Higham 2005, "The
/// scaling and squaring method for the matrix exponential revisited").
enum MatrixExponential {
    /// Below this norm the approximant is good to the last digit (Higham, table 2.3).
    private static let largestNorm = 5.371920351148152

    private static let coefficients: [Double] = [
        64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600,
        1_187_353_796_428_800, 129_060_195_264_000, 10_559_470_521_600, 670_442_572_800,
        33_522_128_640, 1_323_241_920, 40_840_800, 960_960, 16_380, 182, 1,
    ]

    static func value(_ a: ColumnMatrix) -> ColumnMatrix {
        let n = a.rows
        var norm = 0.0
        for c in 0..<n {
            var total = 0.0
            for r in 0..<n { total += abs(a[r, c]) }
            if !total.isFinite {
                return ColumnMatrix([Double](repeating: .nan, count: n * n), n, n)
            }
            norm = max(norm, total)
        }
        var squarings = 0
        while norm > largestNorm {
            norm /= 2
            squarings += 1
        }
        let scaled = Double(sign: .plus, exponent: -squarings, significand: 1) * a
        var result = approximant(scaled)
        for _ in 0..<squarings { result = result * result }
        return result
    }

    private static func approximant(_ a: ColumnMatrix) -> ColumnMatrix {
        let n = a.rows
        let b = coefficients
        let identity = ColumnMatrix.identity(n, n)
        let a2 = a * a
        let a4 = a2 * a2
        let a6 = a2 * a4
        func sum(_ i: Int) -> ColumnMatrix {
            b[i + 6] * a6 + b[i + 4] * a4 + b[i + 2] * a2 + b[i] * identity
        }
        let odd = a * (a6 * (b[13] * a6 + b[11] * a4 + b[9] * a2) + sum(1))
        let even = a6 * (b[12] * a6 + b[10] * a4 + b[8] * a2) + sum(0)
        let solution = Dense.solve((even - odd).values, (even + odd).values, n, n)
        return ColumnMatrix(solution, n, n)
    }

    /// Fréchet's derivative in a direction: the upper right block of the
    /// exponential of (A, E; 0, A).
    static func derivative(at a: ColumnMatrix, _ direction: ColumnMatrix) -> ColumnMatrix {
        let n = a.rows
        // The derivative is linear: a direction of the size of A needs no more scaling.
        let size = direction.values.reduce(0) { max($0, abs($1)) }
        if size == 0 { return direction }
        let weight = max(1, a.values.reduce(0) { max($0, abs($1)) }) / size
        var block = ColumnMatrix.identity(2 * n, 2 * n)
        for c in 0..<n {
            for r in 0..<n {
                block[r, c] = a[r, c]
                block[n + r, n + c] = a[r, c]
                block[n + r, c] = 0
                block[r, n + c] = weight * direction[r, c]
            }
        }
        let exponential = value(block)
        var result = direction
        for c in 0..<n {
            for r in 0..<n { result[r, c] = exponential[r, n + c] / weight }
        }
        return result
    }
}
