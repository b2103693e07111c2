// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Foundation
import Plots

/// Something a cell shows.
public enum CellOutput: Sendable {
    case text(String)
    case table(ScriptTable)
    case figure(NotebookFigure)

    /// For a terminal; figures as pictures in braille.
    public func terminalText(width: Int = 72, color: Bool = false) -> String {
        switch self {
        case .text(let text): text
        case .table(let table): table.text
        case .figure(let figure): figure.figure.terminal(width: width, color: color)
        }
    }
}

/// A figure of a cell, with the file it is written to.
public struct NotebookFigure: Sendable {
    public var figure: Figure
    /// `NAME.figures/LABEL.svg`, relative to the notebook's folder.
    public var path: String
    /// In pixels.
    public var width: Double

    /// The picture, with a description of its structure for verification.
    public var svg: String {
        RecordedFigure.embed(figure.structure, in: figure.svg(width: width))
    }
}

/// What became of a cell.
public struct CellResult: Sendable {
    public enum Status: Sendable {
        case passed
        /// It was to fail and did.
        case failedAsExpected([Diagnostic])
        case failed([Diagnostic])
        /// It waits for a name that an earlier cell did not define.
        case blocked(name: String, line: Int, isFailure: Bool)
        /// It has the attribute `skip`.
        case skipped
        /// The run was stopped in it, or before it.
        case interrupted
    }

    public let cell: Cell
    public var status: Status
    public var outputs: [CellOutput] = []
    public var seconds = 0.0
    /// How many expectations were checked.
    public var expectations = 0

    /// Whether nothing went wrong.
    public var isGood: Bool {
        switch status {
        case .passed, .failedAsExpected, .skipped: true
        case .blocked(_, _, let isFailure): !isFailure
        case .failed, .interrupted: false
        }
    }

    /// The errors, or why the cell did not run, as one text.
    public var message: String? {
        switch status {
        case .passed, .skipped: nil
        case .failedAsExpected(let errors), .failed(let errors):
            DiagnosticList(errors).description
        case .blocked(let name, let line, _):
            "skipped: waits for `\(name)`, which line \(line) did not define"
        case .interrupted: "interrupted"
        }
    }
}

/// A notebook that has run.
public struct NotebookResult: Sendable {
    public let notebook: Notebook
    /// In the order of the file.
    public var cells: [CellResult] = []
    /// The root of the random streams of this run.
    public let seed: UInt64
    /// The texts of the inline values, in the order of the file; nil for one
    /// that has no value.
    public var inlineTexts: [String?] = []
    public var wasInterrupted = false

    /// Whether every cell did what it should.
    public var isGood: Bool { !wasInterrupted && cells.allSatisfy(\.isGood) }

    /// 0 good, 1 a cell failed, 130 interrupted.
    public var exitCode: Int32 { wasInterrupted ? 130 : isGood ? 0 : 1 }

    /// Writes the results into the notebook's file and the figures beside it.
    ///
    /// Cells that the run did not reach keep what they have. Nothing but
    /// result blocks changes; a file that is the same already is not touched.
    /// - Throws: `Diagnostic` when the file changed while the notebook ran, or
    ///   cannot be written.
    public func write() throws(Diagnostic) {
        let bytes = notebook.bytes(replacing: contents)
        let url = URL(fileURLWithPath: notebook.path)
        func failure(_ message: String, help: String? = nil) -> Diagnostic {
            Diagnostic(
                code: "notebook/write", message,
                in: SourceText(name: notebook.path, text: ""), help: help)
        }
        if let now = try? Data(contentsOf: url), [UInt8](now) != notebook.source.bytes {
            throw failure(
                "the file changed while it ran, so the results were not written",
                help: "run it again")
        }
        do {
            for figure in cells.flatMap(\.outputs).compactMap(\.figure) {
                let file = URL(fileURLWithPath: notebook.folder + "/" + figure.path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                let data = Data(figure.svg.utf8)
                if (try? Data(contentsOf: file)) != data {
                    try data.write(to: file, options: .atomic)
                }
            }
            if bytes != notebook.source.bytes {
                try Data(bytes).write(to: url, options: .atomic)
            }
        } catch {
            throw failure("cannot write the results: \(error.localizedDescription)")
        }
    }

    /// The notebook's text with the results in place, as `write` makes it.
    public var text: String {
        String(decoding: notebook.bytes(replacing: contents), as: UTF8.self)
    }

    /// By cell key, what to put between the comments.
    private var contents: [String: String] {
        var contents: [String: String] = [:]
        for result in cells {
            if let content = result.recordedMarkdown { contents[result.cell.key] = content }
        }
        return contents
    }

    /// Everything, for programs.
    public var json: JSONValue {
        .object(
            JSONObject([
                ("notebook", .string(notebook.path)), ("seed", .string(String(seed))),
                ("good", .bool(isGood)), ("cells", .array(cells.map(\.json))),
            ]))
    }
}

extension CellOutput {
    var figure: NotebookFigure? { if case .figure(let figure) = self { figure } else { nil } }
}

extension CellResult {
    /// The Markdown of the results; nil when the document keeps what it has.
    var recordedMarkdown: String? {
        var parts = outputs
        switch status {
        case .interrupted: return nil
        case .skipped: return nil
        case .passed: break
        case .failed(let errors), .failedAsExpected(let errors):
            parts.append(
                .text(errors.map { "error: \($0.message)" }.joined(separator: "\n")))
        case .blocked(let name, _, _): parts = [.text("skipped: waits for `\(name)`")]
        }
        if cell.attributes.isSilent, case .passed = status { parts = [] }
        return OutputMarkdown.text(of: parts)
    }

    var json: JSONValue {
        let status: String =
            switch self.status {
            case .passed: "passed"
            case .failedAsExpected: "failed as expected"
            case .failed: "failed"
            case .blocked: "blocked"
            case .skipped: "skipped"
            case .interrupted: "interrupted"
            }
        var object = JSONObject([
            ("cell", .string(cell.key)), ("line", .integer(cell.line - 1)),
            ("status", .string(status)), ("seconds", .number(seconds)),
            ("expectations", .integer(expectations)),
            (
                "outputs",
                .array(
                    outputs.map { output in
                        switch output {
                        case .text(let text): ["text": .string(text)]
                        case .table(let table): table.json
                        case .figure(let figure): ["figure": .string(figure.path)]
                        }
                    })
            ),
        ])
        if let message { object["message"] = .string(message) }
        return .object(object)
    }
}

extension ScriptTable {
    var json: JSONValue {
        .object(
            JSONObject([
                ("columns", .array(columns.map { .string($0) })),
                ("rows", .array(rows.map { .array($0.map { .string($0) }) })),
            ]))
    }
}
