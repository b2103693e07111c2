// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import LinearAlgebra

/// The logarithm of the Laplace approximation of ∫ p(y | θ, η) N(θ | 0, K) dθ as one
/// operation of a graph.
///
/// Inputs are the entries of K when they are not known, column by column, then η.
package struct TracedLaplace: ExternalFunction {
    package let functions: LatentFunctions
    package let covariance: [Double]?
    package let settings: LaplaceSettings
    package let failure: @Sendable (LaplaceFailure) -> any Error

    package init(
        _ functions: LatentFunctions, covariance: [Double]?, settings: LaplaceSettings,
        failure: @escaping @Sendable (LaplaceFailure) -> any Error
    ) {
        self.functions = functions
        self.covariance = covariance
        self.settings = settings
        self.failure = failure
    }

    package func makeEvaluator(inputCount: Int) -> any ExternalEvaluator { Evaluator(self) }

    /// The mode, and the lower factor of the posterior's covariance, column by column.
    package func posterior(parameters: [Double]) throws -> (mode: [Double], factor: [Double]) {
        let evaluator = Evaluator(self)
        return try evaluator.translated {
            let found = try evaluator.approximation(at: parameters)
            return (found.mode.elements, try found.posteriorFactor().elements)
        }
    }

    private final class Evaluator: ExternalEvaluator {
        private let laplace: TracedLaplace
        private let likelihood: LatentLikelihood
        private var last: LaplaceApproximation?

        init(_ laplace: TracedLaplace) {
            self.laplace = laplace
            likelihood = LatentLikelihood(laplace.functions)
        }

        private var covarianceCount: Int {
            laplace.covariance == nil ? likelihood.n * likelihood.n : 0
        }

        func translated<T>(_ body: () throws -> T) throws -> T {
            do { return try body() } catch let failure as LaplaceFailure {
                throw laplace.failure(failure)
            } catch is TangentFailure {
                throw laplace.failure(.noHigherDerivatives)
            }
        }

        func approximation(at input: UnsafePointer<Double>) throws -> LaplaceApproximation {
            let n = likelihood.n
            let entries =
                laplace.covariance ?? Array(UnsafeBufferPointer(start: input, count: n * n))
            likelihood.setParameters(input + covarianceCount)
            return try LaplaceApproximation(
                likelihood, try Matrix(rows: n, columns: n, elements: entries), laplace.settings)
        }

        func evaluate(
            at input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>
        ) throws {
            last = nil
            let found = try translated { try approximation(at: input) }
            output[0] = found.logMarginal
            last = found
        }

        func addAdjoints(
            at input: UnsafePointer<Double>, outputs: UnsafePointer<Double>,
            outputAdjoints: UnsafePointer<Double>, into adjoints: UnsafeMutablePointer<Double>
        ) {
            let count = covarianceCount
            likelihood.setParameters(input + count)
            guard let gradient = try? last?.gradient() else {
                for i in 0..<count + likelihood.parameterCount { adjoints[i] = .nan }
                return
            }
            for i in 0..<count {
                adjoints[i] += outputAdjoints[0] * gradient.covariance.elements[i]
            }
            for (i, slope) in gradient.parameters.enumerated() {
                adjoints[count + i] += outputAdjoints[0] * slope
            }
        }
    }
}
