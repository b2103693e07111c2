// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A state that a trajectory proposes: where the chain may go next.
struct Proposal {
    var position: UnsafeMutablePointer<Double>
    var gradient: UnsafeMutablePointer<Double>
    var logDensity = 0.0
    var energy = 0.0

    init(_ arena: Arena) {
        position = arena.vector()
        gradient = arena.vector()
    }
}

/// A piece of a trajectory of 2ᵏ states: what is needed of it to join it with
/// another. Joining swaps buffers and copies nothing.
struct Subtree {
    /// The momenta of the first and the last state, in order of integration.
    var begin: UnsafeMutablePointer<Double>
    var end: UnsafeMutablePointer<Double>
    /// The sum of all momenta.
    var momentumSum: UnsafeMutablePointer<Double>
    /// One of the states, drawn with probability proportional to its weight.
    var proposal: Proposal
    /// The logarithm of the sum of the weights exp(H₀ − H).
    var logWeight = -Double.infinity

    init(_ arena: Arena) {
        begin = arena.vector()
        end = arena.vector()
        momentumSum = arena.vector()
        proposal = Proposal(arena)
    }
}

/// log(eᵃ + eᵇ), and the odds eᵇ⁻ᵃ of the second weight against the first.
func joined(_ a: Double, _ b: Double) -> (logWeight: Double, odds: Double) {
    if b == -.infinity { return (a, 0) }
    if a == -.infinity { return (b, .infinity) }
    let ratio = exp(-abs(a - b))
    return (max(a, b) + log1p(ratio), b > a ? 1 / ratio : ratio)
}
