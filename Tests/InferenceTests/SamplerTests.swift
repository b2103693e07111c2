// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Foundation
import Randomness
import Testing

@testable import Inference

/// Whether an average of draws is what it should be: within `z` Monte Carlo
/// standard errors. |z| > 4.9 happens by chance once in a million.
private func agrees(_ chains: [[Double]], _ expected: Double, z: Double = 4.9) -> Bool {
    let row = Summary.Row(name: "", chains: chains)
    return abs(row.mean - expected) <= z * row.meanStandardError
}

@Suite struct SamplerTests {
    // Seeds are fixed: these tests pass or fail for good. The false-alarm rate
    // is that of a new seed, about 1e-6 an expectation.

    @Test func standardNormal() throws {
        let draws = try sample(try CoordinateModel.standardNormal(10), settings: .init(seed: 11))
        for name in draws.names {
            let x = try draws[name]
            #expect(agrees(x, 0), "\(name)")
            #expect(agrees(x.map { $0.map { $0 * $0 } }, 1), "\(name)²")
            #expect(agrees(x.map { $0.map { pow($0, 4) } }, 3), "\(name)⁴")
        }
        // −log density is a chi-squared variable over 2, energy its double.
        #expect(agrees(try draws["lp__"], -5))
        #expect(agrees(try draws["energy__"], 10))
        #expect(draws.diagnose().isGood, "\(draws.diagnose())")
    }

    @Test func correlatedNormalOfDifferentScales() throws {
        let scales = [0.01, 1, 100]
        let draws = try sample(
            try CoordinateModel.normal(scales, correlation: 0.9), settings: .init(seed: 12))
        let x = try draws.names.map { try draws[$0] }
        for i in 0..<3 {
            #expect(agrees(x[i], 0))
            for j in 0...i {
                let product = zip(x[i], x[j]).map { zip($0, $1).map { $0 * $1 } }
                #expect(agrees(product, scales[i] * scales[j] * (i == j ? 1 : 0.9)))
            }
        }
        for chain in draws.chains {
            // The metric learns the scales.
            for (variance, scale) in zip(chain.inverseMetric, scales) {
                #expect(variance > scale * scale / 2 && variance < scale * scale * 2)
            }
        }
    }

    /// θⱼ ~ N(μ, τ), yⱼ ~ N(θⱼ, sⱼ), μ ~ N(0, 10) with known τ: the posterior
    /// is normal and in closed form.
    @Test func hierarchyWithKnownPosterior() throws {
        let y: [Double] = [28, 8, -3, 7, -1, 1, 18, 12]
        let s: [Double] = [15, 10, 16, 11, 9, 11, 10, 18]
        let tau = 5.0
        let model = try CoordinateModel(9) { trace in
            let mu = trace.input()
            let theta = trace.input(.vector(8))
            let prior = (theta - mu) / Traced(tau)
            let data = (Traced(y) - theta) / Traced(s)
            return -0.5 * (mu * mu / 100 + dot(prior, prior) + dot(data, data))
        }
        let draws = try sample(model, settings: .init(seed: 13))
        let weights = s.map { 1 / ($0 * $0 + tau * tau) }
        let precision = 1.0 / 100 + weights.reduce(0, +)
        let mean = zip(weights, y).reduce(0) { $0 + $1.0 * $1.1 } / precision
        let mu = try draws["x.1"]
        #expect(agrees(mu, mean))
        #expect(agrees(mu.map { $0.map { ($0 - mean) * ($0 - mean) } }, 1 / precision))
        for j in 0..<8 {
            let shrink = s[j] * s[j] / (s[j] * s[j] + tau * tau)
            let center = shrink * mean + (1 - shrink) * y[j]
            let variance = (1 - shrink) * s[j] * s[j] + shrink * shrink / precision
            let theta = try draws["x.\(j + 2)"]
            #expect(agrees(theta, center))
            #expect(agrees(theta.map { $0.map { ($0 - center) * ($0 - center) } }, variance))
        }
    }

    /// Simulation-based calibration (Talts et al., arXiv:1804.06788): when the
    /// truth is drawn from the prior, its rank among draws of the posterior is
    /// uniform. 200 simulations, 20 bins, a chi-squared test for each of two
    /// parameters with a false-alarm rate of 1e-4: the 1 − 5e-5 quantile for
    /// 19 degrees of freedom is 52.7.
    @Test func calibration() throws {
        let simulations = 200
        let bins = 20
        var counts = [[Int]](repeating: [Int](repeating: 0, count: bins), count: 2)
        let generator = RandomGenerator(seed: 14)
        for simulation in 0..<simulations {
            let truth = [generator.normal(), 0.5 * generator.normal()]
            let y = (0..<5).map { _ in truth[0] + exp(truth[1]) * generator.normal() }
            let model = try CoordinateModel(2) { trace in
                let mu = trace.input()
                let logScale = trace.input()
                let z = (Traced(y) - mu) / Autodiff.exp(logScale)
                return -0.5 * mu * mu - 2 * logScale * logScale - 0.5 * dot(z, z) - 5 * logScale
            }
            var settings = SamplingSettings(key: StreamKey(seed: 15).child(simulation))
            settings.chains = 1
            settings.warmup = 200
            settings.draws = 99 * 8
            settings.thin = 8
            let draws = try sample(model, settings: settings)
            for (i, name) in ["x.1", "x.2"].enumerated() {
                let rank = try draws.values(name).filter { $0 < truth[i] }.count
                counts[i][rank * bins / 100] += 1
            }
        }
        let expected = Double(simulations) / Double(bins)
        for count in counts {
            let statistic = count.reduce(0) { $0 + pow(Double($1) - expected, 2) / expected }
            #expect(statistic < 52.7, "\(count)")
        }
    }

    @Test func sameDrawsForAnyNumberOfThreads() throws {
        let model = try CoordinateModel.normal([1, 2], correlation: 0.5)
        var settings = SamplingSettings(seed: 16)
        settings.warmup = 100
        settings.draws = 50
        var tables: [[[Double]]] = []
        for threads in [1, 2, 4] {
            settings.threads = threads
            tables.append(try sample(model, settings: settings).chains.map(\.table))
        }
        #expect(tables[0] == tables[1] && tables[0] == tables[2])
        // The chains differ, and another seed gives other draws.
        #expect(Set(tables[0]).count == 4)
        settings.key.seed = 17
        #expect(try sample(model, settings: settings).chains[0].table != tables[0][0])
        // A chain is the same whoever else runs.
        settings.key.seed = 16
        settings.chains = 2
        #expect(try sample(model, settings: settings).chains.map(\.table) == Array(tables[0][..<2]))
    }

    @Test func keepsWhatIsAskedFor() throws {
        let model = try CoordinateModel.standardNormal(2)
        var settings = SamplingSettings(seed: 18)
        settings.warmup = 31
        settings.draws = 20
        settings.thin = 3
        settings.saveWarmup = true
        settings.chains = 2
        let draws = try sample(model, settings: settings)
        #expect(draws.chains.map(\.warmupCount) == [11, 11])
        #expect(draws.chains.map(\.count) == [7, 7])
        #expect(draws.columns == Draws.samplerColumns + ["x.1", "x.2"])
        settings.saveWarmup = false
        let without = try sample(model, settings: settings)
        #expect(try without["x.2"] == draws["x.2"])
        #expect(without.chains[0].warmupCount == 0)
        settings.maximumDepth = 1
        #expect(try sample(model, settings: settings).values("n_leapfrog__").allSatisfy { $0 == 1 })
    }

    /// Short runs, where there is little or no adaptation.
    @Test(arguments: [0, 1, 19, 20, 149, 150])
    func shortWarmup(_ warmup: Int) throws {
        var settings = SamplingSettings(seed: 19)
        settings.warmup = warmup
        settings.draws = 10
        let draws = try sample(try CoordinateModel.standardNormal(3), settings: settings)
        #expect(draws.count == 10)
        #expect(try draws.values("stepsize__").allSatisfy { $0 > 0.01 && $0 < 10 })
    }

    @Test func schedule() {
        let table: [(Int, Int, [Int], Int)] = [
            (1000, 75, [100, 150, 250, 450, 950], 50),
            (500, 75, [100, 150, 250, 450], 50),
            (200, 75, [100, 150], 50),
            (199, 75, [149], 50),
            (150, 75, [100], 50),
            (100, 15, [90], 10),
            (20, 3, [18], 2),
            (19, 19, [], 0),
            (0, 0, [], 0),
        ]
        for (iterations, initial, ends, final) in table {
            let schedule = WarmupSchedule(iterations: iterations)
            #expect(schedule.initial == initial, "\(iterations)")
            #expect(schedule.windowEnds == ends, "\(iterations)")
            #expect(schedule.final == final, "\(iterations)")
        }
    }

    @Test func settingsOutOfRange() {
        let changes: [(inout SamplingSettings) -> Void] = [
            { $0.chains = 0 }, { $0.draws = 0 }, { $0.warmup = -1 }, { $0.thin = 0 },
            { $0.maximumDepth = 0 }, { $0.maximumDepth = 60 }, { $0.threads = 0 },
            { $0.targetAcceptance = 1 }, { $0.targetAcceptance = .nan }, { $0.initialRadius = -1 },
            { $0.initialRadius = .infinity }, { $0.draws = .max },
        ]
        for change in changes {
            var settings = SamplingSettings()
            change(&settings)
            #expect(throws: (any Error).self) { try settings.validate() }
        }
    }

    /// The integrator is reversible and conserves the energy to second order.
    @Test func leapfrog() throws {
        let model = try CoordinateModel.normal([1, 3], correlation: 0.3)
        let h = Hamiltonian(dimension: 2, evaluator: model.density.makeEvaluator())
        let arena = Arena(dimension: 2)
        func start() throws -> PhasePoint {
            var point = arena.point()
            (point.position[0], point.position[1]) = (0.7, -1.2)
            (point.momentum[0], point.momentum[1]) = (0.4, 0.9)
            try h.evaluate(&point)
            return point
        }
        func error(_ step: Double, _ count: Int) throws -> Double {
            var point = try start()
            let before = h.energy(point)
            for _ in 0..<count { try h.leapfrog(&point, step: step) }
            return abs(h.energy(point) - before)
        }
        let ratio = try error(0.02, 50) / error(0.01, 100)
        #expect(ratio > 3.8 && ratio < 4.2)
        var point = try start()
        for _ in 0..<30 { try h.leapfrog(&point, step: 0.1) }
        for _ in 0..<30 { try h.leapfrog(&point, step: -0.1) }
        #expect(isClose(point.position[0], 0.7, 1e-13) && isClose(point.momentum[1], 0.9, 1e-13))
    }
}
