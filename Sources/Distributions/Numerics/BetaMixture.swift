// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Randomness
import SpecialFunctions

/// Beta(α + j, β) with j Poisson of mean m: noncentral beta, and noncentral F by
/// its odds.
struct BetaMixture {
    var alpha, beta, mean: Double

    /// Of the Poisson variable at a point: where the terms are about largest, and
    /// their standard deviation at least.
    private func terms(_ p: IncompleteBeta.Point) -> (start: Double, spread: Double) {
        // j (α + j) = m x (α + β + j)
        let z = mean * p.x
        let half = 0.5 * (alpha - z)
        let rest = z * (alpha + beta)
        let root = (half * half + rest).squareRoot()
        let start = half > 0 ? rest / (half + root) : root - half
        return (start, (start * ((alpha + start) / (alpha + 2 * start))).squareRoot())
    }

    /// log of the density of the logit.
    func logLogitDensity(_ p: IncompleteBeta.Point) -> Double {
        if let value = logitDensity(p) { return CGSL.log(value) }
        if let series = series(p) {
            return IncompleteBeta.logPrefactor(alpha, beta, p) + (CGSL.log(series) - mean)
        }
        let (start, spread) = terms(p)
        return PoissonMixture.log(mean: mean, near: start, spread: spread) {
            IncompleteBeta.logPrefactor(alpha + $0, beta, p)
        }
    }

    /// The density of the logit by powers, which have more digits near the ends than
    /// exponentials of logarithms; nil where that does not do.
    func logitDensity(_ p: IncompleteBeta.Point) -> Double? {
        guard alpha + beta < 165, mean < 200, min(p.x, p.y) < 0.1, let series = series(p)
        else { return nil }
        let first = p.x < 0.5 ? pow(p.x, alpha) : exp(alpha * p.logX)
        let second = p.y < 0.5 ? pow(p.y, beta) : exp(beta * p.logY)
        guard first > 1e-290, second > 1e-290, first * second > 1e-290 else { return nil }
        return first * second / Self.function(alpha, beta) * series * exp(-mean)
    }

    /// B(a, b) of moderate parameters.
    private static func function(_ a: Double, _ b: Double) -> Double {
        a + b < 165 && min(a, b) > 1e-3
            ? tgamma(a) * (tgamma(b) / tgamma(a + b)) : SpecialFunctions.beta(a, b)
    }

    /// I_x(a, b) by a power of a small x; nil where that does not do.
    private static func byPowers(_ a: Double, _ b: Double, _ x: Double) -> Double? {
        guard x < 0.1, a < 100, b * x < 0.5 else { return nil }
        let power = pow(x, a)
        guard power > 1e-290 else { return nil }
        // Σ (1 − b)ₙ xⁿ/(n! (a + n))
        var (sum, term, n) = (1 / a, 1.0, 0.0)
        while abs(term) > 1e-17 * sum * (a + n) {
            n += 1
            term *= x * (n - b) / n
            sum += term / (a + n)
        }
        return power * sum / function(a, b)
    }

    /// Σ (m x)ʲ/j! (α + β)ⱼ/(α)ⱼ where few terms do.
    private func series(_ p: IncompleteBeta.Point) -> Double? {
        let z = mean * p.x
        guard z < 20, z * (1 + beta) < 20 * (1 + alpha) else { return nil }
        var (sum, term) = (1.0, 1.0)
        for j in 0..<500 {
            let j = Double(j)
            term *= z / (j + 1) * ((alpha + beta + j) / (alpha + j))
            sum += term
            if term < 1e-17 * sum { break }
        }
        return sum
    }

    func tail(_ p: IncompleteBeta.Point, lower: Bool, log wantsLog: Bool) -> Double {
        let (peak, spread) = terms(p)
        // The odds' mean, about.
        let isLeft = beta * p.x < (alpha + mean) * p.y
        return PoissonMixture.tail(
            lower: lower, lowerIsSmall: isLeft, logarithm: wantsLog, mean: mean,
            near: peak, spread: min(spread, mean.squareRoot()),
            value: {
                Self.byPowers($1 ? alpha + $0 : beta, $1 ? beta : alpha + $0, $1 ? p.x : p.y)
                    ?? IncompleteBeta.evaluate(alpha + $0, beta, p, lower: $1, log: false)
            },
            log: { IncompleteBeta.evaluate(alpha + $0, beta, p, lower: $1, log: true) })
    }

    /// Odds of about a quantile.
    func guess(_ p: Double, lower: Bool) -> Double {
        // A central variable with the numerator's first two moments.
        let scale = (alpha + 2 * mean) / (alpha + mean)
        let shape = (alpha + mean) / scale
        let point = IncompleteBeta.inverse(
            shape, beta, p: lower ? p : 1 - p, q: lower ? 1 - p : p)
        return exp(point.logX - point.logY) * scale
    }

    func logOdds(using generator: RandomGenerator) -> Double {
        let count = mean == 0 ? 0 : Double(generator.poisson(rate: mean))
        return generator.logGamma(shape: alpha + count) - generator.logGamma(shape: beta)
    }
}
