// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import Testing

@testable import Notebooks

@Suite struct VerifyTests {
    static let text =
        head + """
            ```buffon #needle
            let d = Uniform(0, 1)
            let share = estimate(mean: d.sample(10000) .< 0.3)
            share
            "exact 1/3 is \\(1 / 3), took 12 ms"
            ```

            ```buffon #picture
            plot(line([0, 1, 4]), scatter([1, 2], [3, 4]))
            ```
            """

    /// A notebook with its results in a folder, changed before it is verified.
    private func verified(
        seeds: Int = 0, _ change: (inout String, TemporaryFolder) throws -> Void = { _, _ in }
    ) throws -> VerificationReport {
        let folder = try TemporaryFolder()
        let path = try folder.write("n.md", Self.text)
        try NotebookRunner(Notebook(path: path)).run().write()
        var written = try folder.read("n.md")
        try change(&written, folder)
        try folder.write("n.md", written)
        return try Notebook(path: path).verify(seeds: seeds)
    }

    @Test func theSameResultsPass() throws {
        let report = try verified()
        #expect(report.isGood, "\(report)")
        #expect(report.comparisonCount == 1 && report.largest == 0)
        #expect(report.junit.contains("tests=\"2\" failures=\"0\""))
    }

    @Test func otherSeedsPass() throws {
        let report = try verified(seeds: 20)
        #expect(report.isGood, "\(report)")
        #expect(report.comparisonCount == 21)
        // z of independent runs is standard normal: 20 runs against one share
        // that one's error, so the mean square is 1/2 + z₀²/2 on average.
        #expect(report.rootMeanSquare > 0.3 && report.rootMeanSquare < 3)
    }

    @Test func changedResultsAreFound() throws {
        func problem(_ old: String, _ new: String) throws -> String {
            let report = try verified { text, _ in
                #expect(text.contains(old), "\(text)")
                text = text.replacing(old, with: new)
            }
            return report.cells.flatMap(\.problems).map(\.message).joined(separator: "; ")
        }
        #expect(try problem("0.333333, took", "0.333334, took") == "0.333333, recorded 0.333334")
        #expect(try problem("exact 1/3 is 0", "about 1/3 is 0").isEmpty == false)
        // Times are not compared.
        #expect(try problem("took 12 ms\n```\n<!--", "took 97 ms\n```\n<!--") == "")
        let shown = try #require(
            try NotebookRunner(notebook(Self.text)).run().cells.first?.outputs.first?
                .terminalText())
        #expect(shown.hasSuffix("± 0.0046"), "\(shown)")
        #expect(try problem(shown, "0.3801 ± 0.0046").contains("z ="))
        // Small enough a change is chance.
        #expect(try problem(shown, "0.2990 ± 0.0046") == "")
        // An error that grew: the record says half of what the run gives.
        #expect(try problem("± 0.0046", "± 0.0011").contains("more than twice"))
        #expect(try problem("<!-- out needle -->", "<!-- out needles -->").contains("no results"))
    }

    @Test func brokenFiguresAreFound() throws {
        let missing = try verified { _, folder in
            try FileManager.default.removeItem(atPath: folder.path + "/n.figures/picture.svg")
        }
        #expect("\(missing)".contains("is missing"))
        let foreign = try verified { _, folder in
            try folder.write("n.figures/picture.svg", "<svg></svg>")
        }
        #expect("\(foreign)".contains("not one that this program wrote"))
        let other = try verified { _, folder in
            let svg = try folder.read("n.figures/picture.svg")
            try folder.write(
                "n.figures/picture.svg", svg.replacing("\"points\"", with: "\"bars\""))
        }
        #expect("\(other)".contains("marks"), "\(other)")
        #expect(other.junit.contains("<failure message="))
        let moved = try verified { text, _ in
            text = text.replacing("[0, 1, 4]", with: "[0, 1, 40]")
        }
        #expect("\(moved)".contains("range"), "\(moved)")
    }

    @Test func tablesAreComparedCellByCell() {
        let table = """
            | name | mean | rhat | ess_bulk |
            |------|-----:|-----:|---------:|
            | mu   | 4.40 | 1.00 | 2000 |
            <!-- errors . 0.08 . . -->
            """
        #expect(
            RecordedOutput.parse(table) == [
                .table(
                    rows: [["name", "mean", "rhat", "ess_bulk"], ["mu", "4.40", "1.00", "2000"]],
                    errors: [[nil, 0.08, nil, nil]])
            ])
    }

    @Test(arguments: [
        ("3.1391 ± 0.0075", "3.1391±0.0075"),
        ("a 12 ms b", "a T b"),
        ("12ms", "T"),
        ("x2 3rd 4", "x2 3rd 4"),
        ("-1.5e-3, 2", "-1.5e-3 , 2"),
        ("[1, 2]", "[ 1 , 2 ]"),
        ("1/3", "1 / 3"),
        ("95 %", "95 %"),
        ("1.2.3", "1.2 .3"),
    ])
    func textIsCutIntoTokens(_ text: String, _ expected: String) {
        let tokens = PrintedToken.tokens(text).map { token in
            switch token {
            case .word(let word): word
            case .number(_, _, let text): text
            case .estimate(_, _, _, let text): text.filter { $0 != " " }
            case .time: "T"
            }
        }
        #expect(tokens.joined(separator: " ") == expected)
    }
}
