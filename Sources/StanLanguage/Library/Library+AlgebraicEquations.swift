// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Calculus
import Errors
import Inference

extension Library {
    /// Roots of systems of equations.
    static let algebraicEquations: LibraryGroup = [
        "solve_newton": { call in
            try root(call, .newton, Control(3, steps: 200), Array(call.arguments.dropFirst(2)))
        },
        "solve_newton_tol": { call in
            let control = try Control(
                call, scaling: call.number(2), function: call.number(3), steps: call.int(4))
            return try root(call, .newton, control, Array(call.arguments.dropFirst(5)))
        },
        "solve_powell": { call in
            try root(call, .powell, Control(10, steps: 200), Array(call.arguments.dropFirst(2)))
        },
        "solve_powell_tol": { call in
            let control = try Control(
                call, relative: call.number(2), function: call.number(3), steps: call.int(4))
            return try root(call, .powell, control, Array(call.arguments.dropFirst(5)))
        },
        "algebra_solver": { call in
            let control =
                call.count > 5
                ? try Control(
                    call, relative: call.number(5), function: call.number(6), steps: call.int(7))
                : Control(10, steps: 1000)
            return try root(call, .powell, control, Array(call.arguments[2...4]))
        },
        "algebra_solver_newton": { call in
            let control =
                call.count > 5
                ? try Control(
                    call, scaling: call.number(5), function: call.number(6), steps: call.int(7))
                : Control(3, steps: 200)
            return try root(call, .newton, control, Array(call.arguments[2...4]))
        },
    ]

    /// Tolerances and the number of steps.
    private struct Control {
        var settings: RootSettings

        /// Stan's defaults.
        init(_ digits: Int, steps: Int) {
            settings = RootSettings(
                relativeTolerance: digits == 10 ? 1e-10 : 1e-3, functionTolerance: 1e-6,
                maximumSteps: steps)
        }

        init(
            _ call: Call, relative: Double? = nil, scaling: Double? = nil, function: Double,
            steps: Int
        ) throws {
            let checks = [
                ("relative_tolerance", relative), ("scaling_step", scaling),
                ("function_tolerance", function),
            ]
            for (what, value) in checks {
                if let value, !(value >= 0) {
                    throw DomainError(call.name, what, is: value, mustBe: "nonnegative")
                }
            }
            guard steps > 0 else {
                throw DomainError(
                    call.name, "max_num_steps", is: Double(steps), mustBe: "positive")
            }
            settings = RootSettings(
                relativeTolerance: relative ?? 1e-10, functionTolerance: function,
                maximumSteps: steps)
        }
    }

    private static func root(
        _ call: Call, _ method: RootMethod, _ control: Control, _ arguments: [Value]
    ) throws -> Value {
        let solver = try SolverCall(call)
        let guess = try call.entries(1)
        let count = guess.count
        guard count > 0 else {
            throw EvaluationError.size(
                "\(call.name): initial guess has size 0, but must have a non-zero size")
        }
        let template = ArgumentTemplate(arguments, of: solver.function, from: 1)
        let system = try VectorFunction(dimension: count + template.count) { trace in
            let unknowns = Value.vector(Entries(trace.input(.vector(count))))
            let value = try solver.run(trace, [unknowns] + template.arguments(from: trace))
            let residual = value.expression
            guard residual.count == count else {
                return try solver.located {
                    throw EvaluationError.size(
                        "\(solver.name): size of the algebraic system's output "
                            + "(\(residual.count)) and size of the vector of unknowns, x, "
                            + "(\(count)) must match in size")
                }
            }
            return [residual]
        }
        var settings = control.settings
        settings.isStopped = solver.isStopped
        settings.stopped = Cancelled()
        let tolerance = settings.functionTolerance
        let function = TracedRoot(
            system: system, count: count, guess: guess.numbers, method: method,
            settings: settings, check: { try solver.requireFinite("initial guess", $0) },
            failure: { failure(solver, $0, tolerance) })
        let inputs = (guess.isKnown ? [] : [guess]) + template.taken
        return .vector(
            Entries(
                try Traced.external(function, Entries.joined(inputs).vector, .vector(count))))
    }

    private static func failure(
        _ solver: SolverCall, _ failure: RootFailure, _ tolerance: Double
    ) -> any Error {
        switch failure {
        case .tooManySteps(let count):
            return solver.rejection(
                "\(solver.name): maximum number of iterations (\(count)) was exceeded in the solve."
            )
        case .noRoot(let norm):
            return solver.rejection(
                "\(solver.name): the norm of the algebraic function is \(formatted(norm)) but "
                    + "should be lower than the function tolerance: "
                    + "\(formatted(tolerance)). Consider decreasing the relative "
                    + "tolerance and increasing max_num_steps.")
        case .notFinite:
            return solver.rejection(
                "\(solver.name): the algebraic function is not finite at the initial guess")
        }
    }
}
