// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon
import Foundation

/// The page of `buffon check --explain`.
struct Explanation {
    private let explanation: ProgramExplanation
    private let title: String

    init(program: String, data: String?) throws {
        var stan = StanArguments()
        stan.program = program
        stan.data = data
        let interruption = Interruption()
        let clock = ContinuousClock()
        let start = clock.now
        let model = try stan.model(seed: 1, cancellation: interruption.cancellation)
        let generator = RandomGenerator(seed: 1)
        let point = try model.positivePoint(generator: generator)
        let prepared = milliseconds(clock.now - start)
        explanation = try model.explanation(at: point)
        title =
            "\(program): \(model.dimension) unconstrained coordinates; "
            + "prepared in \(String(format: "%.1f", prepared)) ms"
    }

    func print() {
        var lines = [title, ""]
        func row(
            _ step: String, _ entries: String, _ steps: String, _ time: String, _ share: String
        ) {
            func right(_ text: String, _ width: Int) -> String {
                String(repeating: " ", count: max(0, width - text.count)) + text
            }
            lines.append(
                right(entries, 9) + right(steps, 8) + right(time, 11) + right(share, 7) + "  "
                    + step)
        }
        row("step", "entries", "steps", "µs", "share")
        let total = explanation.lines.reduce(0) { $0 + $1.microseconds }
        for line in explanation.lines {
            row(
                line.name + (line.note.map { " (\($0))" } ?? ""), "\(line.entries)",
                "\(line.steps)",
                String(format: "%.3f", line.microseconds),
                String(format: "%.0f %%", 100 * line.microseconds / max(total, 1e-9)))
        }
        lines.append("")
        lines.append(
            String(format: "%.3f µs a gradient; ", explanation.microseconds)
                + "\(explanation.computed) numbers are computed, \(explanation.known) are known")
        if explanation.branches > 0 {
            lines.append(
                "\(explanation.branches) branches depend on parameters: where one goes another way, "
                    + "the program is traced anew")
        }
        Console.print(lines.joined(separator: "\n"))
    }
}

/// A duration in milliseconds.
func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) * 1e-15
}

extension StanModel {
    /// The first of a hundred random points at which the density is positive.
    func positivePoint(generator: RandomGenerator) throws -> [Double] {
        let evaluator = density.makeEvaluator()
        var gradient = [Double](repeating: 0, count: dimension)
        var point: [Double] = []
        for attempt in 0..<100 {
            point = try initialPoint(generator: generator, radius: 1, initial: [:])
            do {
                if try evaluator.evaluate(at: point, gradient: &gradient).isFinite { break }
            } catch let rejection as Rejection {
                if attempt == 99 { throw rejection }
            }
        }
        return point
    }
}
