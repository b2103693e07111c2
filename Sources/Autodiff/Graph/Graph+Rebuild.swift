// SPDX-License-Identifier: GPL-3.0-or-later

extension Graph {
    /// The node's operation applied to other operands: numbers, to evaluate it,
    /// or nodes of another trace, to rewrite a graph.
    func rebuild(
        _ id: Int32, of trace: Trace, inputs: (Node) -> Traced, operand: (Int32) -> Traced
    ) -> Traced {
        let node = self[id]
        switch node.operation {
        case .constant: return Traced(Array(constants(of: id)), node.shape)
        case .input: return inputs(node)
        case .unary: return Traced.apply(Unary(rawValue: node.function)!, operand(node.a))
        case .binary:
            return Traced.apply(
                Binary(rawValue: node.function)!, operand(node.a), operand(node.b))
        case .select: return Autodiff.select(operand(node.c), operand(node.a), operand(node.b))
        case .density:
            return Traced.density(
                FusedDensity(rawValue: node.function)!, list(of: id).map(operand),
                droppingConstants: node.b == 1)
        case .element: return operand(node.a)[Int(node.extra)]
        case .gather:
            return operand(node.a).gather(list(of: id).map { Int($0) }, node.shape)
        case .pack: return Traced.pack(list(of: id).map(operand), node.shape)
        case .reshape: return operand(node.a).reshaped(node.shape)
        case .sum: return Autodiff.sum(operand(node.a))
        case .dot: return Autodiff.dot(operand(node.a), operand(node.b))
        case .logSumExp: return Autodiff.logSumExp(operand(node.a))
        case .logSumExpOfScalars:
            return Autodiff.logSumExp(Traced.vector(list(of: id).map(operand)))
        case .product: return Autodiff.product(operand(node.a))
        case .minimum: return Autodiff.minimum(operand(node.a))
        case .maximum: return Autodiff.maximum(operand(node.a))
        case .matrixProduct: return matmul(operand(node.a), operand(node.b))
        case .cholesky: return Autodiff.cholesky(operand(node.a))
        case .solveLower: return Autodiff.solveLower(operand(node.a), operand(node.b))
        case .solveLowerTransposed:
            return Autodiff.solveLowerTransposed(operand(node.a), operand(node.b))
        case .inverse: return Autodiff.inverse(operand(node.a))
        case .solve: return Autodiff.solve(operand(node.a), operand(node.b))
        case .logDeterminant: return Autodiff.logDeterminant(operand(node.a))
        case .external:
            let x = operand(node.a)
            let unknown = [Double](repeating: .nan, count: node.shape.count)
            return (try? Traced.external(trace.externals[Int(node.extra)], x, node.shape))
                ?? Traced(unknown, node.shape)
        case .pointwise:
            return Traced.pointwise(
                trace.pointwise[Int(node.b)], list(of: id).map(operand))
        }
    }
}
