// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The PERT distribution: a beta distribution on an interval by its mode, with the
/// mean (lower + λ mode + upper)/(λ + 2).
///
/// Beta(1 + λ (mode − lower)/width, 1 + λ (upper − mode)/width), moved and stretched.
///
///     let days = try PERT(lower: 2, mode: 5, upper: 14)
///     days.mean                               // 6
///
/// Source: D. G. Malcolm et al., "Application of a technique for research and
/// development program evaluation", Operations Research 7 (1959); D. Vose, Risk
/// Analysis (2000), for λ other than 4.
public struct PERT: ContinuousDistribution, Hashable {
    public let lower: Double
    public let mode: Double
    public let upper: Double
    /// λ: how heavily the mode weighs.
    public let weight: Double
    private let beta: Beta
    private var width: Double { upper - lower }

    /// Throws `ParameterError` unless lower ≤ mode ≤ upper, lower < upper and the
    /// weight is positive, all finite.
    public init(
        lower: Double, mode: Double, upper: Double, weight: Double = 4
    ) throws(ParameterError) {
        (self.lower, self.upper) = try Parameter.interval(lower, upper)
        self.mode = try Parameter.within(mode, "mode", lower, upper)
        self.weight = try Parameter.positive(weight, "weight")
        beta = try Beta(
            alpha: 1 + weight * ((mode - lower) / (upper - lower)),
            beta: 1 + weight * ((upper - mode) / (upper - lower)))
    }

    public var description: String {
        "PERT(lower: \(lower), mode: \(mode), upper: \(upper), weight: \(weight))"
    }
    public var support: ClosedRange<Double> { lower...upper }
    public var mean: Double { lower + width * beta.mean }
    public var variance: Double { width * width * beta.variance }
    public var skewness: Double { beta.skewness }
    public var excessKurtosis: Double { beta.excessKurtosis }
    public var entropy: Double { beta.entropy + log(width) }

    private func point(_ x: Double) -> IncompleteBeta.Point {
        IncompleteBeta.Point(x: (x - lower) / width, y: (upper - x) / width)
    }
    public func logDensity(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        guard x > lower, x < upper else {
            return x == lower || x == upper
                ? beta.logDensity(x == lower ? 0 : 1) - log(width) : -.infinity
        }
        let p = point(x)
        let (a, b) = (beta.alpha, beta.beta)
        if min(a, b) < 2 {
            return (a - 1) * p.logX + (b - 1) * p.logY - logBeta(a, b) - log(width)
        }
        return IncompleteBeta.logPrefactor(a, b, p) - p.logX - p.logY - log(width)
    }
    private func tail(_ x: Double, lower isLower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        if x <= lower { return isLower ? (wantsLog ? -.infinity : 0) : (wantsLog ? 0 : 1) }
        if x >= upper { return isLower ? (wantsLog ? 0 : 1) : (wantsLog ? -.infinity : 0) }
        return BetaMixture(alpha: beta.alpha, beta: beta.beta, mean: 0)
            .tail(point(x), lower: isLower, log: wantsLog)
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }

    private func quantile(p: Double, q: Double) -> Double {
        guard p >= 0, q >= 0 else { return .nan }
        let point = IncompleteBeta.inverse(beta.alpha, beta.beta, p: p, q: q)
        return point.x < point.y ? lower + width * point.x : upper - width * point.y
    }
    public func quantile(_ p: Double) -> Double { quantile(p: p, q: 1 - p) }
    public func upperQuantile(_ q: Double) -> Double { quantile(p: 1 - q, q: q) }

    public func sample(using generator: RandomGenerator) -> Double {
        min(lower + width * beta.sample(using: generator), upper)
    }
}

extension PERT: DistributionFamily {
    public static let summary =
        "The PERT distribution: a smooth guess by the least, likeliest and largest value."
    public static let parameters: [FamilyParameter] = [
        .init("lower", .real), .init("mode", .real), .init("upper", .real),
        .init("weight", .positive, standard: 4),
    ]
    public var parameterValues: [Double] { [lower, mode, upper, weight] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(lower: values[0], mode: values[1], upper: values[2], weight: values[3])
    }
}
