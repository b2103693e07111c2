// SPDX-License-Identifier: GPL-3.0-or-later

public import Errors

extension StanProgram {
    /// Parses and checks a program.
    ///
    /// - Throws: all errors found, in the order of the text.
    public static func parse(_ source: SourceText) throws(DiagnosticList) -> StanProgram {
        throw DiagnosticList([
            Diagnostic(code: "stan/syntax", "nothing can be parsed yet", in: source)
        ])
    }
}
