// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

/// Poisson counts for rates from 10 on, by transformed rejection.
///
/// Source: W. Hörmann, "The transformed rejection method for generating Poisson
/// random variables", Insurance: Math. and Economics 12 (1993), algorithm PTRS.
struct PoissonRejection {
    private let rate: Double
    private let a: Double
    private let b: Double
    private let inverseAlpha: Double
    private let accepted: Double

    init(rate: Double) {
        self.rate = rate
        b = 0.931 + 2.53 * rate.squareRoot()
        a = -0.059 + 0.02483 * b
        inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
        accepted = 0.9277 - 3.6224 / (b - 2)
    }

    /// Room for the masses that many draws ask for again and again.
    func table(for draws: Int) -> MassTable {
        MassTable(mean: rate, deviation: rate.squareRoot(), draws: draws)
    }

    private func mass(_ k: Double) -> Double { exp(poissonLogDensity(k, mean: rate)) }

    /// A count from two uniform numbers, or none.
    @inline(__always)
    func attempt(_ first: Double, _ v: Double, _ table: inout MassTable) -> Int? {
        let u = first - 0.5
        let us = 0.5 - abs(u)
        let x = (2 * a / us + b) * u + rate + 0.43
        guard x >= 0, x < 9e18 else { return nil }
        let k = Int(x)
        if us >= 0.07, v <= accepted { return k }
        if us < 0.013, v > us { return nil }
        return v * inverseAlpha <= table.mass(k, mass) * (a / (us * us) + b) ? k : nil
    }
}

/// Binomial counts for n p ≥ 10, p ≤ ½, by transformed rejection.
///
/// Source: W. Hörmann, "The generation of binomial random variates", J. Stat.
/// Comput. Simul. 46 (1993), algorithm BTRS.
struct BinomialRejection {
    private let trials: Int
    private let n: Double
    private let p: Double
    private let a: Double
    private let b: Double
    private let alpha: Double
    private let accepted: Double
    private let top: Double

    init(trials: Int, probability: Double) {
        self.trials = trials
        n = Double(trials)
        p = probability
        let spread = (n * p * (1 - p)).squareRoot()
        b = 1.15 + 2.53 * spread
        a = -0.0873 + 0.0248 * b + 0.01 * p
        alpha = (2.83 + 5.1 / b) * spread
        accepted = 0.92 - 4.2 / b
        top = binomialLogDensity(((n + 1) * p).rounded(.down), trials: n, p: p, q: 1 - p)
    }

    /// Room for the masses that many draws ask for again and again.
    func table(for draws: Int) -> MassTable {
        MassTable(mean: n * p, deviation: (n * p * (1 - p)).squareRoot(), draws: draws)
    }

    /// The mass at a count from 0 to n, relative to the mode's.
    private func mass(_ k: Double) -> Double {
        if k > n { return 0 }
        return exp(binomialLogDensity(k, trials: n, p: p, q: 1 - p) - top)
    }

    /// A count from two uniform numbers, or none.
    @inline(__always)
    func attempt(_ first: Double, _ v: Double, _ table: inout MassTable) -> Int? {
        let u = first - 0.5
        let us = 0.5 - abs(u)
        let x = (2 * a / us + b) * u + n * p + 0.5
        guard x >= 0, x < 9e18 else { return nil }
        let k = Int(x)
        if k > trials { return nil }
        if us >= 0.07, v <= accepted { return k }
        return v * alpha <= table.mass(k, mass) * (a / (us * us) + b) ? k : nil
    }
}

/// The masses of the counts within eight deviations of the mean, each computed
/// when it is first asked for.
struct MassTable {
    private let lowest: Int
    private var masses: [Double]

    /// For few draws, or too many counts, the table is empty and everything is
    /// computed anew.
    init(mean: Double, deviation: Double, draws: Int) {
        let width = (16 * deviation).rounded(.up) + 1
        let isUseful = draws > 4 && width <= min(8 * Double(draws), 4096)
        lowest = isUseful ? Int(max(0, mean - 8 * deviation)) : 0
        masses = isUseful ? Array(repeating: -1, count: Int(width)) : []
    }

    @inline(__always)
    mutating func mass(_ k: Int, _ compute: (Double) -> Double) -> Double {
        let i = k - lowest
        guard i >= 0, i < masses.count else { return compute(Double(k)) }
        if masses[i] < 0 { masses[i] = compute(Double(k)) }
        return masses[i]
    }
}
