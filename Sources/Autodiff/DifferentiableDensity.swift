// SPDX-License-Identifier: GPL-3.0-or-later

/// What a sampler sees of a model: a log density on ℝⁿ with its gradient.
public protocol DifferentiableDensity: Sendable {
    /// The number of unconstrained coordinates.
    var dimension: Int { get }
    /// An evaluator for one thread.
    func makeEvaluator() -> any DensityEvaluator
}

/// Evaluates a log density and its gradient; belongs to one thread.
public protocol DensityEvaluator: AnyObject {
    /// The log density at a point; writes the gradient.
    ///
    /// - Throws: ``Rejection`` when the point has density zero; any other error
    ///   is a fault of the model and ends the run.
    func evaluate(
        at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
    ) throws -> Double
}

/// A point at which the density is zero, with the reason.
public struct Rejection: Error, Sendable, CustomStringConvertible {
    public var message: String
    /// Where the model gave up, such as "file:line:column" of a statement:
    /// rejections at one place are counted together.
    public var place: String?

    public init(_ message: String, place: String? = nil) {
        self.message = message
        self.place = place
    }

    public var description: String { message }
}
