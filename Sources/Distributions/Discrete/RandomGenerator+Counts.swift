// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Randomness
import SpecialFunctions

extension RandomGenerator {
    /// A Poisson count, for any rate ≥ 0; `Int.max` where it would overflow.
    ///
    /// Below 10 by counting exponential waiting times; above by
    /// `PoissonRejection`.
    package func poisson(rate: Double) -> Int {
        guard rate > 0 else { return 0 }
        if rate < 10 {
            var count = 0
            var time = exponential()
            while time < rate {
                count += 1
                time += exponential()
            }
            return count
        }
        if rate > 4e18 { return Int.max }
        let rejection = PoissonRejection(rate: rate)
        var table = rejection.table(for: 1)
        while true {
            if let count = rejection.attempt(uniform(), uniform(), &table) { return count }
        }
    }

    /// Fills a buffer with numbers from `poisson(rate:)`.
    package func fillPoisson(_ buffer: UnsafeMutableBufferPointer<Int>, rate: Double) {
        if rate > 4e18 || rate <= 0 {
            buffer.initialize(repeating: rate > 0 ? Int.max : 0)
        } else if rate < 10 {
            fillByWaiting(buffer, until: rate) { $0 }
        } else {
            let rejection = PoissonRejection(rate: rate)
            var table = rejection.table(for: buffer.count)
            fillByAttempts(buffer) { rejection.attempt($0, $1, &table) }
        }
    }

    /// A binomial count, for trials ≥ 0 and a probability.
    ///
    /// With few successes expected by inversion: waiting times between
    /// successes are geometric, and their sum is followed until the trials are
    /// used up. Else by `BinomialRejection`.
    package func binomial(trials: Int, probability: Double) -> Int {
        if probability > 0.5 {
            return trials - binomial(trials: trials, probability: 1 - probability)
        }
        guard trials > 0, probability > 0 else { return 0 }
        if Double(trials) * probability < 10 {
            let scale = -log1p(-probability)
            var count = 0
            var used = (exponential() / scale).rounded(.down) + 1
            while used <= Double(trials) {
                count += 1
                used += (exponential() / scale).rounded(.down) + 1
            }
            return count
        }
        let rejection = BinomialRejection(trials: trials, probability: probability)
        var table = rejection.table(for: 1)
        while true {
            if let count = rejection.attempt(uniform(), uniform(), &table) { return count }
        }
    }

    /// Fills a buffer with numbers from `binomial(trials:probability:)`.
    package func fillBinomial(
        _ buffer: UnsafeMutableBufferPointer<Int>, trials: Int, probability: Double
    ) {
        if probability > 0.5 {
            fillBinomial(buffer, trials: trials, probability: 1 - probability)
            for i in buffer.indices { buffer[i] = trials - buffer[i] }
        } else if trials <= 0 || probability <= 0 {
            buffer.initialize(repeating: 0)
        } else if Double(trials) * probability < 10 {
            let scale = -log1p(-probability)
            fillByWaiting(buffer, until: Double(trials).nextUp) { ($0 / scale).rounded(.down) + 1 }
        } else {
            let rejection = BinomialRejection(trials: trials, probability: probability)
            var table = rejection.table(for: buffer.count)
            fillByAttempts(buffer) { rejection.attempt($0, $1, &table) }
        }
    }

    /// Counts of waiting times whose sum stays below a limit, from exponential
    /// variates. A count that is not finished takes one at least, so as many
    /// are drawn at once as there are counts left: never one too many.
    @inline(__always)
    private func fillByWaiting(
        _ buffer: UnsafeMutableBufferPointer<Int>, until limit: Double, _ wait: (Double) -> Double
    ) {
        withScratch(for: buffer.count) { scratch in
            var (done, count, time) = (0, 0, 0.0)
            while done < buffer.count {
                let part = UnsafeMutableBufferPointer(
                    rebasing: scratch[..<min(scratch.count, buffer.count - done)])
                fillExponential(part)
                for x in part {
                    time += wait(x)
                    if time < limit {
                        count += 1
                    } else {
                        buffer[done] = count
                        (done, count, time) = (done + 1, 0, 0)
                    }
                }
            }
        }
    }

    /// Counts by rejection, an attempt being made of two uniform numbers: as
    /// many attempts at once as there are counts left.
    @inline(__always)
    private func fillByAttempts(
        _ buffer: UnsafeMutableBufferPointer<Int>, _ attempt: (Double, Double) -> Int?
    ) {
        withScratch(for: buffer.count) { scratch in
            var done = 0
            while done < buffer.count {
                let attempts = min(scratch.count / 2, buffer.count - done)
                fillUniform(UnsafeMutableBufferPointer(rebasing: scratch[..<(2 * attempts)]))
                for i in 0..<attempts {
                    if let count = attempt(scratch[2 * i], scratch[2 * i + 1]) {
                        buffer[done] = count
                        done += 1
                    }
                }
            }
        }
    }

    @inline(__always)
    private func withScratch(
        for draws: Int, _ body: (UnsafeMutableBufferPointer<Double>) -> Void
    ) {
        let capacity = 2 * min(max(draws, 1), 256)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: capacity, body)
    }
}
