// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Randomness
import SpecialFunctions

/// A mass function given by its values on 0, 1, …, n − 1, with its tails: what
/// distributions that are computed as a whole are made of.
struct FiniteMass: Sendable, Hashable {
    var logMasses: [Double]
    /// log P(X ≤ k) and log P(X > k).
    private var logLower: [Double]
    private var logUpper: [Double]

    /// - Parameter logs: logarithms of the masses, which add up to 1.
    init(logs: [Double]) {
        logMasses = logs
        func cumulated(_ values: [Double]) -> [Double] {
            // Sums of masses relative to a running scale: far tails keep their digits.
            var (scale, sum, lost) = (-Double.infinity, 0.0, 0.0)
            return values.map { l in
                if l == -.infinity { return scale + log(sum) }
                if l > scale + 20 {
                    let change = scale == -.infinity ? 0 : exp(scale - l)
                    sum *= change
                    lost *= change
                    scale = l
                }
                let term = exp(l - scale) - lost
                let next = sum + term
                lost = (next - sum) - term
                sum = next
                return scale + log(sum)
            }
        }
        logLower = cumulated(logs)
        logUpper = Array(cumulated(logs.reversed()).reversed().dropFirst()) + [-.infinity]
        for k in logs.indices {
            // Of the larger side the complement.
            if logLower[k] < logUpper[k] {
                logUpper[k] = log1mExp(min(logLower[k], 0))
            } else {
                logLower[k] = log1mExp(min(logUpper[k], 0))
            }
        }
    }

    var last: Int { logMasses.count - 1 }
    func logDensity(_ k: Int) -> Double {
        k >= 0 && k <= last ? logMasses[k] : -.infinity
    }
    func logTail(_ x: Double, lower: Bool) -> Double {
        if x.isNaN { return .nan }
        if x < 0 { return lower ? -.infinity : 0 }
        guard x < Double(last) else { return lower ? 0 : -.infinity }
        let k = Int(x)
        return lower ? logLower[k] : logUpper[k]
    }
    func tail(_ x: Double, lower: Bool) -> Double {
        let direct = logTail(x, lower: lower)
        return direct > -0.6 ? -expm1(logTail(x, lower: !lower)) : exp(direct)
    }
    func expectation(_ f: (Double) -> Double) -> Double {
        logMasses.indices.reduce(0) { sum, k in
            let p = exp(logMasses[k])
            return p == 0 ? sum : sum + p * f(Double(k))
        }
    }
    func centralMoment(_ order: Int, about mean: Double) -> Double {
        expectation { x in
            let d = x - mean
            return order == 2 ? d * d : order == 3 ? d * d * d : d * d * d * d
        }
    }
    var entropy: Double {
        logMasses.reduce(0) { $1 == -.infinity ? $0 : $0 - exp($1) * $1 }
    }
    var mode: Int {
        logMasses.indices.max { logMasses[$0] < logMasses[$1] } ?? 0
    }
    func sample(_ generator: RandomGenerator) -> Int {
        let u = log(1 - generator.uniform())
        var (low, high) = (0, last)
        while low < high {
            let middle = (low + high) / 2
            if logLower[middle] >= u { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
