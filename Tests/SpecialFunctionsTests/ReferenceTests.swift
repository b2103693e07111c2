// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import SpecialFunctions

/// A row of Tests/Reference/special/special.csv: arguments, the answer to 28
/// digits (Arb), and the relative condition number of the problem.
struct ReferenceRow {
    var function: Substring
    var arguments: [Double]
    var value: Double
    /// Missing for the inverses.
    var condition: Double?
}

let specialReference = readSpecialReference("special.csv")

func readSpecialReference(_ file: String) -> [ReferenceRow] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Reference/special/\(file)")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return ReferenceRow(
            function: fields[0], arguments: fields[1...4].compactMap { Double($0) },
            value: Double(fields[5]) ?? .nan, condition: Double(fields[6]))
    }
}

/// An answer is accepted when its relative error is at most
/// max(1, condition) · 2⁻⁵² · `slack`.
struct ReferenceCase: CustomTestStringConvertible, Sendable {
    var name: String
    var slack: Double
    var function: @Sendable ([Double]) -> Double
    var testDescription: String { name }

    init(_ name: String, slack: Double = 8, _ function: @escaping @Sendable ([Double]) -> Double) {
        self.name = name
        self.slack = slack
        self.function = function
    }
}

let referenceCases: [ReferenceCase] = [
    .init("lgamma") { logGamma($0[0]) },
    .init("digamma") { digamma($0[0]) },
    .init("trigamma") { trigamma($0[0]) },
    .init("tetragamma") { tetragamma($0[0]) },
    .init("beta") { beta($0[0], $0[1]) },
    .init("lbeta") { logBeta($0[0], $0[1]) },
    .init("lchoose") { logChoose($0[0], $0[1]) },
    .init("logRising") { logRising($0[0], $0[1]) },
    .init("mvlgamma") { logMultivariateGamma($0[0], Int($0[1])) },
    .init("log1pmx") { log1pMinusX($0[0]) },
    .init("log1pExp") { log1pExp($0[0]) },
    .init("log1mExp") { log1mExp($0[0]) },
    .init("logSumExp2") { logSumExp($0[0], $0[1]) },
    .init("logSumExp2") { logSumExp($0) },
    .init("logDiffExp") { logDiffExp($0[0], $0[1]) },
    .init("invLogit") { logistic($0[0]) },
    .init("logInvLogit") { logLogistic($0[0]) },
    .init("logit") { logit($0[0]) },
    .init("erfcx") { erfcx($0[0]) },
    .init("logErfc") { logErfc($0[0]) },
    .init("erfInv") { erfInverse($0[0]) },
    .init("erfcInv") { erfcInverse($0[0]) },
    .init("normalCdf") { normalCDF($0[0]) },
    .init("logNormalCdf") { logNormalCDF($0[0]) },
    .init("normalQuantile") { normalQuantile($0[0]) },
    .init("gammaP") { gammaP($0[0], $0[1]) },
    .init("gammaQ") { gammaQ($0[0], $0[1]) },
    .init("gammaPInv") { gammaPInverse($0[0], $0[1]) },
    .init("gammaQInv") { gammaQInverse($0[0], $0[1]) },
    .init("betaI") { betaI($0[2], $0[0], $0[1]) },
    .init("betaIInv") { betaIInverse($0[2], $0[0], $0[1]) },
    .init("dawson") { dawson($0[0]) },
    .init("besselJ") { besselJ($0[0], $0[1]) },
    .init("besselY") { besselY($0[0], $0[1]) },
    .init("besselI") { besselI($0[0], $0[1]) },
    .init("besselK") { besselK($0[0], $0[1]) },
    .init("besselIe") { besselIScaled($0[0], $0[1]) },
    .init("besselKe") { besselKScaled($0[0], $0[1]) },
    .init("logBesselI") { logBesselI($0[0], $0[1]) },
    .init("logBesselK") { logBesselK($0[0], $0[1]) },
    .init("airyAi") { airyAi($0[0]) },
    .init("owensT") { owensT($0[0], $0[1]) },
    .init("lambertW0") { lambertW0($0[0]) },
    .init("lambertWm1") { lambertWm1($0[0]) },
    .init("zeta") { zeta($0[0]) },
    .init("hurwitzZeta") { hurwitzZeta($0[0], $0[1]) },
    .init("hyp1f1") { hypergeometric1F1($0[0], $0[1], $0[2]) },
    .init("hyp2f1") { hypergeometric2F1($0[0], $0[1], $0[2], $0[3]) },
    .init("expintE1") { expIntegralE1($0[0]) },
    .init("expintEi") { expIntegralEi($0[0]) },
    .init("erf") { erf($0[0]) },
    .init("erfc") { erfc($0[0]) },
    .init("log1p") { log1p($0[0]) },
    .init("expm1") { expm1($0[0]) },
]

@Suite struct ReferenceTests {
    /// Relative condition number, by differences over a relative 1e-5.
    private func condition(of f: ([Double]) -> Double, _ arguments: [Double]) -> Double {
        let value = f(arguments)
        return arguments.indices.reduce(0) { sum, i in
            var moved = arguments
            moved[i] *= 1 + 1e-5
            return sum + abs(f(moved) - value) / (1e-5 * abs(value))
        }
    }

    @Test(arguments: referenceCases) func agreesWithArb(_ test: ReferenceCase) {
        let rows = specialReference.filter { $0.function == test.name }
        #expect(rows.count >= 5)
        for row in rows {
            let found = test.function(row.arguments)
            let error = abs(found - row.value) / abs(row.value)
            let unit =
                max(1, row.condition ?? condition(of: test.function, row.arguments)) * 0x1p-52
            #expect(
                error <= test.slack * unit || found == row.value,
                "\(test.name)\(row.arguments): \(found), not \(row.value); \(error / unit) units")
        }
    }
}
