// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Calculus
import Errors
import Inference

extension Library {
    /// Differential-algebraic equations, by Radau IIA of order 5.
    static let algebraicDifferentialEquations: LibraryGroup = [
        "dae": { call in
            let settings = ODESettings(
                relativeTolerance: 1e-10, absoluteTolerance: [1e-10], maximumSteps: 100_000_000)
            return try dae(call, settings, arguments: Array(call.arguments.dropFirst(5)))
        },
        "dae_tol": { call in
            try dae(
                call, try settings(call, 5), arguments: Array(call.arguments.dropFirst(8)))
        },
    ]

    /// The residual, initial state and slope, initial time, times, and what goes to
    /// the residual.
    private static func dae(
        _ call: Call, _ settings: ODESettings, arguments: [Value]
    ) throws -> Value {
        let solver = try SolverCall(call)
        let (initial, slope) = (try call.entries(1), try call.entries(2))
        let start = try call.number(3)
        let times = try call.entries(4).numbers ?? []
        let count = initial.count
        for (what, size) in [("initial state", count), ("times", times.count)] where size == 0 {
            throw EvaluationError.size(
                "\(call.name): \(what) has size 0, but must have a non-zero size")
        }
        guard slope.count == count else {
            throw EvaluationError.size(
                "\(call.name): initial state (\(count)) and initial state derivative "
                    + "(\(slope.count)) must match in size")
        }
        try call.requireRoom(count, times.count)
        try checkTimes(solver, start, times)
        let template = ArgumentTemplate(arguments, of: solver.function, from: 3)
        let residual = try VectorFunction(dimension: 1 + 2 * count + template.count) { trace in
            let time = trace.input()
            let state = Value.vector(Entries(trace.input(.vector(count))))
            let slope = Value.vector(Entries(trace.input(.vector(count))))
            let value = try solver.run(
                trace, [.real(time), state, slope] + template.arguments(from: trace)
            ).expression
            guard value.count == count else {
                return try solver.located {
                    throw EvaluationError.size(
                        "\(solver.name): residuals (\(value.count)) and states (\(count)) must "
                            + "match in size")
                }
            }
            return [value]
        }
        var settings = settings
        settings.isStopped = solver.isStopped
        settings.stopped = Cancelled()
        let equation = TracedDAE(
            residual: residual, stateCount: count, initial: initial.numbers,
            initialSlope: slope.numbers, start: start, times: times, settings: settings,
            check: {
                try solver.requireFinite("initial state", $0)
                try solver.requireFinite("initial state derivative", $1)
            }, failure: { failure(solver, $0) })
        let inputs =
            (initial.isKnown ? [] : [initial]) + (slope.isKnown ? [] : [slope]) + template.taken
        let states = try Traced.external(
            equation, Entries.joined(inputs).vector, .vector(count * times.count))
        return arrayOfStates(states, count, times.count)
    }
}
