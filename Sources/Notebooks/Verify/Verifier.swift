// SPDX-License-Identifier: GPL-3.0-or-later

import Distributions
import Errors
import Foundation
import Plots
import SpecialFunctions

/// Compares a run with recorded results, each number by what it is: words and
/// exact numbers must be the same, estimates agree within their errors.
struct Verifier {
    private(set) var report: VerificationReport
    private let notebook: Notebook
    private var comparisons: [VerificationReport.Comparison] = []

    init(_ notebook: Notebook, seeds: [UInt64]) {
        self.notebook = notebook
        report = VerificationReport(
            notebook: notebook.path,
            cells: notebook.cells.map { VerificationReport.CellReport(cell: $0) }, seeds: seeds)
    }

    /// R̂ and effective sample sizes are predicates.
    private static let rHatLimit = 1.01
    private static let effectiveSizeLimit = 400.0

    /// What a comparison of two results needs to know.
    private struct Place {
        var cell: Int
        /// Nil for the notebook's own seed.
        var seed: UInt64?
    }

    private mutating func fail(_ message: String, _ place: Place) {
        guard report.cells[place.cell].problems.count < 20 else { return }
        report.cells[place.cell].problems.append(.init(message: message, seed: place.seed))
    }

    mutating func compare(_ result: NotebookResult, seed: UInt64?) {
        for cell in result.cells {
            let place = Place(cell: cell.cell.index, seed: seed)
            report.cells[place.cell].seconds += cell.seconds
            if seed == nil { report.cells[place.cell].expectations = cell.expectations }
            if case .skipped = cell.status {
                report.cells[place.cell].isSkipped = true
                continue
            }
            if !cell.isGood {
                fail(cell.message ?? "failed", place)
                continue
            }
            compare(cell, place)
        }
    }

    private mutating func compare(_ cell: CellResult, _ place: Place) {
        let new = RecordedOutput.parse(cell.recordedMarkdown ?? "")
        let block = notebook.outputs.first { $0.label == cell.cell.key }
        guard let block else {
            if !new.isEmpty {
                fail("no results are recorded; write them with `run --write`", place)
            }
            return
        }
        let old = RecordedOutput.parse(notebook.source.text(in: block.content))
        guard old.count == new.count else {
            fail("\(count(new.count)), recorded \(count(old.count))", place)
            return
        }
        var figures = cell.outputs.compactMap(\.figure)
        for (recorded, fresh) in zip(old, new) {
            switch (recorded, fresh) {
            case (.text(let a), .text(let b)), (.other(let a), .other(let b)):
                compareText(b, recorded: a, place)
            case (.table(let a, let errorsA), .table(let b, let errorsB)):
                compareTable(b, errorsB, recorded: a, errorsA, place)
            case (.figure(let path), .figure):
                if !figures.isEmpty { compare(figures.removeFirst(), recorded: path, place) }
            default: fail("a \(fresh.kind), recorded was a \(recorded.kind)", place)
            }
        }
    }

    private func count(_ n: Int) -> String { n == 1 ? "1 result" : "\(n) results" }

    // MARK: Text

    private mutating func compareText(_ new: String, recorded old: String, _ place: Place) {
        let a = PrintedToken.tokens(old)
        let b = PrintedToken.tokens(new)
        guard a.count == b.count else {
            fail("\(quoted(new)), recorded \(quoted(old))", place)
            return
        }
        for index in a.indices {
            switch (a[index], b[index]) {
            case (.word(let x), .word(let y)):
                if x != y {
                    fail("'\(y)', recorded '\(x)', in \(quoted(new))", place)
                    return
                }
            case (.time, .time): continue
            case (.number(let x, let unitX, let textX), .number(let y, let unitY, let textY)):
                if let diagnostic = diagnostic(before: index, in: a) {
                    compare(diagnostic, y, recorded: x, place)
                } else if place.seed == nil, !agrees(x, y, unit: min(unitX, unitY)) {
                    fail("\(textY), recorded \(textX)", place)
                }
            case (
                .estimate(let x, let errorX, let unitX, let textX),
                .estimate(let y, let errorY, let unitY, let textY)
            ):
                compareEstimate(
                    y, errorY, recorded: x, errorX, unit: max(unitX, unitY), textY, textX, place)
            default:
                fail("\(quoted(new)), recorded \(quoted(old))", place)
                return
            }
        }
    }

    private func quoted(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 120 ? "\"\(line.prefix(119))…\"" : "\"\(line)\""
    }

    /// Within half a unit of the last printed digit.
    private func agrees(_ old: Double, _ new: Double, unit: Double) -> Bool {
        old == new || abs(new - old) <= 0.5 * unit * (1 + 1e-9)
    }

    // MARK: Diagnostics

    private enum Diagnosis { case rHat, effectiveSize }

    /// Whether the words before a number say that it is a diagnostic.
    private func diagnostic(before index: Int, in tokens: [PrintedToken]) -> Diagnosis? {
        for back in 1...2 where index >= back {
            if case .word(let word) = tokens[index - back] {
                let name = word.lowercased()
                if name.hasSuffix("r-hat") || name.hasSuffix("rhat") { return .rHat }
                if name.hasSuffix("ess") { return .effectiveSize }
            }
        }
        return nil
    }

    private mutating func compare(
        _ diagnosis: Diagnosis, _ new: Double, recorded old: Double, _ place: Place
    ) {
        switch diagnosis {
        case .rHat:
            if old <= Self.rHatLimit, !(new <= Self.rHatLimit) {
                fail("R-hat is \(ScriptFormat.number(new)), above \(Self.rHatLimit)", place)
            }
        case .effectiveSize:
            if old >= Self.effectiveSizeLimit, !(new >= Self.effectiveSizeLimit) {
                fail(
                    "the effective sample size is \(ScriptFormat.number(new)), below "
                        + "\(ScriptFormat.number(Self.effectiveSizeLimit))", place)
            }
        }
    }

    // MARK: Estimates

    private mutating func compareEstimate(
        _ new: Double, _ newError: Double, recorded old: Double, _ oldError: Double,
        unit: Double, _ newText: String, _ oldText: String, _ place: Place
    ) {
        guard newError.isFinite, oldError.isFinite, new.isFinite, old.isFinite else {
            if newText != oldText { fail("\(newText), recorded \(oldText)", place) }
            return
        }
        let error = hypot(newError, oldError)
        if error == 0 {
            if place.seed == nil, !agrees(old, new, unit: unit) {
                fail("\(newText), recorded \(oldText)", place)
            }
            return
        }
        // Errors are estimates too. With the recorded seed they are the same; with
        // another, those of quantiles and rare events differ by up to a factor of 3.
        let (factor, times) = place.seed == nil ? (2.0, "twice") : (4.0, "four times")
        if newError > factor * oldError {
            fail(
                "the standard error grew to more than \(times): \(newText), recorded \(oldText)",
                place)
        }
        // What was rounded away when the values were printed is no deviation.
        let distance = max(0, abs(new - old) - unit * (1 + 1e-9))
        comparisons.append(
            .init(
                cell: place.cell, seed: place.seed, text: newText, recorded: oldText,
                z: distance / error))
    }

    /// Judges all estimates together: only then is their number known.
    mutating func finish() -> VerificationReport {
        report.comparisonCount = comparisons.count
        guard !comparisons.isEmpty else { return report }
        let tail = VerificationReport.falseAlarmRate / (2 * Double(comparisons.count))
        let limit = -normalQuantile(tail)
        report.limit = limit
        report.largest = comparisons.map(\.z).max() ?? 0
        report.rootMeanSquare =
            (comparisons.reduce(0) { $0 + $1.z * $1.z } / Double(comparisons.count)).squareRoot()
        for comparison in comparisons where comparison.z > limit {
            fail(
                "\(comparison.text), recorded \(comparison.recorded): "
                    + "z = \(ScriptFormat.fixed(comparison.z, 1)), at most "
                    + "\(ScriptFormat.fixed(limit, 1)) is chance",
                Place(cell: comparison.cell, seed: comparison.seed))
        }
        return report
    }

    // MARK: Tables

    private mutating func compareTable(
        _ new: [[String]], _ newErrors: [[Double?]], recorded old: [[String]],
        _ oldErrors: [[Double?]], _ place: Place
    ) {
        guard new.count == old.count, new.map(\.count) == old.map(\.count) else {
            fail(
                "a table of \(shape(new)), recorded was one of \(shape(old))", place)
            return
        }
        let header = old.first ?? []
        for row in new.indices {
            for column in new[row].indices {
                let a = old[row][column]
                let b = new[row][column]
                let name = column < header.count ? header[column] : ""
                let errorA = error(oldErrors, row - 1, column)
                let errorB = error(newErrors, row - 1, column)
                guard row > 0, let x = Double(a), let y = Double(b) else {
                    compareText(b, recorded: a, place)
                    continue
                }
                let label = "\(old[row].first ?? "") \(name)"
                if name == "rhat" {
                    compare(.rHat, y, recorded: x, place)
                } else if name == "ess_bulk" || name == "ess_tail" {
                    compare(.effectiveSize, y, recorded: x, place)
                } else if name == "mcse" {
                    // The guard of the estimates is about the same number.
                    continue
                } else if let errorA, let errorB {
                    compareEstimate(
                        y, errorB, recorded: x, errorA, unit: unit(a, b), "\(label) \(b)",
                        "\(a)", place)
                } else {
                    compareText(b, recorded: a, place)
                }
            }
        }
    }

    private func shape(_ rows: [[String]]) -> String {
        "\(max(rows.count - 1, 0)) rows and \(rows.first?.count ?? 0) columns"
    }

    private func error(_ errors: [[Double?]], _ row: Int, _ column: Int) -> Double? {
        guard errors.indices.contains(row), errors[row].indices.contains(column) else {
            return nil
        }
        return errors[row][column]
    }

    /// The larger unit of the last printed digits of two texts.
    private func unit(_ a: String, _ b: String) -> Double {
        [a, b].compactMap { text -> Double? in
            if case .number(_, let unit, _)? = PrintedToken.tokens(text).first { unit } else { nil }
        }.max() ?? 0
    }

    // MARK: Figures

    private mutating func compare(
        _ figure: NotebookFigure, recorded path: String, _ place: Place
    ) {
        guard path == figure.path else {
            fail("the figure is \(figure.path), recorded \(path)", place)
            return
        }
        let file = notebook.folder + "/" + path
        guard FileManager.default.fileExists(atPath: file) else {
            fail("the figure \(path) is missing; write it with `run --write`", place)
            return
        }
        guard let old = RecordedFigure.structure(inFile: file) else {
            fail("the figure \(path) is not one that this program wrote", place)
            return
        }
        // Other draws reach elsewhere, so another seed may move the axes.
        let tolerance = place.seed == nil ? 0.05 : .infinity
        let differences = figure.figure.structure.differences(from: old, tolerance: tolerance)
        for difference in differences { fail("the figure \(path): \(difference)", place) }
    }
}

extension Notebook {
    /// Runs the notebook and compares with what it records.
    ///
    /// - Parameters:
    ///   - seeds: how many other seeds to try: then estimates are compared, and
    ///     words, expectations and figures' structures.
    /// - Throws: `DiagnosticList` when the notebook is not valid, `Interrupted`.
    public func verify(
        options: NotebookOptions = NotebookOptions(), seeds: Int = 0,
        registry: Registry = .standard, progress: (NotebookEvent) -> Void = { _ in }
    ) throws -> VerificationReport {
        let root = options.seed ?? frontMatter.seed
        let others = (0..<max(0, min(seeds, 10_000))).map { root &+ UInt64($0) &+ 1 }
        var verifier = Verifier(self, seeds: others)
        // A seed from outside is another seed, too.
        let first = options.seed == frontMatter.seed ? nil : options.seed
        for seed in [first] + others.map(Optional.some) {
            var options = options
            if let seed { options.seed = seed }
            let result = try withoutActuallyEscaping(progress) { progress in
                try NotebookRunner(self, options: options, registry: registry).run(progress)
            }
            if result.wasInterrupted { throw Interrupted() }
            verifier.compare(result, seed: seed)
        }
        return verifier.finish()
    }
}
