// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import LinearAlgebra
import Testing

@Suite struct DecompositionTests {
    static let shapes = [(1, 1), (2, 2), (5, 3), (3, 5), (30, 30), (40, 7)]

    @Test(arguments: shapes) func svdRebuilds(_ m: Int, _ n: Int) throws {
        let a = fixedMatrix(m, n)
        let svd = try a.svd
        let rebuilt = try svd.u * Matrix.diagonal(svd.values) * svd.v.transposed
        #expect(try (rebuilt - a).frobeniusNorm < 1e-14 * Double(m + n))
        try expectOrthonormal(svd.u)
        try expectOrthonormal(svd.v)
        // The four conditions of Moore and Penrose.
        let p = try a.pseudoInverse
        #expect(try (a * p * a - a).frobeniusNorm < 1e-11)
        #expect(try (p * a * p - p).frobeniusNorm < 1e-11 * max(1, p.frobeniusNorm))
        #expect(try (a * p).isSymmetric(tolerance: 1e-11))
        #expect(try (p * a).isSymmetric(tolerance: 1e-11))
    }

    @Test(arguments: shapes) func qrRebuilds(_ m: Int, _ n: Int) throws {
        let a = fixedMatrix(m, n, seed: 3)
        let qr = try a.qr
        #expect(try (qr.q * qr.r - a).frobeniusNorm < 1e-14 * Double(m + n))
        try expectOrthonormal(qr.q)
        #expect(qr.r.diagonal.allSatisfy { $0 >= 0 })
    }

    @Test func luRebuilds() throws {
        let a = fixedMatrix(12, 12, seed: 4)
        let lu = try a.lu
        let product = try lu.lower * lu.upper
        for (i, row) in lu.permutation.enumerated() {
            #expect(try (product.row(i) - a.row(row)).norm < 1e-14)
        }
        let x = try a.solve([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
        #expect(try (a * x - Vector((1...12).map(Double.init))).norm < 1e-12)
        #expect(try (a * a.inverse - .identity(12)).frobeniusNorm < 1e-12)
    }

    @Test func determinants() throws {
        #expect(try Matrix([[1, 2], [3, 4]]).determinant == -2)
        #expect(try Matrix([[1, 2], [2, 4]]).determinant == 0)
        #expect(try Matrix([[0, 1], [1, 0]]).determinant == -1)
        #expect(try Matrix.zeros(0, 0).determinant == 1)
        let (sign, log) = try Matrix.diagonal(Vector(repeating: -1e-200, count: 3)).logDeterminant
        #expect(sign == -1 && (log / 3 + 460.51701859880916).magnitude < 1e-12)
    }

    @Test func choleskySolves() throws {
        let b = fixedMatrix(6, 9)
        let a = try b * b.transposed
        let cholesky = try a.cholesky
        #expect(try (cholesky.lower * cholesky.lower.transposed - a).frobeniusNorm < 1e-13)
        let x = try cholesky.solve([1, 0, 0, 0, 0, 2])
        #expect(try (a * x - [1, 0, 0, 0, 0, 2]).norm < 1e-11)
        #expect(try (cholesky.logDeterminant - a.logDeterminant.logMagnitude).magnitude < 1e-11)
    }

    @Test func eigenvectors() throws {
        for a in [fixedMatrix(9, 9), try fixedMatrix(9, 9) + fixedMatrix(9, 9).transposed] {
            let e = try a.eigen
            let (v, w) = (e.vectors, e.imaginaryVectors)
            let (d, f) = (Matrix.diagonal(e.values), Matrix.diagonal(e.imaginaryParts))
            // A(v + iw) = (v + iw)(d + if)
            #expect(try (a * v - (v * d - w * f)).frobeniusNorm < 1e-12)
            #expect(try (a * w - (v * f + w * d)).frobeniusNorm < 1e-12)
            #expect(try (e.values.sum - a.trace).magnitude < 1e-13)
            #expect(zip(e.values, e.values.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test func singularIsAnErrorWithANumber() throws {
        var hilbert = Matrix.zeros(14, 14)
        for i in 0..<14 { for j in 0..<14 { hilbert[i, j] = 1 / Double(i + j + 1) } }
        for (a, text) in [
            (hilbert, "condition number is about"),
            (try Matrix([[1, 2], [2, 4]]), "condition number is infinite"),
        ] {
            do {
                _ = try a.solve(Vector(repeating: 1, count: a.rows))
                Issue.record("\(a.shape) was solved")
            } catch let error as NumericalError {
                #expect(error.reason.contains(text), "\(error)")
            }
            #expect(throws: NumericalError.self) { try a.inverse }
            #expect(throws: Never.self) { try a.leastSquares(Vector(repeating: 1, count: a.rows)) }
        }
        #expect(try Matrix([[1, 2], [2, 4]]).rank == 1)
        #expect(try Matrix.zeros(3, 2).rank == 0)
    }

    @Test func badMatrices() {
        let nan = Matrix.identity(3).map { $0 == 1 ? .nan : 0 }
        #expect(throws: NumericalError.self) { try nan.eigen }
        #expect(throws: NumericalError.self) { try nan.svd }
        #expect(throws: NumericalError.self) { try nan.cholesky }
        #expect(throws: NumericalError.self) { try Matrix([[1, 2], [2, 1]]).cholesky }
        #expect(throws: NumericalError.self) { try Matrix([[1, 2], [0, 1]]).cholesky }
        #expect(throws: ShapeError.self) { try fixedMatrix(2, 3).eigen }
        #expect(throws: NumericalError.self) {
            try fixedMatrix(2, 2).leastSquares([.infinity, 1])
        }
    }

    @Test func nothingIsFine() throws {
        let empty = Matrix.zeros(0, 0)
        #expect(try empty.svd.condition == 1)
        #expect(try empty.eigen.values.isEmpty)
        #expect(try empty.inverse == empty)
        #expect(try empty.cholesky.determinant == 1)
        #expect(try empty.solve([]) == [])
        #expect(try Matrix.zeros(0, 3).leastSquares([]).solution == [0, 0, 0])
        #expect(try LinearMap(.zeros(0, 3)).kernel.columns == 3)
    }

    private func expectOrthonormal(_ q: Matrix) throws {
        #expect(try (q.transposed * q - .identity(q.columns)).frobeniusNorm < 1e-13)
    }
}

@Suite struct LinearMapTests {
    @Test func ofThePlane() throws {
        let turn = LinearMap.rotation(by: .pi / 6)
        #expect(try (turn.after(turn).after(turn)([1, 0]) - [0, 1]).norm < 1e-15)
        #expect(try LinearMap.shear(by: 2)([1, 1]) == [3, 1])
        #expect(try LinearMap.reflection(normal: [0, 3])([1, 1]) == [1, -1])
        #expect(try (turn.inverse([1, 0]) - [(0.75).squareRoot(), -0.5]).norm < 1e-15)
    }

    @Test func kernelAndImage() throws {
        let map = LinearMap(try Matrix([[1, 2, 3], [2, 4, 6]]))
        #expect(try map.kernel.columns == 2)
        #expect(try (map.matrix * map.kernel).frobeniusNorm < 1e-14)
        #expect(try map.image.columns == 1)
        #expect(try map.rank == 1)
        let projection = try LinearMap.projection(ontoColumnsOf: Matrix([[1], [1], [0]]))
        #expect(try (projection([1, 0, 5]) - [0.5, 0.5, 0]).norm < 1e-15)
        let basis = try Matrix([[1, 1], [0, 1]])
        let diagonal = try LinearMap(Matrix([[1, 1], [0, 2]])).matrix(from: basis, to: basis)
        #expect(try (diagonal - Matrix([[1, 0], [0, 2]])).frobeniusNorm < 1e-15)
    }
}
