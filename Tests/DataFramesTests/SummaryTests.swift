// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import DataFrames

private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    a == b || abs(a - b) <= tolerance * max(abs(a), abs(b)) || (a.isNaN && b.isNaN)
}

@Suite struct SummaryTests {
    // Whatever the order and the grouping, the same moments.
    @Test func momentsMergeToTheMomentsOfAll() {
        var state: UInt64 = 7
        let numbers = (0..<1000).map { _ -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let u = Double(state >> 11) / 9007199254740992
            return 1e6 + u * u * u
        }
        let whole = Moments(numbers)
        for cut in [0, 1, 2, 500, 999, 1000] {
            var merged = Moments(numbers[..<cut])
            merged.merge(Moments(numbers[cut...]))
            #expect(merged.count == whole.count)
            #expect(merged.minimum == whole.minimum && merged.maximum == whole.maximum)
            #expect(isClose(merged.mean, whole.mean, 1e-15))
            #expect(isClose(merged.variance, whole.variance))
            #expect(isClose(merged.skewness, whole.skewness, 1e-10))
            #expect(isClose(merged.excessKurtosis, whole.excessKurtosis, 1e-10))
        }
        // Two passes, straight from the definition, about the true mean.
        let shifted = numbers.map { $0 - 1e6 }
        let n = Double(numbers.count)
        let mean = shifted.reduce(0, +) / n
        let m = (2...4).map { k in
            shifted.map { x in (0..<k).reduce(1.0) { p, _ in p * (x - mean) } }.reduce(0, +) / n
        }
        #expect(isClose(whole.variance, m[0] * n / (n - 1)))
        #expect(isClose(whole.skewness, m[1] / (m[0] * m[0].squareRoot()), 1e-11))
        #expect(isClose(whole.excessKurtosis, m[2] / (m[0] * m[0]) - 3, 1e-11))
    }

    @Test func momentsOfFewNumbers() {
        #expect(Moments().mean.isNaN && Moments().variance.isNaN)
        #expect(Moments([3]).mean == 3 && Moments([3]).variance.isNaN)
        #expect(Moments([3, 3]).variance == 0 && Moments([3, 3]).skewness.isNaN)
        #expect(Moments([1, .nan]).mean.isNaN)
        #expect(Moments([1, .nan]).minimum.isNaN)
    }

    @Test func describesColumns() throws {
        let frame = try DataFrame(
            csvText: "g,x\na,1\nb,2\na,3\nb,NA\na,4\n", name: "d.csv")
        let description = try frame.describe()
        #expect(description.groups.count == 1)
        let x = try #require(description.groups[0].columns.last?.numbers)
        #expect(x.fiveNumbers == [1, 1.75, 2.5, 3.25, 4])
        #expect(x.moments.mean == 2.5)
        let text = description.description
        #expect(text.hasPrefix("d.csv: 5 rows, 2 columns (comma-separated, with a header)\n"))
        #expect(text.contains("| x      | integer |       1 | 2.50 ± 0.65 | 1.291 |"))
        #expect(text.contains("| g      | text |       0 |        2 | a (3), b (2)  |"))
        #expect(text.hasSuffix("- x: \"NA\" read as missing (1: line 5)"))
        let grouped = try frame.describe(by: ["g"])
        #expect(grouped.groups.map(\.label) == ["a", "b"])
        #expect(grouped.description.contains("| x      | b   |    2 | integer |       1 |"))
        let table = grouped.table
        #expect(table.rowCount == 2 && table.names.prefix(3) == ["column", "group", "type"])
        #expect(try table.numbers("mean") == [8.0 / 3, 2])
        #expect(try DataFrame(csvText: table.csvText()).rowCount == 2)
        let robust = try frame.describe(["x"], robust: true).description
        #expect(robust.contains("scaled MAD"))
        #expect(description.json["columns"]?[1]?["mean"] == .number(2.5))
        #expect(grouped.json["groups"]?[0]?["label"] == "a")
    }

    @Test func describesStrangeColumns() throws {
        let frame = try DataFrame(
            csvText: "empty,inf,same,one\n,inf,2,\n,-inf,2,5\n,1,2,\n", name: "d.csv")
        let description = try frame.describe()
        #expect(description.groups[0].columns.map(\.missingCount) == [3, 0, 0, 2])
        #expect(!description.description.isEmpty)
        #expect(try JSONValue.parse(SourceText(name: "j", text: description.json.text())) != .null)
        let headerOnly = try DataFrame(csvText: "a,b\n").describe()
        #expect(headerOnly.rowCount == 0)
        #expect(headerOnly.description.contains("0 rows"))
    }

    @Test(arguments: [
        (3.14159, 0.0075, "3.1416 ± 0.0075"), (3.14159, 0.0996, "3.14 ± 0.10"),
        (12345.6, 123, "12350 ± 120"), (0.5, 0, "0.5 ± 0"), (1e-20, 1e-21, "1e-20 ± 1e-21"),
        (-2.5, 1.3, "-2.5 ± 1.3"), (100, 9.96, "100 ± 10"),
    ])
    func valuesWithErrors(value: Double, error: Double, text: String) {
        #expect(NumberText.value(value, standardError: error) == text)
    }

    @Test func blocksShowTheShape() throws {
        let summary = try #require(NumberSummary([0, 1, 1, 1, 1, 2, 2, 10]))
        #expect(summary.blocks == "▂▇▄      ▂")
        #expect(NumberSummary([2, 2])?.blocks == "")
        #expect(NumberSummary([]) == nil)
    }
}
