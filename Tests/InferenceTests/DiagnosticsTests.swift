// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Randomness
import Testing

@testable import Inference

/// Cases computed by R's `posterior` (Tests/Reference/diagnostics/make.R).
struct DiagnosticsCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let chains: [[ConstraintCase.Number]]
    /// null is NaN.
    let expected: [String: ConstraintCase.Number?]

    var draws: [[Double]] { chains.map { $0.map(\.value) } }
    var testDescription: String { name }

    static let all: [DiagnosticsCase] = {
        let file = referenceFolder.appending(path: "diagnostics/cases.json")
        guard let data = try? Data(contentsOf: file) else { return [] }
        return (try? JSONDecoder().decode([DiagnosticsCase].self, from: data)) ?? []
    }()
}

@Suite struct DiagnosticsTests {
    @Test func referenceIsThere() {
        #expect(DiagnosticsCase.all.count == 15)
        #expect(DiagnosticsCase.all.allSatisfy { $0.expected.count == 17 })
    }

    @Test(arguments: DiagnosticsCase.all)
    func agreesWithPosterior(_ c: DiagnosticsCase) throws {
        let x = c.draws
        let row = Summary.Row(name: c.name, chains: x)
        let found: [String: Double] = [
            "rhat": row.rHat, "ess_bulk": row.bulkEffectiveSampleSize,
            "ess_tail": row.tailEffectiveSampleSize,
            "ess_mean": Diagnostics.meanEffectiveSampleSize(x),
            "ess_sd": Diagnostics.standardDeviationEffectiveSampleSize(x),
            "ess_median": Diagnostics.quantileEffectiveSampleSize(x, 0.5),
            "mcse_mean": row.meanStandardError, "mcse_sd": row.standardDeviationStandardError,
            "mcse_median": row.medianStandardError, "mcse_q5": row.q5StandardError,
            "mcse_q95": row.q95StandardError, "mean": row.mean, "median": row.median,
            "sd": row.standardDeviation, "mad": row.medianAbsoluteDeviation, "q5": row.q5,
            "q95": row.q95,
        ]
        for (key, number) in c.expected {
            let value = try #require(found[key])
            let expected = (number ?? nil)?.value ?? .nan
            if expected.isNaN {
                #expect(value.isNaN, "\(key) is \(value)")
            } else {
                // Relative: of 1e-10, for sums in another order.
                #expect(
                    value == expected || abs(value - expected) <= 1e-10 * abs(expected),
                    "\(key) is \(value), but posterior says \(expected)")
            }
        }
    }

    /// Whatever is asked of few draws, there is an answer and no trap.
    @Test(arguments: [0, 1, 2, 3, 4, 5])
    func fewDraws(_ count: Int) {
        let chain = (0..<count).map { sin(Double($0)) }
        for chains in [[], [chain], [chain, chain.reversed()], [chain, []]] {
            let row = Summary.Row(name: "x", chains: chains)
            #expect(row.rHat.isNaN || row.rHat > 0)
            #expect(row.bulkEffectiveSampleSize.isNaN || row.bulkEffectiveSampleSize > 0)
            #expect(!Summary(rows: [row]).description.isEmpty)
        }
    }

    @Test func nanDraws() {
        let row = Summary.Row(name: "x", chains: [[1, .nan, 2, 3], [2, 3, 1, 4]])
        #expect(row.mean.isNaN && row.median.isNaN && row.rHat.isNaN && row.meanStandardError.isNaN)
    }

    /// Both ways to an autocovariance agree.
    @Test func autocovarianceByTransform() {
        let chain = (0..<300).map { sin(Double($0 * $0)) + Double($0) / 100 }
        var direct = Autocovariance(chain)
        var transformed = Autocovariance(chain)
        _ = transformed[Autocovariance.directLags]
        for lag in 0..<Autocovariance.directLags {
            #expect(abs(direct[lag] - transformed[lag]) < 1e-14)
        }
        for lag in [64, 100, 299] {
            var sum = 0.0
            for i in 0..<(300 - lag) {
                sum += (chain[i] - direct.mean) * (chain[i + lag] - direct.mean)
            }
            #expect(abs(transformed[lag] - sum / 300) < 1e-14)
        }
        #expect(direct[300].isNaN)
    }

    /// Numbers with digits as their errors allow.
    @Test func decimalText() {
        #expect(DecimalText.value(4.38271, error: 0.0834) == "4.383")
        #expect(
            DecimalText.value(1234.5, error: 27) == "1234"
                || DecimalText.value(1234.5, error: 27) == "1235")
        #expect(DecimalText.value(-0.0001, error: 0.1) == "0.00")
        #expect(DecimalText.value(3, error: .nan) == "3")
        #expect(DecimalText.value(0.123456, error: .nan) == "0.1235")
        #expect(DecimalText.value(.nan, error: 1) == "nan")
        #expect(DecimalText.value(1e300, error: 1e298) == "1.000e+300")
        #expect(DecimalText.value(1.5e-12, error: 1e-14) == "1.500e-12")
        #expect(DecimalText.error(0) == "0")
        #expect(DecimalText.error(0.00834) == "0.0083")
    }

    /// E-BFMI of a sequence by hand: jumps 1, 4, 1; deviations ±1, 1, …
    @Test func energyFraction() {
        #expect(isClose(Diagnostics.energyFraction([0, 1, 3, 2]), (1.0 + 4 + 1) / 5, 1e-15))
        #expect(Diagnostics.energyFraction([1, 1, 1]).isNaN)
        #expect(Diagnostics.energyFraction([]).isNaN)
    }
}

@Suite struct DiagnosisTests {
    /// Draws with one column changed.
    private func draws(
        chains: Int = 4, maximumDepth: Int = 10,
        _ change: (_ chain: Int, _ row: Int, _ values: inout [Double]) -> Void = { _, _, _ in }
    ) -> Draws {
        let columns = Draws.samplerColumns + ["x"]
        let generator = RandomGenerator(seed: 51)
        let all = (0..<chains).map { chain in
            var table: [Double] = []
            for row in 0..<400 {
                let (energy, x) = (generator.normal(), generator.normal())
                var values = [-energy, 0.8, 0.5, 3, 7, 0, energy, x]
                change(chain, row, &values)
                table += values
            }
            return Draws.Chain(id: chain + 1, table: table, width: 8)
        }
        var settings = SamplingSettings()
        settings.maximumDepth = maximumDepth
        return Draws(modelName: "m", columns: columns, chains: all, settings: settings)
    }

    @Test func good() {
        let diagnosis = draws().diagnose()
        #expect(diagnosis.isGood && diagnosis.problems.isEmpty)
        #expect(diagnosis.verdict.hasPrefix("no problems found in 4 chains × 400 draws"))
        #expect(!diagnosis.description.contains("\n"))
    }

    @Test func findings() {
        let table: [(Draws, String)] = [
            (
                draws { _, row, v in v[5] = row < 2 ? 1 : 0 },
                "8 of 1600 transitions (0.50 %) ended in a divergence"
            ),
            (draws { chain, _, v in v[7] += Double(chain) }, "for x, above 1.01"),
            (draws { chain, row, v in v[7] = sin(Double(row) / 60) }, "x has "),
            (draws(chains: 1), "there is one chain only"),
            (draws { _, row, v in v[6] = sin(Double(row) / 20) }, "E-BFMI is below 0.3 in 4 of 4"),
            (draws { _, row, v in if row == 7 { v[7] = .nan } }, "x has draws that are not finite"),
        ]
        for (draws, finding) in table {
            let diagnosis = draws.diagnose()
            #expect(diagnosis.description.contains(finding), "\(diagnosis)")
            #expect(diagnosis.verdict.hasSuffix("do not trust these draws yet"))
        }
    }

    @Test func slownessIsNotGrave() {
        let diagnosis = draws(maximumDepth: 3).diagnose()
        #expect(diagnosis.saturations == 1600 && !diagnosis.isGood)
        #expect(diagnosis.verdict.hasSuffix("none that casts doubt on the draws"))
    }
}
