// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import LinearAlgebra

/// The log likelihood ℓ(θ, η) of latent variables and parameters with the derivatives
/// that a Laplace approximation needs, all exact: directional derivatives are written out
/// as expressions, and the last derivative is had backwards. Belongs to one thread.
final class LatentLikelihood {
    let n: Int
    let parameterCount: Int
    let blockSize: Int
    /// (θ, η, u) → ℓ, Dℓ[u]
    private let first: VectorLinearization
    /// (θ, η, u, v) → D²ℓ[u, v]
    private let second: VectorLinearization
    private var outputs = [0.0, 0.0]
    private var row: [Double]

    init(_ functions: LatentFunctions) {
        n = functions.count
        parameterCount = functions.parameterCount
        blockSize = functions.blockSize
        first = VectorLinearization(functions.first)
        second = VectorLinearization(functions.second)
        row = [Double](repeating: 0, count: second.dimension)
    }

    func setParameters(_ values: UnsafePointer<Double>) {
        for function in [first, second] {
            (function.point + n).update(from: values, count: parameterCount)
        }
    }

    /// ℓ and ∂ℓ/∂θ
    func gradient(at theta: Vector) throws -> (value: Double, gradient: Vector) {
        try evaluateFirst(theta, Vector.zeros(n))
        pullBack(first, [1, 0])
        return (outputs[0], Vector(row[..<n]))
    }

    /// The derivatives by η of ℓ + Dℓ[u].
    func parameterGradient(at theta: Vector, along u: Vector) throws -> [Double] {
        try evaluateFirst(theta, u)
        pullBack(first, [1, 1])
        return Array(row[n..<n + parameterCount])
    }

    /// W = −∂²ℓ/∂θ², of which only the blocks are looked at.
    func curvature(at theta: Vector) throws -> BlockDiagonal {
        var result = BlockDiagonal(n, size: blockSize)
        let u = n + parameterCount
        for k in 0..<blockSize {
            try evaluateSecond(theta, k) { _ in 0 }
            pullBack(second, [1])
            for i in 0..<n {
                let column = i / blockSize * blockSize + k
                result.entries[result.place(i, column)] = -row[u + i]
            }
        }
        return result
    }

    /// The derivatives by θ and η of tr(A ∂²ℓ/∂θ²) for a constant A.
    func traceGradient(at theta: Vector, _ a: Matrix) throws -> (theta: Vector, eta: [Double]) {
        var total = [Double](repeating: 0, count: n + parameterCount)
        for k in 0..<blockSize {
            try evaluateSecond(theta, k) { i in a[i, i / blockSize * blockSize + k] }
            pullBack(second, [1])
            for i in total.indices { total[i] += row[i] }
        }
        return (Vector(total[..<n]), Array(total[n...]))
    }

    private func evaluateFirst(_ theta: Vector, _ u: Vector) throws {
        for i in 0..<n {
            first.point[i] = theta[i]
            first.point[n + parameterCount + i] = u[i]
        }
        try first.evaluate(changing: first.dimension, into: &outputs)
    }

    /// Along the k-th axis of every block, and a vector.
    private func evaluateSecond(_ theta: Vector, _ k: Int, _ u: (Int) -> Double) throws {
        let start = second.point + n + parameterCount
        for i in 0..<n {
            second.point[i] = theta[i]
            start[i] = u(i)
            start[n + i] = i % blockSize == k ? 1 : 0
        }
        try second.evaluate(changing: second.dimension, into: &outputs)
    }

    private func pullBack(_ function: VectorLinearization, _ seeds: [Double]) {
        for i in row.indices { row[i] = 0 }
        function.pullBack(seeds, into: &row)
    }
}

/// The functions behind a ``LatentLikelihood``, for all threads.
package struct LatentFunctions: Sendable {
    /// Latent variables.
    package let count: Int
    package let parameterCount: Int
    /// Of the blocks outside of which ∂²ℓ/∂θ² is 0; divides the count.
    package let blockSize: Int
    let first: VectorFunction
    let second: VectorFunction

    /// - Parameter body: the log likelihood of latent variables; takes the parameters as
    ///   inputs of the trace.
    package init(
        count: Int, parameterCount: Int, blockSize: Int,
        _ body: @escaping @Sendable (Trace, _ theta: Traced) throws -> Traced
    ) throws {
        self.count = count
        self.parameterCount = parameterCount
        self.blockSize = blockSize
        let size = count + parameterCount
        first = try VectorFunction(dimension: size + count) { trace in
            let theta = trace.input(.vector(count))
            let value = try body(trace, theta)
            let u = trace.input(.vector(count))
            return [value, try trace.tangent(of: value, by: theta, along: u)]
        }
        second = try VectorFunction(dimension: size + 2 * count) { trace in
            let theta = trace.input(.vector(count))
            let value = try body(trace, theta)
            let (u, v) = (trace.input(.vector(count)), trace.input(.vector(count)))
            let slope = try trace.tangent(of: value, by: theta, along: v)
            return [try trace.tangent(of: slope, by: theta, along: u)]
        }
    }
}
