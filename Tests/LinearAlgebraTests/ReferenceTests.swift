// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import LinearAlgebra
import Testing

/// Against 40-digit results (Tests/Reference/linear-algebra). Backward stable
/// algorithms err by about condition × ε, so bounds are multiples of ε times
/// the condition number the reference itself gives.
@Suite struct ReferenceTests {
    struct Case: CustomStringConvertible, Sendable {
        var name: String
        var matrix: Matrix
        var quantity: String
        var values: [Double]
        var condition: Double
        var description: String { "\(quantity) of \(name)" }
    }

    static let cases: [Case] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Reference/linear-algebra/decompositions.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        var cases: [Case] = []
        var conditions: [String: Double] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let f = line.split(separator: ",").map(String.init)
            func numbers(_ text: String) -> [Double] {
                text.split(separator: " ").compactMap { Double($0) }
            }
            guard f.count == 6, let rows = Int(f[1]), let columns = Int(f[2]),
                let matrix = try? Matrix(rows: rows, columns: columns, elements: numbers(f[3]))
            else { continue }
            let values = numbers(f[5])
            if f[4] == "singularValues" { conditions[f[0]] = values[0] / values[values.count - 1] }
            cases.append(
                Case(
                    name: f[0], matrix: matrix, quantity: f[4], values: values,
                    condition: conditions[f[0]] ?? .nan))
        }
        return cases
    }()

    @Test func theTableIsThere() { #expect(Self.cases.count == 91) }

    @Test(arguments: cases) func agrees(_ c: Case) throws {
        let eps = Double.ulpOfOne
        let size = Double(max(c.matrix.rows, c.matrix.columns))
        let found: [Double]
        var bound: Double
        switch c.quantity {
        case "singularValues":
            found = try c.matrix.svd.values.elements
            bound = 10 * size * eps * c.values[0]
        case "leastSquares":
            let right = Vector((0..<c.matrix.rows).map { Double($0 + 1) })
            let result = try c.matrix.leastSquares(right)
            found = result.solution.elements
            // With a residual the condition counts twice (Golub & Van Loan 5.3.8).
            bound =
                10 * size * eps * c.condition * Vector(c.values).norm
                * (c.matrix.rows > c.matrix.columns ? c.condition : 1)
        case "determinant":
            found = [try c.matrix.determinant]
            bound = 10 * size * eps * c.condition * c.values[0].magnitude
        case "eigenvaluesReal", "eigenvaluesImaginary":
            let eigen = try c.matrix.eigen
            found = (c.quantity == "eigenvaluesReal" ? eigen.values : eigen.imaginaryParts).elements
            // A double eigenvalue of a defective matrix is only known to √ε.
            bound =
                (c.name == "defective" ? eps.squareRoot() : 200 * size * eps)
                * c.matrix.frobeniusNorm
        default:
            found = try c.matrix.cholesky.lower.elements
            bound = 10 * size * eps * c.condition * c.matrix.frobeniusNorm.squareRoot()
        }
        #expect(found.count == c.values.count)
        for (a, b) in zip(found, c.values) {
            #expect((a - b).magnitude <= bound, "\(c): \(a), reference \(b)")
        }
    }

    /// Inverses of Hilbert matrices are whole numbers:
    /// (−1)^(i+j)(i+j+1)·C(n+i, n−j−1)·C(n+j, n−i−1)·C(i+j, i)².
    @Test(arguments: [2, 4, 6]) func inverseOfHilbert(_ n: Int) throws {
        func choose(_ n: Int, _ k: Int) -> Double {
            (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
        }
        var hilbert = Matrix.zeros(n, n)
        var exact = Matrix.zeros(n, n)
        for i in 0..<n {
            for j in 0..<n {
                hilbert[i, j] = 1 / Double(i + j + 1)
                let sign: Double = (i + j) % 2 == 0 ? 1 : -1
                let c = choose(i + j, i)
                exact[i, j] =
                    sign * Double(i + j + 1) * choose(n + i, n - j - 1) * choose(n + j, n - i - 1)
                    * c * c
            }
        }
        let condition = try hilbert.condition
        let error = try (hilbert.inverse - exact).frobeniusNorm / exact.frobeniusNorm
        #expect(error < condition * 2 * Double.ulpOfOne)
    }
}
