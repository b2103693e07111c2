// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Randomness

/// Collects the rows of a chain and hands them to the receiver as they come.
final class ChainBuilder {
    private let writer: any OutputWriter
    private let run: SamplingRun
    private let generator: RandomGenerator
    private let receiver: (any DrawReceiver)?
    private var table: [Double] = []
    private var position: [Double]
    private var outputs: [Double] = []
    private var warmupRows = 0
    private(set) var isAdapted = false

    init(
        model: any SampledModel, run: SamplingRun, generator: RandomGenerator,
        receiver: (any DrawReceiver)?
    ) {
        writer = model.makeOutputWriter()
        self.run = run
        self.generator = generator
        self.receiver = receiver
        position = [Double](repeating: 0, count: run.dimension)
        let rows = run.settings.keptWarmup + run.settings.keptDraws
        // Enough for usual runs; longer ones grow.
        table.reserveCapacity(min(rows, 100_000) * run.columns.count)
    }

    func append(_ sampler: NUTS, _ transition: NUTS.Transition, stepSize: Double) throws {
        for i in position.indices { position[i] = sampler.state.position[i] }
        let start = table.count
        table.append(sampler.state.logDensity)
        table.append(transition.acceptance)
        table.append(stepSize)
        table.append(Double(transition.depth))
        table.append(Double(transition.leapfrogs))
        table.append(transition.outcome == .diverged ? 1 : 0)
        table.append(transition.energy)
        try appendOutputs(start)
    }

    /// A row of a model without parameters.
    func append(fixed logDensity: Double) throws {
        let start = table.count
        table += [logDensity, 1, 0, 0, 0, 0, -logDensity]
        try appendOutputs(start)
    }

    private func appendOutputs(_ start: Int) throws {
        let width = run.columns.count
        do {
            try writer.write(at: position, generator: generator, into: &outputs)
            guard table.count - start + outputs.count == width else {
                throw NumericalError(
                    "sampling \(run.modelName)",
                    "the model gave \(outputs.count) values for "
                        + "\(width - Draws.samplerColumns.count) names")
            }
            table += outputs
        } catch is Rejection {
            while table.count < start + width { table.append(.nan) }
        } catch {
            // No half row: what was finished is kept.
            table.removeSubrange(start...)
            throw error
        }
        if !isAdapted { warmupRows += run.dimension > 0 ? 1 : 0 }
        try receiver?.append(table[start...])
    }

    func adapted(_ sampler: NUTS) throws {
        isAdapted = true
        try receiver?.adapted(
            stepSize: sampler.stepSize, inverseMetric: sampler.inverseMetric)
    }

    func chain(
        id: Int, sampler: NUTS?, warmupSeconds: Double, samplingSeconds: Double
    ) -> Draws.Chain {
        var chain = Draws.Chain(
            id: id, table: table, width: run.columns.count, warmupCount: warmupRows,
            stepSize: sampler?.stepSize, inverseMetric: sampler?.inverseMetric ?? [],
            warmupSeconds: warmupSeconds, samplingSeconds: samplingSeconds)
        if let sampler { chain.rejections = sampler.hamiltonian.rejections }
        return chain
    }
}

extension NUTS {
    /// The diagonal of the inverse metric.
    var inverseMetric: [Double] {
        (0..<hamiltonian.dimension).map { hamiltonian.inverseMetric[$0] }
    }

    /// What is wrong with the starting point; nil when nothing is.
    func reasonNotToStart(rejectionsBefore: Int) -> Rejection? {
        let rejections = hamiltonian.rejections
        if rejections.total > rejectionsBefore {
            return rejections.latest ?? Rejection("the log density is not a number")
        }
        if !state.logDensity.isFinite {
            return Rejection(
                state.logDensity > 0
                    ? "the log density is infinite" : "the log density is -infinity")
        }
        for i in 0..<hamiltonian.dimension where !state.gradient[i].isFinite {
            return Rejection("the gradient of the log density is not finite")
        }
        return nil
    }
}
