// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Synchronization

/// A request to stop, from any thread or a signal handler. A run that is
/// cancelled returns the draws it has.
public final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    public init() {}

    /// Asks the run to stop. Does nothing but set a flag: safe in a signal
    /// handler.
    public func cancel() { flag.store(true, ordering: .relaxed) }

    public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}

/// Thrown through a sampler, or through the code of a model, to stop it
/// between two steps.
public struct Cancelled: Error, Sendable {
    public init() {}
}

/// An evaluator that looks for a request to stop before each evaluation: so
/// the sampler need not know of it, and even a long trajectory ends at once.
final class CancellableEvaluator: DensityEvaluator {
    private let base: any DensityEvaluator
    private let cancellation: Cancellation

    init(_ base: any DensityEvaluator, _ cancellation: Cancellation) {
        self.base = base
        self.cancellation = cancellation
    }

    func evaluate(
        at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
    ) throws -> Double {
        if cancellation.isCancelled { throw Cancelled() }
        return try base.evaluate(at: position, gradient: gradient)
    }
}
