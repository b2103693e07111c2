// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import Plots
import Randomness

/// What a run is told from outside.
public struct NotebookOptions: Sendable {
    /// Texts of parameters, as `-P name=value` gives them.
    public var parameters: [(name: String, value: String)] = []
    /// Instead of the seed of the front matter.
    public var seed: UInt64?
    /// Folders that may be read besides the notebook's own.
    public var allowedFolders: [String] = []
    /// How long a cell may take unless it says so itself.
    public var timeout: Duration = .seconds(600)
    /// Answers true when the run should stop; asked from the run's thread.
    public var isCancelled: @Sendable () -> Bool = { false }

    public init() {}
}

/// What happens during a run, in order.
public enum NotebookEvent: Sendable {
    case started(Cell)
    case output(Cell, CellOutput)
    case finished(CellResult)
    /// A fit goes on: how far it is, from 0 to 1, and in words.
    case progress(Cell, fraction: Double, text: String)
}

/// Runs the cells of a notebook from top to bottom.
///
///     let notebook = try Notebook(path: "Notebooks/buffons-needle.md")
///     let result = try NotebookRunner(notebook, options: options).run { event in … }
///     try result.write()
public struct NotebookRunner {
    public let notebook: Notebook
    public let options: NotebookOptions
    private let registry: Registry

    public init(
        _ notebook: Notebook, options: NotebookOptions = NotebookOptions(),
        registry: Registry = .standard
    ) {
        self.notebook = notebook
        self.options = options
        self.registry = registry
    }

    /// Checks everything, then runs. After an error in a cell, the cells that
    /// need its names wait, and the others go on.
    ///
    /// - Throws: `DiagnosticList` for what is wrong before anything runs: names,
    ///   labels, arities, Stan programs, parameters.
    public func run(_ handle: @escaping (NotebookEvent) -> Void = { _ in }) throws -> NotebookResult
    {
        var frontMatter = notebook.frontMatter
        for (name, value) in options.parameters {
            do {
                try frontMatter.override(name, with: value, in: notebook.source)
            } catch {
                throw DiagnosticList([error])
            }
        }
        return try withLargeStack {
            let plan = NotebookPlan(notebook, frontMatter: frontMatter, registry: registry)
            let errors = plan.diagnostics.filter { $0.severity == .error }
            guard errors.isEmpty else { throw DiagnosticList(errors) }
            return Run(self, plan, registry, handle).result()
        }
    }
}

/// One run.
private final class Run {
    let notebook: Notebook
    let options: NotebookOptions
    let plan: NotebookPlan
    let interpreter: Interpreter
    let handle: (NotebookEvent) -> Void
    let key: StreamKey
    let seed: UInt64

    init(
        _ runner: NotebookRunner, _ plan: NotebookPlan, _ registry: Registry,
        _ handle: @escaping (NotebookEvent) -> Void
    ) {
        notebook = runner.notebook
        options = runner.options
        self.plan = plan
        self.handle = handle
        seed = runner.options.seed ?? plan.frontMatter.seed
        key = StreamKey(seed: seed)
        interpreter = Interpreter(
            registry: registry, source: runner.notebook.source,
            sandbox: Sandbox(
                folder: runner.notebook.folder, allowing: runner.options.allowedFolders))
        interpreter.limits.isCancelled = runner.options.isCancelled
    }

    func result() -> NotebookResult {
        var result = NotebookResult(notebook: notebook, seed: seed)
        for (slot, parameter) in zip(plan.parameterSlots, plan.frontMatter.parameters) {
            interpreter.bind(slot, parameter.value)
        }
        for cell in notebook.cells {
            if result.wasInterrupted || options.isCancelled() {
                result.wasInterrupted = true
                result.cells.append(CellResult(cell: cell, status: .interrupted))
                continue
            }
            handle(.started(cell))
            let clock = ContinuousClock()
            var cellResult = CellResult(cell: cell, status: .passed)
            let elapsed = clock.measure { cellResult = run(cell, result) }
            cellResult.seconds =
                Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
            if case .interrupted = cellResult.status { result.wasInterrupted = true }
            result.cells.append(cellResult)
            handle(.finished(cellResult))
        }
        if !result.wasInterrupted { result.inlineTexts = inlineTexts() }
        return result
    }

    private func isBound(_ slot: Int) -> Bool {
        slot < interpreter.isBound.count && interpreter.isBound[slot]
    }

    private func run(_ cell: Cell, _ so: NotebookResult) -> CellResult {
        if cell.attributes.isSkipped { return CellResult(cell: cell, status: .skipped) }
        if let expected = plan.expectedFailures[cell.index] {
            return judged(CellResult(cell: cell, status: .failed(expected)))
        }
        if let (program, slot) = plan.programs[cell.index] {
            interpreter.bind(slot, .object(ModelValue(program: program, name: cell.key)))
            return CellResult(cell: cell, status: .passed)
        }
        guard let script = plan.scripts[cell.index] else {
            return CellResult(cell: cell, status: .passed)
        }
        if let missing = script.dependencies.filter({ !isBound($0) }).min(),
            let definer = plan.definingCell[missing]
        {
            let isFailure = !(so.cells.first { $0.cell.index == definer }?.isGood ?? true)
            return CellResult(
                cell: cell,
                status: .blocked(
                    name: plan.slotNames[missing] ?? "", line: notebook.cells[definer].line - 1,
                    isFailure: isFailure))
        }
        return judged(run(script, cell))
    }

    private func run(_ script: CheckedScript, _ cell: Cell) -> CellResult {
        var result = CellResult(cell: cell, status: .passed)
        var figures = 0
        interpreter.limits.timeout = cell.attributes.timeout ?? options.timeout
        interpreter.progress = { [handle] fraction, text in
            handle(.progress(cell, fraction: fraction, text: text))
        }
        interpreter.show = { [self] value, _ in
            for output in outputs(of: value.shown, cell, &figures) {
                result.outputs.append(output)
                if !cell.attributes.isSilent { handle(.output(cell, output)) }
            }
        }
        defer { interpreter.show = { _, _ in } }
        let stream = cell.label.map { key.child($0) } ?? key.child(cell.ordinal)
        do {
            try interpreter.run(script, stream: stream)
        } catch is Interrupted {
            result.status = .interrupted
            return result
        } catch {
            let list = interpreter.diagnostics(error, cell.code)
            result.status = .failed(interpreter.failures + list.diagnostics)
            result.expectations = interpreter.expectationCount
            return result
        }
        result.expectations = interpreter.expectationCount
        if !interpreter.failures.isEmpty { result.status = .failed(interpreter.failures) }
        return result
    }

    /// Turns the verdict around for a cell that must fail.
    private func judged(_ result: CellResult) -> CellResult {
        guard result.cell.attributes.mustFail else { return result }
        var result = result
        let place =
            result.cell.range
            .lowerBound..<max(
                result.cell.range.lowerBound,
                result.cell.code.lowerBound - 1)
        switch result.status {
        case .failed(let errors):
            guard let text = result.cell.attributes.failureText else {
                result.status = .failedAsExpected(errors)
                return result
            }
            if errors.contains(where: { $0.message.contains(text) }) {
                result.status = .failedAsExpected(errors)
            } else {
                result.status = .failed(
                    [
                        Diagnostic(
                            code: "notebook/fails",
                            "this cell must fail with \"\(text)\", but failed otherwise",
                            in: notebook.source, at: place)
                    ] + errors)
            }
        case .passed:
            result.status = .failed([
                Diagnostic(
                    code: "notebook/fails", "this cell must fail, but passed",
                    in: notebook.source, at: place, help: "drop the attribute `fails`")
            ])
        default: break
        }
        return result
    }

    private func outputs(
        of shown: ShownValue, _ cell: Cell, _ figures: inout Int
    ) -> [CellOutput] {
        switch shown {
        case .text(let text): return [.text(text)]
        case .table(let table): return [.table(table)]
        case .several(let parts): return parts.flatMap { outputs(of: $0, cell, &figures) }
        case .figure(var figure):
            figures += 1
            if let caption = cell.attributes.caption { figure.caption = caption }
            if let text = cell.attributes.alternativeText { figure.alternativeText = text }
            let name = figures == 1 ? cell.key : "\(cell.key)-\(figures)"
            return [
                .figure(
                    NotebookFigure(
                        figure: figure, path: "\(notebook.name).figures/\(name).svg",
                        width: cell.attributes.width ?? 640))
            ]
        }
    }

    /// The values in the prose, each on a stream of its own.
    private func inlineTexts() -> [String?] {
        interpreter.limits.timeout = options.timeout
        return notebook.inlineValues.indices.map { index in
            guard let (node, count) = plan.inlineValues[index] else { return nil }
            let stream = key.child("inline").child(index)
            return try? interpreter.evaluate(node, localCount: count, stream: stream).text
        }
    }
}
