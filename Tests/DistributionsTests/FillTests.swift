// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

@testable import Distributions

/// `sample(count)` gives the numbers of as many single draws.
@Suite struct FillTests {
    private func check<D: Distribution>(_ d: D, _ name: String = "philox4x64") throws
    where D.Value: Equatable {
        let a = try RandomGenerator(named: name, seed: 30)
        let b = try RandomGenerator(named: name, seed: 30)
        for count in [-1, 0, 1, 2, 7, 60, 3_000] {
            let together = d.sample(count, using: a)
            #expect(
                together == (0..<max(count, 0)).map { _ in d.sample(using: b) }, "\(d), \(count)")
        }
        #expect(a.next() == b.next(), "\(d)")
    }

    @Test func continuous() throws {
        try check(Uniform(lower: -1, upper: 3))
        try check(Normal(mean: 2, standardDeviation: 3))
        try check(LogNormal(logMean: 2, logStandardDeviation: 3))
        try check(Exponential(rate: 3))
        try check(Gamma(shape: 2.5, rate: 3))
        try check(Gamma(shape: 0.5, rate: 3))
        try check(ChiSquared(degreesOfFreedom: 3))
        try check(InverseGamma(shape: 3, scale: 2))
        try check(Beta(alpha: 2, beta: 3))
        try check(Beta(alpha: 0.2, beta: 3), "mt19937")
        try check(StudentT(degreesOfFreedom: 5, location: 1, scale: 2))
        try check(StudentT(degreesOfFreedom: 0.5))
        try check(Cauchy(location: 0, scale: 1))
    }

    @Test(arguments: [0, 0.01, 3, 9.99, 10, 30.5, 1e4, 1e9, 1e18, 1e19])
    func poisson(_ rate: Double) throws {
        try check(Poisson(rate: rate))
        try check(Poisson(rate: rate), "taus")
    }

    @Test(
        arguments: [0, 1, 10, 100, 5_000, 1 << 40, Int.max],
        [0, 1e-12, 0.001, 0.3, 0.5, 0.9999, 1])
    func binomial(_ trials: Int, _ probability: Double) throws {
        try check(Binomial(trials: trials, probability: probability))
    }

    @Test func beyondWhatANumberCanHold() throws {
        let generator = RandomGenerator(seed: 31)
        let ends = try Beta(alpha: 0x1p-1040, beta: 0x3p-1040).sample(4_000, using: generator)
        #expect(ends.allSatisfy { $0 == 0 || $0 == 1 })
        // A quarter of them; 5.3 standard deviations, probability 1e-7.
        #expect(abs(ends.reduce(0, +) - 1_000) < 5.3 * 750.0.squareRoot())
    }
}
