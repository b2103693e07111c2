// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The half-t distribution: the magnitude of a Student's t variable around 0.
///
/// Twice the density of Student's t with ν degrees of freedom and scale σ, for
/// x ≥ 0. Stan: `student_t(nu, 0, sigma)` of a parameter with `<lower=0>`; R
/// (package extraDistr): `ht(nu, sigma)`.
///
///     let spread = try HalfStudentT(degreesOfFreedom: 3, scale: 2.5)
///     spread.median                           // 1.912
///
/// Source: A. Gelman, "Prior distributions for variance parameters in
/// hierarchical models", Bayesian Analysis 1 (2006), 515.
public struct HalfStudentT: ContinuousDistribution, Hashable {
    public let degreesOfFreedom: Double
    public let scale: Double
    private let whole: StudentT

    /// Throws `ParameterError` unless the degrees of freedom and the scale are positive and
    /// finite.
    public init(degreesOfFreedom: Double, scale: Double = 1) throws(ParameterError) {
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        self.scale = try Parameter.positive(scale, "scale")
        whole = try StudentT(degreesOfFreedom: degreesOfFreedom, scale: scale)
    }

    public var description: String {
        "HalfStudentT(degreesOfFreedom: \(degreesOfFreedom), scale: \(scale))"
    }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    /// √(2/π) Γ((ν+1)/2)/(Γ(ν/2) √(ν/2)): the mean times (ν − 1)/ν.
    private var factor: Double {
        0.797_884_560_802_865_355_9 * exp(0.5 * logHalfStep(0.5 * degreesOfFreedom).value)
    }
    private var standardMean: Double {
        let nu = degreesOfFreedom
        return nu > 1 ? factor * (nu / (nu - 1)) : .infinity
    }
    private var standardVariance: Double {
        let nu = degreesOfFreedom
        guard nu > 2 else { return nu > 1 ? .infinity : .nan }
        return nu / (nu - 2) - standardMean * standardMean
    }
    public var mean: Double { scale * standardMean }
    public var variance: Double { scale * scale * standardVariance }
    public var skewness: Double {
        let nu = degreesOfFreedom
        guard nu > 3 else { return nu > 2 ? .infinity : .nan }
        let m = standardMean
        let third = m * (2 * nu / (nu - 3) - 3 * nu / (nu - 2) + 2 * m * m)
        return third / (standardVariance * standardVariance.squareRoot())
    }
    public var excessKurtosis: Double {
        let nu = degreesOfFreedom
        guard nu > 4 else { return nu > 3 ? .infinity : .nan }
        let s = standardMean * standardMean
        let fourth =
            3 * nu / (nu - 2) * (nu / (nu - 4))
            + s * (6 * nu / (nu - 2) - 8 * nu / (nu - 3) - 3 * s)
        return fourth / (standardVariance * standardVariance) - 3
    }
    public var mode: Double { 0 }
    public var entropy: Double { whole.entropy - logTwo }

    public func logDensity(_ x: Double) -> Double {
        x < 0 ? -.infinity : whole.logDensity(x) + logTwo
    }
    public func cdf(_ x: Double) -> Double {
        x <= 0 ? 0 : StudentT.magnitudeTail(x / scale, degreesOfFreedom, lower: true, log: false)
    }
    public func upperCDF(_ x: Double) -> Double {
        x <= 0 ? 1 : StudentT.magnitudeTail(x / scale, degreesOfFreedom, lower: false, log: false)
    }
    public func logCDF(_ x: Double) -> Double {
        if x <= 0 { return -.infinity }
        return StudentT.magnitudeTail(x / scale, degreesOfFreedom, lower: true, log: true)
    }
    public func logUpperCDF(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        return StudentT.magnitudeTail(x / scale, degreesOfFreedom, lower: false, log: true)
    }
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        return scale * StudentT.magnitudeQuantile(p, 1 - p, degreesOfFreedom)
    }
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        return scale * StudentT.magnitudeQuantile(1 - q, q, degreesOfFreedom)
    }

    public func sample(using generator: RandomGenerator) -> Double {
        abs(whole.sample(using: generator))
    }
}

extension HalfStudentT: DistributionFamily {
    public static let summary =
        "The half-t distribution: the magnitude of a Student's t variable."
    public static let parameters: [FamilyParameter] = [
        .init("degreesOfFreedom", .positive),
        .init("scale", .positive, standard: 1),
    ]
    public var parameterValues: [Double] { [degreesOfFreedom, scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(degreesOfFreedom: values[0], scale: values[1])
    }
}
