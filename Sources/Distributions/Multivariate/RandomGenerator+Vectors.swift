// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Randomness
import SpecialFunctions

// Draws of categories, vectors and matrices for parameters that were checked.
// Matrices are square, their entries column by column.

extension RandomGenerator {
    /// An index into probabilities that add up to 1.
    package func category(_ probabilities: [Double]) -> Int {
        var left = uniform()
        for (i, p) in probabilities.enumerated() {
            if left < p { return i }
            left -= p
        }
        return probabilities.lastIndex { $0 > 0 } ?? 0
    }

    /// Counts over categories: a binomial count for each in turn, of what is left.
    package func multinomial(trials: Int, _ probabilities: [Double]) -> [Int] {
        var (left, mass) = (trials, 1.0)
        return probabilities.enumerated().map { i, p in
            if left == 0 || mass <= 0 { return 0 }
            let isLast = i == probabilities.count - 1
            let count = isLast ? left : binomial(trials: left, probability: min(1, p / mass))
            left -= count
            mass -= p
            return count
        }
    }

    /// Gamma variates over their sum, by their logarithms: those of small shapes
    /// underflow.
    package func dirichlet(_ concentration: [Double]) -> [Double] {
        let logs = concentration.map { logGamma(shape: $0) }
        let total = logSumExp(logs)
        return logs.map { exp($0 - total) }
    }

    /// μ + s L z for independent standard normal z.
    ///
    /// - Parameter factor: the entries of the lower triangular L, by row and column.
    package func normalVector(
        mean: [Double], scale: Double = 1, factor: (_ row: Int, _ column: Int) -> Double
    ) -> [Double] {
        let z = mean.map { _ in scale * normal() }
        return mean.indices.map { i in (0...i).reduce(mean[i]) { $0 + factor(i, $1) * z[$1] } }
    }

    /// √(ν/χ²): a normal vector scaled by it is one of Student's t.
    package func studentScale(degreesOfFreedom nu: Double) -> Double {
        exp(0.5 * (log(0.5 * nu) - logGamma(shape: 0.5 * nu)))
    }

    /// The Cholesky factor of a Wishart matrix whose scale matrix is L Lᵀ: L A, with
    /// Bartlett's triangle A of normal variates and roots of χ² on the diagonal.
    package func wishartFactor(_ nu: Double, scaleFactor l: [Double], size n: Int) -> [Double] {
        let a = bartlett(nu, n)
        var product = [Double](repeating: 0, count: n * n)
        for c in 0..<n {
            for r in c..<n {
                product[c * n + r] = (c...r).reduce(0) { $0 + l[$1 * n + r] * a[c * n + $1] }
            }
        }
        return product
    }

    /// The Cholesky factor of an inverse Wishart matrix whose scale matrix is L Lᵀ.
    ///
    /// With the triangle A turned upside down, U, U Uᵀ is as much a Wishart matrix, and
    /// the factor of the inverse of L⁻ᵀ U Uᵀ L⁻¹ is L U⁻ᵀ.
    package func inverseWishartFactor(
        _ nu: Double, scaleFactor l: [Double], size n: Int
    ) -> [Double] {
        let a = bartlett(nu, n)
        // X Uᵀ = L, column by column from the last; (Uᵀ)ᵢⱼ = A mirrored at both ends.
        func u(_ r: Int, _ c: Int) -> Double { a[(n - 1 - r) * n + (n - 1 - c)] }
        var x = l
        for c in (0..<n).reversed() {
            for r in c..<n {
                var entry = l[c * n + r]
                for k in (c + 1)..<max(r + 1, c + 1) { entry -= x[k * n + r] * u(k, c) }
                x[c * n + r] = entry / u(c, c)
            }
        }
        return x
    }

    private func bartlett(_ nu: Double, _ n: Int) -> [Double] {
        var entries = [Double](repeating: 0, count: n * n)
        for c in 0..<n {
            entries[c * n + c] = (2 * gamma(shape: 0.5 * (nu - Double(c)))).squareRoot()
            for r in (c + 1)..<max(n, c + 1) { entries[c * n + r] = normal() }
        }
        return entries
    }

    /// The Cholesky factor of a correlation matrix with density ∝ |Ω|^(η − 1), from
    /// canonical partial correlations.
    ///
    /// Source: D. Lewandowski, D. Kurowicka, H. Joe, "Generating random correlation
    /// matrices based on vines and extended onion method", J. Multivariate Anal. 100
    /// (2009).
    package func correlationFactor(size n: Int, shape eta: Double) -> [Double] {
        var entries = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            var left = 1.0
            for j in 0..<i {
                let b = eta + 0.5 * Double(n - 2 - j)
                // (1 + partial)/2 is a beta variate, its odds a ratio of two gammas.
                let logOdds = logGamma(shape: b) - logGamma(shape: b)
                let partial = tanh(0.5 * logOdds)
                entries[j * n + i] = partial * left.squareRoot()
                left /= cosh(0.5 * logOdds) * cosh(0.5 * logOdds)
            }
            entries[i * n + i] = left.squareRoot()
        }
        return entries
    }
}
