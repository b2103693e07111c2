// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import Distributions
@testable import Randomness

/// What every univariate distribution must satisfy, whatever it is.
@Suite struct ConformanceTests {
    /// The distributions of a table, once each.
    private func distributions(_ family: Family) throws -> [any UnivariateDistribution] {
        var seen: Set<Substring> = []
        return try referenceRows(family.table).filter { seen.insert($0.parameterText).inserted }
            .map { try family.make($0.parameters) }
    }

    @Test(arguments: families) func quantilesInvert(_ family: Family) throws {
        for d in try distributions(family) {
            for p in [1e-12, 1e-3, 0.1, 0.25, 0.5, 0.6, 0.9, 0.999] {
                let x = d.lowerPoint(p), y = d.upperPoint(p)
                if d is any DiscreteDistribution {
                    // Beyond 2⁶³ there is no Int.
                    #expect(
                        (d.cdf(x) >= p * (1 - 1e-13) || x == 0x1p63) && d.cdf(x - 1) < p,
                        "\(d) \(p)")
                    #expect(
                        (d.upperCDF(y) <= p * (1 + 1e-13) || y == 0x1p63)
                            && d.upperCDF(y - 1) > p, "\(d) \(p)")
                } else {
                    // One unit of x moves the distribution function by x f(x).
                    let back = d.cdf(x), upper = d.upperCDF(y)
                    let unit = 0x1p-52 * (1 + abs(x) * d.density(at: x) / p)
                    let other = 0x1p-52 * (1 + abs(y) * d.density(at: y) / p)
                    let few = 64 + 4 * abs(log(p))
                    // Where x underflows or is an end there is nothing to invert.
                    if abs(x) > 1e-300, x > d.support.lowerBound, x < d.support.upperBound {
                        #expect(abs(back - p) <= few * unit * p, "\(d) at \(p): \(x), \(back)")
                    }
                    if abs(y) > 1e-300, y > d.support.lowerBound, y < d.support.upperBound {
                        #expect(abs(upper - p) <= few * other * p, "\(d) at \(p): \(y), \(upper)")
                    }
                }
            }
        }
    }

    @Test(arguments: families) func tailsAreMonotoneAndComplementary(_ family: Family) throws {
        for d in try distributions(family) {
            var lastLower = 0.0, lastUpper = 1.0
            for i in 1..<200 {
                let x = d.lowerPoint(Double(i) / 200)
                let (lower, upper) = (d.cdf(x), d.upperCDF(x))
                #expect(lower >= lastLower * (1 - 1e-14) && upper <= lastUpper * (1 + 1e-14))
                #expect(abs(lower + upper - 1) < 1e-13, "\(d) at \(x)")
                #expect(abs(exp(d.logCDF(x)) - lower) <= 1e-13 * lower, "\(d) at \(x)")
                #expect(abs(exp(d.logUpperCDF(x)) - upper) < 1e-13 * max(upper, 1e-300))
                (lastLower, lastUpper) = (lower, upper)
            }
        }
    }

    @Test(arguments: families) func endsAndNaN(_ family: Family) throws {
        for d in try distributions(family) {
            #expect(d.cdf(.nan).isNaN && d.upperCDF(.nan).isNaN)
            #expect(d.logCDF(.nan).isNaN && d.logUpperCDF(.nan).isNaN)
            #expect(d.cdf(-.infinity) == 0 && d.upperCDF(-.infinity) == 1)
            #expect(d.cdf(.infinity) == 1 && d.upperCDF(.infinity) == 0)
            #expect(d.logCDF(-.infinity) == -.infinity && d.logCDF(.infinity) == 0)
            #expect(d.logUpperCDF(.infinity) == -.infinity && d.logUpperCDF(-.infinity) == 0)
            if let d = d as? any ContinuousDistribution {
                #expect(d.logDensity(.nan).isNaN && d.pdf(.nan).isNaN)
                #expect(d.quantile(.nan).isNaN && d.quantile(-0.1).isNaN && d.quantile(1.1).isNaN)
                #expect(d.upperQuantile(.nan).isNaN && d.upperQuantile(2).isNaN)
                #expect(d.quantile(0) == d.support.lowerBound, "\(d)")
                #expect(d.quantile(1) == d.support.upperBound, "\(d)")
                #expect(d.upperQuantile(0) == d.support.upperBound, "\(d)")
                #expect(d.logDensity(-.infinity) == -.infinity, "\(d)")
                #expect(d.logDensity(.infinity) == -.infinity, "\(d)")
            }
            if let d = d as? any DiscreteDistribution {
                #expect(d.quantile(.nan) == Int.min && d.quantile(1.5) == Int.min)
                let ends = d.support
                if ends.lowerBound > -.infinity {
                    #expect(d.logDensity(Int(ends.lowerBound) - 1) == -.infinity)
                    #expect(d.logDensity(Int.min) == -.infinity)
                    #expect(d.quantile(0) == Int(ends.lowerBound), "\(d)")
                } else {
                    #expect(d.quantile(0) == Int.min + 1, "\(d)")
                }
                #expect(d.pdf(Int.max) < 1e-18)
                if ends.upperBound < .infinity {
                    #expect(d.logDensity(Int(ends.upperBound) + 1) == -.infinity)
                    #expect(d.quantile(1) == Int(ends.upperBound), "\(d)")
                }
                _ = d.quantile(1)
            }
            #expect(throws: (any Error).self) { try d.checkInterval(0) }
            #expect(throws: (any Error).self) { try d.checkInterval(.nan) }
            try d.checkInterval(0.9)
        }
    }

    /// √n D of Kolmogorov exceeds 2.69 with probability 1e-6 (less for counts);
    /// the seeds are fixed.
    @Test(arguments: families) func samplesFollowTheDistribution(_ family: Family) throws {
        for (index, d) in try distributions(family).enumerated() {
            let generator = RandomGenerator(StreamKey(seed: 20).child(family.table).child(index))
            let distance = d.kolmogorov(20_000, generator)
            #expect(distance < 2.69, "\(d): \(distance)")
        }
    }
}

extension UnivariateDistribution {
    func density(at x: Double) -> Double { convert(x).map(pdf) ?? 0 }

    func checkInterval(_ probability: Double) throws {
        let interval = try interval(probability)
        #expect(interval.lowerBound <= interval.upperBound)
    }

    /// √n times the largest distance between draws and distribution function.
    func kolmogorov(_ n: Int, _ generator: RandomGenerator) -> Double {
        let sorted = sample(n, using: generator).map(number).sorted()
        var largest = 0.0
        var i = 0
        while i < n {
            var j = i
            while j < n, sorted[j] == sorted[i] { j += 1 }
            // A double stands for the numbers that round to it: at 0 and 1 many.
            let discrete = self is any DiscreteDistribution
            let at = cdf(
                discrete
                    ? sorted[i]
                    : sorted[i] == 0 ? 2 * Double.leastNonzeroMagnitude : sorted[i].nextUp)
            let before = cdf(discrete ? sorted[i] - 1 : sorted[i].nextDown)
            largest = max(largest, Double(j) / Double(n) - at, before - Double(i) / Double(n))
            i = j
        }
        return largest * Double(n).squareRoot()
    }
}

extension UnivariateDistribution {
    func lowerPoint(_ p: Double) -> Double { number(quantile(p)) }
    func upperPoint(_ q: Double) -> Double { number(upperQuantile(q)) }
}
