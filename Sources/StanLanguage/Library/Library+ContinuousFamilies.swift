// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions

extension Library {
    /// Densities, distribution functions and random numbers of continuous families.
    static let continuousFamilies: LibraryGroup = continuousFamilyList.reduce(into: [:]) {
        $0.merge($1.functions("_lpdf")) { $1 }
    }

    static let continuousFamilyList: [Family] = {
        func x(_ requirement: Requirement) -> Family.Argument { ("Random variable", requirement) }
        let location: Family.Argument = ("Location parameter", .finite)
        let scale: Family.Argument = ("Scale parameter", .positiveFinite)
        let widths: Family.Argument = ("Scale parameter", .positive)
        let shape: Family.Argument = ("Shape parameter", .positiveFinite)
        let rate: Family.Argument = ("Inverse scale parameter", .positiveFinite)
        let freedom: Family.Argument = ("Degrees of freedom parameter", .positiveFinite)
        return [
            Family(StandardNormal.self, x(.notNaN)),
            Family(Normal.self, x(.notNaN), location, widths),
            Family(StudentT.self, x(.notNaN), freedom, location, scale),
            Family(Cauchy.self, x(.notNaN), location, scale),
            Family(Laplace.self, x(.finite), tail: .notNaN, location, scale),
            Family(Logistic.self, x(.finite), tail: .notNaN, location, scale),
            Family(Gumbel.self, x(.finite), tail: .notNaN, location, widths),
            Family(
                SkewNormal.self, x(.notNaN), location, widths,
                ("Shape parameter", .finite)),
            Family(
                SkewedDoubleExponential.self, x(.finite), tail: .notNaN, location, scale,
                ("Skewness parameter", .probability)),
            Family(
                ExponentiallyModifiedNormal.self, x(.notNaN), location, scale,
                ("Inv_scale parameter", .positiveFinite)),
            Family(VonMisesDensity.self, x(.finite), tail: .angle, location, scale),
            Family(
                Uniform.self, x(.notNaN), ("Lower bound parameter", .finite),
                ("Upper bound parameter", .finite), check: requireOrder),
            Family(LogNormal.self, x(.nonnegative), location, scale),
            Family(Exponential.self, x(.nonnegative), rate),
            Family(Gamma.self, x(.notNaN), tail: .nonnegative, shape, rate),
            Family(InverseGamma.self, x(.notNaN), tail: .nonnegative, shape, scale),
            Family(ChiSquared.self, x(.nonnegative), freedom),
            Family(InverseChiSquared.self, x(.notNaN), tail: .nonnegative, freedom),
            Family(
                ScaledInverseChiSquared.self, x(.notNaN), tail: .nonnegative, freedom,
                scale),
            Family(Weibull.self, x(.finite), tail: .nonnegative, shape, scale),
            Family(Frechet.self, x(.positive), tail: .nonnegative, shape, scale),
            Family(Rayleigh.self, x(.positive), tail: .nonnegative, widths),
            Family(LogLogistic.self, x(.nonnegative), scale, shape),
            Family(Pareto.self, x(.notNaN), tail: .nonnegative, scale, shape),
            Family(ParetoTypeII.self, x(.notNaN), location, scale, shape),
            Family(
                Beta.self, x(.probability), ("First shape parameter", .positiveFinite),
                ("Second shape parameter", .positiveFinite)),
            Family(
                BetaProportion.self, x(.probability), ("Location parameter", .probability),
                ("Precision parameter", .positiveFinite)),
        ]
    }()

    /// Of known bounds the lower one is the lower.
    private static func requireOrder(
        _ call: Call, _ use: Family.Use, _ variate: Traced?, _ bounds: [Traced]
    ) throws {
        guard let lower = bounds[0].constant, let upper = bounds[1].constant, !(lower < upper)
        else { return }
        throw DomainError(
            call.name, "Upper bound parameter", is: upper,
            mustBe: "greater than \(formatted(lower))")
    }
}
