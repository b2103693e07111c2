// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Randomness

/// A model that can be sampled: a log density over unconstrained coordinates
/// and the named quantities that each draw is turned into.
///
/// `Model` (the Swift way to write one) and Stan programs conform.
public protocol SampledModel: Sendable {
    /// A name for files and messages.
    var name: String { get }
    /// The log density of the posterior in unconstrained coordinates, with the
    /// Jacobian terms of the constraints.
    var density: any DifferentiableDensity { get }
    /// The names of the quantities of a draw, as CmdStan writes them
    /// ("theta.1", "L.2.1"; column-major), in order.
    var outputNames: [String] { get }

    /// The quantities of a draw: constrained parameters, then derived ones,
    /// then those that need random numbers.
    ///
    /// Called from the thread of the chain, which owns the generator; several
    /// chains at once. (A chain goes through `makeOutputWriter()`.) `values` is to be left with `outputNames.count` numbers
    /// (it comes with the contents of the call before). An error that is a
    /// `Rejection` makes the draw's quantities NaN; any other ends the run.
    func writeOutputs(
        at position: [Double], generator: RandomGenerator, into values: inout [Double]) throws

    /// What writes the quantities of the draws of one chain: a chance to keep
    /// buffers from draw to draw. By default, `writeOutputs`.
    func makeOutputWriter() -> any OutputWriter

    /// A point to start a chain from: uniform on (−radius, radius) in each
    /// unconstrained coordinate, but for the parameters in `initial`.
    ///
    /// `initial` gives constrained values by the parameters' names, column-major.
    /// Throws for an unknown name, a wrong size and a value outside the
    /// constraint; a `Rejection` counts as one point of density zero. The
    /// sampler checks the density at the point and asks again.
    func initialPoint(
        generator: RandomGenerator, radius: Double, initial: [String: [Double]]
    ) throws -> [Double]
}

/// Writes the quantities of draws, as `SampledModel.writeOutputs` does;
/// belongs to one thread.
public protocol OutputWriter: AnyObject {
    func write(
        at position: [Double], generator: RandomGenerator, into values: inout [Double]) throws
}

private final class PlainOutputWriter: OutputWriter {
    private let model: any SampledModel

    init(_ model: any SampledModel) { self.model = model }

    func write(
        at position: [Double], generator: RandomGenerator, into values: inout [Double]
    ) throws {
        try model.writeOutputs(at: position, generator: generator, into: &values)
    }
}

extension SampledModel {
    public func makeOutputWriter() -> any OutputWriter { PlainOutputWriter(self) }

    public var name: String { "model" }

    /// The number of unconstrained coordinates.
    public var dimension: Int { density.dimension }
}
