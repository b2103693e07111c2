// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions
import Foundation
import Randomness
import Testing

@testable import Inference

/// A family with one of its parameters free: what it is in a model, and as a
/// distribution.
private struct Family<Value: Sendable> {
    let name: String
    let traced: @Sendable (Traced) -> TracedDistribution
    let plain: (Double) throws -> any Distribution<Value>
    let value: Value
    /// Two values of the free parameter.
    var parameters = (0.7, 1.9)
}

@Suite struct FamilyTests {
    private let continuous: [Family<Double>] = [
        .init(
            name: "normal", traced: { .normal(mean: $0, standardDeviation: 2) },
            plain: { try Normal(mean: $0, standardDeviation: 2) }, value: -1),
        .init(
            name: "normal scale", traced: { .normal(mean: 1, standardDeviation: $0) },
            plain: { try Normal(mean: 1, standardDeviation: $0) }, value: -1),
        .init(
            name: "logNormal", traced: { .logNormal(logMean: 0.5, logStandardDeviation: $0) },
            plain: { try LogNormal(logMean: 0.5, logStandardDeviation: $0) }, value: 3),
        .init(
            name: "cauchy", traced: { .cauchy(location: 1, scale: $0) },
            plain: { try Cauchy(location: 1, scale: $0) }, value: -5),
        .init(
            name: "studentT",
            traced: { .studentT(degreesOfFreedom: 4, location: 1, scale: $0) },
            plain: { try StudentT(degreesOfFreedom: 4, location: 1, scale: $0) }, value: -3),
        .init(
            name: "uniform", traced: { .uniform(lower: -1, upper: $0) },
            plain: { try Uniform(lower: -1, upper: $0) }, value: 0.5),
        .init(
            name: "beta", traced: { .beta(alpha: $0, beta: 3.5) },
            plain: { try Beta(alpha: $0, beta: 3.5) }, value: 0.2),
        .init(
            name: "exponential", traced: { .exponential(rate: $0) },
            plain: { try Exponential(rate: $0) }, value: 4),
        .init(
            name: "gamma", traced: { .gamma(shape: 2.5, rate: $0) },
            plain: { try Gamma(shape: 2.5, rate: $0) }, value: 4),
        .init(
            name: "inverseGamma", traced: { .inverseGamma(shape: 2.5, scale: $0) },
            plain: { try InverseGamma(shape: 2.5, scale: $0) }, value: 4),
        .init(
            name: "chiSquared", traced: { .chiSquared(degreesOfFreedom: $0) },
            plain: { try ChiSquared(degreesOfFreedom: $0) }, value: 4),
    ]

    private let counts: [Family<Int>] = [
        .init(
            name: "bernoulli", traced: { .bernoulli(probability: $0) },
            plain: { try Bernoulli(probability: $0) }, value: 1, parameters: (0.3, 0.8)),
        .init(
            name: "bernoulli logit", traced: { .bernoulli(logit: $0) },
            plain: { try Bernoulli(probability: 1 / (1 + exp(-$0))) }, value: 0),
        .init(
            name: "binomial", traced: { .binomial(trials: 9, probability: $0) },
            plain: { try Binomial(trials: 9, probability: $0) }, value: 4, parameters: (0.3, 0.8)),
        .init(
            name: "binomial logit", traced: { .binomial(trials: 9, logit: $0) },
            plain: { try Binomial(trials: 9, probability: 1 / (1 + exp(-$0))) }, value: 4),
        .init(
            name: "poisson", traced: { .poisson(rate: $0) }, plain: { try Poisson(rate: $0) },
            value: 3),
        .init(
            name: "poisson log", traced: { .poisson(logRate: $0) },
            plain: { try Poisson(rate: exp($0)) }, value: 3),
        .init(
            name: "negativeBinomial", traced: { .negativeBinomial(mean: $0, dispersion: 2) },
            plain: { try NegativeBinomial(mean: $0, dispersion: 2) }, value: 3),
        .init(
            name: "negativeBinomial log",
            traced: { .negativeBinomial(logMean: $0, dispersion: 2) },
            plain: { try NegativeBinomial(mean: exp($0), dispersion: 2) }, value: 3),
    ]

    /// The densities differ by what does not depend on parameters, and the
    /// draws are those of the distribution of the same name.
    @Test func agreeWithDistributions() throws {
        for family in continuous { try check(family, variate: family.value) { $0 } }
        for family in counts { try check(family, variate: Double(family.value)) { Double($0) } }
    }

    private func check<Value>(
        _ family: Family<Value>, variate: Double, _ number: (Value) -> Double
    ) throws {
        let (first, second) = family.parameters
        func logDensity(_ parameter: Double) throws -> Double {
            let traced = family.traced
            return try DifferentiableFunction(dimension: 1) { trace in
                let statement = variate ~ traced(trace.input())
                if let failure = statement.failure { throw failure }
                return statement.logDensity
            }.valueAndGradient(at: [parameter]).value
        }
        let found = try logDensity(second) - logDensity(first)
        let expected =
            try family.plain(second).logDensity(family.value)
            - family.plain(first).logDensity(family.value)
        #expect(isClose(found, expected, 1e-13), "\(family.name)")

        let distribution = family.traced(Traced(first))
        let draw = try #require(distribution.draw)
        let parameters = distribution.parameters.map { $0.constant ?? .nan }
        let (a, b) = (RandomGenerator(seed: 61), RandomGenerator(seed: 61))
        for _ in 0..<3 {
            let expected = number(try family.plain(first).sample(using: b))
            let found = try draw(parameters, a)
            #expect(isClose(found, expected, 1e-13), "\(family.name)")
        }
        // Outside the domain the draw is an error, no trap.
        let nowhere = parameters.map { _ in Double.nan }
        #expect(throws: (any Error).self, "\(family.name)") { try draw(nowhere, a) }
    }

    /// Vectors and matrices: the densities' ratios in closed form.
    @Test func jointDistributions() throws {
        let trace = Trace(point: [0.5, -0.2])
        let input = trace.input(.vector(2))
        func value(_ statement: Statement) throws -> Double {
            if let failure = statement.failure { throw failure }
            return trace.value(of: statement.logDensity)[0]
        }
        let covariance = Traced([4, 1, 1, 2], .matrix(2, 2))
        // −xᵀ Σ⁻¹ x / 2 with Σ⁻¹ = (2, −1; −1, 4) / 7, and the determinant is
        // constant.
        let normal = try value(
            input ~ .multivariateNormal(mean: [0.0, 0.0], covariance: covariance))
        #expect(isClose(normal, -0.5 * (2 * 0.25 + 2 * 0.1 + 4 * 0.04) / 7, 1e-14))
        let factor = Traced([2, 0.5, 0, sqrt(1.75)], .matrix(2, 2))
        let byFactor = try value(
            input ~ .multivariateNormal(mean: [0.0, 0.0], choleskyFactor: factor))
        #expect(isClose(byFactor, normal, 1e-14))

        let w = Traced.vector([logistic(input[0]), 1 - logistic(input[0])])
        let p = 1 / (1 + exp(-0.5))
        let dirichlet = try value(w ~ .dirichlet(concentration: [2.0, 3.5]))
        #expect(isClose(dirichlet, log(p) + 2.5 * log(1 - p), 1e-14))

        let (l, _) = try Constraint.choleskyCorrelation.constrain(
            input[1], shape: .matrix(2, 2), trace: trace)
        let lkj = try value(l ~ .choleskyCorrelation(shape: 3))
        // L₂₂^(n − 2 + 2 (η − 1)) = sech(y)⁴
        #expect(isClose(lkj, 4 * log(1 / cosh(0.2)), 1e-14))

        #expect(throws: (any Error).self) {
            try value(input ~ .multivariateNormal(mean: [0.0], covariance: covariance))
        }
        #expect(throws: (any Error).self) {
            try value(w ~ .dirichlet(concentration: [1.0, 2, 3]))
        }
        #expect(throws: (any Error).self) {
            try Model { m in m.simulated("z", .dirichlet(concentration: [1.0, 2])) }
        }
    }
}
