// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

// Densities of vectors and matrices, and of regressions, under Stan's names.

/// Stan's `dirichlet(alpha)`; several simplices stand in the columns of a
/// matrix.
public enum Dirichlet: TracedDensity {
    public static let stanName = "dirichlet"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let alpha = parameters[0]
        let size = alpha.shape.rows
        if x.count == 0 || alpha.count == 0 { return 0 }
        guard x.count % size == 0, x.count == alpha.count || x.count == size || alpha.count == size
        else { return Traced(.nan) }
        let vectors = max(x.count, alpha.count) / size
        let each = alpha.count / size
        let repeats = Traced(Double(vectors / each))
        var terms = TermSum([x, alpha], droppingConstants: droppingConstants)
        terms.addOnce(alpha) {
            let totals =
                each == 1
                ? sum(alpha)
                : .vector(
                    (0..<each).map { c in sum(alpha.gather(Array(c * size..<(c + 1) * size))) })
            return (sum(logGamma(totals)) - sum(logGamma(alpha))) * repeats
        }
        terms.addOnce(x, alpha) {
            let a = MultivariateNormalCholesky.columns(alpha - 1, size, vectors)
            let y = MultivariateNormalCholesky.columns(log(x), size, vectors)
            return sum(a * y)
        }
        return terms.total
    }
}

/// Stan's `lkj_corr_cholesky(eta)`, of a Cholesky factor of a correlation
/// matrix.
public enum LKJCorrelationCholesky: TracedDensity {
    public static let stanName = "lkj_corr_cholesky"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let eta = parameters[0]
        let size = x.shape.rows
        guard x.shape.columns == size, eta.shape.isScalar else { return Traced(.nan) }
        var terms = TermSum([x, eta], droppingConstants: droppingConstants)
        terms.addOnce(eta) { logNormalizer(eta, size) }
        if size > 1 {
            terms.addOnce(x, eta) {
                // Σ (K − k + 2η − 2) log Lₖₖ, k = 2 … K.
                let logs = log(diagonal(x).gather(Array(1..<size)))
                let powers = Traced((2...size).map { Double(size - $0) })
                return dot(logs, powers + (2 * eta - 2).broadcast(to: .vector(size - 1)))
            }
        }
        return terms.total
    }

    /// log c of Lewandowski, Kurowicka and Joe (2009), J. Multivariate Anal.
    /// 100, equation 16, as a sum of log Γ: the density of a correlation
    /// matrix is c |Ω|^(η − 1).
    static func logNormalizer(_ eta: Traced, _ size: Int) -> Traced {
        var total: Traced = 0
        for k in 1..<max(size, 1) {
            // A row with k free entries is a point of the unit ball with
            // density proportional to (1 − r²)^(b − 1), b = η + (K − 1 − k)/2.
            let b = eta + Traced(0.5 * Double(size - 1 - k))
            total += logGamma(b + Traced(0.5 * Double(k))) - logGamma(b)
            total -= Traced(0.5 * Double(k) * 1.144_729_885_849_400_174_1)
        }
        return total
    }
}

/// Stan's `lkj_corr(eta)`, of a correlation matrix.
public enum LKJCorrelation: TracedDensity {
    public static let stanName = "lkj_corr"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let eta = parameters[0]
        guard x.shape.rows == x.shape.columns, eta.shape.isScalar else { return Traced(.nan) }
        var terms = TermSum([x, eta], droppingConstants: droppingConstants)
        terms.addOnce(eta) { LKJCorrelationCholesky.logNormalizer(eta, x.shape.rows) }
        terms.addOnce(x, eta) { (eta - 1) * 2 * logDeterminantTriangular(cholesky(x)) }
        return terms.total
    }
}

/// Stan's `multi_normal_prec(mu, Omega)`: by the precision matrix.
public enum MultivariateNormalPrecision: TracedDensity {
    public static let stanName = "multi_normal_prec"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (mean, precision) = (parameters[0], parameters[1])
        let size = precision.shape.rows
        guard MultivariateNormalCholesky.fits(x, mean, precision) else { return Traced(.nan) }
        if x.count == 0 || mean.count == 0 { return 0 }
        let vectors = max(x.count, mean.count) / size
        let deviation =
            MultivariateNormalCholesky.columns(x, size, vectors)
            - MultivariateNormalCholesky.columns(mean, size, vectors)
        let factor = cholesky(precision)
        var terms = TermSum([x, mean, precision], droppingConstants: droppingConstants)
        terms.addOnce(x, mean, precision) {
            sum(square(matmul(transpose(factor), deviation))) * -0.5
        }
        terms.addOnce(precision) { logDeterminantTriangular(factor) * Traced(Double(vectors)) }
        terms.addOnce { Traced(-halfLog2Pi * Double(size * vectors)) }
        return terms.total
    }
}

/// The linear predictor α + x β of Stan's regression densities.
/// NaN unless the sizes go together.
private func predictor(_ x: Traced, _ alpha: Traced, _ beta: Traced) -> Traced {
    guard x.shape.columns == beta.count, alpha.shape.isScalar || alpha.count == x.shape.rows else {
        return Traced(.nan)
    }
    return matmul(x, beta.reshaped(.vector(beta.count))) + alpha.flat
}

/// Stan's `normal_id_glm(x, alpha, beta, sigma)`: normal regression.
public enum NormalRegression: TracedDensity {
    public static let stanName = "normal_id_glm"
    public static let parameterCount = 4

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let mean = predictor(parameters[0], parameters[1], parameters[2])
        return .density(.normal, [x, mean, parameters[3]], droppingConstants: droppingConstants)
    }
}

/// Stan's `bernoulli_logit_glm(x, alpha, beta)`: logistic regression.
public enum BernoulliLogitRegression: TracedDensity {
    public static let stanName = "bernoulli_logit_glm"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let logit = predictor(parameters[0], parameters[1], parameters[2])
        return .density(.bernoulliLogit, [x, logit], droppingConstants: droppingConstants)
    }
}

/// Stan's `poisson_log_glm(x, alpha, beta)`: Poisson regression.
public enum PoissonLogRegression: TracedDensity {
    public static let stanName = "poisson_log_glm"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let logRate = predictor(parameters[0], parameters[1], parameters[2])
        return .density(.poissonLog, [x, logRate], droppingConstants: droppingConstants)
    }
}

/// Stan's `neg_binomial_2_log_glm(x, alpha, beta, phi)`.
public enum NegativeBinomialRegression: TracedDensity {
    public static let stanName = "neg_binomial_2_log_glm"
    public static let parameterCount = 4

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, phi) = (x.flat, parameters[3].flat)
        let eta = predictor(parameters[0], parameters[1], parameters[2])
        var terms = TermSum([y, eta, phi], droppingConstants: droppingConstants)
        terms.add(y) { -logGamma(y + 1) }
        terms.add(phi) { logGamma(y + phi) - logGamma(phi) + phi * log(phi) }
        terms.add(eta) { y * eta }
        terms.add(eta, phi) { -(y + phi) * logSumExp(eta, log(phi)) }
        return terms.total
    }
}
