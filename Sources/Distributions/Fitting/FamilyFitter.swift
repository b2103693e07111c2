// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors

/// Fits a family to a sample.
struct FamilyFitter<F: DistributionFamily> {
    let sample: FitSample
    let summary: SampleSummary
    let fixed: [Double?]
    let likelihood: FamilyLikelihood<F>
    var operation: String { "\(F.name).fit" }

    init(_ sample: FitSample, fixed: [Double?]) throws {
        self.sample = sample
        self.fixed = fixed
        likelihood = FamilyLikelihood(sample, fixed: fixed)
        summary = SampleSummary(sample)
        let free = likelihood.free.count
        guard free > 0 || (try? F(parameterValues: fixed.map { $0 ?? .nan })) != nil else {
            // Every parameter is given: let the family say which is wrong.
            _ = try F(parameterValues: fixed.map { $0 ?? .nan })
            return
        }
        guard sample.values.count >= free else {
            throw ParameterError(
                "number of data", is: sample.values.count,
                mustBe: "at least \(free), as many as parameters to fit")
        }
        if free >= 2, sample.isConstant {
            throw ParameterError(
                "data", is: "constant (\(sample.values[0]))", mustBe: "of several values")
        }
        if F.Value.self == Int.self {
            for (i, x) in sample.values.enumerated() where Int(exactly: x) == nil {
                throw ParameterError("data[\(i)]", is: x, mustBe: "a whole number")
            }
        }
    }

    func maximumLikelihood() throws -> Fit<F> {
        let whole = likelihood.free.filter {
            if case .whole = F.parameters[$0].domain { return true }
            return false
        }
        if let first = whole.first {
            guard whole.count == 1 else {
                let names = whole.map { F.parameters[$0].name }.joined(separator: ", ")
                throw ParameterError(
                    "fixed", is: "without \(names)",
                    mustBe: "given for all but one of the parameters that are whole numbers")
            }
            return try wholeMaximum(first)
        }
        let starts = try bestStarts()
        return try maximum(from: starts, pinned: [])
    }

    // MARK: Starts

    /// The most likely starts, best first.
    func bestStarts() throws -> [[Double]] {
        let all = Starts<F>(summary, fixed: fixed).all()
        let thinned = FamilyLikelihood<F>(self.thinned(), fixed: fixed)
        var scored = all.map { ($0, thinned($0)) }
        if let unbounded = scored.first(where: { $0.1 == .infinity }) {
            try throwUnbounded(unbounded.0)
        }
        scored = scored.filter { $0.1.isFinite }.sorted { $0.1 > $1.1 }
        let good = scored.prefix(12).map(\.0).filter { likelihood($0).isFinite }
        guard !good.isEmpty else {
            let candidates = all.compactMap { likelihood.distribution($0) }
            if let i = likelihood.firstOutside(candidates), let d = candidates.first {
                throw ParameterError(
                    "data[\(i)]", is: sample.values[i],
                    mustBe: "inside the support of \(F.name), such as \(d.support) of \(d)")
            }
            throw NumericalError(
                operation, "no parameters were found under which all of the data are possible")
        }
        return Array(good.prefix(3))
    }

    private func throwUnbounded(_ free: [Double]) throws -> Never {
        let d = likelihood.distribution(free)
        let at = sample.values.first { x in
            (d as? any ContinuousDistribution)?.logDensity(x) == .infinity
        }
        throw NumericalError(
            operation,
            "the likelihood has no maximum: the density is unbounded at the datum \(at ?? .nan)")
    }

    /// At most 500 data, the extremes among them, to compare starts.
    private func thinned() -> FitSample {
        let count = sample.values.count
        guard count > 1000 else { return sample }
        let order = sample.values.indices.sorted { sample.values[$0] < sample.values[$1] }
        let rows = (0..<500).map { order[$0 * (count - 1) / 499] }
        return sample.chosen(rows)
    }

    // MARK: Maximum

    /// - Parameter pinned: parameters that stand at an edge of their domain.
    private func maximum(from starts: [[Double]], pinned: Set<Int>) throws -> Fit<F> {
        let likelihood = self.likelihood
        var failure: NumericalError?
        var best: (point: [Double], value: Double, coordinates: [Coordinate])?
        for start in starts {
            let coordinates = try self.coordinates(at: start)
            func values(_ c: [Double]) -> [Double] { zip(coordinates, c).map { $0.value($1) } }
            var ascent = Ascent(reaches: coordinates.map { $0.isLine ? 1e4 : 34 }) {
                likelihood(values($0))
            }
            let origin = zip(coordinates, start).map { $0.coordinate(of: $1) }
            var outcome = ascent.climb(from: origin)
            if case .stuck(let c) = outcome,
                let i = c.indices.first(where: {
                    !coordinates[$0].isLine && abs(c[$0] - origin[$0]) > 15
                })
            {
                outcome = .runaway(i, upwards: c[i] > origin[i], c)
            }
            switch outcome {
            case .maximum(let c, let value, let covariance):
                return result(values(c), value, covariance, coordinates, c, pinned)
            case .runaway(let i, let upwards, let c):
                let position = likelihood.free[i]
                let limit = coordinates[i].limit(upwards: upwards)
                if let fit = try atEdge(position, limit, values(c), i, pinned) { return fit }
                failure = failure ?? noMaximum(position, limit)
            case .stuck(let c):
                let value = likelihood(values(c))
                if value.isFinite, value > best?.value ?? -.infinity {
                    best = (c, value, coordinates)
                }
            }
        }
        if let failure { throw failure }
        if let best, let fit = kink(best.point, best.coordinates, pinned) { return fit }
        throw NumericalError(operation, "no maximum of the likelihood was found for these data")
    }

    private func noMaximum(_ position: Int, _ limit: Double) -> NumericalError {
        let name = F.parameters[position].name
        let place = limit.isInfinite ? (limit > 0 ? "∞" : "-∞") : "\(limit)"
        return NumericalError(
            operation, "the likelihood has no maximum: it grows as \(name) goes to \(place)")
    }

    /// With a parameter at the edge of its domain, or of the data, where the
    /// likelihood is greatest; nil when the edge is not part of the family.
    private func atEdge(
        _ position: Int, _ limit: Double, _ values: [Double], _ i: Int, _ pinned: Set<Int>
    ) throws -> Fit<F>? {
        guard limit.isFinite else { return nil }
        var next = fixed
        next[position] = limit
        var rest = values
        rest.remove(at: i)
        let edge = try FamilyFitter(sample, fixed: next)
        let value = edge.likelihood(rest)
        if value == .infinity {
            throw NumericalError(
                operation,
                "the likelihood has no maximum: it grows without bound as "
                    + "\(F.parameters[position].name) goes to \(limit)")
        }
        guard value.isFinite, value >= likelihood(values) - 1e-3 else { return nil }
        return try edge.maximum(from: [rest], pinned: pinned.union([position]))
    }

    /// A maximum where the likelihood is not smooth: found by the simplex, twice.
    private func kink(
        _ c: [Double], _ coordinates: [Coordinate], _ pinned: Set<Int>
    ) -> Fit<F>? {
        let likelihood = self.likelihood
        func values(_ c: [Double]) -> [Double] { zip(coordinates, c).map { $0.value($1) } }
        let ascent = Ascent(reaches: c.map { _ in .infinity }) { likelihood(values($0)) }
        let first = ascent.simplex(from: c, size: 0.1)
        let second = ascent.simplex(from: first, size: 0.03)
        let (a, b) = (likelihood(values(first)), likelihood(values(second)))
        guard b.isFinite, abs(b - a) <= 1e-8 * max(1, abs(b)) else { return nil }
        var fit = result(values(second), b, nil, coordinates, second, pinned)
        fit?.notes.append("the likelihood is not smooth at its maximum: no standard errors")
        return fit
    }

    private func result(
        _ free: [Double], _ value: Double, _ covariance: [[Double]]?,
        _ coordinates: [Coordinate], _ c: [Double], _ pinned: Set<Int>
    ) -> Fit<F>! {
        guard let d = likelihood.distribution(free) else { return nil }
        var estimates: [(name: String, value: Double, error: Double)] = []
        var known: [(name: String, value: Double)] = []
        for (position, parameter) in F.parameters.enumerated() {
            if let i = likelihood.free.firstIndex(of: position) {
                let error = covariance.map {
                    abs(coordinates[i].slope(c[i])) * $0[i][i].squareRoot()
                }
                estimates.append((parameter.name, free[i], error ?? .nan))
            } else if pinned.contains(position) {
                estimates.append((parameter.name, fixed[position] ?? .nan, .nan))
            } else {
                known.append((parameter.name, fixed[position] ?? .nan))
            }
        }
        var fit = Fit(d, estimates, logLikelihood: value, sample: sample)
        fit.fixed = known
        fit.notes = pinned.sorted().map {
            "\(F.parameters[$0].name) is at the edge of what it can be: no standard error"
        }
        return fit
    }

    // MARK: Coordinates

    private func coordinates(at start: [Double]) throws -> [Coordinate] {
        let exact = sample.values.indices.filter { sample.weights?[$0] != 0 }
        let lowest =
            exact.filter { sample.censoring?[$0] != .right }.map { sample.values[$0] }.min()
        let highest =
            exact.filter { (sample.censoring?[$0] ?? Censoring.none) == Censoring.none }
            .map { sample.values[$0] }.max()
        let support = likelihood.distribution(start)?.support
        return likelihood.free.enumerated().map { i, position in
            let domain = F.parameters[position].domain
            let plain = Coordinate(domain, center: summary.median, unit: summary.spread)
            guard let support else { return plain }
            // Is the parameter itself an end of the support?
            var moved = start
            moved[i] -= 1e-3 * max(abs(start[i]), summary.spread) * (domain == .real ? 1 : 1e-2)
            let other = likelihood.distribution(moved)?.support
            if let lowest, support.lowerBound == start[i], other?.lowerBound == moved[i] {
                return domain == .positive ? .between(0, lowest) : .below(lowest)
            }
            moved[i] = 2 * start[i] - moved[i]
            let above = likelihood.distribution(moved)?.support
            if let highest, support.upperBound == start[i], above?.upperBound == moved[i] {
                return .above(highest)
            }
            return plain
        }
    }
}

extension FamilyFitter {
    /// The maximum over a parameter that is a whole number: the others are
    /// fitted at each of its values, on a path that doubles its steps.
    private func wholeMaximum(_ position: Int) throws -> Fit<F> {
        guard case .whole(let from) = F.parameters[position].domain else {
            return try maximumLikelihood()
        }
        let name = F.parameters[position].name
        var found: [Int: Fit<F>] = [:]
        var lastError: (any Error)?
        func value(_ k: Int) -> Double {
            if let fit = found[k] { return fit.logLikelihood }
            guard k >= from else { return -.infinity }
            var next = fixed
            next[position] = Double(k)
            do {
                let fit = try FamilyFitter(sample, fixed: next).maximumLikelihood()
                found[k] = fit
                return fit.logLikelihood
            } catch {
                lastError = error
                return -.infinity
            }
        }
        let largest = summary.maximum.rounded(.up)
        let counted = F.Value.self == Int.self && largest < 1e9 ? max(from, Int(largest)) : from
        let candidates = Set([
            from, from + 1, from + 2, from + 5, counted, counted + 1, 2 * counted,
        ])
        guard var best = candidates.sorted().max(by: { value($0) < value($1) }),
            value(best).isFinite
        else { throw lastError ?? NumericalError(operation, "no value of \(name) is possible") }
        var step = max(1, best / 8)
        while step >= 1 {
            if value(best + step) > value(best) {
                best += step
                step *= 2
                guard best < 1_000_000 else { throw noMaximum(position, .infinity) }
            } else if best - step >= from, value(best - step) > value(best) {
                best -= step
            } else {
                step /= 2
            }
        }
        guard let fit = found[best] else { throw noMaximum(position, .infinity) }
        var estimates = fit.parameters.map {
            (name: $0.name, value: $0.estimate.value, error: $0.estimate.standardError)
        }
        let place = likelihood.free.firstIndex(of: position) ?? 0
        estimates.insert((name, Double(best), .nan), at: place)
        var result = Fit(
            fit.distribution, estimates, logLikelihood: fit.logLikelihood, sample: sample)
        result.fixed = fit.fixed.filter { $0.name != name }
        result.notes = fit.notes + ["\(name) is a whole number: no standard error"]
        return result
    }
}
