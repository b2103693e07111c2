// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Randomness

/// The energy of a particle at position q with momentum p in the landscape of
/// a log density: H = −log π(q) + pᵀ M⁻¹ p / 2, with a diagonal metric M.
///
/// Owns the metric and the evaluator, and counts the rejections.
final class Hamiltonian {
    let dimension: Int
    private let evaluator: any DensityEvaluator
    /// The diagonal of M⁻¹: an estimate of the posterior's variances.
    let inverseMetric: UnsafeMutablePointer<Double>
    /// The diagonal of M^½: the standard deviations of the momenta.
    private let momentumScale: UnsafeMutablePointer<Double>
    /// Why points had density zero, and how often.
    private(set) var rejections = RejectionCount()

    init(dimension: Int, evaluator: any DensityEvaluator) {
        self.dimension = dimension
        self.evaluator = evaluator
        inverseMetric = .allocate(capacity: dimension)
        momentumScale = .allocate(capacity: dimension)
        inverseMetric.initialize(repeating: 1, count: dimension)
        momentumScale.initialize(repeating: 1, count: dimension)
    }

    deinit {
        inverseMetric.deallocate()
        momentumScale.deallocate()
    }

    func setInverseMetric(_ values: UnsafePointer<Double>) {
        for i in 0..<dimension {
            inverseMetric[i] = values[i]
            momentumScale[i] = 1 / values[i].squareRoot()
        }
    }

    /// Log density and gradient at the point's position. A rejection is a log
    /// density of −∞; an error in the model is thrown.
    func evaluate(_ point: inout PhasePoint) throws {
        do {
            let value = try evaluator.evaluate(at: point.position, gradient: point.gradient)
            point.logDensity = value.isNaN ? -.infinity : value
            if value.isNaN { rejections.add(Rejection("the log density is not a number")) }
        } catch let rejection as Rejection {
            point.logDensity = -.infinity
            point.gradient.update(repeating: 0, count: dimension)
            rejections.add(rejection)
        }
    }

    /// Draws a momentum from its normal distribution.
    func refreshMomentum(_ point: PhasePoint, using generator: RandomGenerator) {
        for i in 0..<dimension { point.momentum[i] = momentumScale[i] * generator.normal() }
    }

    /// H at the point; +∞ where the density is zero or the motion overflowed.
    func energy(_ point: PhasePoint) -> Double {
        var kinetic = 0.0
        let p = point.momentum
        for i in 0..<dimension { kinetic += p[i] * p[i] * inverseMetric[i] }
        let energy = 0.5 * kinetic - point.logDensity
        return energy.isNaN ? .infinity : energy
    }

    /// Whether a piece of trajectory has not yet turned: its summed momenta
    /// still point along the velocity at both ends.
    ///
    /// Source: Betancourt, "Identifying the optimal integration time in
    /// Hamiltonian Monte Carlo", arXiv:1601.00225 (2016).
    func isStraight(
        from start: UnsafePointer<Double>, to end: UnsafePointer<Double>,
        sum: UnsafePointer<Double>, plus extra: UnsafePointer<Double>? = nil
    ) -> Bool {
        var atStart = 0.0
        var atEnd = 0.0
        if let extra {
            for i in 0..<dimension {
                let v = inverseMetric[i] * (sum[i] + extra[i])
                atStart += start[i] * v
                atEnd += end[i] * v
            }
        } else {
            for i in 0..<dimension {
                let v = inverseMetric[i] * sum[i]
                atStart += start[i] * v
                atEnd += end[i] * v
            }
        }
        return atStart > 0 && atEnd > 0
    }
}

/// Why points had density zero, and how often: counted for each place in the
/// model, with one message as an example. The first few places are kept.
struct RejectionCount: Sendable {
    private(set) var total = 0
    private(set) var reasons: [(message: String, count: Int)] = []
    /// What tells the reasons apart, one for each.
    private var places: [String] = []
    private(set) var latest: Rejection?
    private static let limit = 8

    mutating func add(_ rejection: Rejection) {
        add(rejection.message, at: rejection.place ?? rejection.message, count: 1)
        latest = rejection
    }

    mutating func add(_ other: RejectionCount) {
        for (reason, place) in zip(other.reasons, other.places) {
            add(reason.message, at: place, count: reason.count)
        }
        total += other.total - other.reasons.reduce(0) { $0 + $1.count }
    }

    private mutating func add(_ message: String, at place: String, count: Int) {
        total += count
        if let i = places.firstIndex(of: place) {
            reasons[i].count += count
        } else if reasons.count < Self.limit {
            places.append(place)
            reasons.append((message, count))
        }
    }
}
