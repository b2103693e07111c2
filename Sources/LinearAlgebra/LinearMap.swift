// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation

/// A linear map between spaces of columns, given by its matrix.
///
///     let turn = LinearMap.rotation(by: .pi / 2)
///     try turn([1, 0])                       // [0, 1]
///     try turn.after(turn).matrix            // −1 on the diagonal
public struct LinearMap: Hashable, Sendable {
    public let matrix: Matrix

    public init(_ matrix: Matrix) { self.matrix = matrix }

    /// The dimension of the space it maps from.
    public var domain: Int { matrix.columns }
    /// The dimension of the space it maps into.
    public var codomain: Int { matrix.rows }

    public func callAsFunction(_ x: Vector) throws(ShapeError) -> Vector { try matrix * x }

    /// First the other map, then this one.
    public func after(_ other: LinearMap) throws(ShapeError) -> LinearMap {
        LinearMap(try matrix * other.matrix)
    }

    public var inverse: LinearMap { get throws { LinearMap(try matrix.inverse) } }
    public var rank: Int { get throws { try matrix.rank } }

    /// Orthonormal vectors that span what is mapped to 0, as columns.
    public var kernel: Matrix {
        get throws {
            // A wide matrix is padded so that V has all directions of the domain.
            var square = Matrix.zeros(max(codomain, domain), domain)
            for j in 0..<domain { for i in 0..<codomain { square[i, j] = matrix[i, j] } }
            let svd = try square.svd
            return try svd.v.block(rows: 0..<domain, columns: svd.rank()..<domain)
        }
    }

    /// Orthonormal vectors that span all images, as columns.
    public var image: Matrix {
        get throws {
            let svd = try matrix.svd
            return try svd.u.block(rows: 0..<codomain, columns: 0..<svd.rank())
        }
    }

    /// The matrix of the map when coordinates are taken in other bases, whose
    /// vectors are the columns given.
    public func matrix(from basis: Matrix, to other: Matrix) throws -> Matrix {
        try other.solve(matrix * basis)
    }

    // MARK: Of the plane

    /// Counter-clockwise, in radians.
    public static func rotation(by angle: Double) -> LinearMap {
        LinearMap(Matrix(unchecked: 2, 2, [cos(angle), sin(angle), -sin(angle), cos(angle)]))
    }

    /// (x, y) ↦ (x + factor·y, y).
    public static func shear(by factor: Double) -> LinearMap {
        LinearMap(Matrix(unchecked: 2, 2, [1, 0, factor, 1]))
    }

    // MARK: Of any dimension

    public static func scaling(by factors: Vector) -> LinearMap { LinearMap(.diagonal(factors)) }

    /// Across the hyperplane through 0 with this normal: 1 − 2·n·nᵀ.
    public static func reflection(normal: Vector) throws(NumericalError) -> LinearMap {
        let n = try normal.normalized()
        var matrix = Matrix.identity(n.count)
        for j in n.indices { for i in n.indices { matrix[i, j] -= 2 * n[i] * n[j] } }
        return LinearMap(matrix)
    }

    /// Onto the span of the columns, along its orthogonal complement.
    public static func projection(ontoColumnsOf matrix: Matrix) throws -> LinearMap {
        let basis = try LinearMap(matrix).image
        return LinearMap(try basis * basis.transposed)
    }
}
