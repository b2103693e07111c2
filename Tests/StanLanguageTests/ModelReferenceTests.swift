// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Foundation
import Testing

@testable import StanLanguage

/// Programs of our own against an independent implementation (stanli 0.24):
/// log densities and gradients at unconstrained points, and column names.
/// `Tests/Reference/stan/make_references.py` made the tables.
@Suite struct ModelReferenceTests {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Reference/stan")

    static let programs: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }()

    static func text(_ name: String) throws -> SourceText {
        let data = try Data(contentsOf: folder.appending(path: name))
        return SourceText(name: name, bytes: Array(data))
    }

    @Test func thereAreManyPrograms() { #expect(Self.programs.count >= 45) }

    @Test(arguments: programs)
    func agrees(_ name: String) throws {
        let reference = try JSONValue.parse(try Self.text(name + ".json"))
        let program = try StanProgram.parse(try Self.text(name + ".stan"))
        let model = try StanModel(program: program, data: try #require(reference["data"]))
        let columns = try #require(reference["columns"]?.array).compactMap(\.string).map {
            $0.replacingOccurrences(of: "[", with: ".").replacingOccurrences(of: ",", with: ".")
                .replacingOccurrences(of: "]", with: "")
        }
        #expect(Array(model.outputNames.prefix(columns.count)) == columns)
        let points = try #require(reference["points"]?.array)
        #expect(points.count >= 4)
        // Differential equations: both sides integrate with steps of their own.
        let bound = reference["bound"]?.double ?? 1e-9
        for point in points {
            let position = try #require(point["position"]?.doubles)
            let expected = try #require(point["log_density"]?.double)
            let gradient = try #require(point["gradient"]?.doubles)
            #expect(position.count == model.dimension)
            let found = try model.logDensity(at: position)
            #expect(
                isClose(found.value, expected, bound), "log density \(found.value), not \(expected)"
            )
            let scale = gradient.map(\.magnitude).max() ?? 0
            for (i, pair) in zip(found.gradient, gradient).enumerated() {
                #expect(
                    abs(pair.0 - pair.1) <= bound * max(abs(pair.1), 1e-3 * scale, 1e-3),
                    "entry \(i) of the gradient is \(pair.0), not \(pair.1)")
            }
        }
    }
}

/// Agreement relative to the size of the expected value.
func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    a == b || abs(a - b) <= tolerance * max(abs(b), 1e-3) || (a.isNaN && b.isNaN)
}
