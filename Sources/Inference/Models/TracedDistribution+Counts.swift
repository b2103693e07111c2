// SPDX-License-Identifier: GPL-3.0-or-later

import Distributions
import Errors
import Foundation
import SpecialFunctions

// Counts and outcomes are data, given as Int or Double. With `logit:` and
// `logMean:` the probability and the mean are on the scale of the linear
// predictor, where nothing overflows.

extension TracedDistribution {
    /// Success or failure, 1 or 0.
    public static func bernoulli(probability: some Quantity) -> TracedDistribution {
        .init(Bernoulli.self, [probability]) {
            Double(try Bernoulli(probability: $0[0]).sample(using: $1))
        }
    }

    /// Success or failure, 1 or 0, with the probability on the logit scale.
    public static func bernoulli(logit: some Quantity) -> TracedDistribution {
        .init(BernoulliLogit.self, [logit]) {
            Double(try Bernoulli(probability: logistic($0[0])).sample(using: $1))
        }
    }

    /// The number of successes.
    public static func binomial(
        trials: some Quantity, probability: some Quantity
    ) -> TracedDistribution {
        .init(Binomial.self, [trials, probability]) {
            Double(
                try Binomial(trials: count($0[0], "trials"), probability: $0[1]).sample(using: $1))
        }
    }

    /// The number of successes, with the probability on the logit scale.
    public static func binomial(
        trials: some Quantity, logit: some Quantity
    ) -> TracedDistribution {
        .init(BinomialLogit.self, [trials, logit]) {
            Double(
                try Binomial(trials: count($0[0], "trials"), probability: logistic($0[1]))
                    .sample(using: $1))
        }
    }

    /// The Poisson distribution.
    public static func poisson(rate: some Quantity) -> TracedDistribution {
        .init(Poisson.self, [rate]) { Double(try Poisson(rate: $0[0]).sample(using: $1)) }
    }

    /// The Poisson distribution with the logarithm of the rate.
    public static func poisson(logRate: some Quantity) -> TracedDistribution {
        .init(PoissonLog.self, [logRate]) {
            Double(try Poisson(rate: exp($0[0])).sample(using: $1))
        }
    }

    /// The negative binomial distribution with variance mean + mean² /
    /// dispersion.
    public static func negativeBinomial(
        mean: some Quantity, dispersion: some Quantity
    ) -> TracedDistribution {
        .init(NegativeBinomial.self, [mean, dispersion]) {
            Double(try NegativeBinomial(mean: $0[0], dispersion: $0[1]).sample(using: $1))
        }
    }

    /// The negative binomial distribution with the logarithm of the mean.
    public static func negativeBinomial(
        logMean: some Quantity, dispersion: some Quantity
    ) -> TracedDistribution {
        .init(NegativeBinomialLog.self, [logMean, dispersion]) {
            Double(try NegativeBinomial(mean: exp($0[0]), dispersion: $0[1]).sample(using: $1))
        }
    }

    private static func count(_ value: Double, _ name: String) throws(ParameterError) -> Int {
        guard let count = Int(exactly: value) else {
            throw ParameterError(name, is: value, mustBe: "a whole number")
        }
        return count
    }
}
