// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Randomness

/// How to sample. The defaults are Stan's.
public struct SamplingSettings: Hashable, Sendable {
    /// The number of chains, at least 1; with fewer than 4 convergence is
    /// hard to judge.
    public var chains = 4
    /// Warm-up iterations a chain.
    public var warmup = 1000
    /// Iterations a chain after warm-up.
    public var draws = 1000
    /// The stream of random numbers; chain n takes the child n.
    public var key: StreamKey
    /// The acceptance probability that the step size is adapted to, in (0, 1).
    public var targetAcceptance = 0.8
    /// Trajectories double at most this many times, 1 … 20.
    public var maximumDepth = 10
    /// Of so many draws one is kept.
    public var thin = 1
    /// Starting points are uniform on (−radius, radius) in each unconstrained
    /// coordinate.
    public var initialRadius = 2.0
    /// Whether to keep the draws of warm-up too.
    public var saveWarmup = false
    /// The number of chains that run at once; nil for one a processor. It has
    /// no influence on the draws.
    public var threads: Int?

    public init(seed: UInt64 = 1) { key = StreamKey(seed: seed) }
    public init(key: StreamKey) { self.key = key }

    /// The user's seed.
    public var seed: UInt64 { key.seed }

    /// The rows that a chain keeps.
    var keptWarmup: Int { saveWarmup ? (warmup + thin - 1) / thin : 0 }
    var keptDraws: Int { (draws + thin - 1) / thin }

    /// Throws a `ParameterError` for the first setting that is out of range.
    public func validate() throws(ParameterError) {
        func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(ParameterError) {
            guard range.contains(value) else {
                let bounds =
                    range.upperBound == .max
                    ? "at least \(range.lowerBound)"
                    : "between \(range.lowerBound) and \(range.upperBound)"
                throw ParameterError(name, is: value, mustBe: bounds)
            }
        }
        try check("chains", chains, 1...10_000)
        try check("warmup", warmup, 0...1_000_000_000)
        try check("draws", draws, 1...1_000_000_000)
        try check("thin", thin, 1...1_000_000_000)
        try check("maximumDepth", maximumDepth, 1...20)
        if let threads { try check("threads", threads, 1...10_000) }
        guard targetAcceptance > 0, targetAcceptance < 1 else {
            throw ParameterError(
                "targetAcceptance", is: targetAcceptance, mustBe: "between 0 and 1")
        }
        guard initialRadius >= 0, initialRadius.isFinite else {
            throw ParameterError(
                "initialRadius", is: initialRadius, mustBe: "finite and not negative")
        }
    }
}
