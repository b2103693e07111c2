// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The matrix normal distribution: a matrix whose rows covary by one matrix U and
/// whose columns by another, V.
///
/// The entries Xᵢⱼ are normal with covariances Uᵢₖ Vⱼₗ. The scale is shared: U may be
/// multiplied and V divided by the same number.
///
///     let d = try MatrixNormal(
///         mean: [[0, 0, 0], [0, 0, 0]], rows: [[1, 0.5], [0.5, 1]],
///         columns: [[1, 0, 0], [0, 2, 0], [0, 0, 3]])
///
/// Source: Gupta and Nagar, Matrix Variate Distributions, ch. 2.
public struct MatrixNormal: Distribution, Hashable {
    public let mean: [[Double]]
    /// The lower Cholesky factors of the covariances of rows and of columns.
    public let rowFactor: [[Double]]
    public let columnFactor: [[Double]]

    /// Throws `ParameterError` unless the mean is a matrix of finite numbers and the
    /// covariances are symmetric and positive definite of its sizes.
    public init(
        mean: [[Double]], rows: [[Double]], columns: [[Double]]
    ) throws(ParameterError) {
        let width = mean.first?.count ?? 0
        guard width > 0, mean.allSatisfy({ $0.count == width && $0.allSatisfy(\.isFinite) })
        else { throw ParameterError("mean", is: mean, mustBe: "a matrix of finite numbers") }
        self.mean = mean
        rowFactor = try Rows.factor(rows, size: mean.count, "rows")
        columnFactor = try Rows.factor(columns, size: width, "columns")
    }

    public var description: String {
        "MatrixNormal(mean: \(mean), rows: \(Rows.square(rowFactor)),"
            + " columns: \(Rows.square(columnFactor)))"
    }
    public var rowCount: Int { rowFactor.count }
    public var columnCount: Int { columnFactor.count }
    public var mode: [[Double]] { mean }
    /// Of each entry.
    public var variance: [[Double]] {
        let (u, v) = (Rows.square(rowFactor), Rows.square(columnFactor))
        return u.indices.map { i in v.indices.map { u[i][i] * v[$0][$0] } }
    }
    /// Of two entries by row and column; NaN for a place outside.
    public func covariance(_ a: (Int, Int), _ b: (Int, Int)) -> Double {
        let (u, v) = (Rows.square(rowFactor), Rows.square(columnFactor))
        guard [a.0, b.0].allSatisfy(u.indices.contains), [a.1, b.1].allSatisfy(v.indices.contains)
        else { return .nan }
        return u[a.0][b.0] * v[a.1][b.1]
    }
    private var logDeterminant: Double {
        Double(columnCount) * Rows.logDeterminant(rowFactor)
            + Double(rowCount) * Rows.logDeterminant(columnFactor)
    }
    private var count: Double { Double(rowCount * columnCount) }
    public var entropy: Double { count * (0.5 + halfLog2Pi) + 0.5 * logDeterminant }

    /// NaN for a matrix of another size.
    public func logDensity(_ x: [[Double]]) -> Double {
        guard x.count == rowCount, x.allSatisfy({ $0.count == columnCount }) else { return .nan }
        // |L_U⁻¹ (X − M) L_V⁻ᵀ|²
        let columns = (0..<columnCount).map { j in
            solveLower(rowFactor, (0..<rowCount).map { x[$0][j] - mean[$0][j] })
        }
        var square = 0.0
        for i in 0..<rowCount {
            let row = solveLower(columnFactor, columns.map { $0[i] })
            square += row.reduce(0) { $0 + $1 * $1 }
        }
        return -0.5 * (square + logDeterminant) - count * halfLog2Pi
    }

    public func sample(using generator: RandomGenerator) -> [[Double]] {
        let z = (0..<rowCount).map { _ in
            generator.normalVector(mean: [Double](repeating: 0, count: columnCount)) {
                columnFactor[$0][$1]
            }
        }
        var x = mean
        for i in 0..<rowCount {
            for j in 0..<columnCount {
                for k in 0...i { x[i][j] += rowFactor[i][k] * z[k][j] }
            }
        }
        return x
    }
}
