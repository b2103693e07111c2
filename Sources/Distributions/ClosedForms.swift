// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

// Generating functions and divergences in closed form. Sources: Johnson, Kotz
// and Balakrishnan's volumes; for divergences within exponential families,
// Nielsen and Nock, "Entropies and cross-entropies of exponential families"
// (2010).

/// x − 1 − log x, without cancellation near 1.
private func excess(_ x: Double) -> Double {
    x > 0.5 && x < 2 ? -log1pMinusX(x - 1) : x - 1 - log(x)
}

extension Normal {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        exp(mean * t + 0.5 * variance * t * t)
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        ComplexNumber(modulus: exp(-0.5 * variance * t * t), argument: mean * t)
    }
    public func closedDivergence(to other: Normal) -> Double? {
        let ratio = standardDeviation / other.standardDeviation
        let z = (mean - other.mean) / other.standardDeviation
        return 0.5 * (z * z + excess(ratio * ratio))
    }
}

extension LogNormal {
    public func closedDivergence(to other: LogNormal) -> Double? {
        let ratio = logStandardDeviation / other.logStandardDeviation
        let z = (logMean - other.logMean) / other.logStandardDeviation
        return 0.5 * (z * z + excess(ratio * ratio))
    }
}

extension Gamma {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        t < rate ? exp(-shape * log1p(-t / rate)) : t.isNaN ? .nan : .infinity
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        let u = t / rate
        return ComplexNumber(modulus: exp(-0.5 * shape * log1p(u * u)), argument: shape * atan(u))
    }
    public func closedDivergence(to other: Gamma) -> Double? {
        // (a − b) ψ(a) − log Γ(a)/Γ(b) + b log(β/γ) + a (γ/β − 1)
        let (a, b) = (shape, other.shape)
        let shapes = (a - b) * digamma(a) - (logGamma(a) - logGamma(b))
        // Here γ/β − 1 − log(γ/β) and log(γ/β) for what remains.
        let ratio = other.rate / rate
        return shapes + a * excess(ratio) + (a - b) * log(ratio)
    }
}

extension Exponential {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        t < rate ? 1 / (1 - t / rate) : t.isNaN ? .nan : .infinity
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        let u = t / rate
        return ComplexNumber(modulus: exp(-0.5 * log1p(u * u)), argument: atan(u))
    }
    public func closedDivergence(to other: Exponential) -> Double? { excess(other.rate / rate) }
}

extension ChiSquared {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        t < 0.5 ? exp(-0.5 * degreesOfFreedom * log1p(-2 * t)) : t.isNaN ? .nan : .infinity
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        ComplexNumber(
            modulus: exp(-0.25 * degreesOfFreedom * log1p(4 * t * t)),
            argument: 0.5 * degreesOfFreedom * atan(2 * t))
    }
    public func closedDivergence(to other: ChiSquared) -> Double? {
        let (a, b) = (0.5 * degreesOfFreedom, 0.5 * other.degreesOfFreedom)
        return (a - b) * digamma(a) - (logGamma(a) - logGamma(b))
    }
}

extension InverseGamma {
    public func closedDivergence(to other: InverseGamma) -> Double? {
        let (a, b) = (shape, other.shape)
        let ratio = other.scale / scale
        return (a - b) * digamma(a) - (logGamma(a) - logGamma(b)) + a * excess(ratio)
            + (a - b) * log(ratio)
    }
}

extension Beta {
    public func closedDivergence(to other: Beta) -> Double? {
        let (a, b) = (alpha - other.alpha, beta - other.beta)
        return logBeta(other.alpha, other.beta) - logBeta(alpha, beta)
            - a * digammaDifference(alpha, beta) - b * digammaDifference(beta, alpha)
    }
}

extension Laplace {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        let u = scale * t
        return abs(u) < 1 ? exp(location * t) / ((1 - u) * (1 + u)) : t.isNaN ? .nan : .infinity
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        let u = scale * t
        return ComplexNumber(modulus: 1 / (1 + u * u), argument: location * t)
    }
    public func closedDivergence(to other: Laplace) -> Double? {
        // d + e⁻ᵈ − 1 in units of this scale, then the ratio of scales.
        let d = abs(location - other.location) / scale
        let ratio = scale / other.scale
        return ratio * (d + expm1(-d)) + excess(ratio)
    }
}

extension Logistic {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        let u = scale * t
        if u == 0 { return 1 }
        return abs(u) < 1
            ? exp(location * t) * .pi * u / sin(.pi * u) : t.isNaN ? .nan : .infinity
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        let u = .pi * scale * t
        let modulus = u == 0 ? 1 : abs(u) > 700 ? 0 : u / sinh(u)
        return ComplexNumber(modulus: modulus, argument: location * t)
    }
}

extension Uniform {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        let u = 0.5 * t * (upper - lower)
        if abs(u) > 700 {
            return exp(max(t * lower, t * upper) - log(2 * abs(u)))
        }
        return exp(t * mean) * (u == 0 ? 1 : sinh(u) / u)
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        let u = 0.5 * t * (upper - lower)
        let wave = u == 0 ? 1 : sin(u) / u
        return ComplexNumber(wave * cos(t * mean), wave * sin(t * mean))
    }
    public func closedDivergence(to other: Uniform) -> Double? {
        guard other.lower <= lower, upper <= other.upper else { return .infinity }
        return log((other.upper - other.lower) / (upper - lower))
    }
}

extension Cauchy {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        t == 0 ? 1 : t.isNaN ? .nan : .infinity
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        ComplexNumber(modulus: exp(-scale * abs(t)), argument: location * t)
    }
    /// Chyzak and Nielsen, "A closed-form formula for the Kullback–Leibler
    /// divergence between Cauchy distributions" (2019).
    public func closedDivergence(to other: Cauchy) -> Double? {
        let d = location - other.location
        let s = scale - other.scale
        return log1p((s * s + d * d) / (4 * scale * other.scale))
    }
}

extension StudentT {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        t == 0 ? 1 : t.isNaN ? .nan : .infinity
    }
    /// Hurst, "The characteristic function of the Student-t distribution" (1995).
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        let half = 0.5 * degreesOfFreedom
        let u = degreesOfFreedom.squareRoot() * scale * abs(t)
        if u == 0 { return ComplexNumber(1) }
        let logarithm =
            logBesselK(half, u) + half * log(u) - logGamma(half) - (half - 1) * M_LN2
        return ComplexNumber(modulus: exp(min(logarithm, 0)), argument: location * t)
    }
}

extension Poisson {
    public func momentGeneratingFunction(_ t: Double) -> Double { exp(rate * expm1(t)) }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        let half = sin(0.5 * t)
        return ComplexNumber(modulus: exp(-2 * rate * half * half), argument: rate * sin(t))
    }
    public func closedDivergence(to other: Poisson) -> Double? {
        if rate == 0 { return other.rate }
        return other.rate == 0 ? .infinity : rate * excess(other.rate / rate)
    }
}

/// q + p e^{it}: modulus and argument.
private func turned(_ p: Double, _ t: Double) -> (modulus: Double, argument: Double) {
    let half = sin(0.5 * t)
    let square = max(0, 1 - 4 * p * (1 - p) * half * half)
    return (square.squareRoot(), atan2(p * sin(t), 1 - 2 * p * half * half))
}

/// The divergence of one trial.
private func bernoulliDivergence(_ p: Double, _ q: Double) -> Double {
    if p == q { return 0 }
    func part(_ a: Double, _ b: Double) -> Double {
        a == 0 ? b : b == 0 ? .infinity : a * excess(b / a)
    }
    return part(p, q) + part(1 - p, 1 - q)
}

extension Bernoulli {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        probability == 0 ? 1 : 1 + probability * expm1(t)
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        let (modulus, argument) = turned(probability, t)
        return ComplexNumber(modulus: modulus, argument: argument)
    }
    public func closedDivergence(to other: Bernoulli) -> Double? {
        bernoulliDivergence(probability, other.probability)
    }
}

extension Binomial {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        probability == 0 ? 1 : exp(Double(trials) * log1p(probability * expm1(t)))
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        let (modulus, argument) = turned(probability, t)
        return ComplexNumber(
            modulus: pow(modulus, Double(trials)), argument: Double(trials) * argument)
    }
    public func closedDivergence(to other: Binomial) -> Double? {
        guard trials == other.trials else { return nil }
        return trials == 0
            ? 0 : Double(trials) * bernoulliDivergence(probability, other.probability)
    }
}

/// (p/(1 − q e^t))^r.
private func negativeBinomialMoments(_ r: Double, _ p: Double, _ t: Double) -> Double {
    if t.isNaN { return .nan }
    let rest = p - (1 - p) * expm1(t)
    return rest > 0 ? exp(r * log(p / rest)) : .infinity
}

private func negativeBinomialTurned(_ r: Double, _ p: Double, _ t: Double) -> ComplexNumber {
    // |1 − q e^{it}|² = p² + 4 q sin²(t/2)
    let half = sin(0.5 * t)
    let odds = 4 * (1 - p) / (p * p) * half * half
    let argument = atan2((1 - p) * sin(t), p + 2 * (1 - p) * half * half)
    return ComplexNumber(modulus: exp(-0.5 * r * log1p(odds)), argument: r * argument)
}

extension Geometric {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        negativeBinomialMoments(1, probability, t)
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        negativeBinomialTurned(1, probability, t)
    }
    public func closedDivergence(to other: Geometric) -> Double? {
        bernoulliDivergence(probability, other.probability) / probability
    }
}

extension NegativeBinomial {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        negativeBinomialMoments(successes, probability, t)
    }
    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        negativeBinomialTurned(successes, probability, t)
    }
    public func closedDivergence(to other: NegativeBinomial) -> Double? {
        guard successes == other.successes else { return nil }
        return successes * bernoulliDivergence(probability, other.probability) / probability
    }
}
