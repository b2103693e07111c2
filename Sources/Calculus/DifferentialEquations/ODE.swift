// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import LinearAlgebra
import Randomness

/// How an ordinary differential equation is stepped.
public enum ODEMethod: String, Hashable, Sendable, CaseIterable {
    /// Runge–Kutta–Fehlberg of order 4 with an error estimate of order 5: the
    /// first choice.
    case rungeKutta45
    /// Runge–Kutta of order 8 (Prince and Dormand 1981): for high accuracy.
    case rungeKutta8
}

/// The solution of an ordinary differential equation at the times asked for.
public struct ODESolution: Sendable {
    public let times: [Double]
    /// The state at each time.
    public let states: [Vector]
    /// How often the right side was computed.
    public let evaluations: Int
}

/// Solves y′ = f(t, y) from an initial state, with steps that adapt (GSL's
/// `odeiv2`).
///
///     // A swing: y″ = −y.
///     let swing = try solveODE(from: 0, initial: [1, 0], at: [.pi]) { t, y in [y[1], -y[0]] }
///     swing.states[0]         // [−1, 0]
///
/// - Parameters:
///   - times: in order, away from `start` in one direction.
///   - relativeError, absoluteError: of one step, entry by entry; the errors of
///     many steps add up.
///   - maximumSteps: between two of the times.
/// - Throws: what the right side throws; a `ParameterError` for bad arguments; a
///   `ShapeError` when the right side has not as many entries as the state; a
///   `NumericalError` that says how far it came when the steps run out, the
///   right side is not finite however small the step, or the solution grows
///   without end.
public func solveODE(
    from start: Double, initial: Vector, at times: [Double], method: ODEMethod = .rungeKutta45,
    relativeError: Double = 1e-8, absoluteError: Double = 1e-10, maximumSteps: Int = 100_000,
    _ rightSide: (Double, Vector) throws -> Vector
) throws -> ODESolution {
    guard start.isFinite else { throw ParameterError("from", is: start, mustBe: "finite") }
    guard !initial.isEmpty, initial.allSatisfy(\.isFinite) else {
        throw ParameterError("initial", is: initial, mustBe: "a state with finite entries")
    }
    let direction: Double = (times.last ?? start) < start ? -1 : 1
    var before = start
    for time in times {
        guard time.isFinite, (time - before) * direction >= 0 else {
            throw ParameterError(
                "times", is: time, mustBe: "finite and in order, in one direction from \(start)")
        }
        before = time
    }
    guard relativeError >= 1e-14, relativeError < 1 else {
        throw ParameterError("relativeError", is: relativeError, mustBe: "from 1e-14 to 1")
    }
    guard absoluteError > 0, absoluteError.isFinite else {
        throw ParameterError("absoluteError", is: absoluteError, mustBe: "positive and finite")
    }
    guard (1...1_000_000_000).contains(maximumSteps) else {
        throw ParameterError("maximumSteps", is: maximumSteps, mustBe: "from 1 to 1,000,000,000")
    }
    _ = GSL.ready
    return try withoutActuallyEscaping(rightSide) { rightSide in
        let equation = Equation(rightSide, dimension: initial.count)
        var system = gsl_odeiv2_system(
            function: { t, y, derivative, context in
                guard let context, let y, let derivative else { return Int32(GSL_EBADFUNC) }
                return Unmanaged<Equation>.fromOpaque(context).takeUnretainedValue()
                    .evaluate(t, y, derivative)
            }, jacobian: nil, dimension: initial.count,
            params: Unmanaged.passUnretained(equation).toOpaque())
        let span = ((times.last ?? start) - start).magnitude
        return try withUnsafePointer(to: &system) { system in
            let type = method == .rungeKutta45 ? gsl_odeiv2_step_rkf45 : gsl_odeiv2_step_rk8pd
            guard
                let driver = gsl_odeiv2_driver_alloc_y_new(
                    system, type, direction * max(span * 1e-3, 1e-300), absoluteError,
                    relativeError)
            else { throw NumericalError("solveODE", "no memory for the steps") }
            defer { gsl_odeiv2_driver_free(driver) }
            gsl_odeiv2_driver_set_nmax(driver, UInt(maximumSteps))
            var time = start
            var state = initial.elements
            var states: [Vector] = []
            for next in times {
                if next != time {
                    let status = withExtendedLifetime(equation) {
                        gsl_odeiv2_driver_apply(driver, &time, next, &state)
                    }
                    try equation.check()
                    guard status == 0, state.allSatisfy(\.isFinite) else {
                        throw failure(status, time, state)
                    }
                }
                states.append(Vector(state))
            }
            return ODESolution(times: times, states: states, evaluations: equation.evaluations)
        }
    }
}

private func failure(_ status: Int32, _ time: Double, _ state: [Double]) -> NumericalError {
    let reason: String
    switch status {
    case Int32(GSL_EMAXITER):
        reason =
            "the steps ran out; the solution may grow without end, or the equation be stiff"
    case Int32(GSL_ENOPROG), Int32(GSL_FAILURE), Int32(GSL_SUCCESS):
        reason = "no step is small enough; the solution or the right side is not finite here"
    default: reason = gsl_strerror(status).map { String(cString: $0) } ?? "failed"
    }
    return NumericalError("solveODE", "\(reason); reached t = \(time) with y = \(Vector(state))")
}

/// The right side as GSL calls it; see ``Integrand``.
private final class Equation {
    private let rightSide: (Double, Vector) throws -> Vector
    private let dimension: Int
    private var error: (any Error)?
    private(set) var evaluations = 0

    init(_ rightSide: @escaping (Double, Vector) throws -> Vector, dimension: Int) {
        self.rightSide = rightSide
        self.dimension = dimension
    }

    func evaluate(
        _ time: Double, _ y: UnsafePointer<Double>, _ derivative: UnsafeMutablePointer<Double>
    ) -> Int32 {
        guard error == nil else { return Int32(GSL_EBADFUNC) }
        evaluations += 1
        do {
            let state = Vector(UnsafeBufferPointer(start: y, count: dimension))
            let result = try rightSide(time, state)
            guard result.count == dimension else {
                throw ShapeError(
                    "solveODE", left: "a state of \(dimension)",
                    right: "a right side of \(result.count)",
                    requirement: "they must have as many entries")
            }
            for i in 0..<dimension { derivative[i] = result[i] }
            // Not finite: GSL tries a smaller step.
            return result.allSatisfy(\.isFinite) ? Int32(GSL_SUCCESS) : Int32(GSL_EFAILED)
        } catch {
            self.error = error
            return Int32(GSL_EBADFUNC)
        }
    }

    func check() throws { if let error { throw error } }
}
