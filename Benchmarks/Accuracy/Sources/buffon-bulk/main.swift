// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// Nanoseconds an element of log densities, distribution functions and quantiles of arrays,
// for bulk.py: one line for each function.

let count = 1_000_000
let repetitions = 15

/// The least processor time of the repetitions: what others do on the machine counts less.
func nanoseconds(_ body: () -> [Double]) -> Double {
    func seconds() -> Double {
        var now = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
        return Double(now.tv_sec) + 1e-9 * Double(now.tv_nsec)
    }
    var best = Double.infinity
    for _ in 0..<repetitions {
        let start = seconds()
        let last = body().last ?? 0
        let time = 1e9 * (seconds() - start) / Double(count)
        best = last.isNaN ? best : min(best, time)
    }
    return best
}

func measure(_ name: String, _ d: some ContinuousDistribution) {
    // The points of a regular lattice in a scrambled order: sorted ones would be kind to
    // branches and caches.
    let step = 618_033
    let p = (0..<count).map { (Double(($0 * step) % count) + 0.5) / Double(count) }
    let x = d.quantiles(p)
    print("\(name) logDensity \(nanoseconds { d.logDensities(x) })")
    print("\(name) cdf \(nanoseconds { d.cdfs(x) })")
    print("\(name) quantile \(nanoseconds { d.quantiles(p) })")
}

measure("normal", try Normal(mean: 0.3, standardDeviation: 1.7))
measure("gamma", try Gamma(shape: 2.5, rate: 1.3))
measure("beta", try Beta(alpha: 2.3, beta: 3.4))
measure("studentT", try StudentT(degreesOfFreedom: 5))
measure("lognormal", try LogNormal(logMean: 0.2, logStandardDeviation: 0.7))
measure("exponential", try Exponential(rate: 1.3))
measure("logistic", try Logistic(location: 0.3, scale: 1.7))
measure("cauchy", try Cauchy(location: 0.3, scale: 1.7))
