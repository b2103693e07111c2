// SPDX-License-Identifier: GPL-3.0-or-later

/// A function from ℝⁿ to ℝᵐ given in Swift with its derivatives, as one operation
/// of a graph: the solution of differential equations, the roots of a system.
package protocol ExternalFunction: Sendable {
    /// An evaluator for one thread, which may keep memory between calls.
    func makeEvaluator(inputCount: Int) -> any ExternalEvaluator
}

/// Evaluates an external function; belongs to one thread.
package protocol ExternalEvaluator: AnyObject {
    /// Writes the outputs.
    ///
    /// - Throws: what the evaluation of the whole function is to throw: a
    ///   ``Rejection`` when this point has no value.
    func evaluate(
        at input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>) throws

    /// Adds the transposed Jacobian times the outputs' adjoints to the inputs'
    /// adjoints. Called after ``evaluate(at:into:)`` at the same point, at most once.
    func addAdjoints(
        at input: UnsafePointer<Double>, outputs: UnsafePointer<Double>,
        outputAdjoints: UnsafePointer<Double>, into adjoints: UnsafeMutablePointer<Double>)
}

/// A function of several scalars given in Swift with its partial derivatives. In a
/// loop over observations its calls become one step, like elementwise functions.
package struct PointwiseFunction: Sendable {
    /// Tells functions apart: two with one name are the same function.
    package let name: String
    package let argumentCount: Int
    /// Takes the arguments, writes the partial derivatives, returns the value.
    package let evaluate: @Sendable (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Double

    package init(
        _ name: String, argumentCount: Int,
        _ evaluate:
            @escaping @Sendable (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Double
    ) {
        self.name = name
        self.argumentCount = argumentCount
        self.evaluate = evaluate
    }
}

extension Traced {
    /// An external function of the entries of `x`, with outputs in a shape.
    ///
    /// - Throws: what the function throws when `x` is known.
    package static func external(
        _ function: any ExternalFunction, _ x: Traced, _ shape: Shape
    ) throws -> Traced {
        if shape.count == 0 { return Traced([], shape) }
        guard let trace = x.trace else {
            let input = x.constants ?? []
            var output = [Double](repeating: 0, count: shape.count)
            try function.makeEvaluator(inputCount: input.count).evaluate(at: input, into: &output)
            return Traced(output, shape)
        }
        trace.externals.append(function)
        return Traced(
            node: trace.graph.append(
                Node(
                    .external, trace.id(of: x), extra: Int32(trace.externals.count - 1),
                    shape: shape)), shape, in: trace)
    }

    /// A pointwise function; scalar arguments go with all entries of the others.
    package static func pointwise(
        _ function: PointwiseFunction, _ arguments: [Traced]
    ) -> Traced {
        precondition(arguments.count == function.argumentCount)
        let shape = arguments.first { !$0.shape.isScalar }?.shape ?? .scalar
        for argument in arguments {
            precondition(
                argument.shape.isScalar || argument.shape == shape,
                "shapes \(argument.shape) and \(shape) do not go together")
        }
        if shape.count == 0 { return Traced([], shape) }
        guard let trace = arguments.lazy.compactMap(\.trace).first else {
            let known = arguments.map { $0.constants ?? [] }
            var partials = [Double](repeating: 0, count: arguments.count)
            let values = (0..<shape.count).map { i in
                let x = known.map { $0.count == 1 ? $0[0] : $0[i] }
                return function.evaluate(x, &partials)
            }
            return Traced(values, shape)
        }
        var number = trace.pointwise.firstIndex { $0.name == function.name }
        if number == nil {
            trace.pointwise.append(function)
            number = trace.pointwise.count - 1
        }
        return Traced(
            node: trace.graph.append(
                Node(.pointwise, -1, Int32(number ?? 0), shape: shape),
                list: arguments.map { trace.id(of: $0) }), shape, in: trace)
    }
}
