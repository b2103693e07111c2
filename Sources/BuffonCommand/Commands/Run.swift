// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a notebook from top to bottom.",
        discussion: """
            EXAMPLES
              buffon run Notebooks/eight-schools.md
              buffon run Notebooks/buffons-needle.md -P throws=1e6 --write

            Prints what each cell shows. With --write the results take their places in the \
            notebook, and figures in NAME.figures. After an error the cells that need the \
            failed cell wait, the others go on, and the exit code is 1.
            """)

    @Argument(help: "A notebook: a Markdown file with `buffon: 1` in its front matter.")
    var notebook: String

    @OptionGroup var arguments: NotebookArguments
    @Flag(help: "Write the results into the notebook.")
    var write = false
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let notebook = try Notebook(path: self.notebook)
        for warning in notebook.warnings { Console.error(warning.description) }
        let interruption = Interruption()
        let options = try arguments.options(cancellation: interruption.cancellation)
        let result = try NotebookRunner(notebook, options: options).run { event in
            showProgress(event, in: notebook)
            if !json { show(event) }
        }
        if write { try result.write() }
        if json { Console.print(result.json.prettyText()) }
        let failed = result.cells.count { !$0.isGood }
        if result.wasInterrupted {
            throw CommandFailure(.interrupted, "buffon: interrupted; finished cells are kept")
        }
        if failed > 0 {
            throw CommandFailure(
                .failed, "buffon: \(failed) of \(result.cells.count) cells failed")
        }
        if write { Console.error("\(self.notebook): results written") }
    }

    private func show(_ event: NotebookEvent) {
        switch event {
        case .output(let cell, let output):
            if cell.attributes.isHidden { return }
            let text = output.terminalText(
                width: min(Console.width, 100), color: Console.usesColor)
            Console.print("── \(cell.key)\n\(text)\n")
        case .finished(let result):
            if let message = result.message { Console.error(message) }
        case .started, .progress: break
        }
    }
}
