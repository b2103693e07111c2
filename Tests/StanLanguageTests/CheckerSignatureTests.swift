// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import StanLanguage

private let census = "../shared/stan-functions.csv"

@Suite struct CheckerSignatureTests {
    @Test func everyLineOfTheTablesIsRead() {
        #expect(StanSignatures.names.count > 450)
        for (name, lines) in StanSignatures.lines {
            let signatures = StanSignatures.read(name)
            #expect(signatures.count == lines.count, "\(name)")
            for signature in signatures {
                if case .type(.void) = signature.result {
                    Issue.record("no result: \(signature.text)")
                }
                for parameter in signature.parameters {
                    check(parameter.pattern, signature.text)
                }
            }
        }
    }

    private func check(_ pattern: Signature.Pattern, _ text: Substring) {
        switch pattern {
        case .types(let types): #expect(!types.isEmpty, "\(text)")
        case .function(let inner, _, let result):
            #expect(result != .void, "\(text)")
            for parameter in inner { check(parameter.pattern, text) }
        default: break
        }
    }

    @Test func numbersAndNamesBelongTogether() {
        for (number, name) in StanFunctions.names.enumerated() {
            #expect(StanFunctions.id(of: name) == number)
        }
        #expect(StanFunctions.id(of: "no_such_function") == nil)
    }

    @Test func distributionsHaveAllTheirFunctions() {
        for name in ["normal", "gamma", "student_t", "poisson", "binomial"] {
            for suffix in ["cdf", "lcdf", "lccdf", "rng"] {
                #expect(StanFunctions.id(of: "\(name)_\(suffix)") != nil, "\(name)_\(suffix)")
            }
            #expect(StanSignatures.distributions.contains(name))
        }
    }

    @Test(
        "The 254 functions that cover 99 % of programs have signatures",
        .enabled(if: FileManager.default.fileExists(atPath: census), "no ../shared"))
    func censusIsCovered() throws {
        let rows = try String(contentsOfFile: census, encoding: .utf8).split(separator: "\n")
        let names = rows.dropFirst().prefix(254).compactMap { row in
            row.split(separator: ",").dropFirst().first.map(String.init)
        }
        #expect(names.count == 254)
        let operators =
            Array(LegacyNames.binaryOperators.keys) + Array(LegacyNames.unaryOperators.keys)
        let missing = names.filter {
            StanFunctions.id(of: $0) == nil && LegacyNames.renamed[$0] == nil
                && !operators.contains($0)
        }
        #expect(missing == [])
    }
}
