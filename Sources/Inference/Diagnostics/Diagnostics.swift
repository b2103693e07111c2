// SPDX-License-Identifier: GPL-3.0-or-later

/// Convergence diagnostics of Markov chains.
///
/// Every function takes the draws of one quantity as chains, an array of
/// equally long arrays, and computes exactly what R's package `posterior`
/// computes under the same name. The result is NaN when a draw is not finite,
/// when all draws are equal, and when there are too few draws to say.
///
///     let chains = [[0.1, 0.4, -0.2, 0.3], [0.2, -0.1, 0.5, 0.0]]
///     Diagnostics.rHat(chains)
///
/// Source: Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization,
/// folding, and localization: an improved R̂ for assessing convergence of
/// MCMC", Bayesian Analysis 16 (2021) 667–718.
public enum Diagnostics {}

extension Diagnostics {
    /// Whether the estimators refuse these draws: one is not finite, or they
    /// are all equal, or there are none.
    static func isDegenerate(_ chains: [[Double]]) -> Bool {
        var low = Double.infinity
        var high = -Double.infinity
        for chain in chains {
            for value in chain {
                guard value.isFinite else { return true }
                low = min(low, value)
                high = max(high, value)
            }
        }
        return !(high - low >= 2.220446049250313e-16)
    }

    /// The chains cut to the length of the shortest.
    static func rectangular(_ chains: [[Double]]) -> [[Double]] {
        let length = chains.map(\.count).min() ?? 0
        return chains.map { $0.count == length ? $0 : Array($0.prefix(length)) }
    }

    /// Each chain's first and second half as chains of their own; the middle
    /// draw of an odd number is left out.
    static func split(_ chains: [[Double]]) -> [[Double]] {
        guard let length = chains.first?.count, length > 1 else { return chains }
        let half = length / 2
        return chains.map { Array($0[..<half]) } + chains.map { Array($0[(length - half)...]) }
    }
}
