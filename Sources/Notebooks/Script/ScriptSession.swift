// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import Randomness

/// Lines of the script language, evaluated one after the other: what
/// `buffon eval` and an interactive prompt need.
///
///     let session = ScriptSession(seed: 1)
///     try session.evaluate("let d = Gamma(shape: 3, rate: 2)")
///     try session.evaluate("d.mean").text        // "1.5"
///
/// A line draws from a stream of its own, keyed by the seed and the number of
/// the line: lines do not change each other's draws.
public final class ScriptSession {
    private var checker: Checker
    private let interpreter: Interpreter
    private let key: StreamKey
    private var lines = 0

    /// - Parameters:
    ///   - seed: the root of all random streams.
    ///   - folder: where the paths of files start, and what may be read.
    ///   - allowedFolders: other folders whose files may be read.
    ///   - timeout: how long one line may take.
    public init(
        seed: UInt64 = 0, folder: String = ".", allowedFolders: [String] = [],
        timeout: Duration? = nil, registry: Registry = .standard
    ) {
        checker = Checker(registry)
        checker.allowsRedefinition = true
        key = StreamKey(seed: seed)
        interpreter = Interpreter(
            registry: registry, source: SourceText(name: "<expression>", text: ""),
            sandbox: Sandbox(folder: folder, allowing: allowedFolders))
        interpreter.limits.timeout = timeout
    }

    /// Stops the line that runs when this answers true.
    public func onInterrupt(_ isCancelled: @escaping @Sendable () -> Bool) {
        interpreter.limits.isCancelled = isCancelled
    }

    /// Checks and runs a line (or several) and gives the last value it shows;
    /// `.nothing` after a `let`.
    ///
    /// - Throws: `DiagnosticList`, or `Interrupted`.
    @discardableResult
    public func evaluate(_ text: String, name: String = "<expression>") throws -> ScriptValue {
        var last = ScriptValue.nothing
        try evaluate(text, name: name) { last = $0 }
        return last
    }

    /// As above, with every value that is shown.
    public func evaluate(
        _ text: String, name: String = "<expression>", show: (ScriptValue) -> Void
    ) throws {
        let source = SourceText(name: name, text: text)
        lines += 1
        let stream = key.child("line").child(lines)
        let before = checker
        try withLargeStack {
            let statements = try Parser.parse(source, 0..<source.bytes.count)
            let script = checker.check(statements, source: source, cell: lines)
            guard checker.diagnostics.isEmpty else {
                let diagnostics = checker.diagnostics
                checker = before
                throw DiagnosticList(diagnostics)
            }
            interpreter.source = source
            do {
                try withoutActuallyEscaping(show) { show in
                    interpreter.show = { value, _ in show(value) }
                    defer { interpreter.show = { _, _ in } }
                    try interpreter.run(script, stream: stream)
                }
            } catch let error as Interrupted {
                checker = before
                throw error
            } catch {
                checker = before
                throw interpreter.diagnostics(error, 0..<source.bytes.count)
            }
            if !interpreter.failures.isEmpty { throw DiagnosticList(interpreter.failures) }
        }
    }

    /// Smaller limits than usual, for tests.
    func restrict(elements: Int) { interpreter.limits.elements = elements }
    func restrict(memory: Double) { interpreter.limits.memory = memory }

    /// What can be completed here: the names of the library and of the session.
    public var names: [String] {
        (Array(checker.globals.keys) + checker.registry.names).sorted()
    }
}

extension Interpreter {
    /// Any error as diagnostics of the source that runs.
    func diagnostics(_ error: any Error, _ range: Range<Int>) -> DiagnosticList {
        switch error {
        case let list as DiagnosticList: list
        case let diagnostic as Diagnostic: DiagnosticList([diagnostic])
        case let error as OperationError:
            DiagnosticList([failure(error.code, error.message, range, help: error.help)])
        default: DiagnosticList([failure("error", "\(error)", range)])
        }
    }
}
