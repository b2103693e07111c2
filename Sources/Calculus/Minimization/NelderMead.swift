// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import LinearAlgebra

/// The simplex method of Nelder and Mead (1965) with the coefficients of Gao
/// and Han (2012): reflection 1, expansion 1 + 2/n, contraction ¾ − 1/(2n),
/// shrinkage 1 − 1/n.
func nelderMead(
    _ objective: Objective, from start: Vector, size: Double, limit: Int
) throws -> Minimization {
    guard size > 0, size.isFinite else {
        throw ParameterError("size", is: size, mustBe: "positive and finite")
    }
    let n = start.count
    guard limit > n, limit <= 1_000_000_000 else {
        throw ParameterError("evaluations", is: limit, mustBe: "from \(n + 1) to 1,000,000,000")
    }
    let spread = Double(max(n, 2))
    let (expansion, contraction) = (1 + 2 / spread, 0.75 - 0.5 / spread)
    let shrinkage = 1 - 1 / spread
    var path = PathRecorder()
    var simplex: [(point: Vector, value: Double)] = []
    func value(_ point: Vector) throws -> Double {
        point.allSatisfy(\.isFinite) ? try objective.evaluate(point).value : .infinity
    }
    for i in -1..<n {
        var point = start
        if i >= 0 { point[i] += size * max(point[i].magnitude, 1) }
        simplex.append((point, try value(point)))
    }
    simplex.sort { $0.value < $1.value }
    path.add(simplex[0].point, simplex[0].value)
    var steps = 0
    while objective.evaluations < limit {
        if simplex[0].value == -.infinity {
            return path.result(objective, steps: steps, reason: .divergence, hasGradient: false)
        }
        if isSmall(simplex, objective.tolerance) {
            return path.result(objective, steps: steps, reason: .smallSimplex, hasGradient: false)
        }
        steps += 1
        let worst = simplex[n]
        var centre = Vector.zeros(n)
        for vertex in simplex.dropLast() { centre = try centre + vertex.point / Double(n) }
        func along(_ factor: Double) throws -> (point: Vector, value: Double) {
            let point = try centre + factor * (centre - worst.point)
            return (point, try value(point))
        }
        let reflected = try along(1)
        if reflected.value < simplex[0].value {
            let expanded = try along(expansion)
            simplex[n] = expanded.value < reflected.value ? expanded : reflected
        } else if reflected.value < simplex[n - 1].value {
            simplex[n] = reflected
        } else {
            let outside = reflected.value < worst.value
            let contracted = try along(outside ? contraction : -contraction)
            if contracted.value < min(reflected.value, worst.value) {
                simplex[n] = contracted
            } else {
                for i in 1...n {
                    let point =
                        try simplex[0].point
                        + shrinkage * (simplex[i].point - simplex[0].point)
                    simplex[i] = (point, try value(point))
                }
            }
        }
        simplex.sort { $0.value < $1.value }
        if simplex[0].point != path.points.last { path.add(simplex[0].point, simplex[0].value) }
    }
    return path.result(objective, steps: steps, reason: .limit, hasGradient: false)
}

/// Values and points differ by no more than the tolerance, relative to their size.
private func isSmall(_ simplex: [(point: Vector, value: Double)], _ tolerance: Double) -> Bool {
    let best = simplex[0]
    guard let worst = simplex.last, worst.value.isFinite else { return false }
    guard worst.value - best.value <= tolerance * max(best.value.magnitude, 1) else { return false }
    return simplex.allSatisfy { vertex in
        zip(vertex.point, best.point).allSatisfy {
            ($0 - $1).magnitude <= tolerance.squareRoot() * max($1.magnitude, 1)
        }
    }
}
