// SPDX-License-Identifier: GPL-3.0-or-later

@testable import Distributions

let boundedFamilies: [Family] = [
    .init("noncentralChiSquared") {
        try NoncentralChiSquared(degreesOfFreedom: $0("nu"), noncentrality: $0("lam"))
    },
    // Densities of 1e-124 are exponentials.
    .init("noncentralF", slack: 32) {
        try NoncentralF(
            numeratorDegreesOfFreedom: $0("d1"), denominatorDegreesOfFreedom: $0("d2"),
            noncentrality: $0("lam"))
    },
    // Third moments are differences.
    .init("noncentralT", slack: 32) {
        try NoncentralT(degreesOfFreedom: $0("nu"), noncentrality: $0("delta"))
    },
    .init("noncentralBeta", slack: 40) {
        try NoncentralBeta(alpha: $0("alpha"), beta: $0("beta"), noncentrality: $0("lam"))
    },
    .init("vonMises", entropySize: 1) { try VonMises(mean: $0("mu"), concentration: $0("kappa")) },
    .init("triangular") {
        try Triangular(lower: $0("low"), mode: $0("mode"), upper: $0("high"))
    },
    .init("arcsine") { try Arcsine(lower: $0("low"), upper: $0("high")) },
    .init("kumaraswamy") { try Kumaraswamy(a: $0("a"), b: $0("b")) },
    .init("wrappedCauchy") { try WrappedCauchy(mean: $0("mu"), concentration: $0("rho")) },
    .init("trapezoidal", slack: 40) {
        try Trapezoidal(
            lower: $0("a"), plateauStart: $0("b"), plateauEnd: $0("c"), upper: $0("d"))
    },
    // Values of 1e-300 are exponentials of logarithms with their rounding; small
    // skewnesses and kurtoses differences.
    .init("betaPrime", slack: 64) { try BetaPrime(alpha: $0("alpha"), beta: $0("beta")) },
    .init("pert") {
        try PERT(
            lower: $0("low"), mode: $0("mode"), upper: $0("high"), weight: $0("weight"))
    },
    .init("logitNormal", slack: 32) {
        try LogitNormal(logitMean: $0("mu"), logitStandardDeviation: $0("sigma"))
    },
    .init("johnsonSB", slack: 32) {
        try JohnsonSB(
            gamma: $0("gamma"), delta: $0("delta"), lower: $0("low"), upper: $0("high"))
    },
    .init("kolmogorov") { _ in Kolmogorov() },
    .init("irwinHall", slack: 96) { try IrwinHall(count: Int($0("n"))) },
    .init("tukeyLambda", slack: 96) { try TukeyLambda(shape: $0("lambda")) },
]
