// SPDX-License-Identifier: GPL-3.0-or-later

import Distributions
import Errors
import Randomness
import SpecialFunctions
import Testing

@testable import Statistics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct MonteCarloTests {
    let gamma: Gamma
    init() throws { gamma = try Gamma(shape: 3, rate: 2) }

    /// How many of 1000 intervals of ±1.96 standard errors cover the truth,
    /// each from its own stream.
    private func covered(_ truth: Double, _ estimate: (RandomGenerator) throws -> Estimate) rethrows
        -> Int
    {
        var count = 0
        for stream in 0..<1000 {
            let found = try estimate(RandomGenerator(seed: 20_261, stream: UInt64(stream)))
            if abs(found.value - truth) <= 1.959963984540054 * found.standardError { count += 1 }
        }
        return count
    }

    // Of 1000 intervals that cover with probability 0.95, fewer than 916 or
    // more than 980 do with probability 1e-5 (binomial). The estimates are of
    // means of 400 draws, whose own coverage is 0.945 to 0.95.
    private let fair = 916...980

    @Test func expectationsAreAsFarOffAsTheySay() throws {
        // E log X = ψ(shape) − log rate.
        let truth = digamma(3) - log(2)
        #expect(
            fair.contains(
                try covered(truth) {
                    try expectation(of: { log($0) }, under: gamma, draws: 400, using: $0)
                }))
    }

    @Test func probabilitiesAreAsFarOffAsTheySay() throws {
        #expect(
            fair.contains(
                try covered(gamma.upperCDF(1)) {
                    try probability(of: { $0 > 1 }, under: gamma, draws: 400, using: $0)
                }))
    }

    @Test func entropiesAreAsFarOffAsTheySay() throws {
        #expect(
            fair.contains(
                try covered(gamma.entropy) { try entropy(of: gamma, draws: 400, using: $0) }))
    }

    @Test func meanSquaredErrorsAreAsFarOffAsTheySay() throws {
        // The mean of n draws is off by variance / n in the mean square.
        #expect(
            fair.contains(
                try covered(gamma.variance / 5) {
                    try meanSquaredError(
                        of: { mean($0) }, target: gamma.mean, under: gamma, n: 5,
                        replications: 400, using: $0)
                }))
    }

    @Test func errorsAreBiasAndVariance() throws {
        // The largest of n uniform draws: bias −1/(n+1), variance n/((n+1)²(n+2)).
        let uniform = try Uniform(0, 1)
        let found = try estimatorAccuracy(
            of: { $0.max() ?? .nan }, target: 1, under: uniform, n: 4, replications: 20_000,
            using: RandomGenerator(seed: 5))
        #expect(
            agree(
                found.meanSquaredError.value, found.squaredBias.value + found.variance.value,
                1e-12))
        // Each within 5 standard errors: false alarm 6e-7.
        #expect(abs(found.bias.value + 0.2) < 5 * found.bias.standardError)
        #expect(abs(found.variance.value - 4.0 / 150) < 5 * found.variance.standardError)
        #expect(abs(found.squaredBias.value - 0.04) < 5 * found.squaredBias.standardError)
        #expect(found.bias.standardError < 0.002 && found.variance.standardError < 0.0005)
        #expect(found.description.contains("n = 4, 20000 replications"))
    }

    @Test func sameSeedSameNumbers() throws {
        let one = try entropy(of: gamma, draws: 100, using: RandomGenerator(seed: 1))
        let two = try entropy(of: gamma, draws: 100, using: RandomGenerator(seed: 1))
        let other = try entropy(of: gamma, draws: 100, using: RandomGenerator(seed: 2))
        #expect(one == two && one != other)
    }

    @Test func rareEventsHaveAnError() throws {
        let none = try probability(
            of: { _ in false }, under: gamma, draws: 100, using: RandomGenerator(seed: 1))
        #expect(none.value == 0 && none.standardError > 0.005)
    }

    @Test func badArguments() throws {
        let generator = RandomGenerator(seed: 1)
        #expect(throws: ParameterError.self) {
            try expectation(of: { $0 }, under: gamma, draws: 1, using: generator)
        }
        #expect(throws: ParameterError.self) {
            try entropy(of: gamma, draws: -5, using: generator)
        }
        #expect(throws: ParameterError.self) {
            try meanSquaredError(
                of: { mean($0) }, target: 0, under: gamma, n: 0, replications: 10,
                using: generator)
        }
        #expect(throws: ParameterError.self) {
            try meanSquaredError(
                of: { mean($0) }, target: 0, under: gamma, n: 3, replications: 1,
                using: generator)
        }
    }
}
