// SPDX-License-Identifier: GPL-3.0-or-later

public import Errors

extension StanProgram {
    /// Parses and checks a program.
    ///
    /// Programs in the syntax of older versions of Stan are accepted, with a
    /// warning for each kind of outdated syntax.
    ///
    /// - Parameter includes: Finds the text of a file that the program names
    ///   after `#include`. Without it, `#include` is refused.
    /// - Throws: all errors found, in the order of the text.
    public static func parse(
        _ source: SourceText, includes: ((String) -> SourceText?)? = nil
    ) throws(DiagnosticList) -> StanProgram {
        guard let includes else { return try parse(joined: source) { $0 } }
        let whole = Includes(source, resolve: includes)
        guard whole.diagnostics.isEmpty else { throw DiagnosticList(whole.diagnostics) }
        return try parse(joined: whole.joined, whole.located)
    }

    /// Larger sources are refused: no program is, and a token takes eight
    /// times the memory of its text.
    static let sizeLimit = 16 << 20

    static func tooLarge(_ source: SourceText) -> Diagnostic {
        Diagnostic(
            code: "stan/source-size", "the program is larger than \(sizeLimit >> 20) MB",
            in: source)
    }

    private static func parse(
        joined source: SourceText, _ locate: (Diagnostic) -> Diagnostic
    ) throws(DiagnosticList) -> StanProgram {
        guard source.bytes.count <= sizeLimit else {
            throw DiagnosticList([tooLarge(source)])
        }
        var parser = Parser(source)
        let parsed = parser.file()
        if parser.diagnostics.contains(where: { $0.severity == .error }) {
            throw DiagnosticList(sorted(parser.diagnostics).map(locate))
        }
        let checker = Checker(source)
        let program = checker.program(parsed) {
            let warnings = checker.diagnostics.filter { $0.severity == .warning }
            return sorted(parser.diagnostics + warnings).map(locate)
        }
        if checker.diagnostics.contains(where: { $0.severity == .error }) {
            throw DiagnosticList(sorted(parser.diagnostics + checker.diagnostics).map(locate))
        }
        return program
    }

    static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let order = diagnostics.enumerated().sorted { a, b in
            let (x, y) = (a.element.range?.lowerBound ?? 0, b.element.range?.lowerBound ?? 0)
            return x == y ? a.offset < b.offset : x < y
        }
        return order.map(\.element)
    }
}
