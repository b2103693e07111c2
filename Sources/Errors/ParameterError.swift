// SPDX-License-Identifier: GPL-3.0-or-later

/// A parameter, argument or option has a value outside what is allowed.
///
///     throw ParameterError("scale", is: -1, mustBe: "positive and finite")
///
/// reads "scale is -1, but must be positive and finite".
public struct ParameterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the parameter, as its label is spelled in the API.
    public let parameter: String
    /// The value found, as text.
    public let value: String
    /// What is allowed, to be read after "must be".
    public let requirement: String

    public init(_ parameter: String, is value: some Any, mustBe requirement: String) {
        self.parameter = parameter
        self.value = "\(value)"
        self.requirement = requirement
    }

    public var description: String { "\(parameter) is \(value), but must be \(requirement)" }
}

/// A computation failed for a reason other than its arguments' domain: it did
/// not converge, the matrix is singular, the integral diverges.
public struct NumericalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was computed, such as "gammaP" or "Cholesky factor".
    public let operation: String
    /// What happened, and what to do about it.
    public let reason: String

    public init(_ operation: String, _ reason: String) {
        self.operation = operation
        self.reason = reason
    }

    public var description: String { "\(operation): \(reason)" }
}
