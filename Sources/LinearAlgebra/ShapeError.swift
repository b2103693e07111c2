// SPDX-License-Identifier: GPL-3.0-or-later

/// Two shapes do not fit an operation.
///
///     matrix product: the left side is 2×3 and the right side 2×2; the columns
///     of the left must be the rows of the right
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked for, such as "matrix product".
    public let operation: String
    /// The shapes found, such as "2×3"; the second is nil when there is one.
    public let left: String
    public let right: String?
    /// What must hold.
    public let requirement: String

    public init(
        _ operation: String, left: String, right: String? = nil, requirement: String
    ) {
        self.operation = operation
        self.left = left
        self.right = right
        self.requirement = requirement
    }

    public var description: String {
        guard let right else { return "\(operation): found \(left); \(requirement)" }
        return "\(operation): the left side is \(left) and the right side \(right); \(requirement)"
    }
}
