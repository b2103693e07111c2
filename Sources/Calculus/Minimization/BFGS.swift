// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import LinearAlgebra

/// BFGS with the inverse Hessian (Nocedal and Wright 2006, algorithm 6.1): H
/// starts as the unit matrix, is scaled once by sᵀy/yᵀy, and is updated where
/// the curvature sᵀy is positive.
func bfgs(_ objective: Objective, from start: Vector, steps: Int) throws -> Minimization {
    guard (0...1_000_000_000).contains(steps) else {
        throw ParameterError("steps", is: steps, mustBe: "from 0 to 1,000,000,000")
    }
    let n = start.count
    var path = PathRecorder()
    var point = start
    var (value, gradient) = try objective.evaluate(point)
    var inverse = Matrix.identity(n)
    var isFresh = true
    path.add(point, value)
    for taken in 0..<steps {
        if objective.isSmall(gradient, at: point, value: value) {
            return path.result(objective, steps: taken, reason: .smallGradient)
        }
        var direction = -(try inverse * gradient)
        var slope = try direction.dot(gradient)
        if !(slope < 0) {
            // Rounding has spoilt H: begin again along the gradient.
            inverse = .identity(n)
            isFresh = true
            direction = -gradient
            slope = try direction.dot(gradient)
        }
        let first = isFresh ? min(1, 1 / max(gradient.norm, 1e-300)) : 1
        var search = LineSearch(objective, from: point, value, along: direction, slope)
        guard let found = try search.run(first: first) else {
            if isFresh { return path.result(objective, steps: taken, reason: .noProgress) }
            inverse = .identity(n)
            isFresh = true
            continue
        }
        if found.value == -.infinity {
            return path.result(objective, steps: taken + 1, reason: .divergence)
        }
        let s = try found.point - point
        let y = try found.gradient - gradient
        let curvature = try s.dot(y)
        if curvature > 1e-14 * s.norm * y.norm {
            if isFresh { inverse = inverse * (curvature / (try y.dot(y))) }
            isFresh = false
            update(&inverse, s, try inverse * y, curvature, try y.dot(inverse * y))
        }
        (point, value, gradient) = (found.point, found.value, found.gradient)
        path.add(point, value)
    }
    let isSmall = objective.isSmall(gradient, at: point, value: value)
    return path.result(objective, steps: steps, reason: isSmall ? .smallGradient : .limit)
}

/// H ← (1 − s·yᵀ/c)·H·(1 − y·sᵀ/c) + s·sᵀ/c, multiplied out.
private func update(
    _ inverse: inout Matrix, _ s: Vector, _ hy: Vector, _ curvature: Double, _ yhy: Double
) {
    let factor = (1 + yhy / curvature) / curvature
    for j in s.indices {
        for i in s.indices {
            inverse[i, j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature
        }
    }
}

/// A step length that satisfies the strong Wolfe conditions (Nocedal and Wright
/// 2006, algorithms 3.5 and 3.6): the value falls enough, the slope flattens.
struct LineSearch {
    struct Trial {
        var step: Double
        var value: Double
        var slope: Double
        var point: Vector
        var gradient: Vector
    }

    private let objective: Objective
    private let start: Trial
    private let direction: Vector
    private let decrease = 1e-4
    private let flattening = 0.9

    init(
        _ objective: Objective, from point: Vector, _ value: Double, along direction: Vector,
        _ slope: Double
    ) {
        self.objective = objective
        self.direction = direction
        start = Trial(step: 0, value: value, slope: slope, point: point, gradient: [])
    }

    /// Nil when no step along the direction lowers the value.
    mutating func run(first: Double) throws -> Trial? {
        var before = start
        var step = first
        for _ in 0..<50 {
            let trial = try at(step)
            if trial.value == -.infinity { return trial }
            if !fallsEnough(trial) || (before.step > 0 && trial.value >= before.value) {
                return try zoom(before, trial)
            }
            if trial.slope.magnitude <= -flattening * start.slope { return trial }
            if trial.slope >= 0 { return try zoom(trial, before) }
            before = trial
            step *= 2.5
        }
        return before.step > 0 ? before : nil
    }

    private func at(_ step: Double) throws -> Trial {
        let point = try start.point + step * direction
        guard point.allSatisfy(\.isFinite) else {
            return Trial(
                step: step, value: .infinity, slope: .infinity, point: point, gradient: direction)
        }
        let (value, gradient) = try objective.evaluate(point)
        return Trial(
            step: step, value: value, slope: try gradient.dot(direction), point: point,
            gradient: gradient)
    }

    private func fallsEnough(_ trial: Trial) -> Bool {
        trial.value <= start.value + decrease * trial.step * start.slope
    }

    /// Between a good end (`low`, lowest value so far) and another.
    private func zoom(_ good: Trial, _ other: Trial) throws -> Trial? {
        var low = good
        var high = other
        for _ in 0..<60 {
            let width = (high.step - low.step).magnitude
            guard width > 1e-16 * max(low.step, high.step) else { break }
            let trial = try at(between(low, high))
            if !fallsEnough(trial) || trial.value >= low.value {
                high = trial
            } else {
                if trial.slope.magnitude <= -flattening * start.slope { return trial }
                if trial.slope * (high.step - low.step) >= 0 { high = low }
                low = trial
            }
        }
        return low.step > 0 && low.value < start.value ? low : nil
    }

    /// The minimum of the cubic through values and slopes, kept away from the
    /// ends; the middle where there is none.
    private func between(_ a: Trial, _ b: Trial) -> Double {
        let middle = (a.step + b.step) / 2
        guard b.value.isFinite, b.slope.isFinite else {
            // Out of the domain: come back quickly.
            return a.step + 0.1 * (b.step - a.step)
        }
        let d = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step)
        let square = d * d - a.slope * b.slope
        guard square >= 0 else { return middle }
        let root = (b.step > a.step ? 1 : -1) * square.squareRoot()
        let step =
            b.step - (b.step - a.step) * (b.slope + root - d) / (b.slope - a.slope + 2 * root)
        let margin = 0.1 * (b.step - a.step).magnitude
        guard step.isFinite, step > min(a.step, b.step) + margin,
            step < max(a.step, b.step) - margin
        else { return middle }
        return step
    }
}
