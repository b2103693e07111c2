// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// Erlang's distribution: the waiting time for k events that come at a
/// constant rate.
///
/// `Gamma` with a whole shape. R: `gamma(shape, rate)`.
///
///     let calls = try Erlang(shape: 3, rate: 2)
///     calls.mean                              // 1.5
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 17.
public struct Erlang: ContinuousDistribution, Hashable {
    public let shape: Int
    public let rate: Double
    private let gamma: Gamma

    /// Throws `ParameterError` unless the shape is 1 or more, and the rate positive
    /// and finite.
    public init(shape: Int, rate: Double) throws(ParameterError) {
        guard shape >= 1 else { throw ParameterError("shape", is: shape, mustBe: "at least 1") }
        self.shape = shape
        self.rate = try Parameter.positive(rate, "rate")
        gamma = try Gamma(shape: Double(shape), rate: rate)
    }

    public var description: String { "Erlang(shape: \(shape), rate: \(rate))" }
    public var support: ClosedRange<Double> { 0 ... .infinity }
    public var mean: Double { gamma.mean }
    public var variance: Double { gamma.variance }
    public var skewness: Double { gamma.skewness }
    public var excessKurtosis: Double { gamma.excessKurtosis }
    public var mode: Double { gamma.mode }
    public var entropy: Double { gamma.entropy }

    public func logDensity(_ x: Double) -> Double { gamma.logDensity(x) }
    public func pdf(_ x: Double) -> Double { gamma.pdf(x) }
    public func cdf(_ x: Double) -> Double { gamma.cdf(x) }
    public func upperCDF(_ x: Double) -> Double { gamma.upperCDF(x) }
    public func logCDF(_ x: Double) -> Double { gamma.logCDF(x) }
    public func logUpperCDF(_ x: Double) -> Double { gamma.logUpperCDF(x) }
    public func quantile(_ p: Double) -> Double { gamma.quantile(p) }
    public func upperQuantile(_ q: Double) -> Double { gamma.upperQuantile(q) }
    public func sample(using generator: RandomGenerator) -> Double {
        gamma.sample(using: generator)
    }
}

extension Erlang: DistributionFamily {
    public static let summary =
        "Erlang's distribution: the waiting time for a number of events."
    public static let parameters: [FamilyParameter] = [
        .init("shape", .whole(from: 1)),
        .init("rate", .positive),
    ]
    public var parameterValues: [Double] { [Double(shape), rate] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        guard let shape = Int(exactly: values[0]) else {
            throw ParameterError("shape", is: values[0], mustBe: "whole")
        }
        try self.init(shape: shape, rate: values[1])
    }
}
