// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The categorical distribution: the index 0, 1, … of an outcome with its own
/// probability.
///
/// Stan: `categorical(theta)`, which counts outcomes from 1.
///
///     let d = try Categorical(probabilities: [0.2, 0.3, 0.5])
///     d.pdf(2)                                // 0.5
public struct Categorical: DiscreteDistribution, Hashable {
    public let probabilities: [Double]
    private let mass: FiniteMass

    /// Throws `ParameterError` unless the probabilities are nonnegative and add up to
    /// 1, within 1e-8.
    public init(probabilities: [Double]) throws(ParameterError) {
        self.probabilities = try Parameter.probabilities(probabilities, "probabilities")
        let p = self.probabilities
        mass = FiniteMass(
            logs: p.indices.map { i in
                p[i] < 0.5
                    ? log(p[i]) : log1p(-p.indices.reduce(0) { $1 == i ? $0 : $0 + p[$1] })
            })
    }

    public var description: String { "Categorical(probabilities: \(probabilities))" }
    public var support: ClosedRange<Double> {
        let present = probabilities.indices.filter { probabilities[$0] > 0 }
        return Double(present.first ?? 0)...Double(present.last ?? 0)
    }
    public var mean: Double {
        probabilities.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    }
    private func moment(_ order: Int) -> Double { mass.centralMoment(order, about: mean) }
    public var variance: Double { moment(2) }
    public var skewness: Double { moment(3) / (variance * variance.squareRoot()) }
    public var excessKurtosis: Double { moment(4) / (variance * variance) - 3 }
    public var mode: Double {
        Double(probabilities.firstIndex(of: probabilities.max() ?? 0) ?? 0)
    }
    public var entropy: Double { mass.entropy }

    public func logDensity(_ x: Int) -> Double { mass.logDensity(x) }
    public func pdf(_ x: Int) -> Double { probabilities.indices.contains(x) ? probabilities[x] : 0 }
    public func cdf(_ x: Double) -> Double { mass.tail(x, lower: true) }
    public func upperCDF(_ x: Double) -> Double { mass.tail(x, lower: false) }
    public func logCDF(_ x: Double) -> Double { mass.logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { mass.logTail(x, lower: false) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }
    public func sample(using generator: RandomGenerator) -> Int { mass.sample(generator) }
}

extension Categorical: TracedDensity {
    public static let stanName = "categorical"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let theta = parameters[0].flat
        if droppingConstants && theta.isConstant { return 0 }
        return sumOfEntries(x, theta) { log($0) }
    }

    /// The sum of a function of the entries at known outcomes, computed once for
    /// each outcome that there is; NaN if one lies outside or is not known.
    static func sumOfEntries(
        _ x: Traced, _ theta: Traced, _ function: (Traced) -> Traced
    ) -> Traced {
        guard let outcomes = x.constants else { return Traced(.nan) }
        var counts = [Double](repeating: 0, count: theta.count)
        for outcome in outcomes {
            guard let k = Int(exactly: outcome), k >= 1, k <= theta.count else {
                return Traced(.nan)
            }
            counts[k - 1] += 1
        }
        let present = counts.indices.filter { counts[$0] > 0 }
        if present.isEmpty { return 0 }
        if outcomes.count == 1 { return function(theta[present[0]]) }
        return dot(Traced(present.map { counts[$0] }), function(theta.gather(present)))
    }
}
