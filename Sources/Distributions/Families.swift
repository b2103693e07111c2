// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// The families that fits, notebooks and the command line know by name.
public enum Families {
    /// In the order of the alphabet.
    public static let all: [any DistributionFamily.Type] = sorted(
        continuous + real + bounded + discrete)

    private static func sorted(
        _ families: [any DistributionFamily.Type]
    ) -> [any DistributionFamily.Type] {
        func name(_ family: any DistributionFamily.Type) -> String { family.name }
        return families.sorted { name($0) < name($1) }
    }

    static let continuous: [any DistributionFamily.Type] = [
        Beta.self, Cauchy.self, ChiSquared.self, Exponential.self, FDistribution.self, Gamma.self,
        InverseGamma.self, Laplace.self, LogNormal.self, Logistic.self, Normal.self,
        StudentT.self, Uniform.self,
    ]

    /// Extreme values, half, skewed and generalised ones.
    static let real: [any DistributionFamily.Type] = [
        BirnbaumSaunders.self, Chi.self, Erlang.self, ExponentiallyModifiedNormal.self,
        Frechet.self, GeneralizedExtremeValue.self, GeneralizedNormal.self,
        GeneralizedPareto.self, Gompertz.self, Gumbel.self, HalfCauchy.self, HalfNormal.self,
        HalfStudentT.self, HyperbolicSecant.self, InverseChiSquared.self, InverseGaussian.self,
        JohnsonSU.self, Levy.self, LogLogistic.self, Maxwell.self, Nakagami.self, Pareto.self,
        ParetoTypeII.self, Rayleigh.self, Rice.self, ScaledInverseChiSquared.self,
        SkewNormal.self, SkewedDoubleExponential.self, SkewedT.self, Weibull.self,
    ]

    /// The noncentral ones, and most of those on an interval.
    static let bounded: [any DistributionFamily.Type] = [
        Arcsine.self, Kumaraswamy.self, NoncentralBeta.self, NoncentralChiSquared.self,
        NoncentralF.self, NoncentralT.self, Triangular.self, VonMises.self,
    ]

    static let discrete: [any DistributionFamily.Type] = [
        Bernoulli.self, Binomial.self, Geometric.self, NegativeBinomial.self, Poisson.self,
    ]

    /// The family of a name, whatever its case, with or without spaces, hyphens
    /// and underscores: "student-t" is `StudentT`.
    ///
    /// Throws `ParameterError` for a name that is none, with the nearest one.
    public static func named(
        _ name: String
    ) throws(ParameterError) -> any DistributionFamily.Type {
        let wanted = plain(name)
        var names: [String] = []
        for family in all {
            let candidate = family.name
            names.append(candidate)
            if plain(candidate) == wanted || plain(candidate) == wanted + "distribution" {
                return family
            }
        }
        let near = suggestion(for: wanted, among: names)
        throw ParameterError(
            "family", is: "'\(name)'",
            mustBe: near.map { "the name of a distribution; did you mean \($0)?" }
                ?? "one of \(names.joined(separator: ", "))")
    }

    /// Letters and digits in lower case.
    private static func plain(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
