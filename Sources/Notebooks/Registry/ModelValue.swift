// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Inference
import Randomness
import StanLanguage

/// A Stan program as the script carries it.
struct ModelValue: ScriptObject {
    let program: StanProgram
    let name: String

    var typeName: String { "model" }
    var shown: ShownValue { .text("Stan model \(name)") }
    var json: JSONValue { .object(JSONObject([("model", .string(name))])) }
}

/// The draws of a fit.
struct PosteriorValue: ScriptObject {
    let draws: Draws

    var typeName: String { "posterior" }

    var shown: ShownValue {
        .text(
            "posterior of \(draws.modelName): \(draws.chains.count) chains × \(draws.count) draws "
                + "of \(draws.names.count) quantities")
    }

    var json: JSONValue {
        .object(
            JSONObject([
                ("model", .string(draws.modelName)), ("chains", .integer(draws.chains.count)),
                ("draws", .integer(draws.count)),
                ("names", .array(draws.names.map { .string($0) })),
            ]))
    }
}

/// The verdict on a fit.
struct DiagnosisValue: ScriptObject {
    let diagnosis: Diagnosis

    var typeName: String { "diagnosis" }
    var shown: ShownValue { .text(diagnosis.description) }

    var json: JSONValue {
        .object(
            JSONObject([
                ("good", .bool(diagnosis.isGood)), ("verdict", .string(diagnosis.verdict)),
                ("divergences", .integer(diagnosis.divergences)),
                ("largest_rhat", .number(diagnosis.largestRHat)),
                ("smallest_ess", .number(diagnosis.smallestEffectiveSampleSize)),
                ("problems", .array(diagnosis.problems.map { .string($0.finding) })),
            ]))
    }
}

/// A table of posterior summaries.
struct SummaryValue: ScriptObject {
    let summary: Summary

    var typeName: String { "summary" }

    static let columns = [
        "variable", "mean", "mcse", "median", "sd", "mad", "q5", "q95", "rhat", "ess_bulk",
        "ess_tail",
    ]

    var shown: ShownValue {
        let rows = summary.rows.map { row in
            [
                SummaryValue.display(row.name),
                SummaryValue.text(row.mean, row.meanStandardError),
                SummaryValue.error(row.meanStandardError),
                SummaryValue.text(row.median, row.medianStandardError),
                SummaryValue.text(row.standardDeviation, row.standardDeviationStandardError),
                SummaryValue.text(row.medianAbsoluteDeviation, row.standardDeviationStandardError),
                SummaryValue.text(row.q5, row.q5StandardError),
                SummaryValue.text(row.q95, row.q95StandardError),
                ScriptFormat.fixed(row.rHat, 3),
                ScriptFormat.fixed(row.bulkEffectiveSampleSize, 0),
                ScriptFormat.fixed(row.tailEffectiveSampleSize, 0),
            ]
        }
        let errors = summary.rows.map { row -> [Double?] in
            // The median deviation is about 1.65 times as uncertain as the
            // standard deviation (exactly so for normal draws).
            let all: [Double?] = [
                nil, row.meanStandardError, nil, row.medianStandardError,
                row.standardDeviationStandardError, 1.65 * row.standardDeviationStandardError,
                row.q5StandardError, row.q95StandardError, nil, nil, nil,
            ]
            return all.map { $0.flatMap { $0.isFinite && $0 > 0 ? $0 : nil } }
        }
        return .table(
            ScriptTable(
                columns: SummaryValue.columns, rows: rows,
                numeric: Set(1..<SummaryValue.columns.count), errors: errors))
    }

    /// `theta[1,2]` of `theta.1.2`.
    static func display(_ name: String) -> String {
        let parts = name.split(separator: ".")
        guard parts.count > 1, parts.dropFirst().allSatisfy({ Int($0) != nil }) else { return name }
        return "\(parts[0])[\(parts.dropFirst().joined(separator: ","))]"
    }

    /// A value with the digits that its error leaves it.
    private static func text(_ value: Double, _ error: Double) -> String {
        guard value.isFinite, error.isFinite, error > 0 else { return ScriptFormat.number(value) }
        let shown = Estimate(value, standardError: error).description
        return String(shown.prefix { $0 != " " })
    }

    private static func error(_ error: Double) -> String {
        guard error.isFinite, error > 0 else { return ScriptFormat.number(error) }
        let shown = Estimate(0, standardError: error).description
        return String(shown.reversed().prefix { $0 != " " }.reversed())
    }

    var json: JSONValue {
        .array(
            summary.rows.map { row in
                .object(
                    JSONObject([
                        ("variable", .string(SummaryValue.display(row.name))),
                        ("mean", .number(row.mean)), ("mcse", .number(row.meanStandardError)),
                        ("median", .number(row.median)), ("sd", .number(row.standardDeviation)),
                        ("mad", .number(row.medianAbsoluteDeviation)), ("q5", .number(row.q5)),
                        ("q95", .number(row.q95)), ("rhat", .number(row.rHat)),
                        ("ess_bulk", .number(row.bulkEffectiveSampleSize)),
                        ("ess_tail", .number(row.tailEffectiveSampleSize)),
                    ]))
            })
    }
}
