// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The inverse gamma distribution: 1/X is Gamma(shape: a, rate: b).
///
/// Density bᵃ/Γ(a) x^(−a−1) exp(−b/x), x > 0. Stan: `inv_gamma(alpha, beta)`;
/// R (package invgamma): `invgamma(shape, rate)`.
///
///     let variance = try InverseGamma(shape: 3, scale: 4)
///     variance.mean                           // 2
///
/// Source: Gelman et al., Bayesian Data Analysis, 3rd ed., appendix A.
public struct InverseGamma: ContinuousDistribution, FittableDistribution, Hashable {
    public let shape: Double
    public let scale: Double
    private let gamma: Gamma

    /// Throws `ParameterError` unless both are positive and finite.
    public init(shape: Double, scale: Double) throws(ParameterError) {
        self.shape = try Parameter.positive(shape, "shape")
        self.scale = try Parameter.positive(scale, "scale")
        gamma = try Gamma(shape: shape, rate: 1)
    }

    public var description: String { "InverseGamma(shape: \(shape), scale: \(scale))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { shape > 1 ? scale / (shape - 1) : .infinity }
    public var variance: Double {
        guard shape > 2 else { return shape > 1 ? .infinity : .nan }
        let m = mean
        return m * m / (shape - 2)
    }
    public var skewness: Double {
        guard shape > 3 else { return shape > 2 ? .infinity : .nan }
        return 4 * (shape - 2).squareRoot() / (shape - 3)
    }
    public var excessKurtosis: Double {
        guard shape > 4 else { return shape > 3 ? .infinity : .nan }
        return 6 * (5 * shape - 11) / ((shape - 3) * (shape - 4))
    }
    public var mode: Double { scale / (shape + 1) }
    public var entropy: Double {
        // That of the logarithm's mirror image, and the mean of log x.
        gammaEntropy(shape) + log(scale) - 2 * digamma(shape)
    }

    public func logDensity(_ x: Double) -> Double {
        if x <= 0 || x == .infinity { return -.infinity }
        let y = scale / x
        if y < 1e-300 || y == .infinity {
            return shape * (log(scale) - log(x)) - y - logGamma(shape) - log(x)
        }
        return gamma.logDensity(y) + log(y) - log(x)
    }
    public func pdf(_ x: Double) -> Double {
        let y = scale / x
        guard x > 0, y > 1e-307, y < .infinity else { return exp(logDensity(x)) }
        return gamma.pdf(y) * y / x
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : gamma.upperCDF(scale / x) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : gamma.cdf(scale / x) }
    public func logCDF(_ x: Double) -> Double {
        x <= 0 ? -.infinity : gamma.logUpperCDF(scale / x)
    }
    public func logUpperCDF(_ x: Double) -> Double { x <= 0 ? 0 : gamma.logCDF(scale / x) }
    public func quantile(_ p: Double) -> Double { scale / gamma.upperQuantile(p) }
    public func upperQuantile(_ q: Double) -> Double { scale / gamma.quantile(q) }

    public func sample(using generator: RandomGenerator) -> Double {
        scale * exp(-generator.logGamma(shape: shape))
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, using generator: RandomGenerator
    ) {
        buffer.fillByParts({ generator.fillLogGamma($0, shape: shape) }) { scale * exp(-$0) }
    }

    /// The gamma fit of 1/x.
    public static func fit(_ data: [Double]) throws -> Fit<InverseGamma> {
        let data = try FitData(
            data, atLeast: 2, varying: true, mustBe: "positive and finite"
        ) { $0 > 0 && 1 / $0 < .infinity }
        let fit = try Gamma.fit(data.values.map { 1 / $0 })
        let inverse = try InverseGamma(
            shape: fit.distribution.shape, scale: fit.distribution.rate)
        return Fit(
            inverse,
            [
                ("shape", inverse.shape, fit.parameters[0].estimate.standardError),
                ("scale", inverse.scale, fit.parameters[1].estimate.standardError),
            ],
            logLikelihood: data.sum(inverse.logDensity), data: data.values)
    }
}

extension InverseGamma: DistributionFamily {
    public static let summary =
        "The inverse gamma distribution: the reciprocal is gamma distributed."
    public static let parameters: [FamilyParameter] = [
        .init("shape", .positive), .init("scale", .positive),
    ]
    public var parameterValues: [Double] { [shape, scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(shape: values[0], scale: values[1])
    }
}

extension InverseGamma: TracedTails, TracedSampler {
    public static let stanName = "inv_gamma"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        if Support.isOutside(x, .leastNonzeroMagnitude ... .infinity) { return Traced(-.infinity) }
        let (y, shape, scale) = (x.flat, positiveOrNaN(parameters[0].flat), parameters[1].flat)
        var terms = TermSum([y, shape, scale], droppingConstants: droppingConstants)
        terms.add(shape) { -logGamma(shape) }
        terms.add(shape, scale) { shape * log(scale) }
        terms.add(y, shape) { -(shape + 1) * log(y) }
        terms.add(y, scale) { -(scale / y) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaQ(parameters[0], parameters[1] / x)
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaP(parameters[0], parameters[1] / x)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try InverseGamma(shape: parameters[0], scale: parameters[1]).sample(using: generator)
    }
}
