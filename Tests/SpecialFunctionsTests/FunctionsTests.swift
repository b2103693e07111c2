// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import SpecialFunctions

/// Tests/Reference/special/functions.csv (mpmath at 60 digits): arguments drawn over
/// the whole domain.
private let functionsReference = readSpecialReference("functions.csv")

private let functionCases: [ReferenceCase] = [
    .init("besselJ") { besselJ($0[0], $0[1]) },
    .init("besselY") { besselY($0[0], $0[1]) },
    .init("besselI") { besselI($0[0], $0[1]) },
    .init("besselK") { besselK($0[0], $0[1]) },
    .init("besselIe") { besselIScaled($0[0], $0[1]) },
    .init("logBesselI") { logBesselI($0[0], $0[1]) },
    .init("logBesselK") { logBesselK($0[0], $0[1]) },
    .init("airyAi") { airyAi($0[0]) },
    .init("airyBi") { airyBi($0[0]) },
    .init("airyAiDerivative") { airyAiDerivative($0[0]) },
    .init("airyBiDerivative") { airyBiDerivative($0[0]) },
    .init("zeta") { zeta($0[0]) },
    .init("polygamma") { polygamma(Int($0[0]), $0[1]) },
    .init("tetragamma") { tetragamma($0[0]) },
    .init("expintE1") { expIntegralE1($0[0]) },
    .init("expintEi") { expIntegralEi($0[0]) },
    .init("dawson") { dawson($0[0]) },
    .init("hyp1f1") { hypergeometric1F1($0[0], $0[1], $0[2]) },
    .init("hyp2f1") { hypergeometric2F1($0[0], $0[1], $0[2], $0[3]) },
    .init("ellipticK") { ellipticK($0[0]) },
    .init("ellipticE") { ellipticE($0[0]) },
    .init("ellipticPi") { ellipticPi($0[0], $0[1]) },
    .init("ellipticF") { ellipticF($0[0], $0[1]) },
    .init("ellipticEIncomplete") { ellipticE($0[0], $0[1]) },
    .init("ellipticPiIncomplete") { ellipticPi($0[0], $0[1], $0[2]) },
    .init("carlsonRF") { carlsonRF($0[0], $0[1], $0[2]) },
    .init("carlsonRC") { carlsonRC($0[0], $0[1]) },
    .init("carlsonRD") { carlsonRD($0[0], $0[1], $0[2]) },
    .init("carlsonRJ") { carlsonRJ($0[0], $0[1], $0[2], $0[3]) },
]

@Suite struct FunctionsTests {
    @Test(arguments: functionCases) func agreesWithMpmath(_ test: ReferenceCase) {
        let rows = functionsReference.filter { $0.function == test.name }
        #expect(rows.count >= 12)
        for row in rows {
            let found = test.function(row.arguments)
            let error = abs(found - row.value) / abs(row.value)
            let unit = max(1, row.condition ?? .nan) * 0x1p-52
            #expect(
                error <= test.slack * unit,
                "\(test.name)\(row.arguments): \(found), not \(row.value); \(error / unit) units")
        }
    }

    @Test func wronskians() {
        for nu in [0, 0.3, 1, 2.5, 17, 140, 2_500] as [Double] {
            for x in [1e-3, 0.4, 1.7, 3, 24, 26, 90, 160, 3_000] as [Double] {
                // DLMF 10.5.2; where Y overflows there is nothing to see.
                let (j, y) = (besselJ(nu, x), besselY(nu, x))
                let (j1, y1) = (besselJ(nu + 1, x), besselY(nu + 1, x))
                if y.isFinite, y1.isFinite, abs(j1) > 1e-290 {
                    let product = 0.5 * .pi * x * (j1 * y - j * y1)
                    let terms = 0.5 * .pi * x * (abs(j1 * y) + abs(j * y1))
                    #expect(abs(product - 1) <= 2e-14 * terms, "J and Y of \(nu) at \(x)")
                }
                // DLMF 10.28.2, on the logarithmic scale
                let sum = logSumExp(
                    logBesselI(nu, x) + logBesselK(nu + 1, x),
                    logBesselI(nu + 1, x) + logBesselK(nu, x))
                let size = max(1, abs(logBesselI(nu, x)), abs(logBesselK(nu + 1, x)))
                #expect(abs(sum + log(x)) <= 1e-15 * size, "I and K of \(nu) at \(x)")
            }
        }
    }

    @Test func ordersBelowZero() {
        for x in [0.3, 2.7, 40] as [Double] {
            #expect(besselJ(-3, x) == -besselJ(3, x) && besselJ(-4, x) == besselJ(4, x))
            #expect(besselJ(3, -x) == -besselJ(3, x) && besselI(-2, x) == besselI(2, x))
            // J_(−½) = √(2/(πx)) cos x, Y_(−½) = √(2/(πx)) sin x
            let scale = (2 / (.pi * x)).squareRoot()
            #expect(abs(besselJ(-0.5, x) - scale * cos(x)) <= 4e-16 * scale)
            #expect(abs(besselY(-0.5, x) - scale * sin(x)) <= 4e-16 * scale)
            #expect(abs(besselI(-0.5, x) - scale * cosh(x)) <= 1e-15 * scale * cosh(x))
        }
    }

    @Test func endsAndNonsense() {
        #expect(besselJ(0, 0) == 1 && besselJ(2, 0) == 0 && besselJ(0.5, -1).isNaN)
        #expect(besselY(1, 0) == -.infinity && besselY(0, -1).isNaN && besselY(.nan, 1).isNaN)
        #expect(besselI(0, 0) == 1 && besselI(2, 0) == 0 && besselI(0.5, -1).isNaN)
        #expect(besselI(1, .infinity) == .infinity && besselIScaled(1, .infinity) == 0)
        #expect(besselK(1, 0) == .infinity && besselK(1, .infinity) == 0 && besselK(1, -1).isNaN)
        #expect(logBesselI(1, 0) == -.infinity && logBesselK(2, .infinity) == -.infinity)
        #expect(airyAi(.infinity) == 0 && airyBi(.infinity) == .infinity && airyAi(.nan).isNaN)
        #expect(zeta(1) == .infinity && zeta(-4) == 0 && zeta(0) == -0.5 && zeta(.infinity) == 1)
        #expect(hurwitzZeta(1, 2) == .infinity && hurwitzZeta(2, 0).isNaN)
        #expect(polygamma(-1, 2).isNaN && polygamma(3, -2.5).isNaN && polygamma(0, 1) == digamma(1))
        #expect(expIntegralE1(0) == .infinity && expIntegralE1(-1).isNaN)
        #expect(expIntegralE1(.infinity) == 0 && expIntegralEi(0) == -.infinity)
        #expect(expIntegralEi(1e3) == .infinity && dawson(0) == 0 && dawson(.infinity) == 0)
        #expect(hypergeometric1F1(1, -2, 1).isNaN && hypergeometric1F1(3, 2, 0) == 1)
        #expect(hypergeometric1F1(-2, -3, 2) == 3)
        #expect(hypergeometric2F1(1, 2, 3, 1.5).isNaN && hypergeometric2F1(1, 2, -1, 0.5).isNaN)
        #expect(
            hypergeometric2F1(-2, 1, 1, 3) == 4 && hypergeometric2F1(0.5, 0.5, 1, 1) == .infinity)
        #expect(abs(hypergeometric2F1(0.5, 0.5, 2, 1) - 4 / .pi) < 3e-16)
        #expect(ellipticK(1) == .infinity && ellipticK(2).isNaN && ellipticE(1) == 1)
        #expect(ellipticF(2, 1.5).isNaN && carlsonRF(0, 0, 1) == .infinity)
        #expect(carlsonRJ(1, 2, 3, 0).isNaN && carlsonRC(1, 0).isNaN)
    }

    @Test func softmaxOfLogarithms() {
        let p = softmax([1_000, 1_001, -.infinity])
        #expect(abs(p[0] - 1 / (1 + exp(1.0))) < 1e-16 && p[2] == 0 && p[0] + p[1] == 1)
        #expect(softmax([]) == [] && softmax([.infinity, 1, .infinity]) == [0.5, 0, 0.5])
        #expect(softmax([-.infinity])[0].isNaN && softmax([1, .nan])[0].isNaN)
        #expect(
            zip(logSoftmax([0.1, 2, -700]), softmax([0.1, 2, -700])).allSatisfy {
                abs($0 - log($1)) < 1e-15 * max(1, abs($0))
            })
    }
}
