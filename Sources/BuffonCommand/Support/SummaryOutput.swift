// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon

/// A posterior summary and its diagnosis as JSON, with the names of R's posterior.
enum SummaryOutput {
    static func json(_ summary: Summary, _ diagnosis: Diagnosis) -> JSONValue {
        [
            "variables": .array(summary.rows.map(row)),
            "diagnosis": json(diagnosis),
        ]
    }

    static func json(_ diagnosis: Diagnosis) -> JSONValue {
        [
            "good": .bool(diagnosis.isGood),
            "verdict": .string(diagnosis.verdict),
            "divergences": .integer(diagnosis.divergences),
            "depth_saturations": .integer(diagnosis.saturations),
            "largest_rhat": .number(diagnosis.largestRHat),
            "smallest_ess": .number(diagnosis.smallestEffectiveSampleSize),
            "smallest_ebfmi": .number(diagnosis.smallestEnergyFraction),
            "problems": .array(
                diagnosis.problems.map {
                    ["finding": .string($0.finding), "remedy": .string($0.remedy)]
                }),
        ]
    }

    private static func row(_ row: Summary.Row) -> JSONValue {
        [
            "variable": .string(row.name),
            "mean": .number(row.mean),
            "median": .number(row.median),
            "sd": .number(row.standardDeviation),
            "mad": .number(row.medianAbsoluteDeviation),
            "q5": .number(row.q5),
            "q95": .number(row.q95),
            "rhat": .number(row.rHat),
            "ess_bulk": .number(row.bulkEffectiveSampleSize),
            "ess_tail": .number(row.tailEffectiveSampleSize),
            "mcse_mean": .number(row.meanStandardError),
            "mcse_sd": .number(row.standardDeviationStandardError),
            "mcse_median": .number(row.medianStandardError),
            "mcse_q5": .number(row.q5StandardError),
            "mcse_q95": .number(row.q95StandardError),
        ]
    }
}
