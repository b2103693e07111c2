// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Foundation
import Randomness
import Testing

@testable import Distributions

/// Rows of stan_tails.csv (mpmath): name, variate, parameters, logarithms of both tails.
private let tailRows: [(name: String, x: Double, parameters: [Double], tails: [Double])] =
    referenceLines("stan_tails").map { line in
        let fields = line.split(separator: ",")
        let arguments = fields[1].split(separator: " ").compactMap { Double($0) }
        return (
            String(fields[0]), arguments[0], Array(arguments.dropFirst()),
            fields[2...].compactMap { Double($0) }
        )
    }

@Suite struct TailTests {
    @Test func everyFamilyHasReferences() {
        let families = tracedDensities.filter { $0.value is any TracedTails.Type }
        #expect(Set(tailRows.map(\.name)) == Set(families.keys))
    }

    /// Each relative to its own size, so that tails near 0 and near 1 keep digits.
    @Test func tailsAgreeWithMultiplePrecision() throws {
        for row in tailRows {
            let family = try #require(tracedDensities[row.name] as? any TracedTails.Type)
            let parameters = row.parameters.map { Traced($0) }
            for (found, expected) in zip(
                [
                    family.logCDF(Traced(row.x), parameters),
                    family.logUpperCDF(Traced(row.x), parameters),
                ], row.tails)
            {
                let value = try #require(found.constant)
                #expect(
                    value == expected || abs(value - expected) <= 2e-12 * abs(expected),
                    "\(row.name) \(row.x) \(row.parameters): \(value), not \(expected)")
            }
        }
    }

    /// Both derivatives of a tail against differences of its values.
    @Test func tailsHaveTheirDerivatives() throws {
        for row in tailRows where row.tails.allSatisfy({ $0 > -600 && $0 < -1e-9 }) {
            // So near its ends that the steps lead beyond them.
            if row.name == "uniform", abs(row.x) > 2 { continue }
            let family = try #require(tracedDensities[row.name] as? any TracedTails.Type)
            let isCount = knownCount(row.name) > 0
            for upper in [false, true] {
                let point = [row.x] + row.parameters
                let function = try DifferentiableFunction(dimension: point.count, at: point) {
                    trace in
                    let inputs = trace.input(.vector(point.count))
                    let x = isCount ? Traced(row.x) : inputs[0]
                    let known = max(knownCount(row.name), 1)
                    let parameters = (1..<point.count).map {
                        $0 < known ? Traced(point[$0]) : inputs[$0]
                    }
                    return upper ? family.logUpperCDF(x, parameters) : family.logCDF(x, parameters)
                }
                guard point.count > 1 || !isCount else { continue }
                let (_, gradient) = try function.valueAndGradient(at: point)
                for i in point.indices {
                    let step = 1e-5 * max(abs(point[i]), 1e-9)
                    var (up, down) = (point, point)
                    up[i] += step
                    down[i] -= step
                    let (high, _) = try function.valueAndGradient(at: up)
                    let (low, _) = try function.valueAndGradient(at: down)
                    guard high.isFinite, low.isFinite else { continue }
                    let slope = (high - low) / (2 * step)
                    let noise = 4e-16 * max(abs(high), 1) / step
                    #expect(
                        abs(slope - gradient[i]) <= 1e-4 * abs(gradient[i]) + noise,
                        "\(row.name) \(point), \(upper), entry \(i): \(gradient[i]), not \(slope)")
                }
            }
        }
    }

    /// Draws through their own distribution function: uniform by Kolmogorov and Smirnov
    /// for continuous families; for counts the cells' numbers by χ². A false alarm in
    /// 1e-6 for each family, with a fixed seed.
    @Test func drawsFollowTheDistribution() throws {
        let parameters: [String: [Double]] = [
            "std_normal": [], "uniform": [-3, 4.5], "von_mises": [0, 1.7], "poisson": [3.4],
            "binomial": [30, 0.3], "beta_binomial": [30, 0.6, 1.7], "discrete_range": [-2, 6],
            "yule_simon": [1.7], "bernoulli": [0.3], "neg_binomial": [1.7, 0.6],
            "neg_binomial_2": [1.7, 0.6], "beta_neg_binomial": [2.5, 1.4, 1.7],
            "exponential": [1.7], "chi_square": [0.7], "inv_chi_square": [3.4],
            "rayleigh": [1.7], "student_t": [3.5, 0.4, 1.7], "pareto": [0.04, 1.7],
            "pareto_type_2": [-3, 1.4, 1.7], "skew_normal": [0.4, 1.7, -2.2],
            "skew_double_exponential": [0.4, 1.7, 0.2], "exp_mod_normal": [0.4, 1.7, 0.8],
        ]
        let count = 20_000
        for (name, density) in tracedDensities.sorted(by: { $0.key < $1.key }) {
            guard let family = density as? any (TracedTails & TracedSampler).Type else { continue }
            let point = parameters[name] ?? [0.4, 1.7]
            #expect(point.count == family.parameterCount, "\(name)")
            let generator = RandomGenerator(seed: 1777, stream: UInt64(name.utf8.count))
            let draws = try (0..<count).map { _ in try family.draw(point, using: generator) }
            let traced = point.map { Traced($0) }
            func cdf(_ x: Double) throws -> Double {
                exp(try #require(family.logCDF(Traced(x), traced).constant))
            }
            if knownCount(name) > 0 {
                var numbers: [Double: Double] = [:]
                for x in draws { numbers[x, default: 0] += 1 }
                var (statistic, cells) = (0.0, 0.0)
                var (below, observed) = (try cdf(-3), 0.0)
                for k in -2...60 {
                    observed += numbers[Double(k)] ?? 0
                    let share = try cdf(Double(k)) - below
                    if share * Double(count) < 20 { continue }
                    let expected = share * Double(count)
                    statistic += (observed - expected) * (observed - expected) / expected
                    cells += 1
                    below += share
                    observed = 0
                }
                // Wilson and Hilferty's normal approximation of χ², at 4.75 deviations.
                let root = 1 - 2 / (9 * cells) + 4.75 * (2 / (9 * cells)).squareRoot()
                #expect(statistic < cells * root * root * root, "\(name): \(statistic), \(cells)")
                #expect(cells > 1, "\(name)")
            } else {
                let shares = try draws.map(cdf).sorted()
                let distance = shares.enumerated().map { i, p in
                    max(abs(p - Double(i) / Double(count)), abs(p - Double(i + 1) / Double(count)))
                }.max()
                // √(log(2/1e-6)/2) = 2.69
                #expect(
                    try #require(distance) < 2.7 / Double(count).squareRoot(), "\(name)")
            }
        }
    }
}
