// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import DataFrames

private let small = """
    name,height,n,ok,zip
    Ann,1.71,3,true,02134
    Bob,NA,4,false,90210
    Cy,1.8,,true,10001
    Ann,1.65,1,,02134
    """

@Suite struct DataFrameTests {
    @Test func typesAndMissingValues() throws {
        let frame = try DataFrame(csvText: small, name: "small.csv")
        #expect(frame.columns.map(\.type) == [.text, .number, .integer, .boolean, .text])
        #expect(frame.rowCount == 4)
        #expect(try frame.numbers("height") == [1.71, 1.8, 1.65])
        #expect(try frame.numbers("height", missing: .nan)[1].isNaN)
        #expect(try frame.numbers("n") == [3, 4, 1])
        #expect(try frame.numbers("ok") == [1, 0, 1])
        #expect(try frame["zip"][0] == .text("02134"))
        #expect(try frame.numbers("zip") == [2134, 90210, 10001, 2134])
        #expect(try frame.completeNumbers(["height", "n"]) == [[1.71, 1.65], [3, 1]])
        let notes = frame.origin?.notes.map(\.description) ?? []
        #expect(notes.contains("height: \"NA\" read as missing (1: line 3)"))
        #expect(notes.contains("n: empty cells read as missing (1: line 4)"))
        #expect(notes.contains("zip: integers with leading zeros, kept as text (2)"))
    }

    @Test func aMisspelledColumnGetsASuggestion() throws {
        let frame = try DataFrame(csvText: small, name: "small.csv")
        let error = #expect(throws: Diagnostic.self) { try frame.column("heigth") }
        #expect(error?.help == "did you mean `height`?")
        #expect(error?.message == "there is no column `heigth` in small.csv")
        #expect(throws: Diagnostic.self) { try frame.numbers("name") }
        #expect(throws: Diagnostic.self) { try frame.group(by: "nam") }
        #expect(throws: Diagnostic.self) { try frame.describe(["nope"]) }
        #expect(throws: Diagnostic.self) { try frame.sorted(by: "nope") }
    }

    @Test func filtersSelectsGroupsAndSorts() throws {
        let frame = try DataFrame(csvText: small, name: "small.csv")
        let tall = try frame.filter { try $0["height"].number ?? 0 > 1.7 }
        #expect(tall.rowCount == 2)
        #expect(tall.origin?.line(ofRow: 1) == 4)
        let groups = try frame.group(by: "name")
        #expect(groups.map(\.label) == ["Ann", "Bob", "Cy"])
        #expect(groups[0].frame.rowCount == 2)
        #expect(try frame.sorted(by: "height")["name"].texts == ["Ann", "Ann", "Cy", "Bob"])
        #expect(
            try frame.sorted(by: "n", descending: true).numbers("n") == [4, 3, 1])
        #expect(try frame.select("n", "name").names == ["n", "name"])
        #expect(try frame.select(rows: [2, 0])["name"].texts == ["Cy", "Ann"])
        #expect(throws: ParameterError.self) { try frame.select(rows: [4]) }
        #expect(throws: ParameterError.self) { try frame.filter([true]) }
        #expect(throws: (any Error).self) { try frame.select("n", "n") }
        #expect(frame.prefix(-3).rowCount == 0 && frame.prefix(99).rowCount == 4)
        #expect(frame.droppingMissing().rowCount == 1)
        let wider = try frame.with(Column(name: "x", [1, 2, 3, 4]))
        #expect(wider.names.last == "x")
        #expect(throws: ParameterError.self) { try frame.with(Column(name: "x", [1.0])) }
    }

    @Test func framesAreMadeFromArrays() throws {
        let frame = try DataFrame(["x": [1, 2], "y": [0.5, .nan]])
        #expect(frame.names == ["x", "y"] && frame.rowCount == 2)
        #expect(try frame.column("y").missingCount == 1)
        #expect(throws: ParameterError.self) { try DataFrame(["x": [1], "y": [1, 2]]) }
        #expect(throws: ParameterError.self) { try DataFrame(["x": [1], "x": [1]]) }
    }

    @Test func writesWhatItReads() throws {
        let frame = try DataFrame([
            Column(name: "a,\"b\"", ["x\ny", "say \"hi\"", " lead", "é"]),
            Column(name: "v", [0.1, 1e-300, .nan, 1.0 / 3]),
            Column(name: "i", .integers([1, nil, .max, .min])),
            Column(name: "b", .booleans([true, false, nil, true])),
        ])
        var again = try DataFrame(csvText: frame.csvText())
        again.origin = nil
        #expect(again.names == frame.names)
        #expect(again.columns[0] == frame.columns[0])
        #expect(again.columns[2...] == frame.columns[2...])
        #expect(try again.numbers("v") == [0.1, 1e-300, 1.0 / 3])
    }

    @Test func detectsDialects() throws {
        func read(_ text: String) throws -> DataFrame { try DataFrame(csvText: text) }
        #expect(try read("1,2\n3,4\n").names == ["column1", "column2"])
        #expect(try read("a,b\n3,4\n").names == ["a", "b"])
        #expect(try read("city,2019,2020\nOslo,1.5,2\n").names == ["city", "2019", "2020"])
        let german = try read("x;y\n1,5;a\n-0,75;b\n")
        #expect(try german.numbers("x") == [1.5, -0.75])
        #expect(
            german.origin?.dialect.description
                == "semicolon-separated, with a header, decimal comma")
        #expect(try read("x;y\n1.5;1,2,3\n").numbers("x") == [1.5])
        let options = CSVOptions(delimiter: "é")
        #expect(throws: ParameterError.self) { try DataFrame(csvText: "a", options: options) }
    }

    // A header of 50,000 equal names takes no time worth mentioning.
    @Test func columnsOfTheSameName() throws {
        let header = [String](repeating: "a", count: 50_000).joined(separator: ",")
        let frame = try DataFrame(csvText: header + "\n")
        #expect(
            frame.names[0] == "a" && frame.names[1] == "a_2" && frame.names[49_999] == "a_50000")
        #expect(try DataFrame(csvText: "a,a,a_2,\n").names == ["a", "a_3", "a_2", "column4"])
    }

    @Test func shortRowsCanBeFilled() throws {
        var options = CSVOptions()
        options.shortRows = .fillWithMissing
        let frame = try DataFrame(csvText: "a,b\n1\n2,3\n", options: options)
        #expect(try frame.column("b")[0] == .missing)
        #expect(frame.origin?.notes.last?.lines == [2])
        #expect(throws: Diagnostic.self) {
            try DataFrame(csvText: "a,b\n1,2,3\n", options: options)
        }
    }

    @Test func numbersAmongTextsAreNoted() throws {
        let text = "x\n" + (1...20).map(String.init).joined(separator: "\n") + "\noops\n"
        let frame = try DataFrame(csvText: text)
        #expect(frame.columns[0].type == .text)
        #expect(
            frame.origin?.notes.first?.description
                == "x: text, because of cells that are not numbers, such as \"oops\" (1: line 22)")
        let error = #expect(throws: Diagnostic.self) { try frame.numbers("x") }
        #expect(error?.message.contains("row 20") == true)
    }

    @Test func filesThatCannotBeRead() {
        // In a folder that is there, a folder that nobody has made.
        let path = "Tests/no-such-folder-\(UInt64.random(in: 0...UInt64.max))/x.csv"
        let missing = #expect(throws: Diagnostic.self) { try DataFrame(csv: path) }
        #expect(missing?.message == "cannot read \(path): No such file or directory")
        let folder = #expect(throws: Diagnostic.self) { try DataFrame(csv: "/") }
        #expect(folder?.message == "cannot read /: Is a directory")
        #expect(throws: Diagnostic.self) {
            try DataFrame(["x": [1]]).writeCSV(to: path)
        }
    }

    @Test func markdownTables() throws {
        let frame = try DataFrame([
            Column(name: "who", ["a|b", "c\nd"]), Column(name: "x", [1.5, 0.30000000000000004]),
        ])
        #expect(
            frame.markdown() == """
                | who  |   x |
                | ---- | ---:|
                | a\\|b | 1.5 |
                | c d  | 0.3 |
                """)
        let long = try DataFrame(["x": Array(stride(from: 0.0, to: 100, by: 1))])
        #expect(long.markdown(maximumRows: 8).hasSuffix("100 rows, of which 92 not shown"))
    }
}
