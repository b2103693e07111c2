// SPDX-License-Identifier: GPL-3.0-or-later

public import Errors

extension StanProgram {
    /// Parses and checks a program.
    ///
    /// Programs in the syntax of older versions of Stan are accepted, with a
    /// warning for each kind of outdated syntax.
    ///
    /// - Throws: all errors found, in the order of the text.
    public static func parse(_ source: SourceText) throws(DiagnosticList) -> StanProgram {
        var parser = Parser(source)
        let parsed = parser.program()
        if parser.diagnostics.contains(where: { $0.severity == .error }) {
            throw DiagnosticList(sorted(parser.diagnostics))
        }
        let checker = Checker(source)
        let program = checker.program(parsed) {
            sorted(parser.diagnostics + checker.diagnostics.filter { $0.severity == .warning })
        }
        if checker.diagnostics.contains(where: { $0.severity == .error }) {
            throw DiagnosticList(sorted(parser.diagnostics + checker.diagnostics))
        }
        return program
    }

    private static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let order = diagnostics.enumerated().sorted { a, b in
            let (x, y) = (a.element.range?.lowerBound ?? 0, b.element.range?.lowerBound ?? 0)
            return x == y ? a.offset < b.offset : x < y
        }
        return order.map(\.element)
    }
}
