// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon

/// How a table of data is read: the options that every command on data shares.
struct DataOptions: ParsableArguments {
    @Option(help: "The character between fields; found by itself otherwise. `tab` for a tab.")
    var delimiter: String?

    @Flag(name: .customLong("no-header"), help: "The first line is data already.")
    var hasNoHeader = false

    @Option(help: "The decimal mark, `.` or `,`.")
    var decimal: String?

    func read(_ path: String) throws -> DataFrame {
        var options = CSVOptions()
        if let delimiter {
            options.delimiter = try character(delimiter == "tab" ? "\t" : delimiter, "delimiter")
        }
        if let decimal { options.decimal = try character(decimal, "decimal") }
        if hasNoHeader { options.header = false }
        return try DataFrame(csv: path, options: options)
    }

    private func character(_ text: String, _ name: String) throws -> Character {
        guard text.count == 1, let character = text.first else {
            throw ValidationError("--\(name) takes one character, not '\(text)'.")
        }
        return character
    }
}
