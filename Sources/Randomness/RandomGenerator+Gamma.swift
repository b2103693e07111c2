// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

extension RandomGenerator {
    /// Gamma with a shape > 0 and rate 1, or its logarithm's worth for tiny
    /// shapes: see `logGamma(shape:)`.
    ///
    /// Source: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma
    /// variables", ACM TOMS 26 (2000); their U^(1/a) for shapes below 1.
    package func gamma(shape: Double) -> Double {
        if shape < 1 { return gamma(shape: shape + 1) * exp(-exponential() / shape) }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let t = 1 + c * x
            if t <= 0 { continue }
            let v = t * t * t
            let u = uniform()
            let x2 = x * x
            if u < 1 - 0.0331 * x2 * x2 { return d * v }
            if log(u) < 0.5 * x2 + d * (1 - v + log(v)) { return d * v }
        }
    }

    /// The logarithm of a gamma variate, which does not underflow for shapes
    /// near 0.
    package func logGamma(shape: Double) -> Double {
        if shape < 1 { return log(gamma(shape: shape + 1)) - exponential() / shape }
        return log(gamma(shape: shape))
    }
}
