// SPDX-License-Identifier: GPL-3.0-or-later

@testable import Distributions

let countFamilies: [Family] = [
    .init("betaBinomial") {
        try BetaBinomial(trials: Int($0("n")), alpha: $0("alpha"), beta: $0("beta"))
    },
    // Masses down to 1e-300 are exp of a number near −690, half a unit of which is 256
    // units of the mass; the tables count no condition there.
    .init("hypergeometric", slack: 512) {
        try Hypergeometric(
            population: Int($0("N")), successes: Int($0("K")), draws: Int($0("n")))
    },
    .init("discreteUniform") {
        try DiscreteUniform(lower: Int($0("low")), upper: Int($0("high")))
    },
    .init("categorical") { try Categorical(probabilities: $0.list("probs")) },
    .init("zeroInflatedPoisson") {
        try ZeroInflatedPoisson(inflation: $0("pi"), rate: $0("lam"))
    },
    .init("logarithmic") { try Logarithmic(probability: $0("p")) },
    .init("skellam", slack: 512) { try Skellam(firstRate: $0("mu1"), secondRate: $0("mu2")) },
    .init("zipf") { try Zeta(exponent: $0("s")) },
    .init("geometric") { try GeometricTrials(probability: $0("p")) },
    .init("negativeHypergeometric") {
        try NegativeHypergeometric(
            population: Int($0("N")), successes: Int($0("K")), failures: Int($0("r")))
    },
    .init("zipfBounded") { try Zipf(exponent: $0("s"), bound: Int($0("n"))) },
    .init("betaNegativeBinomial") {
        try BetaNegativeBinomial(
            successes: $0("r"), alpha: $0("alpha"), beta: $0("beta"))
    },
    .init("conwayMaxwellPoisson") {
        try ConwayMaxwellPoisson(rate: $0("rate"), dispersion: $0("nu"))
    },
    .init("discreteLaplace") {
        try DiscreteLaplace(location: Int($0("mu")), scale: $0("scale"))
    },
    .init("poissonBinomial") { try PoissonBinomial(probabilities: $0.list("probs")) },
    .init("orderedLogistic") {
        try OrderedLogistic(location: $0("eta"), cutpoints: $0.list("cuts"))
    },
    .init("orderedProbit") {
        try OrderedProbit(location: $0("eta"), cutpoints: $0.list("cuts"))
    },
]
