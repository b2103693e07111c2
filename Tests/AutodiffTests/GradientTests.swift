// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Autodiff

@Suite struct GradientTests {
    /// Points inside the domain of each elementwise function.
    static let unaryCases: [(Unary, [Double])] = Unary.allCases.compactMap { function in
        switch function {
        case .floor, .ceil, .round, .trunc: (function, [0.3, -1.4, 2.6])
        case .log, .sqrt, .cbrt, .log2, .log10, .reciprocal, .logGamma, .digamma, .trigamma:
            (function, [0.4, 1.7, 5.5])
        case .log1p: (function, [-0.5, 0.1, 4])
        case .asin, .acos, .atanh: (function, [-0.6, 0.1, 0.7])
        case .acosh: (function, [1.5, 2, 9])
        case .logit, .log1m, .normalQuantile: (function, [0.2, 0.5, 0.9])
        case .log1mExp: (function, [-3, -1, -0.2])
        default: (function, [-1.3, 0.4, 1.1])
        }
    }

    @Test(arguments: unaryCases) func elementwise(function: Unary, at x: [Double]) throws {
        try checkGradient("\(function)", at: x) { _, x in
            sum(Traced.apply(function, x) * Traced([1, 2, -0.5]))
        }
        try checkGradient("scalar \(function)", at: [x[1]]) { _, x in
            Traced.apply(function, x[0])
        }
    }

    static let binaryCases: [(Binary, [Double])] = Binary.allCases.map { function in
        switch function {
        case .logDiffExp: (function, [2, 3, 4, 0.5, 1, 2.5])
        case .logBeta: (function, [0.5, 2, 7, 3, 0.3, 1.5])
        case .pow: (function, [0.5, 2, 1.5, -1.2, 0.3, 2.2])
        default: (function, [0.7, -1.2, 2.5, 1.4, 0.6, -2.1])
        }
    }

    @Test(arguments: binaryCases) func binary(function: Binary, at x: [Double]) throws {
        try checkGradient("\(function)", at: x) { _, x in
            let (a, b) = (x.gather([0, 1, 2]), x.gather([3, 4, 5]))
            return sum(Traced.apply(function, a, b) * Traced([1, 2, -0.5]))
        }
        try checkGradient("\(function) with a scalar", at: [x[2], x[3], x[4]]) { _, x in
            sum(Traced.apply(function, x[0], x.gather([1, 2])))
        }
        try checkGradient("\(function) with a constant", at: [x[0]]) { _, x in
            Traced.apply(function, x[0], Traced(function == .logDiffExp ? 0.25 : 1.75))
        }
    }

    @Test func sameOperandTwice() throws {
        try checkGradient("x·x, x/x, x^x, overlapping slices", at: [0.4, 1.3, 2.2, 0.9]) { _, x in
            let (a, b) = (x.gather([0, 1, 2]), x.gather([1, 2, 3]))
            return sum(x * x) + sum(x / x) + sum(pow(x, x)) + sum(a * b) + sum(a / b)
                + dot(a, b) + dot(x, x)
                + Traced.density(
                    .normal, [a, b, x[0]], droppingConstants: false)
        }
    }

    @Test func reductions() throws {
        let x = [0.4, -1.3, 2.2, 0.9, 1.1, -0.2, 0.6, 3.1, -2, 0.05]
        try checkGradient("sum", at: x) { _, x in square(sum(x)) }
        try checkGradient("product", at: x) { _, x in product(x) }
        try checkGradient("logSumExp", at: x) { _, x in logSumExp(x) * 2 }
        try checkGradient("minimum", at: x) { _, x in minimum(x) * maximum(x) }
        try checkGradient("mean", at: x) { _, x in mean(exp(x)) }
        try checkGradient("select", at: x) { _, x in
            sum(select(Traced.less(x, 0.5), square(x), 3 * x))
        }
        // A zero among the factors, where the quotient rule fails.
        try checkGradient("product with zero", at: [0, 2, 3]) { _, x in
            product(x.reshaped(.matrix(3, 1)))
        }
    }

    @Test func matrices() throws {
        let x = [2.0, 0.3, -0.4, 0.3, 1.5, 0.2, -0.4, 0.2, 1.2]
        @Sendable func symmetric(_ x: Traced) -> Traced {
            let m = x.reshaped(.matrix(3, 3))
            return matmul(m, transpose(m)) + Traced([1, 0, 0, 0, 1, 0, 0, 0, 1], .matrix(3, 3))
        }
        @Sendable func b() -> Traced { Traced([0.3, -1, 2]) }
        @Sendable func w() -> Traced {
            Traced([1, 2, -1, 0.5, 3, -2, 1, 1, 0.7], .matrix(3, 3))
        }
        try checkGradient("product", at: x) { _, x in
            sum(matmul(x.reshaped(.matrix(3, 3)), w()) * matmul(w(), x.reshaped(.matrix(3, 3))))
        }
        try checkGradient("matrix·vector", at: x) { _, x in
            dot(matmul(x.reshaped(.matrix(3, 3)), x.gather([0, 4, 8])), b())
        }
        try checkGradient("cholesky", at: x) { _, x in sum(cholesky(symmetric(x)) * w()) }
        try checkGradient("solveLower", at: x) { _, x in
            let l = cholesky(symmetric(x))
            return dot(solveLower(l, b()), b())
                + sum(square(solveLowerTransposed(l, x.gather([1, 2, 3]))))
                + sum(solveLower(l, w()) * w())
                + sum(square(solveLowerTransposed(l, x.reshaped(.matrix(3, 3)))))
        }
        try checkGradient("inverse", at: x) { _, x in sum(inverse(symmetric(x)) * w()) }
        try checkGradient("solve", at: x) { _, x in
            let m = x.reshaped(.matrix(3, 3))
            return dot(solve(m, b()), b()) + sum(solve(m, w() + m) * w())
        }
        try checkGradient("log determinant", at: x) { _, x in
            logDeterminant(x.reshaped(.matrix(3, 3)))
                + logDeterminantTriangular(cholesky(symmetric(x)))
        }
    }

    /// Factors of more than one block: a Gaussian process over three parameters.
    @Test(arguments: [25, 49, 90]) func choleskyInBlocks(_ n: Int) throws {
        let points = (0..<n).map { Double($0 * 37 % 101) * 0.05 }
        let distances = (0..<n * n).map { i in
            (points[i % n] - points[i / n]) * (points[i % n] - points[i / n])
        }
        let weights = (0..<n * n).map { Double($0 * 13 % 7) - 3 }
        let ridge = (0..<n * n).map { $0 % (n + 1) == 0 ? 0.5 : 0 }
        try checkGradient(
            "Gaussian process of \(n)", at: [0.3, -0.2], tolerance: 1e-8, valueTolerance: 1e-12
        ) { _, q in
            let k = exp(q[0] - Traced(distances, .matrix(n, n)) * exp(q[1]))
            let l = cholesky(k + Traced(ridge, .matrix(n, n)))
            return sum(l * Traced(weights, .matrix(n, n)))
                + sum(square(solveLower(l, Traced(points))))
        }
    }

    static let densities: [(FusedDensity, [[Double]])] = [
        (.normal, [[0.3, -1, 2], [0.1, 0.5, 1], [1.2, 0.4, 2]]),
        (.standardNormal, [[0.3, -1, 2]]),
        (.bernoulliLogit, [[0, 1, 1], [0.4, -2, 3]]),
        (.poissonLog, [[0, 3, 7], [0.4, -2, 1.5]]),
        (.studentT, [[0.3, -1, 20], [3, 1.5, 30], [0.1, 0.5, 1], [1.2, 0.4, 2]]),
        (.gamma, [[0.3, 1, 2], [0.7, 5, 2], [1.2, 0.4, 2]]),
        (.exponential, [[0.3, 1, 2], [0.7, 5, 2]]),
        (.cauchy, [[0.3, -1, 2], [0.1, 0.5, 1], [1.2, 0.4, 2]]),
        (.logNormal, [[0.3, 1, 2], [0.1, 0.5, 1], [1.2, 0.4, 2]]),
        (.beta, [[0.3, 0.9, 0.5], [0.7, 5, 2], [1.2, 0.4, 2]]),
        (.binomialLogit, [[0, 3, 7], [8, 9, 7], [0.4, -2, 1.5]]),
    ]

    /// Every subset of arguments traced, scalars and arrays, kernel against
    /// elementary operations.
    @Test(arguments: densities) func density(_ density: FusedDensity, arguments: [[Double]]) throws
    {
        let isCount = [.bernoulliLogit, .poissonLog, .binomialLogit].contains(density)
        for mask in 1..<1 << arguments.count {
            if isCount, mask & 1 != 0 || (density == .binomialLogit && mask & 2 != 0) { continue }
            for drop in [false, true] {
                for scalars in [false, true] {
                    let traced = arguments.indices.filter { mask >> $0 & 1 == 1 }
                    let point = traced.flatMap { k in
                        scalars && k > 0 ? [arguments[k][0]] : arguments[k]
                    }
                    try checkGradient(
                        "\(density) \(mask) drop \(drop) scalars \(scalars)", at: point,
                        valueTolerance: drop ? .infinity : 1e-13
                    ) { _, x in
                        var at = 0
                        let list = arguments.indices.map { k in
                            let count = scalars && k > 0 ? 1 : 3
                            guard mask >> k & 1 == 1 else {
                                return count == 1
                                    ? Traced(arguments[k][0]) : Traced(arguments[k])
                            }
                            defer { at += count }
                            return count == 1 ? x[at] : x.gather(Array(at..<at + 3))
                        }
                        // Dropped constants: known evaluation keeps them, so compare kernels.
                        return Traced.density(
                            density, list,
                            droppingConstants: drop && list.contains { !$0.isConstant })
                    }
                }
            }
        }
    }
}
