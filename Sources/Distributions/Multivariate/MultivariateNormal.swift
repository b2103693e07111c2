// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The multivariate normal distribution.
///
/// Density (2π)^(−d/2) |Σ|^(−½) exp(−½ (x − μ)ᵀ Σ⁻¹ (x − μ)). Stan:
/// `multi_normal(mu, Sigma)`, and `multi_normal_prec` and `multi_normal_cholesky`; R (package mvtnorm): `mvnorm(mean, sigma)`.
///
///     let d = try MultivariateNormal(mean: [0, 0], covariance: [[1, 0.8], [0.8, 1]])
///     d.logDensity([0.5, 0.5])
///
/// Source: Anderson, An Introduction to Multivariate Statistical Analysis.
public struct MultivariateNormal: Distribution, Hashable {
    public let mean: [Double]
    /// The covariance matrix, by rows.
    public let covariance: [[Double]]
    /// Its lower Cholesky factor, by rows.
    public let choleskyFactor: [[Double]]

    /// Throws `ParameterError` unless the covariance is a symmetric positive
    /// definite matrix of the size of the mean.
    public init(mean: [Double], covariance: [[Double]]) throws(ParameterError) {
        guard !mean.isEmpty, mean.allSatisfy(\.isFinite) else {
            throw ParameterError("mean", is: mean, mustBe: "a nonempty list of finite numbers")
        }
        let factor = try Rows.factor(covariance, size: mean.count, "covariance")
        self.mean = mean
        self.covariance = covariance
        choleskyFactor = factor
    }

    /// By the lower Cholesky factor of the covariance matrix.
    ///
    /// Throws `ParameterError` unless it is lower triangular of the size of the mean,
    /// with a positive diagonal.
    public init(mean: [Double], choleskyFactor: [[Double]]) throws(ParameterError) {
        guard !mean.isEmpty, mean.allSatisfy(\.isFinite) else {
            throw ParameterError("mean", is: mean, mustBe: "a nonempty list of finite numbers")
        }
        self.mean = mean
        self.choleskyFactor = try Rows.checkedFactor(
            choleskyFactor, size: mean.count, "choleskyFactor")
        covariance = Rows.square(choleskyFactor)
    }

    /// By the precision matrix, the inverse of the covariance.
    ///
    /// Throws `ParameterError` unless it is symmetric and positive definite of the size
    /// of the mean.
    public init(mean: [Double], precision: [[Double]]) throws(ParameterError) {
        let inverse = Rows.inverseFactor(
            try Rows.factor(precision, size: mean.count, "precision"))
        guard let inverse else {
            throw ParameterError("precision", is: precision, mustBe: "positive definite")
        }
        try self.init(mean: mean, choleskyFactor: inverse)
    }

    public var description: String {
        "MultivariateNormal(mean: \(mean), covariance: \(covariance))"
    }
    /// The number of components.
    public var dimension: Int { mean.count }
    private var logDeterminant: Double {
        mean.indices.reduce(0) { $0 + 2 * log(choleskyFactor[$1][$1]) }
    }
    public var mode: [Double] { mean }
    public var entropy: Double {
        Double(dimension) * (0.5 + halfLog2Pi) + 0.5 * logDeterminant
    }

    /// NaN unless x has as many components as the mean.
    public func logDensity(_ x: [Double]) -> Double {
        guard x.count == mean.count else { return .nan }
        let z = solveLower(choleskyFactor, zip(x, mean).map { $0 - $1 })
        let square = z.reduce(0) { $0 + $1 * $1 }
        return -0.5 * (square + logDeterminant) - Double(dimension) * halfLog2Pi
    }

    public func sample(using generator: RandomGenerator) -> [Double] {
        generator.normalVector(mean: mean) { choleskyFactor[$0][$1] }
    }

    /// Means, and covariances with n (not n − 1), of rows of data. The
    /// standard errors are those of the means, then of the lower triangle.
    public static func fit(_ data: [[Double]]) throws -> Fit<MultivariateNormal> {
        guard let first = data.first, !first.isEmpty, data.count > first.count else {
            throw ParameterError(
                "number of data", is: data.count, mustBe: "more than the number of components")
        }
        for (i, row) in data.enumerated() {
            guard row.count == first.count, row.allSatisfy(\.isFinite) else {
                throw ParameterError(
                    "data[\(i)]", is: row, mustBe: "\(first.count) finite numbers")
            }
        }
        let n = Double(data.count)
        let d = first.indices
        let mean = d.map { j in data.reduce(0) { $0 + $1[j] } / n }
        let covariance = d.map { i in
            d.map { j in
                data.reduce(0) { $0 + ($1[i] - mean[i]) * ($1[j] - mean[j]) } / n
            }
        }
        let fitted = try MultivariateNormal(mean: mean, covariance: covariance)
        var parameters: [(name: String, value: Double, error: Double)] = d.map {
            ("mean[\($0)]", mean[$0], (covariance[$0][$0] / n).squareRoot())
        }
        for i in d {
            for j in 0...i {
                let c = covariance[i][j]
                let error = ((covariance[i][i] * covariance[j][j] + c * c) / n).squareRoot()
                parameters.append(("covariance[\(i), \(j)]", c, error))
            }
        }
        return Fit(
            fitted, parameters,
            logLikelihood: data.reduce(0) { $0 + fitted.logDensity($1) }, count: data.count)
    }
}

extension MultivariateNormal: TracedDensity {
    public static let stanName = "multi_normal"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let covariance = parameters[1]
        guard covariance.shape.rows == covariance.shape.columns else { return Traced(.nan) }
        return MultivariateNormalCholesky.logDensity(
            x, [parameters[0], cholesky(covariance)], droppingConstants: droppingConstants)
    }
}
