// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import Distributions
@testable import Randomness

/// Combinators against formulas, against each other, and against mpmath where a far
/// tail is all there is.
@Suite struct CombinatorTests {
    private func close(
        _ a: Double, _ b: Double, _ bound: Double = 1e-12,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(abs(a - b) <= bound * max(abs(b), 1e-300), "\(a), \(b)", sourceLocation: location)
    }
    private let normal = try? Normal(mean: 0, standardDeviation: 1)

    /// All that a continuous distribution promises, by its own parts.
    private func checkConsistent(
        _ d: some ContinuousDistribution, moments: Bool = true,
        _ location: SourceLocation = #_sourceLocation
    ) {
        var last = -Double.infinity
        for p in [1e-300, 1e-100, 1e-12, 1e-3, 0.2, 0.5, 0.8, 0.999] {
            let (x, y) = (d.quantile(p), d.upperQuantile(p))
            #expect(x >= last, "\(d)", sourceLocation: location)
            last = x
            // One unit of x moves the logarithm of the tail by x f(x)/p.
            let unit = { (x: Double, tail: Double) in
                4e-16 * (abs(log(p)) + abs(x) * exp(d.logDensity(x) - tail)) + 1e-13
            }
            let (back, other) = (d.logCDF(x), d.logUpperCDF(y))
            #expect(
                abs(back - log(p)) <= unit(x, back), "\(d) at \(p): \(x), \(back)",
                sourceLocation: location)
            #expect(
                abs(other - log(p)) <= unit(y, other), "\(d) at \(p): \(y), \(other)",
                sourceLocation: location)
            // The density is the slope of the distribution function.
            if p > 1e-4, p < 1 {
                let h = 1e-4 * (d.quantile(0.7) - d.quantile(0.3))
                let slope = (d.cdf(x + h) - d.cdf(x - h)) / (2 * h)
                #expect(
                    abs(slope - d.pdf(x)) <= 1e-5 * slope, "\(d) at \(x)", sourceLocation: location)
            }
        }
        #expect(d.cdf(.nan).isNaN && d.logDensity(.nan).isNaN && d.quantile(2).isNaN)
        #expect(d.quantile(0) == d.support.lowerBound && d.quantile(1) == d.support.upperBound)
        let generator = RandomGenerator(StreamKey(seed: 5))
        #expect(d.kolmogorov(20_000, generator) < 2.69, "\(d)", sourceLocation: location)
        guard moments else { return }
        let draws = d.sample(40_000, using: generator)
        let mean = draws.reduce(0, +) / 40_000
        #expect(
            abs(mean - d.mean) < 5.5 * d.standardDeviation / 200, "\(d): \(mean), \(d.mean)",
            sourceLocation: location)
    }

    @Test func truncationKeepsItsDigits() throws {
        let normal = try #require(normal)
        // mpmath, 40 digits.
        let far = try Truncated(normal, lower: 30)
        close(far.mean, 30.033259667433676, 1e-14)
        close(far.variance, 0.001103771511890091, 1e-11)
        close(far.logDensity(31), -27.097694576861476, 1e-13)
        close(far.logUpperCDF(40), -350.28719805741059, 1e-13)
        close(far.cdf(30.001), 0.029587227281447861, 1e-11)
        let gone = try Truncated(normal, lower: -60, upper: -50)
        close(gone.logCDF(-55), -262.59524088476876, 1e-13)
        close(gone.mean, -50.01998403190564, 1e-13)
        let wide = try Truncated(normal, lower: -1, upper: 8)
        close(wide.mean, 0.28759997093917257)
        close(wide.variance, 0.62968628577656048)
        close(wide.entropy, 1.1023847687116088)
        checkConsistent(far)
        checkConsistent(gone)
        checkConsistent(wide)
        // The exponential distribution forgets.
        let memory = try Truncated(Exponential(rate: 2), lower: 1000)
        close(memory.mean, 1000.5, 1e-14)
        close(memory.entropy, 1 - log(2), 1e-12)
        close(memory.upperQuantile(1e-200), 1000 + 100 * log(10), 1e-14)
        checkConsistent(memory)
        #expect(throws: (any Error).self) { try Truncated(normal, lower: 2, upper: 2) }
        #expect(throws: (any Error).self) { try Truncated(normal, lower: .nan) }
        #expect(throws: (any Error).self) {
            try Truncated(Exponential(rate: 1), lower: -3, upper: -1)
        }
    }

    @Test func truncatedCounts() throws {
        let poisson = try Poisson(rate: 3)
        let d = try TruncatedCounts(poisson, lower: 1)
        // Zero-truncated Poisson: λ/(1 − e^(−λ)).
        let c = 1 - exp(-3.0)
        close(d.mean, 3 / c)
        close(d.variance, 3 / c * (1 + 3 - 3 / c))
        close(d.pdf(2), 4.5 * exp(-3.0) / c)
        #expect(d.pdf(0) == 0 && d.cdf(0.5) == 0 && d.quantile(0) == 1)
        close(d.upperCDF(4), poisson.upperCDF(4) / c)
        let far = try TruncatedCounts(poisson, lower: 400, upper: 500)
        close(far.pdf(400), 0.99251884350918326)
        #expect(far.quantile(0.5) == 400 && far.upperQuantile(1e-10) == 404)
        #expect(d.kolmogorov(20_000, RandomGenerator(StreamKey(seed: 6))) < 2.69)
        #expect(far.kolmogorov(20_000, RandomGenerator(StreamKey(seed: 7))) < 2.69)
        #expect(throws: (any Error).self) { try TruncatedCounts(poisson, upper: -1) }
    }

    @Test func censored() throws {
        let normal = try #require(normal)
        let d = try Censored(normal, lower: -1, upper: 0.5)
        close(d.pdf(-1), normal.cdf(-1))
        close(d.logDensity(0.5), normal.logUpperCDF(0.5))
        close(d.pdf(0.2), normal.pdf(0.2))
        // −Φ(−1) + 0.5 Φ(−0.5) + φ(−1) − φ(0.5)
        let mean =
            -normal.cdf(-1) + 0.5 * normal.upperCDF(0.5) + normal.pdf(-1) - normal.pdf(0.5)
        close(d.mean, mean, 1e-11)
        close(d.variance, 0.3374875388161892, 1e-11)
        #expect(d.cdf(-1.1) == 0 && d.cdf(0.5) == 1 && d.quantile(0.1) == -1 && d.median == 0)
        #expect(d.upperCDF(0.4) == normal.upperCDF(0.4) && d.upperCDF(0.5) == 0)
        let draws = d.sample(10_000, using: RandomGenerator(StreamKey(seed: 8)))
        #expect(abs(draws.reduce(0, +) / 10_000 - mean) < 5.5 * d.standardDeviation / 100)
        close(try Censored(normal).entropy, normal.entropy, 1e-12)
    }

    @Test func mixtures() throws {
        let d = try Mixture(
            [Normal(mean: 0, standardDeviation: 1), Laplace(location: 5, scale: 2)],
            weights: [7, 3])
        close(d.mean, 1.5)
        close(d.variance, 0.7 * 1 + 0.3 * 8 + 0.21 * 25)
        close(d.logUpperCDF(4000), log(0.15) - 3995 / 2, 1e-13)
        checkConsistent(d)
        let one = try Mixture([Gamma(shape: 3, rate: 2), Gamma(shape: 3, rate: 2)])
        let gamma = try Gamma(shape: 3, rate: 2)
        for (a, b) in [
            (one.mean, gamma.mean), (one.variance, gamma.variance), (one.skewness, gamma.skewness),
            (one.excessKurtosis, gamma.excessKurtosis), (one.entropy, gamma.entropy),
            (one.logCDF(1e-9), gamma.logCDF(1e-9)), (one.quantile(0.3), gamma.quantile(0.3)),
        ] { close(a, b, 1e-11) }
        close(one.mode, gamma.mode, 1e-6)
        let counts = try MixtureOfCounts(
            [Poisson(rate: 2), Poisson(rate: 90)], weights: [0.9, 0.1])
        close(counts.mean, 10.8)
        close(counts.variance, 10.8 + 0.09 * 88 * 88)
        #expect(counts.mode == 1 || counts.mode == 2)
        #expect(counts.quantile(0.5) == 2 && counts.upperQuantile(0.01) > 90)
        #expect(counts.kolmogorov(20_000, RandomGenerator(StreamKey(seed: 9))) < 2.69)
        #expect(throws: (any Error).self) { try Mixture([]) }
        #expect(throws: (any Error).self) { try Mixture([gamma], weights: [1, 2]) }
        #expect(throws: (any Error).self) { try Mixture([gamma], weights: [.nan]) }
    }

    @Test func shiftedScaledAndTransformed() throws {
        let normal = try #require(normal)
        let moved = try ShiftedScaled(normal, location: 3, scale: -2)
        let same = try Normal(mean: 3, standardDeviation: 2)
        for (a, b) in [
            (moved.logCDF(-70), same.logCDF(-70)), (moved.quantile(1e-9), same.quantile(1e-9)),
            (moved.entropy, same.entropy), (moved.pdf(4), same.pdf(4)),
        ] { close(a, b, 1e-13) }
        checkConsistent(moved)
        let gumbel = try ShiftedScaled(Exponential(rate: 1), location: -5, scale: -3)
        #expect(gumbel.support == -.infinity ... -5 && gumbel.skewness == -2)
        checkConsistent(gumbel)
        let odds = try Transformed(
            normal, by: { exp($0) }, inverse: { log($0) }, inverseDerivative: { 1 / $0 })
        let logNormal = try LogNormal(logMean: 0, logStandardDeviation: 1)
        for (a, b) in [
            (odds.logCDF(1e-12), logNormal.logCDF(1e-12)), (odds.pdf(3), logNormal.pdf(3)),
            (odds.mean, logNormal.mean), (odds.variance, logNormal.variance),
            (odds.entropy, logNormal.entropy),
            (odds.upperQuantile(1e-9), logNormal.upperQuantile(1e-9)),
        ] { close(a, b, 1e-11) }
        checkConsistent(odds)
        let falling = try Transformed(
            normal, by: { -$0 * $0 * $0 }, inverse: { -cbrt($0) },
            inverseDerivative: { -1 / (3 * cbrt($0) * cbrt($0)) })
        #expect(abs(falling.cdf(8) - normal.cdf(2)) < 1e-15)
        #expect(throws: (any Error).self) {
            try Transformed(
                normal, by: { $0 * $0 }, inverse: { sqrt($0) },
                inverseDerivative: { 0.5 / sqrt($0) })
        }
    }

    @Test func zerosAndHurdles() throws {
        let base = try NegativeBinomial(mean: 4, dispersion: 0.7)
        for d: any DiscreteDistribution in [
            try ZeroInflated(base, inflation: 0.3), try Hurdle(base, zeroProbability: 0.25),
        ] {
            // Against sums over the masses.
            let p = (0..<2000).map { d.pdf($0) }
            close(p.reduce(0, +), 1)
            let mean = p.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
            func central(_ r: Int) -> Double {
                p.enumerated().reduce(0) {
                    $0 + pow(Double($1.offset) - mean, Double(r)) * $1.element
                }
            }
            close(d.mean, mean)
            close(d.variance, central(2))
            close(d.skewness, central(3) / pow(central(2), 1.5))
            close(d.excessKurtosis, central(4) / pow(central(2), 2) - 3, 1e-11)
            close(d.entropy, -p.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 })
            close(d.upperCDF(5), p[6...].reduce(0, +), 1e-11)
            #expect(d.kolmogorov(20_000, RandomGenerator(StreamKey(seed: 10))) < 2.69)
        }
        let inflated = try ZeroInflatedPoisson(parameterValues: [0.25, 3])
        #expect(inflated.parameterValues == [0.25, 3])
        #expect(throws: (any Error).self) { try ZeroInflated(base, inflation: 1) }
        #expect(throws: (any Error).self) {
            try Hurdle(Skellam(firstRate: 1, secondRate: 1), zeroProbability: 0.1)
        }
    }

    @Test func empiricalAndKernels() throws {
        let d = try Empirical([3, 1, 4, 1, 5])
        #expect(d.values == [1, 3, 4, 5] && d.weights == [0.4, 0.2, 0.2, 0.2])
        #expect(d.cdf(1) == 0.4 && d.upperCDF(3.5) == 0.4 && d.cdf(0) == 0 && d.upperCDF(5) == 0)
        #expect(d.quantile(0.4) == 1 && d.quantile(0.41) == 3 && d.quantile(1) == 5)
        #expect(d.upperQuantile(0.4) == 3 && d.upperQuantile(0) == 5 && d.mode == 1)
        close(d.mean, 2.8)
        close(d.variance, 2.56)
        #expect(d.logDensity(2) == -.infinity && d.logDensity(4) == log(0.2))
        #expect(d.kolmogorov(20_000, RandomGenerator(StreamKey(seed: 11))) < 2.69)
        #expect(try Empirical([1, 2], weights: [0, 3]).values == [2])
        #expect(throws: (any Error).self) { try Empirical([]) }
        #expect(throws: (any Error).self) { try Empirical([.nan]) }
        let smooth = try KernelDistribution([1, 2, 6], bandwidth: 0.5)
        close(smooth.mean, 3)
        close(smooth.variance, 14.0 / 3 + 0.25)
        let mixture = try Mixture(
            [1, 2, 6].map { try Normal(mean: $0, standardDeviation: 0.5) })
        for (a, b) in [
            (smooth.skewness, mixture.skewness), (smooth.excessKurtosis, mixture.excessKurtosis),
            (smooth.logCDF(-20), mixture.logCDF(-20)),
            (smooth.logDensity(40), mixture.logDensity(40)),
            (smooth.entropy, mixture.entropy), (smooth.quantile(0.3), mixture.quantile(0.3)),
        ] { close(a, b, 1e-11) }
        checkConsistent(smooth)
    }

    @Test func sumsOfClosedFamilies() throws {
        let generator = RandomGenerator(StreamKey(seed: 12))
        // The draws of both, added, follow the sum.
        func check<A: UnivariateDistribution, B: UnivariateDistribution>(
            _ a: A, _ b: A, _ sum: B, sign: Double = 1
        ) throws {
            let draws = (0..<20_000).map { _ in
                a.number(a.sample(using: generator)) + sign * b.number(b.sample(using: generator))
            }
            let data = try Empirical(draws)
            let worst =
                data.values.map { x in
                    max(abs(data.cdf(x) - sum.cdf(x)), 0)
                }.max() ?? 1
            #expect(worst * 20_000.squareRoot() < 2.69, "\(sum): \(worst)")
        }
        let n = try Normal(mean: 1, standardDeviation: 3)
        try check(n, n, n.convolved(with: n))
        let c = try Cauchy(location: 1, scale: 2)
        try check(c, c, c.convolved(with: c))
        let g = try Gamma(shape: 2, rate: 3)
        try check(g, g, g.convolved(with: g))
        let e = try Exponential(rate: 3)
        try check(e, e, e.convolved(with: e))
        let x = try ChiSquared(degreesOfFreedom: 3)
        try check(x, x, x.convolved(with: x))
        let p = try Poisson(rate: 3)
        try check(p, p, p.convolved(with: p))
        try check(p, p, p.difference(from: p), sign: -1)
        let b = try Binomial(trials: 7, probability: 0.3)
        try check(b, b, b.convolved(with: b))
        let geometric = try Geometric(probability: 0.3)
        try check(geometric, geometric, geometric.convolved(with: geometric))
        let r = try NegativeBinomial(successes: 1.5, probability: 0.3)
        try check(r, r, r.convolved(with: r))
        let coin = try Bernoulli(probability: 0.3)
        try check(coin, coin, coin.convolved(with: coin))
        #expect(throws: (any Error).self) {
            try g.convolved(with: Gamma(shape: 2, rate: 3.1))
        }
        let product = try Product([n, e])
        close(product.logDensity([2, 0.5]), n.logDensity(2) + e.logDensity(0.5))
        #expect(product.mean == [1, 1.0 / 3] && product.logDensity([1]).isNaN)
        close(product.entropy, n.entropy + e.entropy)
        #expect(product.sample(using: generator).count == 2)
    }
}
