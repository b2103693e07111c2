// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon
import Foundation

/// A program in the Stan language with its data.
struct StanArguments: ParsableArguments {
    @Argument(help: "A program in the Stan language.")
    var program: String

    @Option(
        help:
            "The data, a JSON file with a member for each variable of the data block, or an R dump file."
    )
    var data: String?

    @Option(
        name: .customLong("data-csv"),
        help:
            "A CSV file whose columns are variables of the data block; its number of rows is N."
    )
    var dataCSV: String?

    /// Parses and checks the program; warnings go to standard error.
    func parse() throws -> StanProgram { try StanArguments.parse(program) }

    static func parse(_ path: String) throws -> StanProgram {
        let source = try sourceText(path)
        let program = try StanProgram.parse(source, includes: includes(beside: path))
        for warning in program.warnings { Console.error(warning.description) }
        return program
    }

    /// A file of values: JSON, or an R dump.
    static func values(_ path: String) throws -> JSONValue {
        let source = try sourceText(path)
        return RDump.looksLike(source) ? try RDump.parse(source) : try JSONValue.parse(source)
    }

    static func sourceText(_ path: String) throws -> SourceText {
        guard path == "-" || !path.isEmpty else {
            throw ValidationError("The program's name is empty.")
        }
        return SourceText(
            name: path == "-" ? "<standard input>" : path, bytes: try readFile(path))
    }

    /// Included files are looked for beside the program.
    static func includes(beside path: String) -> (String) -> SourceText? {
        let folder = URL(filePath: path).deletingLastPathComponent()
        return { name in
            let file = folder.appending(path: name).path
            guard let bytes = try? readFile(file) else { return nil }
            return SourceText(name: file, bytes: bytes)
        }
    }

    /// The program joined with its data.
    func model(seed: UInt64, cancellation: Cancellation) throws -> StanModel {
        let program = try parse()
        var json = try data.map(StanArguments.values) ?? .object(JSONObject())
        if let dataCSV { json = try program.data(json, columns: DataFrame(csv: dataCSV)) }
        return try StanModel(
            program: program, data: json, seed: seed,
            printer: { Console.error($0) }, isStopped: { cancellation.isCancelled })
    }
}
