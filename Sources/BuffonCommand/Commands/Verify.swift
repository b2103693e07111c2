// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run notebooks again and compare with the results they record.",
        discussion: """
            EXAMPLES
              buffon verify Notebooks/*.md
              buffon verify --seeds 20 Notebooks/eight-schools.md

            Words and exact numbers must agree as printed; Monte Carlo numbers with respect \
            to their standard errors, with one false alarm in 10,000 notebooks; figures by \
            their structure. With --seeds the notebook is run with that many other seeds too.
            """)

    @Argument(help: "Notebooks.")
    var notebooks: [String]

    @OptionGroup var arguments: NotebookArguments
    @Option(help: "Other seeds to try.")
    var seeds = 0
    @Option(help: "Write a JUnit report to this file.")
    var junit: String?

    func validate() throws {
        if seeds < 0 || seeds > 10_000 {
            throw ValidationError("--seeds takes a number from 0 to 10000.")
        }
    }

    func run() throws {
        let interruption = Interruption()
        let options = try arguments.options(cancellation: interruption.cancellation)
        var reports: [VerificationReport] = []
        var invalid = 0
        for path in notebooks {
            do {
                let notebook = try Notebook(path: path)
                let report = try notebook.verify(options: options, seeds: seeds) {
                    showProgress($0, in: notebook)
                }
                Console.progress("")
                Console.print(report.description)
                reports.append(report)
            } catch {
                Console.progress("")
                guard let failure = CommandFailure(error) else { throw error }
                if failure.code == .interrupted { throw failure }
                Console.error(failure.message)
                invalid += 1
            }
        }
        if let junit { try TextFile.write(VerificationReport.junit(reports), to: junit) }
        let failed = reports.count { !$0.isGood }
        if invalid > 0 {
            throw CommandFailure(.invalidInput, "buffon: \(invalid) notebooks are not valid")
        }
        if failed > 0 {
            throw CommandFailure(
                .failed, "buffon: \(failed) of \(notebooks.count) notebooks differ")
        }
    }
}
