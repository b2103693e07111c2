// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions
import Errors
import LinearAlgebra
import Randomness

extension Registry {
    mutating func addDistributions() {
        for family in Families.all { addFamily(family) }
        addOtherParameters()
        addMultivariateDistributions()
        addDistributionMembers()
        addFits()
    }

    /// A family's function, with the labels of its parameters.
    private mutating func addFamily<F: DistributionFamily>(_ family: F.Type) {
        let parameters = F.parameters.map { parameter in
            var isWhole = false
            if case .whole = parameter.domain { isWhole = true }
            let standard = parameter.standard.map { " = \(ScriptFormat.number($0))" } ?? ""
            return "\(parameter.name): \(isWhole ? "integer" : "number")\(standard)"
        }
        define(
            "\(F.name)(\(parameters.joined(separator: ", "))) -> distribution", F.summary
        ) { call in
            let values = try F.parameters.map { parameter in
                if case .whole = parameter.domain {
                    return Double(try call.integer(parameter.name))
                }
                return try call.number(parameter.name)
            }
            return .object(try DistributionValue(family: try F(parameterValues: values)))
        }
        addFit(F.self)
    }

    /// Other parameters of the same families.
    private mutating func addOtherParameters() {
        func other(
            _ signature: String, _ documentation: String,
            _ make: @escaping @Sendable (Call) throws -> any DistributionFamily
        ) {
            define("\(signature) -> distribution", documentation) { call in
                .object(try DistributionValue(family: try make(call)))
            }
        }
        other("Exponential(scale: number)", "The exponential distribution, mean scale.") {
            try Exponential(scale: try $0.number("scale"))
        }
        other("Gamma(shape: number, scale: number)", "The gamma distribution, mean shape × scale.")
        {
            try Gamma(shape: try $0.number("shape"), scale: try $0.number("scale"))
        }
        other("Uniform(_ lower: number, _ upper: number)", Uniform.summary) {
            try Uniform(lower: try $0.number("lower"), upper: try $0.number("upper"))
        }
        other(
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
            ("lowerBound", "The lower end of the support.", { $0.support.lowerBound }),
            ("upperBound", "The upper end of the support.", { $0.support.upperBound }),
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
                (
                    "hazard", "x", "The rate of failure at x of what has lasted so long.",
                    { $0.hazard($1) }
                ),
                (
                    "cumulativeHazard", "x", "-log of the probability of more than x.",
                    { $0.base.cumulativeHazard($1) }
                ),
                (
                    "momentGeneratingFunction", "t", "The mean of exp(t x).",
                    { $0.base.momentGeneratingFunction($1) }
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
            on: type, "characteristicFunction(_ t: number) -> vector",
            "The mean of exp(i t x): its real and its imaginary part."
        ) { call in
            let d = try call.receiver(DistributionValue.self).base
            let value = d.characteristicFunction(try call.number("t"))
            return .vector([value.real, value.imaginary])
        }
        define(
            on: type, "divergence(to other: distribution) -> number",
            "The Kullback–Leibler divergence to another distribution, in nats."
        ) { call in
            let d = try call.receiver(DistributionValue.self)
            let other = try call.object(DistributionValue.self, "other")
            return .number(try d.divergence(to: other))
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
