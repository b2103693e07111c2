// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

// Densities of vectors. Several variates stand in the columns of a matrix, so that
// there is one factorisation and one solution for all; one vector goes with all
// columns of the others.

/// How vectors and matrices of a multivariate density go together.
enum Columns {
    /// Whether both are made of columns of a size, as many in one as in the other,
    /// or one.
    static func fit(_ x: Traced, _ mean: Traced, size: Int) -> Bool {
        size > 0 && x.count % size == 0 && mean.count % size == 0
            && (x.count == mean.count || x.count == size || mean.count == size
                || x.count * mean.count == 0)
    }

    /// As so many columns, a single one repeated.
    static func of(_ x: Traced, _ size: Int, _ count: Int) -> Traced {
        if count == 1 { return x.reshaped(.vector(size)) }
        if x.count == size {
            let indices = (0..<count).flatMap { _ in 0..<size }
            return x.gather(Array(indices), .matrix(size, count))
        }
        return x.reshaped(.matrix(size, count))
    }

    /// x − μ, column by column; nil unless the sizes fit the square matrix.
    static func deviations(
        _ x: Traced, _ mean: Traced, of matrix: Traced
    ) -> (Traced, count: Int)? {
        let size = matrix.shape.rows
        guard matrix.shape.columns == size, fit(x, mean, size: size) else { return nil }
        let count = min(x.count, mean.count) == 0 ? 0 : max(x.count, mean.count) / size
        if count == 0 { return (0, 0) }
        return (of(x, size, count) - of(mean, size, count), count)
    }

    /// The sum over each column.
    static func sums(_ x: Traced) -> Traced {
        if x.shape.columns == 1 { return sum(x) }
        let ones = Traced([Double](repeating: 1, count: x.shape.rows), .matrix(1, x.shape.rows))
        return matmul(ones, x).reshaped(.vector(x.shape.columns))
    }

    /// log |L| of a triangular matrix, NaN unless its diagonal is positive.
    static func logDeterminant(_ factor: Traced) -> Traced { sum(log(diagonal(factor))) }
}

/// Stan's `multi_normal_cholesky(mu, L)`: the covariance is L Lᵀ.
public enum MultivariateNormalCholesky: TracedDensity {
    public static let stanName = "multi_normal_cholesky"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (mean, factor) = (parameters[0], parameters[1])
        guard let (deviation, count) = Columns.deviations(x, mean, of: factor) else {
            return Traced(.nan)
        }
        if count == 0 { return 0 }
        var terms = TermSum([x, mean, factor], droppingConstants: droppingConstants)
        terms.addOnce(x, mean, factor) { sum(square(solveLower(factor, deviation))) * -0.5 }
        terms.addOnce(factor) { Columns.logDeterminant(factor) * Traced(-Double(count)) }
        terms.addOnce { Traced(-halfLog2Pi * Double(factor.shape.rows * count)) }
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
        guard let (deviation, count) = Columns.deviations(x, mean, of: precision) else {
            return Traced(.nan)
        }
        if count == 0 { return 0 }
        let factor = cholesky(precision)
        var terms = TermSum([x, mean, precision], droppingConstants: droppingConstants)
        terms.addOnce(x, mean, precision) {
            sum(square(matmul(transpose(factor), deviation))) * -0.5
        }
        terms.addOnce(precision) { Columns.logDeterminant(factor) * Traced(Double(count)) }
        terms.addOnce { Traced(-halfLog2Pi * Double(precision.shape.rows * count)) }
        return terms.total
    }
}

/// Stan's `multi_student_t_cholesky(nu, mu, L)`: the scale matrix is L Lᵀ.
public enum MultivariateStudentTCholesky: TracedDensity {
    public static let stanName = "multi_student_t_cholesky"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (nu, mean, factor) = (positiveOrNaN(parameters[0]), parameters[1], parameters[2])
        guard nu.shape.isScalar,
            let (deviation, count) = Columns.deviations(x, mean, of: factor)
        else { return Traced(.nan) }
        if count == 0 { return 0 }
        let (vectors, halfSize) = (Traced(Double(count)), 0.5 * Double(factor.shape.rows))
        var terms = TermSum([x, nu, mean, factor], droppingConstants: droppingConstants)
        terms.addOnce { Traced(-halfSize * logPi) * vectors }
        terms.addOnce(nu) {
            // log Γ(ν/2 + k/2) − log Γ(ν/2) by log B(ν/2, k/2): ν may be large.
            let ratio =
                Traced(logGammaOfHalf(factor.shape.rows)) - logBeta(nu * 0.5, Traced(halfSize))
            return vectors * (ratio - Traced(halfSize) * log(nu))
        }
        terms.addOnce(factor) { Columns.logDeterminant(factor) * -vectors }
        terms.addOnce(x, nu, mean, factor) {
            let distances = Columns.sums(square(solveLower(factor, deviation)))
            return (nu * -0.5 - Traced(halfSize)) * sum(log1p(distances / nu))
        }
        return terms.total
    }

    /// log Γ(k/2)
    private static func logGammaOfHalf(_ k: Int) -> Double {
        logGamma(Traced(0.5 * Double(k))).constant ?? .nan
    }
}

/// Stan's `multi_student_t(nu, mu, Sigma)`, by the scale matrix.
extension MultivariateStudentT: TracedDensity {
    public static let stanName = "multi_student_t"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let scale = parameters[2]
        guard scale.shape.rows == scale.shape.columns else { return Traced(.nan) }
        return MultivariateStudentTCholesky.logDensity(
            x, [parameters[0], parameters[1], cholesky(scale)],
            droppingConstants: droppingConstants)
    }
}

/// Stan's `multi_gp_cholesky(L, w)`: the rows of the variate are independent, row k
/// normal with mean 0 and covariance L Lᵀ/wₖ.
public enum GaussianProcessCholesky: TracedDensity {
    public static let stanName = "multi_gp_cholesky"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (factor, weights) = (parameters[0], parameters[1].flat)
        let (rows, size) = (x.shape.rows, x.shape.columns)
        guard factor.shape.rows == size, factor.shape.columns == size, weights.count == rows else {
            return Traced(.nan)
        }
        if x.count == 0 { return 0 }
        var terms = TermSum([x, factor, weights], droppingConstants: droppingConstants)
        terms.addOnce { Traced(-halfLog2Pi * Double(rows * size)) }
        terms.addOnce(factor) { Columns.logDeterminant(factor) * Traced(-Double(rows)) }
        terms.addOnce(weights) { sum(log(weights)) * Traced(0.5 * Double(size)) }
        terms.addOnce(x, factor, weights) {
            let distances = Columns.sums(square(solveLower(factor, transpose(x))))
            return sum(weights * distances) * -0.5
        }
        return terms.total
    }
}

/// Stan's `multi_gp(Sigma, w)`, by the covariance matrix.
extension GaussianProcess: TracedDensity {
    public static let stanName = "multi_gp"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let covariance = parameters[0]
        guard covariance.shape.rows == covariance.shape.columns else { return Traced(.nan) }
        return GaussianProcessCholesky.logDensity(
            x, [covariance.count == 0 ? covariance : cholesky(covariance), parameters[1]],
            droppingConstants: droppingConstants)
    }
}

/// Stan's `dirichlet(alpha)`.
extension Dirichlet: TracedDensity {
    public static let stanName = "dirichlet"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let alpha = positiveOrNaN(parameters[0])
        let size = alpha.shape.rows
        if x.count == 0 || alpha.count == 0 { return 0 }
        guard Columns.fit(x, alpha, size: size) else { return Traced(.nan) }
        let count = max(x.count, alpha.count) / size
        let repeats = Traced(Double(count * size / alpha.count))
        var terms = TermSum([x, alpha], droppingConstants: droppingConstants)
        terms.addOnce(alpha) {
            (sum(logGamma(Columns.sums(alpha))) - sum(logGamma(alpha))) * repeats
        }
        terms.addOnce(x, alpha) {
            sum(Columns.of(alpha - 1, size, count) * Columns.of(log(x), size, count))
        }
        return terms.total
    }
}
