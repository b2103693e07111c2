// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// Terms that the traced densities of counts share.
enum Counts {
    /// Σ y log p + (n − y) log(1 − p) over `count` entries, with 0 log 0 = 0
    /// where y or n − y is a known 0; −∞ unless p is a probability.
    static func logProbability(
        of y: Traced, trials n: Traced, _ p: Traced, count: Int
    ) -> Traced {
        if count == 0 { return 0 }
        let inside = Traced.lessOrEqual(abs(p - 0.5), 0.5)
        return Support.restricted(unchecked(of: y, trials: n, p, count: count), to: inside)
    }

    private static func unchecked(
        of y: Traced, trials n: Traced, _ p: Traced, count: Int
    ) -> Traced {
        guard let successes = y.constants, let trials = n.constants else {
            let term = product(y, log(p)) + product(n - y, log1m(p))
            return term.shape.isScalar ? term * Traced(Double(count)) : sum(term)
        }
        let failures = (0..<count).map {
            trials[trials.count == 1 ? 0 : $0] - successes[successes.count == 1 ? 0 : $0]
        }
        if p.shape.isScalar {
            // Sufficient statistics.
            let s = successes.reduce(0, +) * (successes.count == count ? 1 : Double(count))
            return product(Traced(s), log(p))
                + product(Traced(failures.reduce(0, +)), log1m(p))
        }
        // Only the entries that matter, each with one logarithm where it can be.
        func part(_ weights: [Double], _ logarithm: (Traced) -> Traced) -> Traced {
            let rows = weights.indices.filter { weights[$0] != 0 }
            if rows.isEmpty { return 0 }
            let chosen = rows.map { weights[$0] }
            let logs = logarithm(rows.count == p.count ? p : p.gather(rows))
            return chosen.allSatisfy { $0 == 1 } ? sum(logs) : dot(Traced(chosen), logs)
        }
        let counts =
            successes.count == count
            ? successes : [Double](repeating: successes[0], count: count)
        return part(counts) { log($0) } + part(failures) { log1m($0) }
    }

    /// a · b, and 0 where a is a known 0, whatever b.
    static func product(_ a: Traced, _ b: Traced) -> Traced {
        guard let known = a.constants, known.contains(0) else { return a * b }
        if known.allSatisfy({ $0 == 0 }) {
            return a.shape.isScalar && !b.shape.isScalar
                ? Traced([Double](repeating: 0, count: b.count), b.shape) : a
        }
        return select(Traced(known.map { $0 == 0 ? 1 : 0 }, a.shape), 0, a * b)
    }

    /// log of n over y.
    static func logChoose(_ n: Traced, _ y: Traced) -> Traced {
        logGamma(n + 1) - logGamma(y + 1) - logGamma(n - y + 1)
    }
}
