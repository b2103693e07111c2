// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions
import Errors
import LinearAlgebra
import Randomness

extension Registry {
    mutating func addDistributions() {
        addContinuousDistributions()
        addDiscreteDistributions()
        addMultivariateDistributions()
        addDistributionMembers()
        addFits()
    }

    private mutating func distribution(
        _ signature: String, _ documentation: String,
        _ make: @escaping @Sendable (Call) throws -> any ContinuousDistribution
    ) {
        define("\(signature) -> distribution", documentation) { call in
            .object(DistributionValue(try make(call)))
        }
    }

    private mutating func counts(
        _ signature: String, _ documentation: String,
        _ make: @escaping @Sendable (Call) throws -> any DiscreteDistribution
    ) {
        define("\(signature) -> distribution", documentation) { call in
            .object(DistributionValue(try make(call)))
        }
    }

    private mutating func fit<D: ContinuousDistribution & FittableDistribution>(
        _ name: String, _ type: D.Type
    ) {
        define(
            under: name, "fit(_ data: vector) -> distribution fit",
            "The maximum likelihood fit: parameters ± standard errors, log likelihood, AIC, BIC."
        ) { call in .object(FitValue(try D.fit(try call.sample("data")))) }
    }

    private mutating func fit<D: DiscreteDistribution & FittableDistribution>(
        _ name: String, _ type: D.Type
    ) {
        define(
            under: name, "fit(_ data: vector) -> distribution fit",
            "The maximum likelihood fit: parameters ± standard errors, log likelihood, AIC, BIC."
        ) { call in .object(FitValue(try D.fit(try call.sample("data")))) }
    }

    private mutating func addContinuousDistributions() {
        distribution(
            "Normal(mean: number, standardDeviation: number)", "The normal distribution."
        ) {
            try Normal(
                mean: try $0.number("mean"), standardDeviation: try $0.number("standardDeviation"))
        }
        distribution(
            "LogNormal(logMean: number, logStandardDeviation: number)",
            "The distribution of a number whose logarithm is normal."
        ) {
            try LogNormal(
                logMean: try $0.number("logMean"),
                logStandardDeviation: try $0.number("logStandardDeviation"))
        }
        distribution(
            "Cauchy(location: number = 0, scale: number = 1)",
            "The Cauchy distribution, which has no mean."
        ) { try Cauchy(location: try $0.number("location"), scale: try $0.number("scale")) }
        distribution(
            "StudentT(degreesOfFreedom: number, location: number = 0, scale: number = 1)",
            "Student's t distribution."
        ) {
            try StudentT(
                degreesOfFreedom: try $0.number("degreesOfFreedom"),
                location: try $0.number("location"), scale: try $0.number("scale"))
        }
        distribution("Exponential(rate: number)", "The exponential distribution, mean 1/rate.") {
            try Exponential(rate: try $0.number("rate"))
        }
        distribution("Exponential(scale: number)", "The exponential distribution, mean scale.") {
            try Exponential(scale: try $0.number("scale"))
        }
        distribution(
            "Gamma(shape: number, rate: number)", "The gamma distribution, mean shape/rate."
        ) { try Gamma(shape: try $0.number("shape"), rate: try $0.number("rate")) }
        distribution(
            "Gamma(shape: number, scale: number)", "The gamma distribution, mean shape × scale."
        ) { try Gamma(shape: try $0.number("shape"), scale: try $0.number("scale")) }
        distribution(
            "InverseGamma(shape: number, scale: number)",
            "The distribution of the reciprocal of a gamma distributed number."
        ) { try InverseGamma(shape: try $0.number("shape"), scale: try $0.number("scale")) }
        distribution(
            "Beta(alpha: number, beta: number)", "The beta distribution on (0, 1)."
        ) { try Beta(alpha: try $0.number("alpha"), beta: try $0.number("beta")) }
        for labels in ["_ lower: number, _ upper: number", "lower: number, upper: number"] {
            distribution("Uniform(\(labels))", "The uniform distribution on an interval.") {
                try Uniform(lower: try $0.number("lower"), upper: try $0.number("upper"))
            }
        }
        distribution(
            "ChiSquared(degreesOfFreedom: number)",
            "The distribution of a sum of squared standard normal numbers."
        ) { try ChiSquared(degreesOfFreedom: try $0.number("degreesOfFreedom")) }
        distribution(
            "FDistribution(numeratorDegreesOfFreedom: number, denominatorDegreesOfFreedom: number)",
            "The distribution of the ratio of two variances."
        ) {
            try FDistribution(
                numeratorDegreesOfFreedom: try $0.number("numeratorDegreesOfFreedom"),
                denominatorDegreesOfFreedom: try $0.number("denominatorDegreesOfFreedom"))
        }
    }

    private mutating func addDiscreteDistributions() {
        counts(
            "Binomial(trials: integer, probability: number)",
            "The number of successes in independent trials."
        ) {
            try Binomial(
                trials: try $0.integer("trials"), probability: try $0.number("probability"))
        }
        counts("Bernoulli(probability: number)", "1 with a probability, else 0.") {
            try Bernoulli(probability: try $0.number("probability"))
        }
        counts("Poisson(rate: number)", "The number of independent events of a mean rate.") {
            try Poisson(rate: try $0.number("rate"))
        }
        counts(
            "NegativeBinomial(mean: number, dispersion: number)",
            "Counts with variance mean + mean²/dispersion."
        ) {
            try NegativeBinomial(
                mean: try $0.number("mean"), dispersion: try $0.number("dispersion"))
        }
        counts(
            "NegativeBinomial(successes: number, probability: number)",
            "The number of failures before so many successes."
        ) {
            try NegativeBinomial(
                successes: try $0.number("successes"), probability: try $0.number("probability"))
        }
    }

    private mutating func addMultivariateDistributions() {
        define(
            "MultivariateNormal(mean: vector, covariance: matrix) -> multivariate distribution",
            "The normal distribution of vectors."
        ) { call in
            let covariance = try call.matrix("covariance")
            let rows = (0..<covariance.rows).map { row in covariance.row(row).elements }
            return .object(
                MultivariateValue(
                    base: try MultivariateNormal(
                        mean: try call.vector("mean"), covariance: rows)))
        }
        let type = "multivariate distribution"
        define(on: type, "logDensity(_ x: vector) -> number", "The log density at a point.") {
            call in
            .number(try call.receiver(MultivariateValue.self).base.logDensity(try call.vector("x")))
        }
        define(on: type, "entropy -> number", "The differential entropy in nats.") { call in
            .number(try call.receiver(MultivariateValue.self).base.entropy)
        }
        define(on: type, "sample(_ count: integer) -> matrix", "Independent draws, one a row.") {
            call in
            let base = try call.receiver(MultivariateValue.self).base
            let count = try call.count("count", width: Double(base.dimension))
            return .matrix(try Matrix(base.sample(count, using: call.generator())))
        }
    }

    private mutating func addFits() {
        fit("Normal", Normal.self)
        fit("LogNormal", LogNormal.self)
        fit("Exponential", Exponential.self)
        fit("Gamma", Gamma.self)
        fit("InverseGamma", InverseGamma.self)
        fit("Beta", Beta.self)
        fit("Uniform", Uniform.self)
        fit("Cauchy", Cauchy.self)
        fit("StudentT", StudentT.self)
        fit("Poisson", Poisson.self)
        fit("NegativeBinomial", NegativeBinomial.self)
        fit("Bernoulli", Bernoulli.self)
        let type = "distribution fit"
        define(on: type, "distribution -> distribution", "The fitted distribution.") { call in
            .object(try call.receiver(FitValue.self).distribution)
        }
        for (name, documentation, get) in [
            ("logLikelihood", "The log likelihood at the maximum.", \FitValue.logLikelihood),
            ("aic", "Akaike's information criterion: lower is better.", \FitValue.aic),
            ("bic", "The Bayesian information criterion: lower is better.", \FitValue.bic),
        ] as [(String, String, KeyPath<FitValue, Double> & Sendable)] {
            define(on: type, "\(name) -> number", documentation) { call in
                .number(try call.receiver(FitValue.self)[keyPath: get])
            }
        }
        define(on: type, "count -> number", "The number of data.") { call in
            .number(Double(try call.receiver(FitValue.self).count))
        }
        define(on: type, "subscript(_ name: String) -> estimate", "A parameter ± its error.") {
            call in
            let fit = try call.receiver(FitValue.self)
            let name = try call.string("name")
            guard let found = fit.parameters.first(where: { $0.name == name }) else {
                throw call.noMember("parameter", name, fit.parameters.map(\.name), at: "name")
            }
            return .estimate(found.estimate)
        }
    }

    private mutating func addDistributionMembers() {
        let type = "distribution"
        let moments: [(String, String, @Sendable (any UnivariateDistribution) -> Double)] = [
            ("mean", "The mean.", { $0.mean }),
            ("variance", "The variance.", { $0.variance }),
            ("standardDeviation", "The standard deviation.", { $0.standardDeviation }),
            ("skewness", "The skewness.", { $0.skewness }),
            ("excessKurtosis", "The kurtosis less 3.", { $0.excessKurtosis }),
            ("mode", "Where the density is highest.", { $0.mode }),
            ("median", "The median.", { $0.median }),
            ("entropy", "The entropy in nats.", { $0.entropy }),
        ]
        for (name, documentation, get) in moments {
            define(on: type, "\(name) -> number", documentation) { call in
                .number(get(try call.receiver(DistributionValue.self).base))
            }
        }
        let functions: [(String, String, String, @Sendable (DistributionValue, Double) -> Double)] =
            [
                (
                    "logDensity", "x", "The log density, or log probability, at x.",
                    { $0.logDensity($1) }
                ),
                ("pdf", "x", "The density, or probability, at x.", { Call.exp($0.logDensity($1)) }),
                ("cdf", "x", "The probability of x or less.", { $0.base.cdf($1) }),
                ("upperCDF", "x", "The probability of more than x.", { $0.base.upperCDF($1) }),
                ("logCDF", "x", "The log probability of x or less.", { $0.base.logCDF($1) }),
                (
                    "logUpperCDF", "x", "The log probability of more than x.",
                    {
                        $0.base.logUpperCDF($1)
                    }
                ),
                ("quantile", "p", "The value with probability p below it.", { $0.quantile($1) }),
                (
                    "upperQuantile", "q", "The value with probability q above it.",
                    {
                        $0.upperQuantile($1)
                    }
                ),
            ]
        for (name, parameter, documentation, function) in functions {
            define(
                on: type, "\(name)(_ \(parameter): number|vector) -> number|vector", documentation
            ) { call in
                let distribution = try call.receiver(DistributionValue.self)
                let argument = try call.argument(parameter)
                if case .number(let x) = argument.value {
                    return .number(function(distribution, x))
                }
                return .vector(try call.vector(argument).map { function(distribution, $0) })
            }
        }
        define(on: type, "sample(_ count: integer) -> vector", "Independent draws.") { call in
            let distribution = try call.receiver(DistributionValue.self)
            return .vector(distribution.draw(try call.count("count"), call.generator()))
        }
        define(on: type, "sample() -> number", "One draw.") { call in
            .number(try call.receiver(DistributionValue.self).draw(1, call.generator())[0])
        }
        define(
            on: type, "interval(_ probability: number = 0.9) -> vector",
            "The ends of the central interval with a probability."
        ) { call in
            let distribution = try call.receiver(DistributionValue.self)
            let interval = try distribution.interval(try call.number("probability"))
            return .vector([interval.lowerBound, interval.upperBound])
        }
    }
}

extension Call {
    @Sendable static func exp(_ x: Double) -> Double { Autodiff.exp(Traced(x)).constant ?? .nan }

    func noMember(
        _ what: String, _ name: String, _ known: [String], at parameter: String
    ) -> Diagnostic {
        failure(
            "there is no \(what) '\(name)'", code: "unknown-name", at: range(of: parameter),
            help: suggestion(for: name, among: known).map { "did you mean \"\($0)\"?" }
                ?? (known.count <= 20 ? "there are \(known.joined(separator: ", "))" : nil))
    }
}
