// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

/// What a function became: the steps of its program, their sizes and their times.
public struct ProgramExplanation: Sendable {
    /// Steps that do the same to as many entries.
    public struct Line: Sendable {
        /// What the steps do, as `multiply` or `normal density`.
        public var name: String
        /// How many there are.
        public var steps: Int
        /// The entries that each computes; for scalar code its operations.
        public var entries: Int
        /// The time of all of them, forwards and backwards, each alone and repeated.
        public var microseconds: Double
        /// Why the steps are not one, when there are many.
        public var note: String?
    }

    /// In the order in which the program comes to them.
    public var lines: [Line]
    /// Numbers that are computed for each gradient.
    public var computed: Int
    /// Known numbers that the program reads.
    public var known: Int
    /// Branches on the inputs, at which another program may be needed.
    public var branches: Int
    /// The time of a whole gradient.
    public var microseconds: Double
}

extension DifferentiableFunction {
    /// The program that computes the function and its gradient at a point, each
    /// step with the time that it takes there.
    ///
    /// - Throws: what the body throws when it is traced at this point.
    public func explanation(at point: [Double]) throws -> ProgramExplanation {
        precondition(point.count == dimension, "\(point.count) numbers for \(dimension) variables")
        return try makeWorkspace(at: point).explanation()
    }
}

extension Workspace {
    fileprivate func explanation() -> ProgramExplanation {
        var lines: [ProgramExplanation.Line] = []
        var known: [String: Int] = [:]
        func add(_ name: String, _ entries: Int, _ microseconds: Double, _ note: String? = nil) {
            let key = "\(name) \(entries)"
            if let at = known[key] {
                lines[at].steps += 1
                lines[at].microseconds += microseconds
            } else {
                known[key] = lines.count
                lines.append(
                    ProgramExplanation.Line(
                        name: name, steps: 1, entries: entries, microseconds: microseconds,
                        note: note))
            }
        }
        for (i, step) in program.instructions.enumerated() {
            let time = timed {
                forward(i..<i + 1)
                reverse(i..<i + 1)
            }
            if step.step == .code {
                let code = program.codes[Int(step.extra)]
                let operations = code.filter { !Self.isBookkeeping($0) }
                if operations.count == 1, operations[0].op == UInt8(VM_CODE_LOG_SUM_EXPS.rawValue) {
                    add("logSumExp of a few", Int(operations[0].b), time)
                } else {
                    add("scalar code", operations.count, time, "one number after the other")
                }
            } else {
                add(Self.name(step), Int(step.length), time)
            }
        }
        for (i, term) in program.densityTerms.enumerated() {
            let time = timed { _ = density(i, derivatives: true) }
            add("\(term.density) density", Int(term.count), time)
        }
        for (i, loop) in program.tiledLoops.enumerated() {
            let names = loop.steps.map(Self.name) + loop.densities.map { "\($0.density) density" }
            let time = timed { _ = tile(i, derivatives: true) }
            add(
                names.joined(separator: ", "), loop.count, time,
                "together, \(loop.width) entries at a time")
        }
        for i in lines.indices where lines[i].steps > 3 && lines[i].note == nil {
            lines[i].note = "not batched: each reads an array of its own"
        }
        return ProgramExplanation(
            lines: lines, computed: program.activeCount,
            known: program.constants.count + (program.shared?.count ?? 0),
            branches: program.checks.count,
            microseconds: timed {
                adjoints.update(repeating: 0, count: program.activeCount)
                forward()
                _ = terms(derivatives: true)
                reverse()
            })
    }

    private static func isBookkeeping(_ step: vm_code) -> Bool {
        [VM_CODE_START, VM_CODE_END, VM_CODE_OPERAND].contains { UInt8($0.rawValue) == step.op }
    }

    private static func name(_ step: Instruction) -> String {
        switch step.step {
        case .unary: "\(Unary(rawValue: step.function)!)"
        case .binary: "\(Binary(rawValue: step.function)!)"
        case .multiplyAdd: "multiply and add"
        case .matrixProduct: "product with a matrix"
        default: "\(step.step)"
        }
    }

    /// Microseconds of a repeated action, the least of several rounds.
    private func timed(_ body: () -> Void) -> Double {
        let clock = ContinuousClock()
        var count = 1
        var best = Double.infinity
        while true {
            let time = clock.measure { for _ in 0..<count { body() } }
            let microseconds =
                Double(time.components.attoseconds) * 1e-12 + Double(time.components.seconds) * 1e6
            best = min(best, microseconds / Double(count))
            if count > 1000 || microseconds > 2000 { return best }
            count *= 4
        }
    }
}
