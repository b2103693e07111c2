// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// A log density for the engine, under Stan's name and with Stan's parameters.
///
/// Arguments are known or traced; scalars go with all entries of the others,
/// and the result is the sum over entries. With `droppingConstants` a term is
/// left out when no traced argument has a part in it, as Stan's `~` does.
///
/// Outside the domain the value is NaN or −∞; it never traps. Entries of
/// arguments have to agree in number, which the caller checks.
public protocol TracedDensity: SendableMetatype {
    /// Stan's name, such as "normal".
    static var stanName: String { get }
    /// The number of parameters after the variate.
    static var parameterCount: Int { get }
    static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced
}

/// The terms of an elementwise log density that is to be summed.
///
/// Each term is summed over the common length on its own: one that involves
/// only scalars counts that many times, and is traced once.
struct TermSum {
    let droppingConstants: Bool
    /// The number of entries of the longest argument.
    let count: Int
    private(set) var total: Traced = 0

    /// - Parameter arguments: all arguments of the density.
    init(_ arguments: [Traced], droppingConstants: Bool) {
        self.droppingConstants = droppingConstants
        var count = 1
        for argument in arguments where !argument.shape.isScalar { count = argument.count }
        self.count = count
    }

    /// Adds a term of these arguments, unless it is to be dropped.
    mutating func add(_ parts: Traced..., term: () -> Traced) {
        if count == 0 || droppingConstants && parts.allSatisfy(\.isConstant) { return }
        let value = term()
        total += value.shape.isScalar && count != 1 ? value * Traced(Double(count)) : sum(value)
    }

    /// Adds a term that is already the sum over entries.
    mutating func addOnce(_ parts: Traced..., term: () -> Traced) {
        if !droppingConstants || !parts.allSatisfy(\.isConstant) { total += term() }
    }

    /// Adds a constant for each entry, unless constants are dropped.
    mutating func add(_ constant: Double) {
        if !droppingConstants { total += Traced(constant * Double(count)) }
    }
}

extension Traced {
    /// As a column, so that rows, columns and matrices go together by entry.
    var flat: Traced { shape.isScalar ? self : reshaped(.vector(count)) }
}

/// All traced densities of the package.
package enum TracedDensities {
    /// By Stan's name without "_lpdf" or "_lpmf".
    package static let byStanName: [String: any TracedDensity.Type] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.stanName, $0) })
}

extension TracedDensities {
    private static let all: [any TracedDensity.Type] = [
        Normal.self, StandardNormal.self, StudentT.self, Cauchy.self, Laplace.self,
        Logistic.self, GumbelDensity.self, SkewNormalDensity.self,
        ExponentiallyModifiedNormalDensity.self, VonMisesDensity.self, Uniform.self,
        LogNormal.self, Exponential.self, Gamma.self, InverseGamma.self, ChiSquared.self,
        InverseChiSquaredDensity.self, ScaledInverseChiSquaredDensity.self, WeibullDensity.self,
        FrechetDensity.self, RayleighDensity.self, LogLogisticDensity.self, ParetoDensity.self,
        ParetoType2Density.self, Beta.self, BetaProportion.self, Bernoulli.self,
        BernoulliLogit.self, Binomial.self, BinomialLogit.self, Poisson.self, PoissonLog.self,
        NegativeBinomial.self, NegativeBinomialLog.self, NegativeBinomialRate.self,
        Categorical.self, CategoricalLogit.self, OrderedLogistic.self, MultivariateNormal.self,
        MultivariateNormalCholesky.self, MultivariateNormalPrecision.self, Dirichlet.self,
        LKJCorrelation.self, LKJCorrelationCholesky.self, NormalRegression.self,
        BernoulliLogitRegression.self, PoissonLogRegression.self,
        NegativeBinomialRegression.self,
    ]
}
