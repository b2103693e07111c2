// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Randomness
import SpecialFunctions

// Families on the positive numbers and on (0, 1) that have no type of their own,
// with the parameters and formulas of the Stan functions reference. A scale or a
// shape below 0 makes a logarithm NaN.

/// Stan's `beta_proportion(mu, kappa)`: mean and precision.
public enum BetaProportion: TracedTails, TracedSampler {
    public static let stanName = "beta_proportion"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, kappa) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, mu, kappa], droppingConstants: droppingConstants)
        if Support.isOutside(y, 0...1) { return Traced(-.infinity) }
        let (a, b) = (mu * kappa, (1 - mu) * kappa)
        terms.add(mu, kappa) { -logBeta(positiveOrNaN(a), positiveOrNaN(b)) }
        terms.add(y, mu, kappa) { (a - 1) * log(y) + (b - 1) * log1m(y) }
        // Stan drops log Γ(κ) of a known κ.
        if droppingConstants, kappa.isConstant { terms.add(mu) { -logGamma(kappa) } }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBetaI(x, parameters[0] * parameters[1], (1 - parameters[0]) * parameters[1])
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logBetaIUpper(x, parameters[0] * parameters[1], (1 - parameters[0]) * parameters[1])
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try Beta(
            alpha: parameters[0] * parameters[1], beta: (1 - parameters[0]) * parameters[1]
        ).sample(using: generator)
    }
}
