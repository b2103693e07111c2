// SPDX-License-Identifier: GPL-3.0-or-later

@testable import Distributions

let realFamilies: [Family] = [
    // The table has the condition of the skewness for shape 3.6, near its zero, too.
    .init("weibull") { try Weibull(shape: $0("shape"), scale: $0("scale")) },
    .init("frechet") { try Frechet(shape: $0("shape"), scale: $0("scale")) },
    .init("gumbel") { try Gumbel(location: $0("mu"), scale: $0("beta")) },
    .init("gumbelType1") { try Gumbel(rate: $0("a"), multiplier: $0("b")) },
    .init("gumbelType2") { try Frechet(shape: $0("a"), multiplier: $0("b")) },
    .init("generalizedExtremeValue") {
        try GeneralizedExtremeValue(
            location: $0("mu"), scale: $0("sigma"), shape: $0("xi"))
    },
    .init("generalizedPareto") {
        try GeneralizedPareto(location: $0("mu"), scale: $0("sigma"), shape: $0("xi"))
    },
    .init("pareto") { try Pareto(scale: $0("scale"), shape: $0("shape")) },
    .init("paretoType2") {
        try ParetoTypeII(location: $0("mu"), scale: $0("scale"), shape: $0("shape"))
    },
    .init("rayleigh") { try Rayleigh(scale: $0("sigma")) },
    .init("maxwell") { try Maxwell(scale: $0("sigma")) },
    .init("levy") { try Levy(location: $0("mu"), scale: $0("c")) },
    .init("chi") { try Chi(degreesOfFreedom: $0("nu")) },
    .init("inverseChiSquared") { try InverseChiSquared(degreesOfFreedom: $0("nu")) },
    .init("scaledInverseChiSquared") {
        try ScaledInverseChiSquared(degreesOfFreedom: $0("nu"), scale: $0("sigma"))
    },
    .init("halfNormal") { try HalfNormal(scale: $0("sigma")) },
    .init("halfCauchy") { try HalfCauchy(scale: $0("sigma")) },
    // The kurtosis is a difference of terms ten times as large.
    .init("halfStudentT", slack: 32) {
        try HalfStudentT(degreesOfFreedom: $0("nu"), scale: $0("sigma"))
    },
    .init("generalizedNormal") {
        try GeneralizedNormal(
            location: $0("mu"), scale: $0("alpha"), shape: $0("beta"))
    },
    .init("logLogistic") { try LogLogistic(scale: $0("scale"), shape: $0("shape")) },
    .init("inverseGaussian") { try InverseGaussian(mean: $0("mu"), shape: $0("lam")) },
    .init("expModNormal") {
        try ExponentiallyModifiedNormal(
            location: $0("mu"), scale: $0("sigma"), rate: $0("rate"))
    },
    .init("skewNormal") {
        try SkewNormal(location: $0("xi"), scale: $0("omega"), shape: $0("alpha"))
    },
    .init("erlang") { try Erlang(shape: Int($0("shape")), rate: $0("rate")) },
    .init("nakagami") { try Nakagami(shape: $0("shape"), spread: $0("spread")) },
    .init("skewedDoubleExponential") {
        try SkewedDoubleExponential(
            location: $0("mu"), scale: $0("sigma"), skew: $0("tau"))
    },
    .init("hyperbolicSecant") { try HyperbolicSecant(location: $0("mu"), scale: $0("sigma")) },
    .init("johnsonSU") {
        try JohnsonSU(
            asymmetry: $0("gamma"), shape: $0("delta"), location: $0("xi"), scale: $0("lambda"))
    },
    .init("birnbaumSaunders", entropySize: 1) {
        try BirnbaumSaunders(shape: $0("alpha"), scale: $0("beta"))
    },
    .init("gompertz") { try Gompertz(shape: $0("eta"), rate: $0("b")) },
    .init("skewedT") {
        try SkewedT(
            degreesOfFreedom: $0("nu"), location: $0("mu"), scale: $0("sigma"),
            skew: $0("gamma"))
    },
    .init("rice") { try Rice(distance: $0("nu"), scale: $0("sigma")) },
]
