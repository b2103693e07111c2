// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The Dirichlet-multinomial distribution: how many of n trials have each outcome, the
/// probabilities being Dirichlet.
///
/// Mass Γ(Σα) n!/Γ(n + Σα) Π Γ(kᵢ + αᵢ)/(kᵢ! Γ(αᵢ)). Stan:
/// `dirichlet_multinomial(alpha)`.
///
///     let d = try DirichletMultinomial(trials: 10, concentration: [2, 3, 5])
///     d.mean                                  // [2, 3, 5]
///
/// Source: Johnson, Kotz and Balakrishnan, Discrete Multivariate Distributions, section
/// 35.13.1.
public struct DirichletMultinomial: Distribution, Hashable {
    public let trials: Int
    public let concentration: [Double]
    private var n: Double { Double(trials) }
    private var total: Double { concentration.reduce(0, +) }

    /// Throws `ParameterError` unless the number of trials is nonnegative and there are
    /// two or more positive concentrations.
    public init(trials: Int, concentration: [Double]) throws(ParameterError) {
        self.trials = try Parameter.count(trials, "trials")
        self.concentration = try Dirichlet.checked(concentration)
    }

    public var description: String {
        "DirichletMultinomial(trials: \(trials), concentration: \(concentration))"
    }
    /// The number of outcomes.
    public var dimension: Int { concentration.count }
    public var mean: [Double] { concentration.map { n * ($0 / total) } }
    public var covariance: [[Double]] {
        let p = concentration.map { $0 / total }
        let spread = n * (n + total) / (1 + total)
        return p.indices.map { i in
            p.indices.map { j in spread * (i == j ? p[i] * (1 - p[i]) : -p[i] * p[j]) }
        }
    }

    /// −∞ unless the counts are nonnegative and add up to the number of trials; NaN
    /// unless there are as many as concentrations.
    public func logDensity(_ x: [Int]) -> Double {
        guard x.count == dimension else { return .nan }
        var sum = 0
        for k in x {
            let (next, overflow) = sum.addingReportingOverflow(k)
            guard k >= 0, !overflow else { return -.infinity }
            sum = next
        }
        guard sum == trials else { return -.infinity }
        if trials == 0 { return 0 }
        // Negative binomial masses of the same probability, in which nothing cancels.
        let a = total
        let (p, q) = (a / (a + n), n / (a + n))
        let parts = zip(x, concentration).map {
            negativeBinomialLogMass(Double($0), $1, p: p, q: q)
        }
        return parts.reduce(-negativeBinomialLogMass(n, a, p: p, q: q), +)
    }

    public func sample(using generator: RandomGenerator) -> [Int] {
        generator.multinomial(trials: trials, generator.dirichlet(concentration))
    }
}
