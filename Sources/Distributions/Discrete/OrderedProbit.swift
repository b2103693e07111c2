// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Outcomes 1 … K in order, by K − 1 ordered cut points of a latent normal variable:
/// P(X ≤ k) = F(cₖ − η), by normal quantiles.
///
/// Stan: `ordered_probit(eta, c)`.
///
///     let d = try OrderedProbit(location: 0.5, cutpoints: [-1, 0, 2])
///     d.cdf(3)
public struct OrderedProbit: OrderedOutcomes {
    public let location: Double
    public let cutpoints: [Double]

    /// Throws `ParameterError` unless the location is finite and the cut points are
    /// finite and increase.
    public init(location: Double, cutpoints: [Double]) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.cutpoints = try Self.checked(cutpoints)
    }

    public static func latentCDF(_ t: Double) -> Double { normalCDF(t) }
    public static func latentLogCDF(_ t: Double) -> Double { logNormalCDF(t) }
    public static func latentDraw(using generator: RandomGenerator) -> Double {
        generator.normal()
    }
}

extension OrderedProbit: TracedDensity {
    public static let stanName = "ordered_probit"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        OrderedRegression.logDensity(
            x, parameters[0].flat, parameters[1], droppingConstants,
            tail: { logNormalCDF($0) },
            interval: { upper, lower in
                // On the left side, where the logarithms are not all near 0.
                let isRight = Traced.less(0, upper + lower)
                return logDiffExp(
                    logNormalCDF(select(isRight, -lower, upper)),
                    logNormalCDF(select(isRight, -upper, lower)))
            })
    }
}
