// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import SpecialFunctions

/// What the distributions of ordered outcomes share.
enum Ordered {
    static func checked(_ cutpoints: [Double]) throws(ParameterError) -> [Double] {
        guard cutpoints.allSatisfy(\.isFinite),
            zip(cutpoints, cutpoints.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            throw ParameterError("cutpoints", is: cutpoints, mustBe: "finite and increasing")
        }
        return cutpoints
    }

    /// log(F(b) − F(a)) of a symmetric distribution, on the side where F is small; of
    /// a long interval by what it leaves.
    static func logInterval(_ a: Double, _ b: Double, _ logTail: (Double) -> Double) -> Double {
        if a < 0, b > 0 {
            let outside = logSumExp(logTail(a), logTail(-b))
            return log1mExp(min(outside, 0))
        }
        return a >= 0
            ? logDiffExp(logTail(-a), logTail(-b)) : logDiffExp(logTail(b), logTail(a))
    }
}
