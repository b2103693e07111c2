// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import DataFrames

private let folder =
    String(#filePath.prefix(upTo: #filePath.range(of: "Tests/DataFramesTests")))
    + "Tests/Reference/csv/"

extension String {
    fileprivate func range(of part: String) -> String.Index {
        var index = startIndex
        while index < endIndex, !self[index...].hasPrefix(part) { index = self.index(after: index) }
        return index
    }
}

/// One case of the manifest.
struct ManifestCase: CustomTestStringConvertible, Sendable {
    let json: JSONValue
    var id: String { json["id"]?.string ?? "?" }
    var testDescription: String { id }
    var accept: [String] { (json["accept"]?.array ?? []).compactMap(\.string) }

    static let all: [ManifestCase] = {
        guard let bytes = try? TextFile.read(folder + "manifest.json"),
            let manifest = try? JSONValue.parse(SourceText(name: "manifest.json", bytes: bytes))
        else { return [] }
        return (manifest.array ?? []).map { ManifestCase(json: $0) }
    }()

    func bytes() throws -> [UInt8] {
        if id == "very_long_field" {
            return Array(("a,b\n1," + String(repeating: "x", count: 1_000_000) + "\n2,y\n").utf8)
        }
        return try TextFile.read(folder + (json["file"]?.string ?? ""))
    }

    /// The options of the case's dialect.
    func options(asText: Bool) -> CSVOptions {
        var options = CSVOptions()
        let dialect = json["dialect"]
        options.delimiter = dialect?["delimiter"]?.string?.first
        options.quote = dialect?["quote"]?.string?.first
        options.decimal = dialect?["decimal"]?.string?.first
        options.thousands = dialect?["thousands"]?.string?.first
        options.comment = dialect?["comment"]?.string?.first
        options.header = dialect?["header"]?.bool
        options.readsTypes = !asText
        return options
    }
}

@Suite struct CSVManifestTests {
    @Test func theManifestIsThere() { #expect(ManifestCase.all.count == 68) }

    /// The errors that are the documented outcome, with the line they name.
    static let errors: [String: (code: String, line: Int?)] = [
        "invalid_utf8": ("csv/encoding", 2), "nul_byte": ("csv/nul", 2),
        "ragged_short": ("csv/ragged", 2), "ragged_long": ("csv/ragged", 2),
        "ragged_after_multiline": ("csv/ragged", 5), "empty_file": ("csv/empty", nil),
        "only_newlines": ("csv/empty", nil), "only_bom": ("csv/empty", nil),
        "text_after_closing_quote": ("csv/text-after-quote", 2),
        "unterminated_quote": ("csv/unterminated-quote", 2),
        "lone_quote_at_eof": ("csv/unterminated-quote", 2),
        "header_longer_than_rows": ("csv/ragged", 2),
    ]

    @Test(arguments: ManifestCase.all)
    func comesOutAsListed(_ item: ManifestCase) throws {
        let bytes = try item.bytes()
        let frame: DataFrame
        do {
            frame = try DataFrame(
                csvBytes: bytes, name: "t.csv", options: item.options(asText: true))
        } catch let error as Diagnostic {
            let expected = try #require(Self.errors[item.id], "\(item.id): \(error)")
            #expect(item.accept.contains { $0.hasPrefix("error") })
            #expect(error.code == expected.code)
            if let line = expected.line {
                #expect(error.place?.hasPrefix("t.csv:\(line):") == true, "\(error)")
            }
            return
        }
        #expect(Self.errors[item.id] == nil, "an error was expected")
        let json = item.json
        if let header = json["header"]?.array, item.id != "duplicate_headers" {
            let names = zip(frame.names, header).map { $1 == "" ? "" : $0 }
            #expect(names == header.compactMap(\.string))
            #expect(frame.columns.count == header.count)
        }
        if let rows = json["rows"]?.array {
            let found = (0..<frame.rowCount).map { row in
                frame.columns.map { $0[row] == .missing ? nil : $0[row].description }
            }
            #expect(found == rows.map { ($0.array ?? []).map(\.string) })
        }
        if let count = json["rowCount"]?.integer { #expect(frame.rowCount == count) }
        if let count = json["columnCount"]?.integer { #expect(frame.columns.count == count) }

        let typed = try DataFrame(
            csvBytes: bytes, name: "t.csv", options: item.options(asText: false))
        #expect(typed.rowCount == frame.rowCount && typed.names == frame.names)
        if item.id != "hex_floats" {  // kept as text, as the README says
            for (name, numbers) in json["numbers"]?.object?.members ?? JSONObject().members {
                let found = try typed.numbers(name, missing: .nan)
                let expected = (numbers.array ?? []).map {
                    $0.double ?? $0.string.flatMap(Double.init) ?? .nan
                }
                #expect(found.count == expected.count)
                for (a, b) in zip(found, expected) {
                    #expect(a.bitPattern == b.bitPattern || a.isNaN && b.isNaN, "\(name): \(a)")
                }
            }
        }
        if let types = json["types"]?.array {
            for (column, type) in zip(typed.columns, types) {
                #expect((type == "string") == (column.type == .text), "\(column.name)")
            }
        }
    }

    /// The delimiter is found wherever a person would find it.
    @Test(arguments: [
        ("plain", Character(",")), ("semicolon_decimal_comma", ";"), ("tab_separated", "\t"),
        ("quoted_newline", ","), ("many_columns", ","), ("cr_only", ","), ("bom_utf8", ","),
        ("thousands_quoted", ","), ("header_only", ","),
        ("ragged_after_multiline", ","), ("type_change_late", ","),
    ])
    func findsTheDelimiter(id: String, delimiter: Character) throws {
        let item = try #require(ManifestCase.all.first { $0.id == id })
        var options = CSVOptions()
        options.shortRows = .fillWithMissing
        let frame = try DataFrame(csvBytes: try item.bytes(), options: options)
        if frame.columns.count > 1 { #expect(frame.origin?.dialect.delimiter == delimiter) }
        #expect(frame.columns.count == item.json["header"]?.array?.count ?? frame.columns.count)
    }

    /// Every file cut at every one of its first bytes, and with bytes changed:
    /// an answer or a diagnostic, never a crash.
    @Test(arguments: ManifestCase.all)
    func survivesDamage(_ item: ManifestCase) throws {
        let bytes = Array(try item.bytes().prefix(300))
        for end in bytes.indices { read(Array(bytes[..<end])) }
        for position in bytes.indices.prefix(60) {
            for byte: UInt8 in [0x22, 0x2C, 0x0A, 0x0D, 0, 0xC3, 0x3B, 0x1A] {
                var changed = bytes
                changed[position] = byte
                read(changed)
            }
        }
    }

    @Test func aDelimiterIsNotAQuote() {
        #expect(throws: ParameterError.self) {
            try DataFrame(
                csvBytes: Array("a\"b\n1\"2\n".utf8), options: CSVOptions(delimiter: "\""))
        }
    }

    /// A note a column, and still described in passing time.
    @Test func manyNamelessColumns() throws {
        let line = String(repeating: ",", count: 50_000) + "\n"
        let frame = try DataFrame(csvBytes: Array((line + line).utf8))
        #expect(frame.columns.count == 50_001)
        #expect(try frame.describe().notes.count == frame.origin?.notes.count)
    }

    private func read(_ bytes: [UInt8]) {
        do {
            let frame = try DataFrame(csvBytes: bytes)
            #expect(frame.columns.allSatisfy { $0.count == frame.rowCount })
        } catch {
            #expect(error is Diagnostic, "\(error)")
            #expect("\(error)".isEmpty == false)
        }
    }
}
