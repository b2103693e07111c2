// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon
import Foundation

struct LogDensity: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log-density",
        abstract: "Print the log density of a Stan program and its gradient at given points.",
        discussion: """
            EXAMPLES
              buffon log-density schools.stan --data schools.json --unconstrained points.json
              buffon log-density schools.stan --data schools.json --benchmark 2

            The points are a JSON array of arrays, one number for each unconstrained \
            coordinate. One line of JSON is printed a point. The density includes the \
            Jacobian of the constraints and drops constants as `~` does.
            """)

    @OptionGroup var stan: StanArguments

    @Option(help: "The points, a JSON array of arrays of numbers.")
    var unconstrained: String?

    @Option(help: "Measure for so many seconds, and print microseconds a gradient.")
    var benchmark: Double?

    @Option(help: "The seed of random numbers in transformed data and of the benchmark's point.")
    var seed: UInt64 = 1

    func validate() throws {
        if let benchmark, !(benchmark > 0 && benchmark <= 86_400) {
            throw ValidationError("--benchmark takes a positive number of seconds, at most a day.")
        }
        if unconstrained == nil, benchmark == nil {
            throw ValidationError("Give --unconstrained POINTS.json or --benchmark SECONDS.")
        }
    }

    func run() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let interruption = Interruption()
        let model = try stan.model(seed: seed, cancellation: interruption.cancellation)
        let points = try unconstrained.map { try read($0, dimension: model.dimension) }
        if let benchmark {
            try measure(
                model, points?.first, seconds: benchmark, start: start, interruption.cancellation)
        } else {
            for point in points ?? [] {
                if interruption.cancellation.isCancelled { throw Cancelled() }
                try print(model, at: point)
            }
        }
    }

    private func read(_ path: String, dimension: Int) throws -> [[Double]] {
        let json = try JSONValue.parse(try StanArguments.sourceText(path))
        guard let rows = json.array else {
            throw CommandFailure(
                .invalidInput, "error: \(path): the points must be an array of arrays of numbers")
        }
        // One point may stand alone; of dimension 0 only `[[]]` is one.
        if dimension > 0, let single = json.doubles, !single.isEmpty {
            return [try checked(single, 0, dimension, path)]
        }
        return try rows.enumerated().map { index, row in
            guard let point = row.doubles else {
                throw CommandFailure(
                    .invalidInput, "error: \(path): point \(index + 1) is not an array of numbers")
            }
            return try checked(point, index, dimension, path)
        }
    }

    private func checked(
        _ point: [Double], _ index: Int, _ dimension: Int, _ path: String
    ) throws -> [Double] {
        guard point.count == dimension else {
            throw CommandFailure(
                .invalidInput,
                "error: \(path): point \(index + 1) has \(point.count) numbers, but the program "
                    + "has \(dimension) unconstrained coordinates")
        }
        return point
    }

    private func print(_ model: StanModel, at point: [Double]) throws {
        do {
            let (value, gradient) = try model.logDensity(at: point)
            let line: JSONValue = ["log_density": .number(value), "gradient": JSONValue(gradient)]
            Console.print(line.text())
        } catch let rejection as Rejection {
            let line: JSONValue = [
                "log_density": .number(-.infinity), "rejection": .string(rejection.message),
            ]
            Console.print(line.text())
        }
    }

    private func measure(
        _ model: StanModel, _ given: [Double]?, seconds: Double, start: ContinuousClock.Instant,
        _ cancellation: Cancellation
    ) throws {
        let clock = ContinuousClock()
        let point = try given ?? model.positivePoint(generator: RandomGenerator(seed: seed))
        let evaluator = model.density.makeEvaluator()
        var gradient = [Double](repeating: 0, count: model.dimension)
        _ = try evaluator.evaluate(at: point, gradient: &gradient)
        let prepared = clock.now - start
        // The median over batches of about a hundredth of the time.
        var batch = 1
        var rates: [Double] = []
        let end = clock.now + .seconds(seconds)
        while clock.now < end || rates.isEmpty {
            if cancellation.isCancelled { throw Cancelled() }
            let elapsed = try clock.measure {
                for _ in 0..<batch { _ = try evaluator.evaluate(at: point, gradient: &gradient) }
            }
            let time =
                Double(elapsed.components.seconds) * 1e6
                + Double(elapsed.components.attoseconds) * 1e-12
            if time < seconds * 1e6 / 100, batch < 1 << 30 {
                batch *= 2
            } else {
                rates.append(time / Double(batch))
            }
        }
        rates.sort()
        let line: JSONValue = [
            "microseconds_per_gradient": .number(rates[rates.count / 2]),
            "preparation_milliseconds": .number(milliseconds(prepared)),
        ]
        Console.print(line.text())
    }
}
