// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors

/// Terms that the traced densities of counts share.
enum Counts {
    /// Σ y log p + (n − y) log(1 − p) over `count` entries, with 0 log 0 = 0
    /// where y or n − y is a known 0; NaN unless p is a probability.
    static func logProbability(
        of y: Traced, trials n: Traced, _ p: Traced, count: Int
    ) -> Traced {
        if count == 0 { return 0 }
        guard let successes = y.constants, let trials = n.constants else {
            let term = product(y, log(p)) + product(n - y, log1m(p))
            return term.shape.isScalar ? term * Traced(Double(count)) : sum(term)
        }
        let ones =
            successes.count == count
            ? successes : [Double](repeating: successes[0], count: count)
        let zeros = ones.indices.map { trials[trials.count == 1 ? 0 : $0] - ones[$0] }
        if let logit = p.formalLogit, count == 1 || !p.shape.isScalar {
            // The coefficient is added where it belongs.
            return trials == [1]
                ? .density(.bernoulliLogit, [y, logit], droppingConstants: true)
                : .density(.binomialLogit, [y, n, logit], droppingConstants: true)
        }
        if p.shape.isScalar {
            // Sufficient statistics.
            return weighted(ones.reduce(0, +), zeros.reduce(0, +), p, isSingle: trials == [1])
        }
        // Only the entries that matter, each with one logarithm where it can be.
        func part(_ weights: [Double], _ logarithm: (Traced) -> Traced) -> Traced? {
            let rows = weights.indices.filter { weights[$0] != 0 }
            if rows.isEmpty { return nil }
            let chosen = rows.map { weights[$0] }
            let logs = logarithm(rows.count == p.count ? p : p.gather(rows))
            return chosen.allSatisfy { $0 == 1 } ? sum(logs) : dot(Traced(chosen), logs)
        }
        let parts = [
            part(ones) { log(atMostOne($0)) }, part(zeros) { log1m(nonnegativeOrNaN($0)) },
        ].compactMap { $0 }
        return parts.dropFirst().reduce(parts.first ?? 0, +)
    }

    /// a log p + b log(1 − p) for known a and b, of one trial or more. In a loop over
    /// observations the terms have to look alike, whatever a and b.
    private static func weighted(_ a: Double, _ b: Double, _ p: Traced, isSingle: Bool) -> Traced {
        func times(_ weight: Double, _ logarithm: Traced) -> Traced {
            isSingle && weight == 1 ? logarithm : Traced(weight) * logarithm
        }
        // With both, the logarithms notice a p that is no probability.
        if b == 0 { return a == 0 ? 0 : times(a, log(atMostOne(p))) }
        if a == 0 { return times(b, log1m(nonnegativeOrNaN(p))) }
        return times(a, log(p)) + times(b, log1m(p))
    }

    private static func atMostOne(_ p: Traced) -> Traced {
        p.formalLogit == nil ? select(Traced.lessOrEqual(p, 1), p, Traced(.nan)) : p
    }

    static func nonnegativeOrNaN(_ x: Traced) -> Traced {
        x.isFormallyPositive || x.formalLogit != nil
            ? x : select(Traced.lessOrEqual(0, x), x, Traced(.nan))
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

    /// log of n over y, for whole 0 ≤ y ≤ n.
    static func logChoose(_ n: Traced, _ y: Traced) -> Traced {
        -(log1p(n) + logBeta(y + 1, n - y + 1))
    }

    /// log Γ(y + r)/(Γ(r) y!), the negative binomial's coefficient, which keeps its
    /// digits for large r, where the logarithms of Γ would cancel.
    static func logRisingCoefficient(_ y: Traced, _ r: Traced) -> Traced {
        -(log(y + r) + logBeta(y + 1, r))
    }
}

extension TermSum {
    /// Adds `logRisingCoefficient(y, r)` for each entry, unless r is known and
    /// constants are dropped.
    ///
    /// - Parameter factorial: whether y! is a part of it.
    mutating func addRisingCoefficient(_ y: Traced, _ r: Traced, factorial: Bool = true) {
        if r.shape.isScalar, !r.isConstant, let counts = y.constants, counts.count > 1,
            let most = counts.max(), most <= Double(2 * counts.count + 50),
            counts.allSatisfy({ $0 >= 0 && $0 == $0.rounded() })
        {
            // Σ log r + log(r + 1) + … + log(r + y − 1): few logarithms for many counts.
            var above = [Double](repeating: 0, count: Int(most))
            for count in counts where count > 0 { above[Int(count) - 1] += 1 }
            for j in above.indices.dropLast().reversed() { above[j] += above[j + 1] }
            let steps = Traced(above.indices.map { Double($0) })
            addOnce(r) {
                let rising = above.isEmpty ? 0 : dot(Traced(above), log(r + steps))
                return factorial ? rising - sum(logGamma(y + 1)) : rising
            }
        } else {
            add(r) { Counts.logRisingCoefficient(y, r) }
            if !factorial { add(r) { logGamma(y + 1) } }
        }
    }
}

extension Counts {
    /// A number of trials as a count.
    static func whole(_ value: Double, _ name: String) throws(ParameterError) -> Int {
        guard let count = Int(exactly: value) else {
            throw ParameterError(name, is: value, mustBe: "a whole number")
        }
        return count
    }
}
