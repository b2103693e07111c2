// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Randomness

extension Library {
    /// A `_rng` function of scalars, or elementwise of arrays: `sampler` gets one
    /// element's parameters.
    private static func random(
        _ titles: (String, Requirement)...,
        sampler: @escaping @Sendable (Call, [Double], RandomGenerator) throws -> Double
    ) -> LibraryFunction {
        { call in
            let generator = try call.generator()
            var parameters: [[Double]] = []
            var arguments: [Traced] = []
            for (i, (title, requirement)) in titles.enumerated() {
                let value = try call.argument(i, title, requirement)
                guard let numbers = value.constants else {
                    throw EvaluationError("random", "\(call.name): parameters must be known")
                }
                arguments.append(value)
                parameters.append(numbers)
            }
            let isInteger = call.result.innermost == .int
            func result(_ number: Double) throws -> Int {
                guard let integer = Int(exactly: number) else {
                    throw DomainError(
                        "\(call.name): the random number does not fit in an integer")
                }
                return integer
            }
            if call.result.indexDepth == 0 {
                let number = try sampler(call, parameters.map { $0[0] }, generator)
                return isInteger ? .int(try result(number)) : .number(number)
            }
            let count = try call.commonCount(arguments) ?? 0
            var numbers: [Double] = []
            numbers.reserveCapacity(count)
            for i in 0..<count {
                numbers.append(
                    try sampler(call, parameters.map { $0.count == 1 ? $0[0] : $0[i] }, generator))
            }
            return isInteger ? .ints(try numbers.map(result)) : .vector(Entries(numbers))
        }
    }

    static let randomNumbers: LibraryGroup = {
        let location = ("Location parameter", Requirement.finite)
        let scale = ("Scale parameter", Requirement.positiveFinite)
        let shape = ("Shape parameter", Requirement.positiveFinite)
        let rate = ("Inverse scale parameter", Requirement.positiveFinite)
        let freedom = ("Degrees of freedom parameter", Requirement.positiveFinite)
        let probability = ("Probability parameter", Requirement.probability)
        return [
            "normal_rng": random(location, scale) { _, p, g in p[0] + p[1] * g.normal() },
            "std_normal_rng": { call in .number(try call.generator().normal()) },
            "lognormal_rng": random(location, scale) { _, p, g in
                Double.exponential(p[0] + p[1] * g.normal())
            },
            "uniform_rng": { call in
                try random(("Lower bound parameter", .finite), ("Upper bound parameter", .finite)) {
                    call, p, g in
                    guard p[0] < p[1] else {
                        throw DomainError(
                            call.name, "Upper bound parameter", is: p[1],
                            mustBe: "greater than \(formatted(p[0]))")
                    }
                    return p[0] + (p[1] - p[0]) * g.uniform()
                }(call)
            },
            "exponential_rng": random(rate) { _, p, g in g.exponential() / p[0] },
            "cauchy_rng": random(location, scale) { _, p, g in
                p[0] + p[1] * tangent(.pi * (g.uniform() - 0.5))
            },
            "double_exponential_rng": random(location, scale) { _, p, g in
                let e = g.exponential()
                return p[0] + p[1] * (g.uniform() < 0.5 ? -e : e)
            },
            "logistic_rng": random(location, scale) { _, p, g in
                let u = g.uniform()
                return p[0] + p[1] * (Double.logarithm(u) - Double.logarithm(1 - u))
            },
            "gumbel_rng": random(location, scale) { _, p, g in
                p[0] - p[1] * Double.logarithm(g.exponential())
            },
            "weibull_rng": random(shape, scale) { _, p, g in
                p[1] * Double.power(g.exponential(), 1 / p[0])
            },
            "frechet_rng": random(shape, scale) { _, p, g in
                p[1] * Double.power(g.exponential(), -1 / p[0])
            },
            "rayleigh_rng": random(scale) { _, p, g in
                p[0] * (2 * g.exponential()).squareRoot()
            },
            "pareto_rng": random(scale, shape) { _, p, g in
                p[0] * Double.exponential(g.exponential() / p[1])
            },
            "pareto_type_2_rng": random(location, scale, shape) { _, p, g in
                p[0] + p[1] * (Double.exponential(g.exponential() / p[2]) - 1)
            },
            "loglogistic_rng": random(scale, shape) { _, p, g in
                let u = g.uniform()
                return p[0] * Double.power(u / (1 - u), 1 / p[1])
            },
            "skew_normal_rng": random(location, scale, ("Shape parameter", .finite)) { _, p, g in
                let delta = p[2] / (1 + p[2] * p[2]).squareRoot()
                let (u, v) = (g.normal(), g.normal())
                return p[0] + p[1]
                    * (delta * u.magnitude + (1 - delta * delta).squareRoot() * v)
            },
            "exp_mod_normal_rng": random(location, scale, rate) { _, p, g in
                p[0] + p[1] * g.normal() + g.exponential() / p[2]
            },
            "student_t_rng": random(freedom, location, scale) { _, p, g in
                let chi = 2 * Samplers.gamma(0.5 * p[0], g)
                return p[1] + p[2] * g.normal() / (chi / p[0]).squareRoot()
            },
            "gamma_rng": random(shape, rate) { _, p, g in Samplers.gamma(p[0], g) / p[1] },
            "inv_gamma_rng": random(shape, scale) { _, p, g in p[1] / Samplers.gamma(p[0], g) },
            "chi_square_rng": random(freedom) { _, p, g in 2 * Samplers.gamma(0.5 * p[0], g) },
            "inv_chi_square_rng": random(freedom) { _, p, g in
                0.5 / Samplers.gamma(0.5 * p[0], g)
            },
            "scaled_inv_chi_square_rng": random(freedom, scale) { _, p, g in
                0.5 * p[0] * p[1] * p[1] / Samplers.gamma(0.5 * p[0], g)
            },
            "beta_rng": random(
                ("First shape parameter", .positiveFinite),
                ("Second shape parameter", .positiveFinite)
            ) { _, p, g in Samplers.beta(p[0], p[1], g) },
            "beta_proportion_rng": random(
                ("Location parameter", .probability), ("Precision parameter", .positiveFinite)
            ) { _, p, g in Samplers.beta(p[0] * p[1], (1 - p[0]) * p[1], g) },
            "bernoulli_rng": random(probability) { _, p, g in g.uniform() < p[0] ? 1 : 0 },
            "bernoulli_logit_rng": random(
                ("Logit transformed probability parameter", .finite)
            ) { _, p, g in
                g.uniform() < 1 / (1 + Double.exponential(-p[0])) ? 1 : 0
            },
            "binomial_rng": random(("Population size parameter", .nonnegative), probability) {
                _, p, g in Samplers.binomial(p[0], p[1], g)
            },
            "binomial_logit_rng": random(
                ("Population size parameter", .nonnegative),
                ("Logit transformed probability parameter", .finite)
            ) { _, p, g in
                Samplers.binomial(p[0], 1 / (1 + Double.exponential(-p[1])), g)
            },
            "beta_binomial_rng": random(
                ("Population size parameter", .nonnegative),
                ("First prior sample size parameter", .positiveFinite),
                ("Second prior sample size parameter", .positiveFinite)
            ) { _, p, g in Samplers.binomial(p[0], Samplers.beta(p[1], p[2], g), g) },
            "poisson_rng": random(("Rate parameter", .nonnegative)) { call, p, g in
                try Samplers.poisson(call, p[0], g)
            },
            "poisson_log_rng": random(("Log rate parameter", .notNaN)) { call, p, g in
                try Samplers.poisson(call, Double.exponential(p[0]), g)
            },
            "neg_binomial_rng": random(shape, rate) { call, p, g in
                try Samplers.poisson(call, Samplers.gamma(p[0], g) / p[1], g)
            },
            "neg_binomial_2_rng": random(
                ("Location parameter", .positiveFinite), ("Precision parameter", .positiveFinite)
            ) { call, p, g in
                try Samplers.poisson(call, Samplers.gamma(p[1], g) * p[0] / p[1], g)
            },
            "neg_binomial_2_log_rng": random(
                ("Log-location parameter", .finite),
                ("Inverse dispersion parameter", .positiveFinite)
            ) { call, p, g in
                try Samplers.poisson(
                    call, Samplers.gamma(p[1], g) * Double.exponential(p[0]) / p[1], g)
            },
            "geometric_rng": random(("Success probability parameter", .probability)) { _, p, g in
                p[0] >= 1
                    ? 0 : (-g.exponential() / Double.logarithm1p(-p[0])).rounded(.down)
            },
            "discrete_range_rng": random(
                ("Lower bound parameter", .notNaN), ("Upper bound parameter", .notNaN)
            ) { call, p, g in
                guard p[0] <= p[1] else {
                    throw DomainError(
                        call.name, "Upper bound parameter", is: p[1],
                        mustBe: "greater than or equal to \(formatted(p[0]))")
                }
                return p[0] + (g.uniform() * (p[1] - p[0] + 1)).rounded(.down)
            },
        ]
    }()
}
