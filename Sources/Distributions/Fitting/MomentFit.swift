// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors

extension FamilyFitter {
    /// The parameters that give the distribution the data's moments, as many as
    /// there are free parameters. Standard errors by the jackknife.
    func matching(_ method: FitMethod) throws -> Fit<F> {
        guard sample.censoring == nil, sample.truncation == nil else {
            throw ParameterError(
                "method", is: method.rawValue,
                mustBe: "maximumLikelihood for censored or truncated data")
        }
        if method == .lMoments, sample.weights != nil {
            throw ParameterError(
                "method", is: method.rawValue, mustBe: "another for weighted data")
        }
        let free = likelihood.free
        for position in free {
            if case .whole = F.parameters[position].domain {
                throw ParameterError(
                    "fixed", is: "without \(F.parameters[position].name)",
                    mustBe: "given for a parameter that is a whole number")
            }
        }
        let target = Descriptors.of(sample, method)
        let starts = Starts<F>(summary, fixed: fixed).all()
        let described = starts.map { start in
            likelihood.distribution(start).map { Descriptors.of($0, method) } ?? []
        }
        // A moment that is the same whatever the parameters says nothing.
        let informative = (0..<4).filter { j in
            let seen = Set(described.compactMap { $0.count == 4 && $0[j].isFinite ? $0[j] : nil })
            return seen.count > 1
        }
        guard informative.count >= free.count else {
            throw NumericalError(
                operation, "the family has not enough \(method.words) for \(free.count) parameters")
        }
        let used = Array(informative.prefix(free.count))
        guard used.allSatisfy({ target[$0].isFinite }) else {
            throw ParameterError("data", is: "too few", mustBe: "enough for \(method.words)")
        }
        let scales = (0..<4).map { $0 == 0 ? max(summary.standardDeviation, 1e-300) : 1 }
        func residual(_ values: [Double]) -> [Double]? {
            guard let d = likelihood.distribution(values) else { return nil }
            let all = Descriptors.of(d, method)
            let r = used.map { (all[$0] - target[$0]) / scales[$0] }
            return r.allSatisfy(\.isFinite) ? r : nil
        }
        let ranked = starts.compactMap { start in
            residual(start).map { (start, $0.reduce(0) { $0 + $1 * $1 }) }
        }.sorted { $0.1 < $1.1 }
        let coordinates = free.map {
            Coordinate(F.parameters[$0].domain, center: summary.median, unit: summary.spread)
        }
        func values(_ c: [Double]) -> [Double] { zip(coordinates, c).map { $0.value($1) } }
        for (start, _) in ranked.prefix(5) {
            let c = zip(coordinates, start).map { $0.coordinate(of: $1) }
            guard let root = solve(from: c, { residual(values($0)) }) else { continue }
            let errors = momentErrors(root.jacobian, used, scales, method)
            guard let d = likelihood.distribution(values(root.point)) else { continue }
            let estimates = free.indices.map { i in
                (
                    name: F.parameters[free[i]].name, value: values(root.point)[i],
                    error: abs(coordinates[i].slope(root.point[i])) * errors[i]
                )
            }
            var fit = Fit(d, estimates, logLikelihood: likelihood.of(d), sample: sample)
            fit.method = method
            fit.fixed = fixed.indices.compactMap { i in
                fixed[i].map { (F.parameters[i].name, $0) }
            }
            if fit.logLikelihood == -.infinity {
                fit.notes = ["some of the data are impossible under these parameters"]
            }
            return fit
        }
        throw NumericalError(
            operation, "no parameters give the distribution the \(method.words) of the data")
    }

    /// Newton's method with shortened and damped steps.
    private func solve(
        from start: [Double], _ residual: ([Double]) -> [Double]?
    ) -> (point: [Double], jacobian: [[Double]])? {
        func norm(_ r: [Double]) -> Double { r.reduce(0) { $0 + $1 * $1 } }
        var point = start
        guard var r = residual(point) else { return nil }
        let n = start.count
        for _ in 0..<100 {
            // Columns of the Jacobian by central differences.
            var jacobian = [[Double]](repeating: [], count: n)
            for i in 0..<n {
                let h = 1e-5 * max(1, abs(point[i]))
                var (up, down) = (point, point)
                up[i] += h
                down[i] -= h
                guard let a = residual(up), let b = residual(down) else { return nil }
                for j in 0..<n { jacobian[j].append((a[j] - b[j]) / (2 * h)) }
            }
            if norm(r) < 1e-22 { return (point, jacobian) }
            let before = norm(r)
            var moved = false
            for damping in [0, 1e-8, 1e-4, 1e-2, 1, 100] {
                var normal = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
                var right = [Double](repeating: 0, count: n)
                for i in 0..<n {
                    for k in 0..<n {
                        normal[i][k] = (0..<n).reduce(0) { $0 + jacobian[$1][i] * jacobian[$1][k] }
                    }
                    normal[i][i] += damping * max(normal[i][i], 1e-8)
                    right[i] = -(0..<n).reduce(0) { $0 + jacobian[$1][i] * r[$1] }
                }
                guard let step = solvePositive(normal, right) else { continue }
                let longest = step.map(abs).max() ?? 0
                let factor = longest > 2 ? 2 / longest : 1
                let next = zip(point, step).map { $0 + factor * $1 }
                if let value = residual(next), norm(value) < before {
                    (point, r, moved) = (next, value, true)
                    break
                }
            }
            if !moved { return norm(r) < 1e-16 ? (point, jacobian) : nil }
        }
        return norm(r) < 1e-16 ? nil : nil
    }

    /// Errors of the coordinates from the jackknife of the sample's moments, at
    /// most 200 groups left out in turn.
    private func momentErrors(
        _ jacobian: [[Double]], _ used: [Int], _ scales: [Double], _ method: FitMethod
    ) -> [Double] {
        let n = sample.values.count
        let groups = min(n, 200)
        let k = used.count
        guard n > 4 else { return [Double](repeating: .nan, count: k) }
        let left = (0..<groups).map { group -> [Double] in
            let rest = sample.chosen((0..<n).filter { $0 % groups != group })
            let all = Descriptors.of(rest, method)
            return used.map { all[$0] / scales[$0] }
        }
        let means = (0..<k).map { j in left.reduce(0) { $0 + $1[j] } / Double(groups) }
        // A⁻¹ by columns, then A⁻¹ (s − mean) for each group.
        var sums = [Double](repeating: 0, count: k)
        for row in left {
            let shift = zip(row, means).map { $0 - $1 }
            guard let moved = solveSquare(jacobian, shift) else {
                return [Double](repeating: .nan, count: k)
            }
            for j in 0..<k { sums[j] += moved[j] * moved[j] }
        }
        let factor = Double(groups - 1) / Double(groups)
        return sums.map { (factor * $0).squareRoot() }
    }
}

extension FitMethod {
    /// What is matched, in words.
    var words: String {
        switch self {
        case .maximumLikelihood: "likelihood"
        case .moments: "moments"
        case .lMoments: "L-moments"
        }
    }
}

/// A⁻¹ b by elimination with pivots; nil for a singular matrix.
func solveSquare(_ a: [[Double]], _ b: [Double]) -> [Double]? {
    var a = a
    var b = b
    let n = b.count
    for i in 0..<n {
        guard let pivot = (i..<n).max(by: { abs(a[$0][i]) < abs(a[$1][i]) }),
            abs(a[pivot][i]) > 0
        else { return nil }
        a.swapAt(i, pivot)
        b.swapAt(i, pivot)
        for row in (i + 1)..<max(n, i + 1) {
            let factor = a[row][i] / a[i][i]
            for column in i..<n { a[row][column] -= factor * a[i][column] }
            b[row] -= factor * b[i]
        }
    }
    for i in (0..<n).reversed() {
        for column in (i + 1)..<max(n, i + 1) { b[i] -= a[i][column] * b[column] }
        b[i] /= a[i][i]
    }
    return b
}
