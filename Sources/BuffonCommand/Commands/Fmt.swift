// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon

struct Fmt: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Format Stan programs, or rewrite old ones in today's language.",
        discussion: """
            EXAMPLES
              buffon fmt model.stan
              buffon fmt --upgrade --write models/*.stan
              buffon fmt --check models/*.stan notebook.md

            The formatted program is printed; with --write the files are changed, with \
            --diff the changes are shown, with --check the names of files that would \
            change are printed, and the exit code is 1 if there are any. Comments stay, \
            and so does what a program means. In a notebook the `stan` cells are formatted. \
            `-` is a program on standard input, a file named .stanfunctions holds functions \
            without a block.

            --upgrade writes today's language for what older versions of Stan had: arrays \
            (`real x[N]`), `<-`, `#` comments, `increment_log_prob`, densities ending in \
            `_log`, renamed functions and more. The result is compared with the original: \
            it computes the same.
            """)

    @Argument(help: "Stan programs, and notebooks (.md) with stan cells.")
    var files: [String]

    @Flag(help: "Rewrite the syntax and functions of older versions of Stan.")
    var upgrade = false

    @Flag(help: "Change the files instead of printing.")
    var write = false

    @Flag(help: "Change nothing, and say which files would change.")
    var check = false

    @Flag(help: "Show the changes.")
    var diff = false

    func validate() throws {
        if write, check || diff {
            throw ValidationError("--write cannot be combined with --check or --diff.")
        }
        if write, files.contains("-") {
            throw ValidationError("--write changes files, and '-' is none.")
        }
        if files.count > 1, !write, !check, !diff {
            throw ValidationError("several files need --write, --check or --diff.")
        }
    }

    func run() throws {
        var changes = 0
        try forEachFile(files) { if try format($0) { changes += 1 } }
        if check, changes > 0 {
            throw CommandFailure(
                .failed,
                "buffon: \(changes) of \(files.count) \(files.count == 1 ? "file" : "files") "
                    + "would change")
        }
    }

    /// Formats one file; the result is whether that changes it.
    private func format(_ file: String) throws -> Bool {
        let source = try StanArguments.sourceText(file)
        let text = file.hasSuffix(".md") ? try notebook(source, file) : try program(source, file)
        let isChanged = text != source.text
        if write {
            if isChanged { try TextFile.write(text, to: file) }
        } else if diff {
            if isChanged {
                Console.write(LineDifference(source.text, text, name: source.name).text)
            }
        } else if check {
            if isChanged { Console.print(file) }
        } else {
            Console.write(text)
        }
        return isChanged
    }

    private func program(_ source: SourceText, _ file: String) throws -> String {
        guard upgrade else { return try StanProgram.format(source).text }
        let result = try StanProgram.upgrade(
            source, includes: StanArguments.includes(beside: file))
        for note in result.notes { Console.error(note.description) }
        return result.text
    }

    /// A notebook with its stan cells formatted, all or none.
    private func notebook(_ source: SourceText, _ file: String) throws -> String {
        let notebook = try Notebook(source: source, path: file)
        var text = ""
        var end = 0
        var errors: [Diagnostic] = []
        for cell in notebook.cells where cell.language == .stan {
            let start = cell.range.lowerBound
            // A fence inside a list is indented; its code is left as it is.
            guard !cell.attributes.mustFail,
                start == 0 || source.bytes[start - 1] == UInt8(ascii: "\n"),
                source.bytes[start] == UInt8(ascii: "`") || source.bytes[start] == 0x7E
            else { continue }
            let code = source.text(in: cell.code)
            do {
                var formatted = try program(
                    SourceText(name: source.name, text: code, firstLine: cell.line), file)
                if !code.hasSuffix("\n"), formatted.hasSuffix("\n") { formatted.removeLast() }
                text += source.text(in: end..<cell.code.lowerBound) + formatted
                end = cell.code.upperBound
            } catch let list as DiagnosticList {
                errors += list.diagnostics
            }
        }
        guard errors.isEmpty else { throw DiagnosticList(errors) }
        return text + source.text(in: end..<source.bytes.count)
    }
}
