// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Foundation
import Inference
import Testing

@testable import StanLanguage

/// Whole runs against long runs of an independent sampler
/// (`Tests/Reference/stan-posteriors/make_posteriors.py`).
///
/// Seeds are fixed. Over the roughly 110 means compared, a bound of 4.5
/// standard errors has a false alarm rate of 1e-3 should a seed be changed.
@Suite struct ModelSamplingTests {
    static let programs = [
        "eight_schools_noncentred", "radon_noncentred", "mixture_two", "correlated_effects",
        "ordered_logit",
    ]

    @Test(arguments: programs)
    func meansAgree(_ name: String) throws {
        let reference = try JSONValue.parse(
            SourceText(
                name: "posteriors.json",
                bytes: Array(
                    try Data(
                        contentsOf: ModelReferenceTests.folder.deletingLastPathComponent()
                            .appending(path: "stan-posteriors/posteriors.json")))))
        let rows = try #require(reference[name]?.object)
        let data = try JSONValue.parse(try ModelReferenceTests.text(name + ".json"))
        let model = try StanModel(
            program: try StanProgram.parse(try ModelReferenceTests.text(name + ".stan")),
            data: try #require(data["data"]))
        var settings = SamplingSettings(seed: 20_261_124)
        settings.targetAcceptance = 0.9
        // At 1,000 R-hat's own scatter reaches 1.01 in a mixture.
        settings.draws = 2000
        let draws = try sample(model, settings: settings)
        for (column, row) in rows.members {
            let mean = try #require(row["mean"]?.double)
            let error = try #require(row["mcse"]?.double)
            let summary = Summary.Row(name: column, chains: try draws[column])
            if try #require(row["sd"]?.double) < 1e-12 {
                #expect(abs(summary.mean - mean) < 1e-12)
                continue
            }
            #expect(summary.rHat <= 1.01, "R-hat of \(column) is \(summary.rHat)")
            let combined = (error * error + summary.meanStandardError * summary.meanStandardError)
                .squareRoot()
            #expect(
                abs(summary.mean - mean) <= 4.5 * combined,
                "\(column): \(summary.mean) ± \(summary.meanStandardError), not \(mean)")
        }
    }
}
