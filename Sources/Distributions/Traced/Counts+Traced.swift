// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

// Densities of counts and outcomes under Stan's names. Terms are dropped as in
// the Stan functions reference: those without a traced argument.

/// Stan's `bernoulli_logit(alpha)`.
public enum BernoulliLogit: TracedDensity {
    public static let stanName = "bernoulli_logit"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.bernoulliLogit, [x] + parameters, droppingConstants: droppingConstants)
    }
}

/// Stan's `binomial_logit(N, alpha)`.
public enum BinomialLogit: TracedDensity {
    public static let stanName = "binomial_logit"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.binomialLogit, [x] + parameters, droppingConstants: droppingConstants)
    }
}

/// Stan's `poisson_log(alpha)`: the logarithm of the rate.
public enum PoissonLog: TracedDensity {
    public static let stanName = "poisson_log"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.poissonLog, [x] + parameters, droppingConstants: droppingConstants)
    }
}

/// Stan's `neg_binomial(alpha, beta)`: shape and inverse scale of the gamma
/// distribution of the rate.
public enum NegativeBinomialRate: TracedDensity {
    public static let stanName = "neg_binomial"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, alpha, beta) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, alpha, beta], droppingConstants: droppingConstants)
        // The binomial coefficient goes with α, as in Stan.
        terms.add(alpha) { logGamma(y + alpha) - logGamma(alpha) - logGamma(y + 1) }
        terms.add(alpha, beta) { -alpha * log1p(reciprocal(beta)) - y * log1p(beta) }
        return terms.total
    }
}

/// Stan's `neg_binomial_2_log(eta, phi)`: the logarithm of the mean.
public enum NegativeBinomialLog: TracedDensity {
    public static let stanName = "neg_binomial_2_log"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, eta, phi) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, eta, phi], droppingConstants: droppingConstants)
        // The binomial coefficient goes with φ, as in Stan.
        terms.add(phi) { logGamma(y + phi) - logGamma(phi) - logGamma(y + 1) }
        terms.add(eta) { y * eta }
        terms.add(eta, phi) {
            // log(φ + e^η) = log φ + log(1 + e^(η − log φ))
            let logPhi = log(phi)
            let excess = log1pExp(eta - logPhi)
            return -phi * excess - y * (logPhi + excess)
        }
        return terms.total
    }
}

/// Stan's `categorical(theta)`: outcomes from 1, one vector of probabilities.
public enum Categorical: TracedDensity {
    public static let stanName = "categorical"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let theta = parameters[0].flat
        if droppingConstants && theta.isConstant { return 0 }
        guard let chosen = outcomes(x, of: theta) else { return Traced(.nan) }
        return sum(log(chosen))
    }

    /// The entries of a vector at known outcomes counted from 1; nil if one
    /// lies outside or is not known.
    static func outcomes(_ x: Traced, of theta: Traced) -> Traced? {
        guard let outcomes = x.constants else { return nil }
        var indices: [Int] = []
        indices.reserveCapacity(outcomes.count)
        for outcome in outcomes {
            guard let k = Int(exactly: outcome), k >= 1, k <= theta.count else { return nil }
            indices.append(k - 1)
        }
        if indices.isEmpty { return Traced([Double]()) }
        return theta.flat.gather(indices)
    }
}

/// Stan's `categorical_logit(beta)`: outcomes from 1, log odds up to a constant.
public enum CategoricalLogit: TracedDensity {
    public static let stanName = "categorical_logit"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let beta = parameters[0].flat
        if droppingConstants && beta.isConstant { return 0 }
        guard let chosen = Categorical.outcomes(x, of: beta) else { return Traced(.nan) }
        return sum(chosen) - logSumExp(beta) * Traced(Double(x.count))
    }
}

/// Stan's `ordered_logistic(eta, c)`: outcomes from 1 to K, K − 1 ordered cut
/// points; a predictor for each outcome, or one for all.
public enum OrderedLogistic: TracedDensity {
    public static let stanName = "ordered_logistic"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (eta, cuts) = (parameters[0].flat, parameters[1].flat)
        if droppingConstants && eta.isConstant && cuts.isConstant { return 0 }
        guard let outcomes = x.constants, eta.shape.isScalar || eta.count == outcomes.count else {
            return Traced(.nan)
        }
        // Observations with the same number of finite bounds go together.
        var first: [Int] = [], last: [Int] = [], middle: [Int] = []
        for (i, outcome) in outcomes.enumerated() {
            guard let k = Int(exactly: outcome), k >= 1, k <= cuts.count + 1 else {
                return Traced(.nan)
            }
            if cuts.count == 0 { continue }
            if k == 1 {
                first.append(i)
            } else if k == cuts.count + 1 {
                last.append(i)
            } else {
                middle.append(i)
            }
        }
        func predictor(_ rows: [Int]) -> Traced {
            eta.shape.isScalar ? eta : eta.gather(rows)
        }
        var total: Traced = 0
        if !first.isEmpty {
            let d = cuts[0] - predictor(first)
            let value = sum(logLogistic(d))
            total += d.shape.isScalar ? value * Traced(Double(first.count)) : value
        }
        if !last.isEmpty {
            let d = predictor(last) - cuts[cuts.count - 1]
            let value = sum(logLogistic(d))
            total += d.shape.isScalar ? value * Traced(Double(last.count)) : value
        }
        if !middle.isEmpty {
            let upper = cuts.gather(middle.map { Int(outcomes[$0]) - 1 })
            let lower = cuts.gather(middle.map { Int(outcomes[$0]) - 2 })
            let eta = predictor(middle)
            // F(u) − F(l) = F(u) F(−l) (1 − e^(l − u))
            total += sum(
                logLogistic(upper - eta) + logLogistic(eta - lower) + log1mExp(lower - upper))
        }
        return total
    }
}
