// SPDX-License-Identifier: GPL-3.0-or-later

/// Reductions over this many scalars are written out as scalar operations, so
/// that a loop of them becomes a batch of array operations.
private let smallCount = 8

/// The scalars that a short packed array was made of.
private func smallParts(_ x: Traced) -> [Traced]? {
    guard case .node(let trace, let id) = x.storage, x.count <= smallCount,
        trace.graph[id].operation == .pack
    else { return nil }
    return x.elements
}

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
    if let parts = smallParts(x) { return parts.dropFirst().reduce(parts[0], +) }
    return reduction(.sum, x, empty: 0) { Kernels.shared.sum($0) }
}

/// The product of all entries; 1 when there are none.
public func product(_ x: Traced) -> Traced {
    if let parts = smallParts(x) { return parts.dropFirst().reduce(parts[0], *) }
    return reduction(.product, x, empty: 1) { $0.reduce(1, *) }
}

/// The arithmetic mean of all entries; NaN when there are none.
public func mean(_ x: Traced) -> Traced { sum(x) / Traced(Double(x.count)) }

/// log(Σ exp(xᵢ)); −∞ when there are no entries.
public func logSumExp(_ x: Traced) -> Traced {
    if case .node(let trace, let id) = x.storage, x.count <= 4 * smallCount,
        trace.graph[id].operation == .pack
    {
        let list = trace.graph.list(of: id)
        if list.count == 2 { return logSumExp(x[0], x[1]) }
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
    if a.count <= smallCount, smallParts(a) != nil || smallParts(b) != nil {
        var total = a[0] * b[0]
        for i in 1..<a.count { total += a[i] * b[i] }
        return total
    }
    return trace.unique(Node(.dot, trace.id(of: a), trace.id(of: b), shape: .scalar))
}
