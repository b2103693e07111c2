// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon

/// The program `buffon`.
@main
struct BuffonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "buffon",
        abstract: "Probabilistic programming and statistics.",
        discussion: """
            EXAMPLES
              buffon describe Data/radon.csv --by floor
              buffon fit Gamma,LogNormal Data/old-faithful.csv --column waiting_min
              buffon run Notebooks/eight-schools.md

            `buffon help COMMAND` explains a command, `buffon help functions` lists the names \
            of the notebooks' script language, `buffon help stan-functions` the functions of Stan; \
            `buffon help Normal` or `buffon help normal_lpdf` explains one. Results go to standard output, \
            everything else to standard error; `-` is standard input. Exit codes: 0 good, \
            1 something failed, 2 invalid input, 64 wrong command line, 130 interrupted.
            """,
        version: Version.text,
        subcommands: [
            Run.self, Verify.self, Check.self, Fmt.self, Eval.self, Describe.self, FitCommand.self,
            Sample.self,
            Summarize.self, Diagnose.self, LogDensity.self, Lsp.self,
        ])

    static func main() {
        Console.ignoreBrokenPipes()
        returnLargeBlocks()
        Interruption.exitOnSignals()
        if showHelpOfFunction() { return }
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            Console.error(failure.message)
            exit(withError: ExitCode(failure.code.rawValue))
        } catch let code as ExitCode {
            exit(withError: code)
        } catch {
            if let failure = CommandFailure(error) {
                Console.error(failure.message)
                exit(withError: ExitCode(failure.code.rawValue))
            }
            exit(withError: error)
        }
    }

    /// `buffon help Normal` explains a name of the script language or of Stan,
    /// `buffon help functions` and `buffon help stan-functions` list them.
    private static func showHelpOfFunction() -> Bool {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 2, words[0] == "help",
            !configuration.subcommands.contains(where: { $0._commandName == words[1] })
        else { return false }
        if words[1] == "functions" {
            Console.print(Registry.standard.overview)
            return true
        }
        if words[1] == "stan-functions" {
            Console.write(StanReference.page)
            return true
        }
        // Without the fences of its Markdown.
        let stan = StanReference.function(words[1])?.split(separator: "\n")
            .filter { !$0.hasPrefix("```") }.joined(separator: "\n")
        do {
            let text = try Registry.standard.help(words[1])
            Console.print(text + (stan.map { "\n\nIn Stan programs:\n" + $0 } ?? ""))
        } catch {
            if let stan {
                Console.print(stan)
                return true
            }
            Console.error("\(error)")
            exit(withError: ExitCode(CommandFailure.Code.invalidInput.rawValue))
        }
        return true
    }
}
