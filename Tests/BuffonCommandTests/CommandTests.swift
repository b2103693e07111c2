// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon
import Testing

@testable import BuffonCommand

@Suite struct CommandTests {
    /// What a person types, and whether it is a command line.
    static let lines: [(words: [String], isRight: Bool)] = [
        (["describe", "data.csv"], true),
        (["describe", "data.csv", "--by", "floor", "--json"], true),
        (["describe"], false),
        (["fit", "Gamma,Normal", "data.csv", "--column", "x", "--by", "g", "--json"], true),
        (["fit", "Gamma", "data.csv"], false),
        (["descr", "data.csv"], false),
        (["run", "needle.md", "-P", "throws=10", "--write"], true),
        (["run", "--write", "needle.md"], true),
        (["verify", "a.md", "b.md", "--seeds", "20"], true),
        (["verify", "a.md", "--seeds", "-1"], false),
        (["eval", "1 + 1"], true),
        (["eval", "1 + 1", "--file", "lines"], false),
        (["eval"], false),
        (["sample", "a.stan", "--chains", "four"], false),
        (["fmt", "a.stan", "--upgrade"], true),
        (["fmt", "a.stan", "b.stan"], false),
        (["fmt", "a.stan", "b.stan", "--write", "--upgrade"], true),
        (["fmt", "-", "--write"], false),
        (["fmt", "a.stan", "--check", "--diff"], true),
        (["fmt", "a.stan", "--check", "--write"], false),
        (["log-density", "a.stan"], false),
        (["log-density", "a.stan", "--benchmark", "0"], false),
        (["log-density", "a.stan", "--benchmark", "1e300"], false),
        (["log-density", "a.stan", "--unconstrained", "p.json"], true),
    ]

    @Test(arguments: lines) func parses(_ words: [String], _ isRight: Bool) {
        if isRight {
            #expect(throws: Never.self) { try BuffonCommand.parseAsRoot(words) }
        } else {
            #expect {
                try BuffonCommand.parseAsRoot(words)
            } throws: {
                BuffonCommand.exitCode(for: $0) == ExitCode(64)
            }
        }
    }

    @Test func errorsHaveTheirExitCodes() {
        func code(_ error: any Error) -> Int32? { CommandFailure(error)?.code.rawValue }
        #expect(code(ParameterError("scale", is: -1, mustBe: "positive")) == 2)
        #expect(code(Diagnostic(code: "data/x", "wrong")) == 2)
        #expect(code(DiagnosticList([Diagnostic(code: "data/x", "wrong")])) == 2)
        #expect(code(NumericalError("cholesky", "not positive definite")) == 1)
        #expect(code(Rejection("never")) == 1)
        #expect(code(SamplingError.interrupted) == 130)
        #expect(code(ValidationError("usage")) == nil)
    }

    @Test func differencesAreShownWithTheirLines() {
        let old = (1...12).map { "\($0)\n" }.joined()
        let new = old.replacing("2\n3\n", with: "2\nthree\n", maxReplacements: 1)
            .replacing("11\n", with: "")
        #expect(
            LineDifference(old, new, name: "a").text == """
                --- a
                +++ a
                @@ -1,6 +1,6 @@
                 1
                 2
                -3
                +three
                 4
                 5
                 6
                @@ -8,5 +8,4 @@
                 8
                 9
                 10
                -11
                 12

                """)
        #expect(LineDifference(old, old, name: "a").text.isEmpty)
    }

    @Test func theLastLineSaysWhy() throws {
        let two = DiagnosticList([
            Diagnostic(code: "a/b", "first"), Diagnostic(code: "a/b", "second"),
        ])
        let message = try #require(CommandFailure(two)).message
        #expect(message.hasSuffix("buffon: 2 errors"))
    }

    /// Every command opens its help with examples that are command lines.
    @Test func helpOpensWithExamples() throws {
        for command in BuffonCommand.configuration.subcommands {
            let text = command.configuration.discussion
            #expect(text.hasPrefix("EXAMPLES\n  "), "\(command)")
            #expect(!command.configuration.abstract.isEmpty)
        }
    }
}
