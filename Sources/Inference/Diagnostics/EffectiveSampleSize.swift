// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

extension Diagnostics {
    /// The effective sample size for the bulk of the distribution: of the
    /// rank-normalised draws.
    public static func bulkEffectiveSampleSize(_ chains: [[Double]]) -> Double {
        let draws = RankedDraws(chains)
        return draws.hasNaN ? .nan : effectiveSampleSize(draws.bulkScores())
    }

    /// The effective sample size for the tails: the smaller of those for the
    /// 5 % and the 95 % quantile.
    public static func tailEffectiveSampleSize(_ chains: [[Double]]) -> Double {
        let draws = RankedDraws(chains)
        let low = quantileEffectiveSampleSize(draws, 0.05)
        let high = quantileEffectiveSampleSize(draws, 0.95)
        return low.isNaN || high.isNaN ? .nan : min(low, high)
    }

    /// The effective sample size for the mean.
    public static func meanEffectiveSampleSize(_ chains: [[Double]]) -> Double {
        effectiveSampleSize(split(rectangular(chains)))
    }

    /// The effective sample size for the standard deviation.
    public static func standardDeviationEffectiveSampleSize(_ chains: [[Double]]) -> Double {
        let chains = rectangular(chains)
        let center = mean(chains)
        return effectiveSampleSize(split(chains.map { $0.map { abs($0 - center) } }))
    }

    /// The effective sample size for a quantile (0.5 for the median).
    public static func quantileEffectiveSampleSize(
        _ chains: [[Double]], _ probability: Double
    ) -> Double {
        quantileEffectiveSampleSize(RankedDraws(chains), probability)
    }

    static func quantileEffectiveSampleSize(
        _ draws: RankedDraws, _ probability: Double
    ) -> Double {
        guard !draws.isDegenerate else { return .nan }
        let quantiles = draws.quantiles
        let threshold = quantiles(
            probability == 1
                ? (Double(quantiles.sorted.count) - 0.5) / Double(quantiles.sorted.count)
                : probability)
        return effectiveSampleSize(split(draws.chains.map { $0.map { $0 <= threshold ? 1 : 0 } }))
    }

    /// The effective sample size of chains as they are, with Geyer's initial
    /// monotone sequence over the chains' pooled autocorrelations (section 3
    /// of the paper; the order of operations is that of `posterior`).
    static func effectiveSampleSize(_ chains: [[Double]]) -> Double {
        guard let n = chains.first?.count, n >= 3, !isDegenerate(chains) else { return .nan }
        var covariances = chains.map(Autocovariance.init)
        func pooled(_ lag: Int) -> Double {
            var total = 0.0
            for k in covariances.indices { total += covariances[k][lag] }
            return total / Double(covariances.count)
        }
        let length = Double(n)
        let within = pooled(0) * length / (length - 1)
        var total = within * (length - 1) / length
        if chains.count > 1 { total += variance(covariances.map(\.mean)) }
        func correlation(_ lag: Int) -> Double { 1 - (within - pooled(lag)) / total }

        // Pairs of lags while their sum is positive.
        var rho = [Double](repeating: 0, count: n + 1)
        var even = 1.0
        var odd = correlation(1)
        rho[0] = even
        rho[1] = odd
        var last = 0
        while last < n - 5, even + odd > 0 {
            last += 2
            even = correlation(last)
            odd = correlation(last + 1)
            if even + odd >= 0 {
                rho[last] = even
                rho[last + 1] = odd
            }
        }
        // The last even lag still counts when it is positive.
        if even > 0 { rho[last] = even }
        // The sums of pairs may not increase.
        var t = 0
        while t <= last - 4 {
            t += 2
            if rho[t] + rho[t + 1] > rho[t - 2] + rho[t - 1] {
                rho[t] = (rho[t - 2] + rho[t - 1]) / 2
                rho[t + 1] = rho[t]
            }
        }
        let size = Double(chains.count) * length
        // With fewer than 6 draws a chain there is no pair; lag 0 counts then.
        let sum = rho[..<max(last, 1)].reduce(0, +)
        let time = -1 + 2 * sum + rho[last]
        return size / max(time, 1 / log10(size))
    }
}

extension Diagnostics {
    static func mean(_ chains: [[Double]]) -> Double {
        var count = 0.0
        var total = 0.0
        for chain in chains {
            count += Double(chain.count)
            for value in chain { total += value }
        }
        let first = total / count
        guard first.isFinite else { return first }
        var residual = 0.0
        for chain in chains { for value in chain { residual += value - first } }
        return first + residual / count
    }

    /// The variance with divisor n − 1.
    static func variance(_ values: [Double]) -> Double {
        let center = mean([values])
        var total = 0.0
        for value in values { total += (value - center) * (value - center) }
        return total / Double(values.count - 1)
    }

    /// The standard deviation over all chains, with divisor n − 1.
    static func standardDeviation(_ chains: [[Double]], mean center: Double) -> Double {
        var count = 0.0
        var total = 0.0
        for chain in chains {
            count += Double(chain.count)
            for value in chain { total += (value - center) * (value - center) }
        }
        return (total / (count - 1)).squareRoot()
    }
}
