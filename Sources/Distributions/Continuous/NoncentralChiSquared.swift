// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The noncentral chi-squared distribution: the sum of squares of independent
/// normal variables with variance 1, whose means' squares sum to λ.
///
/// The mixture of central ones with ν + 2j degrees of freedom, where j is Poisson
/// with mean λ/2. R: `chisq(df, ncp)`.
///
///     let d = try NoncentralChiSquared(degreesOfFreedom: 3, noncentrality: 10)
///     d.upperCDF(7.81)                        // 0.8, the power of a test
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 29.
public struct NoncentralChiSquared: ContinuousDistribution, Hashable {
    public let degreesOfFreedom: Double
    public let noncentrality: Double
    private var nu: Double { degreesOfFreedom }
    private var lambda: Double { noncentrality }

    /// Throws `ParameterError` unless ν is positive and λ ≥ 0, both finite.
    public init(degreesOfFreedom: Double, noncentrality: Double) throws(ParameterError) {
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        self.noncentrality = try Parameter.nonnegative(noncentrality, "noncentrality")
    }

    public var description: String {
        "NoncentralChiSquared(degreesOfFreedom: \(nu), noncentrality: \(lambda))"
    }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { nu + lambda }
    public var variance: Double { 2 * (nu + 2 * lambda) }
    public var skewness: Double {
        let share = (nu + 3 * lambda) / (nu + 2 * lambda)
        return share * (8 / (nu + 2 * lambda)).squareRoot()
    }
    public var excessKurtosis: Double {
        12 * ((nu + 4 * lambda) / (nu + 2 * lambda)) / (nu + 2 * lambda)
    }
    /// Found from the density; 0 where that falls from the start.
    public var mode: Double {
        if nu < 2 { return lambda == 0 ? .nan : peak ?? .nan }
        return peak ?? 0
    }
    /// By quadrature.
    public var entropy: Double { integratedEntropy(.positive) }

    /// The zero of the density's slope, ∝ the density for ν − 2 less that for ν,
    /// when it is away from 0.
    private var peak: Double? {
        if nu < 2 { return nil }
        if nu + lambda <= 2 || nu == 2 && lambda <= 2 { return nil }
        return peakOfDensity(from: 0, to: mean)
    }

    /// Of the Poisson variable: where the terms are about largest, and their
    /// standard deviation at least.
    private func terms(_ y: Double, _ m: Double) -> (start: Double, spread: Double) {
        let a = 0.5 * nu
        let start = 2 * m * (y / (a + (a * a + 4 * m * y).squareRoot()))
        return (start, (start * ((a + start) / (a + 2 * start))).squareRoot())
    }

    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x < 0 || x == .infinity { return -.infinity }
        if x == 0 {
            return nu == 2 ? -0.5 * lambda - log(2) : nu < 2 ? .infinity : -.infinity
        }
        let (y, m, a) = (0.5 * x, 0.5 * lambda, 0.5 * nu)
        if let value = densityByPowers(x) { return log(value) }
        if let series = series(y, m) {
            return logGammaDensity(a, y) - log(2) + (log(series) - m)
        }
        let (start, spread) = terms(y, m)
        return PoissonMixture.log(mean: m, near: start, spread: spread) {
            logGammaDensity(a + $0, y)
        } - log(2)
    }
    public func pdf(_ x: Double) -> Double {
        x > 0 && x < .infinity ? densityByPowers(x) ?? exp(logDensity(x)) : exp(logDensity(x))
    }

    /// The density by a power of x, which has more digits near 0 than the exponential
    /// of a logarithm; nil where that does not do.
    private func densityByPowers(_ x: Double) -> Double? {
        let (y, m, a) = (0.5 * x, 0.5 * lambda, 0.5 * nu)
        guard a < 100, y < 1, m < 200, let series = series(y, m) else { return nil }
        let power = pow(y, a)
        return power > 1e-290 ? 0.5 * a * power / y / tgamma(a + 1) * exp(-y - m) * series : nil
    }

    /// Σ (m y)ʲ/(j! (a)ⱼ) where few terms do.
    private func series(_ y: Double, _ m: Double) -> Double? {
        let (z, a) = (m * y, 0.5 * nu)
        guard z < 30 * (1 + a), z < 900 else { return nil }
        var (sum, term) = (1.0, 1.0)
        for j in 0..<300 {
            let j = Double(j)
            term *= z / ((j + 1) * (a + j))
            sum += term
            if term < 1e-17 * sum { break }
        }
        return sum
    }

    /// P(a, y), by a power where y is small.
    private func lowerTail(_ a: Double, _ y: Double) -> Double {
        guard y < 0.1, a < 100 else { return gammaP(a, y) }
        let power = pow(y, a)
        guard power > 1e-290 else { return gammaP(a, y) }
        var (sum, term, n) = (1.0, 1.0, a)
        while term > 1e-17 {
            n += 1
            term *= y / n
            sum += term
        }
        return power / tgamma(a + 1) * exp(-y) * sum
    }

    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= 0 { return lower ? (wantsLog ? -.infinity : 0) : (wantsLog ? 0 : 1) }
        if x == .infinity { return lower ? (wantsLog ? 0 : 1) : (wantsLog ? -.infinity : 0) }
        let (y, m, a) = (0.5 * x, 0.5 * lambda, 0.5 * nu)
        let (peak, spread) = terms(y, m)
        let isLeft = x < mean
        return PoissonMixture.tail(
            lower: lower, lowerIsSmall: isLeft, logarithm: wantsLog, mean: m,
            near: peak, spread: min(spread, m.squareRoot()),
            value: { $1 ? lowerTail(a + $0, y) : gammaQ(a + $0, y) },
            log: { $1 ? logGammaP(a + $0, y) : logGammaQ(a + $0, y) })
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }

    /// Newton's method from a multiple of a central distribution with the same two
    /// moments (P. B. Patnaik, 1949).
    private func quantile(_ p: Double, lower: Bool) -> Double {
        let scale = (nu + 2 * lambda) / (nu + lambda)
        let shape = 0.5 * mean / scale
        let guess = 2 * scale * (lower ? gammaPInverse(shape, p) : gammaQInverse(shape, p))
        let start = guess > 1e-300 && guess < .infinity ? guess : mean
        return inverted(p, lower: lower, from: start, .positive)
    }
    public func quantile(_ p: Double) -> Double { quantile(p, lower: true) }
    public func upperQuantile(_ q: Double) -> Double { quantile(q, lower: false) }

    public func sample(using generator: RandomGenerator) -> Double {
        if lambda == 0 { return 2 * generator.gamma(shape: 0.5 * nu) }
        if nu >= 1 {
            let z = generator.normal() + lambda.squareRoot()
            return z * z + (nu == 1 ? 0 : 2 * generator.gamma(shape: 0.5 * (nu - 1)))
        }
        let count = Double(generator.poisson(rate: 0.5 * lambda))
        return 2 * generator.gamma(shape: 0.5 * nu + count)
    }
}

/// The log density of a gamma variable with rate 1 at y > 0.
func logGammaDensity(_ a: Double, _ y: Double) -> Double {
    a < 1
        ? a * log(y) - y - logGamma1p(a) + log(a) - log(y)
        : poissonLogDensity(a - 1, mean: y)
}

extension NoncentralChiSquared: DistributionFamily {
    public static let summary =
        "The noncentral chi-squared distribution: a sum of squares of normal variables with means."
    public static let parameters: [FamilyParameter] = [
        .init("degreesOfFreedom", .positive), .init("noncentrality", .nonnegative),
    ]
    public var parameterValues: [Double] { [degreesOfFreedom, noncentrality] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(degreesOfFreedom: values[0], noncentrality: values[1])
    }
}
