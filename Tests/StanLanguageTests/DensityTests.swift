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
        let suffixes = ["_lpdf", "_lpmf", "_cdf", "_lcdf", "_lccdf", "_rng", "_unnorm"]
        for name in StanFunctions.names where suffixes.contains(where: { name.hasSuffix($0) }) {
            #expect(Library.table[name] != nil, "\(name)")
        }
    }

    /// Programs of vectors, matrices and random numbers run, and check their arguments.
    @Test(arguments: [
        ("print(wiener_lpdf([0.8, 0.9] | 1.3, 0.2, 0.4, 0.7) < 0);", "1"),
        ("print(wiener_lpdf(0.8 | 1.3, 0.2, 0.4, 0.7, 0.9, 0.3, 0.1) < 0);", "1"),
        ("print(exp(wiener_lcdf_unnorm(0.8 | 1.3, 0.2, 0.4, 0.7)) < 0.62);", "1"),
        ("print(wiener_lpdf(0.1 | 1.3, 0.2, 0.4, 0.7));", "greater than the nondecision time"),
        ("print(sum(dirichlet_multinomial_rng([1, 2]', 9)));", "9"),
        ("print(hypergeometric_rng(5, 9, 0));", "5"), ("print(hypergeometric_rng(20, 3, 4));", "N"),
        ("print(rows(wishart_cholesky_rng(4.5, [[2, 0], [1, 1]])));", "2"),
        ("print(inv_wishart_cholesky_rng(4.5, [[2, 0], [1, 1]])[1, 2]);", "0"),
        ("print(inv_wishart_rng(0.5, [[2, 0], [0, 1]]));", "greater than 1"),
        ("print(size(bernoulli_logit_glm_rng([[1, 2], [3, 4]], [0, 0]', [0, 1]')));", "2"),
        ("print(poisson_rng(2e9));", "less than 1.07374e+09"),
        ("print(neg_binomial_2_rng(1e12, 1e6));", "does not fit in an integer"),
        ("print(bernoulli_lcdf(-1 | 0.3));", "-inf"),
        (
            "print(gaussian_dlm_obs_lpdf([[1.0]] | [[1.0]], [[1.0]], [[1.0]], [[1.0]], [0]', [[1.0]]) < -1);",
            "1"
        ),
        (
            "print(gaussian_dlm_obs_lpdf([[1.0]] | [[1.0]], [[1.0]], [[1.0]], [[1.0]], [0, 1]', [[1.0]]));",
            "sizes"
        ),
        ("print(multi_gp_lpdf([[0.0]] | [[1.0]], [1]') < -0.9);", "1"),
    ])
    func runs(_ statement: String, _ expected: String) {
        do {
            let lines = try printed(statement)
            #expect(lines == [expected])
        } catch {
            #expect("\(error)".contains(expected), "\(error)")
        }
    }

    /// Swift models and Stan programs give the same bits: the last parameter p of each
    /// scalar row of the densities' references becomes p + u, u = 0.
    @Test func bitsAreThoseOfTheDistributions() throws {
        let families: [any TracedDensity.Type] = [
            Normal.self, StudentT.self, Cauchy.self, Laplace.self, Logistic.self,
            Gumbel.self, SkewNormal.self, SkewedDoubleExponential.self,
            ExponentiallyModifiedNormal.self, VonMisesDensity.self, LogNormal.self,
            Exponential.self, Gamma.self, InverseGamma.self, ChiSquared.self,
            InverseChiSquared.self, ScaledInverseChiSquared.self,
            Weibull.self, Frechet.self, Rayleigh.self,
            LogLogistic.self, Pareto.self, ParetoTypeII.self, Beta.self,
            BetaProportion.self, Bernoulli.self, BernoulliLogit.self, Binomial.self,
            BinomialLogit.self, BetaBinomial.self, Poisson.self, PoissonLog.self,
            NegativeBinomial.self, NegativeBinomialLog.self, NegativeBinomialRate.self,
            BetaNegativeBinomial.self, YuleSimonDensity.self, Uniform.self,
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
