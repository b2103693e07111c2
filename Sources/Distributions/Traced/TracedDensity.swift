// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Randomness

/// A log density for the engine, under Stan's name and with Stan's parameters.
///
/// Arguments are known or traced; scalars go with all entries of the others,
/// and the result is the sum over entries. With `droppingConstants` a term is
/// left out when no traced argument has a part in it, as Stan's `~` does.
///
/// Outside the domain the value is NaN or −∞; it never traps. Entries of
/// arguments have to agree in number, which the caller checks.
public protocol TracedDensity: SendableMetatype {
    /// Stan's name, such as "normal".
    static var stanName: String { get }
    /// The number of parameters after the variate.
    static var parameterCount: Int { get }
    static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced
}

/// A family of distributions of one number with its tails for the engine, each
/// a function of its own, so that small ones keep their digits.
public protocol TracedTails: TracedDensity {
    /// log P(X ≤ x), entry by entry.
    static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced
    /// log P(X > x), entry by entry.
    static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced
}

/// A family of distributions of one number that can be drawn.
public protocol TracedSampler: TracedDensity {
    /// A draw for known parameters, in Stan's order.
    ///
    /// Throws `ParameterError` for parameters outside their domain.
    static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double
}
