// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Randomness

// Outcomes counted from 1, and counts over outcomes. Outcomes are known.

/// Stan's `categorical_logit(beta)`: log odds up to a constant.
public enum CategoricalLogit: TracedDensity {
    public static let stanName = "categorical_logit"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let beta = parameters[0].flat
        if droppingConstants && beta.isConstant || x.count == 0 { return 0 }
        let chosen = Categorical.sumOfEntries(x, beta) { $0 }
        if x.count == 1 { return chosen - logSumExp(beta) }
        return chosen - Traced(Double(x.count)) * logSumExp(beta)
    }
}

/// Stan's `multinomial(theta)`, of the counts over all outcomes.
extension Multinomial: TracedDensity {
    public static let stanName = "multinomial"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        logDensity(x.flat, log(parameters[0].flat), droppingConstants)
    }

    /// By the logarithms of the probabilities.
    static func logDensity(_ y: Traced, _ logs: Traced, _ droppingConstants: Bool) -> Traced {
        guard y.count == logs.count else { return Traced(.nan) }
        if y.count == 0 { return 0 }
        var terms = TermSum([y, logs], droppingConstants: droppingConstants)
        terms.addOnce(y) { logGamma(sum(y) + 1) - sum(logGamma(y + 1)) }
        terms.add(logs) { Counts.product(y, logs) }
        return terms.total
    }
}

/// Stan's `multinomial_logit(gamma)`.
public enum MultinomialLogit: TracedDensity {
    public static let stanName = "multinomial_logit"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let gamma = parameters[0].flat
        return Multinomial.logDensity(x.flat, gamma - logSumExp(gamma), droppingConstants)
    }
}

/// Stan's `dirichlet_multinomial(alpha)`: a multinomial of Dirichlet probabilities.
extension DirichletMultinomial: TracedDensity {
    public static let stanName = "dirichlet_multinomial"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, alpha) = (x.flat, positiveOrNaN(parameters[0].flat))
        guard y.count == alpha.count else { return Traced(.nan) }
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        if y.count == 0 || droppingConstants && alpha.isConstant { return 0 }
        // Γ(Σα) n!/Γ(n + Σα) Π Γ(yₖ + αₖ)/(yₖ! Γ(αₖ)): the factorials belong to it.
        let whole = Counts.logRisingCoefficient(sum(y), sum(alpha))
        let value = sum(Counts.logRisingCoefficient(y, alpha)) - whole
        guard droppingConstants, let counts = y.constants else { return value }
        // Stan's own form of it drops log n less the logarithms of the counts above 0.
        let present = counts.filter { $0 > 0 }
        return present.isEmpty
            ? value : value - Traced(present.reduce(log(counts.reduce(0, +))) { $0 - log($1) })
    }
}

/// Regression of ordered outcomes with a symmetric distribution function F: the
/// outcome k has probability F(cₖ − η) − F(cₖ₋₁ − η).
enum OrderedRegression {
    static func logDensity(
        _ x: Traced, _ eta: Traced, _ cuts: Traced, _ droppingConstants: Bool,
        tail: (Traced) -> Traced, interval: (_ upper: Traced, _ lower: Traced) -> Traced
    ) -> Traced {
        if droppingConstants && eta.isConstant && cuts.isConstant { return 0 }
        guard let known = x.constants else { return Traced(.nan) }
        let (size, sets) = (cuts.shape.rows, cuts.shape.columns)
        let count = max(known.count, eta.count, sets)
        if known.isEmpty || eta.count == 0 || size == 0 { return 0 }
        guard [known.count, eta.count, sets].allSatisfy({ $0 == 1 || $0 == count }) else {
            return Traced(.nan)
        }
        // Observations with the same number of finite bounds go together.
        var first: [Int] = []
        var last: [Int] = []
        var middle: [Int] = []
        func outcome(_ i: Int) -> Int? { Int(exactly: known[known.count == 1 ? 0 : i]) }
        for i in 0..<count {
            guard let k = outcome(i), k >= 1, k <= size + 1 else { return Traced(.nan) }
            if k == 1 {
                first.append(i)
            } else if k == size + 1 {
                last.append(i)
            } else {
                middle.append(i)
            }
        }
        func predictor(_ rows: [Int]) -> Traced {
            if eta.count == 1 { return eta[0] }
            return rows.count == 1 ? eta[rows[0]] : eta.gather(rows)
        }
        /// The cut points above the outcomes, or those below.
        func bounds(_ rows: [Int], _ shift: Int) -> Traced {
            let places = rows.map { (sets == 1 ? 0 : $0 * size) + (outcome($0) ?? 1) - 1 + shift }
            // One cut point for all rows stays a scalar.
            return places.allSatisfy { $0 == places[0] } ? cuts[places[0]] : cuts.gather(places)
        }
        func total(_ value: Traced, _ rows: [Int]) -> Traced {
            value.shape.isScalar && rows.count > 1
                ? value * Traced(Double(rows.count)) : sum(value)
        }
        var terms: [Traced] = []
        if !first.isEmpty {
            terms.append(total(tail(bounds(first, 0) - predictor(first)), first))
        }
        if !last.isEmpty { terms.append(total(tail(predictor(last) - bounds(last, -1)), last)) }
        if !middle.isEmpty {
            let eta = predictor(middle)
            terms.append(
                total(interval(bounds(middle, 0) - eta, bounds(middle, -1) - eta), middle))
        }
        return terms.dropFirst().reduce(terms[0], +)
    }
}
