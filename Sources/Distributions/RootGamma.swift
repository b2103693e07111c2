// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Randomness
import SpecialFunctions

/// scale · √(2G) for a gamma variable G of rate 1: what the chi, Maxwell's and
/// Nakagami's distributions are.
struct RootGamma: Hashable, Sendable {
    let shape: Double
    let scale: Double

    /// log(E²/(2 shape)) of the standard mean E, and what follows from it.
    private var step: (value: Double, excess: Double, rest: Double) { logHalfStep(shape) }
    var mean: Double { scale * (2 * shape).squareRoot() * exp(0.5 * step.value) }
    private var standardVariance: Double { -2 * shape * expm1(step.value) }
    var variance: Double { scale * scale * standardVariance }

    /// 1 − 2 · variance, about 1/(8 · shape).
    private var deficit: Double {
        let s = step
        if shape < 0.5 { return 1 - 2 * standardVariance }
        return 4 * shape * (s.excess + expMinus1MinusX(s.value))
    }
    var skewness: Double {
        let v = standardVariance
        return (mean / scale) * (deficit / v) / v.squareRoot()
    }
    /// By what is left of the terms that cancel; they are of order shape⁻¹, it of
    /// order shape⁻².
    var excessKurtosis: Double {
        let (h, a, v) = (shape, deficit, standardVariance)
        if h < 0.4 { return 2 / v * ((0.25 + 0.5 * a - 0.75 * a * a - 2 * h * a) / v) }
        let (w, e, rest) = step
        // exp(w) − 1 − w − w²/2 − w³/6
        var fourth = 0.0
        for k in stride(from: 18.0, through: 5, by: -1) { fourth = (1 + fourth) * w / k }
        fourth = w * w / 24 * (1 + fourth) * w * w
        let cubic = e * (3 / (16 * h * h) - 3 * e / (4 * h) + e * e) / 6
        let s = rest - 0.25 * e / h + 0.5 * e * e + cubic + fourth
        return 2 / v * ((1 / (64 * h * h) + 2 * h * (1 - 4 * h) * s - 0.75 * a * a) / v)
    }
    var entropy: Double {
        gammaEntropy(shape) - 0.5 * (digamma(shape) + logTwo) + log(scale)
    }

    /// log of 2^(1−shape)/Γ(shape).
    private var logNormalizer: Double {
        (1 - shape) * logTwo - (shape < 1 ? logGamma1p(shape) - log(shape) : logGamma(shape))
    }

    func logDensity(_ x: Double) -> Double {
        if x < 0 || x == .infinity { return -.infinity }
        let power = 2 * shape - 1
        if x == 0 {
            return power == 0 ? logNormalizer - log(scale) : power < 0 ? .infinity : -.infinity
        }
        let z = x / scale
        let l = logRatio(x, scale)
        if shape < 1 || z < 1e-140 {
            return power * l - 0.5 * z * z + logNormalizer - log(scale)
        }
        return z > 1e154
            ? -.infinity : poissonLogDensity(shape - 1, mean: 0.5 * z * z) + l - log(scale)
    }
    func pdf(_ x: Double) -> Double {
        let z = x / scale
        if shape < 20, x > 0, z < 36 {
            let power = pow(z, 2 * shape - 1)
            if power > 1e-200, power < 1e200 {
                let gamma = shape < 1 ? tgamma(1 + shape) / shape : tgamma(shape)
                return power * exp2(1 - shape) / gamma * expOfHalfSquare(z) / scale
            }
        }
        return exp(logDensity(x))
    }
    /// The lower tail for small z, where a power has more digits than the exponential of
    /// a logarithm: z^(2h) 2⁻ʰ/Γ(1 + h) (1 − t h/(h + 1) + t² h/(2h + 4) − …), t = ½ z².
    private func start(_ x: Double, _ z: Double) -> Double? {
        guard z < 4e-3, shape < 100 else { return nil }
        let (h, t) = (shape, 0.5 * z * z)
        let power = powerRatio(x, scale, 2 * h)
        guard power > 1e-304 else { return nil }
        let bend = 1 - h * t * (1 / (h + 1) - t * (0.5 / (h + 2) - t / (6 * (h + 3))))
        return power * exp2(-h) / tgamma(1 + h) * bend
    }
    func tail(_ x: Double, lower: Bool) -> Double {
        if x <= 0 { return lower ? 0 : 1 }
        let z = x / scale
        if let p = start(x, z) { return lower ? p : 1 - p }
        if z < 1e-140 {
            let p = exp(logTail(x, lower: true))
            return lower ? p : 1 - p
        }
        return lower ? gammaP(shape, 0.5 * z * z) : gammaQ(shape, 0.5 * z * z)
    }
    func logTail(_ x: Double, lower: Bool) -> Double {
        if x <= 0 { return lower ? -.infinity : 0 }
        let z = x / scale
        if !lower, let p = start(x, z), p < 0.5 { return log1p(-p) }
        if z < 1e-140 {
            let p = 2 * shape * logRatio(x, scale) - shape * logTwo - logGamma1p(shape)
            return lower ? p : log1mExp(p)
        }
        return lower ? logGammaP(shape, 0.5 * z * z) : logGammaQ(shape, 0.5 * z * z)
    }
    func quantile(_ p: Double) -> Double {
        p >= 0 && p <= 1 ? place(p, gammaPInverse(shape, p)) : .nan
    }
    func upperQuantile(_ q: Double) -> Double {
        q >= 0 && q <= 1 ? place(1 - q, gammaQInverse(shape, q)) : .nan
    }
    private func place(_ p: Double, _ t: Double) -> Double {
        // Where the half square underflows its root need not.
        if t < 1e-280, p > 0 {
            return scaledRoot(scale * 2.0.squareRoot(), p * tgamma(1 + shape), 2 * shape)
        }
        return scale * (2 * t).squareRoot()
    }
    func sample(using generator: RandomGenerator) -> Double {
        if shape < 1 {
            return scale * 2.0.squareRoot() * exp(0.5 * generator.logGamma(shape: shape))
        }
        return scale * (2 * generator.gamma(shape: shape)).squareRoot()
    }
}
