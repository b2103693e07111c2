// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import LinearAlgebra
import Testing

/// The same numbers in (−1, 1) everywhere.
func fixedMatrix(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix {
    var state = seed
    var out = Matrix.zeros(rows, columns)
    for j in 0..<columns {
        for i in 0..<rows {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            out[i, j] = Double(state >> 11) / 4_503_599_627_370_496 - 1
        }
    }
    return out
}

@Suite struct MatrixTests {
    @Test func rowsAndColumns() throws {
        let a = try Matrix([[1, 2, 3], [4, 5, 6]])
        #expect(a.elements == [1, 4, 2, 5, 3, 6])
        #expect(a.row(1) == [4, 5, 6])
        #expect(a.column(2) == [3, 6])
        #expect(a.transposed.shape == "3×2")
        #expect(a.transposed.transposed == a)
        #expect(try a.block(rows: 0..<2, columns: 1..<2) == Matrix([[2], [5]]))
        #expect(try Matrix(columns: [[1, 4], [2, 5], [3, 6]]) == a)
        #expect(a.norm1 == 9 && a.normInfinity == 15)
        #expect(try Matrix([[1, 2], [3, 4]]).trace == 5)
    }

    @Test func valueSemantics() {
        let a = Matrix.identity(2)
        var b = a
        b[0, 1] = 7
        #expect(a[0, 1] == 0)
    }

    /// Sizes on both sides of where products pass to BLAS.
    @Test(arguments: [(1, 1, 1), (2, 3, 4), (8, 8, 8), (9, 8, 8), (40, 17, 23), (3, 0, 2)])
    func products(_ m: Int, _ k: Int, _ n: Int) throws {
        let a = fixedMatrix(m, k)
        let b = fixedMatrix(k, n, seed: 2)
        let product = try a * b
        for i in 0..<m {
            for j in 0..<n {
                let sum = (0..<k).reduce(0.0) { $0 + a[i, $1] * b[$1, j] }
                #expect((product[i, j] - sum).magnitude < 1e-14 * Double(k + 1))
            }
        }
        let x = Vector((0..<n).map { Double($0) - 1.5 })
        let twice = try a * (b * x)
        #expect(try (product * x - twice).norm < 1e-12)
        let y = Vector((0..<m).map { Double($0) + 0.5 })
        #expect(try ((y * product).dot(x) - y.dot(twice)).magnitude < 1e-11)
    }

    @Test func printing() throws {
        #expect(
            "\(try Matrix([[1, -0.5], [1.0 / 3, 100]]))" == "[       1  -0.5]\n[0.333333   100]")
        #expect("\(Vector([1, 1e-7, .nan]))" == "[1, 1e-07, nan]")
        #expect("\(Matrix.zeros(0, 3))" == "[0×3 matrix]")
        #expect("\(Matrix.zeros(50, 50))".split(separator: "\n").count == 20)
    }

    @Test func shapesAreNamed() {
        let a = fixedMatrix(2, 3)
        let b = fixedMatrix(2, 2)
        let message = { (body: () throws -> Void) in
            do { try body(); return "" } catch { return "\(error)" }
        }
        #expect(
            message { _ = try a * b }
                == "matrix product: the left side is 2×3 and the right side 2×2; "
                + "the columns of the left must be the rows of the right")
        #expect(message { _ = try a + b }.contains("2×3 and the right side 2×2"))
        #expect(message { _ = try a * [1, 2] }.contains("a vector of 2"))
        #expect(message { _ = try a.solve([1, 2]) }.contains("square"))
        #expect(message { _ = try Matrix([[1, 2], [3]]) }.contains("row 1 with 1"))
        #expect(message { _ = try a.block(rows: 0..<3, columns: 0..<1) }.contains("inside"))
        #expect(
            message { _ = try Matrix(rows: .max, columns: 2, elements: []) }.contains("elements"))
        #expect(message { _ = try Vector([1]) + Vector([1, 2]) }.contains("a vector of 1"))
    }
}

@Suite struct VectorTests {
    @Test func norms() {
        let v: Vector = [3, -4]
        #expect(v.norm == 5 && v.norm(1) == 7 && v.norm(.infinity) == 4)
        #expect(v.norm(0.5).isNaN)
        #expect(Vector([3e300, 4e300]).norm == 5e300)
        #expect((Vector([3e-300, 4e-300]).norm / 5e-300 - 1).magnitude < 1e-15)
        #expect(Vector([]).norm == 0)
        #expect(Vector([.nan, .infinity]).norm.isNaN)
        #expect(Vector([1, -.infinity]).norm == .infinity)
        #expect((v.norm(3) - 4.497941445275415).magnitude < 1e-14)
    }

    @Test func geometry() throws {
        let x: Vector = [1, 0, 0]
        let y: Vector = [0, 1, 0]
        #expect(try x.cross(y) == [0, 0, 1])
        #expect(try x.angle(to: y) == .pi / 2)
        // Where acos(a·b) would give 0.
        #expect(try (Vector([1, 1e-9]).angle(to: [1, 0]) - 1e-9).magnitude < 1e-24)
        #expect(try Vector([2, 2]).projection(onto: [1, 0]) == [2, 0])
        #expect(try Vector([1, 2]).outer([3, 4]) == Matrix([[3, 4], [6, 8]]))
        #expect(throws: NumericalError.self) { try Vector([0, 0]).normalized() }
        #expect(throws: ShapeError.self) { try Vector([1, 2]).cross([1, 2]) }
        let long = Vector((0..<1000).map { Double($0) })
        #expect(try long.dot(long) == 332_833_500)
    }
}
