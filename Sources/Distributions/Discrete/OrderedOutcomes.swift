// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Outcomes 1 … K in order, by K − 1 ordered cut points of a latent variable whose
/// distribution F is symmetric: P(X ≤ k) = F(cₖ − η).
///
/// Source: P. McCullagh, "Regression models for ordinal data", J. R. Stat. Soc. B 42
/// (1980).
public protocol OrderedOutcomes: DiscreteDistribution, Hashable {
    /// η, of the latent variable.
    var location: Double { get }
    var cutpoints: [Double] { get }

    /// F.
    static func latentCDF(_ t: Double) -> Double
    /// log F.
    static func latentLogCDF(_ t: Double) -> Double
    /// A draw of the latent variable with location 0.
    static func latentDraw(using generator: RandomGenerator) -> Double
}

extension OrderedOutcomes {
    static func checked(_ cutpoints: [Double]) throws(ParameterError) -> [Double] {
        guard cutpoints.allSatisfy(\.isFinite),
            zip(cutpoints, cutpoints.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            throw ParameterError("cutpoints", is: cutpoints, mustBe: "finite and increasing")
        }
        return cutpoints
    }

    public var description: String {
        "\(Self.self)(location: \(location), cutpoints: \(cutpoints))"
    }
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
        return Self.logInterval(cutpoints[x - 2] - location, cutpoints[x - 1] - location)
    }

    /// log(F(b) − F(a)), on the side where F is small; of a long interval by what it
    /// leaves.
    private static func logInterval(_ a: Double, _ b: Double) -> Double {
        if a < 0, b > 0 {
            let outside = logSumExp(latentLogCDF(a), latentLogCDF(-b))
            return log1mExp(min(outside, 0))
        }
        return a >= 0
            ? logDiffExp(latentLogCDF(-a), latentLogCDF(-b))
            : logDiffExp(latentLogCDF(b), latentLogCDF(a))
    }

    /// The distance from the location to the cut point above x; infinite at the ends.
    private func distance(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x < 1 { return -.infinity }
        guard x < Double(cutpoints.count + 1) else { return .infinity }
        return cutpoints[Int(x) - 1] - location
    }
    public func cdf(_ x: Double) -> Double { Self.latentCDF(distance(x)) }
    public func upperCDF(_ x: Double) -> Double { Self.latentCDF(-distance(x)) }
    public func logCDF(_ x: Double) -> Double { Self.latentLogCDF(distance(x)) }
    public func logUpperCDF(_ x: Double) -> Double { Self.latentLogCDF(-distance(x)) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }
    public func sample(using generator: RandomGenerator) -> Int {
        let latent = Self.latentDraw(using: generator)
        return 1 + (cutpoints.firstIndex { latent <= $0 - location } ?? cutpoints.count)
    }
}
