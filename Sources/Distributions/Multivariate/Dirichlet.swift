// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The Dirichlet distribution of probabilities that add up to 1.
///
/// Density Γ(Σα)/Π Γ(αᵢ) Π xᵢ^(αᵢ − 1), relative to Lebesgue measure of all components but
/// one. Stan: `dirichlet(alpha)`.
///
///     let d = try Dirichlet(concentration: [2, 3, 5])
///     d.mean                                  // [0.2, 0.3, 0.5]
///
/// Source: Kotz, Balakrishnan and Johnson, Continuous Multivariate Distributions, ch. 49.
public struct Dirichlet: Distribution, Hashable {
    public let concentration: [Double]

    /// Throws `ParameterError` unless there are at least two, positive and finite.
    public init(concentration: [Double]) throws(ParameterError) {
        self.concentration = try Self.checked(concentration)
    }

    static func checked(_ concentration: [Double]) throws(ParameterError) -> [Double] {
        guard concentration.count >= 2, concentration.allSatisfy({ $0 > 0 }),
            concentration.reduce(0, +) < .infinity
        else {
            throw ParameterError(
                "concentration", is: concentration, mustBe: "two or more positive numbers")
        }
        return concentration
    }

    public var description: String { "Dirichlet(concentration: \(concentration))" }
    /// The number of components.
    public var dimension: Int { concentration.count }
    private var total: Double { concentration.reduce(0, +) }
    public var mean: [Double] { concentration.map { $0 / total } }
    public var covariance: [[Double]] {
        let (m, a) = (mean, total)
        return m.indices.map { i in
            m.indices.map { j in (i == j ? m[i] * (1 - m[i]) : -m[i] * m[j]) / (1 + a) }
        }
    }
    /// NaN unless all concentrations are above 1.
    public var mode: [Double] {
        let inside = concentration.allSatisfy { $0 > 1 }
        let rest = concentration.reduce(0) { $0 + ($1 - 1) }
        return concentration.map { inside ? ($0 - 1) / rest : .nan }
    }
    /// log of Π Γ(αᵢ)/Γ(Σα), by logarithms of the beta function.
    private var logBeta: Double {
        var (sum, log) = (concentration[0], 0.0)
        for a in concentration.dropFirst() {
            log += SpecialFunctions.logBeta(sum, a)
            sum += a
        }
        return log
    }
    public var entropy: Double {
        let a = total
        return logBeta
            + concentration.reduce(0) { $0 + ($1 - 1) * digammaDifference($1, a - $1) }
    }

    /// −∞ unless the components are nonnegative and add up to 1, within 1e-8; NaN
    /// unless there are as many as concentrations.
    public func logDensity(_ x: [Double]) -> Double {
        guard x.count == dimension, !x.contains(where: \.isNaN) else { return .nan }
        guard x.allSatisfy({ $0 >= 0 }), abs(x.reduce(0, +) - 1) <= 1e-8 else {
            return -.infinity
        }
        return zip(concentration, x).reduce(-logBeta) { $0 + xLogY($1.0 - 1, $1.1) }
    }

    public func sample(using generator: RandomGenerator) -> [Double] {
        generator.dirichlet(concentration)
    }
}
