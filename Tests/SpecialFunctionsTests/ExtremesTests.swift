// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import SpecialFunctions

/// Rows of extremes.csv (mpmath, by quadrature): every branch of the incomplete
/// gamma and beta functions, both tails, values and logarithms.
private let extremes: [[Double]] = {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Reference/special/extremes.csv")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).dropFirst()
            .map { Double($0) ?? .nan }
    }
}()

@Suite struct ExtremesTests {
    @Test func bothTailsAndTheirLogarithms() {
        #expect(extremes.count > 150)
        for row in extremes {
            let (a, b, x) = (row[0], row[1], row[2])
            let point = IncompleteBeta.Point(x: x)
            for lower in [true, false] {
                let expected = lower ? row[3] : row[4]
                let unit = max(1, lower ? row[5] : row[6]) * 0x1p-52
                let value =
                    b.isNaN
                    ? IncompleteGamma.evaluate(a, x, lower: lower, log: false)
                    : IncompleteBeta.evaluate(a, b, point, lower: lower, log: false)
                let logValue =
                    b.isNaN
                    ? IncompleteGamma.evaluate(a, x, lower: lower, log: true)
                    : IncompleteBeta.evaluate(a, b, point, lower: lower, log: true)
                // An error of the tail is an absolute one of its logarithm; near
                // 1 the logarithm has the relative error of the other tail.
                let other = max(1, lower ? row[6] : row[5]) * 0x1p-52
                let logUnit =
                    abs(expected) * 0x1p-52
                    + (expected < -0.7 ? unit : other * abs(expected))
                let place = "\(b.isNaN ? "gamma" : "beta")(\(a), \(b)) at \(x), lower: \(lower)"
                #expect(
                    abs(logValue - expected) <= 8 * logUnit,
                    "log \(place): \(logValue), \(abs(logValue - expected) / logUnit) units")
                let truth = exp(expected)
                let rounding = abs(expected) * 0x1p-52  // of the exponential here
                #expect(
                    abs(value - truth) <= (8 * unit + rounding) * truth || truth < 1e-300,
                    "\(place): \(value), not \(truth)")
            }
        }
    }

    @Test func quantilesInvertTheirFunctions() {
        for row in extremes {
            let (a, b, x) = (row[0], row[1], row[2])
            for lower in [true, false] {
                let p = exp(lower ? row[3] : row[4])
                guard p > 1e-300, p <= 0.5 else { continue }
                let found =
                    b.isNaN
                    ? (lower ? gammaPInverse(a, p) : gammaQInverse(a, p))
                    : (lower ? betaIInverse(p, a, b) : betaIUpperInverse(p, a, b))
                // p carries an error of |log p| 2⁻⁵²; x an error of that over
                // its condition, x f(x)/p.
                let condition = max(abs(log(p)), 1) / (b.isNaN ? min(a, 1) : min(a, b, 1))
                #expect(
                    abs(found - x) <= 16 * condition * 0x1p-52 * x,
                    "(\(a), \(b)) at \(x), lower \(lower): \(found)")
            }
        }
    }

    @Test func endsAndNonsense() {
        #expect(gammaP(2, 0) == 0 && gammaQ(2, 0) == 1 && gammaP(2, .infinity) == 1)
        #expect(logGammaP(2, 0) == -.infinity && logGammaQ(2, 0) == 0)
        #expect(gammaP(-1, 1).isNaN && gammaP(1, -1).isNaN && gammaP(.nan, 1).isNaN)
        #expect(gammaPInverse(2, 0) == 0 && gammaPInverse(2, 1) == .infinity)
        #expect(gammaPInverse(2, 1.5).isNaN && gammaPInverse(2, .nan).isNaN)
        #expect(betaI(0, 2, 3) == 0 && betaI(1, 2, 3) == 1 && betaIUpper(1, 2, 3) == 0)
        #expect(betaI(-0.1, 2, 3).isNaN && betaI(0.5, 0, 3).isNaN && betaI(.nan, 2, 3).isNaN)
        #expect(logBetaI(0, 2, 3) == -.infinity && logBetaIUpper(1, 2, 3) == -.infinity)
        #expect(betaIInverse(0, 2, 3) == 0 && betaIInverse(1, 2, 3) == 1)
        #expect(betaIInverse(-1, 2, 3).isNaN && betaIInverse(0.5, .nan, 3).isNaN)
        #expect(normalQuantile(0) == -.infinity && normalQuantile(1) == .infinity)
        #expect(normalQuantile(-1).isNaN && normalQuantile(.nan).isNaN)
        #expect(normalCDF(-.infinity) == 0 && normalCDF(.infinity) == 1 && normalCDF(-1e300) == 0)
        #expect(logNormalCDF(.infinity) == 0 && logNormalCDF(-.infinity) == -.infinity)
        #expect(erfInverse(1) == .infinity && erfcInverse(2) == -.infinity && erfInverse(2).isNaN)
        #expect(logSumExp([Double]()) == -.infinity && logSumExp([-.infinity]) == -.infinity)
        #expect(logSumExp([.infinity, 1]) == .infinity && logSumExp([.nan, 1]).isNaN)
        #expect(logDiffExp(1, 1) == -.infinity && logDiffExp(0, 1).isNaN)
        #expect(digamma(-2).isNaN && trigamma(0) == .infinity && logGamma(-3) == .infinity)
        #expect(logChoose(5, 6) == -.infinity && logChoose(5, 0) == 0 && logChoose(-1, 0).isNaN)
        #expect(logBeta(0, 1) == .infinity && logBeta(-1, 1).isNaN)
        #expect(xLogY(0, 0) == 0 && xLogY(0, .nan).isNaN && xLog1p(0, -1) == 0)
    }

    @Test func normalQuantileOfALogarithm() {
        for x in [-1e5, -1_000, -40, -38.5, -30, -5, -1, 0, 1, 3] as [Double] {
            let back = normalQuantile(logProbability: logNormalCDF(x))
            #expect(abs(back - x) <= 4e-15 * max(1, abs(x)) / (x > 2 ? 0.01 : 1))
        }
    }

    @Test func densitiesOfCountsSumToOne() {
        for (n, p) in [(1, 0.3), (7, 1e-3), (40, 0.5), (300, 0.99)] as [(Int, Double)] {
            let sum = (0...n).reduce(0) {
                $0 + exp(binomialLogDensity(Double($1), trials: Double(n), p: p, q: 1 - p))
            }
            #expect(abs(sum - 1) < 1e-14)
        }
        for mean in [1e-3, 0.5, 4, 80] as [Double] {
            let sum = (0...400).reduce(0) { $0 + exp(poissonLogDensity(Double($1), mean: mean)) }
            #expect(abs(sum - 1) < 1e-14)
        }
    }
}
