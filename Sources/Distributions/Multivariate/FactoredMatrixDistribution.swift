// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Randomness

/// A distribution of symmetric positive definite matrices, computed by their lower
/// Cholesky factors.
public protocol FactoredMatrixDistribution: Distribution where Value == [[Double]] {
    /// The number of rows of a matrix.
    var size: Int { get }
    /// The log density at L Lᵀ, for a lower triangular L, by rows, with a positive
    /// diagonal.
    func logDensity(factor l: [[Double]]) -> Double
    /// The lower Cholesky factor of a draw.
    func sampleFactor(using generator: RandomGenerator) -> [[Double]]
}

extension FactoredMatrixDistribution {
    /// −∞ where x, by rows, is not symmetric and positive definite; NaN where its size
    /// is another.
    public func logDensity(_ x: [[Double]]) -> Double {
        guard x.count == size, x.allSatisfy({ $0.count == size }) else { return .nan }
        return Rows.factorIfPositive(x, size: size).map(logDensity(factor:)) ?? -.infinity
    }

    public func sample(using generator: RandomGenerator) -> [[Double]] {
        Rows.square(sampleFactor(using: generator))
    }
}

/// The distribution of the lower Cholesky factor L of such a matrix. The density is
/// relative to Lebesgue measure of the lower triangle.
public protocol CholeskyFactorDistribution: Distribution where Value == [[Double]] {
    associatedtype Squared: FactoredMatrixDistribution
    /// The distribution of L Lᵀ.
    var squared: Squared { get }
}

extension CholeskyFactorDistribution {
    /// −∞ where l, by rows, is no Cholesky factor; NaN where its size is another.
    public func logDensity(_ l: [[Double]]) -> Double {
        let n = squared.size
        guard l.count == n, l.allSatisfy({ $0.count == n }) else { return .nan }
        guard Rows.isFactor(l, size: n) else { return -.infinity }
        // The Jacobian of L ↦ L Lᵀ: 2ᵈ Π Lᵢᵢ^(d − i + 1).
        return l.indices.reduce(squared.logDensity(factor: l) + Double(n) * log(2)) {
            $0 + Double(n - $1) * log(l[$1][$1])
        }
    }

    public func sample(using generator: RandomGenerator) -> [[Double]] {
        squared.sampleFactor(using: generator)
    }
}
