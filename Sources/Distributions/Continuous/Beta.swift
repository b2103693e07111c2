// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The beta distribution on the unit interval.
///
/// Density x^(α−1) (1 − x)^(β−1) / B(α, β). Stan: `beta(alpha, beta)`; R:
/// `beta(shape1, shape2)`.
///
///     let posterior = try Beta(alpha: 1 + 7, beta: 1 + 3)   // 7 heads of 10
///     try posterior.interval(0.9)             // 0.44…0.85
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 25.
public struct Beta: ContinuousDistribution, FittableDistribution, Hashable {
    public let alpha: Double
    public let beta: Double
    private var total: Double { alpha + beta }

    /// Throws `ParameterError` unless both are positive and finite.
    public init(alpha: Double, beta: Double) throws(ParameterError) {
        self.alpha = try Parameter.positive(alpha, "alpha")
        self.beta = try Parameter.positive(beta, "beta")
    }

    public var description: String { "Beta(alpha: \(alpha), beta: \(beta))" }
    public var support: ClosedRange<Double> { 0...1 }
    public var mean: Double { alpha / total }
    public var variance: Double { (alpha / total) * (beta / total) / (total + 1) }
    public var skewness: Double {
        2 * (beta - alpha) * (total + 1).squareRoot()
            / ((total + 2) * alpha.squareRoot() * beta.squareRoot())
    }
    public var excessKurtosis: Double {
        let difference = alpha - beta
        let first = difference * difference * (total + 1) / (alpha * beta) - (total + 2)
        return 6 * first / ((total + 2) * (total + 3))
    }
    public var mode: Double {
        alpha >= 1 && beta >= 1 && total > 2 ? (alpha - 1) / (total - 2) : .nan
    }
    public var entropy: Double { betaEntropy(alpha, beta) }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        guard x > 0, x < 1 else { return edge(x) }
        let point = IncompleteBeta.Point(x: x)
        if min(alpha, beta) < 2 {
            return (alpha - 1) * point.logX + (beta - 1) * point.logY - logBeta(alpha, beta)
        }
        return IncompleteBeta.logPrefactor(alpha, beta, point) - point.logX - point.logY
    }

    /// The log density at 0, at 1 and outside.
    private func edge(_ x: Double) -> Double {
        guard x == 0 || x == 1 else { return -.infinity }
        let (here, there) = x == 0 ? (alpha, beta) : (beta, alpha)
        return here == 1 ? log(there) : here < 1 ? .infinity : -.infinity
    }

    public func pdf(_ x: Double) -> Double {
        guard x > 0, x < 1, min(alpha, beta) < 1, max(alpha, beta) < 100 else {
            return exp(logDensity(x))
        }
        // A power has more digits near the ends than exp of a logarithm.
        return pow(x, alpha) / x * pow(1 - x, beta - 1) / SpecialFunctions.beta(alpha, beta)
    }

    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        IncompleteBeta.evaluate(
            alpha, beta, .init(x: x < 0 ? 0 : x > 1 ? 1 : x), lower: lower, log: wantsLog)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }
    public func quantile(_ p: Double) -> Double { betaIInverse(p, alpha, beta) }
    public func upperQuantile(_ q: Double) -> Double { betaIUpperInverse(q, alpha, beta) }

    public func sample(using generator: RandomGenerator) -> Double {
        generator.beta(alpha, beta)
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, using generator: RandomGenerator
    ) {
        generator.fillBeta(buffer, alpha, beta)
    }

    /// Newton's method in log α and log β on the means of log x and log(1 − x).
    public static func fit(_ data: [Double]) throws -> Fit<Beta> {
        let data = try FitData(
            data, atLeast: 2, varying: true, mustBe: "between 0 and 1, exclusive"
        ) { $0 > 0 && $0 < 1 }
        let meanLog = data.average { log($0) }
        let meanLog1m = data.average { log1p(-$0) }
        // Start at the moments.
        let v = data.squares / data.n
        let size = max(data.mean * (1 - data.mean) / v - 1, 0.1)
        let (point, covariance) = try maximum(
            of: "Beta.fit", from: [log(data.mean * size), log((1 - data.mean) * size)]
        ) { theta in
            let (a, b) = (exp(theta[0]), exp(theta[1]))
            let both = trigamma(a + b)
            let (ga, gb) = (
                meanLog + digammaDifference(a, b), meanLog1m + digammaDifference(b, a)
            )
            let value = (a - 1) * meanLog + (b - 1) * meanLog1m - logBeta(a, b)
            return Likelihood(
                value: data.n * value, gradient: [data.n * a * ga, data.n * b * gb],
                hessian: [
                    [data.n * (a * a * (both - trigamma(a)) + a * ga), data.n * a * b * both],
                    [data.n * a * b * both, data.n * (b * b * (both - trigamma(b)) + b * gb)],
                ])
        }
        let beta = try Beta(alpha: exp(point[0]), beta: exp(point[1]))
        return Fit(
            beta,
            [
                ("alpha", beta.alpha, beta.alpha * covariance[0][0].squareRoot()),
                ("beta", beta.beta, beta.beta * covariance[1][1].squareRoot()),
            ],
            logLikelihood: data.sum(beta.logDensity), data: data.values)
    }
}

extension Beta: DistributionFamily {
    public static let summary =
        "The beta distribution: a share between 0 and 1."
    public static let parameters: [FamilyParameter] = [
        .init("alpha", .positive), .init("beta", .positive),
    ]
    public var parameterValues: [Double] { [alpha, beta] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(alpha: values[0], beta: values[1])
    }
}

extension Beta: TracedTails, TracedSampler {
    public static let stanName = "beta"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        if Support.isOutside(x, 0...1) { return Traced(-.infinity) }
        let (alpha, beta) = (positiveOrNaN(parameters[0]), positiveOrNaN(parameters[1]))
        var terms = TermSum([x, alpha, beta], droppingConstants: droppingConstants)
        terms.addWhole(.density(.beta, [x, alpha, beta], droppingConstants: droppingConstants))
        // Stan drops log Γ of one shape alone too; the kernel keeps all of log B then.
        if droppingConstants, alpha.isConstant != beta.isConstant {
            terms.add(alpha, beta) { logGamma(alpha.isConstant ? alpha : beta) }
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBetaI(x, parameters[0], parameters[1])
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBetaIUpper(x, parameters[0], parameters[1])
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Beta(alpha: parameters[0], beta: parameters[1]).sample(using: generator)
    }
}
