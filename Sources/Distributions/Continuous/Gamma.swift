// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The gamma distribution.
///
/// Density βᵃ/Γ(a) xᵃ⁻¹ exp(−β x), x > 0, with shape a and rate β. Stan:
/// `gamma(alpha, beta)`, the rate; R: `gamma(shape, rate)` or scale = 1/rate.
///
///     let d = try Gamma(shape: 3, rate: 2)
///     d.mean                                  // 1.5
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 17.
public struct Gamma: ContinuousDistribution, FittableDistribution, Hashable {
    public let shape: Double
    public let rate: Double

    /// Throws `ParameterError` unless both are positive and finite.
    public init(shape: Double, rate: Double) throws(ParameterError) {
        self.shape = try Parameter.positive(shape, "shape")
        self.rate = try Parameter.positive(rate, "rate")
    }

    /// By the scale, 1 / rate.
    public init(shape: Double, scale: Double) throws(ParameterError) {
        self.shape = try Parameter.positive(shape, "shape")
        self.rate = 1 / (try Parameter.positive(scale, "scale"))
    }

    public var description: String { "Gamma(shape: \(shape), rate: \(rate))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { shape / rate }
    public var variance: Double { shape / rate / rate }
    public var standardDeviation: Double { shape.squareRoot() / rate }
    public var skewness: Double { 2 / shape.squareRoot() }
    public var excessKurtosis: Double { 6 / shape }
    public var mode: Double { shape >= 1 ? (shape - 1) / rate : .nan }
    public var entropy: Double { gammaEntropy(shape) - log(rate) }

    public func logDensity(_ x: Double) -> Double {
        if x < 0 { return -.infinity }
        if x == 0 { return shape == 1 ? log(rate) : shape < 1 ? .infinity : -.infinity }
        if x == .infinity { return -.infinity }
        if shape < 1 {
            return shape * log(rate * x) - rate * x - logGamma1p(shape) + log(shape) - log(x)
        }
        // The probability of a − 1 events where rate · x are expected.
        return poissonLogDensity(shape - 1, mean: rate * x) + log(rate)
    }
    public func pdf(_ x: Double) -> Double {
        guard shape < 1, x > 0, x < .infinity else { return exp(logDensity(x)) }
        // A power has more digits near 0 than the exponential of a logarithm.
        let y = rate * x
        return shape * pow(y, shape) / x * exp(-y) / tgamma(shape + 1)
    }
    public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : gammaP(shape, rate * x) }
    public func upperCDF(_ x: Double) -> Double { x <= 0 ? 1 : gammaQ(shape, rate * x) }
    public func logCDF(_ x: Double) -> Double {
        x <= 0 ? -.infinity : logGammaP(shape, rate * x)
    }
    public func logUpperCDF(_ x: Double) -> Double { x <= 0 ? 0 : logGammaQ(shape, rate * x) }
    public func quantile(_ p: Double) -> Double { gammaPInverse(shape, p) / rate }
    public func upperQuantile(_ q: Double) -> Double { gammaQInverse(shape, q) / rate }

    public func sample(using generator: RandomGenerator) -> Double {
        generator.gamma(shape: shape) / rate
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, using generator: RandomGenerator
    ) {
        buffer.fillByParts({ generator.fillGamma($0, shape: shape) }) { $0 / rate }
    }

    /// Newton's method for the shape: log a − ψ(a) = log(mean) − mean(log).
    public static func fit(_ data: [Double]) throws -> Fit<Gamma> {
        let data = try FitData(
            data, atLeast: 2, varying: true, mustBe: "positive and finite"
        ) { $0 > 0 }
        // log(mean) − mean(log), of numbers near 1.
        let gap = -data.average { log($0 / data.mean) }
        // Minka's start ("Estimating a gamma distribution", 2002) and his
        // iteration, Newton's on 1/a.
        var shape = (3 - gap + ((gap - 3) * (gap - 3) + 24 * gap).squareRoot()) / (12 * gap)
        for _ in 0..<50 {
            let excess = (log(shape) - digamma(shape)) - gap
            let slope = 1 / shape - trigamma(shape)
            let next = 1 / (1 / shape + excess / (shape * shape * slope))
            let change = abs(next - shape)
            guard next.isFinite, next > 0 else { break }
            shape = next
            if change <= 1e-14 * shape { break }
        }
        guard shape.isFinite, shape < 1e12 else {
            throw NumericalError("Gamma.fit", "the data vary too little; fit Normal instead")
        }
        let gamma = try Gamma(shape: shape, rate: shape / data.mean)
        // Expected information: n [[ψ′(a), −1/β], [−1/β, a/β²]].
        let t = trigamma(shape)
        let determinant = data.n * (shape * t - 1)
        return Fit(
            gamma,
            [
                ("shape", shape, (shape / determinant).squareRoot()),
                ("rate", gamma.rate, gamma.rate * (t / determinant).squareRoot()),
            ],
            logLikelihood: data.sum(gamma.logDensity), data: data.values)
    }
}

extension Gamma: DistributionFamily {
    public static let summary =
        "The gamma distribution: a waiting time for several events of a Poisson process."
    public static let parameters: [FamilyParameter] = [
        .init("shape", .positive), .init("rate", .positive),
    ]
    public var parameterValues: [Double] { [shape, rate] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(shape: values[0], rate: values[1])
    }
}

extension Gamma: TracedTails, TracedSampler {
    public static let stanName = "gamma"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        if Support.isOutside(x, 0 ... .infinity) { return Traced(-.infinity) }
        // The kernel's log Γ is defined for negative shapes too.
        return .density(
            .gamma, [x, positiveOrNaN(parameters[0]), parameters[1]],
            droppingConstants: droppingConstants)
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaP(parameters[0], parameters[1] * x)
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaQ(parameters[0], parameters[1] * x)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Gamma(shape: parameters[0], rate: parameters[1]).sample(using: generator)
    }
}
