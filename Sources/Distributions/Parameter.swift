// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// The checks of parameters that initialisers make, each naming the parameter
/// as its label is spelled.
enum Parameter {
    static func finite(_ value: Double, _ name: String) throws(ParameterError) -> Double {
        guard value.isFinite else { throw ParameterError(name, is: value, mustBe: "finite") }
        return value
    }

    static func positive(_ value: Double, _ name: String) throws(ParameterError) -> Double {
        guard value > 0, value.isFinite else {
            throw ParameterError(name, is: value, mustBe: "positive and finite")
        }
        return value
    }

    static func nonnegative(_ value: Double, _ name: String) throws(ParameterError) -> Double {
        guard value >= 0, value.isFinite else {
            throw ParameterError(name, is: value, mustBe: "nonnegative and finite")
        }
        return value
    }

    static func probability(_ value: Double, _ name: String) throws(ParameterError) -> Double {
        guard value >= 0, value <= 1 else {
            throw ParameterError(name, is: value, mustBe: "between 0 and 1")
        }
        return value
    }
}

extension Parameter {
    /// Two ends, finite and in order, at a finite distance.
    static func interval(_ lower: Double, _ upper: Double) throws(ParameterError) -> (
        Double, Double
    ) {
        let (lower, upper) = (try finite(lower, "lower"), try finite(upper, "upper"))
        guard lower < upper, (upper - lower).isFinite else {
            throw ParameterError("upper", is: upper, mustBe: "above lower (\(lower))")
        }
        return (lower, upper)
    }

    static func within(
        _ value: Double, _ name: String, _ lower: Double, _ upper: Double
    ) throws(ParameterError) -> Double {
        guard value >= lower, value <= upper else {
            throw ParameterError(name, is: value, mustBe: "between \(lower) and \(upper)")
        }
        return value
    }
}
