// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors

/// What is known of an observation that was not seen exactly.
public enum Censoring: Hashable, Sendable {
    /// The datum is the value.
    case none
    /// The value is above the datum: it lasted at least so long.
    case right
    /// The value is at most the datum.
    case left
    /// The value is above the datum, and at most the bound.
    case interval(upTo: Double)
}

/// Data for a fit: values, how much each counts, how exactly each is known, and
/// which values could be seen at all.
public struct FitSample: Hashable, Sendable {
    public var values: [Double]
    /// How often each datum counts; nil when each counts once.
    public var weights: [Double]?
    /// Nil when all data are exact.
    public var censoring: [Censoring]?
    /// Values outside would not be in the data: the fit is to the part inside.
    public var truncation: ClosedRange<Double>?

    /// Throws `ParameterError` for no data, data that are not finite, weights or
    /// censorings of another number, and data outside of the truncation.
    public init(
        _ values: [Double], weights: [Double]? = nil, censored censoring: [Censoring]? = nil,
        truncated truncation: ClosedRange<Double>? = nil
    ) throws(ParameterError) {
        guard !values.isEmpty else {
            throw ParameterError("number of data", is: 0, mustBe: "at least 1")
        }
        for (i, x) in values.enumerated() {
            guard x.isFinite else { throw ParameterError("data[\(i)]", is: x, mustBe: "finite") }
            if let truncation, !truncation.contains(x) {
                throw ParameterError(
                    "data[\(i)]", is: x, mustBe: "inside the truncation \(truncation)")
            }
        }
        if let weights {
            guard weights.count == values.count else {
                throw ParameterError(
                    "number of weights", is: weights.count, mustBe: "\(values.count), as of data")
            }
            for (i, w) in weights.enumerated() where !(w >= 0 && w.isFinite) {
                throw ParameterError("weights[\(i)]", is: w, mustBe: "nonnegative and finite")
            }
            guard weights.contains(where: { $0 > 0 }) else {
                throw ParameterError("weights", is: "all 0", mustBe: "positive somewhere")
            }
        }
        if let censoring {
            guard censoring.count == values.count else {
                throw ParameterError(
                    "number of censorings", is: censoring.count,
                    mustBe: "\(values.count), as of data")
            }
            for (i, kind) in censoring.enumerated() {
                if case .interval(let upper) = kind, !(upper > values[i]) {
                    throw ParameterError(
                        "censored[\(i)]", is: upper, mustBe: "above its datum, \(values[i])")
                }
            }
            guard censoring.contains(where: { $0 != .right }),
                censoring.contains(where: { $0 != .left })
            else {
                throw ParameterError(
                    "censored", is: "all on one side", mustBe: "other for some datum")
            }
        }
        self.values = values
        self.weights = weights
        self.censoring = censoring?.contains { $0 != .none } == true ? censoring : nil
        self.truncation = truncation
    }

    /// The number of data, or the sum of the weights.
    public var count: Double { weights?.reduce(0, +) ?? Double(values.count) }

    /// Whether each datum counts once, was seen exactly, and could be anywhere.
    var isPlain: Bool { weights == nil && censoring == nil && truncation == nil }

    /// Whether there is but one value, exactly seen.
    var isConstant: Bool {
        censoring == nil && values.allSatisfy { $0 == values[0] }
    }

    /// The data at some indices, which may repeat.
    func chosen(_ rows: [Int]) -> FitSample {
        var copy = self
        copy.values = rows.map { values[$0] }
        copy.weights = weights.map { w in rows.map { w[$0] } }
        copy.censoring = censoring.map { c in rows.map { c[$0] } }
        return copy
    }
}

/// Where data lie, to begin a fit with.
public struct SampleSummary: Hashable, Sendable {
    public var minimum, lowerQuartile, median, upperQuartile, maximum: Double
    public var mean, standardDeviation: Double

    /// Censored data count with their bound.
    init(_ sample: FitSample) {
        let sorted = sample.values.sorted()
        func quantile(_ p: Double) -> Double {
            let place = p * Double(sorted.count - 1)
            let low = Int(place)
            let high = min(low + 1, sorted.count - 1)
            return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
        }
        minimum = quantile(0)
        lowerQuartile = quantile(0.25)
        median = quantile(0.5)
        upperQuartile = quantile(0.75)
        maximum = quantile(1)
        let weights = sample.weights ?? sample.values.map { _ in 1 }
        let total = sample.count
        let mean = zip(sample.values, weights).reduce(0) { $0 + $1.0 * ($1.1 / total) }
        let variance = zip(sample.values, weights).reduce(0) { sum, pair in
            let step = pair.0 - mean
            return sum + step * step * (pair.1 / total)
        }
        self.mean = mean
        standardDeviation = variance.squareRoot()
    }

    /// A length that is positive unless all data are 0.
    var spread: Double {
        let range = upperQuartile - lowerQuartile
        if range > 0 { return range }
        if standardDeviation > 0 { return standardDeviation }
        return mean != 0 ? abs(mean) : 1
    }
}
