// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Mass k^−s over its sum, k = 1 … bound: what the zeta and Zipf's distribution share.
struct PowerLaw: Hashable, Sendable {
    let exponent: Double
    let bound: Double
    private let total: Double
    private var s: Double { exponent }

    init(exponent: Double, bound: Double) {
        self.exponent = exponent
        self.bound = bound
        total = relativePowerSum(exponent, from: 1, count: bound)
    }

    func logMass(_ x: Int) -> Double {
        let k = Double(x)
        if x < 1 || k > bound { return -.infinity }
        // 1/total near 1 by what the others add.
        if x == 1 { return -log1p(rest(2)) }
        return -s * log(k) - log(total)
    }

    /// Σ j^−s from k on.
    private func rest(_ k: Double) -> Double {
        k > bound
            ? 0 : exp(-s * log(k)) * relativePowerSum(s, from: k, count: bound - k + 1)
    }

    func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        let k = x.rounded(.down)
        if k < 1 || k >= bound {
            let one = (k >= bound) == lower
            return wantsLog ? (one ? 0 : -.infinity) : (one ? 1 : 0)
        }
        if lower {
            let p = relativePowerSum(s, from: 1, count: k) / total
            if p < 0.5 { return wantsLog ? log(p) : p }
            let q = rest(k + 1) / total
            return wantsLog ? log1p(-q) : p < 0.9 ? p : 1 - q
        }
        let logUpper =
            -s * log(k + 1) + log(relativePowerSum(s, from: k + 1, count: bound - k) / total)
        if logUpper < -0.6 { return wantsLog ? logUpper : exp(logUpper) }
        let p = relativePowerSum(s, from: 1, count: k) / total
        return wantsLog ? log1p(-p) : 1 - p
    }

    /// E[(X − 1)ʳ], the first terms one by one.
    func moment(_ r: Int) -> Double {
        if bound == .infinity, s <= Double(r) + 1 { return .infinity }
        let direct = min(bound, 64)
        var sum = 0.0
        var k = 2.0
        while k <= direct {
            sum += exp(Double(r) * log(k - 1) - s * log(k))
            k += 1
        }
        guard bound > direct else { return sum / total }
        // Binomially, from 65 on.
        let q = direct + 1
        var (binomial, others) = (1.0, 0.0)
        for i in 0...r {
            // C(r, i) k^(r − i) (−1)ⁱ
            let power = Double(r - i)
            others +=
                binomial * exp((power - s) * log(q))
                * relativePowerSum(s - power, from: q, count: bound - q + 1)
            binomial *= -Double(r - i) / Double(i + 1)
        }
        return (sum + others) / total
    }

    func centralMoment(_ order: Int) -> Double {
        if bound < .infinity {
            // Of numbers far from 1 the powers about 1 would cancel.
            let moments = sum.centralMoments(mode: 1, mean: 1 + moment(1))
            return order == 2 ? moments.0 : order == 3 ? moments.1 : moments.2
        }
        let m = moment(1)
        if m == .infinity { return order == 2 ? .infinity : .nan }
        let second = moment(2)
        if second == .infinity { return order == 2 ? .infinity : .nan }
        if order == 2 { return second - m * m }
        let third = moment(3)
        if third == .infinity { return order == 3 ? .infinity : .nan }
        if order == 3 { return third - m * (3 * second - 2 * m * m) }
        return moment(4) - m * (4 * third - m * (6 * second - 3 * m * m))
    }

    /// The mass times its total.
    private var sum: CountSum {
        let s = s
        return CountSum(
            1, bound, logMass: { -s * log($0) }, ratio: { exp(-s * log1p(1 / $0)) },
            power: bound == .infinity ? (s - 1, 1) : nil)
    }

    /// log Σ + s E[log k].
    var entropy: Double {
        bound == 1 ? 0 : log1p(rest(2)) + s * sum.expectation(mode: 1) { log($0) }
    }

    /// Rejection and inversion: W. Hörmann, G. Derflinger, "Rejection-inversion to
    /// generate variates from monotone discrete distributions", ACM TOMACS 6 (1996).
    func sample(_ generator: RandomGenerator) -> Int {
        // H(x) = (x^(1 − s) − 1)/(1 − s) and its inverse.
        let t = 1 - s
        func h(_ x: Double) -> Double {
            if x == .infinity { return t < 0 ? -1 / t : .infinity }
            let l = log(x)
            return t * l == 0 ? l : expm1(t * l) / t
        }
        func inverse(_ y: Double) -> Double {
            t == 0 || abs(t * y) < 1e-300 ? exp(y) : exp(log1p(max(t * y, -1)) / t)
        }
        let low = h(1.5) - 1
        let high = h(bound == .infinity ? bound : bound + 0.5)
        let sure = 2 - inverse(h(2.5) - exp(-s * log(2)))
        while true {
            let u = high + generator.uniform() * (low - high)
            let x = inverse(u)
            if x >= 0x1p63 { return bound >= 0x1p63 ? Int.max : Int(bound) }
            let k = min(max(x.rounded(), 1), bound)
            if k - x <= sure || u >= h(k + 0.5) - exp(-s * log(k)) { return count(k) }
        }
    }
}
