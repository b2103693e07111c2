// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

// Distribution functions of counts that are sums of probabilities: the ratio of
// neighbours is rational, so a sum takes no logarithms, and what a probability
// contributes to a derivative is a sum of reciprocals. A tail begins at its largest
// term and ends where terms no longer count.

/// The probability of one count, with the derivatives of its logarithm, and how
/// neighbouring ones compare.
private struct CountTail {
    /// log p and its derivatives in two shapes at the first term.
    var log: Double
    var a: Double
    var b: Double

    /// Sums from the first term on.
    ///
    /// - Parameters:
    ///   - next: the ratio of the next term to this one, and what its logarithm's
    ///     derivatives add; nil behind the last term.
    func sum(
        _ next: (_ step: Double) -> (ratio: Double, a: Double, b: Double)?
    ) -> (log: Double, a: Double, b: Double) {
        var (term, total) = (1.0, 1.0)
        var (byA, byB) = (0.0, 0.0)
        var (shiftA, shiftB) = (0.0, 0.0)
        var step = 0.0
        while let (ratio, a, b) = next(step) {
            term *= ratio
            shiftA += a
            shiftB += b
            total += term
            byA += term * shiftA
            byB += term * shiftB
            if term < total * 1e-18, ratio < 1 { break }
            step += 1
        }
        return (log + CGSL.log(total), a + byA / total, b + byB / total)
    }
}

/// log P(K ≤ n) of the beta-binomial distribution of N trials, or of K > n, with
/// its derivatives in the shapes a, b > 0; n and N whole.
package func logBetaBinomialTailDerivatives(
    _ n: Double, trials: Double, _ a: Double, _ b: Double, lower: Bool
) -> (value: Double, a: Double, b: Double) {
    guard a > 0, b > 0, a < .infinity, b < .infinity, trials >= 0, trials < .infinity, !n.isNaN
    else { return (.nan, .nan, .nan) }
    if n < 0 { return (lower ? -.infinity : 0, 0, 0) }
    if n >= trials { return (lower ? 0 : -.infinity, 0, 0) }
    let sumsLower = n + 0.5 < trials * (a / (a + b))
    let k = sumsLower ? n : n + 1
    let total = digammaDifference(a + b, trials)
    let first = CountTail(
        log: logChoose(trials, k) + logBeta(a + k, b + trials - k) - logBeta(a, b),
        a: digammaDifference(a, k) - total, b: digammaDifference(b, trials - k) - total)
    let sum: (log: Double, a: Double, b: Double)
    if sumsLower {
        sum = first.sum { step in
            let k = k - step
            guard k > 0 else { return nil }
            let (up, down) = (a + k - 1, b + trials - k)
            return (k / (trials - k + 1) * (down / up), -1 / up, 1 / down)
        }
    } else {
        sum = first.sum { step in
            let k = k + step
            guard k < trials else { return nil }
            let (up, down) = (a + k, b + trials - k - 1)
            return ((trials - k) / (k + 1) * (up / down), 1 / up, -1 / down)
        }
    }
    return complemented(sum, isAsked: sumsLower == lower)
}

/// log P(K ≤ n) of the beta negative binomial distribution of K failures before r
/// successes, or of K > n, with its derivatives in r, a, b > 0; n whole.
///
/// The lower tail is summed down from n; where little is left of it, the upper one by
/// quadrature.
package func logBetaNegativeBinomialTailDerivatives(
    _ n: Double, _ r: Double, _ a: Double, _ b: Double, lower: Bool
) -> (value: Double, r: Double, a: Double, b: Double) {
    guard r > 0, a > 0, b > 0, max(r, max(a, b)) < .infinity, !n.isNaN else {
        return (.nan, .nan, .nan, .nan)
    }
    if n < 0 { return (lower ? -.infinity : 0, 0, 0, 0) }
    if n == .infinity { return (lower ? 0 : -.infinity, 0, 0, 0) }
    // p(k) = (r)ₖ/k! (a)ᵣ (b)ₖ / (a + b)_(r + k), as B(a + r, b + k)/B(a, b).
    var (term, total) = (1.0, 1.0)
    var (byR, byA, byB) = (0.0, 0.0, 0.0)
    var (shiftR, shiftA, shiftB) = (0.0, 0.0, 0.0)
    var k = n
    while k > 0 {
        let (failures, shape, all) = (r + k - 1, b + k - 1, a + b + r + k - 1)
        term *= k / failures * (all / shape)
        shiftR += 1 / all - 1 / failures
        shiftA += 1 / all
        shiftB += 1 / all - 1 / shape
        total += term
        byR += term * shiftR
        byA += term * shiftA
        byB += term * shiftB
        k -= 1
        if term < total * 1e-18 { break }
    }
    // (r)ₙ/n! = 1/(n B(n, r))
    let logCoefficient = n == 0 ? 0 : -log(n) - logBeta(n, r)
    let all = digammaDifference(a + b, r + n)
    let sum = (
        log: logCoefficient + logBeta(a + r, b + n) - logBeta(a, b) + log(total),
        r: digammaDifference(r, n) + digamma(a + r) - digamma(a + b + r + n) + byR / total,
        a: digammaDifference(a, r) - all + byA / total,
        b: digammaDifference(b, n) - all + byB / total
    )
    if sum.log > -0.1 {
        let upper = logBetaNegativeBinomialUpperTail(n, r, a, b)
        let ab = complemented((upper.log, upper.a, upper.b), isAsked: !lower)
        let rr = complemented((upper.log, upper.r, 0), isAsked: !lower)
        return (ab.value, rr.a, ab.a, ab.b)
    }
    let ab = complemented((sum.log, sum.a, sum.b), isAsked: lower)
    let rr = complemented((sum.log, sum.r, 0), isAsked: lower)
    return (ab.value, rr.a, ab.a, ab.b)
}

/// The tail asked for, from the logarithm of one and its derivatives.
private func complemented(
    _ tail: (log: Double, a: Double, b: Double), isAsked: Bool
) -> (value: Double, a: Double, b: Double) {
    let log = min(tail.log, 0)
    if isAsked { return (log, tail.a, tail.b) }
    let value = log1mExp(log)
    let odds = value == -.infinity ? 0 : -exp(log - value)
    return (value, odds * tail.a, odds * tail.b)
}
