// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import DataFrames
import Errors
import Inference
import Plots
import Randomness
import StanLanguage

extension Registry {
    mutating func addModels() {
        define("StanModel(file: String) -> model", "Reads a Stan program from a file.") { call in
            let bytes = try call.bytes(ofFile: "file")
            let path = try call.string("file")
            let program = try StanProgram.parse(SourceText(name: path, bytes: bytes))
            let file = path.split(separator: "/").last ?? "model"
            let name = String(file.split(separator: ".").first ?? file)
            return .object(ModelValue(program: program, name: name))
        }
        define(
            on: "model",
            "sample(data: dictionary|data frame = nil, chains: integer = 4, warmup: integer = 1000, "
                + "draws: integer = 1000, targetAcceptance: number = 0.8, "
                + "maximumDepth: integer = 10) -> posterior",
            "Samples the posterior with NUTS."
        ) { call in try call.samplePosterior() }
        define(
            on: "model",
            "logDensity(data: dictionary|data frame = nil, at point: vector) -> number",
            "The log density at an unconstrained point, as `target` has it at the end."
        ) { call in
            let model = try call.stanModel(key: StreamKey(seed: 0))
            return .number(try model.logDensity(at: try call.vector("point")).value)
        }
        addPosteriorMembers()
        addPosteriorLayers()
    }

    private mutating func addPosteriorMembers() {
        let type = "posterior"
        define(
            on: type, "summary(_ variables: String...) -> summary",
            "Means, quantiles, R-hat and effective sizes of some variables, or of all."
        ) { call in
            let draws = try call.receiver(PosteriorValue.self).draws
            let names = try call.all("variables").map { try call.string($0) }
            return .object(SummaryValue(summary: try draws.summary(of: names)))
        }
        define(on: type, "diagnose() -> diagnosis", "One verdict, then problems with remedies.") {
            call in
            .object(
                DiagnosisValue(diagnosis: try call.receiver(PosteriorValue.self).draws.diagnose()))
        }
        define(
            on: type, "subscript(_ name: String) -> vector",
            "The draws of a quantity, all chains one after the other: fit[\"theta[1]\"]."
        ) { call in
            let draws = try call.receiver(PosteriorValue.self).draws
            return .vector(try draws.values(try call.string("name")))
        }
        define(
            on: type, "estimate(_ name: String) -> estimate",
            "The posterior mean of a quantity with its Monte Carlo error."
        ) { call in
            let draws = try call.receiver(PosteriorValue.self).draws
            let name = try call.string("name")
            return .estimate(Summary.Row(name: name, chains: try draws[name]).estimate)
        }
        define(on: type, "names -> list", "The names of all quantities.") { call in
            try call.list(
                try call.receiver(PosteriorValue.self).draws.names.map {
                    .string(SummaryValue.display($0))
                })
        }
        define(on: type, "variables -> list", "The names of the variables.") { call in
            try call.list(
                try call.receiver(PosteriorValue.self).draws.variables.map { .string($0) })
        }
        define(on: "diagnosis", "isGood -> Bool", "Whether no problem was found.") { call in
            .bool(try call.receiver(DiagnosisValue.self).diagnosis.isGood)
        }
        define(on: "diagnosis", "divergences -> number", "How many draws diverged.") { call in
            .number(Double(try call.receiver(DiagnosisValue.self).diagnosis.divergences))
        }
    }

    private mutating func addPosteriorLayers() {
        define(
            "rank(_ fit: posterior, _ name: String, bins: integer = 20) -> layer",
            "Histograms of the ranks of each chain's draws: flat when the chains agree."
        ) { call in
            let draws = try call.posterior("fit")
            let name = try call.string("name")
            return .object(
                LayerValue(rank(try draws[name], bins: try call.integer("bins"), name: name)))
        }
        define(
            "trace(_ fit: posterior, _ name: String) -> layer",
            "The draws of a quantity in the order they were made, a line for each chain."
        ) { call in
            let draws = try call.posterior("fit")
            let name = try call.string("name")
            return .object(LayerValue(trace(try draws[name], name: name)))
        }
        define(
            "pairs(_ fit: posterior, _ x: String, _ y: String) -> layer",
            "Two quantities' draws against each other; divergences stand out."
        ) { call in
            let draws = try call.posterior("fit")
            let x = try call.string("x")
            let y = try call.string("y")
            let divergent = (try? draws.values("divergent__")) ?? []
            return .object(
                LayerValue(
                    try pairs(
                        try draws.values(x), try draws.values(y),
                        divergent: divergent.map { $0 != 0 }, names: (x, y))))
        }
        define(
            "forest(_ fit: posterior, _ variables: String..., names: list = nil) -> layer",
            "Medians with 50 % and 90 % intervals of some variables, in rows with names of their own."
        ) { call in
            let draws = try call.posterior("fit")
            var rows: [IntervalRow] = []
            let chosen = try call.all("variables").map { try call.string($0) }
            for variable in chosen.isEmpty ? draws.variables : chosen {
                for name in try draws.names(of: variable) {
                    if let row = IntervalRow(
                        SummaryValue.display(name), draws: try draws.values(name))
                    {
                        rows.append(row)
                    }
                }
            }
            if let names = try optionalNames(call) {
                guard names.count == rows.count else {
                    throw call.failure(
                        "there are \(names.count) names for \(rows.count) rows", code: "size",
                        at: call.range(of: "names"))
                }
                for i in rows.indices { rows[i].name = names[i] }
            }
            return .object(LayerValue(forest(rows)))
        }
    }
}

private func optionalNames(_ call: Call) throws -> [String]? {
    guard let argument = try call.optional("names") else { return nil }
    guard case .list(let list) = argument.value, let names = list.strings else {
        throw call.failure("the names are strings", code: "type", at: argument.range)
    }
    return names
}

extension Call {
    fileprivate func posterior(_ name: String) throws -> Draws {
        try object(PosteriorValue.self, name).draws
    }

    /// The data of a model: a dictionary, or the columns of a data frame.
    private func modelData() throws -> JSONValue {
        guard let argument = try optional("data") else { return .object(JSONObject()) }
        guard case .object(let object) = argument.value, let frame = object as? DataFrameValue
        else { return try argument.value.json() }
        for column in frame.frame.columns where column.missingCount > 0 {
            throw failure(
                "the column '\(column.name)' has \(column.missingCount) missing values",
                code: "data", at: argument.range,
                help: "take rows without any: data.droppingMissing()")
        }
        return frame.json
    }

    fileprivate func stanModel(key: StreamKey) throws -> StanModel {
        let model = try receiver(ModelValue.self)
        do {
            let limits = interpreter.limits
            return try StanModel(
                program: model.program, data: try modelData(), seed: key.stream,
                isStopped: { limits.isOver })
        } catch let rejection as Rejection {
            throw failure(rejection.description, code: "data", at: range(of: "data"))
        } catch let list as DiagnosticList {
            // What is wrong with the data belongs to the cell that gives them;
            // the program's own place is in the message.
            throw DiagnosticList(
                list.diagnostics.map { diagnostic in
                    guard diagnostic.source == nil else { return diagnostic }
                    var placed = diagnostic
                    placed.source = interpreter.source
                    placed.range = range(of: "data")
                    return placed
                })
        }
    }

    fileprivate func samplePosterior() throws -> ScriptValue {
        var settings = SamplingSettings(key: interpreter.nextStream())
        settings.chains = try count("chains")
        settings.warmup = try integer("warmup")
        settings.draws = try integer("draws")
        settings.targetAcceptance = try number("targetAcceptance")
        settings.maximumDepth = try integer("maximumDepth")
        try settings.validate()
        let model = try stanModel(key: settings.key)
        let columns = Draws.samplerColumns.count + model.outputNames.count
        try interpreter.checkCount(
            Double(settings.chains) * Double(settings.draws) * Double(columns),
            has("draws") ? range(of: "draws") : range)
        let cancellation = Cancellation()
        var stopped: (any Error)?
        let draws: Draws
        do {
            draws = try Inference.sample(model, settings: settings, cancellation: cancellation) {
                progress in
                let words =
                    progress.chains.contains { $0.phase == .warmup } ? "warm-up" : "sampling"
                interpreter.progress(progress.fraction, words)
                guard stopped == nil else { return }
                do {
                    try checkTime()
                } catch {
                    stopped = error
                    cancellation.cancel()
                }
            }
        } catch {
            try checkTime()
            throw stopped ?? error
        }
        if let stopped { throw stopped }
        // The model's own statements may have seen the end before we did.
        try checkTime()
        return .object(PosteriorValue(draws: draws))
    }
}
