// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

// Densities of correlation and covariance matrices, and of their Cholesky factors.

/// Stan's `lkj_corr_cholesky(eta)`, of a Cholesky factor of a correlation
/// matrix.
extension LKJCorrelationCholesky: TracedDensity {
    public static let stanName = "lkj_corr_cholesky"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let eta = positiveOrNaN(parameters[0])
        let size = x.shape.rows
        guard x.shape.columns == size, eta.shape.isScalar else { return Traced(.nan) }
        if size < 2 { return 0 }
        var terms = TermSum([x, eta], droppingConstants: droppingConstants)
        terms.addOnce(eta) { logNormalizer(eta, size) }
        terms.addOnce(x, eta) {
            // Σ (K − k + 2η − 2) log Lₖₖ, k = 2 … K.
            let logs = log(diagonal(x).gather(Array(1..<size)))
            return dot(Traced((2...size).map { Double(size - $0) - 2 }) + 2 * eta, logs)
        }
        return terms.total
    }

    /// log c of Lewandowski, Kurowicka and Joe (2009), J. Multivariate Anal.
    /// 100, equation 16: the density of a correlation matrix is c |Ω|^(η − 1).
    ///
    /// A row with k free entries is a point of the unit ball with density
    /// proportional to (1 − r²)^(b − 1), b = η + (K − 1 − k)/2: its factor is
    /// π^(−k/2) Γ(b + k/2)/Γ(b), by B(b, k/2) so that nothing cancels for large η.
    static func logNormalizer(_ eta: Traced, _ size: Int) -> Traced {
        if size < 2 { return 0 }
        let halves = (1..<size).map { 0.5 * Double($0) }
        let constant = halves.reduce(0) { $0 + logGamma($1) - $1 * logPi }
        let rest = Traced(halves.map { 0.5 * Double(size - 1) - $0 })
        return Traced(constant) - sum(logBeta(eta + rest, Traced(halves)))
    }
}

/// Stan's `lkj_corr(eta)`, of a correlation matrix.
extension LKJCorrelation: TracedDensity {
    public static let stanName = "lkj_corr"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let eta = positiveOrNaN(parameters[0])
        let size = x.shape.rows
        guard x.shape.columns == size, eta.shape.isScalar else { return Traced(.nan) }
        if size == 0 { return 0 }
        var terms = TermSum([x, eta], droppingConstants: droppingConstants)
        terms.addOnce(eta) { LKJCorrelationCholesky.logNormalizer(eta, size) }
        if eta.constant != 1 {
            terms.addOnce(x, eta) { (eta - 1) * 2 * Columns.logDeterminant(cholesky(x)) }
        }
        return terms.total
    }
}

/// Stan's `lkj_cov(mu, sigma, eta)`: log-normal standard deviations and an LKJ
/// correlation matrix.
public enum LKJCovariance: TracedDensity {
    public static let stanName = "lkj_cov"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let size = x.shape.rows
        let (mu, sigma) = (parameters[0].flat, parameters[1].flat)
        guard x.shape.columns == size, mu.count == size, sigma.count == size else {
            return Traced(.nan)
        }
        if size == 0 { return 0 }
        let deviations = sqrt(diagonal(x)).reshaped(.vector(size))
        let rows = (0..<size * size).map { $0 % size }
        let columns = (0..<size * size).map { $0 / size }
        let correlations =
            x / (deviations.gather(rows, x.shape) * deviations.gather(columns, x.shape))
        return LogNormal.logDensity(deviations, [mu, sigma], droppingConstants: droppingConstants)
            + LKJCorrelation.logDensity(
                correlations, [parameters[2]], droppingConstants: droppingConstants)
    }
}

/// The terms that the Wishart densities share, of Cholesky factors of the variate
/// and of the scale matrix.
enum WishartTerms {
    static func logDensity(
        _ variate: Traced, _ nu: Traced, _ scale: Traced, inverse: Bool, ofFactor: Bool,
        droppingConstants: Bool
    ) -> Traced {
        let (nu, size) = (positiveOrNaN(nu), variate.shape.rows)
        guard nu.shape.isScalar, variate.shape.columns == size, scale.shape == variate.shape else {
            return Traced(.nan)
        }
        if size == 0 { return 0 }
        let k = Double(size)
        var terms = TermSum([variate, nu, scale], droppingConstants: droppingConstants)
        // Grouped as in Stan, which differs from one of the four to the next.
        let others = ofFactor ? [variate, nu, scale] : []
        terms.addOnce(nu) {
            // L ↦ L Lᵀ has the Jacobian 2ᵏ Π Lᵢᵢ^(k − i + 1).
            Traced(ofFactor ? k * logTwo : 0) - logGamma(nu * 0.5, size)
        }
        terms.addOnce(inverse && !ofFactor ? [nu, scale] : [nu]) {
            nu * Traced(-0.5 * k * logTwo)
        }
        terms.addOnce([nu, scale] + others) {
            let sum = nu * Columns.logDeterminant(scale)
            return inverse ? sum : -sum
        }
        terms.addOnce([nu, variate] + (inverse ? [scale] : []) + others) {
            let jacobian = (0..<size).map { ofFactor ? k - Double($0) : 0 }
            let power = inverse ? -(nu + Traced(k + 1)) : nu - Traced(k + 1)
            return dot(power + Traced(jacobian), log(diagonal(variate)).reshaped(.vector(size)))
        }
        terms.addOnce([variate, scale] + others) {
            // tr(S⁻¹ W) = |L_S⁻¹ L_W|²
            sum(square(inverse ? solveLower(variate, scale) : solveLower(scale, variate))) * -0.5
        }
        return terms.total
    }

    /// log of the multivariate gamma function Γ_k(x).
    private static func logGamma(_ x: Traced, _ k: Int) -> Traced {
        let steps = Traced((0..<k).map { -0.5 * Double($0) })
        return sum(Autodiff.logGamma(positiveOrNaN(x + steps)))
            + Traced(0.25 * Double(k * (k - 1)) * logPi)
    }
}

/// Stan's `wishart(nu, S)`.
extension Wishart: TracedDensity {
    public static let stanName = "wishart"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        factored(x, parameters) {
            WishartTerms.logDensity(
                $0, parameters[0], $1, inverse: false, ofFactor: false,
                droppingConstants: droppingConstants)
        }
    }

    /// A function of the Cholesky factors of the variate and of the scale matrix.
    static func factored(
        _ x: Traced, _ parameters: [Traced], _ density: (Traced, Traced) -> Traced
    ) -> Traced {
        let scale = parameters[1]
        guard x.shape.rows == x.shape.columns, scale.shape == x.shape else { return Traced(.nan) }
        return x.count == 0 ? 0 : density(cholesky(x), cholesky(scale))
    }
}

/// Stan's `inv_wishart(nu, S)`.
extension InverseWishart: TracedDensity {
    public static let stanName = "inv_wishart"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        Wishart.factored(x, parameters) {
            WishartTerms.logDensity(
                $0, parameters[0], $1, inverse: true, ofFactor: false,
                droppingConstants: droppingConstants)
        }
    }
}

/// Stan's `wishart_cholesky(nu, L_S)`, of the Cholesky factor of a Wishart matrix.
extension WishartCholesky: TracedDensity {
    public static let stanName = "wishart_cholesky"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        WishartTerms.logDensity(
            x, parameters[0], parameters[1], inverse: false, ofFactor: true,
            droppingConstants: droppingConstants)
    }
}

/// Stan's `inv_wishart_cholesky(nu, L_S)`, of the Cholesky factor of an inverse
/// Wishart matrix.
extension InverseWishartCholesky: TracedDensity {
    public static let stanName = "inv_wishart_cholesky"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        WishartTerms.logDensity(
            x, parameters[0], parameters[1], inverse: true, ofFactor: true,
            droppingConstants: droppingConstants)
    }
}
