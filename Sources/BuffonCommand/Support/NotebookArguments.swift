// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon
import Foundation

/// What commands that run notebooks have in common.
struct NotebookArguments: ParsableArguments {
    @Option(
        name: [.customShort("P"), .customLong("parameter")],
        help: "A parameter of the notebook, as name=value; may be repeated.")
    var parameters: [String] = []

    @Option(help: "A seed instead of the notebook's.")
    var seed: UInt64?

    @Option(help: "Another folder whose files may be read; may be repeated.")
    var allowRead: [String] = []

    func options(cancellation: Cancellation) throws -> NotebookOptions {
        var options = NotebookOptions()
        options.parameters = try parameters.map { text in
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw ValidationError("-P takes name=value, not '\(text)'.")
            }
            return (String(text[..<equals]), String(text[text.index(after: equals)...]))
        }
        options.seed = seed
        options.allowedFolders = allowRead
        options.isCancelled = { cancellation.isCancelled }
        return options
    }
}

/// One line on a terminal that says which cell runs.
func showProgress(_ event: NotebookEvent, in notebook: Notebook) {
    switch event {
    case .started(let cell): Console.progress("\(notebook.name): \(cell.key) …")
    case .progress(let cell, let fraction, let text):
        Console.progress("\(notebook.name): \(cell.key)  \(Int(fraction * 100))%  \(text)")
    case .finished, .output: Console.progress("")
    }
}
