// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Nakagami's distribution of the strength of a signal that fades: the square
/// root of a gamma variable with shape m and mean Ω.
///
/// Density 2 mᵐ/(Γ(m) Ωᵐ) x^(2m−1) exp(−m x²/Ω), x ≥ 0. R (package VGAM):
/// `naka(scale, shape)` with scale = Ω.
///
///     let signal = try Nakagami(shape: 1, spread: 2)
///     signal.mean                             // 1.253, Rayleigh's
///
/// Source: M. Nakagami, "The m-distribution", in Statistical Methods in Radio
/// Wave Propagation (1960).
public struct Nakagami: ContinuousDistribution, Hashable {
    public let shape: Double
    public let spread: Double
    private let root: RootGamma

    /// Throws `ParameterError` unless the shape and the spread are positive and finite.
    public init(shape: Double, spread: Double) throws(ParameterError) {
        self.shape = try Parameter.positive(shape, "shape")
        self.spread = try Parameter.positive(spread, "spread")
        // √(Ω/(2m)), which neither overflows nor underflows
        root = RootGamma(shape: shape, scale: spread.squareRoot() / (2 * shape).squareRoot())
    }

    public var description: String { "Nakagami(shape: \(shape), spread: \(spread))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { root.mean }
    public var variance: Double { root.variance }
    public var skewness: Double { root.skewness }
    public var excessKurtosis: Double { root.excessKurtosis }
    public var mode: Double { shape >= 0.5 ? (spread * (1 - 0.5 / shape)).squareRoot() : .nan }
    public var entropy: Double { root.entropy }

    public func logDensity(_ x: Double) -> Double { root.logDensity(x) }
    public func pdf(_ x: Double) -> Double { root.pdf(x) }
    public func cdf(_ x: Double) -> Double { root.tail(x, lower: true) }
    public func upperCDF(_ x: Double) -> Double { root.tail(x, lower: false) }
    public func logCDF(_ x: Double) -> Double { root.logTail(x, lower: true) }
    public func logUpperCDF(_ x: Double) -> Double { root.logTail(x, lower: false) }
    public func quantile(_ p: Double) -> Double { root.quantile(p) }
    public func upperQuantile(_ q: Double) -> Double { root.upperQuantile(q) }

    public func sample(using generator: RandomGenerator) -> Double { root.sample(using: generator) }
}

extension Nakagami: DistributionFamily {
    public static let summary =
        "Nakagami's distribution: the strength of a fading signal."
    public static let parameters: [FamilyParameter] = [
        .init("shape", .positive),
        .init("spread", .positive),
    ]
    public var parameterValues: [Double] { [shape, spread] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(shape: values[0], spread: values[1])
    }
}
