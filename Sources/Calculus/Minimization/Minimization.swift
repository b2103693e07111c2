// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import LinearAlgebra

/// How a minimum is looked for.
public enum MinimizationMethod: Hashable, Sendable {
    /// Steps against the gradient, of `rate` times the gradient; `momentum`
    /// keeps that share of the step before (Polyak's heavy ball).
    case gradientDescent(rate: Double, steps: Int, momentum: Double = 0)
    /// The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with a
    /// line search for the strong Wolfe conditions.
    case bfgs(steps: Int = 1000)
    /// The simplex of Nelder and Mead, without derivatives, with coefficients
    /// that depend on the dimension (Gao and Han 2012). `size` is the length of
    /// the first simplex' sides, relative to the point; `evaluations` the limit.
    case nelderMead(size: Double = 0.1, evaluations: Int = 100_000)
}

/// Why a minimiser stopped.
public enum StoppingReason: String, Hashable, Sendable {
    /// The gradient is 0 to the tolerance: a stationary point.
    case smallGradient = "the gradient is small"
    /// The simplex has shrunk to the tolerance.
    case smallSimplex = "the simplex is small"
    /// No step lowers the value: as close as rounding allows.
    case noProgress = "no step lowers the value further"
    /// The steps or evaluations are used up.
    case limit = "the limit of steps was reached"
    /// The values grow without end: the rate is too large, or there is no minimum.
    case divergence = "the values diverge"
}

/// Where a minimiser went and what it found.
public struct Minimization: Sendable {
    /// The best point seen.
    public let minimum: Vector
    /// The value there.
    public let value: Double
    /// The gradient's norm there; nil without derivatives.
    public let gradientNorm: Double?
    /// The points after each step, the start first; of very long paths every
    /// k-th, and the last.
    public let points: [Vector]
    /// The values at `points`.
    public let values: [Double]
    public let steps: Int
    /// How often the function (with its gradient, if used) was computed.
    public let evaluations: Int
    public let reason: StoppingReason

    /// Whether a stationary point was found.
    public var isConverged: Bool {
        reason == .smallGradient || reason == .smallSimplex || reason == .noProgress
    }
}

extension Minimization: CustomStringConvertible {
    public var description: String {
        "minimum \(value) at \(minimum) after \(steps) steps, \(evaluations) evaluations: "
            + reason.rawValue
    }
}

/// A minimum of a function of a vector, its gradient by automatic
/// differentiation.
///
///     let path = try minimize(from: [-1.2, 1], method: .bfgs()) { p in
///         square(1 - p[0]) + 100 * square(p[1] - square(p[0]))
///     }
///     path.minimum        // [1, 1]
///
/// A value that is not finite counts as too high: a step that leaves the domain
/// is shortened (BFGS, Nelder–Mead) or ends the search (gradient descent).
/// - Parameter tolerance: stop when no entry of the gradient is larger than
///   this, relative to the size of the value and of the point's entry; for
///   Nelder–Mead when neither values nor points differ by more.
/// - Throws: what the function throws; a `ParameterError` for bad arguments; a
///   `NumericalError` when the value at the start is not finite.
public func minimize(
    from start: Vector, method: MinimizationMethod = .bfgs(), tolerance: Double = 1e-8,
    _ function: @escaping @Sendable (Traced) throws -> Traced
) throws -> Minimization {
    let dimension = start.count
    guard dimension > 0 else {
        throw ParameterError("start", is: "empty", mustBe: "a point with at least one entry")
    }
    let traced = try DifferentiableFunction(dimension: dimension) {
        try function($0.input(.vector(dimension)))
    }
    return try minimize(traced, from: start, method: method, tolerance: tolerance)
}

/// As above, for a function that is traced already, such as a log density
/// turned around.
public func minimize(
    _ function: DifferentiableFunction, from start: Vector, method: MinimizationMethod = .bfgs(),
    tolerance: Double = 1e-8
) throws -> Minimization {
    guard start.count == function.dimension else {
        throw ParameterError(
            "number of entries of start", is: start.count, mustBe: "\(function.dimension)")
    }
    let evaluator = function.makeEvaluator()
    return try minimize(from: start, method: method, tolerance: tolerance) {
        point, gradient in
        do {
            return try evaluator.evaluate(at: point.elements, gradient: &gradient.elements)
        } catch is Rejection {
            return .infinity
        }
    }
}

/// As above, for a function given by its values alone: Nelder–Mead.
public func minimize(
    from start: Vector, size: Double = 0.1, evaluations: Int = 100_000, tolerance: Double = 1e-8,
    values function: (Vector) throws -> Double
) throws -> Minimization {
    try minimize(
        from: start, method: .nelderMead(size: size, evaluations: evaluations),
        tolerance: tolerance
    ) { point, _ in try function(point) }
}

/// As above, for a function that writes its gradient. Nelder–Mead does not read
/// it.
public func minimize(
    from start: Vector, method: MinimizationMethod, tolerance: Double = 1e-8,
    valueAndGradient function: (Vector, inout Vector) throws -> Double
) throws -> Minimization {
    guard !start.isEmpty, start.allSatisfy(\.isFinite) else {
        throw ParameterError("start", is: start, mustBe: "a point with finite entries")
    }
    guard tolerance >= 0, tolerance < 1 else {
        throw ParameterError("tolerance", is: tolerance, mustBe: "from 0 to 1")
    }
    return try withoutActuallyEscaping(function) { function in
        let objective = Objective(function, tolerance: tolerance)
        guard try objective.evaluate(start).value.isFinite else {
            throw NumericalError(
                "minimize", "the value at the start \(start) is not finite; begin elsewhere")
        }
        switch method {
        case .gradientDescent(let rate, let steps, let momentum):
            return try gradientDescent(
                objective, from: start, rate: rate, steps: steps, momentum: momentum)
        case .bfgs(let steps): return try bfgs(objective, from: start, steps: steps)
        case .nelderMead(let size, let evaluations):
            return try nelderMead(objective, from: start, size: size, limit: evaluations)
        }
    }
}

/// A function with a count of its evaluations and the best point seen.
final class Objective {
    let tolerance: Double
    private let function: (Vector, inout Vector) throws -> Double
    private(set) var evaluations = 0
    private(set) var best: (point: Vector, value: Double, gradient: Vector)?

    init(_ function: @escaping (Vector, inout Vector) throws -> Double, tolerance: Double) {
        self.function = function
        self.tolerance = tolerance
    }

    /// The value, +∞ where it is not a number, and the gradient.
    func evaluate(_ point: Vector) throws -> (value: Double, gradient: Vector) {
        evaluations += 1
        var gradient = Vector.zeros(point.count)
        let value = try function(point, &gradient)
        guard value.isFinite, gradient.allSatisfy(\.isFinite) else {
            return (value == -.infinity ? -.infinity : .infinity, gradient)
        }
        if best.map({ value <= $0.value }) ?? true { best = (point, value, gradient) }
        return (value, gradient)
    }

    /// Whether a gradient is 0 for practical purposes, scale by scale (Dennis
    /// and Schnabel 1983, 7.2.5).
    func isSmall(_ gradient: Vector, at point: Vector, value: Double) -> Bool {
        zip(gradient, point).allSatisfy { g, x in
            g.magnitude * max(x.magnitude, 1) <= tolerance * max(value.magnitude, 1)
        }
    }
}

/// The points of a path, thinned so that they never are more than 20,000.
struct PathRecorder {
    private(set) var points: [Vector] = []
    private(set) var values: [Double] = []
    private var every = 1
    private var seen = 0
    private var last: (Vector, Double)?

    mutating func add(_ point: Vector, _ value: Double) {
        last = (point, value)
        if seen % every == 0 {
            points.append(point)
            values.append(value)
            if points.count > 20_000 {
                points = stride(from: 0, to: points.count, by: 2).map { points[$0] }
                values = stride(from: 0, to: values.count, by: 2).map { values[$0] }
                every *= 2
            }
        }
        seen += 1
    }

    func result(
        _ objective: Objective, steps: Int, reason: StoppingReason, hasGradient: Bool = true
    ) -> Minimization {
        var (points, values) = (self.points, self.values)
        if let last, points.last != last.0 {
            points.append(last.0)
            values.append(last.1)
        }
        let best = objective.best
        return Minimization(
            minimum: best?.point ?? points.first ?? [], value: best?.value ?? .nan,
            gradientNorm: hasGradient ? best?.gradient.norm : nil, points: points, values: values,
            steps: steps, evaluations: objective.evaluations, reason: reason)
    }
}
