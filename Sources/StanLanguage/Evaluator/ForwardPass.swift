// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Synchronization

/// A vector function whose evaluators, which belong to one thread at a time,
/// are kept and lent out.
final class ForwardPass: @unchecked Sendable {
    private let function: VectorFunction
    private let lock = Mutex(())
    /// Only touched while `lock` is held.
    private var idle: [VectorFunction.Evaluator] = []

    init(_ function: VectorFunction) { self.function = function }

    func evaluate(at point: [Double]) throws -> [Double] {
        let evaluator = take()
        defer { give(evaluator) }
        return try evaluator.evaluate(at: point)
    }

    private func take() -> VectorFunction.Evaluator {
        lock.withLock { _ in idle.popLast() } ?? function.makeEvaluator()
    }

    private func give(_ evaluator: VectorFunction.Evaluator) {
        lock.withLock { _ in idle.append(evaluator) }
    }
}
