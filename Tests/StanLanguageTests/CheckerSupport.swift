// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import StanLanguage

/// The diagnostics of a program as "code line:column message".
func findings(_ text: String) -> [String] {
    let source = SourceText(name: "test.stan", text: text)
    do {
        return describe(try StanProgram.parse(source).warnings)
    } catch {
        return describe(error.diagnostics)
    }
}

private func describe(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { diagnostic in
        let place = diagnostic.place?.split(separator: ":").suffix(2).joined(separator: ":") ?? ""
        return "\(diagnostic.code) \(place) \(diagnostic.message)"
    }
}

/// The errors alone, warnings dropped.
func errors(_ text: String) -> [String] {
    do {
        _ = try StanProgram.parse(SourceText(name: "test.stan", text: text))
        return []
    } catch {
        return describe(error.diagnostics.filter { $0.severity == .error })
    }
}

func program(_ text: String) throws -> StanProgram {
    try StanProgram.parse(SourceText(name: "test.stan", text: text))
}
