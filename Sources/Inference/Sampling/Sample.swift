// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation

/// Samples a model with NUTS.
///
///     var settings = SamplingSettings(seed: 1777)
///     settings.draws = 2000
///     let draws = try sample(model, settings: settings)
///
/// Chains run on threads of their own. The same settings give the same draws
/// whatever the number of threads.
///
/// - `initial`: constrained values to start from, by parameter.
/// - `sink`: takes the draws as they are made.
/// - `cancellation`: stops the run; the draws made before are returned.
/// - `progress`: called on the calling thread about ten times a second and at
///   the end.
///
/// Throws a `ParameterError` for a setting out of range, a `SamplingError` when
/// no chain has a draw, and the model's and the sink's errors. When only some
/// chains fail, the others are returned and `Draws.notes` says why.
public func sample(
    _ model: any SampledModel, settings: SamplingSettings = SamplingSettings(),
    initial: [String: [Double]] = [:], sink: (any DrawSink)? = nil,
    cancellation: Cancellation = Cancellation(),
    progress: ((SamplingProgress) -> Void)? = nil
) throws -> Draws {
    try settings.validate()
    let run = SamplingRun(
        modelName: model.name, columns: Draws.samplerColumns + model.outputNames,
        dimension: model.dimension, settings: settings)
    let threads = min(
        settings.chains, settings.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount))
    let monitor = Monitor(
        chains: settings.chains, iterations: settings.warmup + settings.draws, threads: threads)
    for _ in 0..<threads {
        let thread = Thread {
            while let chain = monitor.takeChain() {
                monitor.finish(
                    chain,
                    Result {
                        if cancellation.isCancelled { throw Cancelled() }
                        return try ChainRunner(
                            model: model, run: run, chain: chain, initial: initial,
                            cancellation: cancellation,
                            receiver: try sink?.makeReceiver(chain: chain + 1, of: run),
                            monitor: monitor)()
                    })
            }
            monitor.threadEnds()
        }
        // Model code may recurse; only what is touched is used.
        thread.stackSize = 64 << 20
        thread.name = "chain"
        thread.start()
    }
    let results = monitor.wait(every: 0.1, progress)
    return try collect(results, run, isCancelled: cancellation.isCancelled)
}

/// The chains with draws, and notes about the others.
private func collect(
    _ results: [Result<Draws.Chain, any Error>?], _ run: SamplingRun, isCancelled: Bool
) throws -> Draws {
    var chains: [Draws.Chain] = []
    var notes: [String] = []
    var firstError: (any Error)?
    for (i, result) in results.enumerated() {
        switch result {
        case .success(let chain):
            if chain.count > 0 || chain.warmupCount > 0 { chains.append(chain) }
        case .failure(is Cancelled), nil: break
        case .failure(let error):
            firstError = firstError ?? error
            notes.append("chain \(i + 1) failed: \(error)")
        }
    }
    guard chains.contains(where: { $0.count > 0 }) else {
        throw firstError ?? SamplingError.interrupted
    }
    chains.removeAll { $0.count == 0 }
    let complete = run.settings.keptDraws
    if isCancelled,
        chains.count < run.settings.chains || chains.contains(where: { $0.count < complete })
    {
        let made = chains.map { String($0.count) }.joined(separator: ", ")
        notes.append(
            "interrupted: \(chains.count) of \(run.settings.chains) chains have draws "
                + "(\(made) of \(complete))")
    }
    return Draws(
        modelName: run.modelName, columns: run.columns, chains: chains, settings: run.settings,
        notes: notes)
}
