// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Outcomes 1 … K in order, by K − 1 ordered cut points of a latent logistic variable:
/// P(X ≤ k) = F(cₖ − η), by log odds.
///
/// Stan: `ordered_logistic(eta, c)`.
///
///     let d = try OrderedLogistic(location: 0.5, cutpoints: [-1, 0, 2])
///     d.cdf(3)
public struct OrderedLogistic: OrderedOutcomes {
    public let location: Double
    public let cutpoints: [Double]

    /// Throws `ParameterError` unless the location is finite and the cut points are
    /// finite and increase.
    public init(location: Double, cutpoints: [Double]) throws(ParameterError) {
        self.location = try Parameter.finite(location, "location")
        self.cutpoints = try Self.checked(cutpoints)
    }

    public static func latentCDF(_ t: Double) -> Double { logistic(t) }
    public static func latentLogCDF(_ t: Double) -> Double { logLogistic(t) }
    public static func latentDraw(using generator: RandomGenerator) -> Double {
        logit(generator.uniform())
    }
}

extension OrderedLogistic: TracedDensity {
    public static let stanName = "ordered_logistic"
    public static let parameterCount = 2

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        OrderedRegression.logDensity(
            x, parameters[0].flat, parameters[1], droppingConstants,
            tail: { logLogistic($0) },
            // F(u) − F(l) = F(u) F(−l) (1 − e^(l − u))
            interval: { logLogistic($0) + logLogistic(-$1) + log1mExp($1 - $0) })
    }
}
