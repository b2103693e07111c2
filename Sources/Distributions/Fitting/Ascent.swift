// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Climbs a smooth function of a few coordinates to its maximum.
///
/// Goals: the maximum to nearly full accuracy with values alone; no tuning.
/// Newton's method with central differences whose steps are a tenth of a
/// standard error (of 1/√curvature), and at most 0.03, where values accurate to rounding give
/// derivatives of 10 digits and more; Nelder and Mead's simplex first where
/// Newton's method fails.
struct Ascent {
    let function: ([Double]) -> Double
    let dimension: Int
    /// Steps of differences, coordinate by coordinate.
    private var steps: [Double]
    /// A coordinate further from its start than this has run away.
    let reaches: [Double]

    init(reaches: [Double], _ function: @escaping ([Double]) -> Double) {
        self.function = function
        self.reaches = reaches
        dimension = reaches.count
        steps = [Double](repeating: 0.01, count: dimension)
    }

    enum Outcome {
        /// Point, value and the inverse of minus the Hessian.
        case maximum([Double], Double, [[Double]])
        /// A coordinate ran away: it, its direction, and the point so far.
        case runaway(Int, upwards: Bool, [Double])
        /// No smooth maximum was found; the best point.
        case stuck([Double])
    }

    mutating func climb(from start: [Double]) -> Outcome {
        if dimension == 0 { return .maximum([], function([]), []) }
        let first = newton(from: start, origin: start)
        var outcome = first
        for round in 0..<3 {
            switch outcome {
            case .maximum: return outcome
            case .runaway(_, _, let point), .stuck(let point):
                // The simplex does not mind edges and kinks.
                let better = simplex(from: round == 0 ? start : point, size: 0.5)
                outcome = newton(from: better, origin: start)
            }
        }
        if case .maximum = outcome { return outcome }
        if case .runaway = first { return first }
        return outcome
    }

    // MARK: Newton

    mutating func newton(from start: [Double], origin: [Double]) -> Outcome {
        var point = start
        var value = function(point)
        guard value.isFinite else { return .stuck(start) }
        steps = [Double](repeating: 0.01, count: dimension)
        var failures = 0
        for iteration in 0..<120 {
            let (gradient, hessian) = derivatives(at: point, value)
            guard gradient.allSatisfy(\.isFinite), hessian.allSatisfy({ $0.allSatisfy(\.isFinite) })
            else {
                // An edge is near: smaller steps, a few times.
                for i in steps.indices { steps[i] *= 0.1 }
                failures += 1
                if failures > 8 { return .stuck(point) }
                continue
            }
            let negative = hessian.map { $0.map { -$0 } }
            let isDefinite = choleskyFactor(negative) != nil
            guard let step = damped(negative, gradient) else { return .stuck(point) }
            let gain = 0.5 * zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
            let size = max(1, abs(value))
            if isDefinite, adapt(negative), iteration < 100 { continue }
            if isDefinite, gain < 1e-19 * size || (gain < 1e-12 * size && failures > 0) {
                let last = zip(point, step).map { $0 + $1 }
                let final = function(last) >= value - 1e-13 * size ? last : point
                return finished(final, origin)
            }
            guard let next = search(point, value, step) else {
                if isDefinite, gain < 1e-9 * size { return finished(point, origin) }
                if failures > 3 { return .stuck(point) }
                failures += 1
                for i in steps.indices { steps[i] *= 0.3 }
                continue
            }
            if next.value <= value + 1e-15 * size { failures += 1 }
            (point, value) = next
            if let i = point.indices.first(where: { abs(point[$0] - origin[$0]) > reaches[$0] }) {
                return .runaway(i, upwards: point[i] > origin[i], point)
            }
        }
        return .stuck(point)
    }

    /// The Hessian at the maximum, anew and with its cross terms refined.
    private mutating func finished(_ point: [Double], _ origin: [Double]) -> Outcome {
        let value = function(point)
        let (_, hessian) = derivatives(at: point, value, refined: true)
        if (0..<dimension).contains(where: { isKink(point, $0) }) { return .stuck(point) }
        let negative = hessian.map { $0.map { -$0 } }
        var columns: [[Double]] = []
        for i in 0..<dimension {
            let unit = (0..<dimension).map { $0 == i ? 1.0 : 0 }
            guard let column = solvePositive(negative, unit) else { return .stuck(point) }
            columns.append(column)
        }
        // A standard error beyond all sense: flat, not a maximum.
        if let i = point.indices.first(where: { columns[$0][$0].squareRoot() > reaches[$0] }) {
            return .runaway(i, upwards: point[i] > origin[i], point)
        }
        return .maximum(point, value, columns)
    }

    /// Whether the second difference depends on the step, as at a kink.
    private func isKink(_ point: [Double], _ i: Int) -> Bool {
        let value = function(point)
        func curvature(_ h: Double) -> Double {
            var (up, down) = (point, point)
            up[i] += h
            down[i] -= h
            return ((function(up) - value) + (function(down) - value)) / (h * h)
        }
        let ratio = curvature(steps[i]) / curvature(0.25 * steps[i])
        return !(ratio > 0.8 && ratio < 1.25)
    }

    /// Sets the steps to a tenth of 1/√curvature; whether one was far off.
    private mutating func adapt(_ negative: [[Double]]) -> Bool {
        var changed = false
        for i in 0..<dimension {
            let wanted = min(max(0.1 / negative[i][i].squareRoot(), 1e-7), 0.03)
            if wanted > 5 * steps[i] || wanted < 0.2 * steps[i] { changed = true }
            steps[i] = wanted
        }
        return changed
    }

    private func damped(_ negative: [[Double]], _ gradient: [Double]) -> [Double]? {
        var damping = 0.0
        while damping < 1e10 {
            var moved = negative
            for i in 0..<dimension { moved[i][i] += damping * max(1e-3, abs(moved[i][i])) }
            if let step = solvePositive(moved, gradient) {
                // No coordinate at once further than its natural size.
                let longest = step.map(abs).max() ?? 0
                return longest > 3 ? step.map { $0 * 3 / longest } : step
            }
            damping = damping == 0 ? 1e-3 : damping * 10
        }
        return nil
    }

    private func search(
        _ point: [Double], _ value: Double, _ step: [Double]
    ) -> (point: [Double], value: Double)? {
        var fraction = 1.0
        while fraction > 1e-9 {
            let moved = zip(point, step).map { $0 + fraction * $1 }
            let next = function(moved)
            if next.isFinite, next >= value - 1e-15 * abs(value) { return (moved, next) }
            fraction *= fraction > 0.2 ? 0.5 : 0.2
        }
        return nil
    }

    // MARK: Differences

    /// Gradient of order 6 and Hessian of order 6 on the diagonal, 2 (or
    /// refined 4) beside it.
    func derivatives(
        at point: [Double], _ value: Double, refined: Bool = false
    ) -> (gradient: [Double], hessian: [[Double]]) {
        var gradient = [Double](repeating: 0, count: dimension)
        var hessian = [[Double]](repeating: gradient, count: dimension)
        func at(_ moves: (Int, Double)...) -> Double {
            var moved = point
            for (i, h) in moves { moved[i] += h }
            // Small differences keep the digits that a large value would cost.
            return function(moved) - value
        }
        for i in 0..<dimension {
            let h = steps[i]
            let (p1, m1) = (at((i, h)), at((i, -h)))
            let (p2, m2) = (at((i, 2 * h)), at((i, -2 * h)))
            let (p3, m3) = (at((i, 3 * h)), at((i, -3 * h)))
            gradient[i] = (45 * (p1 - m1) - 9 * (p2 - m2) + (p3 - m3)) / (60 * h)
            hessian[i][i] =
                (270 * (p1 + m1) - 27 * (p2 + m2) + 2 * (p3 + m3)) / (180 * h * h)
            for j in 0..<i {
                func cross(_ factor: Double) -> Double {
                    let (a, b) = (factor * h, factor * steps[j])
                    return
                        (at((i, a), (j, b)) - at((i, a), (j, -b)) - at((i, -a), (j, b))
                        + at((i, -a), (j, -b))) / (4 * a * b)
                }
                let first = cross(1)
                let value = refined ? (4 * first - cross(2)) / 3 : first
                hessian[i][j] = value
                hessian[j][i] = value
            }
        }
        return (gradient, hessian)
    }

    // MARK: Simplex

    /// Nelder and Mead's simplex, coefficients by dimension (Gao and Han 2012).
    func simplex(from start: [Double], size: Double) -> [Double] {
        let n = Double(dimension)
        let (expand, contract, shrink) = (
            dimension > 1 ? 1 + 2 / n : 2, dimension > 1 ? 0.75 - 0.5 / n : 0.5,
            dimension > 1 ? 1 - 1 / n : 0.5
        )
        var corners = [(start, function(start))]
        for i in 0..<dimension {
            var corner = start
            corner[i] += size
            corners.append((corner, function(corner)))
        }
        for _ in 0..<(400 * dimension) {
            corners.sort { $0.1 > $1.1 }
            let best = corners[0], worst = corners[dimension]
            let spread =
                (0..<dimension).map { i in
                    corners.map { abs($0.0[i] - best.0[i]) }.max() ?? 0
                }.max() ?? 0
            if spread < 1e-8 { break }
            let middle = (0..<dimension).map { i in
                corners.dropLast().reduce(0) { $0 + $1.0[i] } / n
            }
            func along(_ t: Double) -> ([Double], Double) {
                let corner = (0..<dimension).map { middle[$0] + t * (worst.0[$0] - middle[$0]) }
                return (corner, function(corner))
            }
            let reflected = along(-1)
            if reflected.1 > best.1 {
                let expanded = along(-expand)
                corners[dimension] = expanded.1 > reflected.1 ? expanded : reflected
            } else if reflected.1 > corners[dimension - 1].1 {
                corners[dimension] = reflected
            } else {
                let contracted = along(reflected.1 > worst.1 ? -contract : contract)
                if contracted.1 > max(worst.1, reflected.1) || contracted.1 > worst.1 {
                    corners[dimension] = contracted
                } else {
                    for k in 1...dimension {
                        let corner = (0..<dimension).map {
                            best.0[$0] + shrink * (corners[k].0[$0] - best.0[$0])
                        }
                        corners[k] = (corner, function(corner))
                    }
                }
            }
        }
        return corners.max { $0.1 < $1.1 }?.0 ?? start
    }
}
