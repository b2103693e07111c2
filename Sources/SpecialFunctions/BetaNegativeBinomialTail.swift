// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// log P(K > n) of the beta negative binomial distribution with its derivatives in
/// r, a and b, for n ≥ 0 whole.
///
/// The tail is heavy, a sum of it too long. It is the mean of the negative binomial
/// tail I_q(n + 1, r) over the probability p = 1 − q with density ∝ pᵃ⁻¹ qᵇ⁻¹: in the
/// logit of p a smooth log-concave integrand, for which the trapezoidal rule converges
/// exponentially.
func logBetaNegativeBinomialUpperTail(
    _ n: Double, _ r: Double, _ a: Double, _ b: Double
) -> (log: Double, r: Double, a: Double, b: Double) {
    func point(_ t: Double) -> IncompleteBeta.Point { IncompleteBeta.Point(logOdds: -t) }
    func height(_ t: Double) -> Double {
        let p = point(t)
        return a * p.logY + b * p.logX
            + IncompleteBeta.evaluate(n + 1, r, p, lower: true, log: true)
    }
    func slope(_ t: Double) -> Double {
        let p = point(t)
        return a * p.x - b * p.y
            - IncompleteBeta.derivatives(n + 1, r, p, lower: true, shapes: false).logit
    }
    // The top, where the decreasing slope is 0.
    var (low, high) = (-1.0, 1.0)
    while slope(low) < 0, low > -1e3 { low *= 2 }
    while slope(high) > 0, high < 1e3 { high *= 2 }
    for _ in 0..<60 where high - low > 1e-6 * (1 + abs(low)) {
        let middle = 0.5 * (low + high)
        if slope(middle) > 0 { low = middle } else { high = middle }
    }
    let top = 0.5 * (low + high)
    let peak = height(top)
    let left = endOfTail(start: 1) { height(top - $0) - peak }
    let right = endOfTail(start: 1) { height(top + $0) - peak }
    let step = min(left, right) / 20
    var (sum, byR, logP, logQ) = (0.0, 0.0, 0.0, 0.0)
    for i in -Int(min(left / step, 1e5))...Int(min(right / step, 1e5)) {
        let p = point(top + step * Double(i))
        let tail = IncompleteBeta.derivatives(n + 1, r, p, lower: true)
        let weight = exp(a * p.logY + b * p.logX + tail.value - peak)
        guard weight > 0 else { continue }
        sum += weight
        byR += weight * tail.b
        logP += weight * p.logY
        logQ += weight * p.logX
    }
    return (
        peak + log(sum * step) - logBeta(a, b), byR / sum,
        logP / sum + digammaDifference(a, b), logQ / sum + digammaDifference(b, a)
    )
}
