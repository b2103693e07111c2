// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

/// Stan's `wiener(alpha, tau, beta, delta)`: response times of the diffusion model at
/// its upper boundary, with the boundary separation, nondecision time, relative start
/// and drift; and of trials that vary, `wiener(alpha, tau, beta, delta, var_delta)` and
/// `wiener(alpha, tau, beta, delta, var_delta, var_beta, var_tau)`.
public enum WienerDensity: TracedDensity {
    public static let stanName = "wiener"
    public static let parameterCount = 4

    /// - Parameter parameters: four, five or seven.
    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        var terms = TermSum([x.flat] + parameters, droppingConstants: droppingConstants)
        terms.addOnce([x] + parameters) { sum(logProbability(.density, x, parameters)) }
        return terms.total
    }

    /// The density, or the probability of a response at the upper boundary by a time or
    /// after it: these add up to that of the boundary, not to 1.
    package static func logProbability(
        _ kind: ResponseTime.Kind, _ x: Traced, _ parameters: [Traced]
    ) -> Traced {
        let given = [x.flat] + parameters.map(\.flat)
        let all = given + Array(repeating: 0, count: max(0, 8 - given.count))
        let function = PointwiseFunction("wiener \(kind)", argumentCount: 8) { z, partials in
            ResponseTime(z + 1).evaluate(kind, z[0], partials)
        }
        let shape = all.first { !$0.shape.isScalar }?.shape ?? .scalar
        return .pointwise(function, all).broadcast(to: shape)
    }
}
