// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The Wishart distribution of covariance matrices: of Σ x xᵀ over ν normal vectors of
/// covariance S, for any real ν > d − 1.
///
/// Density |X|^((ν − d − 1)/2) exp(−½ tr(S⁻¹ X))/(2^(νd/2) |S|^(ν/2) Γ_d(ν/2)) over the lower
/// triangle. Stan: `wishart(nu, S)`.
///
///     let d = try Wishart(degreesOfFreedom: 5, scale: [[1, 0.5], [0.5, 2]])
///     d.mean                                  // 5 S
///
/// Source: Anderson, An Introduction to Multivariate Statistical Analysis, ch. 7.
public struct Wishart: FactoredMatrixDistribution, Hashable {
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
        self.degreesOfFreedom = try Self.checked(degreesOfFreedom, size: scaleFactor.count)
    }

    static func checked(_ nu: Double, size: Int) throws(ParameterError) -> Double {
        guard nu > Double(size - 1), nu < .infinity else {
            throw ParameterError("degreesOfFreedom", is: nu, mustBe: "above \(size - 1), finite")
        }
        return nu
    }

    public var description: String {
        "Wishart(degreesOfFreedom: \(degreesOfFreedom), scale: \(scale))"
    }
    public var size: Int { scaleFactor.count }
    public var scale: [[Double]] { Rows.square(scaleFactor) }
    private var d: Double { Double(size) }
    private var nu: Double { degreesOfFreedom }
    public var mean: [[Double]] { Rows.scaled(scale, by: nu) }
    /// NaN unless ν ≥ d + 1.
    public var mode: [[Double]] { Rows.scaled(scale, by: nu >= d + 1 ? nu - d - 1 : .nan) }
    /// Of each entry.
    public var variance: [[Double]] {
        let s = scale
        return s.indices.map { i in
            s.indices.map { j in nu * (s[i][j] * s[i][j] + s[i][i] * s[j][j]) }
        }
    }
    /// E log |X|.
    public var meanLogDeterminant: Double {
        (0..<size).reduce(d * log(2) + Rows.logDeterminant(scaleFactor)) {
            $0 + digamma(0.5 * (nu - Double($1)))
        }
    }
    public var entropy: Double {
        logNormalizer - 0.5 * (nu - d - 1) * meanLogDeterminant + 0.5 * nu * d
    }
    private var logNormalizer: Double {
        0.5 * nu * (d * log(2) + Rows.logDeterminant(scaleFactor))
            + logMultivariateGamma(0.5 * nu, size)
    }

    public func logDensity(factor l: [[Double]]) -> Double {
        0.5 * (nu - d - 1) * Rows.logDeterminant(l) - 0.5 * Rows.trace(scaleFactor, l)
            - logNormalizer
    }

    public func sampleFactor(using generator: RandomGenerator) -> [[Double]] {
        Rows.fromColumns(
            generator.wishartFactor(nu, scaleFactor: Rows.columns(scaleFactor), size: size), size)
    }
}

/// The distribution of the lower Cholesky factor of a Wishart matrix.
///
/// Stan: `wishart_cholesky(nu, L_S)`.
public struct WishartCholesky: CholeskyFactorDistribution, Hashable {
    /// The distribution of L Lᵀ.
    public let squared: Wishart

    /// Throws `ParameterError` unless the scale's factor is lower triangular with a
    /// positive diagonal, and the degrees of freedom are above its size less 1.
    public init(degreesOfFreedom: Double, scaleFactor: [[Double]]) throws(ParameterError) {
        squared = try Wishart(degreesOfFreedom: degreesOfFreedom, scaleFactor: scaleFactor)
    }

    public var description: String {
        "WishartCholesky(degreesOfFreedom: \(squared.degreesOfFreedom),"
            + " scaleFactor: \(squared.scaleFactor))"
    }
}
