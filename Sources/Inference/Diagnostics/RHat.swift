// SPDX-License-Identifier: GPL-3.0-or-later

extension Diagnostics {
    /// The rank-normalised split R̂: the larger of that of the draws (do the
    /// chains agree in location?) and that of their absolute deviations from
    /// the median (do they agree in scale?). Near 1 when they do; above 1.01
    /// do not trust the draws.
    public static func rHat(_ chains: [[Double]]) -> Double {
        let draws = RankedDraws(chains)
        return rHat(draws, bulk: draws.bulkScores())
    }

    static func rHat(_ draws: RankedDraws, bulk scores: [[Double]]) -> Double {
        guard !draws.hasNaN else { return .nan }
        let bulk = classicRHat(scores)
        let tail = classicRHat(draws.foldedScores())
        return bulk.isNaN || tail.isNaN ? .nan : max(bulk, tail)
    }

    /// Gelman and Rubin's potential scale reduction of the chains as they are.
    static func classicRHat(_ chains: [[Double]]) -> Double {
        guard let n = chains.first?.count, n > 1, chains.count > 1, !isDegenerate(chains) else {
            return .nan
        }
        let length = Double(n)
        let between = length * variance(chains.map { mean([$0]) })
        let within = mean([chains.map(variance)])
        return ((between / within + length - 1) / length).squareRoot()
    }
}
