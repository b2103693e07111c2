// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Randomness
import SpecialFunctions

extension RandomGenerator {
    /// A Poisson count, for any rate ≥ 0; `Int.max` where it would overflow.
    ///
    /// Below 10 by counting exponential waiting times; above by transformed
    /// rejection: W. Hörmann, "The transformed rejection method for generating
    /// Poisson random variables", Insurance: Math. and Economics 12 (1993),
    /// algorithm PTRS.
    package func poisson(rate: Double) -> Int {
        guard rate > 0 else { return 0 }
        if rate < 10 {
            var count = 0
            var time = exponential()
            while time < rate {
                count += 1
                time += exponential()
            }
            return count
        }
        if rate > 4e18 { return Int.max }
        let b = 0.931 + 2.53 * rate.squareRoot()
        let a = -0.059 + 0.02483 * b
        let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
        let accepted = 0.9277 - 3.6224 / (b - 2)
        while true {
            let u = uniform() - 0.5
            let v = uniform()
            let us = 0.5 - abs(u)
            let k = ((2 * a / us + b) * u + rate + 0.43).rounded(.down)
            if us >= 0.07, v <= accepted { return Int(k) }
            if k < 0 || k > 9e18 || us < 0.013 && v > us { continue }
            if log(v * inverseAlpha / (a / (us * us) + b)) <= poissonLogDensity(k, mean: rate) {
                return Int(k)
            }
        }
    }

    /// A binomial count, for trials ≥ 0 and a probability.
    ///
    /// With few successes expected by inversion; else by transformed
    /// rejection: W. Hörmann, "The generation of binomial random variates", J.
    /// Stat. Comput. Simul. 46 (1993), algorithm BTRS.
    package func binomial(trials: Int, probability: Double) -> Int {
        if probability > 0.5 {
            return trials - binomial(trials: trials, probability: 1 - probability)
        }
        let (n, p) = (Double(trials), probability)
        guard n > 0, p > 0 else { return 0 }
        if n * p < 10 { return binomialByInversion(trials, p) }
        let spread = (n * p * (1 - p)).squareRoot()
        let b = 1.15 + 2.53 * spread
        let a = -0.0873 + 0.0248 * b + 0.01 * p
        let alpha = (2.83 + 5.1 / b) * spread
        let accepted = 0.92 - 4.2 / b
        let mode = ((n + 1) * p).rounded(.down)
        let top = binomialLogDensity(mode, trials: n, p: p, q: 1 - p)
        while true {
            let u = uniform() - 0.5
            let v = uniform()
            let us = 0.5 - abs(u)
            let k = ((2 * a / us + b) * u + n * p + 0.5).rounded(.down)
            if k < 0 || k > n { continue }
            if us >= 0.07, v <= accepted { return min(Int(k), trials) }
            let density = binomialLogDensity(k, trials: n, p: p, q: 1 - p)
            if log(v * alpha / (a / (us * us) + b)) <= density - top { return min(Int(k), trials) }
        }
    }

    /// Waiting times between successes are geometric: their sum is followed
    /// until the trials are used up.
    private func binomialByInversion(_ trials: Int, _ p: Double) -> Int {
        let scale = -log1p(-p)
        var count = 0
        var used = 0.0
        while true {
            used += (exponential() / scale).rounded(.down) + 1
            if used > Double(trials) { return count }
            count += 1
        }
    }
}
