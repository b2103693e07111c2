// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

/// Stan's `multi_normal_cholesky(mu, L)`: the covariance is L Lᵀ.
///
/// The variate and the mean are vectors, or matrices with a vector in each
/// column (an array of vectors); one vector goes with all columns of the other.
public enum MultivariateNormalCholesky: TracedDensity {
    public static let stanName = "multi_normal_cholesky"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (mean, factor) = (parameters[0], parameters[1])
        let size = factor.shape.rows
        guard fits(x, mean, factor) else { return Traced(.nan) }
        if x.count == 0 || mean.count == 0 { return 0 }
        let vectors = max(x.count, mean.count) / size
        let deviation = columns(x, size, vectors) - columns(mean, size, vectors)
        var terms = TermSum([x, mean, factor], droppingConstants: droppingConstants)
        terms.addOnce(x, mean, factor) { sum(square(solveLower(factor, deviation))) * -0.5 }
        terms.addOnce(factor) { logDeterminantTriangular(factor) * Traced(-Double(vectors)) }
        terms.addOnce { Traced(-halfLog2Pi * Double(size * vectors)) }
        return terms.total
    }

    /// Whether the matrix is square and both others are made of such columns,
    /// as many in one as in the other, or one.
    static func fits(_ x: Traced, _ mean: Traced, _ matrix: Traced) -> Bool {
        let size = matrix.shape.rows
        return size > 0 && matrix.shape.columns == size && x.count % size == 0
            && mean.count % size == 0
            && (x.count == mean.count || x.count == size || mean.count == size
                || x.count * mean.count == 0)
    }

    /// As so many columns, a single one repeated.
    static func columns(_ x: Traced, _ size: Int, _ count: Int) -> Traced {
        if count == 1 { return x.reshaped(.vector(size)) }
        if x.count == size {
            let indices = (0..<count).flatMap { _ in 0..<size }
            return x.gather(Array(indices), .matrix(size, count))
        }
        return x.reshaped(.matrix(size, count))
    }
}
