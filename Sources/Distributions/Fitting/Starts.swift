// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Where a fit begins: shapes from a coarse grid, and for each of them the
/// location and scale that give the family the data's quartiles. Parameters
/// have these roles by their names, which are the same in all families.
struct Starts<F: DistributionFamily> {
    private enum Role { case location, scale, rate, mean, lower, upper, shape }

    private let summary: SampleSummary
    private let fixed: [Double?]
    private let roles: [Role]

    init(_ summary: SampleSummary, fixed: [Double?]) {
        self.summary = summary
        self.fixed = fixed
        roles = F.parameters.map { parameter in
            switch (parameter.name, parameter.domain) {
            case ("location", _), ("mean", .real): .location
            case ("scale", _), ("standardDeviation", _): .scale
            case ("rate", _): .rate
            case ("mean", _), ("median", _): .mean
            case ("lower", _), ("minimum", _): .lower
            case ("upper", _), ("maximum", _): .upper
            default: .shape
            }
        }
    }

    /// Values of the free parameters, each valid.
    func all() -> [[Double]] {
        var result: [[Double]] = []
        let free = fixed.indices.filter { fixed[$0] == nil }
        let given = F.starts(for: summary).map { start in
            start.indices.map { fixed[$0] ?? start[$0] }
        }
        for start in given + grid().flatMap(matched) {
            guard start.count == fixed.count, (try? F(parameterValues: start)) != nil else {
                continue
            }
            let values = free.map { start[$0] }
            if !result.contains(values) { result.append(values) }
        }
        return result
    }

    /// Candidate values of all shapes, others at 0 or 1.
    private func grid() -> [[Double]] {
        let shapes = roles.indices.filter { roles[$0] == .shape && fixed[$0] == nil }
        var points = [fixed.indices.map { fixed[$0] ?? neutral($0) }]
        for i in shapes {
            var candidates = candidates(F.parameters[i].domain, few: shapes.count > 2)
            if F.parameters[i].name == "mode" {
                candidates = [summary.median, summary.lowerQuartile, summary.upperQuartile]
            }
            if let standard = F.parameters[i].standard { candidates.insert(standard, at: 0) }
            if shapes.count == 1, F.parameters[i].domain == .positive {
                // A shape may have the dimension of the data.
                candidates += [0.1, 0.3, 1, 3, 10, 30].map { $0 * abs(summary.mean) }
            }
            points = points.flatMap { point in
                candidates.map { value in
                    var copy = point
                    copy[i] = value
                    return copy
                }
            }
            if points.count > 400 { points = Array(points.prefix(400)) }
        }
        return points
    }

    private func neutral(_ i: Int) -> Double {
        let range = summary.maximum - summary.minimum
        switch roles[i] {
        case .location: return 0
        case .scale, .rate: return 1
        case .mean: return summary.mean > 0 ? summary.mean : 1
        case .lower:
            let margin = summary.minimum - 0.05 * range
            return F.parameters[i].domain == .positive && margin <= 0
                ? 0.95 * summary.minimum : margin
        case .upper: return summary.maximum + 0.05 * range
        case .shape: return 1
        }
    }

    private func candidates(_ domain: FamilyParameter.Domain, few: Bool) -> [Double] {
        switch domain {
        case .real, .between(-.infinity, .infinity):
            return few
                ? [0, -1, 1, summary.median]
                : [0, -0.2, 0.2, -1, 1, -3, 3, summary.median, log(max(summary.median, 1e-300))]
        case .positive:
            return few ? [0.5, 1, 2, 8] : [0.1, 0.3, 0.7, 1, 1.5, 3, 6, 12, 30, 100]
        case .nonnegative: return few ? [0.3, 1, 3] : [0.03, 0.3, 1, 3, 10]
        case .probability: return few ? [0.1, 0.5, 0.9] : [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99]
        case .whole(let from): return [0, 1, 2, 3, 5, 10].map { Double(from) + $0 }
        case .between(let a, .infinity): return [0.1, 0.5, 1, 3, 10].map { a + $0 }
        case .between(-.infinity, let b): return [0.1, 0.5, 1, 3, 10].map { b - $0 }
        case .between(let a, let b):
            return [0.5, 0.2, 0.8, 0.05, 0.95].map { a + (b - a) * $0 }
        }
    }

    /// With the location and the scale of the data's quartiles; and as it is.
    private func matched(_ point: [Double]) -> [[Double]] {
        let location = roles.indices.first { roles[$0] == .location && fixed[$0] == nil }
        let scale = roles.indices.first {
            (roles[$0] == .scale || roles[$0] == .rate) && fixed[$0] == nil
        }
        guard location != nil || scale != nil, let d = try? F(parameterValues: point) else {
            return [point]
        }
        func quartile(_ p: Double) -> Double {
            if let d = d as? any ContinuousDistribution { return d.quantile(p) }
            if let d = d as? any DiscreteDistribution { return Double(d.quantile(p)) }
            return .nan
        }
        let (low, middle, high) = (quartile(0.25), quartile(0.5), quartile(0.75))
        var result: [[Double]] = []
        func add(_ place: Double, _ width: Double) {
            guard place.isFinite, width.isFinite, width > 0 else { return }
            var copy = point
            if let location { copy[location] = place }
            if let scale {
                copy[scale] = roles[scale] == .rate ? point[scale] / width : point[scale] * width
            }
            result.append(contained(copy, location, scale))
        }
        if location != nil, scale != nil {
            let width = summary.spread / (high - low)
            add(summary.median - width * middle, width)
            // Beside a threshold: where the mass begins.
            add(summary.minimum - 0.05 * summary.spread, summary.spread)
        } else if location != nil {
            add(summary.median - middle, 1)
        } else {
            add(0, summary.median / middle)
            add(0, summary.mean / d.mean)
            add(0, summary.spread / (high - low))
        }
        return result
    }

    /// Moved so that the data are inside of the support, as far as these two can.
    private func contained(_ point: [Double], _ location: Int?, _ scale: Int?) -> [Double] {
        var point = point
        guard let d = try? F(parameterValues: point) else { return point }
        let margin = 0.05 * summary.spread
        if let location {
            var support = d.support
            let range = support.upperBound - support.lowerBound
            if let scale, roles[scale] == .scale, range.isFinite,
                range < 1.2 * (summary.maximum - summary.minimum)
            {
                point[scale] *= 1.2 * (summary.maximum - summary.minimum) / range
                support = (try? F(parameterValues: point))?.support ?? support
            }
            if support.lowerBound > summary.minimum - margin {
                point[location] -= support.lowerBound - summary.minimum + margin
            } else if support.upperBound < summary.maximum + margin {
                point[location] += summary.maximum + margin - support.upperBound
            }
        } else if let scale, roles[scale] == .scale {
            if d.support.lowerBound > 0.95 * summary.minimum, d.support.lowerBound > 0 {
                point[scale] *= 0.95 * summary.minimum / d.support.lowerBound
            } else if d.support.upperBound < 1.05 * summary.maximum, d.support.upperBound > 0 {
                point[scale] *= 1.05 * summary.maximum / d.support.upperBound
            }
        }
        return point
    }
}
