// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// The root x of F(x, p) = 0 as one operation of a graph, with derivatives by p from
/// the implicit function theorem: ∂x/∂p = −(∂F/∂x)⁻¹ ∂F/∂p.
///
/// Inputs are the guess when it is not known, then the parameters. The guess has no
/// derivatives.
package struct TracedRoot: ExternalFunction {
    /// A function of unknowns and parameters, in this order.
    package var system: VectorFunction
    package var count: Int
    package var guess: [Double]?
    package var method: RootMethod
    package var settings: RootSettings
    package var check: @Sendable ([Double]) throws -> Void
    package var failure: @Sendable (RootFailure) -> any Error

    package init(
        system: VectorFunction, count: Int, guess: [Double]?, method: RootMethod,
        settings: RootSettings, check: @escaping @Sendable ([Double]) throws -> Void,
        failure: @escaping @Sendable (RootFailure) -> any Error
    ) {
        self.system = system
        self.count = count
        self.guess = guess
        self.method = method
        self.settings = settings
        self.check = check
        self.failure = failure
    }

    package func makeEvaluator(inputCount: Int) -> any ExternalEvaluator { Evaluator(self) }

    private final class Evaluator: ExternalEvaluator {
        private let root: TracedRoot
        private let system: TracedSystem
        private let finder: RootFinder

        init(_ root: TracedRoot) {
            self.root = root
            system = TracedSystem(root.system, root.count)
            finder = RootFinder(system, root.method)
        }

        func evaluate(
            at input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>
        ) throws {
            let n = root.count
            var x = root.guess ?? Array(UnsafeBufferPointer(start: input, count: n))
            system.setParameters(input + (root.guess == nil ? n : 0))
            try root.check(x)
            do { try finder.solve(&x, root.settings) } catch let failure as RootFailure {
                throw root.failure(failure)
            }
            for i in 0..<n { output[i] = x[i] }
        }

        func addAdjoints(
            at input: UnsafePointer<Double>, outputs: UnsafePointer<Double>,
            outputAdjoints: UnsafePointer<Double>, into adjoints: UnsafeMutablePointer<Double>
        ) {
            let n = root.count
            var seeds = [Double](repeating: 0, count: n)
            var isKnown = true
            do { try system.residual(outputs, into: &seeds) } catch { isKnown = false }
            system.jacobian(into: finder.lu.matrix)
            isKnown = isKnown && finder.lu.factor()
            for i in 0..<n { seeds[i] = isKnown ? -outputAdjoints[i] : .nan }
            seeds.withUnsafeMutableBufferPointer { buffer in
                if isKnown, let start = buffer.baseAddress { finder.lu.solveTransposed(start) }
            }
            system.addParameterAdjoints(seeds, into: adjoints + (root.guess == nil ? n : 0))
        }
    }

    private final class TracedSystem: RootSystem {
        private let function: VectorLinearization
        private var row: [Double]
        private var seeds: [Double]

        init(_ function: VectorFunction, _ n: Int) {
            self.function = VectorLinearization(function)
            row = [Double](repeating: 0, count: function.dimension)
            seeds = [Double](repeating: 0, count: n)
            super.init(n)
        }

        func setParameters(_ values: UnsafePointer<Double>) {
            (function.point + n).update(from: values, count: function.dimension - n)
        }

        override func residual(
            _ x: UnsafePointer<Double>, into residual: UnsafeMutablePointer<Double>
        ) throws {
            function.point.update(from: x, count: n)
            try function.evaluate(changing: function.dimension, into: residual)
        }

        override func jacobian(into matrix: UnsafeMutablePointer<Double>) {
            for i in 0..<n {
                for j in row.indices { row[j] = 0 }
                seeds[i] = 1
                function.pullBack(seeds, into: &row)
                seeds[i] = 0
                for j in 0..<n { matrix[j * n + i] = row[j] }
            }
        }

        func addParameterAdjoints(
            _ seeds: [Double], into target: UnsafeMutablePointer<Double>
        ) {
            for j in row.indices { row[j] = 0 }
            function.pullBack(seeds, into: &row)
            for j in n..<max(n, row.count) { target[j - n] += row[j] }
        }
    }
}
