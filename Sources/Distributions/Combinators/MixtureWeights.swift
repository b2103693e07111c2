// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// What mixtures of numbers and of counts share.
enum MixtureWeights {
    static func checked(_ weights: [Double]?, count: Int) throws(ParameterError) -> [Double] {
        guard count > 0 else {
            throw ParameterError("components", is: "none", mustBe: "at least one")
        }
        let weights = weights ?? [Double](repeating: 1, count: count)
        guard weights.count == count else {
            throw ParameterError(
                "number of weights", is: weights.count, mustBe: "that of components, \(count)")
        }
        let total = weights.reduce(0, +)
        guard weights.allSatisfy({ $0 >= 0 }), total > 0, total < .infinity else {
            throw ParameterError("weights", is: weights, mustBe: "nonnegative, not all 0")
        }
        return weights.map { $0 / total }
    }

    /// The central moments of orders 2 to 4, from those of the components about theirs.
    static func centralMoments(
        _ components: [any UnivariateDistribution], _ weights: [Double], _ mean: Double
    ) -> CentralMoments {
        var (second, third, fourth) = (0.0, 0.0, 0.0)
        for (c, w) in zip(components, weights) where w > 0 {
            let (d, v) = (c.mean - mean, c.variance)
            let cubed = v > 0 ? c.skewness * v * v.squareRoot() : 0
            let powered = v > 0 ? (c.excessKurtosis + 3) * v * v : 0
            second += w * (v + d * d)
            third += w * (cubed + d * (3 * v + d * d))
            fourth += w * (powered + d * (4 * cubed + d * (6 * v + d * d)))
        }
        return CentralMoments(second: second, third: third, fourth: fourth)
    }
}

/// Moments about the mean.
struct CentralMoments {
    var second, third, fourth: Double
    var skewness: Double { third / (second * second.squareRoot()) }
    var excessKurtosis: Double { fourth / (second * second) - 3 }
}
