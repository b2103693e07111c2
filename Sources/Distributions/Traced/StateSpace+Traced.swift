// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

/// Stan's `gaussian_dlm_obs(F, G, V, W, m0, C0)`: the observations of a Gaussian
/// dynamic linear model, one in each column of the variate,
///
///     y_t ~ normal(Fᵀ θ_t, V), θ_t ~ normal(G θ_(t − 1), W), θ_0 ~ normal(m0, C0).
///
/// V is a matrix or, of independent observations, the vector of its diagonal.
///
/// Source: M. West, J. Harrison, Bayesian Forecasting and Dynamic Models, 2nd ed.
/// (1997), ch. 4: Kalman's filter, here with the Cholesky factor of the covariance of
/// each forecast.
public enum DynamicLinearModel: TracedDensity {
    public static let stanName = "gaussian_dlm_obs"
    public static let parameterCount = 6

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (f, g, w) = (parameters[0], parameters[1], parameters[3])
        var (mean, covariance) = (parameters[4].flat, parameters[5])
        let (size, states, times) = (x.shape.rows, f.shape.rows, x.shape.columns)
        let square = Shape.matrix(states, states)
        guard f.shape.columns == size, g.shape.count == square.count,
            w.shape.count == square.count, covariance.count == square.count,
            mean.count == states, let noise = noise(parameters[2], size)
        else { return Traced(.nan) }
        if x.count == 0 || droppingConstants && ([x] + parameters).allSatisfy(\.isConstant) {
            return 0
        }
        let design = transpose(f.reshaped(.matrix(states, size)))
        let (step, growth) = (g.reshaped(square), w.reshaped(square))
        (mean, covariance) = (mean.reshaped(.vector(states)), covariance.reshaped(square))
        var total: Traced =
            droppingConstants ? 0 : Traced(-halfLog2Pi * Double(size * times))
        for t in 0..<times {
            mean = matmul(step, mean)
            covariance = matmul(matmul(step, covariance), transpose(step)) + growth
            let gain = matmul(design, covariance)
            let factor = cholesky(matmul(gain, transpose(design)) + noise)
            let error =
                x.gather(Array(t * size..<(t + 1) * size), .vector(size)) - matmul(design, mean)
            let (z, scaled) = (solveLower(factor, error), solveLower(factor, gain))
            total = total - 0.5 * sum(Autodiff.square(z)) - Columns.logDeterminant(factor)
            mean = mean + matmul(transpose(scaled), z)
            covariance = covariance - matmul(transpose(scaled), scaled)
        }
        return total
    }

    /// V as a matrix; nil if it does not fit.
    private static func noise(_ v: Traced, _ size: Int) -> Traced? {
        let square = Shape.matrix(size, size)
        if v.count == square.count, v.shape.columns == size { return v.reshaped(square) }
        guard v.count == size else { return nil }
        // The vector and a 0 behind it, from which all else is taken.
        let entries = Traced.vector((0..<size).map { v[$0] } + [0])
        return entries.gather(
            (0..<square.count).map { $0 % size == $0 / size ? $0 % size : size }, square)
    }
}
