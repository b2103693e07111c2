// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon

struct Describe: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Describe the columns of a CSV file.",
        discussion: """
            EXAMPLES
              buffon describe Data/radon.csv
              buffon describe Data/radon.csv --by floor --columns log_radon

            For each column: its type, missing values, mean ± standard error, standard \
            deviation, minimum, quartiles, maximum and a histogram; then notes with the \
            lines of cells that were read as missing.
            """)

    @Argument(help: "A CSV file, or - for standard input.")
    var data: String

    @Option(help: "Describe each group of rows with the same value in this column.")
    var by: String?

    @Option(help: "Only these columns, separated by commas.")
    var columns: String?

    @Flag(help: "Median and median absolute deviation in the place of mean and deviation.")
    var robust = false

    @OptionGroup var dataOptions: DataOptions
    @Flag(help: "Print JSON, with full precision.")
    var json = false

    func run() throws {
        let frame = try dataOptions.read(data)
        let description = try frame.describe(
            columns.map { $0.split(separator: ",").map(String.init) },
            by: by.map { [$0] } ?? [], robust: robust)
        Console.print(json ? description.json.prettyText() : description.description)
    }
}
