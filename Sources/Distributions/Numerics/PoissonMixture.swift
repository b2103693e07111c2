// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

/// Σⱼ P(j; m) gⱼ, with the Poisson probabilities of a mean m: what noncentral
/// distributions are.
///
/// The terms are summed outwards from about the largest, all positive, each from
/// its own formula: no recurrence carries errors along. With many terms, when the
/// products have a standard deviation σ of at least 10 as functions of a real j,
/// the sum is the trapezoidal rule for their integral; by Poisson's summation
/// formula steps of up to σ/2.5 leave an error of exp(−2π² 2.5²), so that the
/// number of terms is bounded, whatever m.
enum PoissonMixture {
    /// - Parameters:
    ///   - start: about the j of the largest term.
    ///   - spread: at most the standard deviation of the terms, roughly.
    ///   - component: log gⱼ, concave in j.
    static func log(
        mean m: Double, near start: Double, spread: Double, _ component: (Double) -> Double
    ) -> Double {
        if m == 0 { return component(0) }
        func term(_ j: Double) -> Double { poissonLogDensity(j, mean: m) + component(j) }
        let (first, step) = grid(start, spread)
        var top = term(first)
        if top.isNaN { return .nan }
        var sum = top == -.infinity ? 0.0 : 1.0
        for sign in [1.0, -1] {
            var j = first + sign * step
            var last = top
            for _ in 0..<mostTerms where j >= 0 && j.isFinite {
                let here = term(j)
                if here > top + 30 {
                    sum *= exp(top - here)
                    top = here
                }
                if here > -.infinity { sum += exp(here - top) }
                if here < top - 40, here <= last { break }
                last = here
                j += sign * step
            }
        }
        return top + CGSL.log(sum * step)
    }

    /// The same of values, whose rounding is not that of large logarithms; may
    /// underflow.
    static func value(
        mean m: Double, near start: Double, spread: Double, _ component: (Double) -> Double
    ) -> Double {
        if m == 0 { return component(0) }
        func term(_ j: Double) -> Double {
            exp(poissonLogDensity(j, mean: m)) * component(j)
        }
        let (first, step) = grid(start, spread)
        var sum = term(first)
        var correction = 0.0
        for sign in [1.0, -1] {
            var j = first + sign * step
            var last = sign > 0 ? sum : term(first)
            for _ in 0..<mostTerms where j >= 0 && j.isFinite {
                let here = term(j)
                let total = sum + here
                correction += sum >= here ? (sum - total) + here : (here - total) + sum
                sum = total
                if here <= 1e-18 * sum, here <= last { break }
                last = here
                j += sign * step
            }
        }
        return (sum + correction) * step
    }

    /// The mean of a function of the Poisson variable that is no rougher than its
    /// probabilities, of either sign.
    static func expectation(mean m: Double, _ h: (Double) -> Double) -> Double {
        if m == 0 { return h(0) }
        let spread = m.squareRoot()
        let (first, step) = grid(m, spread)
        let reach = ((10 * spread + 40) / step).rounded(.up)
        var sum = 0.0
        var total = 0.0
        for k in stride(from: -reach, through: reach, by: 1) {
            let j = first + k * step
            if j < 0 { continue }
            let weight = exp(poissonLogDensity(j, mean: m))
            total += weight
            sum += weight * h(j)
        }
        return sum / total
    }

    /// Far more than the grid needs on either side.
    private static let mostTerms = 10_000

    private static func grid(_ start: Double, _ spread: Double) -> (first: Double, step: Double) {
        let start = start.isFinite ? max(start, 0) : 0
        return spread < 10 ? (min(start, 1e15).rounded(), 1) : (start, spread / 2.5)
    }

    /// Values near 1 from what they lack, small ones as they are.
    ///
    /// - Parameters:
    ///   - lowerIsSmall: which tail is expected to be the smaller.
    ///   - peak: about where the terms of the smaller tail are largest.
    static func tail(
        lower: Bool, lowerIsSmall: Bool, logarithm: Bool, mean m: Double, near peak: Double,
        spread: Double, value: (Double, _ lower: Bool) -> Double,
        log component: (Double, _ lower: Bool) -> Double
    ) -> Double {
        if m == 0 { return logarithm ? component(0, lower) : value(0, lower) }
        func start(_ lower: Bool) -> Double { lower ? min(peak, m) : max(peak, m) }
        func direct(_ lower: Bool) -> Double {
            PoissonMixture.value(mean: m, near: start(lower), spread: spread) { value($0, lower) }
        }
        if lower != lowerIsSmall {
            let small = direct(lowerIsSmall)
            if small < 0.5 { return logarithm ? log1p(-small) : 1 - small }
        }
        let result = direct(lower)
        if result > 1e-280 { return min(logarithm ? CGSL.log(result) : result, logarithm ? 0 : 1) }
        let logTail = min(
            log(mean: m, near: start(lower), spread: spread) { component($0, lower) }, 0)
        return logarithm ? logTail : exp(logTail)
    }
}
