// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import LinearAlgebra

/// x ← x − rate·∇f(x) + momentum·(step before).
///
/// It is here to be watched, so it keeps going where others would stop: at a
/// step that raises the value. It stops when the gradient is small, when the
/// steps are used up, and when the value is no longer finite or has grown past
/// 10¹⁰⁰ times its size at the start.
func gradientDescent(
    _ objective: Objective, from start: Vector, rate: Double, steps: Int, momentum: Double
) throws -> Minimization {
    guard rate > 0, rate.isFinite else {
        throw ParameterError("rate", is: rate, mustBe: "positive and finite")
    }
    guard (0...1_000_000_000).contains(steps) else {
        throw ParameterError("steps", is: steps, mustBe: "from 0 to 1,000,000,000")
    }
    guard momentum >= 0, momentum < 1 else {
        throw ParameterError("momentum", is: momentum, mustBe: "from 0 to below 1")
    }
    var path = PathRecorder()
    var point = start
    var (value, gradient) = try objective.evaluate(point)
    let limit = max(value.magnitude, 1) * 1e100
    var step = Vector.zeros(start.count)
    path.add(point, value)
    for taken in 0..<steps {
        if objective.isSmall(gradient, at: point, value: value) {
            return path.result(objective, steps: taken, reason: .smallGradient)
        }
        for i in point.indices {
            step[i] = momentum * step[i] - rate * gradient[i]
            point[i] += step[i]
        }
        guard point.allSatisfy(\.isFinite) else {
            return path.result(objective, steps: taken + 1, reason: .divergence)
        }
        (value, gradient) = try objective.evaluate(point)
        guard value.magnitude < limit else {
            return path.result(objective, steps: taken + 1, reason: .divergence)
        }
        path.add(point, value)
    }
    let isSmall = objective.isSmall(gradient, at: point, value: value)
    return path.result(objective, steps: steps, reason: isSmall ? .smallGradient : .limit)
}
