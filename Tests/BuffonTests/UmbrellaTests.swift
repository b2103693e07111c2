// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon
import Testing

@Suite struct UmbrellaTests {
    static let program = """
        data { int<lower=0> J; vector[J] y; vector<lower=0>[J] sigma; }
        parameters { real mu; real<lower=0> tau; vector[J] eta; }
        transformed parameters { vector[J] theta = mu + tau * eta; }
        model {
          mu ~ normal(0, 5);
          tau ~ cauchy(0, 5);
          eta ~ normal(0, 1);
          y ~ normal(theta, sigma);
        }
        """

    /// The model of the README in Swift and its program in Stan are one density.
    @Test func swiftModelIsTheStanProgram() throws {
        let effects = [28.0, 8, -3, 7, -1, 1, 18, 12]
        let errors = [15.0, 10, 16, 11, 9, 11, 10, 18]
        let schools = try Model("eight schools") { m in
            let mu = m.parameter("mu")
            let tau = m.parameter("tau", .lower(0))
            let eta = m.vector("eta", count: 8)
            let theta = m.derived("theta", mu + tau * eta)
            mu ~ .normal(mean: 0, standardDeviation: 5)
            tau ~ .cauchy(location: 0, scale: 5)
            eta ~ .normal(mean: 0, standardDeviation: 1)
            effects ~ .normal(mean: theta, standardDeviation: errors)
        }
        let stan = try StanModel(
            program: StanProgram.parse(SourceText(name: "schools", text: Self.program)),
            data: ["J": 8, "y": JSONValue(effects), "sigma": JSONValue(errors)])
        let point = (0..<10).map { 0.3 * Double($0) - 1 }
        let other = (0..<10).map { 0.2 - 0.1 * Double($0) }
        func evaluate(_ model: any SampledModel, _ x: [Double]) throws -> (Double, [Double]) {
            var gradient = [Double](repeating: 0, count: 10)
            let value = try model.density.makeEvaluator().evaluate(at: x, gradient: &gradient)
            return (value, gradient)
        }
        let (a, b) = (try evaluate(schools, point), try evaluate(stan, point))
        let (c, d) = (try evaluate(schools, other), try evaluate(stan, other))
        #expect(abs((a.0 - c.0) - (b.0 - d.0)) < 1e-11)
        for i in 0..<10 { #expect(abs(a.1[i] - b.1[i]) < 1e-12) }
        #expect(schools.outputNames == stan.outputNames)
    }
}
