// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

import Distributions

/// Functions of arrays against those of each number.
@Suite struct BulkTests {
    private static let distributions: [any ContinuousDistribution] = {
        let made: [(any ContinuousDistribution)?] = [
            try? Normal(mean: 3, standardDeviation: 0.2),
            try? LogNormal(logMean: -1, logStandardDeviation: 1.5),
            try? Exponential(rate: 7), try? Laplace(location: -2, scale: 3),
            try? Logistic(location: 1, scale: 0.5), try? Cauchy(location: 1, scale: 2),
            try? StudentT(degreesOfFreedom: 3.5, location: 1, scale: 2),
            try? StudentT(degreesOfFreedom: 1e4), try? Gamma(shape: 0.2, rate: 3),
            try? Gamma(shape: 1, rate: 2), try? Gamma(shape: 6.5, rate: 1e-3),
            try? Gamma(shape: 3e6, rate: 2), try? ChiSquared(degreesOfFreedom: 4),
            try? InverseGamma(shape: 3, scale: 2), try? Beta(alpha: 0.4, beta: 0.7),
            try? Beta(alpha: 1, beta: 3), try? Beta(alpha: 5, beta: 17),
            try? Beta(alpha: 900, beta: 20),
            try? FDistribution(numeratorDegreesOfFreedom: 4, denominatorDegreesOfFreedom: 9),
        ]
        return made.compactMap { $0 }
    }()

    /// Enough for the tables: probabilities in the middle and out to 1e-300.
    private static let probabilities: [Double] = {
        var p: [Double] = (1...36_000).map { Double($0) / 36_001 }
        for i in 1...300 {
            p.append(pow(10, -Double(i)))
            p.append(1 - pow(10, -Double(i) / 20))
        }
        return p
    }()

    /// Whether two numbers agree to so many units in the last place of `size`.
    private func agree(_ a: Double, _ b: Double, units: Double, size: Double) -> Bool {
        a == b || abs(a - b) <= units * 0x1p-52 * size
    }

    @Test(arguments: distributions.indices) func agreeWithSingleNumbers(_ index: Int) {
        let d = Self.distributions[index]
        let x = d.quantiles(Self.probabilities)
        let checked = x.indices.filter { $0 % 16 == 0 || $0 >= 36_000 }
        let densities = d.logDensities(x)
        let (median, spread) = (d.median, d.upperQuantile(0.25) - d.median)
        for i in checked {
            let (at, value) = (x[i], d.logDensity(x[i]))
            // A unit of the argument moves a density that falls as the normal one by this.
            let moved = min(abs(at - median) / spread, 1e3)
            let size = max(1, abs(value), moved * moved, moved * min(abs(at) / spread, 1e6))
            #expect(
                agree(densities[i], value, units: 64, size: size),
                "\(d) at \(at): \(densities[i]), not \(value)")
        }
        let (lower, upper) = (d.cdfs(x), d.upperCDFs(x))
        for i in checked {
            let at = x[i]
            let (p, q) = (d.cdf(at), d.upperCDF(at))
            // A unit of the argument moves both by this.
            let slope = abs(at) * d.pdf(at)
            // The table holds z to a few units, Φ(z) then to z² times as many.
            let units = 64 - 16 * log(max(min(p, q), 1e-300))
            #expect(
                agree(lower[i], p, units: units, size: max(p, slope)),
                "\(d) at \(at): \(lower[i]), not \(p)")
            #expect(
                agree(upper[i], q, units: units, size: max(q, slope)),
                "\(d) above \(at): \(upper[i]), not \(q)")
        }
        let p = Self.probabilities
        let (found, foundUpper) = (d.quantiles(p), d.upperQuantiles(p))
        for i in checked {
            let at = p[i]
            let units = 64 - 16 * log(min(at, 1 - at))
            let singles = [(found[i], d.quantile(at)), (foundUpper[i], d.upperQuantile(at))]
            for (value, single) in singles {
                // Where the density is small a unit of p moves x far.
                let far = min(at, 1 - at) / d.pdf(single)
                let size = max(abs(single), far.isFinite ? far : abs(single))
                #expect(
                    agree(value, single, units: units, size: size),
                    "\(d) at probability \(at): \(value), not \(single)")
            }
        }
    }

    @Test(arguments: distributions.indices) func endsAndNonsense(_ index: Int) {
        let d = Self.distributions[index]
        // As part of a long array too, where tables are used.
        let edges: [Double] = [
            -.infinity, -1e300, -1, -0.0, 0, 0x1p-1060, 1, 2, 1e300, .infinity, .nan,
        ]
        let middle = d.quantiles((1...40_000).map { Double($0) / 40_001 })
        for x in [edges, edges + middle, []] {
            let (density, lower, upper) = (d.logDensities(x), d.cdfs(x), d.upperCDFs(x))
            #expect(density.count == x.count && lower.count == x.count && upper.count == x.count)
            for (i, at) in x.prefix(edges.count).enumerated() {
                let value = d.logDensity(at)
                let isSame = density[i].isNaN && value.isNaN
                #expect(
                    isSame || agree(density[i], value, units: 256, size: max(1, abs(value))),
                    "\(d) at \(at): \(density[i]), not \(value)")
                if at.isNaN {
                    #expect(lower[i].isNaN && upper[i].isNaN)
                } else {
                    #expect(abs(lower[i] - d.cdf(at)) < 1e-14, "\(d) at \(at)")
                    #expect(abs(upper[i] - d.upperCDF(at)) < 1e-14, "\(d) at \(at)")
                }
            }
        }
        let nonsense: [Double] = [-1, 0, 1, 2, .nan]
        let p: [Double] = nonsense + (1...40_000).map { Double($0) / 40_001 }
        let found = d.quantiles(p)
        #expect(found[0].isNaN && found[3].isNaN && found[4].isNaN)
        #expect(found[1] == d.quantile(0) && found[2] == d.quantile(1))
    }
}
