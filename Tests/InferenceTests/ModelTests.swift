// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Foundation
import Randomness
import Testing

@testable import Inference

@Suite struct ModelTests {
    static let y: [Double] = [28, 8, -3, 7, -1, 1, 18, 12]
    static let sigma: [Double] = [15, 10, 16, 11, 9, 11, 10, 18]

    static func eightSchools() throws -> Model {
        try Model("eight_schools") { m in
            let mu = m.parameter("mu")
            let tau = m.parameter("tau", .lower(0))
            let eta = m.vector("eta", count: 8)
            let theta = m.derived("theta", mu + tau * eta)

            mu ~ .normal(mean: 0, standardDeviation: 5)
            tau ~ .exponential(rate: 0.2)
            eta ~ .normal(mean: 0, standardDeviation: 1)
            y ~ .normal(mean: theta, standardDeviation: sigma)
            m.simulated("y_rep", .normal(mean: theta, standardDeviation: sigma))
        }
    }

    /// The log density is the sum of what the statements say.
    @Test func densityIsTheSumOfTheStatements() throws {
        let model = try Self.eightSchools()
        #expect(model.dimension == 10)
        let q = [1.5, -0.3, 0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.7, -0.8]
        let tau = exp(q[1])
        var expected = -0.5 * pow(q[0] / 5, 2) - 0.2 * tau + q[1]
        for j in 0..<8 {
            expected -= 0.5 * q[j + 2] * q[j + 2]
            expected -= 0.5 * pow((Self.y[j] - q[0] - tau * q[j + 2]) / Self.sigma[j], 2)
        }
        var gradient = [Double](repeating: 0, count: 10)
        let value = try model.density.makeEvaluator().evaluate(at: q, gradient: &gradient)
        #expect(isClose(value, expected, 1e-14))
        var slope = -q[0] / 25
        for j in 0..<8 {
            slope += (Self.y[j] - q[0] - tau * q[j + 2]) / pow(Self.sigma[j], 2)
        }
        #expect(isClose(gradient[0], slope, 1e-13))
    }

    @Test func outputs() throws {
        let model = try Self.eightSchools()
        let names =
            ["mu", "tau"] + ["eta", "theta", "y_rep"].flatMap { v in (1...8).map { "\(v).\($0)" } }
        #expect(model.outputNames == names)
        let q = [1.5, -0.3, 0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.7, -0.8]
        var values: [Double] = []
        let generator = RandomGenerator(seed: 41)
        try model.writeOutputs(at: q, generator: generator, into: &values)
        #expect(values.count == 26)
        #expect(values[0] == 1.5 && isClose(values[1], exp(-0.3), 1e-15))
        #expect(isClose(values[12], 1.5 + exp(-0.3) * -0.8 + 0, 1) && values[2] == 0.1)
        for j in 0..<8 {
            #expect(isClose(values[10 + j], 1.5 + exp(-0.3) * q[j + 2], 1e-15))
        }
        // The simulated values are normal around theta.
        var sum = 0.0
        let count = 4000
        let writer = model.makeOutputWriter()
        for _ in 0..<count {
            try writer.write(at: q, generator: generator, into: &values)
            for j in 0..<8 { sum += pow((values[18 + j] - values[10 + j]) / Self.sigma[j], 2) }
        }
        // Mean 1, standard deviation √(2 / 32000): five of them, 6e-7.
        #expect(abs(sum / Double(8 * count) - 1) < 5 * sqrt(2 / Double(8 * count)))
    }

    @Test func samples() throws {
        var settings = SamplingSettings(seed: 42)
        settings.targetAcceptance = 0.95
        let draws = try sample(try Self.eightSchools(), settings: settings)
        #expect(draws.variables == ["mu", "tau", "eta", "theta", "y_rep"])
        #expect(try draws.values("tau").allSatisfy { $0 > 0 })
        let summary = try draws.summary("mu", "tau", "theta")
        #expect(summary.rows.allSatisfy { $0.rHat < 1.01 })
        #expect(draws.diagnose().isGood, "\(draws.diagnose())")
        // By one-dimensional quadrature over tau (Tests/Reference/schools).
        for (name, mean, sd) in EightSchoolsReference.rows {
            let row = try #require(summary[name])
            #expect(abs(row.mean - mean) < 4.9 * row.meanStandardError, "\(name)")
            #expect(
                abs(row.standardDeviation - sd) < 4.9 * row.standardDeviationStandardError,
                "\(name)")
        }
    }

    /// Loops, branches over data, gathered entries, constraints, matrices.
    @Test func statementsInSwift() throws {
        let group = [0, 1, 1, 2, 0]
        let x = [0.5, -1, 2, 0, 1]
        let response = [1.0, 2, 0.5, -1, 3]
        let withSlope = true
        let model = try Model { m in
            let alpha = m.vector("alpha", count: 3)
            let beta = m.parameter("beta", .offsetMultiplier(1, 2))
            let weights = m.vector("weights", count: 2, .simplex)
            let factor = m.matrix("factor", rows: 2, columns: 2, .choleskyCorrelation)
            let sigma = m.parameter("sigma", .lowerUpper(0, 10))
            for k in 0..<3 { alpha[k] ~ .normal(mean: 0, standardDeviation: 2) }
            if withSlope {
                response ~ .normal(mean: alpha[group] + beta * x, standardDeviation: sigma)
            } else {
                response ~ .normal(mean: alpha[group], standardDeviation: sigma)
            }
            m.add(2 * log(weights[0]) + log(factor[1, 1]))
        }
        #expect(model.dimension == 3 + 1 + 1 + 1 + 1)
        #expect(
            model.outputNames == [
                "alpha.1", "alpha.2", "alpha.3", "beta", "weights.1", "weights.2", "factor.1.1",
                "factor.2.1", "factor.1.2", "factor.2.2", "sigma",
            ])
        let q = [0.1, 0.2, 0.3, -0.4, 0.5, -0.6, 0.7]
        let beta = 1 - 0.8
        let sigma = 10 / (1 + exp(-0.7))
        let z = q[4] / sqrt(2)
        let w = [exp(z), exp(-z)].map { $0 / (exp(z) + exp(-z)) }
        var expected = 0.0
        for k in 0..<3 { expected -= 0.5 * pow(q[k] / 2, 2) }
        for i in 0..<5 {
            expected -= 0.5 * pow((response[i] - q[group[i]] - beta * x[i]) / sigma, 2)
            expected -= log(sigma)
        }
        expected += 2 * log(w[0]) + log(1 / cosh(q[5]))
        expected += log(2) + 0.5 * log(2) + log(w[0] * w[1]) + 2 * log(1 / cosh(q[5]))
        expected += log(10 * (sigma / 10) * (1 - sigma / 10))
        var gradient = [Double](repeating: 0, count: 7)
        let value = try model.density.makeEvaluator().evaluate(at: q, gradient: &gradient)
        #expect(isClose(value, expected, 1e-13))
    }

    @Test func initialValues() throws {
        let model = try Model { m in
            let low = m.parameter("low")
            let high = m.parameter("high", .lower(low))
            high ~ .normal(mean: low, standardDeviation: 1)
        }
        let generator = RandomGenerator(seed: 43)
        let point = try model.initialPoint(
            generator: generator, radius: 2, initial: ["low": [2], "high": [5]])
        #expect(point[0] == 2 && isClose(point[1], log(3), 1e-15))
        let partly = try model.initialPoint(
            generator: generator, radius: 0, initial: ["low": [2]])
        #expect(partly == [2, 0])
        let table: [([String: [Double]], String)] = [
            (
                ["hihg": [1]],
                "initial value is hihg, but must be of a parameter of the model (did you mean high?)"
            ),
            (
                ["low": [1], "high": [0]],
                "parameter high: high is 0.0, but must be greater than 1.0"
            ),
            (["low": [1, 2]], "parameter low: low has 2 entries, but its shape is scalar"),
        ]
        for (initial, message) in table {
            #expect {
                try model.initialPoint(generator: generator, radius: 2, initial: initial)
            } throws: { "\($0)" == message }
        }
        #expect {
            try sample(model, initial: ["low": [.nan]])
        } throws: { "\($0)".contains("low is nan, but must be finite") }
    }

    @Test func mistakesAreErrors() {
        func message(
            @StatementBuilder _ body: @escaping @Sendable (Model.Scope) throws -> Statement
        ) -> String {
            do {
                _ = try Model("m", body)
                return "no error"
            } catch { return "\(error)" }
        }
        #expect(
            message { m in
                let a = m.parameter("a")
                let b = m.parameter("a")
                a ~ .normal(mean: b, standardDeviation: 1)
            } == "name is \"a\", but must be used only once")
        #expect(
            message { m in m.parameter("a.1") ~ .exponential(rate: 1) }.hasPrefix("name is \"a.1\"")
        )
        #expect(
            message { m in m.parameter("", .lower(0)) ~ .exponential(rate: 1) }
                .hasPrefix("name is \"\""))
        #expect(
            message { m in m.parameter("s", .simplex) ~ .exponential(rate: 1) }
                == "parameter s: a simplex of shape scalar must be a vector")
        #expect(
            message { m in m.vector("v", count: 3, .simplex) ~ .exponential(rate: [1.0, 2]) }
                == "sizes in exponential is [3, 2], but must be equal, but for scalars")
        #expect(
            message { m in m.parameter("x", .lowerUpper(2, 1)) ~ .exponential(rate: 1) }
                .contains("the lower bound must be less than the upper bound"))
        #expect(
            message { m in
                m.parameter("x") ~ .normal(mean: 0, standardDeviation: 1)
                m.simulated("z", .exponential(rate: [1.0, 2]), count: 3)
            } == "count of z is 3, but must be that of the parameters, 2")
        #expect(message { _ in throw Rejection("never") } == "never")
        struct Broken: Error, CustomStringConvertible { let description = "broken" }
        #expect(message { _ in throw Broken() } == "broken")
    }

    @Test func noParameters() throws {
        let model = try Model { m in
            m.simulated("coin", .normal(mean: 0, standardDeviation: 1))
        }
        #expect(model.dimension == 0 && model.outputNames == ["coin"])
        var settings = SamplingSettings(seed: 44)
        settings.draws = 10
        #expect(Set(try sample(model, settings: settings).values("coin")).count == 40)
    }

    /// Parameters outside their domain give NaN for new data, not an error.
    @Test func simulationOutsideTheDomain() throws {
        let model = try Model { m in
            let s = m.parameter("s")
            s ~ .normal(mean: 0, standardDeviation: 1)
            m.simulated("z", .normal(mean: 0, standardDeviation: s))
        }
        var values: [Double] = []
        try model.writeOutputs(at: [-1], generator: RandomGenerator(seed: 1), into: &values)
        #expect(values[0] == -1 && values[1].isNaN)
        try model.writeOutputs(at: [1], generator: RandomGenerator(seed: 1), into: &values)
        #expect(values[1].isFinite)
    }
}
