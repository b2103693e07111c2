// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Foundation
import Randomness
import Testing

@testable import StanLanguage

/// Programs in the styles that people write, old syntax among them, against
/// stanli and Stan: `Tests/Reference/stan/corpus/make_references.py` made the
/// table.
@Suite struct CorpusTests {
    static let folder = ModelReferenceTests.folder.appending(path: "corpus")

    static let references: [String: JSONValue] = {
        guard let data = try? Data(contentsOf: folder.appending(path: "references.json")),
            let table = try? JSONValue.parse(SourceText(name: "references", bytes: Array(data)))
        else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: (table.object?.names ?? []).compactMap { name in
                table[name].map { (name, $0) }
            })
    }()

    static let names = references.keys.sorted()

    static func text(_ name: String) throws -> SourceText {
        try ModelReferenceTests.text("corpus/\(name).stan")
    }

    static let old = names.filter { (try? text($0 + "_old")) != nil }

    @Test func thereAreManyPrograms() {
        #expect(Self.names.count >= 150)
        #expect(Self.old.count >= 12)
    }

    @Test(arguments: names)
    func agrees(_ name: String) throws {
        let program = try StanProgram.parse(try Self.text(name))
        #expect(!program.warnings.contains { $0.code == "stan/deprecated" })
        try compare(program, name)
    }

    @Test(arguments: old)
    func oldSyntaxGivesTheSame(_ name: String) throws {
        let program = try StanProgram.parse(try Self.text(name + "_old"))
        #expect(program.warnings.contains { $0.code == "stan/deprecated" })
        try compare(program, name)
    }

    /// A program, the same in old syntax, and that one upgraded give the same numbers to
    /// the last bit.
    @Test(arguments: names)
    func agreesWithItsOldTwin(_ name: String) throws {
        let today = try Self.text(name)
        let rewritten = OldSyntax(today)
        // A few lines have nothing that changed.
        if rewritten.kinds.isEmpty { return }
        let old = SourceText(name: "old", text: rewritten.text)
        let outdated = try StanProgram.parse(old)
        #expect(outdated.warnings.contains { $0.code == "stan/deprecated" })
        let upgraded = try StanProgram.upgrade(old)
        let renewed = try StanProgram.parse(SourceText(name: "new", text: upgraded.text))
        #expect(!renewed.warnings.contains { $0.code == "stan/deprecated" })
        let expected = try bits(try StanProgram.parse(today), name)
        #expect(try bits(outdated, name) == expected)
        #expect(try bits(renewed, name) == expected)
    }

    @Test func nearlyAllHaveAnOldTwin() throws {
        var kinds: [String: Int] = [:]
        for name in Self.names {
            for kind in OldSyntax(try Self.text(name)).kinds { kinds[kind, default: 0] += 1 }
        }
        #expect(kinds["array", default: 0] > 100)
        #expect(kinds["<-", default: 0] > 70)
        #expect(kinds["increment_log_prob", default: 0] > 40)
        #expect(kinds["_log", default: 0] > 40)
    }

    /// Log densities, gradients and draws at the points of the reference.
    private func bits(_ program: StanProgram, _ name: String) throws -> [UInt64] {
        let reference = try #require(Self.references[name])
        let model = try StanModel(program: program, data: try #require(reference["data"]))
        var numbers: [Double] = []
        for point in try #require(reference["points"]?.array) {
            let position = try #require(point["position"]?.doubles)
            let found = try model.logDensity(at: position)
            numbers += [found.value] + found.gradient
            var outputs: [Double] = []
            try model.writeOutputs(
                at: position, generator: .init(StreamKey(seed: 1)), into: &outputs)
            numbers += outputs
        }
        return numbers.map(\.bitPattern)
    }

    private func compare(_ program: StanProgram, _ name: String) throws {
        let reference = try #require(Self.references[name])
        let model = try StanModel(program: program, data: try #require(reference["data"]))
        let bound = reference["bound"]?.double ?? 1e-9
        var first: (found: Double, expected: Double)?
        for point in try #require(reference["points"]?.array) {
            let position = try #require(point["position"]?.doubles)
            let expected = try #require(point["log_density"]?.double)
            let gradient = try #require(point["gradient"]?.doubles)
            try #require(position.count == model.dimension)
            let found = try model.logDensity(at: position)
            // Stan drops fewer constants: those with variables as arguments stay.
            let origin = first ?? (found.value, expected)
            first = origin
            let difference = (found.value - origin.found) - (expected - origin.expected)
            let size = max(abs(expected), abs(origin.expected), 1e-3)
            #expect(abs(difference) <= bound * size, "log densities differ by \(difference)")
            let scale = gradient.map(\.magnitude).max() ?? 0
            for (i, pair) in zip(found.gradient, gradient).enumerated() {
                #expect(
                    abs(pair.0 - pair.1) <= bound * max(abs(pair.1), 1e-3 * scale, 1e-3),
                    "entry \(i) of the gradient is \(pair.0), not \(pair.1)")
            }
            var outputs: [Double] = []
            try model.writeOutputs(
                at: position, generator: .init(StreamKey(seed: 1)), into: &outputs)
            #expect(outputs.count == model.outputNames.count)
        }
    }
}
