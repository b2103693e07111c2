// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions
import Errors
import Foundation
import Testing

@testable import StanLanguage

@Suite struct DensityTests {
    /// Every distribution that a program can name is there.
    @Test func everyDistributionIsImplemented() {
        let suffixes = ["_lpdf", "_lpmf", "_cdf", "_lcdf", "_lccdf", "_rng"]
        for name in StanFunctions.names where suffixes.contains(where: { name.hasSuffix($0) }) {
            #expect(
                Library.table[name] != nil || name == "wiener_lpdf", "\(name)")
        }
    }

    /// Swift models and Stan programs give the same bits: the last parameter p of each
    /// scalar row of the densities' references becomes p + u, u = 0.
    @Test func bitsAreThoseOfTheDistributions() throws {
        let families: [any TracedDensity.Type] = [
            Normal.self, StudentT.self, Cauchy.self, Laplace.self, Logistic.self,
            GumbelDensity.self, SkewNormalDensity.self, SkewLaplaceDensity.self,
            ExponentiallyModifiedNormalDensity.self, VonMisesDensity.self, LogNormal.self,
            Exponential.self, Gamma.self, InverseGamma.self, ChiSquared.self,
            InverseChiSquaredDensity.self, ScaledInverseChiSquaredDensity.self,
            WeibullDensity.self, FrechetDensity.self, RayleighDensity.self,
            LogLogisticDensity.self, ParetoDensity.self, ParetoType2Density.self, Beta.self,
            BetaProportion.self, Bernoulli.self, BernoulliLogit.self, Binomial.self,
            BinomialLogit.self, BetaBinomialDensity.self, Poisson.self, PoissonLog.self,
            NegativeBinomial.self, NegativeBinomialLog.self, NegativeBinomialRate.self,
            BetaNegativeBinomialDensity.self, YuleSimonDensity.self, Uniform.self,
        ]
        let byName = Dictionary(uniqueKeysWithValues: families.map { ($0.stanName, $0) })
        let file = ModelReferenceTests.folder.deletingLastPathComponent()
            .appending(path: "distributions/stan_densities.csv")
        var seen: Set<String> = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let fields = line.split(separator: ",").map(String.init)
            guard let density = byName[fields[0]],
                fields.dropFirst().dropLast().allSatisfy({ $0.hasPrefix("s ") })
            else { continue }
            seen.insert(fields[0])
            let name = density.stanName
            let isCount = Library.table[name + "_lpmf"] != nil
            let numbers = fields.dropFirst().dropLast().compactMap { Double($0.dropFirst(2)) }
            let trials = ["binomial", "binomial_logit", "beta_binomial"].contains(name)
            let texts = numbers.enumerated().map { i, x in
                isCount && i < (trials ? 2 : 1) ? String(Int(x)) : "\(x)"
            }
            for suffix in isCount ? ["lpmf", "lupmf"] : ["lpdf", "lupdf"] {
                let program = try StanProgram.parse(
                    SourceText(
                        name: name,
                        bytes: Array(
                            """
                            parameters { real u; }
                            model {
                              target += \(name)_\(suffix)(\(texts[0]) | \
                            \(texts.dropFirst().joined(separator: ", ")) + u);
                            }
                            """.utf8)))
                let model = try StanModel(program: program, data: [:])
                let found = try model.logDensity(at: [0])
                let function = try DifferentiableFunction(dimension: 1, at: [0]) { trace in
                    var parameters = numbers.dropFirst().map { Traced($0) }
                    parameters[parameters.count - 1] += trace.input(.vector(1))[0]
                    return density.logDensity(
                        Traced(numbers[0]), parameters, droppingConstants: suffix.contains("u"))
                }
                let (value, gradient) = try function.valueAndGradient(at: [0])
                #expect(found.value == value && found.gradient == gradient, "\(line), \(suffix)")
            }
        }
        #expect(seen == Set(byName.keys))
    }
}
