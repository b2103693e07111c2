// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Calculus
import Errors
import Inference

extension Library {
    /// Solutions of ordinary differential equations.
    ///
    /// `rk45` is Dormand and Prince's method of order 5, `ckrk` Cash and Karp's,
    /// `adams` (for what is not stiff, precisely) Dormand and Prince's of order 8,
    /// and `bdf` (for what is stiff) Radau IIA of order 5: methods of the kinds that
    /// the names promise, not multistep ones.
    static let differentialEquations: LibraryGroup = {
        var group: LibraryGroup = [:]
        let methods: [(String, ODEScheme, Bool)] = [
            ("rk45", .dormandPrince, false), ("ckrk", .cashKarp, false),
            ("adams", .dormandPrince853, true), ("bdf", .radau, true),
        ]
        for (method, scheme, isPrecise) in methods {
            let standard =
                isPrecise
                ? ODESettings(
                    relativeTolerance: 1e-10, absoluteTolerance: [1e-10],
                    maximumSteps: 100_000_000)
                : ODESettings(
                    relativeTolerance: 1e-6, absoluteTolerance: [1e-6], maximumSteps: 1_000_000)
            group["ode_\(method)"] = { call in
                try solve(call, scheme, standard, arguments: Array(call.arguments.dropFirst(4)))
            }
            group["ode_\(method)_tol"] = { call in
                try solve(
                    call, scheme, try settings(call, 4),
                    arguments: Array(call.arguments.dropFirst(7)))
            }
            if method == "ckrk" { continue }
            group["integrate_ode_\(method)"] = { call in
                try solve(
                    call, scheme, call.count > 7 ? try settings(call, 7) : standard,
                    arguments: Array(call.arguments[4...6]))
            }
        }
        group["ode_adjoint_tol_ctl"] = { call in try solveWithControls(call) }
        return group
    }()

    /// The signature of Stan's adjoint method: what it says of the way back and of
    /// quadratures is checked, and not needed.
    private static func solveWithControls(_ call: Call) throws -> Value {
        for i in [4, 6, 8, 9] {
            let tolerance = try call.number(i)
            guard tolerance > 0, tolerance.isFinite else {
                throw DomainError(
                    call.name, i % 2 == 0 ? "relative_tolerance" : "absolute_tolerance",
                    is: tolerance, mustBe: "positive finite")
            }
        }
        let count = try call.entries(1).count
        for i in [5, 7] {
            let tolerances = try call.entries(i)
            guard tolerances.count == count else {
                throw EvaluationError.size(
                    "\(call.name): states (\(count)) and absolute_tolerance_"
                        + "\(i == 5 ? "forward" : "backward") (\(tolerances.count)) must match "
                        + "in size")
            }
            for tolerance in tolerances.numbers ?? [] where !(tolerance > 0 && tolerance.isFinite) {
                throw DomainError(
                    call.name, "absolute_tolerance", is: tolerance, mustBe: "positive finite")
            }
        }
        let steps = try call.int(10)
        guard steps > 0 else {
            throw DomainError(call.name, "max_num_steps", is: Double(steps), mustBe: "positive")
        }
        let settings = ODESettings(
            relativeTolerance: try call.number(4),
            absoluteTolerance: try call.entries(5).numbers ?? [], maximumSteps: steps)
        let scheme: ODEScheme
        switch try call.int(13) {
        case 1: scheme = .dormandPrince853
        case 2: scheme = .radau
        case let other:
            throw DomainError(
                call.name, "solver_forward", is: Double(other), mustBe: "1 (Adams) or 2 (BDF)")
        }
        return try solve(call, scheme, settings, arguments: Array(call.arguments.dropFirst(15)))
    }

    /// Relative tolerance, absolute tolerance and number of steps.
    static func settings(_ call: Call, _ first: Int) throws -> ODESettings {
        let relative = try call.number(first)
        let absolute = try call.number(first + 1)
        let steps = try call.int(first + 2)
        for (what, value) in [("relative_tolerance", relative), ("absolute_tolerance", absolute)]
        where !(value > 0 && value.isFinite) {
            throw DomainError(call.name, what, is: value, mustBe: "positive finite")
        }
        guard steps > 0 else {
            throw DomainError(call.name, "max_num_steps", is: Double(steps), mustBe: "positive")
        }
        return ODESettings(
            relativeTolerance: relative, absoluteTolerance: [absolute], maximumSteps: steps)
    }

    /// f, initial state, initial time, times, and what goes to f.
    private static func solve(
        _ call: Call, _ scheme: ODEScheme, _ settings: ODESettings, arguments: [Value]
    ) throws -> Value {
        let solver = try SolverCall(call)
        let initial = try call.entries(1)
        let start = try call.real(2)
        let times = try call.entries(3)
        let count = initial.count
        for (what, size) in [("initial state", count), ("times", times.count)] where size == 0 {
            throw EvaluationError.size(
                "\(call.name): \(what) has size 0, but must have a non-zero size")
        }
        try call.requireRoom(count, times.count)
        let template = ArgumentTemplate(arguments, of: solver.function, from: 2)
        let inputs =
            (initial.isKnown ? [] : [initial]) + (start.isConstant ? [] : [Entries([start])])
            + (times.isKnown ? [] : [times]) + template.taken
        let rightSide = try VectorFunction(dimension: 1 + count + template.count) { trace in
            let time = trace.input()
            let state = Value.vector(Entries(trace.input(.vector(count))))
            let value = try solver.run(
                trace, [.real(time), state] + template.arguments(from: trace))
            let derivative = value.expression
            guard derivative.count == count else {
                return try solver.located {
                    throw EvaluationError.size(
                        "\(solver.name): dy_dt (\(derivative.count)) and states (\(count)) "
                            + "must match in size")
                }
            }
            return [derivative]
        }
        var settings = settings
        // Stan's tolerances hold for the derivatives too, which makes its steps
        // shorter. For density and gradient as good as Stan's, methods of order 5
        // get a tenth (measured with Lotka and Volterra's equations at 1e-6; the
        // method of order 8 gives as much without).
        switch scheme {
        case .dormandPrince, .cashKarp:
            settings.relativeTolerance /= 10
            settings.absoluteTolerance = settings.absoluteTolerance.map { $0 / 10 }
        case .dormandPrince853, .radau: break
        }
        settings.isStopped = solver.isStopped
        settings.stopped = Cancelled()
        let equation = TracedODE(
            rightSide: rightSide, stateCount: count, timeCount: times.count,
            initial: initial.numbers, start: start.constant, times: times.numbers,
            scheme: scheme, settings: settings,
            check: { try check(solver, $0, $1, $2) }, failure: { failure(solver, $0) })
        let states = try Traced.external(
            equation, Entries.joined(inputs).vector, .vector(count * times.count))
        return arrayOfStates(states, count, times.count)
    }

    /// An array of vectors from their entries, one after the other.
    static func arrayOfStates(_ states: Traced, _ count: Int, _ times: Int) -> Value {
        .array(
            (0..<times).map { i in
                .vector(Entries(states.gather(Array(i * count..<(i + 1) * count))))
            })
    }

    private static func check(
        _ solver: SolverCall, _ initial: [Double], _ start: Double, _ times: [Double]
    ) throws {
        try solver.requireFinite("initial state", initial)
        try checkTimes(solver, start, times)
    }

    static func checkTimes(
        _ solver: SolverCall, _ start: Double, _ times: [Double]
    ) throws {
        try solver.requireFinite("initial time", [start])
        try solver.requireFinite("times", times)
        for i in times.indices.dropFirst() where times[i] < times[i - 1] {
            try solver.reject(
                "times is not a valid sorted vector. The element at \(i + 1) is "
                    + "\(formatted(times[i])), but should be greater than or equal to the "
                    + "previous element, \(formatted(times[i - 1]))")
        }
        if let first = times.first, !(start < first) {
            try solver.reject(
                "initial time is \(formatted(start)), but must be less than \(formatted(first))")
        }
    }

    static func failure(_ solver: SolverCall, _ failure: ODEFailure) -> any Error {
        switch failure {
        case .tooManySteps(_, let time):
            return solver.rejection(
                "\(solver.name): Failed to integrate to next output time (\(formatted(time))) in "
                    + "less than max_num_steps steps")
        case .stepTooSmall(let time):
            return solver.rejection(
                "\(solver.name): no step is small enough at time \(formatted(time)); the solution "
                    + "or the right-hand side is not finite there")
        case .notFinite(let time):
            return solver.rejection(
                "\(solver.name): the right-hand side is not finite at time \(formatted(time))")
        case .singular(let time):
            return solver.rejection(
                "\(solver.name): the equations of a step are singular at time \(formatted(time))")
        }
    }
}
