// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Distributions
import Errors
import Randomness

/// What a fit found.
struct FitValue: ScriptObject {
    let fit: FittedFamily

    var typeName: String { "distribution fit" }

    var shown: ShownValue {
        let lines =
            fit.parameters.map { parameter in
                parameter.estimate.standardError.isFinite
                    ? "\(parameter.name): \(parameter.estimate)"
                    : "\(parameter.name): \(ScriptFormat.number(parameter.estimate.value))"
            } + fit.fixed.map { "\($0.name) = \(ScriptFormat.number($0.value))" } + [
                "log likelihood: \(ScriptFormat.fixed(fit.logLikelihood, 2)), "
                    + "AIC: \(ScriptFormat.fixed(fit.aic, 2)), "
                    + "BIC: \(ScriptFormat.fixed(fit.bic, 2)), n = \(fit.count)"
            ] + fit.notes
        return .text(lines.joined(separator: "\n"))
    }

    var json: JSONValue {
        var members = JSONObject()
        for (name, estimate) in fit.parameters {
            members[name] = (try? ScriptValue.estimate(estimate).json()) ?? .null
        }
        return .object(
            JSONObject([
                ("distribution", .string("\(fit.distribution)")),
                ("parameters", .object(members)), ("log_likelihood", .number(fit.logLikelihood)),
                ("aic", .number(fit.aic)), ("bic", .number(fit.bic)),
                ("count", .integer(fit.count)),
            ]))
    }
}

extension Registry {
    private static let sample =
        "_ data: vector, weights: vector = nil, censored: vector = nil, truncated: range = nil"
    private static let method =
        "method: .maximumLikelihood|.moments|.lMoments = .maximumLikelihood"

    mutating func addFit<F: DistributionFamily>(_ family: F.Type) {
        define(
            under: F.name,
            "fit(\(Self.sample), fixed: dictionary = nil, \(Self.method)) -> distribution fit",
            "The distribution of the family that fits best: parameters ± standard errors. "
                + "`censored` is 1 where the value is above the datum, -1 where it is at most it."
        ) { call in
            let sample = try call.fitSample()
            return .object(
                FitValue(
                    fit: FittedFamily(
                        try F.fit(
                            sample, fixed: try call.fixedParameters(),
                            method: try call.fitMethod()))))
        }
    }

    mutating func addFits() {
        let type = "distribution fit"
        define(on: type, "distribution -> distribution", "The fitted distribution.") { call in
            .object(
                try DistributionValue(
                    family: try call.receiver(FitValue.self).fit.distribution))
        }
        for (name, documentation, get) in [
            ("logLikelihood", "The log likelihood at the maximum.", \.logLikelihood),
            ("aic", "Akaike's information criterion: lower is better.", \.aic),
            ("bic", "The Bayesian information criterion: lower is better.", \.bic),
        ] as [(String, String, KeyPath<FittedFamily, Double> & Sendable)] {
            define(on: type, "\(name) -> number", documentation) { call in
                .number(try call.receiver(FitValue.self).fit[keyPath: get])
            }
        }
        define(on: type, "count -> number", "The number of data.") { call in
            .number(Double(try call.receiver(FitValue.self).fit.count))
        }
        define(on: type, "subscript(_ name: String) -> estimate", "A parameter ± its error.") {
            call in
            let fit = try call.receiver(FitValue.self).fit
            let name = try call.string("name")
            guard let found = fit.parameters.first(where: { $0.name == name }) else {
                throw call.noMember("parameter", name, fit.parameters.map(\.name), at: "name")
            }
            return .estimate(found.estimate)
        }
        addFitMethods(type)
        addComparison()
    }

    private mutating func addFitMethods(_ type: String) {
        define(
            on: type, "profileInterval(of parameter: String, probability: number = 0.95) -> vector",
            "The values of a parameter that a likelihood ratio test does not reject."
        ) { call in
            let interval = try call.receiver(FitValue.self).fit.profileInterval(
                try call.string("parameter"), try call.number("probability"))
            return .vector([interval.lowerBound, interval.upperBound])
        }
        define(
            on: type,
            "bootstrapInterval(of parameter: String, probability: number = 0.95, "
                + "replicates: integer = 999) -> vector",
            "The central interval of a parameter over fits of resampled data."
        ) { call in
            let interval = try call.receiver(FitValue.self).fit.bootstrapInterval(
                try call.string("parameter"), try call.number("probability"),
                try call.count("replicates"), call.generator())
            return .vector([interval.lowerBound, interval.upperBound])
        }
        define(
            on: type, "goodnessOfFit(replicates: integer = 199) -> goodness of fit",
            "Distances between the data and the fit, with p-values from bootstrap fits."
        ) { call in
            let fit = try call.receiver(FitValue.self).fit
            return .object(
                GoodnessValue(
                    goodness: try fit.goodnessOfFit(
                        try call.count("replicates"), call.generator())))
        }
        let goodness = "goodness of fit"
        for (name, words, get) in [
            ("kolmogorovSmirnov", "The largest difference", \.kolmogorovSmirnov),
            ("andersonDarling", "Anderson and Darling's distance", \.andersonDarling),
            ("cramerVonMises", "Cramér and von Mises' distance", \.cramerVonMises),
        ] as [(String, String, KeyPath<GoodnessOfFit, GoodnessOfFit.Distance> & Sendable)] {
            define(on: goodness, "\(name) -> number", "\(words).") { call in
                .number(try call.receiver(GoodnessValue.self).goodness[keyPath: get].statistic)
            }
            define(on: goodness, "\(name)PValue -> number", "The p-value of \(name).") { call in
                .number(
                    try call.receiver(GoodnessValue.self).goodness[keyPath: get].pValue ?? .nan)
            }
        }
    }

    private mutating func addComparison() {
        define(
            "compareFits(\(Self.sample), families: list) -> comparison of fits",
            "Fits several families, by name, to the same data: the lowest AIC first."
        ) { call in
            guard case .list(let list) = try call.value("families") else {
                throw call.failure("expected a list of names, such as [\"Gamma\", \"Normal\"]")
            }
            let families = try list.elements.map { element in
                guard case .string(let name) = element else {
                    throw call.failure(
                        "expected names of families", code: "type", at: call.range(of: "families"))
                }
                return try Families.named(name)
            }
            let (fits, failures) = Families.compare(families, try call.fitSample())
            var notes = failures.map { "\($0.name) was not fitted: \($0.error)" }
            for fit in fits { notes += fit.notes.map { "\(fit.name): \($0)" } }
            let rows = fits.map { fit in
                [
                    fit.name,
                    fit.parameters.map { parameter in
                        parameter.estimate.standardError.isFinite
                            ? "\(parameter.name) \(parameter.estimate)"
                            : "\(parameter.name) \(ScriptFormat.number(parameter.estimate.value))"
                    }.joined(separator: ", "),
                    ScriptFormat.fixed(fit.logLikelihood, 2), ScriptFormat.fixed(fit.aic, 2),
                    ScriptFormat.fixed(fit.bic, 2),
                ]
            }
            return .object(
                ReportValue(
                    typeName: "comparison of fits",
                    shown: .table(
                        ScriptTable(
                            columns: ["family", "parameters", "log likelihood", "AIC", "BIC"],
                            rows: rows, numeric: [2, 3, 4], notes: notes)),
                    json: .array(fits.map { FitValue(fit: $0).json })))
        }
    }
}

/// How far data are from a fit.
struct GoodnessValue: ScriptObject {
    let goodness: GoodnessOfFit

    var typeName: String { "goodness of fit" }
    private var distances: [(String, GoodnessOfFit.Distance)] {
        [
            ("Kolmogorov–Smirnov D", goodness.kolmogorovSmirnov),
            ("Anderson–Darling A²", goodness.andersonDarling),
            ("Cramér–von Mises W²", goodness.cramerVonMises),
        ]
    }
    /// P-values as estimates: they come from a number of bootstrap fits.
    private func estimate(_ p: Double) -> Estimate {
        let n = Double(max(goodness.replicates, 1))
        let inner = min(max(p, 1 / (n + 1)), n / (n + 1))
        return Estimate(p, standardError: (inner * (1 - inner) / n).squareRoot())
    }
    var shown: ShownValue {
        .table(
            ScriptTable(
                columns: ["distance", "value", "p-value"],
                rows: distances.map { name, d in
                    [
                        name, ScriptFormat.number(d.statistic),
                        d.pValue.map { "\(estimate($0))" } ?? "",
                    ]
                }, numeric: [1, 2],
                errors: distances.map {
                    [nil, nil, $0.1.pValue.map { estimate($0).standardError }]
                },
                notes: ["\(goodness.replicates) bootstrap fits"]))
    }
    var json: JSONValue {
        .object(
            JSONObject(
                distances.map { name, d in
                    (
                        name,
                        [
                            "statistic": .number(d.statistic),
                            "p_value": d.pValue.map { .number($0) } ?? .null,
                        ] as JSONValue
                    )
                }))
    }
}

extension Call {
    /// The data of a fit with what is known of them.
    fileprivate func fitSample() throws -> FitSample {
        let censored = try optional("censored").map { argument in
            try vector(argument).map { kind -> Censoring in
                switch kind {
                case 0: return .none
                case 1: return .right
                case -1: return .left
                default:
                    throw failure(
                        "`censored` holds \(ScriptFormat.number(kind)), but may hold 0, 1 and -1 only",
                        code: "parameter", at: argument.range)
                }
            }
        }
        return try FitSample(
            try sample("data"), weights: try optional("weights").map { try vector($0) },
            censored: censored, truncated: try optional("truncated").map { try closedRange($0) })
    }

    fileprivate func fixedParameters() throws -> [String: Double] {
        guard let argument = try optional("fixed") else { return [:] }
        guard case .dictionary(let dictionary) = argument.value else {
            throw failure(
                "expected a dictionary such as [\"location\": 0]", code: "type",
                at: argument.range)
        }
        var values: [String: Double] = [:]
        for (name, value) in dictionary.members {
            values[name] = try number(Argument(value: value, range: argument.range))
        }
        return values
    }

    fileprivate func fitMethod() throws -> FitMethod {
        FitMethod(rawValue: try choice("method").name) ?? .maximumLikelihood
    }
}
