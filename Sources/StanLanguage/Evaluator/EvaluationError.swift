// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A mistake of the program found while it runs (an index out of range, sizes
/// that do not match), before its place is known. The evaluator turns it into a
/// `Diagnostic` at the expression it was evaluating.
struct EvaluationError: Error {
    var code: String
    var message: String
    var help: String?

    init(_ code: String, _ message: String, help: String? = nil) {
        self.code = "stan/" + code
        self.message = message
        self.help = help
    }

    static func size(_ message: String, help: String? = nil) -> EvaluationError {
        EvaluationError("size-mismatch", message, help: help)
    }

    static func index(_ index: Int, _ count: Int) -> EvaluationError {
        EvaluationError(
            "index",
            count == 0
                ? "index \(index) out of range; container is empty and cannot be indexed"
                : "index \(index) out of range; expecting index to be between 1 and \(count)")
    }

    static func noGenerator(_ function: String) -> EvaluationError {
        EvaluationError(
            "random",
            "\(function): random numbers are only to be had in transformed data and "
                + "generated quantities")
    }

    static let overflow = EvaluationError(
        "overflow", "integer overflow: the result does not fit in 64 bits",
        help: "compute with reals: multiply by 1.0 first")
}

/// An argument outside its domain, before its place is known: the point is
/// rejected, the program is not wrong.
struct DomainError: Error {
    var message: String

    init(_ message: String) { self.message = message }

    init(_ function: String, _ argument: String, is value: Double, mustBe requirement: String) {
        message =
            "\(function): \(argument) is \(formatted(value)), but must be \(requirement)!"
    }
}
