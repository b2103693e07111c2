// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import Distributions
@testable import Randomness

let families = basicFamilies + realFamilies + boundedFamilies + countFamilies

@Suite struct DistributionTests {
    /// Every value of the table, within a bound from its condition; where the
    /// table says nan or inf a moment may be either.
    @Test(arguments: families) func agreesWithArb(_ family: Family) throws {
        var worst: [Substring: (units: Double, row: String)] = [:]
        var seen = 0
        for row in try referenceRows(family.table) {
            let distribution = try family.make(row.parameters)
            guard let found = distribution.value(of: row.function, at: row.x) else {
                Issue.record("unknown function \(row.function)")
                continue
            }
            seen += 1
            let isMoment = row.x.isNaN
            let isDiscrete = distribution is any DiscreteDistribution
            let units: Double
            if !row.value.isFinite, isMoment {
                units = found.isFinite ? .infinity : 0
            } else if found == row.value {
                units = 0
            } else if isDiscrete, row.function == "quantile" || row.function == "isf" {
                units = .infinity
            } else {
                // Of a log density of 0 the absolute error, and of some entropies.
                let least = row.function == "entropy" ? family.entropySize : 0
                let size = max(least, abs(row.value))
                let scale = row.value == 0 ? 1 : size * max(1, row.condition)
                units = found.isNaN ? .infinity : abs(found - row.value) / (scale * 0x1p-52)
            }
            if units >= worst[row.function]?.units ?? 0 {
                worst[row.function] = (
                    units, "\(row.parameterText) at \(row.x): \(found), not \(row.value)"
                )
            }
        }
        #expect(seen > 50)
        for (function, worst) in worst {
            #expect(
                worst.units <= family.slack,
                "\(family.table) \(function): \(worst.units) units; \(worst.row)")
        }
    }
}
