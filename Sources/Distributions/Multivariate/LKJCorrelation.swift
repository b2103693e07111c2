// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The distribution of correlation matrices with a density proportional to |Ω|^(η − 1),
/// of Lewandowski, Kurowicka and Joe.
///
/// Shape 1 is uniform; above, correlations are nearer to 0. Stan: `lkj_corr(eta)`.
///
///     let d = try LKJCorrelation(size: 3, shape: 2)
///     d.logDensity([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]])
///
/// Source: D. Lewandowski, D. Kurowicka, H. Joe, "Generating random correlation matrices
/// based on vines and extended onion method", J. Multivariate Anal. 100 (2009).
public struct LKJCorrelation: Distribution, Hashable {
    public let size: Int
    public let shape: Double

    /// Throws `ParameterError` unless the size is at least 1 and the shape positive.
    public init(size: Int, shape: Double) throws(ParameterError) {
        self.size = try Parameter.count(size, "size", from: 1)
        self.shape = try Parameter.positive(shape, "shape")
    }

    public var description: String { "LKJCorrelation(size: \(size), shape: \(shape))" }
    private var identity: [[Double]] {
        (0..<size).map { i in (0..<size).map { $0 == i ? 1 : 0 } }
    }
    public var mean: [[Double]] { identity }
    /// NaN for a shape of 1 and less.
    public var mode: [[Double]] {
        shape > 1 ? identity : identity.map { $0.map { _ in .nan } }
    }
    /// The marginal distribution of a correlation r: (1 + r)/2 is beta with both shapes
    /// this number.
    public var marginalShape: Double { shape - 1 + 0.5 * Double(size) }
    /// Of each entry.
    public var variance: [[Double]] {
        let v = 1 / (2 * marginalShape + 1)
        return identity.map { $0.map { $0 == 1 ? 0 : v } }
    }
    /// Row k has k free entries r with 1 − |r|² a beta variate of shapes b, k/2.
    private var rows: [(b: Double, half: Double)] {
        (1..<max(size, 1)).map {
            (shape + 0.5 * Double(size - 1 - $0), 0.5 * Double($0))
        }
    }
    /// log of the constant: Π π^(−k/2) Γ(b + k/2)/Γ(b) (equation 16).
    var logNormalizer: Double {
        rows.reduce(0) { $0 + logRising($1.b, $1.half) - $1.half * log(Double.pi) }
    }
    /// E log |Ω|.
    public var meanLogDeterminant: Double {
        rows.reduce(0) { $0 - digammaDifference($1.b, $1.half) }
    }
    public var entropy: Double { -logNormalizer - (shape - 1) * meanLogDeterminant }

    /// −∞ where x, by rows, is no correlation matrix; NaN where its size is another.
    public func logDensity(_ x: [[Double]]) -> Double {
        guard x.count == size, x.allSatisfy({ $0.count == size }) else { return .nan }
        guard x.indices.allSatisfy({ abs(x[$0][$0] - 1) <= 1e-8 }),
            let l = Rows.factorIfPositive(x, size: size)
        else { return -.infinity }
        return logNormalizer + (shape - 1) * Rows.logDeterminant(l)
    }

    public func sample(using generator: RandomGenerator) -> [[Double]] {
        var x = Rows.square(
            Rows.fromColumns(generator.correlationFactor(size: size, shape: shape), size))
        for i in x.indices { x[i][i] = 1 }
        return x
    }
}

/// The distribution of the lower Cholesky factor of an LKJ correlation matrix.
///
/// Stan: `lkj_corr_cholesky(eta)`. The density is relative to Lebesgue measure of the
/// entries below the diagonal.
public struct LKJCorrelationCholesky: Distribution, Hashable {
    /// The distribution of L Lᵀ.
    public let squared: LKJCorrelation
    public var size: Int { squared.size }
    public var shape: Double { squared.shape }

    /// Throws `ParameterError` unless the size is at least 1 and the shape positive.
    public init(size: Int, shape: Double) throws(ParameterError) {
        squared = try LKJCorrelation(size: size, shape: shape)
    }

    public var description: String { "LKJCorrelationCholesky(size: \(size), shape: \(shape))" }

    /// −∞ where l, by rows, is no factor with rows of length 1; NaN where its size is
    /// another.
    public func logDensity(_ l: [[Double]]) -> Double {
        guard l.count == size, l.allSatisfy({ $0.count == size }) else { return .nan }
        guard Rows.isFactor(l, size: size),
            l.allSatisfy({ abs($0.reduce(0) { $0 + $1 * $1 } - 1) <= 1e-8 })
        else { return -.infinity }
        // Σ (K − k + 2η − 2) log Lₖₖ, k = 2 … K
        return (1..<max(size, 1)).reduce(squared.logNormalizer) {
            $0 + (Double(size - 1 - $1) + 2 * shape - 2) * log(l[$1][$1])
        }
    }

    public func sample(using generator: RandomGenerator) -> [[Double]] {
        Rows.fromColumns(generator.correlationFactor(size: size, shape: shape), size)
    }
}
