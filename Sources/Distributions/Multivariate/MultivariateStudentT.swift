// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Student's t distribution of vectors.
///
/// Density Γ((ν + d)/2)/(Γ(ν/2) (νπ)^(d/2) |S|^½) (1 + (x − m)ᵀ S⁻¹ (x − m)/ν)^(−(ν + d)/2).
/// Stan: `multi_student_t(nu, mu, Sigma)` and `multi_student_t_cholesky`; R (package
/// mvtnorm): `mvt`.
///
///     let d = try MultivariateStudentT(
///         degreesOfFreedom: 4, location: [0, 0], scale: [[1, 0.8], [0.8, 1]])
///     d.covariance[0][0]                      // 2
///
/// Source: Kotz and Nadarajah, Multivariate t Distributions and Their Applications.
public struct MultivariateStudentT: Distribution, Hashable {
    public let degreesOfFreedom: Double
    public let location: [Double]
    /// The lower Cholesky factor of the scale matrix, by rows.
    public let scaleFactor: [[Double]]

    /// Throws `ParameterError` unless the degrees of freedom are positive, the location
    /// finite and the scale matrix symmetric and positive definite of its size.
    public init(
        degreesOfFreedom: Double, location: [Double], scale: [[Double]]
    ) throws(ParameterError) {
        try self.init(
            degreesOfFreedom: degreesOfFreedom, location: location,
            scaleFactor: Rows.factor(scale, size: location.count, "scale"))
    }

    /// By the lower Cholesky factor of the scale matrix.
    public init(
        degreesOfFreedom: Double, location: [Double], scaleFactor: [[Double]]
    ) throws(ParameterError) {
        guard !location.isEmpty, location.allSatisfy(\.isFinite) else {
            throw ParameterError("location", is: location, mustBe: "finite numbers, one or more")
        }
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        self.location = location
        self.scaleFactor = try Rows.checkedFactor(
            scaleFactor, size: location.count, "scaleFactor")
    }

    public var description: String {
        "MultivariateStudentT(degreesOfFreedom: \(degreesOfFreedom), location: \(location),"
            + " scale: \(scale))"
    }
    /// The number of components.
    public var dimension: Int { location.count }
    public var scale: [[Double]] { Rows.square(scaleFactor) }
    private var half: Double { 0.5 * Double(dimension) }
    /// NaN unless there is more than 1 degree of freedom.
    public var mean: [Double] {
        degreesOfFreedom > 1 ? location : location.map { _ in .nan }
    }
    public var mode: [Double] { location }
    /// Infinite up to 2 degrees of freedom, NaN up to 1.
    public var covariance: [[Double]] {
        let nu = degreesOfFreedom
        return Rows.scaled(scale, by: nu > 2 ? nu / (nu - 2) : nu > 1 ? .infinity : .nan)
    }
    public var entropy: Double {
        let nu = degreesOfFreedom
        return logNormalizer
            + (0.5 * nu + half) * digammaDifference(0.5 * nu, half)
    }
    private var logNormalizer: Double {
        half * log(degreesOfFreedom * .pi) - logRising(0.5 * degreesOfFreedom, half)
            + 0.5 * Rows.logDeterminant(scaleFactor)
    }

    /// NaN unless x has as many components as the location.
    public func logDensity(_ x: [Double]) -> Double {
        guard x.count == dimension else { return .nan }
        let z = solveLower(scaleFactor, zip(x, location).map { $0 - $1 })
        let square = z.reduce(0) { $0 + $1 * $1 }
        return -logNormalizer
            - (0.5 * degreesOfFreedom + half) * log1p(square / degreesOfFreedom)
    }

    public func sample(using generator: RandomGenerator) -> [Double] {
        let scale = generator.studentScale(degreesOfFreedom: degreesOfFreedom)
        return generator.normalVector(mean: location, scale: scale) { scaleFactor[$0][$1] }
    }
}
