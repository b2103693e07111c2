// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Data as a test takes them: missing values (NaN) left out, and checked.
struct TestSample {
    let values: [Double]
    /// A note about values left out, if there were any.
    let notes: [String]

    /// - Parameters:
    ///   - minimum: The fewest values that the test makes sense for.
    ///   - finite: Whether infinite values are refused; ranks can take them.
    init(
        _ x: [Double], _ name: String, minimum: Int, finite: Bool = true
    ) throws(ParameterError) {
        values = x.filter { !$0.isNaN }
        notes = Self.notes(x.count - values.count, name)
        try Self.check(values, name, minimum: minimum, finite: finite)
    }

    static func check(
        _ values: [Double], _ name: String, minimum: Int, finite: Bool
    ) throws(ParameterError) {
        guard values.count >= minimum else {
            let found =
                values.isEmpty
                ? "empty" : "\(values.count) value\(values.count == 1 ? "" : "s") long"
            throw ParameterError(
                name, is: found,
                mustBe:
                    "at least \(minimum) value\(minimum == 1 ? "" : "s") long, not counting missing ones"
            )
        }
        if finite, let infinite = values.first(where: \.isInfinite) {
            throw ParameterError("a value of \(name)", is: infinite, mustBe: "finite")
        }
    }

    static func notes(_ dropped: Int, _ name: String) -> [String] {
        dropped == 0
            ? [] : ["\(dropped) missing value\(dropped == 1 ? "" : "s") of \(name) left out"]
    }

    /// Pairs of values; those with a missing half are left out.
    static func pairs(
        _ x: [Double], _ y: [Double], minimum: Int, finite: Bool = true
    ) throws(ParameterError) -> (x: [Double], y: [Double], notes: [String]) {
        try requireEqualLengths(x, y)
        let complete = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
        let (a, b) = (complete.map { x[$0] }, complete.map { y[$0] })
        try check(a, "x (paired with y)", minimum: minimum, finite: finite)
        try check(b, "y (paired with x)", minimum: minimum, finite: finite)
        let dropped = x.count - a.count
        let notes =
            dropped == 0
            ? []
            : ["\(dropped) pair\(dropped == 1 ? "" : "s") with a missing value left out"]
        return (a, b, notes)
    }

    static func check(confidence: Double) throws(ParameterError) {
        guard confidence > 0, confidence < 1 else {
            throw ParameterError(
                "confidence", is: confidence, mustBe: "between 0 and 1, such as 0.95")
        }
    }
}

extension Alternative {
    /// The p-value of two tails.
    func pValue(lower: Double, upper: Double) -> Double {
        switch self {
        case .twoSided: min(1, 2 * min(lower, upper))
        case .less: lower
        case .greater: upper
        }
    }

    /// The interval center ± quantile · error of a statistic symmetric about 0;
    /// of one-sided tests, one-sided.
    func interval(
        _ center: Double, _ error: Double, confidence: Double,
        upperQuantile: (Double) -> Double
    ) -> ConfidenceInterval {
        let q = upperQuantile(self == .twoSided ? (1 - confidence) / 2 : 1 - confidence)
        return ConfidenceInterval(
            lower: self == .less ? -.infinity : center - q * error,
            upper: self == .greater ? .infinity : center + q * error, confidence: confidence)
    }
}
