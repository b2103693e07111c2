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
]
