// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a notebook or a Stan program without running it.",
        discussion: """
            EXAMPLES
              buffon check eight-schools.stan
              buffon check Notebooks/*.md
              buffon check --warn schools.stan
              buffon check --explain schools.stan --data schools.json

            A Stan program is parsed and its types are checked; in a notebook the cells, \
            names and arguments are. Every error is shown with its place. With --warn there are \
            warnings too: parameters without a prior, hard bounds, scales that may be negative, \
            unused variables, divisions of integers, and so on. With --explain a \
            Stan program is joined with its data, and what its gradient became is shown: \
            the steps that are left, their sizes and times, and what was not batched.
            """)

    @Argument(help: "Notebooks (.md) and Stan programs (.stan).")
    var files: [String]

    @Flag(help: "Say nothing about files that are right.")
    var quiet = false

    @Flag(help: "Warn of what is legal and often a mistake in Stan programs.")
    var warn = false

    @Flag(help: "Show the steps that compute a Stan program's gradient.")
    var explain = false

    @Option(help: "The data for --explain, a JSON file.")
    var data: String?

    func validate() throws {
        if explain, files.count != 1 || !files[0].hasSuffix(".stan") {
            throw ValidationError("--explain takes one Stan program.")
        }
        if data != nil, !explain { throw ValidationError("--data is of use with --explain only.") }
    }

    func run() throws {
        if explain {
            try Explanation(program: files[0], data: data).print()
            return
        }
        try forEachFile(files) { file in
            if file.hasSuffix(".md") {
                try checkNotebook(file)
            } else {
                let program = try StanArguments.parse(file)
                if warn {
                    for warning in program.suspicions { Console.error(warning.description) }
                }
                if !quiet { Console.print(report(program, file)) }
            }
        }
    }

    private func checkNotebook(_ path: String) throws {
        let notebook = try Notebook(path: path)
        let diagnostics = notebook.check()
        for diagnostic in diagnostics where diagnostic.severity != .error {
            Console.error(diagnostic.description)
        }
        let errors = diagnostics.filter { $0.severity == .error }
        if !errors.isEmpty { throw DiagnosticList(errors) }
        if !quiet { Console.print("\(path): no errors") }
    }

    private func report(_ program: StanProgram, _ file: String) -> String {
        let summary = program.summary
        var lines = ["\(file): no errors"]
        func list(_ title: String, _ variables: [StanProgram.Summary.Variable]) {
            guard !variables.isEmpty else { return }
            let declarations = variables.map { "\($0.declaration) \($0.name)" }
            lines.append("  \(title): \(declarations.joined(separator: "; "))")
        }
        list("data", summary.data)
        list("parameters", summary.parameters)
        list("transformed parameters", summary.transformedParameters)
        list("generated quantities", summary.generatedQuantities)
        return lines.joined(separator: "\n")
    }
}
