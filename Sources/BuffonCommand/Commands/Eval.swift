// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon
import Foundation

struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluate expressions of the notebooks' script language.",
        discussion: """
            EXAMPLES
              buffon eval 'Gamma(shape: 3, rate: 2).quantile(0.99)'
              buffon eval 'DataFrame(csv: "Data/radon.csv").describe()'
              echo 'log(2)' | buffon eval -

            One expression a line. With --json each line gives one JSON value, or \
            {"error": …}, and the others go on.
            """)

    @Argument(help: "An expression, or - for lines from standard input.")
    var expression: String?
    @Option(help: "A file of expressions, one a line.")
    var file: String?
    @Option(help: "The seed of random numbers.")
    var seed: UInt64 = 1
    @Option(help: "Another folder whose files may be read; may be repeated.")
    var allowRead: [String] = []
    @Flag(help: "Print one JSON value a line.")
    var json = false

    func validate() throws {
        if (expression == nil) == (file == nil) {
            throw ValidationError(
                "Give an expression, or --file FILE, or - for standard input. An expression that "
                    + "begins with a minus sign comes after --: buffon eval -- '-1 + 2'.")
        }
    }

    func run() throws {
        let interruption = Interruption()
        let session = ScriptSession(seed: seed, allowedFolders: allowRead)
        let cancellation = interruption.cancellation
        session.onInterrupt { cancellation.isCancelled }
        if let expression, expression != "-" {
            try evaluate(expression, in: session)
            return
        }
        let bytes = try readFile(file ?? "-")
        var failed = 0
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) { continue }
            do {
                try evaluate(String(line), in: session)
            } catch {
                guard let failure = CommandFailure(error), failure.code != .interrupted else {
                    throw error
                }
                failed += 1
                if json {
                    let value: JSONValue = ["error": .string(failure.message)]
                    Console.print(value.text())
                } else {
                    Console.error(failure.message)
                }
            }
        }
        if failed > 0, !json {
            throw CommandFailure(
                .invalidInput, "buffon: \(failed == 1 ? "a line" : "\(failed) lines") failed")
        }
    }

    private func evaluate(_ line: String, in session: ScriptSession) throws {
        if json {
            Console.print(try session.evaluate(line).json().text())
        } else {
            try session.evaluate(line) { Console.print($0.text) }
        }
    }
}
