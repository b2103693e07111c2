// SPDX-License-Identifier: GPL-3.0-or-later

/// Position, momentum and gradient of one point on a trajectory: plain state
/// in buffers that an `Arena` owns.
struct PhasePoint {
    let position: UnsafeMutablePointer<Double>
    let momentum: UnsafeMutablePointer<Double>
    /// The gradient of the log density at the position.
    let gradient: UnsafeMutablePointer<Double>
    /// The log density at the position.
    var logDensity = 0.0

    mutating func copy(_ other: PhasePoint, dimension: Int) {
        position.update(from: other.position, count: dimension)
        momentum.update(from: other.momentum, count: dimension)
        gradient.update(from: other.gradient, count: dimension)
        logDensity = other.logDensity
    }
}

/// The memory of a sampler: vectors of one length, freed together. Everything
/// is taken from it up front; a leapfrog step allocates nothing.
final class Arena {
    private let dimension: Int
    private var vectors: [UnsafeMutablePointer<Double>] = []

    init(dimension: Int) { self.dimension = dimension }

    deinit { for vector in vectors { vector.deallocate() } }

    func vector() -> UnsafeMutablePointer<Double> {
        let vector = UnsafeMutablePointer<Double>.allocate(capacity: max(dimension, 1))
        vector.initialize(repeating: 0, count: max(dimension, 1))
        vectors.append(vector)
        return vector
    }

    func point() -> PhasePoint {
        PhasePoint(position: vector(), momentum: vector(), gradient: vector())
    }
}
