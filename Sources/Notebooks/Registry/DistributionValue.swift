// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Distributions
import Errors
import Randomness

/// A distribution of numbers as the script carries it: counts are numbers
/// there.
struct DistributionValue: ScriptObject {
    let base: any UnivariateDistribution
    let isDiscrete: Bool
    let logDensity: @Sendable (Double) -> Double
    let draw: @Sendable (Int, RandomGenerator) -> [Double]
    let hazard: @Sendable (Double) -> Double
    let quantile: @Sendable (Double) -> Double
    let upperQuantile: @Sendable (Double) -> Double
    let interval: @Sendable (Double) throws -> ClosedRange<Double>

    init(_ distribution: some ContinuousDistribution) {
        base = distribution
        isDiscrete = false
        logDensity = { distribution.logDensity($0) }
        draw = { distribution.sample($0, using: $1) }
        hazard = { distribution.hazard($0) }
        quantile = { distribution.quantile($0) }
        upperQuantile = { distribution.upperQuantile($0) }
        interval = { try distribution.interval($0) }
    }

    init(_ distribution: some DiscreteDistribution) {
        base = distribution
        isDiscrete = true
        logDensity = { x in
            if x.isNaN { return .nan }
            return Int(exactly: x).map { distribution.logDensity($0) } ?? -.infinity
        }
        draw = { distribution.sample($0, using: $1).map(Double.init) }
        hazard = { distribution.hazard($0) }
        quantile = { Double(distribution.quantile($0)) }
        upperQuantile = { Double(distribution.upperQuantile($0)) }
        interval = { probability in
            let interval = try distribution.interval(probability)
            return Double(interval.lowerBound)...Double(interval.upperBound)
        }
    }

    init(family distribution: any DistributionFamily) throws {
        if let continuous = distribution as? any ContinuousDistribution {
            self.init(continuous)
        } else if let discrete = distribution as? any DiscreteDistribution {
            self.init(discrete)
        } else {
            throw OperationError("\(distribution) is not a distribution of numbers")
        }
    }

    /// The Kullback–Leibler divergence between two densities or two masses.
    func divergence(to other: DistributionValue) throws -> Double {
        func within<D: ContinuousDistribution>(_ p: D) throws -> Double {
            guard let q = other.base as? any ContinuousDistribution else { return .nan }
            func with<Q: ContinuousDistribution>(_ q: Q) throws -> Double {
                try p.divergence(to: q).value
            }
            return try with(q)
        }
        func counts<D: DiscreteDistribution>(_ p: D) throws -> Double {
            guard let q = other.base as? any DiscreteDistribution else { return .nan }
            func with<Q: DiscreteDistribution>(_ q: Q) throws -> Double {
                try p.divergence(to: q).value
            }
            return try with(q)
        }
        guard isDiscrete == other.isDiscrete else {
            throw OperationError(
                "there is no divergence between a continuous and a discrete distribution")
        }
        if let p = base as? any ContinuousDistribution { return try within(p) }
        if let p = base as? any DiscreteDistribution { return try counts(p) }
        return .nan
    }

    var typeName: String { "distribution" }
    var shown: ShownValue { .text("\(base)") }
    var json: JSONValue {
        .object(
            JSONObject([
                ("distribution", .string("\(base)")), ("mean", .number(base.mean)),
                ("standard_deviation", .number(base.standardDeviation)),
            ]))
    }
}

/// A normal distribution of vectors.
struct MultivariateValue: ScriptObject {
    let base: MultivariateNormal

    var typeName: String { "multivariate distribution" }
    var shown: ShownValue { .text("\(base)") }
    var json: JSONValue { .string("\(base)") }
}
