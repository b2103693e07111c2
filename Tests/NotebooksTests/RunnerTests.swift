// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import Testing

@testable import Notebooks

/// A folder that goes away with the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "buffon-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let file = path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }
}

func run(_ text: String, seed: UInt64? = nil) throws -> NotebookResult {
    var options = NotebookOptions()
    options.seed = seed
    options.timeout = .seconds(20)
    return try NotebookRunner(try notebook(text), options: options).run()
}

extension NotebookResult {
    /// "key: status: outputs" for each cell.
    var lines: [String] {
        cells.map { cell in
            let status =
                switch cell.status {
                case .passed: "passed"
                case .failedAsExpected: "failed as expected"
                case .failed(let errors): "failed: \(errors.map(\.message).joined(separator: "; "))"
                case .blocked(let name, let line, _): "waits for \(name) of line \(line)"
                case .skipped: "skipped"
                case .interrupted: "interrupted"
                }
            let outputs = cell.outputs.map { $0.terminalText() }.joined(separator: "; ")
            return "\(cell.cell.key): \(status): \(outputs)"
        }
    }
}

@Suite struct RunnerTests {
    @Test func cellsRunInOrderAndErrorsBlockOnlyWhatNeedsThem() throws {
        let result = try run(
            head + """
                ```buffon
                let a = 1
                a + 1
                ```
                ```buffon #broken
                let b = [1, 2][a + 4]
                let c = 2
                ```
                ```buffon
                c
                ```
                ```buffon
                let d = b
                ```
                ```buffon
                d
                ```
                ```buffon skip
                let e = 5
                ```
                ```buffon
                e
                ```
                ```buffon
                a * 10
                ```
                It is `= a + 1` and `= d`.
                """)
        #expect(
            result.lines == [
                "cell-1: passed: 2",
                "broken: failed: 5 is outside of 0...1: ",
                "cell-2: waits for c of line 8: ",
                "cell-3: waits for b of line 8: ",
                "cell-4: waits for d of line 15: ",
                "cell-5: skipped: ",
                "cell-6: waits for e of line 21: ",
                "cell-7: passed: 10",
            ])
        #expect(result.exitCode == 1)
        #expect(result.cells[6].isGood && !result.cells[4].isGood)
        #expect(result.inlineTexts == ["2", nil])
        #expect(result.cells[1].message?.contains("n.md:9:16") ?? false)
    }

    @Test func expectationsFailTheCellButNotWhatFollows() throws {
        let result = try run(
            head + """
                ```buffon
                let a = 1
                expect(a > 2, "a is large")
                expect(a ≈ 1, within: 0.1)
                let b = 2
                ```
                ```buffon
                b
                ```
                """)
        #expect(result.lines == ["cell-1: failed: a is large: ", "cell-2: passed: 2"])
        #expect(result.cells[0].expectations == 2)
        #expect(result.exitCode == 1)
    }

    @Test func cellsMayHaveToFail() throws {
        let result = try run(
            head + """
                ```buffon fails
                [1][3]
                ```
                ```buffon fails="nothing called"
                nothere
                ```
                ```buffon fails="other words"
                [1][3]
                ```
                ```buffon fails
                1
                ```
                """)
        #expect(result.cells.map(\.isGood) == [true, true, false, false])
    }

    @Test func labelledCellsDoNotMoveOtherDraws() throws {
        let a = "```buffon #a\nlet x = Normal(mean: 0, standardDeviation: 1).sample(2)\nx\n```\n"
        let b = "```buffon\nlet y = Uniform(0, 1).sample(2)\ny\nUniform(0, 1).sample()\n```\n"
        let extra = "```buffon #more\nUniform(0, 1).sample()\n```\n"
        let plain = try run(head + a + b, seed: 7).lines
        #expect(plain == (try run(head + a + b, seed: 7).lines))
        #expect(plain != (try run(head + a + b, seed: 8).lines))
        #expect(plain == (try run(head + extra + a + b, seed: 7).lines.dropFirst().map { $0 }))
        #expect(plain.reversed() == (try run(head + b + a, seed: 7).lines))
        // Two calls in a cell draw different numbers.
        let twice = try run(
            head + "```buffon\nlet d = Uniform(0, 1)\nd.sample() == d.sample()\n```\n")
        #expect(twice.lines == ["cell-1: passed: false"])
    }

    @Test func buffonsNeedle() throws {
        let result = try run(
            """
            ---
            buffon: 1
            seed: 1777
            params:
              throws: 100000
              length: 1.0
            ---
            ```buffon #needle
            let y = Uniform(0, 0.5).sample(throws)
            let angle = Uniform(0, π / 2).sample(throws)
            let hit = estimate(mean: y .<= length / 2 * sin(angle))
            let piHat = 2 * length / hit
            expect(piHat ≈ π, within: 4.sigma)
            piHat
            ```
            """)
        #expect(result.isGood)
        let shown = result.cells[0].outputs[0].terminalText()
        // The standard error of 2/p̂ with p = 2/π is √(p(1−p)/n)·2/p² = 0.0075.
        #expect(shown.hasPrefix("3.1") && shown.hasSuffix("± 0.0075"), "\(shown)")
    }

    @Test func resultsAreWrittenOnceAndStayTheSame() throws {
        let folder = try TemporaryFolder()
        let text =
            head + """
                Prose.

                ```buffon #numbers
                1 / 3
                "text with ``` inside"
                ```

                ```buffon #picture caption="A line"
                plot(line([1, 2, 3]), title: "T")
                DataFrame(["x": [1, 2]])
                ```

                ```buffon silent
                42
                ```
                """
        let path = try folder.write("my notes.md", text)
        let first = try NotebookRunner(Notebook(path: path)).run()
        #expect(first.isGood, "\(first.cells.compactMap(\.message))")
        try first.write()
        let written = try folder.read("my notes.md")
        #expect(
            written.hasPrefix(
                head + """
                    Prose.

                    ```buffon #numbers
                    1 / 3
                    "text with ``` inside"
                    ```
                    <!-- out numbers -->
                    ````output
                    0.333333
                    text with ``` inside
                    ````
                    <!-- /out -->

                    """), "\(written)")
        #expect(written.contains("](my%20notes.figures/picture.svg)\n\n|   x |\n|----:|\n|   1 |"))
        let svg = try folder.read("my notes.figures/picture.svg")
        #expect(svg.contains("<svg") && svg.contains("A line"))
        #expect(
            RecordedFigure.structure(inFile: folder.path + "/my notes.figures/picture.svg") != nil)
        let second = try NotebookRunner(Notebook(path: path)).run()
        try second.write()
        #expect(try folder.read("my notes.md") == written)
        #expect(try Notebook(path: path).verify().isGood)
    }

    @Test func aFileThatChangedIsNotOverwritten() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("n.md", head + "```buffon\n1\n```\n")
        let result = try NotebookRunner(Notebook(path: path)).run()
        try folder.write("n.md", "new text")
        #expect(throws: Diagnostic.self) { try result.write() }
        #expect(try folder.read("n.md") == "new text")
    }

    @Test func interruptionKeepsWhatIsFinished() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "n.md",
            head + "```buffon\n1\n```\n```buffon\nfor i in 0..<1000000000 { let x = i }\n```\n")
        var options = NotebookOptions()
        let stop = ContinuousClock.now + .milliseconds(200)
        options.isCancelled = { ContinuousClock.now > stop }
        let result = try NotebookRunner(Notebook(path: path), options: options).run()
        #expect(result.exitCode == 130)
        #expect(result.lines == ["cell-1: passed: 1", "cell-2: interrupted: "])
        try result.write()
        #expect(try folder.read("n.md").contains("<!-- out cell-1 -->\n```output\n1\n```"))
    }

    @Test func timeoutsEndACell() throws {
        let result = try run(
            head
                + "```buffon timeout=50ms\nfor i in 0..<1000000000 { let x = i }\n```\n```buffon\n1\n```\n"
        )
        #expect(result.lines.last == "cell-2: passed: 1")
        #expect(result.lines.first?.contains("took longer") ?? false)
    }

    /// The statements of a model stop at the time limit of their cell too.
    @Test(arguments: [
        "transformed data { while (1) { } } parameters { real x; } model { x ~ normal(0, 1); }",
        "parameters { real x; } model { x ~ normal(0, 1); while (1) { } }",
        "parameters { real x; } model { x ~ normal(0, 1); } generated quantities { while (1) { } }",
    ])
    func timeoutsEndEndlessModels(_ model: String) throws {
        let result = try run(
            head + "```stan #m\n\(model)\n```\n```buffon timeout=50ms\nm.sample().names\n```\n"
                + "```buffon\n1\n```\n")
        #expect(result.lines.last == "cell-2: passed: 1", "\(result.lines)")
        #expect(result.lines.contains { $0.contains("took longer") }, "\(result.lines)")
    }

    @Test func manySmallValuesAreTooMuchTogether() {
        let session = ScriptSession()
        session.restrict(memory: 50_000_000)
        let found = failure(from: {
            try session.evaluate("(0..<100000000).map({ i in [i, i, i] })").text
        })
        #expect(found?.code == "script/limit")
        #expect(found?.message.contains("more memory") ?? false)
    }

    @Test func scriptsReadOnlyBesideTheNotebook() throws {
        let outer = try TemporaryFolder()
        try outer.write("secret.csv", "a\n1\n")
        try FileManager.default.createDirectory(
            atPath: outer.path + "/inner", withIntermediateDirectories: true)
        try outer.write("inner/heights.csv", "height,name\n1.5,a\n,b\n2.5,c\n")
        try FileManager.default.createSymbolicLink(
            atPath: outer.path + "/inner/link.csv", withDestinationPath: outer.path + "/secret.csv")
        func shown(_ line: String, allowing: [String] = []) throws -> String {
            try ScriptSession(folder: outer.path + "/inner", allowedFolders: allowing)
                .evaluate(line).text
        }
        #expect(try shown("DataFrame(csv: \"heights.csv\")[\"height\"]") == "[1.5, nan, 2.5]")
        #expect(try shown("mean(DataFrame(csv: \"heights.csv\").numbers(\"height\"))") == "2")
        for path in ["../secret.csv", "link.csv", outer.path + "/secret.csv", "/etc/passwd"] {
            let found = failure(from: { try shown("DataFrame(csv: \"\(path)\")") })
            #expect(found?.code == "script/file", "\(path): \(String(describing: found))")
            #expect(found?.message.contains("outside") ?? false, "\(path)")
        }
        #expect(
            try shown("DataFrame(csv: \"../secret.csv\").rowCount", allowing: [outer.path]) == "1")
        let missing = failure(from: { try shown("DataFrame(csv: \"hieghts.csv\")") })
        #expect(missing?.help == "did you mean \"heights.csv\"?")
        let column = failure(from: {
            try shown("DataFrame(csv: \"heights.csv\")[\"hight\"]")
        })
        #expect(column?.help == "did you mean \"height\"?")
    }

    private func failure(from body: () throws -> String) -> Diagnostic? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? DiagnosticList)?.diagnostics.first
        }
    }
}
