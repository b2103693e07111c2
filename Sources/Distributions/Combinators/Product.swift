// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Several independent numbers together, each with its own distribution.
///
///     let d = try Product([Normal(mean: 0, standardDeviation: 1), Exponential(rate: 2)])
///     d.logDensity([0.3, 0.1])
public struct Product: Distribution {
    public let factors: [any ContinuousDistribution]

    /// Throws `ParameterError` for no factors.
    public init(_ factors: [any ContinuousDistribution]) throws(ParameterError) {
        guard !factors.isEmpty else {
            throw ParameterError("factors", is: "none", mustBe: "at least one")
        }
        self.factors = factors
    }

    public var description: String { "Product(\(factors))" }
    /// The number of components.
    public var dimension: Int { factors.count }
    public var mean: [Double] { factors.map(\.mean) }
    /// By rows: the variances on the diagonal.
    public var covariance: [[Double]] {
        factors.indices.map { i in
            factors.indices.map { $0 == i ? factors[i].variance : 0 }
        }
    }
    public var mode: [Double] { factors.map(\.mode) }
    public var entropy: Double { factors.reduce(0) { $0 + $1.entropy } }

    /// NaN unless x has as many components as there are factors.
    public func logDensity(_ x: [Double]) -> Double {
        guard x.count == factors.count else { return .nan }
        return zip(factors, x).reduce(0) { $0 + $1.0.logDensity($1.1) }
    }
    /// log P(X₁ ≤ x₁, X₂ ≤ x₂, …); NaN as above.
    public func logCDF(_ x: [Double]) -> Double {
        guard x.count == factors.count else { return .nan }
        return zip(factors, x).reduce(0) { $0 + $1.0.logCDF($1.1) }
    }
    public func sample(using generator: RandomGenerator) -> [Double] {
        factors.map { $0.sample(using: generator) }
    }
}
