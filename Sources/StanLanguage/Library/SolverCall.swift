// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Inference

/// What a solver needs of the call it stands for: the function of the program, as
/// a body that can be traced on any thread, and messages with a place.
struct SolverCall: @unchecked Sendable {
    let name: String
    let function: StanFunction
    let range: Range<Int>
    let isStopped: @Sendable () -> Bool
    private let program: StanProgram
    private let drops: Bool

    /// - Parameter argument: the position of the function among the call's arguments.
    /// - Throws: when that is no function of the program.
    init(_ call: Call, argument: Int = 0) throws {
        guard case .function(.user(let position, let drops)) = call[argument],
            call.evaluator.program.functions.indices.contains(position)
        else {
            throw EvaluationError(
                "type", "\(call.name): argument \(argument + 1) must be a function")
        }
        name = call.name
        program = call.evaluator.program
        function = program.functions[position]
        range = call.range
        isStopped = call.evaluator.isStopped
        self.drops = drops && call.evaluator.dropsConstants
    }

    /// Calls the function in a trace.
    func run(_ trace: Trace, _ arguments: [Value]) throws -> Value {
        let evaluator = Evaluator(program, trace: trace)
        evaluator.isStopped = isStopped
        return try located {
            try evaluator.call(function, arguments, droppingConstants: drops)
        }
    }

    /// Gives errors the place of the call.
    func located<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as EvaluationError {
            throw self.error(error)
        } catch let error as DomainError {
            throw rejection(error.message)
        }
    }

    func error(_ error: EvaluationError) -> Diagnostic {
        Diagnostic(
            code: error.code, error.message, in: program.source, at: range, help: error.help)
    }

    /// The point has no value, for a reason.
    func rejection(_ message: String) -> Rejection {
        let (line, column) = program.source.position(of: range.lowerBound)
        return Rejection("\(message) (\(program.source.name):\(line):\(column))")
    }

    func reject(_ message: String) throws -> Never { throw rejection("\(name): \(message)") }

    /// Refuses numbers that are not finite, in Stan's words.
    func requireFinite(_ what: String, _ values: [Double]) throws {
        for (i, value) in values.enumerated() where !value.isFinite {
            let place = values.count == 1 ? "" : "[\(i + 1)]"
            try reject("\(what)\(place) is \(formatted(value)), but must be finite!")
        }
    }
}
