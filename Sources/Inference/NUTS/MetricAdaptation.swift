// SPDX-License-Identifier: GPL-3.0-or-later

/// Running variances of the positions in a window of warm-up (Welford), for
/// the diagonal of the inverse metric.
final class VarianceEstimator {
    private let dimension: Int
    private let mean: UnsafeMutablePointer<Double>
    private let squares: UnsafeMutablePointer<Double>
    private(set) var count = 0.0

    init(dimension: Int) {
        self.dimension = dimension
        mean = .allocate(capacity: dimension)
        squares = .allocate(capacity: dimension)
        restart()
    }

    deinit {
        mean.deallocate()
        squares.deallocate()
    }

    func restart() {
        count = 0
        mean.initialize(repeating: 0, count: dimension)
        squares.initialize(repeating: 0, count: dimension)
    }

    func add(_ position: UnsafePointer<Double>) {
        count += 1
        for i in 0..<dimension {
            let delta = position[i] - mean[i]
            mean[i] += delta / count
            squares[i] += (position[i] - mean[i]) * delta
        }
    }

    /// The variances, drawn towards 1e-3 as if by five more observations
    /// (Stan's regularisation).
    func regularized(into variances: UnsafeMutablePointer<Double>) {
        let weight = count / (count + 5)
        let floor = 1e-3 * 5 / (count + 5)
        for i in 0..<dimension {
            let variance = count > 1 ? squares[i] / (count - 1) : 0
            variances[i] = weight * variance + floor
        }
    }
}
