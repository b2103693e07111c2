// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Randomness
import SpecialFunctions

// Families on the positive numbers and on (0, 1) that have no type of their own,
// with the parameters and formulas of the Stan functions reference. A scale or a
// shape below 0 makes a logarithm NaN.

/// Stan's `weibull(alpha, sigma)`, shape and scale.
public enum WeibullDensity: TracedTails, TracedSampler {
    public static let stanName = "weibull"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, alpha, sigma) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, alpha, sigma], droppingConstants: droppingConstants)
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        terms.add(alpha) { log(alpha) }
        if !alpha.isConstant, y.isConstant, y.isFormallyPositive {
            // α log y/σ is in the power, too.
            let power = alpha * log(y / sigma)
            terms.add(alpha) { power - exp(power) }
            terms.add(y) { -log(y) }
            return terms.total
        }
        terms.add(alpha, sigma) { -alpha * log(sigma) }
        terms.add(y, alpha) { (alpha - 1) * log(y) }
        terms.add(y, alpha, sigma) { -pow(y / sigma, alpha) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logOneMinusExpExp(positiveOrNaN(parameters[0]) * log(x / parameters[1]))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        -pow(maximum(x, 0) / positiveOrNaN(parameters[1]), positiveOrNaN(parameters[0]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        parameters[1] * pow(generator.exponential(), 1 / parameters[0])
    }
}

/// Stan's `frechet(alpha, sigma)`, shape and scale.
public enum FrechetDensity: TracedTails, TracedSampler {
    public static let stanName = "frechet"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, alpha, sigma) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, alpha, sigma], droppingConstants: droppingConstants)
        if Support.isOutside(y, .leastNonzeroMagnitude ... .infinity) { return Traced(-.infinity) }
        terms.add(alpha) { log(alpha) }
        terms.add(alpha, sigma) { alpha * log(sigma) }
        terms.add(y, alpha) { -(alpha + 1) * log(y) }
        terms.add(y, alpha, sigma) { -pow(y / sigma, -alpha) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        -pow(maximum(x, 0) / positiveOrNaN(parameters[1]), -positiveOrNaN(parameters[0]))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logOneMinusExpExp(-positiveOrNaN(parameters[0]) * log(x / parameters[1]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        parameters[1] * pow(generator.exponential(), -1 / parameters[0])
    }
}

/// Stan's `rayleigh(sigma)`.
public enum RayleighDensity: TracedTails, TracedSampler {
    public static let stanName = "rayleigh"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, sigma) = (x.flat, parameters[0].flat)
        var terms = TermSum([y, sigma], droppingConstants: droppingConstants)
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        terms.add(sigma) { -2 * log(sigma) }
        terms.add(y) { log(y) }
        terms.add(y, sigma) { -0.5 * square(y / sigma) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logOneMinusExpExp(2 * log(x / parameters[0]) - Traced(logTwo))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        -0.5 * square(maximum(x, 0) / positiveOrNaN(parameters[0]))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        parameters[0] * (2 * generator.exponential()).squareRoot()
    }
}

/// Stan's `loglogistic(alpha, beta)`, scale and shape.
public enum LogLogisticDensity: TracedTails, TracedSampler {
    public static let stanName = "loglogistic"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, scale, shape) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, scale, shape], droppingConstants: droppingConstants)
        if Support.isOutside(y, 0 ... .infinity) { return Traced(-.infinity) }
        terms.add(scale, shape) { log(shape) - shape * log(scale) }
        terms.add(y, scale, shape) { (shape - 1) * log(y) }
        terms.add(y, scale, shape) { -2 * log1pExp(shape * (log(y) - log(scale))) }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLogistic(positiveOrNaN(parameters[1]) * (log(x) - log(parameters[0])))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logLogistic(positiveOrNaN(parameters[1]) * (log(parameters[0]) - log(x)))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let u = generator.uniform()
        return parameters[0] * pow(u / (1 - u), 1 / parameters[1])
    }
}

/// Stan's `pareto(y_min, alpha)`.
public enum ParetoDensity: TracedTails, TracedSampler {
    public static let stanName = "pareto"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, least, alpha) = (x.flat, parameters[0].flat, parameters[1].flat)
        var terms = TermSum([y, least, alpha], droppingConstants: droppingConstants)
        terms.add(alpha) { log(alpha) }
        terms.add(alpha, least) { alpha * log(least) }
        terms.add(alpha, y) { -(alpha + 1) * log(y) }
        terms.require(.lessOrEqual(least, y))
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        log1mExp(logUpperCDF(x, parameters))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        // log(y/y_min) by what y has above y_min: near it nothing cancels.
        let (least, alpha) = (positiveOrNaN(parameters[0]), positiveOrNaN(parameters[1]))
        return -alpha * log1p(maximum(x - least, 0) / least)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        parameters[0] * exp(generator.exponential() / parameters[1])
    }
}

/// Stan's `pareto_type_2(mu, lambda, alpha)`.
public enum ParetoType2Density: TracedTails, TracedSampler {
    public static let stanName = "pareto_type_2"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, mu, lambda, alpha) = (
            x.flat, parameters[0].flat, parameters[1].flat, parameters[2].flat
        )
        var terms = TermSum([y, mu, lambda, alpha], droppingConstants: droppingConstants)
        terms.add(alpha) { log(alpha) }
        terms.add(lambda) { -log(lambda) }
        terms.add(y, mu, lambda, alpha) { -(alpha + 1) * log1p((y - mu) / lambda) }
        terms.require(.lessOrEqual(mu, y))
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        log1mExp(logUpperCDF(x, parameters))
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        let (lambda, alpha) = (positiveOrNaN(parameters[1]), positiveOrNaN(parameters[2]))
        return -alpha * log1p(maximum((x - parameters[0]) / lambda, 0))
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        parameters[0] + parameters[1] * expm1(generator.exponential() / parameters[2])
    }
}

/// Stan's `inv_chi_square(nu)`.
public enum InverseChiSquaredDensity: TracedTails, TracedSampler {
    public static let stanName = "inv_chi_square"
    public static let parameterCount = 1

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (y, half) = (x.flat, positiveOrNaN(parameters[0].flat) * 0.5)
        var terms = TermSum([y, half], droppingConstants: droppingConstants)
        if Support.isOutside(y, .leastNonzeroMagnitude ... .infinity) { return Traced(-.infinity) }
        terms.add(half) { -half * Traced(logTwo) - logGamma(half) }
        terms.add(y, half) { -(half + 1) * log(y) }
        terms.add(y) { Traced(-0.5) / y }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaQ(parameters[0] * 0.5, Traced(0.5) / x)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logGammaP(parameters[0] * 0.5, Traced(0.5) / x)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        0.5 * exp(-generator.logGamma(shape: 0.5 * parameters[0]))
    }
}

/// Stan's `scaled_inv_chi_square(nu, sigma)`.
public enum ScaledInverseChiSquaredDensity: TracedTails, TracedSampler {
    public static let stanName = "scaled_inv_chi_square"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let half = positiveOrNaN(parameters[0].flat) * 0.5
        let (y, sigma) = (x.flat, parameters[1].flat)
        var terms = TermSum([y, half, sigma], droppingConstants: droppingConstants)
        if Support.isOutside(y, .leastNonzeroMagnitude ... .infinity) { return Traced(-.infinity) }
        terms.add(half) { half * log(half) - logGamma(half) }
        terms.add(half, sigma) { 2 * half * log(sigma) }
        terms.add(y, half) { -(half + 1) * log(y) }
        terms.add(y, half, sigma) { -half * square(sigma) / y }
        return terms.total
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        tail(x, parameters, logGammaQ)
    }
    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        tail(x, parameters, logGammaP)
    }
    private static func tail(
        _ x: Traced, _ parameters: [Traced], _ function: (Traced, Traced) -> Traced
    ) -> Traced {
        let half = parameters[0] * 0.5
        return function(half, half * square(positiveOrNaN(parameters[1])) / x)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let half = 0.5 * parameters[0]
        return parameters[1] * parameters[1] * exp(log(half) - generator.logGamma(shape: half))
    }
}

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
