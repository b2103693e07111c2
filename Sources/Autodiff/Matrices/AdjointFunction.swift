// SPDX-License-Identifier: GPL-3.0-or-later

/// A vector function by its value and its adjoint: for decompositions, which take
/// far longer than a call.
struct AdjointFunction: ExternalFunction {
    /// The outputs.
    let value: @Sendable (_ x: [Double]) throws -> [Double]
    /// The transposed Jacobian times the outputs' adjoints.
    let adjoint: @Sendable (_ x: [Double], _ y: [Double], _ adjoints: [Double]) -> [Double]

    func makeEvaluator(inputCount: Int) -> any ExternalEvaluator {
        Evaluator(self, inputCount: inputCount)
    }

    private final class Evaluator: ExternalEvaluator {
        private let function: AdjointFunction
        private let inputCount: Int
        private var outputCount = 0

        init(_ function: AdjointFunction, inputCount: Int) {
            self.function = function
            self.inputCount = inputCount
        }

        private func array(_ start: UnsafePointer<Double>, _ count: Int) -> [Double] {
            Array(UnsafeBufferPointer(start: start, count: count))
        }

        func evaluate(
            at input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>
        ) throws {
            let y = try function.value(array(input, inputCount))
            outputCount = y.count
            output.update(from: y, count: y.count)
        }

        func addAdjoints(
            at input: UnsafePointer<Double>, outputs: UnsafePointer<Double>,
            outputAdjoints: UnsafePointer<Double>, into adjoints: UnsafeMutablePointer<Double>
        ) {
            let added = function.adjoint(
                array(input, inputCount), array(outputs, outputCount),
                array(outputAdjoints, outputCount))
            for (i, adjoint) in added.enumerated() { adjoints[i] += adjoint }
        }
    }
}
