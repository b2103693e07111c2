// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import Distributions
@testable import Randomness

let families: [Family] = [
    .init("normal") { try Normal(mean: $0("mu"), standardDeviation: $0("sigma")) },
    .init("uniform") { try Uniform(lower: $0("low"), upper: $0("high")) },
    .init("exponential") { try Exponential(rate: $0("rate")) },
    .init("gamma") { try Gamma(shape: $0("shape"), rate: $0("rate")) },
    .init("chiSquared") { try ChiSquared(degreesOfFreedom: $0("nu")) },
    .init("studentT") {
        try StudentT(degreesOfFreedom: $0("nu"), location: $0("mu"), scale: $0("sigma"))
    },
    .init("f") {
        try FDistribution(
            numeratorDegreesOfFreedom: $0("d1"), denominatorDegreesOfFreedom: $0("d2"))
    },
    // Quantiles are exp of numbers up to 185, with their rounding.
    .init("lognormal", slack: 256) {
        try LogNormal(logMean: $0("mu"), logStandardDeviation: $0("sigma"))
    },
    .init("cauchy") { try Cauchy(location: $0("mu"), scale: $0("sigma")) },
    .init("inverseGamma", slack: 32) { try InverseGamma(shape: $0("shape"), scale: $0("scale")) },
    .init("laplace") { try Laplace(location: $0("mu"), scale: $0("scale")) },
    .init("logistic") { try Logistic(location: $0("mu"), scale: $0("scale")) },
    .init("geometric0") { try Geometric(probability: $0("p")) },
    .init("beta") { try Beta(alpha: $0("alpha"), beta: $0("beta")) },
    .init("bernoulli") { try Bernoulli(probability: $0("p")) },
    .init("binomial", slack: 32) { try Binomial(trials: Int($0("n")), probability: $0("p")) },
    .init("poisson") { try Poisson(rate: $0("lam")) },
    .init("negativeBinomial", slack: 64) {
        try NegativeBinomial(successes: $0("r"), probability: $0("p"))
    },
    .init("negativeBinomial2", slack: 64) {
        try NegativeBinomial(mean: $0("mu"), dispersion: $0("phi"))
    },
]

@Suite struct DistributionTests {
    /// Every value of the table, within a bound from its condition; where the
    /// table says nan or inf a moment may be either.
    @Test(arguments: families) func agreesWithArb(_ family: Family) throws {
        var worst: [Substring: (units: Double, row: String)] = [:]
        var seen = 0
        for row in try referenceRows(family.table) {
            let distribution = try family.make(row.parameters)
            guard let found = distribution.value(of: row.function, at: row.x) else {
                Issue.record("unknown function \(row.function)")
                continue
            }
            seen += 1
            let isMoment = row.x.isNaN
            let isDiscrete = distribution is any DiscreteDistribution
            let units: Double
            if !row.value.isFinite, isMoment {
                units = found.isFinite ? .infinity : 0
            } else if found == row.value {
                units = 0
            } else if isDiscrete, row.function == "quantile" || row.function == "isf" {
                units = .infinity
            } else {
                // Of an entropy, and of a log density of 0, the absolute error.
                let size = row.function == "entropy" ? max(1, abs(row.value)) : abs(row.value)
                let scale = row.value == 0 ? 1 : size * max(1, row.condition)
                units = found.isNaN ? .infinity : abs(found - row.value) / (scale * 0x1p-52)
            }
            if units >= worst[row.function]?.units ?? 0 {
                worst[row.function] = (
                    units, "\(row.parameterText) at \(row.x): \(found), not \(row.value)"
                )
            }
        }
        #expect(seen > 50)
        for (function, worst) in worst {
            #expect(
                worst.units <= family.slack,
                "\(family.table) \(function): \(worst.units) units; \(worst.row)")
        }
    }
}
