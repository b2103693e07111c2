// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation

/// What a verification found: whether a notebook still gives the results that
/// it records.
public struct VerificationReport: Sendable, CustomStringConvertible {
    /// A result that differs, or an error.
    public struct Problem: Sendable, Hashable {
        public var message: String
        /// The seed of the run, when it is not the notebook's own.
        public var seed: UInt64?
    }

    /// A Monte Carlo number compared with its recorded value.
    struct Comparison: Sendable {
        var cell: Int
        var seed: UInt64?
        var text: String
        var recorded: String
        var z: Double
    }

    /// The verdict on a cell.
    public struct CellReport: Sendable {
        public let cell: Cell
        public var problems: [Problem] = []
        public var seconds = 0.0
        public var expectations = 0
        public var isSkipped = false
    }

    public let notebook: String
    public internal(set) var cells: [CellReport]
    /// How many numbers with a Monte Carlo error were compared.
    public internal(set) var comparisonCount = 0
    /// The largest |new − old| / √(se² + se²) that passes.
    public internal(set) var limit = 0.0
    /// The largest one found.
    public internal(set) var largest = 0.0
    /// The root of the mean of their squares: about 1 for independent runs, 0
    /// for the same seed and engine.
    public internal(set) var rootMeanSquare = 0.0
    /// The seeds besides the notebook's own.
    public let seeds: [UInt64]

    /// The probability that a notebook fails although nothing is wrong.
    public static let falseAlarmRate = 1e-4

    public var isGood: Bool { cells.allSatisfy(\.problems.isEmpty) }

    /// The verdict, then the problems with their lines.
    public var description: String {
        let failed = cells.filter { !$0.problems.isEmpty }
        var lines: [String] = []
        let numbers =
            comparisonCount == 0
            ? ""
            : "; \(comparisonCount) estimates, largest z \(ScriptFormat.fixed(largest, 2)) of "
                + "\(ScriptFormat.fixed(limit, 2)) allowed"
        let again = seeds.isEmpty ? "" : ", \(seeds.count) other seeds"
        lines.append(
            failed.isEmpty
                ? "\(notebook): verified, \(cells.count) cells\(again)\(numbers)"
                : "\(notebook): \(failed.count) of \(cells.count) cells differ\(again)\(numbers)")
        for report in failed {
            for problem in report.problems {
                let seed = problem.seed.map { " (seed \($0))" } ?? ""
                lines.append(
                    "  line \(report.cell.line - 1), \(report.cell.key)\(seed): "
                        + problem.message.replacing("\n", with: "\n    "))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// A test suite in the XML that continuous integration reads.
    public var junit: String { VerificationReport.junit([self]) }

    /// Several notebooks in one file.
    public static func junit(_ reports: [VerificationReport]) -> String {
        func escape(_ text: String) -> String {
            var result = ""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "&": result += "&amp;"
                case "<": result += "&lt;"
                case ">": result += "&gt;"
                case "\"": result += "&quot;"
                case "\n", "\t": result.unicodeScalars.append(scalar)
                case _ where scalar.value < 32 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                    result += "?"
                default: result.unicodeScalars.append(scalar)
                }
            }
            return result
        }
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"]
        for report in reports {
            let failures = report.cells.filter { !$0.problems.isEmpty }.count
            let skipped = report.cells.filter(\.isSkipped).count
            let seconds = report.cells.reduce(0) { $0 + $1.seconds }
            lines.append(
                "  <testsuite name=\"\(escape(report.notebook))\" tests=\"\(report.cells.count)\" "
                    + "failures=\"\(failures)\" skipped=\"\(skipped)\" "
                    + "time=\"\(ScriptFormat.fixed(seconds, 3))\">")
            for cell in report.cells {
                let head =
                    "    <testcase classname=\"\(escape(report.notebook))\" "
                    + "name=\"\(escape(cell.cell.key))\" "
                    + "time=\"\(ScriptFormat.fixed(cell.seconds, 3))\""
                if cell.problems.isEmpty, !cell.isSkipped {
                    lines.append(head + "/>")
                    continue
                }
                lines.append(head + ">")
                if cell.isSkipped { lines.append("      <skipped/>") }
                if let first = cell.problems.first {
                    let all = cell.problems.map(\.message).joined(separator: "\n")
                    let title = first.message.prefix { $0 != "\n" }
                    lines.append(
                        "      <failure message=\"\(escape(String(title)))\">\(escape(all))</failure>"
                    )
                }
                lines.append("    </testcase>")
            }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }
}
