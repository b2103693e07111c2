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
    let quantile: @Sendable (Double) -> Double
    let upperQuantile: @Sendable (Double) -> Double
    let interval: @Sendable (Double) throws -> ClosedRange<Double>

    init(_ distribution: some ContinuousDistribution) {
        base = distribution
        isDiscrete = false
        logDensity = { distribution.logDensity($0) }
        draw = { distribution.sample($0, using: $1) }
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
        quantile = { Double(distribution.quantile($0)) }
        upperQuantile = { Double(distribution.upperQuantile($0)) }
        interval = { probability in
            let interval = try distribution.interval(probability)
            return Double(interval.lowerBound)...Double(interval.upperBound)
        }
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

/// What a maximum likelihood fit found.
struct FitValue: ScriptObject {
    let distribution: DistributionValue
    let parameters: [(name: String, estimate: Estimate)]
    let logLikelihood, aic, bic: Double
    let count: Int

    init<D: ContinuousDistribution>(_ fit: Fit<D>) {
        self.init(fit, DistributionValue(fit.distribution))
    }

    init<D: DiscreteDistribution>(_ fit: Fit<D>) {
        self.init(fit, DistributionValue(fit.distribution))
    }

    private init<D: UnivariateDistribution>(_ fit: Fit<D>, _ distribution: DistributionValue) {
        self.distribution = distribution
        parameters = fit.parameters
        logLikelihood = fit.logLikelihood
        aic = fit.aic
        bic = fit.bic
        count = fit.count
    }

    var typeName: String { "distribution fit" }

    var shown: ShownValue {
        let lines =
            parameters.map { "\($0.name): \($0.estimate)" } + [
                "log likelihood: \(ScriptFormat.fixed(logLikelihood, 2)), "
                    + "AIC: \(ScriptFormat.fixed(aic, 2)), "
                    + "BIC: \(ScriptFormat.fixed(bic, 2)), n = \(count)"
            ]
        return .text(lines.joined(separator: "\n"))
    }

    var json: JSONValue {
        var members = JSONObject()
        for (name, estimate) in parameters {
            members[name] = (try? ScriptValue.estimate(estimate).json()) ?? .null
        }
        return .object(
            JSONObject([
                ("distribution", .string("\(distribution.base)")),
                ("parameters", .object(members)), ("log_likelihood", .number(logLikelihood)),
                ("aic", .number(aic)), ("bic", .number(bic)), ("count", .integer(count)),
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
