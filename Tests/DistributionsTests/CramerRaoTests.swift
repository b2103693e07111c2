// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Randomness
import Testing

@testable import Distributions

/// Standard deviations of estimates over simulated samples against the bound of
/// Cramér and Rao, 1/√(n I). `fit_efficiency.csv` holds 2,000 samples a family;
/// it is written anew by
///
///     BUFFON_WRITE_REFERENCE=1 swift test -c release --filter CramerRaoTests
@Suite struct CramerRaoTests {
    private struct Case: Sendable {
        var family: any DistributionFamily.Type
        var values: [Double]
    }

    private let cases: [Case] = [
        Case(family: Normal.self, values: [1, 2]), Case(family: Gamma.self, values: [2.5, 1]),
        Case(family: LogNormal.self, values: [0, 0.7]),
        Case(family: Exponential.self, values: [3]), Case(family: Beta.self, values: [2, 5]),
        Case(family: InverseGamma.self, values: [3, 2]),
        Case(family: Logistic.self, values: [0, 1]), Case(family: Cauchy.self, values: [0, 1]),
        Case(family: StudentT.self, values: [4, 0, 1]), Case(family: Poisson.self, values: [4]),
        Case(family: NegativeBinomial.self, values: [5, 2]),
        Case(family: Geometric.self, values: [0.2]), Case(family: Laplace.self, values: [0, 1]),
    ]

    private static let n = 400

    /// The expected information of one datum: E of the products of scores.
    private func information<F: DistributionFamily>(
        _ family: F.Type, _ values: [Double]
    ) throws -> [[Double]] {
        let d = try F(parameterValues: values)
        let neighbours = try values.indices.map { i in
            try [-2.0, -1, 1, 2].map { k in
                var moved = values
                moved[i] += k * 1e-3 * max(1, abs(values[i]))
                return try F(parameterValues: moved)
            }
        }
        func density(_ d: F, _ x: Double) -> Double {
            if let d = d as? any ContinuousDistribution { return d.logDensity(x) }
            return (d as? any DiscreteDistribution)?.logDensity(ofNumber: x) ?? .nan
        }
        func score(_ i: Int, _ x: Double) -> Double {
            let f = neighbours[i].map { density($0, x) }
            return (8 * (f[2] - f[1]) - (f[3] - f[0])) / (12e-3 * max(1, abs(values[i])))
        }
        return try values.indices.map { i in
            try values.indices.map { j in
                func product(_ x: Double) -> Double { score(i, x) * score(j, x) }
                if let d = d as? any ContinuousDistribution {
                    return try WeightedIntegral(
                        over: d.quantile(1e-15)...d.upperQuantile(1e-15), center: d.median,
                        scale: d.spread, weight: { d.logDensity($0) }, product
                    ).value
                }
                let counts = try #require(d as? any DiscreteDistribution)
                return try WeightedIntegral(
                    counts: counts.support, center: counts.quantile(0.5),
                    weight: { counts.logDensity($0) }
                ) { product(Double($0)) }.value
            }
        }
    }

    /// Name, parameter, bound, deviation and mean standard error of estimates.
    private func rows(_ item: Case, samples: Int) throws -> [[String]] {
        func open<F: DistributionFamily>(_ family: F.Type) throws -> [[String]] {
            let truth = try F(parameterValues: item.values)
            let information = try information(family, item.values)
            var sums = [Double](repeating: 0, count: item.values.count)
            var squares = sums, errors = sums
            for k in 0..<samples {
                let generator = RandomGenerator(
                    StreamKey(seed: 17).child(F.name).child(k))
                let fit = try F.fit(truth.numbers(Self.n, inside: nil, using: generator))
                for (i, parameter) in fit.parameters.enumerated() {
                    let step = parameter.estimate.value - item.values[i]
                    sums[i] += step
                    squares[i] += step * step
                    errors[i] += parameter.estimate.standardError
                }
            }
            let count = Double(samples)
            return try item.values.indices.map { i in
                let unit = item.values.indices.map { $0 == i ? 1.0 : 0 }
                let inverse = try #require(solveSquare(information, unit))
                let bound = (inverse[i] / Double(Self.n)).squareRoot()
                let mean = sums[i] / count
                let deviation = (squares[i] / count - mean * mean).squareRoot()
                return [
                    "\(truth)".replacingOccurrences(of: ",", with: ";"), F.parameters[i].name,
                    text(bound), text(deviation), text(deviation / bound),
                    text(mean / bound), text(errors[i] / count),
                ]
            }
        }
        return try open(item.family)
    }

    private func text(_ x: Double) -> String { "\((x * 1e5).rounded() / 1e5)" }

    /// With 100 samples: a standard deviation has the error 1/√200, and
    /// the bound here is 5 of them, so a false alarm is below 1e-5 a row; biases of
    /// order 1/n widen it by a tenth.
    @Test func estimatesReachTheBound() throws {
        let writes = ProcessInfo.processInfo.environment["BUFFON_WRITE_REFERENCE"] != nil
        let samples = writes ? 2000 : 100
        let limit = 5 / (2 * Double(samples)).squareRoot() + 0.1
        var lines = [
            "distribution,parameter,cramer_rao,deviation,deviation/cramer_rao,bias/cramer_rao,"
                + "mean_standard_error"
        ]
        for item in cases {
            for row in try rows(item, samples: samples) {
                let ratio = try #require(Double(row[4]))
                #expect(abs(ratio - 1) < limit, "\(row)")
                lines.append(row.joined(separator: ","))
            }
        }
        if writes {
            let file = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../Reference/distributions/fit_efficiency.csv")
            try (lines.joined(separator: "\n") + "\n").write(
                to: file, atomically: true, encoding: .utf8)
        }
    }
}
