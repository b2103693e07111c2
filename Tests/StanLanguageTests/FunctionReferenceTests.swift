// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Foundation
import Testing

@testable import StanLanguage

/// The library's functions, signature by signature, against 30-digit arithmetic or
/// Stan Math at 20 points and more with edges: `Tests/Reference/stan-functions`.
///
/// With `BUFFON_FUNCTION_TABLE=FILE` in the environment the table of worst errors
/// that stands there is written anew.
@Suite struct FunctionReferenceTests {
    struct Row {
        var points = 0
        var valueError = 0.0
        var slopeError = 0.0
        var references: Set<String> = []
    }

    static let folder = ModelReferenceTests.folder.deletingLastPathComponent()
        .appending(path: "stan-functions")

    /// Weighs the entries of a result by numbers of both signs.
    static let blocks = """
        functions {
          real weigh(vector x) {
            real total = 0;
            for (i in 1:size(x)) {
              total += (0.4 + 0.05 * i - 1.5 * (i % 3 == 1) + 0.3 * (i % 4)) * x[i];
            }
            return total;
          }
        }
        """

    static func number(_ json: JSONValue) -> Double {
        json.double ?? json.string.flatMap(Double.init) ?? .nan
    }

    @Test func everySignatureAgrees() throws {
        let text = try Data(contentsOf: Self.folder.appending(path: "points.json"))
        let reference = try JSONValue.parse(
            SourceText(name: "points.json", bytes: Array(text)))
        let cases = try #require(reference["cases"]?.array)
        #expect(cases.count >= 500)
        var rows: [String: Row] = [:]
        for c in cases {
            let signature = try #require(c["signature"]?.string)
            let body = try #require(c["body"]?.string)
            let count = try #require(c["count"]?.double)
            let program = try StanProgram.parse(
                SourceText(
                    name: "function.stan",
                    text: Self.blocks
                        + "parameters { vector[\(Int(count))] z; } model { \(body) }"))
            let model = try StanModel(program: program, data: [:])
            for point in try #require(c["points"]?.array) {
                let parts = try #require(point.array)
                let position = (parts[0].array ?? []).map(Self.number)
                let value = Self.number(parts[1])
                let slopes = (parts[2].array ?? []).map(Self.number)
                let found = try model.logDensity(at: position)
                // What rounding the arguments alone does to the value.
                var condition = 0.0
                for (x, slope) in zip(position, slopes) where slope.isFinite {
                    condition += abs(x * slope)
                }
                let room = max(1e-12 * abs(value), 8 * .ulpOfOne * condition)
                let error = abs(found.value - value)
                #expect(
                    found.value == value || error <= room,
                    "\(signature) is \(found.value), not \(value), at \(position): \(body)")
                var row = rows[signature] ?? Row()
                row.points += 1
                row.references.insert(parts.count > 3 ? parts[3].string ?? "" : "mpmath")
                if found.value != value {
                    row.valueError = max(
                        row.valueError,
                        error <= 8 * .ulpOfOne * condition
                            ? min(error / abs(value), 1e-12) : error / abs(value))
                }
                let scale = slopes.filter(\.isFinite).map(abs).max() ?? 0
                for (i, pair) in zip(found.gradient, slopes).enumerated() {
                    if pair.0 == pair.1 { continue }
                    let size = max(abs(pair.1), 1e-3 * scale)
                    let error = abs(pair.0 - pair.1) / size
                    #expect(
                        error <= 1e-9,
                        """
                        the derivative \(i + 1) of \(signature) is \(pair.0), not \(pair.1), at \
                        \(position): \(body)
                        """)
                    row.slopeError = max(row.slopeError, error)
                }
                rows[signature] = row
            }
        }
        if let path = ProcessInfo.processInfo.environment["BUFFON_FUNCTION_TABLE"] {
            try Self.write(rows, to: path)
        }
    }

    private static func write(_ rows: [String: Row], to path: String) throws {
        func short(_ x: Double) -> String { x == 0 ? "0" : String(format: "%.0e", x) }
        var text = "signature;points;worst error of value;worst error of derivatives;reference\n"
        for (signature, row) in rows.sorted(by: { $0.key < $1.key }) {
            text += "\(signature);\(row.points);\(short(row.valueError));"
            text += "\(short(row.slopeError));"
            text += row.references.sorted().joined(separator: " and ") + "\n"
        }
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}
