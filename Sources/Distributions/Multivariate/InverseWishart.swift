// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The inverse Wishart distribution: of the inverse of a Wishart matrix whose scale is
/// the inverse of S.
///
/// Density |S|^(ν/2) |X|^(−(ν + d + 1)/2) exp(−½ tr(S X⁻¹))/(2^(νd/2) Γ_d(ν/2)) over the lower
/// triangle. Stan: `inv_wishart(nu, S)`.
///
///     let d = try InverseWishart(degreesOfFreedom: 5, scale: [[1, 0.5], [0.5, 2]])
///     d.mean                                  // S/2
///
/// Source: Anderson, An Introduction to Multivariate Statistical Analysis, section 7.7.
public struct InverseWishart: FactoredMatrixDistribution, Hashable {
    public let degreesOfFreedom: Double
    /// The lower Cholesky factor of the scale matrix, by rows.
    public let scaleFactor: [[Double]]

    /// Throws `ParameterError` unless the scale matrix is symmetric and positive
    /// definite, and the degrees of freedom are above its size less 1.
    public init(degreesOfFreedom: Double, scale: [[Double]]) throws(ParameterError) {
        try self.init(
            degreesOfFreedom: degreesOfFreedom, scaleFactor: Rows.factor(scale, "scale"))
    }

    /// By the lower Cholesky factor of the scale matrix.
    public init(degreesOfFreedom: Double, scaleFactor: [[Double]]) throws(ParameterError) {
        self.scaleFactor = try Rows.checkedFactor(scaleFactor, "scaleFactor")
        self.degreesOfFreedom = try Wishart.checked(degreesOfFreedom, size: scaleFactor.count)
    }

    public var description: String {
        "InverseWishart(degreesOfFreedom: \(degreesOfFreedom), scale: \(scale))"
    }
    public var size: Int { scaleFactor.count }
    public var scale: [[Double]] { Rows.square(scaleFactor) }
    private var d: Double { Double(size) }
    private var nu: Double { degreesOfFreedom }
    /// NaN unless ν > d + 1.
    public var mean: [[Double]] { Rows.scaled(scale, by: nu > d + 1 ? 1 / (nu - d - 1) : .nan) }
    public var mode: [[Double]] { Rows.scaled(scale, by: 1 / (nu + d + 1)) }
    /// Of each entry; NaN unless ν > d + 3.
    public var variance: [[Double]] {
        let (s, e) = (scale, nu - d)
        let divisor = e > 3 ? e * (e - 1) * (e - 1) * (e - 3) : .nan
        return s.indices.map { i in
            s.indices.map { j in
                ((e + 1) * s[i][j] * s[i][j] + (e - 1) * s[i][i] * s[j][j]) / divisor
            }
        }
    }
    /// E log |X|.
    public var meanLogDeterminant: Double {
        (0..<size).reduce(Rows.logDeterminant(scaleFactor) - d * log(2)) {
            $0 - digamma(0.5 * (nu - Double($1)))
        }
    }
    public var entropy: Double {
        logNormalizer + 0.5 * (nu + d + 1) * meanLogDeterminant + 0.5 * nu * d
    }
    private var logNormalizer: Double {
        0.5 * nu * (d * log(2) - Rows.logDeterminant(scaleFactor))
            + logMultivariateGamma(0.5 * nu, size)
    }

    public func logDensity(factor l: [[Double]]) -> Double {
        -0.5 * (nu + d + 1) * Rows.logDeterminant(l) - 0.5 * Rows.trace(l, scaleFactor)
            - logNormalizer
    }

    public func sampleFactor(using generator: RandomGenerator) -> [[Double]] {
        Rows.fromColumns(
            generator.inverseWishartFactor(
                nu, scaleFactor: Rows.columns(scaleFactor), size: size), size)
    }
}

/// The distribution of the lower Cholesky factor of an inverse Wishart matrix.
///
/// Stan: `inv_wishart_cholesky(nu, L_S)`.
public struct InverseWishartCholesky: CholeskyFactorDistribution, Hashable {
    /// The distribution of L Lᵀ.
    public let squared: InverseWishart

    /// Throws `ParameterError` unless the scale's factor is lower triangular with a
    /// positive diagonal, and the degrees of freedom are above its size less 1.
    public init(degreesOfFreedom: Double, scaleFactor: [[Double]]) throws(ParameterError) {
        squared = try InverseWishart(degreesOfFreedom: degreesOfFreedom, scaleFactor: scaleFactor)
    }

    public var description: String {
        "InverseWishartCholesky(degreesOfFreedom: \(squared.degreesOfFreedom),"
            + " scaleFactor: \(squared.scaleFactor))"
    }
}
