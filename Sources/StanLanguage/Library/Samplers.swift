// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Randomness

extension Double {
    static func exponential(_ x: Double) -> Double { exp(x) }
    static func logarithm(_ x: Double) -> Double { log(x) }
    static func logarithm1p(_ x: Double) -> Double { log1p(x) }
    static func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
}

func tangent(_ x: Double) -> Double { tan(x) }

/// The random numbers that others are made of.
enum Samplers {
    /// Gamma with rate 1 (Marsaglia and Tsang 2000); a shape below 1 by way of
    /// shape + 1.
    static func gamma(_ shape: Double, _ g: RandomGenerator) -> Double {
        if shape < 1 {
            return gamma(shape + 1, g) * pow(g.uniform(), 1 / shape)
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = g.normal()
            let root = 1 + c * x
            if root <= 0 { continue }
            let v = root * root * root
            if log(g.uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
        }
    }

    static func beta(_ a: Double, _ b: Double, _ g: RandomGenerator) -> Double {
        if a <= 1, b <= 1 {
            // Jöhnk: small shapes would give 0 / 0.
            while true {
                let x = log(g.uniform()) / a
                let y = log(g.uniform()) / b
                let largest = max(x, y)
                let total = largest + log(exp(x - largest) + exp(y - largest))
                if total <= 0 { return exp(x - total) }
            }
        }
        let x = gamma(a, g)
        return x / (x + gamma(b, g))
    }

    /// Successes in n trials: halves the trials by an order statistic until few
    /// are left (Knuth, volume 2, 3.4.1).
    static func binomial(_ trials: Double, _ probability: Double, _ g: RandomGenerator) -> Double {
        var (n, p) = (trials.rounded(), probability)
        var successes = 0.0
        while n > 20 {
            let a = 1 + (n / 2).rounded(.down)
            let b = 1 + n - a
            let x = beta(a, b, g)
            if x >= p {
                n = a - 1
                p /= x
            } else {
                successes += a
                n = b - 1
                p = (p - x) / (1 - x)
            }
        }
        var i = 0.0
        while i < n {
            if g.uniform() < p { successes += 1 }
            i += 1
        }
        return successes
    }

    /// Events at a rate: by waiting times, many at a time while there are many
    /// (Ahrens and Dieter 1974).
    static func poisson(_ call: Call, _ rate: Double, _ g: RandomGenerator) throws -> Double {
        guard rate >= 0, rate < 1_073_741_824 else {
            throw DomainError(
                call.name, "Rate parameter", is: rate, mustBe: "less than 1.07374e+09")
        }
        var left = rate
        var events = 0.0
        while left > 10 {
            let m = (left * 0.875).rounded(.down)
            let time = gamma(m, g)
            if time >= left { return events + binomial(m - 1, left / time, g) }
            events += m
            left -= time
        }
        let limit = exp(-left)
        var product = g.uniform()
        while product > limit {
            product *= g.uniform()
            events += 1
        }
        return events
    }

    /// A category, from 1.
    static func category(_ probabilities: [Double], _ g: RandomGenerator) -> Int {
        var u = g.uniform()
        for (i, p) in probabilities.enumerated() {
            if u < p { return i + 1 }
            u -= p
        }
        return (probabilities.lastIndex { $0 > 0 } ?? 0) + 1
    }
}
