// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Randomness

@testable import StanLanguage

/// What is fuzzed.
enum Target: String, CaseIterable {
    case lexer, parser, checker, formatter, evaluator, data

    nonisolated(unsafe) static var current = Target.lexer

    func run(_ bytes: [UInt8]) {
        let source = SourceText(name: "fuzz.stan", bytes: bytes)
        switch self {
        case .lexer: lex(source)
        case .parser: parse(source)
        case .checker: check(source)
        case .formatter: format(source)
        case .evaluator: evaluate(bytes)
        case .data: readData(source)
        }
    }
}

/// A promise of the target that does not hold: a finding.
private func promise(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { fatalError(what()) }
}

private func promisePlaces(_ diagnostics: [Diagnostic], in source: SourceText) {
    for diagnostic in diagnostics {
        if let range = diagnostic.range {
            promise(
                range.lowerBound >= 0 && range.upperBound <= source.bytes.count,
                "a place outside of the text: \(range)")
        }
        _ = diagnostic.description
    }
}

/// Tokens lie in the text, one behind the other.
private func lex(_ source: SourceText) {
    let lexer = Lexer(source)
    var end = 0
    for token in lexer.tokens {
        promise(token.start >= end && token.end >= token.start, "tokens overlap")
        end = token.end
    }
    promise(end <= source.bytes.count, "a token outside of the text")
    promisePlaces(lexer.diagnostics, in: source)
}

private func parse(_ source: SourceText) {
    var parser = Parser(source)
    _ = parser.file()
    promisePlaces(parser.diagnostics, in: source)
}

/// A program is accepted, or refused with an error; the server, which looks at it as
/// it stands, must stand it too.
private func check(_ source: SourceText) {
    do {
        let program = try StanProgram.parse(source)
        promisePlaces(program.warnings, in: source)
        promisePlaces(program.suspicions, in: source)
        _ = program.summary
    } catch {
        promise(error.diagnostics.contains { $0.severity == .error }, "refused without an error")
        promisePlaces(error.diagnostics, in: source)
    }
    _ = SymbolIndex(source)
}

/// What is formatted is so already; what checks can be upgraded, and then has nothing
/// outdated that was not noted.
private func format(_ source: SourceText) {
    let text: String
    do {
        text = try StanProgram.format(source).text
    } catch {
        promise(!error.diagnostics.contains { $0.code == "stan/format" }, "\(error)")
        return
    }
    let again = try? StanProgram.format(SourceText(name: "again", text: text)).text
    promise(again == text, "formatting again changes the program")
    guard (try? StanProgram.parse(source)) != nil else { return }
    do {
        _ = try StanProgram.upgrade(source)
    } catch {
        fatalError("cannot be upgraded: \(error)")
    }
}

/// The program, a byte 0, and data as JSON or R dump. Steps are counted, so that a loop
/// without an end is left.
private func evaluate(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let source = SourceText(name: "fuzz.stan", bytes: Array(parts[0]))
    guard let program = try? StanProgram.parse(source) else { return }
    let steps = Steps(limit: 200)
    do {
        let data = parts.count < 2 ? JSONValue.object(JSONObject()) : try json(Array(parts[1]))
        let model = try StanModel(
            program: program, data: data, printer: { _ in }, isStopped: steps.isExhausted)
        guard model.dimension < 2_000 else { return }
        for scale in [0, 0.1, -3.0] {
            let position = (0..<model.dimension).map { scale * Double($0 % 7 - 2) }
            do {
                let gradient = try model.logDensity(at: position).gradient
                promise(gradient.count == model.dimension, "a gradient of another size")
            } catch {
                promisePlace(error, in: source)
            }
            var values: [Double] = []
            do {
                try model.writeOutputs(
                    at: position, generator: RandomGenerator(StreamKey(seed: 1)), into: &values)
                promise(values.count == model.outputNames.count, "a draw of another size")
            } catch {
                promisePlace(error, in: source)
            }
        }
    } catch {
        promisePlace(error, in: source)
    }
}

private func promisePlace(_ error: any Error, in source: SourceText) {
    if let error = error as? Diagnostic {
        if error.source === source { promisePlaces([error], in: source) }
    }
    _ = "\(error)"
}

private func json(_ bytes: [UInt8]) throws -> JSONValue {
    let text = SourceText(name: "data", bytes: bytes)
    return RDump.looksLike(text) ? try RDump.parse(text) : try JSONValue.parse(text)
}

/// Data is read or refused at a place inside it.
private func readData(_ source: SourceText) {
    do {
        _ = try json(source.bytes)
    } catch let error as Diagnostic {
        promisePlaces([error], in: source)
    } catch {
        fatalError("another error: \(error)")
    }
}

/// Counts how often the evaluator asks whether it must stop.
private final class Steps: @unchecked Sendable {
    private var left: Int

    init(limit: Int) { left = limit }

    var isExhausted: @Sendable () -> Bool {
        { [self] in
            left -= 1
            return left < 0
        }
    }
}
