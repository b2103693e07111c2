// SPDX-License-Identifier: GPL-3.0-or-later

/// One message about a place in a source text, in the one form that all of
/// Buffon's languages and files share:
///
///     error[stan/assign-type]: cannot assign real to int
///       --> needle.md:41:9
///        |
///     41 |   int n = 2.5;
///        |           ^^^ real
///        = help: declare `real n`, or use to_int(2.5) in transformed data
public struct Diagnostic: Error, Sendable, CustomStringConvertible {
    public enum Severity: String, Sendable { case error, warning, note }

    public var severity: Severity
    /// A stable name to search for, such as "stan/assign-type".
    public var code: String
    /// What is wrong, in one sentence without a full stop.
    public var message: String
    public var source: SourceText?
    /// Byte offsets into the source.
    public var range: Range<Int>?
    /// A few words under the caret.
    public var label: String?
    /// What to do.
    public var help: String?

    public init(
        _ severity: Severity = .error, code: String, _ message: String,
        in source: SourceText? = nil, at range: Range<Int>? = nil,
        label: String? = nil, help: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.source = source
        self.range = range
        self.label = label
        self.help = help
    }

    /// `file:line:column`, when the place is known.
    public var place: String? {
        guard let source else { return nil }
        guard let range else { return source.name }
        let (line, column) = source.position(of: range.lowerBound)
        return "\(source.name):\(line):\(column)"
    }

    /// The whole message as shown above, without colours.
    public var description: String {
        var out = "\(severity.rawValue)[\(code)]: \(message)"
        var gutter = 2
        if let place {
            if let source, let range {
                let (line, column) = source.position(of: range.lowerBound)
                let number = String(line)
                gutter = number.count + 1
                let pad = String(repeating: " ", count: gutter)
                let (shown, caretColumn) = Self.window(source.line(line), around: column)
                let (endLine, endColumn) = source.position(of: range.upperBound)
                let width =
                    endLine == line
                    ? max(1, endColumn - column) : max(1, source.line(line).count - column + 1)
                let caret =
                    String(repeating: " ", count: caretColumn - 1)
                    + String(
                        repeating: "^", count: max(1, min(width, shown.count - caretColumn + 1)))
                out += "\n\(pad.dropLast())--> \(place)\n\(pad)|"
                out += "\n\(number) | \(shown)\n\(pad)| \(caret)"
                if let label { out += " \(label)" }
            } else {
                out += "\n --> \(place)"
            }
        }
        if let help { out += "\n\(String(repeating: " ", count: gutter))= help: \(help)" }
        return out
    }

    /// A long line cut to a window of 100 characters around the column; tabs
    /// become spaces so that the caret stands where it should.
    private static func window(_ line: String, around column: Int) -> (String, Int) {
        var characters = Array(line)
        for i in characters.indices where characters[i].asciiValue.map({ $0 < 32 }) ?? false {
            characters[i] = " "
        }
        guard characters.count > 120 else { return (String(characters), column) }
        let start = max(0, min(column - 1 - 50, characters.count - 100))
        let end = min(characters.count, start + 100)
        let prefix = start > 0 ? "…" : ""
        let suffix = end < characters.count ? "…" : ""
        return (prefix + String(characters[start..<end]) + suffix, column - start + prefix.count)
    }
}

/// Several diagnostics at once: what a parser or checker throws at its end.
public struct DiagnosticList: Error, Sendable, CustomStringConvertible {
    public var diagnostics: [Diagnostic]

    public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    public var description: String {
        diagnostics.map(\.description).joined(separator: "\n\n")
    }
}
