// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon
import Foundation

struct Sample: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sample the posterior of a Stan program with NUTS.",
        discussion: """
            EXAMPLES
              buffon sample schools.stan --data schools.json
              buffon sample schools.stan --data schools.json --seed 7 --output draws

            Prints a summary and a diagnosis. With --output the draws are written as \
            PROGRAM-1.csv, PROGRAM-2.csv, … in the form of CmdStan, while they are made. \
            The same seed gives the same draws whatever the number of threads.
            """)

    @OptionGroup var stan: StanArguments

    @Option(help: "Number of chains.")
    var chains = 4
    @Option(help: "Warm-up iterations of each chain.")
    var warmup = 1000
    @Option(help: "Draws of each chain after warm-up.")
    var draws = 1000
    @Option(help: "Keep one draw in so many.")
    var thin = 1
    @Option(help: "The seed of the random numbers; a new one, which is printed, otherwise.")
    var seed: UInt64?
    @Option(help: "The acceptance statistic that step sizes are adapted to.")
    var targetAcceptance = 0.8
    @Option(help: "Limit of the depth of a trajectory's tree.")
    var maxDepth = 10
    @Option(help: "Threads; as many as the machine has processors otherwise.")
    var threads: Int?
    @Option(name: .customLong("init"), help: "Initial values of parameters, a JSON or R dump file.")
    var initialValues: String?
    @Option(help: "Start from points within this distance of 0 in each coordinate.")
    var initialRadius = 2.0
    @Flag(help: "Keep the draws of warm-up in the files.")
    var saveWarmup = false
    @Option(help: "A folder for the draws.")
    var output: String?
    @Option(help: "Show only these variables, separated by commas.")
    var variables: String?
    @Flag(help: "Print the summary as JSON.")
    var json = false
    @Flag(help: "Print no summary.")
    var quiet = false

    func validate() throws {
        if output?.isEmpty == true { throw ValidationError("--output takes the name of a folder.") }
    }

    func run() throws {
        let root = seed ?? UInt64.random(in: 1..<1 << 32)
        let interruption = Interruption()
        let model = try stan.model(seed: root, cancellation: interruption.cancellation)
        var settings = SamplingSettings(seed: root)
        settings.chains = chains
        settings.warmup = warmup
        settings.draws = draws
        settings.thin = thin
        settings.targetAcceptance = targetAcceptance
        settings.maximumDepth = maxDepth
        settings.threads = threads
        settings.initialRadius = initialRadius
        settings.saveWarmup = saveWarmup
        let initial = try initialValues.map {
            try model.initialValues(from: StanArguments.values($0))
        }
        let name = URL(filePath: stan.program).deletingPathExtension().lastPathComponent
        let sink = output.map {
            StanCSVWriter(
                folder: URL(filePath: $0), name: name == "-" ? "program" : name,
                comments: stan.data.map { [("data file", $0)] } ?? [])
        }
        let start = ContinuousClock.now
        let result = try Buffon.sample(
            model, settings: settings, initial: initial ?? [:], sink: sink,
            cancellation: interruption.cancellation, progress: show)
        if Console.isErrorTerminal { Console.progress("") }
        try report(result, seconds: seconds(since: start), sink: sink)
        if interruption.cancellation.isCancelled {
            throw CommandFailure(
                .interrupted, "buffon: interrupted; the draws that were finished are kept")
        }
    }

    private func seconds(since start: ContinuousClock.Instant) -> Double {
        let elapsed = ContinuousClock.now - start
        return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    }

    private func show(_ progress: SamplingProgress) {
        let percent = Int(progress.fraction * 100)
        let divergences = progress.chains.reduce(0) { $0 + $1.divergences }
        let bars = progress.chains.map { chain in
            "\(chain.id):\(progress.iterations > 0 ? chain.iteration * 100 / progress.iterations : 100)%"
        }
        Console.progress(
            "sampling \(percent)%  [\(bars.joined(separator: " "))]"
                + (divergences > 0 ? "  \(divergences) divergences" : ""))
    }

    private func report(_ draws: Draws, seconds: Double, sink: StanCSVWriter?) throws {
        for note in draws.notes { Console.error("note: \(note)") }
        for (message, count) in draws.rejections {
            Console.error(
                "note: \(count) \(count == 1 ? "point was" : "points were") rejected here, such as: "
                    + message)
        }
        if !quiet {
            let names = variables.map { $0.split(separator: ",").map(String.init) }
            let summary = try names.map { try draws.summary(of: $0) } ?? draws.summary()
            let diagnosis = draws.diagnose()
            if json {
                Console.print(SummaryOutput.json(summary, diagnosis).prettyText())
            } else {
                Console.print("\(summary)\n\n\(diagnosis)")
            }
        }
        let total = draws.chains.reduce(0) { $0 + $1.count }
        let time = seconds < 10 ? String(format: "%.2f", seconds) : String(format: "%.0f", seconds)
        Console.error(
            "\(draws.chains.count) chains, \(total) draws in \(time) s, seed \(draws.settings.seed)"
                + (sink.map { "; draws in \($0.folder.relativePath)" } ?? ""))
    }
}
