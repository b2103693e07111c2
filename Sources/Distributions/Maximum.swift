// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A log likelihood of a few parameters with its derivatives.
struct Likelihood {
    var value: Double
    var gradient: [Double]
    /// Row by row; symmetric.
    var hessian: [[Double]]
}

/// The maximum of a smooth function of up to a handful of parameters by
/// Newton's method: steps shortened until the value grows, the Hessian moved
/// towards a negative multiple of the identity where it is not negative
/// definite. Returns the place and the inverse of minus the Hessian there.
///
/// - Parameter what: names the fit in the error when there is no maximum.
func maximum(
    of what: String, from start: [Double], _ likelihood: ([Double]) -> Likelihood
) throws(NumericalError) -> (point: [Double], covariance: [[Double]]) {
    var point = start
    var current = likelihood(point)
    for _ in 0..<200 {
        var damping = 0.0
        var step: [Double]?
        while step == nil, damping < 1e12 {
            var negative = current.hessian.map { $0.map { -$0 } }
            for i in point.indices { negative[i][i] += damping * max(1, abs(negative[i][i])) }
            step = solvePositive(negative, current.gradient)
            damping = damping == 0 ? 1e-3 : damping * 10
        }
        guard let step, current.value.isFinite else { break }
        // The gain that the quadratic model expects, in log likelihood.
        let gain = 0.5 * zip(step, current.gradient).reduce(0) { $0 + $1.0 * $1.1 }
        if gain < 1e-22 * max(1, abs(current.value)), damping <= 1e-3 {
            return try (point, covariance(of: what, current))
        }
        var fraction = 1.0
        var improved = false
        while fraction > 1e-10 {
            let moved = zip(point, step).map { $0 + fraction * $1 }
            let next = likelihood(moved)
            if next.value.isFinite, next.value >= current.value - 1e-15 * abs(current.value) {
                improved = true
                point = moved
                current = next
                break
            }
            fraction *= 0.5
        }
        if !improved || gain < 1e-13 * max(1, abs(current.value)), damping <= 1e-3, gain < 1e-9 {
            return try (point, covariance(of: what, current))
        }
        if point.contains(where: { abs($0) > 60 }) { break }
    }
    throw NumericalError(what, "the likelihood has no maximum inside the family for these data")
}

private func covariance(of what: String, _ at: Likelihood) throws(NumericalError) -> [[Double]] {
    let negative = at.hessian.map { $0.map { -$0 } }
    var columns: [[Double]] = []
    for i in at.gradient.indices {
        var unit = [Double](repeating: 0, count: at.gradient.count)
        unit[i] = 1
        guard let column = solvePositive(negative, unit) else {
            throw NumericalError(what, "the likelihood is flat at its maximum")
        }
        columns.append(column)
    }
    return columns
}

/// A⁻¹ b for a positive definite A, by Cholesky's method; nil if it is not.
func solvePositive(_ a: [[Double]], _ b: [Double]) -> [Double]? {
    guard let l = choleskyFactor(a) else { return nil }
    return solveTransposed(l, solveLower(l, b))
}

/// The lower Cholesky factor of a symmetric matrix given by rows; nil if it is
/// not positive definite.
func choleskyFactor(_ a: [[Double]]) -> [[Double]]? {
    let n = a.count
    var l = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
        for j in 0...i {
            var sum = a[i][j]
            for k in 0..<j { sum -= l[i][k] * l[j][k] }
            if i == j {
                guard sum > 0, sum.isFinite else { return nil }
                l[i][i] = sum.squareRoot()
            } else {
                l[i][j] = sum / l[j][j]
            }
        }
    }
    return l
}

/// L⁻¹ b.
func solveLower(_ l: [[Double]], _ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
        for k in 0..<i { x[i] -= l[i][k] * x[k] }
        x[i] /= l[i][i]
    }
    return x
}

/// L⁻ᵀ b.
func solveTransposed(_ l: [[Double]], _ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices.reversed() {
        for k in (i + 1)..<x.count { x[i] -= l[k][i] * x[k] }
        x[i] /= l[i][i]
    }
    return x
}
