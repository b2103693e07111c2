// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Outcomes 1 … K in order, by K − 1 ordered cut points of a latent normal variable:
/// P(X ≤ k) = F(cₖ − η), by normal quantiles.
///
/// Stan: `ordered_probit(eta, c)`.
///
///     let d = try OrderedProbit(location: 0.5, cutpoints: [-1, 0, 2])
///     d.cdf(3)
///
/// Source: P. McCullagh, "Regression models for ordinal data", J. R. Stat. Soc. B 42
/// (1980).
public struct OrderedProbit: DiscreteDistribution, Hashable {
    public let location: Double
    public let cutpoints: [Double]

    /// Throws `ParameterError` unless the location is finite and the cut points are
    /// finite and increase.
    public init(location: Double, cutpoints: [Double]) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.cutpoints = try Ordered.checked(cutpoints)
    }

    public var description: String {
        "OrderedProbit(location: \(location), cutpoints: \(cutpoints))"
    }
    /// log F, and F.
    private static func logTail(_ t: Double) -> Double { logNormalCDF(t) }
    private static func tail(_ t: Double) -> Double { normalCDF(t) }

    public var support: ClosedRange<Double> { 1...Double(cutpoints.count + 1) }
    private var mass: FiniteMass { FiniteMass(logs: (1...cutpoints.count + 1).map(logDensity)) }
    public var mean: Double { 1 + mass.expectation { $0 } }
    private func moment(_ order: Int) -> Double {
        let mass = mass
        return mass.centralMoment(order, about: mass.expectation { $0 })
    }
    public var variance: Double { moment(2) }
    public var skewness: Double { moment(3) / (variance * variance.squareRoot()) }
    public var excessKurtosis: Double { moment(4) / (variance * variance) - 3 }
    public var mode: Double { Double(mass.mode + 1) }
    public var entropy: Double { mass.entropy }

    public func logDensity(_ x: Int) -> Double {
        guard x >= 1, x <= cutpoints.count + 1 else { return -.infinity }
        if x == 1 { return logCDF(1) }
        if x > cutpoints.count { return logUpperCDF(Double(x - 1)) }
        return Ordered.logInterval(
            cutpoints[x - 2] - location, cutpoints[x - 1] - location, Self.logTail)
    }
    /// The distance from the location to the cut point above x; infinite at the ends.
    private func distance(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x < 1 { return -.infinity }
        guard x < Double(cutpoints.count + 1) else { return .infinity }
        return cutpoints[Int(x) - 1] - location
    }
    public func cdf(_ x: Double) -> Double { Self.tail(distance(x)) }
    public func upperCDF(_ x: Double) -> Double { Self.tail(-distance(x)) }
    public func logCDF(_ x: Double) -> Double { Self.logTail(distance(x)) }
    public func logUpperCDF(_ x: Double) -> Double { Self.logTail(-distance(x)) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }
    public func sample(using generator: RandomGenerator) -> Int {
        let latent = generator.normal()
        return 1 + (cutpoints.firstIndex { latent <= $0 - location } ?? cutpoints.count)
    }
}

extension OrderedProbit: TracedDensity {
    public static let stanName = "ordered_probit"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        OrderedRegression.logDensity(
            x, parameters[0].flat, parameters[1], droppingConstants,
            tail: { logNormalCDF($0) },
            interval: { upper, lower in
                // On the left side, where the logarithms are not all near 0.
                let isRight = Traced.less(0, upper + lower)
                return logDiffExp(
                    logNormalCDF(select(isRight, -lower, upper)),
                    logNormalCDF(select(isRight, -upper, lower)))
            })
    }
}
