// SPDX-License-Identifier: GPL-3.0-or-later

import SpecialFunctions

extension Diagnostics {
    /// The Monte Carlo standard error of the mean.
    public static func meanStandardError(_ chains: [[Double]]) -> Double {
        let chains = rectangular(chains)
        return standardDeviation(chains, mean: mean(chains))
            / meanEffectiveSampleSize(chains).squareRoot()
    }

    /// The Monte Carlo standard error of the standard deviation, from the
    /// second and fourth central moments (no normality assumed).
    public static func standardDeviationStandardError(_ chains: [[Double]]) -> Double {
        let chains = rectangular(chains)
        let center = mean(chains)
        let squares = chains.map { $0.map { ($0 - center) * ($0 - center) } }
        let second = mean(squares)
        let fourth = mean(squares.map { $0.map { $0 * $0 } })
        let variance = (fourth - second * second) / meanEffectiveSampleSize(squares)
        return (variance / second / 4).squareRoot()
    }

    /// The Monte Carlo standard error of a quantile (0.5 for the median): half
    /// the distance between the order statistics that bound a 68 % interval
    /// for it.
    public static func quantileStandardError(
        _ chains: [[Double]], _ probability: Double
    ) -> Double {
        let draws = RankedDraws(chains)
        return quantileStandardError(
            probability, draws.quantiles,
            effectiveSize: quantileEffectiveSampleSize(draws, probability))
    }

    static func quantileStandardError(
        _ probability: Double, _ quantiles: Quantiles, effectiveSize size: Double
    ) -> Double {
        guard size.isFinite else { return .nan }
        let sorted = quantiles.sorted
        let count = Double(sorted.count)
        // Φ(∓1), with the digits that `posterior` uses.
        let alpha = size * probability + 1
        let beta = size * (1 - probability) + 1
        let low = (betaIInverse(0.1586553, alpha, beta) * count).rounded(.down)
        let high = (betaIInverse(0.8413447, alpha, beta) * count).rounded(.up)
        guard low.isFinite, high.isFinite else { return .nan }
        let below = sorted[max(Int(low), 1) - 1]
        let above = sorted[min(Int(high), sorted.count) - 1]
        return (above - below) / 2
    }
}
