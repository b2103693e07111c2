// SPDX-License-Identifier: GPL-3.0-or-later

public import Errors

/// A program laid out anew.
public struct FormattedProgram: Sendable {
    public let text: String
    /// What could not be rewritten, or must be known about what was.
    public let notes: [Diagnostic]
}

extension StanProgram {
    /// Formats a program: two spaces of indentation, lines of up to 78
    /// characters, comments kept.
    ///
    /// Only blanks and line ends change, so the program means what it did;
    /// formatting the result again changes nothing.
    ///
    /// - Throws: the errors of a program that does not parse.
    public static func format(
        _ source: SourceText
    ) throws(DiagnosticList) -> FormattedProgram {
        var text = try laidOut(withPlainLineEnds(source))
        // Where comments stand in the midst of expressions, a second look at
        // the lines may find better breaks.
        for _ in 0..<4 {
            let again = try laidOut(SourceText(name: source.name, text: text))
            if again == text { break }
            text = again
        }
        return FormattedProgram(text: text, notes: [])
    }

    private static func laidOut(_ source: SourceText) throws(DiagnosticList) -> String {
        guard source.bytes.count <= sizeLimit else {
            throw DiagnosticList([tooLarge(source)])
        }
        let (program, tokens) = try parsedForFormatting(source)
        var formatter = Formatter(source, tokens)
        formatter.program(program)
        let text = formatter.layout.rendered(width: Formatter.width)
        guard hasSameWords(source, tokens, text) else {
            throw DiagnosticList([
                Diagnostic(
                    code: "stan/format", "the program could not be formatted", in: source,
                    help: "this is a defect of Buffon: please report it with the program")
            ])
        }
        return text
    }

    /// Rewrites a program in today's language, and formats it.
    ///
    /// What the program computes stays the same: the result is parsed and
    /// compared with the original. Warnings tell what was left as it was.
    ///
    /// - Throws: the errors of a program that does not parse or check.
    public static func upgrade(
        _ source: SourceText, includes: ((String) -> SourceText?)? = nil
    ) throws(DiagnosticList) -> FormattedProgram {
        let source = withPlainLineEnds(source)
        let program: StanProgram
        do {
            program = try parse(source, includes: includes)
        } catch {
            throw DiagnosticList(error.diagnostics.filter { $0.severity == .error })
        }
        let (parsed, tokens) = try parsedForFormatting(source)
        var upgrader = Upgrader(source, tokens)
        upgrader.comments()
        upgrader.structure(parsed)
        upgrader.meaning(program, ownPlaces(source, includes))
        let text = try format(SourceText(name: source.name, text: upgrader.text())).text
        let upgraded = try parse(SourceText(name: source.name, text: text), includes: includes)
        guard StanOutline(upgraded).text == StanOutline(program).text else {
            throw DiagnosticList([
                Diagnostic(
                    code: "stan/upgrade",
                    "the program could not be rewritten without changing what it computes",
                    in: source)
            ])
        }
        let solved = try withSolversOfToday(upgraded, text, includes)
        let own = ownPlaces(source, includes)
        var notes = upgrader.notes
        for (number, (call, range)) in SolverUpgrader.calls(in: program).enumerated()
        where solved.left.contains(number) {
            guard let range = own(range) else { continue }
            notes.append(
                Diagnostic(
                    .warning, code: "stan/upgrade",
                    "\(call.name) is outdated, and its successor takes other arguments",
                    in: source, at: range,
                    help: "it is left as it is; \(SolverUpgrader.successor(of: call.name)) is "
                        + "the function of today"))
        }
        return FormattedProgram(text: solved.text, notes: notes)
    }

    /// The program with the calls of older solvers rewritten, where the result is the same
    /// but for that; and which of the calls are left.
    private static func withSolversOfToday(
        _ program: StanProgram, _ text: String, _ includes: ((String) -> SourceText?)?
    ) throws(DiagnosticList) -> (text: String, left: Set<Int>) {
        let calls = SolverUpgrader.calls(in: program)
        let unchanged = (text, Set(calls.indices))
        guard !calls.isEmpty else { return unchanged }
        let source = SourceText(name: program.source.name, text: text)
        var upgrader = SolverUpgrader(source, try parsedForFormatting(source).1, program)
        let changed = upgrader.rewrite(ownPlaces(source, includes))
        guard upgrader.hasChanges else { return unchanged }
        let result = try format(SourceText(name: source.name, text: changed)).text
        let rewritten = try parse(SourceText(name: source.name, text: result), includes: includes)
        let outline = StanOutline(
            rewritten, added: upgrader.addedNames, stands: upgrader.stands)
        guard outline.text == StanOutline(program).text else { return unchanged }
        return (result, upgrader.left)
    }

    /// The place in a source of a place in the checked program, which has its included
    /// files inside; nil for those.
    private static func ownPlaces(
        _ source: SourceText, _ includes: ((String) -> SourceText?)?
    ) -> (Range<Int>) -> Range<Int>? {
        guard let includes else { return { $0 } }
        let whole = Includes(source, resolve: includes)
        return { range in
            guard whole.hasIncludes else { return range }
            guard let (file, place) = whole.locate(range), file === source else { return nil }
            return place
        }
    }

    /// The program without its included files: an `#include` stays what it is.
    static func parsedForFormatting(
        _ source: SourceText
    ) throws(DiagnosticList) -> (ParsedProgram, [Token]) {
        var parser = Parser(source)
        let parsed = parser.file()
        let errors = parser.diagnostics.filter {
            $0.severity == .error && $0.code != "stan/include"
        }
        guard errors.isEmpty else { throw DiagnosticList(sorted(errors)) }
        return (parsed, parser.tokens)
    }

    /// The source with every line ended by one character, and what is not UTF-8 in its
    /// comments replaced.
    static func withPlainLineEnds(_ source: SourceText) -> SourceText {
        let source =
            String(validating: source.bytes, as: UTF8.self) == nil
            ? SourceText(name: source.name, text: source.text, firstLine: source.firstLine)
            : source
        guard source.bytes.contains(13) else { return source }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.bytes.count)
        for (i, byte) in source.bytes.enumerated() {
            if byte != 13 {
                bytes.append(byte)
            } else if i + 1 >= source.bytes.count || source.bytes[i + 1] != 10 {
                bytes.append(10)
            }
        }
        return SourceText(name: source.name, bytes: bytes, firstLine: source.firstLine)
    }

    /// Whether a text has the tokens and comments of the source, in order.
    private static func hasSameWords(
        _ source: SourceText, _ tokens: [Token], _ text: String
    ) -> Bool {
        let other = SourceText(name: source.name, text: text)
        let lexer = Lexer(other)
        guard tokens.count == lexer.tokens.count else { return false }
        let old = source.bytes
        let new = other.bytes
        for (a, b) in zip(tokens, lexer.tokens) {
            guard a.kind == b.kind, old[a.range] == new[b.range] else { return false }
        }
        return comments(source, tokens) == comments(other, lexer.tokens)
    }

    /// The comments of a program without their blanks.
    private static func comments(_ source: SourceText, _ tokens: [Token]) -> [[UInt8]] {
        var list: [[UInt8]] = []
        var end = 0
        for token in tokens {
            for trivia in Gap(source.bytes, end..<max(end, token.start)).trivia {
                list.append(source.bytes[trivia.range].filter { $0 > 32 })
            }
            end = token.end
        }
        return list
    }
}
