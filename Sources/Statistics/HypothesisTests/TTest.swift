// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import SpecialFunctions

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Student's t test of one sample: does its mean differ from a given one?
///
///     try tTest([5.1, 4.9, 5.6, 5.8, 6.0], mean: 5)
///
/// Exact for normal data, good for many data of any distribution with a
/// variance. Effect: Cohen's d, with the interval of the noncentral t.
/// NaN counts as missing.
/// - Throws: `ParameterError` with fewer than two values, constant data, an
///   infinite value.
public func tTest(
    _ x: [Double], mean hypothesis: Double = 0, alternative: Alternative = .twoSided,
    confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    let sample = try TestSample(x, "x", minimum: 2)
    return try oneSample(
        sample.values, hypothesis, alternative, confidence, name: "One-sample t test",
        hypothesisText: "the mean is \(TestResult.text(hypothesis))", estimate: "mean",
        notes: sample.notes)
}

/// Student's t test of two samples: do their means differ?
///
///     try tTest(treated, control)                      // Welch's
///     try tTest(treated, control, equalVariances: true)
///     try tTest(after, before, paired: true)
///
/// - Parameters:
///   - paired: x and y are two measurements of the same things, in the same
///     order; pairs with a missing half are left out.
///   - equalVariances: Pools the variances. By default it does not (B. L.
///     Welch's test): that costs little when they are equal and is right when
///     they are not.
///   - difference: The difference of means, x less y, under the hypothesis.
/// - Throws: `ParameterError` with too few values, constant data, an infinite
///   value, paired lists of different lengths.
public func tTest(
    _ x: [Double], _ y: [Double], paired: Bool = false, equalVariances: Bool = false,
    difference hypothesis: Double = 0, alternative: Alternative = .twoSided,
    confidence: Double = 0.95
) throws(ParameterError) -> TestResult {
    let text =
        hypothesis == 0
        ? "the means are equal" : "the means differ by \(TestResult.text(hypothesis))"
    if paired {
        let pairs = try TestSample.pairs(x, y, minimum: 2)
        return try oneSample(
            zip(pairs.x, pairs.y).map { $0 - $1 }, hypothesis, alternative, confidence,
            name: "Paired t test", hypothesisText: text, estimate: "mean of the differences",
            notes: pairs.notes)
    }
    try TestSample.check(confidence: confidence)
    try check(hypothesis)
    let first = try TestSample(x, "x", minimum: equalVariances ? 1 : 2)
    let second = try TestSample(y, "y", minimum: equalVariances ? 1 : 2)
    let (n1, n2) = (Double(first.values.count), Double(second.values.count))
    guard n1 + n2 > 2 else {
        throw ParameterError("x and y", is: "one value each", mustBe: "three values or more in all")
    }
    let (mean1, mean2) = (CarefulMean(first.values), CarefulMean(second.values))
    let estimate = (mean1.high - mean2.high) + (mean1.low - mean2.low)
    let (squares1, squares2) = (sumOfSquares(first.values), sumOfSquares(second.values))
    let pooled = (squares1 + squares2) / (n1 + n2 - 2)

    let error: Double
    let df: Double
    if equalVariances {
        df = n1 + n2 - 2
        error = (pooled * (1 / n1 + 1 / n2)).squareRoot()
    } else {
        let (a, b) = (squares1 / (n1 - 1) / n1, squares2 / (n2 - 1) / n2)
        error = (a + b).squareRoot()
        // Welch and Satterthwaite, scaled so that squares cannot overflow.
        let share = a / (a + b)
        df = 1 / (share * share / (n1 - 1) + (1 - share) * (1 - share) / (n2 - 1))
    }
    try requireVariation(error, estimate, "x and y")

    let t = (estimate - hypothesis) / error
    var effects: [TestEstimate] = []
    if equalVariances {
        let d = estimate / pooled.squareRoot()
        let factor = (1 / n1 + 1 / n2).squareRoot()
        let interval = effectInterval(estimate / error, df, confidence, factor)
        effects.append(TestEstimate("Cohen's d", d, interval))
        let correction = hedgesCorrection(df)
        effects.append(
            TestEstimate(
                "Hedges' g", d * correction,
                interval.map {
                    ConfidenceInterval(
                        lower: $0.lower * correction, upper: $0.upper * correction,
                        confidence: confidence)
                }))
    } else {
        effects.append(
            averagedVarianceEffect(
                estimate, squares1 / (n1 - 1), squares2 / (n2 - 1), n1, n2, confidence))
    }
    return TestResult(
        name: equalVariances ? "Student's t test (pooled variances)" : "Welch's t test",
        hypothesis: text, alternative: alternative, statistic: ("t", t), degreesOfFreedom: [df],
        pValue: pValue(t, df, alternative),
        method: equalVariances
            ? "Student's t distribution"
            : "Student's t distribution, degrees of freedom by Welch and Satterthwaite",
        estimates: [
            TestEstimate(
                "difference of means", estimate,
                alternative.interval(estimate, error, confidence: confidence) {
                    Tail.studentQuantile($0, df)
                }),
            TestEstimate("mean of x", mean1.high), TestEstimate("mean of y", mean2.high),
        ],
        effects: effects, sampleSizes: [first.values.count, second.values.count],
        notes: first.notes + second.notes)
}

private func oneSample(
    _ x: [Double], _ hypothesis: Double, _ alternative: Alternative, _ confidence: Double,
    name: String, hypothesisText: String, estimate estimateName: String, notes: [String]
) throws(ParameterError) -> TestResult {
    try TestSample.check(confidence: confidence)
    try check(hypothesis)
    let n = Double(x.count)
    let mean = CarefulMean(x)
    let sd = standardDeviation(x)
    let error = sd / n.squareRoot()
    try requireVariation(error, mean.high, name == "Paired t test" ? "x - y" : "x")
    let distance = (mean.high - hypothesis) + mean.low
    let t = distance / error
    let df = n - 1
    return TestResult(
        name: name, hypothesis: hypothesisText, alternative: alternative, statistic: ("t", t),
        degreesOfFreedom: [df], pValue: pValue(t, df, alternative),
        method: "Student's t distribution",
        estimates: [
            TestEstimate(
                estimateName, mean.high,
                alternative.interval(mean.high, error, confidence: confidence) {
                    Tail.studentQuantile($0, df)
                })
        ],
        effects: [
            TestEstimate(
                "Cohen's d", distance / sd, effectInterval(t, df, confidence, 1 / n.squareRoot()))
        ],
        sampleSizes: [x.count], notes: notes)
}

private func check(_ hypothesis: Double) throws(ParameterError) {
    guard hypothesis.isFinite else {
        throw ParameterError("hypothetical mean", is: hypothesis, mustBe: "finite")
    }
}

private func requireVariation(
    _ error: Double, _ size: Double, _ name: String
) throws(ParameterError) {
    guard error.isFinite else {
        throw ParameterError(name, is: "too large to square", mustBe: "scaled down, below 1e150")
    }
    // Differences of this size are rounding errors of constant data.
    guard error > 1e-15 * abs(size) else {
        throw ParameterError(
            name, is: "constant", mustBe: "of some variation: a t test compares means with it")
    }
}

private func pValue(_ t: Double, _ df: Double, _ alternative: Alternative) -> Double {
    switch alternative {
    case .twoSided: Tail.studentTwoSided(t, df)
    case .less: Tail.student(-t, df)
    case .greater: Tail.student(t, df)
    }
}

/// The interval of Cohen's d: that of the noncentrality, scaled.
private func effectInterval(
    _ t: Double, _ df: Double, _ confidence: Double, _ factor: Double
) -> ConfidenceInterval? {
    NoncentralT.noncentralityInterval(t, df: df, confidence: confidence).map {
        ConfidenceInterval(
            lower: $0.lower * factor, upper: $0.upper * factor, confidence: confidence)
    }
}

/// What makes Cohen's d unbiased for normal data: Γ(ν/2) / (√(ν/2) Γ((ν−1)/2))
/// (L. V. Hedges, 1981, equation 6).
private func hedgesCorrection(_ df: Double) -> Double {
    guard df > 1 else { return .nan }
    return exp(logGamma(df / 2) - logGamma((df - 1) / 2) - 0.5 * log(df / 2))
}

/// The difference over the root of the mean of the variances, with the
/// interval of D. G. Bonett, "Confidence intervals for standardized linear
/// contrasts of means" (2008), which does not assume equal variances.
private func averagedVarianceEffect(
    _ difference: Double, _ v1: Double, _ v2: Double, _ n1: Double, _ n2: Double,
    _ confidence: Double
) -> TestEstimate {
    let average = (v1 + v2) / 2
    let d = difference / average.squareRoot()
    let (r1, r2) = (v1 / average, v2 / average)
    let variance =
        d * d * (r1 * r1 / (n1 - 1) + r2 * r2 / (n2 - 1)) / 8 + r1 / (n1 - 1) + r2 / (n2 - 1)
    let reach = Tail.normalQuantile((1 - confidence) / 2) * variance.squareRoot()
    return TestEstimate(
        "Cohen's d (average variance)", d,
        ConfidenceInterval(lower: d - reach, upper: d + reach, confidence: confidence))
}
