// SPDX-License-Identifier: GPL-3.0-or-later

/// A function given in Swift with its adjoint alone stands in the way of higher
/// derivatives.
package struct TangentFailure: Error {}

extension Trace {
    /// The derivative of an expression along a direction, as an expression of the same
    /// trace: derivatives of any order are had by applying this again, and the last of
    /// them by running the program backwards.
    ///
    /// Branches keep to the way they were taken; densities are taken apart.
    ///
    /// - Parameters:
    ///   - input: what ``input(_:)`` returned.
    ///   - direction: of the input's shape.
    /// - Throws: ``TangentFailure``.
    package func tangent(
        of y: Traced, by input: Traced, along direction: Traced
    ) throws -> Traced {
        guard case .node(_, let root) = y.storage, case .node(_, let seed) = input.storage else {
            return Traced(0).broadcast(to: y.shape)
        }
        var pass = TangentPass(trace: self, tangents: [seed: direction])
        return try pass.tangent(of: root) ?? Traced(0).broadcast(to: y.shape)
    }
}

/// Derivatives along one direction of the nodes that an expression is made of.
struct TangentPass {
    let trace: Trace
    /// Of the nodes met so far; nil where the input has no part in them.
    var tangents: [Int32: Traced?]

    init(trace: Trace, tangents: [Int32: Traced?]) {
        self.trace = trace
        self.tangents = tangents
    }

    mutating func tangent(of root: Int32) throws -> Traced? {
        var pending = [root]
        while let next = pending.last {
            if next < 0 || tangents[next] != nil {
                pending.removeLast()
                continue
            }
            let waiting = pending.count
            trace.graph.forEachOperand(of: next) {
                if $0 >= 0, tangents[$0] == nil { pending.append($0) }
            }
            if pending.count > waiting { continue }
            let node = trace.graph[next]
            let found = try rule(next, node)
            tangents.updateValue(found.map { $0.broadcast(to: node.shape) }, forKey: next)
            pending.removeLast()
        }
        return known(root)
    }

    private func known(_ operand: Int32) -> Traced? {
        operand < 0 ? nil : tangents[operand] ?? nil
    }

    private func value(_ operand: Int32) -> Traced { trace.expression(operand) }

    /// The derivative of an operand, zeros where it has none.
    private func filled(_ operand: Int32) -> Traced {
        known(operand) ?? Traced(0).broadcast(to: trace.graph[operand].shape)
    }

    private mutating func rule(_ id: Int32, _ node: Node) throws -> Traced? {
        let graph = trace.graph
        switch node.operation {
        case .constant, .input: return nil
        case .density: return try density(id, node)
        case .pack, .logSumExpOfScalars, .pointwise:
            let list = graph.list(of: id)
            guard list.contains(where: { known($0) != nil }) else { return nil }
            if node.operation == .pack { return Traced.pack(list.map(filled), node.shape) }
            if node.operation == .logSumExpOfScalars {
                return weighted(Traced.vector(list.map(value)), list.map(filled), id)
            }
            return pointwise(trace.pointwise[Int(node.b)], list)
        case .binary:
            guard let function = Binary(rawValue: node.function) else { return nil }
            return slope(
                function, (value(node.a), known(node.a)), (value(node.b), known(node.b)),
                trace.expression(id))
        case .select:
            if known(node.a) == nil, known(node.b) == nil { return nil }
            return select(value(node.c), filled(node.a), filled(node.b))
        case .dot:
            return total(
                known(node.a).map { dot($0, value(node.b)) },
                known(node.b).map { dot(value(node.a), $0) })
        case .matrixProduct, .solveLower, .solveLowerTransposed, .solve:
            return linear(id, node)
        default:
            guard let tangent = known(node.a) else { return nil }
            return try ofOne(id, node, value(node.a), tangent)
        }
    }

    private func total(_ a: Traced?, _ b: Traced?) -> Traced? {
        guard let a else { return b }
        return b.map { a + $0 } ?? a
    }

    /// Σ exp(xᵢ − y) ẋᵢ, for y = log Σ exp xᵢ.
    private func weighted(_ x: Traced, _ tangents: [Traced], _ id: Int32) -> Traced {
        dot(exp(x - trace.expression(id)), Traced.vector(tangents))
    }

    private mutating func density(_ id: Int32, _ node: Node) throws -> Traced? {
        let list = trace.graph.list(of: id)
        guard list.contains(where: { known($0) != nil }),
            let density = FusedDensity(rawValue: node.function)
        else { return nil }
        let arguments = list.map(value)
        let count = arguments.first { !$0.shape.isScalar }?.count
        let flat = arguments.map { $0.shape.isScalar ? $0 : $0.reshaped(.vector($0.count)) }
        let entries = density.elementwise(flat, droppingConstants: node.b == 1)
        let whole = count.map { sum(entries.broadcast(to: .vector($0))) } ?? entries
        guard case .node(_, let expanded) = whole.storage else { return nil }
        return try tangent(of: expanded)
    }

    private func ofOne(
        _ id: Int32, _ node: Node, _ x: Traced, _ tangent: Traced
    ) throws -> Traced? {
        let y = trace.expression(id)
        switch node.operation {
        case .unary:
            guard let function = Unary(rawValue: node.function) else { return nil }
            return slope(function, x, y).map { $0 * tangent }
        case .element: return tangent[Int(node.extra)]
        case .gather:
            return tangent.gather(trace.graph.list(of: id).map { Int($0) }, node.shape)
        case .reshape: return tangent.reshaped(node.shape)
        case .sum: return sum(tangent)
        case .logSumExp: return dot(exp(x - y), tangent)
        case .product: return productTangent(x.elements, tangent.elements)
        case .minimum, .maximum:
            // Equal entries share.
            let mask = Traced.equal(x, y)
            return dot(mask, tangent) / sum(mask)
        case .cholesky:
            // L̇ = L Φ(L⁻¹ Ȧ L⁻ᵀ), where Φ takes the lower triangle and half the diagonal
            // (Särkkä 2013, theorem A.1).
            let n = x.shape.rows
            let symmetric = tangent.gather(
                (0..<n * n).map { max($0 % n, $0 / n) + n * min($0 % n, $0 / n) }, x.shape)
            let inner = solveLower(y, transpose(solveLower(y, symmetric)))
            return matmul(y, inner * lower(n, diagonal: 0.5))
        case .inverse: return -matmul(y, matmul(tangent, y))
        case .logDeterminant: return dot(transpose(inverse(x)), tangent)
        case .external: throw TangentFailure()
        default: return nil
        }
    }

    /// Products, and solutions y of A y = b: ẏ = A⁻¹ (ḃ − Ȧ y).
    private func linear(_ id: Int32, _ node: Node) -> Traced? {
        let (a, b, y) = (value(node.a), value(node.b), trace.expression(id))
        let (da, db) = (known(node.a), known(node.b))
        if node.operation == .matrixProduct {
            return total(da.map { matmul($0, b) }, db.map { matmul(a, $0) })
        }
        let triangle = node.operation == .solve ? nil : lower(a.shape.rows, diagonal: 1)
        var change = da.map { da in triangle.map { da * $0 } ?? da }
        if node.operation == .solveLowerTransposed { change = change.map(transpose) }
        guard let right = total(db, change.map { -matmul($0, y) }) else { return nil }
        switch node.operation {
        case .solveLower: return solveLower(a, right)
        case .solveLowerTransposed: return solveLowerTransposed(a, right)
        default: return solve(a, right)
        }
    }

    private func lower(_ n: Int, diagonal: Double) -> Traced {
        Traced(
            (0..<n * n).map { $0 % n > $0 / n ? 1 : $0 % n == $0 / n ? diagonal : 0 },
            .matrix(n, n))
    }

    /// Σ ẋᵢ Π xⱼ over j ≠ i, right also where entries are 0.
    private func productTangent(_ x: [Traced], _ tangents: [Traced]) -> Traced {
        var after = [Traced](repeating: 1, count: x.count + 1)
        for i in x.indices.reversed() { after[i] = x[i] * after[i + 1] }
        var before: Traced = 1
        var total: Traced = 0
        for i in x.indices {
            total += before * after[i + 1] * tangents[i]
            before *= x[i]
        }
        return total
    }

    private func pointwise(_ function: PointwiseFunction, _ list: [Int32]) -> Traced? {
        let arguments = list.map(value)
        var result: Traced?
        for (i, operand) in list.enumerated() {
            guard let tangent = known(operand) else { continue }
            result = total(result, Traced.pointwise(function.partial(i), arguments) * tangent)
        }
        return result
    }
}
