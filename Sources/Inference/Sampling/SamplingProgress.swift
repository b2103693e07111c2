// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// How far a run is.
public struct SamplingProgress: Sendable {
    public enum Phase: Sendable { case waiting, warmup, sampling, finished, failed }

    public struct Chain: Sendable {
        /// The chain's number, from 1.
        public let id: Int
        public internal(set) var phase = Phase.waiting
        /// Iterations done, warm-up included.
        public internal(set) var iteration = 0
        /// Divergences after warm-up.
        public internal(set) var divergences = 0
    }

    public internal(set) var chains: [Chain]
    /// The iterations of one chain.
    public let iterations: Int

    /// The part of all iterations that is done, in [0, 1].
    public var fraction: Double {
        let done = chains.reduce(0.0) { sum, chain in
            sum + Double(chain.phase == .failed ? iterations : chain.iteration)
        }
        let all = Double(iterations) * Double(chains.count)
        return all > 0 ? done / all : 1
    }
}

/// Where chains report and the calling thread looks.
final class Monitor: @unchecked Sendable {
    private let condition = NSCondition()
    // Guarded by `condition`.
    private var progress: SamplingProgress
    private var results: [Result<Draws.Chain, any Error>?]
    private var next = 0
    private var running: Int

    init(chains: Int, iterations: Int, threads: Int) {
        progress = SamplingProgress(
            chains: (0..<chains).map { SamplingProgress.Chain(id: $0 + 1) },
            iterations: iterations)
        results = Array(repeating: nil, count: chains)
        running = threads
    }

    /// The index of a chain that no thread has taken yet.
    func takeChain() -> Int? {
        condition.withLock {
            guard next < results.count else { return nil }
            defer { next += 1 }
            return next
        }
    }

    func report(_ chain: Int, _ change: (inout SamplingProgress.Chain) -> Void) {
        condition.withLock { change(&progress.chains[chain]) }
    }

    func finish(_ chain: Int, _ result: Result<Draws.Chain, any Error>) {
        condition.withLock {
            results[chain] = result
            if case .failure = result {
                progress.chains[chain].phase = .failed
            } else {
                progress.chains[chain].phase = .finished
            }
        }
    }

    func threadEnds() {
        condition.withLock {
            running -= 1
            condition.signal()
        }
    }

    /// Returns when all threads have ended; shows the progress meanwhile.
    func wait(
        every interval: Double, _ show: ((SamplingProgress) -> Void)?
    ) -> [Result<Draws.Chain, any Error>?] {
        condition.lock()
        while running > 0 {
            let inTime = condition.wait(until: Date(timeIntervalSinceNow: interval))
            if !inTime, let show {
                let snapshot = progress
                condition.unlock()
                show(snapshot)
                condition.lock()
            }
        }
        let (snapshot, all) = (progress, results)
        condition.unlock()
        show?(snapshot)
        return all
    }
}
