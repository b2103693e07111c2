// SPDX-License-Identifier: GPL-3.0-or-later

import Distributions

// Counts and outcomes are data, given as Int or Double. With `logit:` and
// `logMean:` the probability and the mean are on the scale of the linear
// predictor, where nothing overflows.

extension TracedDistribution {
    /// Success or failure, 1 or 0.
    public static func bernoulli(probability: some Quantity) -> TracedDistribution {
        .init(Bernoulli.self, [probability])
    }

    /// Success or failure, 1 or 0, with the probability on the logit scale.
    public static func bernoulli(logit: some Quantity) -> TracedDistribution {
        .init(BernoulliLogit.self, [logit])
    }

    /// The number of successes.
    public static func binomial(
        trials: some Quantity, probability: some Quantity
    ) -> TracedDistribution {
        .init(Binomial.self, [trials, probability])
    }

    /// The number of successes, with the probability on the logit scale.
    public static func binomial(
        trials: some Quantity, logit: some Quantity
    ) -> TracedDistribution {
        .init(BinomialLogit.self, [trials, logit])
    }

    /// The Poisson distribution.
    public static func poisson(rate: some Quantity) -> TracedDistribution {
        .init(Poisson.self, [rate])
    }

    /// The Poisson distribution with the logarithm of the rate.
    public static func poisson(logRate: some Quantity) -> TracedDistribution {
        .init(PoissonLog.self, [logRate])
    }

    /// The negative binomial distribution with variance mean + mean² /
    /// dispersion.
    public static func negativeBinomial(
        mean: some Quantity, dispersion: some Quantity
    ) -> TracedDistribution {
        .init(NegativeBinomial.self, [mean, dispersion])
    }

    /// The negative binomial distribution with the logarithm of the mean.
    public static func negativeBinomial(
        logMean: some Quantity, dispersion: some Quantity
    ) -> TracedDistribution {
        .init(NegativeBinomialLog.self, [logMean, dispersion])
    }
}
