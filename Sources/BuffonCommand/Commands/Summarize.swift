// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon
import Foundation

/// Draws in the files of any Stan program.
struct DrawsArguments: ParsableArguments {
    @Argument(help: "A folder with Stan CSV files, or the files.")
    var files: [String]

    func read() throws -> Draws {
        if files.count == 1, let only = files.first {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: only, isDirectory: &isFolder),
                isFolder.boolValue
            {
                return try Draws(folder: URL(filePath: only))
            }
        }
        return try Draws(stanCSV: files.map { URL(filePath: $0) })
    }
}

struct Summarize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Summarise draws in Stan CSV files.",
        discussion: """
            EXAMPLES
              buffon summary draws
              buffon summary draws --variables mu,tau --json

            Mean, median, standard deviation, quantiles, rank-normalised split R-hat, bulk \
            and tail effective sample size.
            """)

    @OptionGroup var draws: DrawsArguments
    @Option(help: "Only these variables, separated by commas.")
    var variables: String?
    @Flag(help: "Print JSON, with full precision and Monte Carlo standard errors.")
    var json = false

    func run() throws {
        let draws = try draws.read()
        for note in draws.notes { Console.error("note: \(note)") }
        let names = variables.map { $0.split(separator: ",").map(String.init) }
        let summary = try names.map { try draws.summary(of: $0) } ?? draws.summary()
        Console.print(
            json ? SummaryOutput.json(summary, draws.diagnose()).prettyText() : "\(summary)")
    }
}

struct Diagnose: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Diagnose draws in Stan CSV files.",
        discussion: """
            EXAMPLES
              buffon diagnose draws
              buffon diagnose schools-1.csv schools-2.csv --json

            One verdict, then each problem with its remedy. The exit code is 1 when there \
            is a problem.
            """)

    @OptionGroup var draws: DrawsArguments
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let draws = try draws.read()
        let diagnosis = draws.diagnose()
        Console.print(json ? SummaryOutput.json(diagnosis).prettyText() : "\(diagnosis)")
        if !diagnosis.isGood {
            throw CommandFailure(.failed, "buffon: the draws have problems")
        }
    }
}
