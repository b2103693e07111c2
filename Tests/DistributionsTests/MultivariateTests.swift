// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import Distributions
@testable import Randomness

/// Distributions of vectors and matrices: densities against the table that the traced
/// ones are tested with (mpmath) and against SciPy 1.17, entropies and moments against
/// draws (5.5 standard errors: a false alarm in 10⁷; fixed seeds).
@Suite struct MultivariateTests {
    private let s: [[Double]] = [[2, 0.5], [0.5, 1]]

    private func close(
        _ a: Double, _ b: Double, _ bound: Double = 1e-13,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(abs(a - b) <= bound * max(abs(b), 1), "\(a), \(b)", sourceLocation: location)
    }

    /// Draws' means of given functions, and of −log density where there is an entropy.
    private func check<D: Distribution>(
        _ d: D, entropy: Double?, seed: UInt64,
        _ expected: [(value: Double, of: (D.Value) -> Double)],
        _ location: SourceLocation = #_sourceLocation
    ) {
        let draws = d.sample(20_000, using: RandomGenerator(StreamKey(seed: seed)))
        var all = expected
        if let entropy { all.append((entropy, { -d.logDensity($0) })) }
        for (i, (value, function)) in all.enumerated() {
            let values = draws.map(function)
            let mean = values.reduce(0, +) / 20_000
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
            let error = (variance / 20_000).squareRoot()
            #expect(
                abs(mean - value) <= 5.5 * error + 1e-12,
                "\(d), \(i): \(mean) ± \(error), \(value)",
                sourceLocation: location)
        }
    }

    @Test func densitiesOfTheStanTable() throws {
        var seen = 0
        for row in tracedRows {
            let a = row.arguments.map(\.values)
            func matrix(_ i: Int) -> [[Double]] {
                let (rows, columns) = (row.arguments[i].shape.rows, row.arguments[i].shape.columns)
                return (0..<rows).map { r in (0..<columns).map { a[i][$0 * rows + r] } }
            }
            let counts = a[0].compactMap { Int(exactly: $0) }
            let found: Double
            switch row.name {
            case "multi_student_t" where row.arguments[0].shape.columns == 1:
                found = try MultivariateStudentT(
                    degreesOfFreedom: a[1][0], location: a[2], scale: matrix(3)
                ).logDensity(a[0])
            case "multi_student_t_cholesky" where row.arguments[0].shape.columns == 1:
                found = try MultivariateStudentT(
                    degreesOfFreedom: a[1][0], location: a[2], scaleFactor: matrix(3)
                ).logDensity(a[0])
            case "multi_normal" where row.arguments[0].shape.columns == 1:
                found = try MultivariateNormal(mean: a[1], covariance: matrix(2)).logDensity(a[0])
            case "multi_normal_prec" where row.arguments[0].shape.columns == 1:
                found = try MultivariateNormal(mean: a[1], precision: matrix(2)).logDensity(a[0])
            case "multi_normal_cholesky" where row.arguments[0].shape.columns == 1:
                found = try MultivariateNormal(mean: a[1], choleskyFactor: matrix(2))
                    .logDensity(a[0])
            case "dirichlet" where row.arguments[0].shape.columns == 1:
                found = try Dirichlet(concentration: a[1]).logDensity(a[0])
            case "multinomial":
                found = try Multinomial(trials: counts.reduce(0, +), probabilities: a[1])
                    .logDensity(counts)
            case "dirichlet_multinomial":
                found = try DirichletMultinomial(
                    trials: counts.reduce(0, +), concentration: a[1]
                ).logDensity(counts)
            case "wishart":
                found = try Wishart(degreesOfFreedom: a[1][0], scale: matrix(2))
                    .logDensity(matrix(0))
            case "inv_wishart":
                found = try InverseWishart(degreesOfFreedom: a[1][0], scale: matrix(2))
                    .logDensity(matrix(0))
            case "wishart_cholesky":
                found = try WishartCholesky(degreesOfFreedom: a[1][0], scaleFactor: matrix(2))
                    .logDensity(matrix(0))
            case "inv_wishart_cholesky":
                found = try InverseWishartCholesky(
                    degreesOfFreedom: a[1][0], scaleFactor: matrix(2)
                ).logDensity(matrix(0))
            case "lkj_corr":
                let x = matrix(0)
                found = try LKJCorrelation(size: x.count, shape: a[1][0]).logDensity(x)
            case "lkj_corr_cholesky":
                let x = matrix(0)
                found = try LKJCorrelationCholesky(size: x.count, shape: a[1][0]).logDensity(x)
            default: continue
            }
            seen += 1
            #expect(
                abs(found - row.value) <= 4e-13 * max(1, abs(row.value)),
                "\(row.name): \(found), not \(row.value); \(row.arguments)")
        }
        #expect(seen >= 14)
    }

    @Test func densitiesAndEntropiesOfScipy() throws {
        let t = try MultivariateStudentT(degreesOfFreedom: 3.5, location: [1, 2], scale: s)
        close(t.logDensity([0, 4]), -4.945126686600177)
        close(t.entropy, 3.689113531805628)
        let wishart = try Wishart(degreesOfFreedom: 4.5, scale: s)
        close(wishart.logDensity([[3, 1], [1, 2]]), -5.498340652131205)
        close(wishart.entropy, 7.416686570251635)
        let inverse = try InverseWishart(degreesOfFreedom: 4.5, scale: s)
        close(inverse.logDensity([[3, 1], [1, 2]]), -9.10825449808954)
        // SciPy's entropy of it is log(2) d (d + 1)/4 more than the mean of −log density.
        close(inverse.entropy, 0.797746726380177)
        let dirichlet = try Dirichlet(concentration: [0.5, 2, 3])
        close(dirichlet.logDensity([0.1, 0.3, 0.6]), 1.6179703387731763)
        close(dirichlet.entropy, -1.9146769909858068)
        close(
            try Multinomial(trials: 10, probabilities: [0.2, 0.3, 0.5]).logDensity([1, 4, 5]),
            -2.7521980325920463)
        close(
            try DirichletMultinomial(trials: 10, concentration: [0.5, 2, 3]).logDensity([1, 4, 5]),
            -3.5138747808238016)
        let matrix = try MatrixNormal(
            mean: [[1, 2, 3], [0, 1, 0]], rows: s,
            columns: [[1, 0.2, 0], [0.2, 2, 0.3], [0, 0.3, 3]])
        close(matrix.logDensity([[0, 1, 2], [2, 2, 1]]), -11.831368273135517)
        close(matrix.entropy, 11.109187172716076)
        let sphere = try VonMisesFisher(meanDirection: [1, 2, 0, -1, 3], concentration: 7.5)
        close(sphere.logDensity([0.6, 0, 0.8, 0, 0]), -5.840952644257292)
        close(sphere.entropy, 1.3490076032669638, 1e-12)
        close(
            try VonMisesFisher(meanDirection: [0, 1], concentration: 1.25).logDensity([0.6, 0.8]),
            -1.195879231605442)
        close(
            try VonMisesFisher(meanDirection: [0, 0, 1], concentration: 800)
                .logDensity([0.6, 0, 0.8]), -155.15326533874145)
        // coth κ − 1/κ in three dimensions, whatever the concentration.
        for kappa in [1e-6, 0.1, 3, 50, 1e4, 1e10] {
            let d = try VonMisesFisher(meanDirection: [0, 0, 1], concentration: kappa)
            let length = kappa < 1e-3 ? kappa / 3 : 1 / tanh(kappa) - 1 / kappa
            close(d.meanLength, length, kappa < 1 ? 1e-14 : 1e-13)
        }
    }

    @Test func drawsHaveTheMoments() throws {
        let t = try MultivariateStudentT(degreesOfFreedom: 9, location: [1, 2], scale: s)
        check(
            t, entropy: t.entropy, seed: 1,
            [
                (1, { $0[0] }), (t.covariance[0][1], { ($0[0] - 1) * ($0[1] - 2) }),
                (t.covariance[0][0], { ($0[0] - 1) * ($0[0] - 1) }),
            ])
        let normal = try MultivariateNormal(mean: [1, 2], precision: s)
        check(
            normal, entropy: normal.entropy, seed: 2,
            [(1, { $0[0] }), (-0.5 / 1.75, { ($0[0] - 1) * ($0[1] - 2) })])
        let dirichlet = try Dirichlet(concentration: [1.5, 2, 3])
        let m = dirichlet.mean
        check(
            dirichlet, entropy: dirichlet.entropy, seed: 3,
            [
                (m[0], { $0[0] }), (m[2], { $0[2] }),
                (dirichlet.covariance[0][1], { ($0[0] - m[0]) * ($0[1] - m[1]) }),
            ])
        let multinomial = try Multinomial(trials: 10, probabilities: [0.2, 0.3, 0.5])
        #expect(multinomial.mode == [2, 3, 5])
        check(
            multinomial, entropy: nil, seed: 4,
            [
                (3, { Double($0[1]) }),
                (-10 * 0.2 * 0.3, { Double(($0[0] - 2) * ($0[1] - 3)) }),
            ])
        let polya = try DirichletMultinomial(trials: 10, concentration: [2, 3, 5])
        check(
            polya, entropy: nil, seed: 5,
            [
                (3, { Double($0[1]) }),
                (polya.covariance[0][1], { Double(($0[0] - 2) * ($0[1] - 3)) }),
                (polya.covariance[2][2], { Double(($0[2] - 5) * ($0[2] - 5)) }),
            ])
        let wishart = try Wishart(degreesOfFreedom: 4.5, scale: s)
        let w = wishart.mean
        check(
            wishart, entropy: wishart.entropy, seed: 6,
            [
                (w[0][1], { $0[0][1] }),
                (wishart.variance[0][1], { ($0[0][1] - w[0][1]) * ($0[0][1] - w[0][1]) }),
                (
                    wishart.meanLogDeterminant,
                    { log($0[0][0] * $0[1][1] - $0[0][1] * $0[0][1]) }
                ),
            ])
        let inverse = try InverseWishart(degreesOfFreedom: 14, scale: s)
        let v = inverse.mean
        check(
            inverse, entropy: inverse.entropy, seed: 7,
            [
                (v[0][1], { $0[0][1] }), (v[0][0], { $0[0][0] }),
                (inverse.variance[0][0], { ($0[0][0] - v[0][0]) * ($0[0][0] - v[0][0]) }),
            ])
        let lkj = try LKJCorrelation(size: 4, shape: 1.7)
        check(
            lkj, entropy: lkj.entropy, seed: 8,
            [(0, { $0[0][3] }), (lkj.variance[2][1], { $0[2][1] * $0[2][1] })])
        let matrix = try MatrixNormal(
            mean: [[1, 2, 3], [0, 1, 0]], rows: s,
            columns: [[1, 0.2, 0], [0.2, 2, 0.3], [0, 0.3, 3]])
        check(
            matrix, entropy: matrix.entropy, seed: 9,
            [
                (3, { $0[0][2] }),
                (
                    matrix.covariance((0, 1), (1, 2)),
                    { ($0[0][1] - 2) * $0[1][2] }
                ),
            ])
        let sphere = try VonMisesFisher(meanDirection: [1, 2, 0, -2], concentration: 2.5)
        let mean = sphere.mean
        check(
            sphere, entropy: sphere.entropy, seed: 10,
            [
                (mean[1], { $0[1] }), (1, { $0.reduce(0) { $0 + $1 * $1 } }),
                (sphere.covariance[0][1], { ($0[0] - mean[0]) * ($0[1] - mean[1]) }),
                (sphere.covariance[2][2], { $0[2] * $0[2] }),
            ])
        let uniform = try VonMisesFisher(meanDirection: [1, 0, 0], concentration: 0)
        close(uniform.entropy, log(4 * Double.pi))
        check(uniform, entropy: uniform.entropy, seed: 11, [(1.0 / 3, { $0[1] * $0[1] })])
        let odds = try MultivariateLogitNormal(mean: [0, 1], covariance: s)
        check(
            odds, entropy: nil, seed: 12,
            [(1, { log($0[1] / $0[2]) }), (1, { $0.reduce(0, +) })])
        // E 1/f over a set with known volume: the simplex has area 1/2.
        let tame = try MultivariateLogitNormal(mean: [0, 0], covariance: [[2, 1], [1, 2]])
        let x = [0.2, 0.3, 0.5]
        let y = [log(0.4), log(0.6)]
        close(tame.logDensity(x), tame.logits.logDensity(y) - log(0.2 * 0.3 * 0.5))
    }

    @Test func gaussianProcesses() throws {
        let kernel = Kernel.exponentiatedQuadratic(standardDeviation: 2, lengthScale: 1.5)
        let f = try GaussianProcess(at: [[0], [1], [2.5]], kernel: kernel, noise: 0.3)
        close(f.covariance[0][1], 4 * exp(-0.5 / 2.25))
        close(f.covariance[2][2], 4.09)
        let same = try MultivariateNormal(mean: [0, 0, 0], covariance: f.covariance)
        #expect(f.logDensity([1, 0, -1]) == same.logDensity([1, 0, -1]))
        check(
            f, entropy: f.entropy, seed: 13, [(f.covariance[0][2], { $0[0] * $0[2] })])
        // log p(y, y*) − log p(y) is the prediction's density.
        let joint = try GaussianProcess(
            at: [[0], [1], [2.5], [4]], kernel: kernel, noise: 0.3)
        let prediction = try f.prediction(at: [[4]], given: [1, 0, -1])[0]
        let conditional = try Normal(
            mean: prediction.mean,
            standardDeviation: (prediction.variance + 0.09).squareRoot())
        close(
            joint.logDensity([1, 0, -1, 0.7]) - f.logDensity([1, 0, -1]),
            conditional.logDensity(0.7), 1e-12)
        for kernel in [Kernel.matern32(lengthScale: 2), .matern52(lengthScale: 2)] {
            let sum = kernel + kernel * kernel
            close(sum([0, 0], [0, 0]), 2)
            #expect(sum([0, 0], [3, 4]) < 1)
        }
        #expect(throws: (any Error).self) { try GaussianProcess(at: [], kernel: kernel) }
        #expect(throws: (any Error).self) {
            try GaussianProcess(at: [[0], [0]], kernel: kernel)
        }
        #expect(throws: (any Error).self) { try f.prediction(at: [[1, 2]], given: [1, 2, 3]) }
    }

    @Test func badParametersAndArguments() throws {
        let wishart = try Wishart(degreesOfFreedom: 4.5, scale: s)
        #expect(wishart.logDensity([[1, 2], [2, 1]]) == -.infinity)
        #expect(wishart.logDensity([[1]]).isNaN && wishart.logDensity([[1, 2], [2]]).isNaN)
        #expect(throws: (any Error).self) { try Wishart(degreesOfFreedom: 1, scale: s) }
        #expect(throws: (any Error).self) { try Wishart(degreesOfFreedom: 3, scale: []) }
        #expect(throws: (any Error).self) {
            try Wishart(degreesOfFreedom: 3, scale: [[1, 2], [2, 1]])
        }
        #expect(throws: (any Error).self) {
            try WishartCholesky(degreesOfFreedom: 3, scaleFactor: [[1, 2], [0, 1]])
        }
        #expect(throws: (any Error).self) { try Dirichlet(concentration: [1]) }
        let dirichlet = try Dirichlet(concentration: [1, 1])
        #expect(dirichlet.logDensity([0.5, 0.6]) == -.infinity && dirichlet.logDensity([1]).isNaN)
        #expect(throws: (any Error).self) { try Multinomial(trials: 2, probabilities: [0.5, 0.6]) }
        let counts = try Multinomial(trials: 2, probabilities: [0.5, 0.5])
        #expect(counts.logDensity([1, 2]) == -.infinity)
        #expect(counts.logDensity([.max, .max]) == -.infinity)
        #expect(throws: (any Error).self) { try LKJCorrelation(size: 0, shape: 1) }
        let lkj = try LKJCorrelation(size: 2, shape: 1)
        #expect(lkj.logDensity([[1, 1], [1, 1]]) == -.infinity)
        #expect(lkj.logDensity([[2, 0], [0, 1]]) == -.infinity)
        #expect(try LKJCorrelation(size: 1, shape: 3).logDensity([[1]]) == 0)
        #expect(throws: (any Error).self) {
            try VonMisesFisher(meanDirection: [0, 0], concentration: 1)
        }
        let circle = try VonMisesFisher(meanDirection: [0, 1], concentration: 1)
        #expect(circle.logDensity([0, 2]) == -.infinity && circle.logDensity([.nan, 1]).isNaN)
        #expect(throws: (any Error).self) {
            try MatrixNormal(mean: [[1, 2], [3]], rows: s, columns: s)
        }
        #expect(throws: (any Error).self) {
            try MultivariateNormal(mean: [0, 0], choleskyFactor: [[1, 0], [0, -1]])
        }
    }
}
