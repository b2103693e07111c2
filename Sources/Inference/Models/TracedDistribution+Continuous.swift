// SPDX-License-Identifier: GPL-3.0-or-later

import Distributions

// To add a family: its labels, its traced density, and a draw for the
// parameters of one entry.

extension TracedDistribution {
    /// The normal distribution.
    public static func normal(
        mean: some Quantity, standardDeviation: some Quantity
    ) -> TracedDistribution {
        .init(Normal.self, [mean, standardDeviation]) {
            try Normal(mean: $0[0], standardDeviation: $0[1]).sample(using: $1)
        }
    }

    /// The log-normal distribution.
    public static func logNormal(
        logMean: some Quantity, logStandardDeviation: some Quantity
    ) -> TracedDistribution {
        .init(LogNormal.self, [logMean, logStandardDeviation]) {
            try LogNormal(logMean: $0[0], logStandardDeviation: $0[1]).sample(using: $1)
        }
    }

    /// The Cauchy distribution; on a parameter with lower bound 0 and location
    /// 0, the half-Cauchy distribution.
    public static func cauchy(
        location: some Quantity, scale: some Quantity
    ) -> TracedDistribution {
        .init(Cauchy.self, [location, scale]) {
            try Cauchy(location: $0[0], scale: $0[1]).sample(using: $1)
        }
    }

    /// Student's t distribution with location and scale.
    public static func studentT(
        degreesOfFreedom: some Quantity, location: some Quantity, scale: some Quantity
    ) -> TracedDistribution {
        .init(StudentT.self, [degreesOfFreedom, location, scale]) {
            try StudentT(degreesOfFreedom: $0[0], location: $0[1], scale: $0[2])
                .sample(using: $1)
        }
    }

    /// The uniform distribution.
    public static func uniform(
        lower: some Quantity, upper: some Quantity
    ) -> TracedDistribution {
        .init(Uniform.self, [lower, upper]) {
            try Uniform(lower: $0[0], upper: $0[1]).sample(using: $1)
        }
    }

    /// The beta distribution.
    public static func beta(alpha: some Quantity, beta: some Quantity) -> TracedDistribution {
        .init(Beta.self, [alpha, beta]) {
            try Beta(alpha: $0[0], beta: $0[1]).sample(using: $1)
        }
    }

    /// The exponential distribution.
    public static func exponential(rate: some Quantity) -> TracedDistribution {
        .init(Exponential.self, [rate]) { try Exponential(rate: $0[0]).sample(using: $1) }
    }

    /// The gamma distribution.
    public static func gamma(shape: some Quantity, rate: some Quantity) -> TracedDistribution {
        .init(Gamma.self, [shape, rate]) {
            try Gamma(shape: $0[0], rate: $0[1]).sample(using: $1)
        }
    }

    /// The inverse gamma distribution.
    public static func inverseGamma(
        shape: some Quantity, scale: some Quantity
    ) -> TracedDistribution {
        .init(InverseGamma.self, [shape, scale]) {
            try InverseGamma(shape: $0[0], scale: $0[1]).sample(using: $1)
        }
    }

    /// The chi-squared distribution.
    public static func chiSquared(degreesOfFreedom: some Quantity) -> TracedDistribution {
        .init(ChiSquared.self, [degreesOfFreedom]) {
            try ChiSquared(degreesOfFreedom: $0[0]).sample(using: $1)
        }
    }
}
