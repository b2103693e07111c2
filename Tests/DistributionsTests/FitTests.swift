// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Distributions

/// What a fit gives, without its type.
struct Fitted {
    var estimates: [Double]
    var errors: [Double]
    var logLikelihood: Double
    var aic: Double
    var bic: Double
    var text: String

    init<D>(_ fit: Fit<D>) {
        estimates = fit.parameters.map(\.estimate.value)
        errors = fit.parameters.map(\.estimate.standardError)
        logLikelihood = fit.logLikelihood
        aic = fit.aic
        bic = fit.bic
        text = fit.description
    }
}

private let fitters: [String: @Sendable ([Double]) throws -> Fitted] = [
    "normal": { Fitted(try Normal.fit($0)) }, "lognormal": { Fitted(try LogNormal.fit($0)) },
    "exponential": { Fitted(try Exponential.fit($0)) }, "gamma": { Fitted(try Gamma.fit($0)) },
    "inverseGamma": { Fitted(try InverseGamma.fit($0)) }, "beta": { Fitted(try Beta.fit($0)) },
    "chiSquared": { Fitted(try ChiSquared.fit($0)) }, "cauchy": { Fitted(try Cauchy.fit($0)) },
    "studentT": { Fitted(try StudentT.fit($0)) }, "poisson": { Fitted(try Poisson.fit($0)) },
    "bernoulli": { Fitted(try Bernoulli.fit($0)) },
    "negativeBinomial": { Fitted(try NegativeBinomial.fit($0)) },
    "laplace": { Fitted(try Laplace.fit($0)) }, "logistic": { Fitted(try Logistic.fit($0)) },
    "geometric": { Fitted(try Geometric.fit($0)) }, "uniform": { Fitted(try Uniform.fit($0)) },
]

private func numbers(_ text: Substring) -> [Double] {
    text.split(separator: " ").compactMap { Double($0) }
}

@Suite struct FitTests {
    /// Estimates and errors of the same likelihood maximised in mpmath.
    @Test func agreesWithMultiplePrecision() throws {
        var seen = 0
        for line in referenceLines("fits") {
            let fields = line.split(separator: ",")
            let name = String(fields[0])
            let data = numbers(fields[1])
            let fitter = try #require(fitters[name])
            let fit = try fitter(data)
            for (found, expected) in zip(fit.estimates, numbers(fields[2])) {
                #expect(abs(found - expected) <= 1e-9 * abs(expected), "\(name): \(found)")
            }
            for (found, expected) in zip(fit.errors, numbers(fields[3])) {
                #expect(abs(found - expected) <= 1e-6 * expected, "\(name) ± \(found) \(expected)")
            }
            let likelihood = try #require(Double(fields[4]))
            #expect(
                abs(fit.logLikelihood - likelihood) <= 1e-12 * abs(likelihood) + 1e-12, "\(name)")
            let k = Double(fit.estimates.count)
            #expect(abs(fit.aic - (2 * k - 2 * likelihood)) < 1e-9)
            #expect(fit.bic > fit.aic || data.count < 8)
            seen += 1
        }
        #expect(seen == 16)
    }

    @Test func badDataIsAnError() {
        for (name, fit) in fitters {
            let bad: [[Double]] = [[], [.nan, 1, 2, 3], [1, .infinity, 2, 3]]
            for data in bad { #expect(throws: (any Error).self, "\(name)") { try fit(data) } }
        }
        let rejected: [(String, [Double])] = [
            ("normal", [2, 2, 2]), ("normal", [1]), ("gamma", [1, -1, 2]), ("gamma", [3, 3]),
            ("lognormal", [0, 1]), ("beta", [0.5, 1]), ("exponential", [0, 0]),
            ("exponential", [-1]), ("poisson", [1.5, 2]), ("poisson", [-1]), ("bernoulli", [2]),
            ("negativeBinomial", [3, 3, 4, 3]), ("negativeBinomial", [1, 2.5]),
            ("studentT", [1, 1, 1, 1, 1]), ("cauchy", [1, 1, 1]), ("inverseGamma", [0, 1, 2]),
            ("uniform", [1, 1]), ("studentT", [-2, -1, -1, 0, 0, 0, 1, 1, 2]),
        ]
        for (name, data) in rejected {
            #expect(throws: (any Error).self, "\(name) \(data)") { try fitters[name]?(data) }
        }
    }

    @Test func errorsNameTheDatum() {
        let error = #expect(throws: (any Error).self) { try Poisson.fit([1, 2.5]) }
        #expect(
            "\(error.map { "\($0)" } ?? "")" == "data[1] is 2.5, but must be a whole number ≥ 0")
    }

    @Test func binomialAndMultivariate() throws {
        let fit = try Binomial.fit([3, 5, 4], trials: 10)
        #expect(fit.distribution.probability == 0.4)
        #expect(throws: (any Error).self) { try Binomial.fit([11], trials: 10) }
        #expect(throws: (any Error).self) { try Binomial.fit([0], trials: 0) }
        let rows = [[1.0, 2], [2, 1], [4, 5], [3, 3]]
        let normal = try MultivariateNormal.fit(rows)
        #expect(normal.distribution.mean == [2.5, 2.75])
        #expect(abs(normal.distribution.covariance[0][1] - 1.375) < 1e-15)
        #expect(throws: (any Error).self) { try MultivariateNormal.fit([[1], [2, 3], [4]]) }
    }

    @Test func printsItself() throws {
        let fit = try Exponential.fit([1, 2, 3, 2])
        #expect(
            fit.description
                == "rate 0.50 ± 0.25; log likelihood -6.77, AIC 15.55, BIC 14.93, n = 4")
    }

    @Test func parameterErrorsNameTheParameter() {
        let wrong: [(String, () throws -> Any)] = [
            ("standardDeviation", { try Normal(mean: 0, standardDeviation: -1) }),
            ("mean", { try Normal(mean: .nan, standardDeviation: 1) }),
            ("shape", { try Gamma(shape: 0, rate: 1) }),
            ("rate", { try Gamma(shape: 1, rate: -1) }),
            ("scale", { try Gamma(shape: 1, scale: .infinity) }),
            ("upper", { try Uniform(1, 1) }), ("rate", { try Exponential(rate: 0) }),
            ("degreesOfFreedom", { try StudentT(degreesOfFreedom: 0) }),
            ("trials", { try Binomial(trials: -1, probability: 0.5) }),
            ("probability", { try Binomial(trials: 1, probability: 1.5) }),
            ("probability", { try NegativeBinomial(successes: 1, probability: 0) }),
            ("dispersion", { try NegativeBinomial(mean: 1, dispersion: 0) }),
            ("covariance", { try MultivariateNormal(mean: [0], covariance: [[-1]]) }),
            (
                "covariance",
                { try MultivariateNormal(mean: [0, 1], covariance: [[1, 2], [3, 1]]) }
            ),
            ("mean", { try MultivariateNormal(mean: [], covariance: []) }),
            ("alpha", { try Beta(alpha: -1, beta: 1) }), ("rate", { try Poisson(rate: -1) }),
        ]
        for (parameter, make) in wrong {
            let error = #expect(throws: (any Error).self) { _ = try make() }
            #expect("\(error.map { "\($0)" } ?? "")".hasPrefix(parameter + " is"), "\(parameter)")
        }
    }
}
