// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Randomness
import SpecialFunctions

// Families on the whole line that have no type of their own, with the parameters
// and formulas of the Stan functions reference.

/// Stan's `std_normal()`.
public enum StandardNormal: TracedTails, TracedSampler {
    public static let stanName = "std_normal"
    public static let parameterCount = 0

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.standardNormal, [x], droppingConstants: droppingConstants)
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced { logNormalCDF(x) }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logNormalCDF(-x)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double { generator.normal() }
}

/// Stan's `von_mises(mu, kappa)`.
public enum VonMisesDensity: TracedTails, TracedSampler {
    public static let stanName = "von_mises"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, kappa) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, mu, kappa], droppingConstants: droppingConstants)
        terms.add(-logTwo - logPi)
        // κ (cos(y − μ) − 1) and log I₀(κ) − κ: for large κ nothing cancels.
        terms.add(kappa) { -.logBesselI0Excess(kappa) }
        terms.add(y, mu, kappa) { -2 * kappa * square(sin(0.5 * (mu - y))) }
        if droppingConstants, kappa.isConstant {
            // Stan drops log I₀(κ) but not κ.
            terms.add(y, mu) { kappa }
        }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logVonMisesTail(x, mean: parameters[0], concentration: parameters[1], lower: true)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logVonMisesTail(x, mean: parameters[0], concentration: parameters[1], lower: false)
    }

    /// Within π of μ mod 2π: by rejection from a wrapped Cauchy distribution.
    ///
    /// Source: D. J. Best, N. I. Fisher, "Efficient simulation of the von Mises
    /// distribution", Applied Statistics 28 (1979).
    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let (mu, kappa) = (
            try Parameter.finite(parameters[0], "mu"),
            try Parameter.nonnegative(parameters[1], "kappa")
        )
        let mean = mu - 2 * .pi * (mu / (2 * .pi)).rounded(.down)
        if kappa < 1e-8 { return mean + .pi * (2 * generator.uniform() - 1) }
        // Its relative error is below 1/κ.
        if kappa > 1e15 { return mean + generator.normal() / kappa.squareRoot() }
        // With s = r − 1, r = (1 + ρ²)/(2ρ), nothing cancels for large κ.
        let root = hypot(1, 2 * kappa)
        let gap = ((2 * (1 + root)).squareRoot() - 1 - 1 / (root + 2 * kappa)) / (2 * kappa)
        let s = kappa < 1e-4 ? 1 / kappa + kappa - 1 : gap * gap / (2 * (1 - gap))
        while true {
            // 1 − cos of the angle, from 1 ∓ cos πU.
            let quarter = 0.5 * .pi * generator.uniform()
            let drop = 2 * sin(quarter) * sin(quarter)
            let fall = s * drop / (s + 2 * cos(quarter) * cos(quarter))
            let c = kappa * (s + fall)
            let u = generator.uniform()
            if c * (2 - c) > u || log(c / u) + 1 >= c {
                let angle = 2 * asin(min((0.5 * fall).squareRoot(), 1))
                return generator.next() & 1 == 0 ? mean + angle : mean - angle
            }
        }
    }
}
