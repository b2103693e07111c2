// SPDX-License-Identifier: GPL-3.0-or-later

@testable import Distributions

let basicFamilies: [Family] = [
    .init("normal") { try Normal(mean: $0("mu"), standardDeviation: $0("sigma")) },
    .init("uniform") { try Uniform(lower: $0("low"), upper: $0("high")) },
    .init("exponential") { try Exponential(rate: $0("rate")) },
    .init("gamma") { try Gamma(shape: $0("shape"), rate: $0("rate")) },
    .init("chiSquared") { try ChiSquared(degreesOfFreedom: $0("nu")) },
    .init("studentT") {
        try StudentT(degreesOfFreedom: $0("nu"), location: $0("mu"), scale: $0("sigma"))
    },
    .init("f", entropySize: 1) {
        try FDistribution(
            numeratorDegreesOfFreedom: $0("d1"), denominatorDegreesOfFreedom: $0("d2"))
    },
    .init("lognormal") {
        try LogNormal(logMean: $0("mu"), logStandardDeviation: $0("sigma"))
    },
    .init("cauchy") { try Cauchy(location: $0("mu"), scale: $0("sigma")) },
    .init("inverseGamma", entropySize: 1) {
        try InverseGamma(shape: $0("shape"), scale: $0("scale"))
    },
    .init("laplace") { try Laplace(location: $0("mu"), scale: $0("scale")) },
    .init("logistic") { try Logistic(location: $0("mu"), scale: $0("scale")) },
    .init("geometric0") { try Geometric(probability: $0("p")) },
    .init("beta") { try Beta(alpha: $0("alpha"), beta: $0("beta")) },
    .init("bernoulli") { try Bernoulli(probability: $0("p")) },
    // At 4e-302 the rounding of an exponent, −694, is 256 units of the value.
    .init("binomial", slack: 32) { try Binomial(trials: Int($0("n")), probability: $0("p")) },
    .init("poisson") { try Poisson(rate: $0("lam")) },
    .init("negativeBinomial") {
        try NegativeBinomial(successes: $0("r"), probability: $0("p"))
    },
    .init("negativeBinomial2") {
        try NegativeBinomial(mean: $0("mu"), dispersion: $0("phi"))
    },
]
