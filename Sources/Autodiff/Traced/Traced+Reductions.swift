// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

/// log-sum-exps of up to so many scalars are batched, lane by lane.
private let largestLogSumExp = Int(VM_LOG_SUM_EXPS_LIMIT)

private func reduction(
    _ operation: Operation, _ x: Traced, empty: Double, _ known: ([Double]) -> Double
) -> Traced {
    if x.count == 0 { return Traced(empty) }
    if x.shape.isScalar, operation != .logSumExp { return x }
    switch x.storage {
    case .number: return x
    case .array(let values): return Traced(known(values))
    case .node(let trace, let id):
        if x.shape.isScalar { return x }
        return trace.unique(Node(operation, id, shape: .scalar))
    }
}

/// The sum of all entries; 0 when there are none.
public func sum(_ x: Traced) -> Traced {
    if let parts = x.parts { return parts.dropFirst().reduce(parts[0], +) }
    return reduction(.sum, x, empty: 0) { Kernels.shared.sum($0) }
}

/// The product of all entries; 1 when there are none.
public func product(_ x: Traced) -> Traced {
    if let parts = x.parts { return parts.dropFirst().reduce(parts[0], *) }
    return reduction(.product, x, empty: 1) { $0.reduce(1, *) }
}

/// The arithmetic mean of all entries; NaN when there are none.
public func mean(_ x: Traced) -> Traced { sum(x) / Traced(Double(x.count)) }

/// log(Σ exp(xᵢ)); −∞ when there are no entries.
public func logSumExp(_ x: Traced) -> Traced {
    if case .node(let trace, let id) = x.storage, x.count <= largestLogSumExp,
        trace.graph[id].operation == .pack
    {
        let list = trace.graph.list(of: id)
        if list.count == 2 { return logSumExp(x[0], x[1]) }
        if let shared = trace.sharedAddend(list) {
            return logSumExp(Traced.vector(shared.rest)) + shared.addend
        }
        return Traced(
            node: trace.graph.append(Node(.logSumExpOfScalars, shape: .scalar), list: list),
            .scalar, in: trace)
    }
    return reduction(.logSumExp, x, empty: -.infinity) { Kernels.shared.logSumExp($0) }
}

/// The smallest entry; +∞ when there are none.
public func minimum(_ x: Traced) -> Traced {
    reduction(.minimum, x, empty: .infinity) {
        $0.reduce(.infinity) { $0.isNaN || $1.isNaN ? .nan : min($0, $1) }
    }
}

/// The largest entry; −∞ when there are none.
public func maximum(_ x: Traced) -> Traced {
    reduction(.maximum, x, empty: -.infinity) {
        $0.reduce(-.infinity) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
    }
}

/// The inner product of two arrays of as many entries.
public func dot(_ a: Traced, _ b: Traced) -> Traced {
    precondition(a.count == b.count, "the inner product of a \(a.shape) and a \(b.shape)")
    if a.count == 0 { return 0 }
    if a.shape.isScalar || b.shape.isScalar { return a[0] * b[0] }
    guard let trace = a.trace ?? b.trace else {
        return Traced(Kernels.shared.dot(a.constants ?? [], b.constants ?? []))
    }
    if a.parts != nil || b.parts != nil {
        var total = a[0] * b[0]
        for i in 1..<a.count { total += a[i] * b[i] }
        return total
    }
    return trace.unique(Node(.dot, trace.id(of: a), trace.id(of: b), shape: .scalar))
}

extension Trace {
    /// What all of some scalars have added last, as the emission in a hidden Markov
    /// model's forward algorithm, and the scalars without it.
    fileprivate func sharedAddend(_ scalars: [Int32]) -> (addend: Traced, rest: [Traced])? {
        func isSum(_ id: Int32) -> Bool {
            let node = graph[id]
            return node.operation == .binary && node.function == Binary.add.rawValue
        }
        guard let first = scalars.first, isSum(first), scalars.allSatisfy(isSum) else { return nil }
        if scalars.allSatisfy({ graph[$0].b == graph[first].b }) {
            return (expression(graph[first].b), scalars.map { expression(graph[$0].a) })
        }
        if scalars.allSatisfy({ graph[$0].a == graph[first].a }) {
            return (expression(graph[first].a), scalars.map { expression(graph[$0].b) })
        }
        return nil
    }
}
