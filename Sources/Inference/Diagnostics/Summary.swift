// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Randomness

/// The posterior of some quantities in numbers, one row each, with the columns
/// of R's package `posterior`.
public struct Summary: Sendable, CustomStringConvertible {
    /// The summary of one quantity. Statistics that cannot be estimated (for a
    /// constant, say) are NaN.
    public struct Row: Sendable {
        public let name: String
        public let mean, median: Double
        public let standardDeviation: Double
        /// The median absolute deviation from the median, times 1.4826: an
        /// estimate of the standard deviation if the posterior is normal.
        public let medianAbsoluteDeviation: Double
        /// The 5 % and 95 % quantiles: the ends of the central 90 % interval.
        public let q5, q95: Double
        /// Rank-normalised split R̂.
        public let rHat: Double
        /// Effective sample sizes in the bulk and in the tails.
        public let bulkEffectiveSampleSize, tailEffectiveSampleSize: Double
        /// Monte Carlo standard errors.
        public let meanStandardError, standardDeviationStandardError: Double
        public let medianStandardError, q5StandardError, q95StandardError: Double

        /// The mean with its Monte Carlo error.
        public var estimate: Estimate {
            let size = standardDeviation / meanStandardError
            return Estimate(
                mean, standardError: meanStandardError, effectiveSampleSize: size * size)
        }

        public init(name: String, chains: [[Double]]) {
            self.init(name: name, draws: RankedDraws(chains))
        }

        init(name: String, draws: RankedDraws) {
            let chains = draws.chains
            let quantiles = draws.quantiles
            self.name = name
            mean = Diagnostics.mean(chains)
            median = quantiles.median
            standardDeviation = Diagnostics.standardDeviation(chains, mean: mean)
            medianAbsoluteDeviation = 1.4826 * quantiles.medianDeviation
            q5 = quantiles(0.05)
            q95 = quantiles(0.95)
            let scores = draws.bulkScores()
            rHat = Diagnostics.rHat(draws, bulk: scores)
            bulkEffectiveSampleSize =
                draws.hasNaN ? .nan : Diagnostics.effectiveSampleSize(scores)
            let low = Diagnostics.quantileEffectiveSampleSize(draws, 0.05)
            let high = Diagnostics.quantileEffectiveSampleSize(draws, 0.95)
            tailEffectiveSampleSize = low.isNaN || high.isNaN ? .nan : min(low, high)
            meanStandardError = Diagnostics.meanStandardError(chains)
            standardDeviationStandardError = Diagnostics.standardDeviationStandardError(chains)
            medianStandardError = Diagnostics.quantileStandardError(
                0.5, quantiles,
                effectiveSize: Diagnostics.quantileEffectiveSampleSize(draws, 0.5))
            q5StandardError = Diagnostics.quantileStandardError(
                0.05, quantiles, effectiveSize: low)
            q95StandardError = Diagnostics.quantileStandardError(
                0.95, quantiles, effectiveSize: high)
        }
    }

    public let rows: [Row]

    /// The row of a quantity; nil when there is none of that name.
    public subscript(name: String) -> Row? { rows.first { $0.name == name } }

    /// A table of text. Means, medians and quantiles have the digits that
    /// their Monte Carlo errors leave them.
    public var description: String {
        let header = [
            "", "mean", "mcse", "median", "sd", "mad", "q5", "q95", "rhat", "ess_bulk", "ess_tail",
        ]
        let body = rows.map { row in
            [
                row.name,
                DecimalText.value(row.mean, error: row.meanStandardError),
                DecimalText.error(row.meanStandardError),
                DecimalText.value(row.median, error: row.medianStandardError),
                DecimalText.value(
                    row.standardDeviation, error: row.standardDeviationStandardError),
                DecimalText.value(
                    row.medianAbsoluteDeviation, error: row.standardDeviationStandardError),
                DecimalText.value(row.q5, error: row.q5StandardError),
                DecimalText.value(row.q95, error: row.q95StandardError),
                DecimalText.fixed(row.rHat, 3),
                DecimalText.fixed(row.bulkEffectiveSampleSize, 0),
                DecimalText.fixed(row.tailEffectiveSampleSize, 0),
            ]
        }
        return DecimalText.table([header] + body)
    }
}

extension Draws {
    /// The summary of some variables ("theta" stands for all its entries), or
    /// of all.
    ///
    /// Throws a `ParameterError` for an unknown name.
    public func summary(_ variables: String...) throws(ParameterError) -> Summary {
        try summary(of: variables)
    }

    /// The summary of some variables, or of all when there are none.
    public func summary(of variables: [String]) throws(ParameterError) -> Summary {
        var selected: [String] = []
        for variable in variables { selected += try names(of: variable) }
        if variables.isEmpty { selected = (columns.contains("lp__") ? ["lp__"] : []) + names }
        var rows: [Summary.Row] = []
        let scores = normalScores
        for name in selected {
            rows.append(
                Summary.Row(name: name, draws: RankedDraws(try self[name], scores: scores)))
        }
        return Summary(rows: rows)
    }

    /// The scores that all quantities share.
    var normalScores: NormalScores {
        NormalScores(chains.count * (count > 1 ? count / 2 * 2 : count))
    }
}
