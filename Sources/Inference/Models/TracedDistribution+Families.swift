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

    /// The uniform distribution.
    public static func uniform(
        lower: some Quantity, upper: some Quantity
    ) -> TracedDistribution {
        .init(Uniform.self, [lower, upper]) {
            try Uniform(lower: $0[0], upper: $0[1]).sample(using: $1)
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

    /// Student's t distribution with location and scale.
    public static func studentT(
        degreesOfFreedom: some Quantity, location: some Quantity, scale: some Quantity
    ) -> TracedDistribution {
        .init(StudentT.self, [degreesOfFreedom, location, scale]) {
            try StudentT(degreesOfFreedom: $0[0], location: $0[1], scale: $0[2])
                .sample(using: $1)
        }
    }
}
