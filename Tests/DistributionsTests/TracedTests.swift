// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Testing

@testable import Distributions

/// One row of stan_densities.csv (mpmath): name, arguments, log density.
struct TracedRow: Sendable {
    var name: String
    var arguments: [Argument]
    var value: Double

    struct Argument: Sendable {
        var shape: Shape
        var values: [Double]
        var expression: Traced { Traced(values, shape) }
    }
}

let tracedRows: [TracedRow] =
    referenceLines("stan_densities").map { line in
        let fields = line.split(separator: ",")
        let arguments = fields.dropFirst().dropLast().map { field in
            let words = field.split(separator: " ")
            let numbers = words.dropFirst().compactMap { Double($0) }
            switch words[0] {
            case "s": return TracedRow.Argument(shape: .scalar, values: numbers)
            case "v": return TracedRow.Argument(shape: .vector(numbers.count), values: numbers)
            default:
                return TracedRow.Argument(
                    shape: .matrix(Int(numbers[0]), Int(numbers[1])),
                    values: Array(numbers.dropFirst(2)))
            }
        }
        return TracedRow(
            name: String(fields[0]), arguments: arguments,
            value: fields.last.flatMap { Double($0) } ?? .nan)
    }

/// All traced densities, by Stan's name.
let tracedDensities: [String: any TracedDensity.Type] = {
    let all: [any TracedDensity.Type] = [
        Normal.self, StandardNormal.self, StudentT.self, Cauchy.self, Laplace.self,
        Logistic.self, Gumbel.self, SkewNormal.self, SkewedDoubleExponential.self,
        ExponentiallyModifiedNormal.self, VonMisesDensity.self, Uniform.self,
        LogNormal.self, Exponential.self, Gamma.self, InverseGamma.self, ChiSquared.self,
        InverseChiSquared.self, ScaledInverseChiSquared.self, Weibull.self,
        Frechet.self, Rayleigh.self, LogLogistic.self, Pareto.self,
        ParetoTypeII.self, Beta.self, BetaProportion.self, Bernoulli.self,
        BernoulliLogit.self, Binomial.self, BinomialLogit.self, BetaBinomial.self,
        Poisson.self, PoissonLog.self, NegativeBinomial.self, NegativeBinomialLog.self,
        NegativeBinomialRate.self, BetaNegativeBinomial.self, YuleSimonDensity.self,
        DiscreteUniform.self, Hypergeometric.self, Categorical.self,
        CategoricalLogit.self, Multinomial.self, MultinomialLogit.self,
        DirichletMultinomial.self, OrderedLogistic.self, OrderedProbit.self,
        MultivariateNormal.self, MultivariateNormalCholesky.self,
        MultivariateNormalPrecision.self, MultivariateStudentT.self,
        MultivariateStudentTCholesky.self, GaussianProcess.self, GaussianProcessCholesky.self,
        Dirichlet.self, LKJCorrelation.self, LKJCorrelationCholesky.self, LKJCovariance.self,
        Wishart.self, InverseWishart.self, WishartCholesky.self,
        InverseWishartCholesky.self, NormalRegression.self, BernoulliLogitRegression.self,
        BinomialLogitRegression.self, PoissonLogRegression.self,
        NegativeBinomialRegression.self, OrderedLogisticRegression.self,
        CategoricalLogitRegression.self, DynamicLinearModel.self,
    ]
    return Dictionary(uniqueKeysWithValues: all.map { ($0.stanName, $0) })
}()

/// The number of leading arguments that have to be known: counts, and their trials.
func knownCount(_ name: String) -> Int {
    switch name {
    case "hypergeometric": 4
    case "discrete_range": 3
    case "binomial", "binomial_logit", "beta_binomial", "binomial_logit_glm": 2
    case "bernoulli", "bernoulli_logit", "poisson", "poisson_log", "neg_binomial",
        "neg_binomial_2", "neg_binomial_2_log", "beta_neg_binomial", "yule_simon", "categorical",
        "categorical_logit", "multinomial", "multinomial_logit", "dirichlet_multinomial",
        "ordered_logistic", "ordered_probit", "bernoulli_logit_glm", "poisson_log_glm",
        "neg_binomial_2_log_glm", "ordered_logistic_glm", "categorical_logit_glm":
        1
    default: 0
    }
}

@Suite struct TracedTests {
    @Test func everyDensityHasReferences() {
        #expect(Set(tracedRows.map(\.name)) == Set(tracedDensities.keys))
        #expect(tracedRows.count > 150)
    }

    @Test func knownArgumentsGiveTheReference() throws {
        for row in tracedRows {
            let density = try #require(tracedDensities[row.name])
            let arguments = row.arguments.map(\.expression)
            #expect(density.parameterCount == arguments.count - 1)
            let found = density.logDensity(
                arguments[0], Array(arguments.dropFirst()), droppingConstants: false)
            let value = try #require(found.constant)
            #expect(
                abs(value - row.value) <= 4e-13 * max(1, abs(row.value)),
                "\(row.name): \(value), not \(row.value); \(row.arguments)")
            let dropped = density.logDensity(
                arguments[0], Array(arguments.dropFirst()), droppingConstants: true)
            #expect(dropped.constant == 0 || row.name == "uniform", "\(row.name)")
        }
    }

    /// Each argument in turn is traced: the value is the reference, and what
    /// is dropped does not depend on the traced argument.
    @Test func tracedArgumentsGiveTheReference() throws {
        for row in tracedRows {
            let density = try #require(tracedDensities[row.name])
            for traced in row.arguments.indices {
                if traced < knownCount(row.name) { continue }
                let arguments = row.arguments
                func function(dropping: Bool) throws -> DifferentiableFunction {
                    try DifferentiableFunction(
                        dimension: arguments[traced].values.count, at: arguments[traced].values
                    ) { trace in
                        var expressions = arguments.map(\.expression)
                        expressions[traced] = trace.input(arguments[traced].shape)
                        return density.logDensity(
                            expressions[0], Array(expressions.dropFirst()),
                            droppingConstants: dropping)
                    }
                }
                let place = "\(row.name), argument \(traced) of \(row.arguments)"
                let (whole, part) = try (function(dropping: false), function(dropping: true))
                let point = arguments[traced].values
                let (value, gradient) = try whole.valueAndGradient(at: point)
                let (dropped, droppedGradient) = try part.valueAndGradient(at: point)
                #expect(
                    abs(value - row.value) <= 4e-13 * max(1, abs(row.value)),
                    "\(place): \(value), not \(row.value)")
                for (a, b) in zip(gradient, droppedGradient) {
                    #expect(abs(a - b) <= 1e-11 * max(1, abs(a)), "\(place): \(a), \(b)")
                }
                // Against differences, one entry at a time.
                let symmetric =
                    [
                        "multi_normal", "multi_normal_prec", "lkj_corr", "multi_student_t",
                        "multi_gp", "lkj_cov", "wishart", "inv_wishart", "gaussian_dlm_obs",
                    ].contains(row.name) && arguments[traced].values.count == 9
                for i in point.indices where !symmetric {
                    let step = 1e-5 * max(abs(point[i]), 0.01)
                    var up = point, down = point
                    up[i] += step
                    down[i] -= step
                    let (high, _) = try whole.valueAndGradient(at: up)
                    let (low, _) = try whole.valueAndGradient(at: down)
                    guard high.isFinite, low.isFinite else { continue }
                    let slope = (high - low) / (2 * step)
                    #expect(
                        abs(slope - gradient[i]) <= 2e-5 * max(1, abs(gradient[i])),
                        "\(place), entry \(i): \(gradient[i]), not \(slope)")
                    let (moved, _) = try part.valueAndGradient(at: up)
                    #expect(
                        abs((high - value) - (moved - dropped)) <= 1e-10 * max(1, abs(value)),
                        "\(place), entry \(i): what is dropped varies")
                }
            }
        }
    }

    @Test func nonsenseNeverTraps() throws {
        let values = [.nan, 0, -1, .infinity, 1e300, 2, 0.5].map { Traced($0) }
        for (name, density) in tracedDensities where !name.hasSuffix("glm") {
            for x in values {
                for p in values {
                    let found = density.logDensity(
                        x, Array(repeating: p, count: density.parameterCount),
                        droppingConstants: false)
                    #expect(found.isConstant, "\(name)")
                }
            }
            let empty = density.logDensity(
                Traced([Double]()), Array(repeating: 0.5, count: density.parameterCount),
                droppingConstants: false)
            #expect(empty.isConstant, "\(name)")
        }
        // Outside the domain: NaN or −∞.
        let outside: [(name: String, arguments: [Double])] = [
            ("normal", [1, 0, -1]), ("exponential", [1, -1]), ("gamma", [1, -1, 1]),
            ("gamma", [1, 1, -1]), ("lognormal", [-1, 0, 1]), ("uniform", [3, 0, 1]),
            ("poisson", [2, -1]), ("bernoulli", [1, 1.5]), ("binomial", [1, 3, -0.5]),
            ("student_t", [1, -2, 0, 1]), ("cauchy", [1, 0, -1]), ("inv_gamma", [1, 1, -1]),
            ("pareto", [1, 2, 1]), ("categorical", [4, 0.5]), ("weibull", [1, -1, 1]),
            ("neg_binomial_2", [1, -1, 1]), ("dirichlet", [-0.5, 1.5]),
        ]
        for (name, arguments) in outside {
            let density = try #require(tracedDensities[name])
            let value = density.logDensity(
                Traced(arguments[0]), arguments.dropFirst().map { Traced($0) },
                droppingConstants: false)
            let known = try #require(value.constant)
            #expect(known.isNaN || known == -.infinity, "\(name): \(known)")
        }
    }
}
