// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import LinearAlgebra

/// How an ordinary differential equation is stepped.
public enum ODEMethod: String, Hashable, Sendable, CaseIterable {
    /// Runge–Kutta of order 5 with an error estimate of order 4 (Dormand and Prince
    /// 1980): the first choice.
    case rungeKutta45
    /// Runge–Kutta of order 8 (Prince and Dormand 1981): for high accuracy.
    case rungeKutta8
    /// Radau IIA of order 5, implicit: for stiff equations, those with parts that
    /// decay far faster than what one wants to see. Its Jacobian comes from
    /// differences.
    case radau
}

/// The solution of an ordinary differential equation at the times asked for.
public struct ODESolution: Sendable {
    public let times: [Double]
    /// The state at each time.
    public let states: [Vector]
    /// How often the right side was computed.
    public let evaluations: Int
}

/// Solves y′ = f(t, y) from an initial state, with steps that adapt. The explicit
/// methods step past the times and interpolate, so that many times cost little.
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
    return try withoutActuallyEscaping(rightSide) { rightSide in
        let equation = ClosureRightSide(rightSide, dimension: initial.count)
        let scheme: ODEScheme
        switch method {
        case .rungeKutta45: scheme = .dormandPrince
        case .rungeKutta8: scheme = .dormandPrince853
        case .radau: scheme = .radau
        }
        let integrator = scheme.integrator(equation)
        let settings = ODESettings(
            relativeTolerance: relativeError, absoluteTolerance: [absoluteError],
            maximumSteps: maximumSteps)
        let n = initial.count
        var output = [Double](repeating: 0, count: n * times.count)
        do {
            try integrator.solve(
                from: start, initial.elements, at: times, count: times.count, settings,
                into: &output)
        } catch let failure as ODEFailure {
            throw NumericalError(
                "solveODE",
                "\(failure.reason); reached t = \(failure.reached) with "
                    + "y = \(Vector(integrator.reachedState))")
        }
        return ODESolution(
            times: times,
            states: times.indices.map { Vector(Array(output[$0 * n..<($0 + 1) * n])) },
            evaluations: equation.evaluations)
    }
}

extension ODEFailure {
    fileprivate var reason: String {
        switch self {
        case .tooManySteps:
            "the steps ran out; the solution may grow without end, or the equation be stiff"
        case .stepTooSmall, .notFinite:
            "no step is small enough; the solution or the right side is not finite here"
        case .singular: "the equations of an implicit step have no solution"
        }
    }

    fileprivate var reached: Double {
        switch self {
        case .tooManySteps(let time, _), .stepTooSmall(let time), .notFinite(let time),
            .singular(let time):
            time
        }
    }
}

/// A right side that is a closure.
private final class ClosureRightSide: ODERightSide {
    private let rightSide: (Double, Vector) throws -> Vector

    init(_ rightSide: @escaping (Double, Vector) throws -> Vector, dimension: Int) {
        self.rightSide = rightSide
        super.init(dimension: dimension)
    }

    override func evaluate(
        _ time: Double, _ y: UnsafePointer<Double>, into derivative: UnsafeMutablePointer<Double>
    ) throws {
        evaluations += 1
        let state = Vector(UnsafeBufferPointer(start: y, count: dimension))
        let result = try rightSide(time, state)
        guard result.count == dimension else {
            throw ShapeError(
                "solveODE", left: "a state of \(dimension)",
                right: "a right side of \(result.count)",
                requirement: "they must have as many entries")
        }
        for i in 0..<dimension { derivative[i] = result[i] }
    }
}
