// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Distributions
import Errors
import Randomness

/// The expectation of a function of a random variable, from independent draws:
/// their mean, with the standard error sd / √n.
///
///     let d = try Gamma(shape: 3, rate: 2)
///     try expectation(of: { log($0) }, under: d, draws: 100_000, using: generator)
///
/// The error means something only if the function's variance is finite: of a
/// Cauchy variable neither value nor error settle.
/// - Throws: `ParameterError` for fewer than two draws; what the function throws.
public func expectation<Value>(
    of function: (Value) throws -> Double, under distribution: some Distribution<Value>,
    draws: Int, using generator: RandomGenerator
) throws -> Estimate {
    try check(draws: draws)
    var moments = Moments()
    for _ in 0..<draws { moments.add(try function(distribution.sample(using: generator))) }
    return Estimate(
        moments.mean, standardError: moments.standardError, effectiveSampleSize: Double(draws))
}

/// The probability of an event, from independent draws.
///
/// The standard error is √(p̃ (1 − p̃) / n) at p̃ = (k + ½) / (n + 1), k draws of
/// n being in the event: it is not 0 when none or all of them are.
/// - Throws: `ParameterError` for fewer than two draws; what the event throws.
public func probability<Value>(
    of event: (Value) throws -> Bool, under distribution: some Distribution<Value>,
    draws: Int, using generator: RandomGenerator
) throws -> Estimate {
    try check(draws: draws)
    var hits = 0
    for _ in 0..<draws where try event(distribution.sample(using: generator)) { hits += 1 }
    let n = Double(draws)
    let inner = (Double(hits) + 0.5) / (n + 1)
    return Estimate(
        Double(hits) / n, standardError: (inner * (1 - inner) / n).squareRoot(),
        effectiveSampleSize: n)
}

/// The entropy of a distribution, in nats, from independent draws: the
/// expectation of −log density. Relative to Lebesgue measure for continuous
/// distributions, hence possibly negative.
/// - Throws: `ParameterError` for fewer than two draws.
public func entropy(
    of distribution: some Distribution, draws: Int, using generator: RandomGenerator
) throws(ParameterError) -> Estimate {
    try check(draws: draws)
    var moments = Moments()
    for _ in 0..<draws {
        moments.add(-distribution.logDensity(distribution.sample(using: generator)))
    }
    return Estimate(
        moments.mean, standardError: moments.standardError, effectiveSampleSize: Double(draws))
}

private func check(draws: Int) throws(ParameterError) {
    guard draws >= 2 else { throw ParameterError("draws", is: draws, mustBe: "at least 2") }
}
