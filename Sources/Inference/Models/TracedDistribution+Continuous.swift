// SPDX-License-Identifier: GPL-3.0-or-later

import Distributions

// To add a family: its labels and its traced density, which knows how to draw.

extension TracedDistribution {
    /// The normal distribution.
    public static func normal(
        mean: some Quantity, standardDeviation: some Quantity
    ) -> TracedDistribution {
        .init(Normal.self, [mean, standardDeviation])
    }

    /// The log-normal distribution.
    public static func logNormal(
        logMean: some Quantity, logStandardDeviation: some Quantity
    ) -> TracedDistribution {
        .init(LogNormal.self, [logMean, logStandardDeviation])
    }

    /// The Cauchy distribution; on a parameter with lower bound 0 and location
    /// 0, the half-Cauchy distribution.
    public static func cauchy(
        location: some Quantity, scale: some Quantity
    ) -> TracedDistribution {
        .init(Cauchy.self, [location, scale])
    }

    /// Student's t distribution with location and scale.
    public static func studentT(
        degreesOfFreedom: some Quantity, location: some Quantity, scale: some Quantity
    ) -> TracedDistribution {
        .init(StudentT.self, [degreesOfFreedom, location, scale])
    }

    /// The uniform distribution.
    public static func uniform(
        lower: some Quantity, upper: some Quantity
    ) -> TracedDistribution {
        .init(Uniform.self, [lower, upper])
    }

    /// The beta distribution.
    public static func beta(alpha: some Quantity, beta: some Quantity) -> TracedDistribution {
        .init(Beta.self, [alpha, beta])
    }

    /// The exponential distribution.
    public static func exponential(rate: some Quantity) -> TracedDistribution {
        .init(Exponential.self, [rate])
    }

    /// The gamma distribution.
    public static func gamma(shape: some Quantity, rate: some Quantity) -> TracedDistribution {
        .init(Gamma.self, [shape, rate])
    }

    /// The inverse gamma distribution.
    public static func inverseGamma(
        shape: some Quantity, scale: some Quantity
    ) -> TracedDistribution {
        .init(InverseGamma.self, [shape, scale])
    }

    /// The chi-squared distribution.
    public static func chiSquared(degreesOfFreedom: some Quantity) -> TracedDistribution {
        .init(ChiSquared.self, [degreesOfFreedom])
    }
}
