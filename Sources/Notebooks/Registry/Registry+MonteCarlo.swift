// SPDX-License-Identifier: GPL-3.0-or-later

import Distributions
import Errors
import Randomness
import Statistics

extension Registry {
    mutating func addMonteCarlo() {
        define(
            "expectation(of f: closure, under distribution: distribution, draws: integer = 100000) -> estimate",
            "The mean of f(x) for x from a distribution, by Monte Carlo."
        ) { call in
            let f = try call.closure("f")
            let draws = try call.draws("draws")
            return .estimate(
                try call.distribution().withDraws { distribution in
                    try expectation(
                        of: { try f.number($0) }, under: distribution, draws: draws,
                        using: call.generator())
                } discrete: { distribution in
                    try expectation(
                        of: { try f.number(Double($0)) }, under: distribution, draws: draws,
                        using: call.generator())
                })
        }
        define(
            "probability(of event: closure, under distribution: distribution, draws: integer = 100000) -> estimate",
            "The probability that event(x) is true, by Monte Carlo."
        ) { call in
            let event = try call.closure("event")
            let draws = try call.draws("draws")
            let holds = { (x: Double) throws -> Bool in
                try call.interpreter.bool(try event(.number(x)), event.range)
            }
            return .estimate(
                try call.distribution().withDraws { distribution in
                    try probability(
                        of: holds, under: distribution, draws: draws, using: call.generator())
                } discrete: { distribution in
                    try probability(
                        of: { try holds(Double($0)) }, under: distribution, draws: draws,
                        using: call.generator())
                })
        }
        define(
            "entropy(of distribution: distribution, draws: integer = 100000) -> estimate",
            "The entropy in nats, by Monte Carlo."
        ) { call in
            let draws = try call.draws("draws")
            return .estimate(
                try call.distribution().withDraws { distribution in
                    try entropy(of: distribution, draws: draws, using: call.generator())
                } discrete: { distribution in
                    try entropy(of: distribution, draws: draws, using: call.generator())
                })
        }
        let parameters =
            "of estimator: closure, target: number, under distribution: distribution, "
            + "n: integer, replications: integer = 1000"
        define(
            "meanSquaredError(\(parameters)) -> estimate",
            "The mean squared error of an estimator of n draws, by Monte Carlo."
        ) { call in .estimate(try call.accuracy().meanSquaredError) }
        define(
            "estimatorAccuracy(\(parameters)) -> accuracy",
            "Mean squared error, bias and variance of an estimator of n draws, by Monte Carlo."
        ) { call in .object(AccuracyValue(accuracy: try call.accuracy())) }
        for (name, documentation, get) in [
            ("meanSquaredError", "The mean squared error.", \EstimatorAccuracy.meanSquaredError),
            ("bias", "The mean of the estimates less the target.", \EstimatorAccuracy.bias),
            ("squaredBias", "The square of the bias.", \EstimatorAccuracy.squaredBias),
            ("variance", "The variance of the estimates.", \EstimatorAccuracy.variance),
        ] as [(String, String, KeyPath<EstimatorAccuracy, Estimate> & Sendable)] {
            define(on: "accuracy", "\(name) -> estimate", documentation) { call in
                .estimate(try call.receiver(AccuracyValue.self).accuracy[keyPath: get])
            }
        }
    }
}

extension DistributionValue {
    /// Runs generic code with the distribution's own type.
    func withDraws<T>(
        _ continuous: (any ContinuousDistribution) throws -> T,
        discrete: (any DiscreteDistribution) throws -> T
    ) throws -> T {
        if let distribution = base as? any ContinuousDistribution {
            return try continuous(distribution)
        }
        if let distribution = base as? any DiscreteDistribution {
            return try discrete(distribution)
        }
        throw OperationError("this distribution cannot be sampled")
    }
}

extension Call {
    fileprivate func distribution() throws -> DistributionValue {
        try object(DistributionValue.self, "distribution")
    }

    /// A number of draws that are not kept: only time limits them.
    func draws(_ name: String) throws -> Int {
        let count = try integer(name)
        guard (2...10_000_000_000).contains(count) else {
            throw ParameterError(name, is: count, mustBe: "from 2 to 10^10")
        }
        return count
    }

    fileprivate func accuracy() throws -> EstimatorAccuracy {
        let estimator = try closure("estimator")
        let n = try count("n")
        let replications = try draws("replications")
        let target = try number("target")
        return try distribution().withDraws { distribution in
            try estimatorAccuracy(
                of: { try estimator.number(from: .vector($0)) }, target: target,
                under: distribution, n: n, replications: replications, using: generator())
        } discrete: { distribution in
            try estimatorAccuracy(
                of: { try estimator.number(from: .vector($0.map(Double.init))) }, target: target,
                under: distribution, n: n, replications: replications, using: generator())
        }
    }
}
