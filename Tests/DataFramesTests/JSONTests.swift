// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import DataFrames

private func parse(_ text: String) throws(Diagnostic) -> JSONValue {
    try JSONValue.parse(SourceText(name: "t.json", text: text))
}

@Suite struct JSONTests {
    @Test func keepsOrderAndIntegersApartFromNumbers() throws {
        let value = try parse(#"{"z": 1, "a": 1.0, "m": [1e2, -3, true, null, "x"]}"#)
        #expect(value.object?.names == ["z", "a", "m"])
        #expect(value["z"] == .integer(1))
        #expect(value["a"] == .number(1))
        #expect(value["m"] == [100.0, -3, true, nil, "x"])
        #expect(value["m"]?[7] == nil)
        #expect(value["z"]?.double == 1)
    }

    @Test func acceptsStansNonFiniteNumbers() throws {
        let value = try parse(#"[NaN, Infinity, -Infinity, "NaN", "Inf", "-Inf"]"#)
        #expect(value[0]?.double?.isNaN == true)
        #expect(value[1] == .number(.infinity))
        #expect(value[2] == .number(-.infinity))
        #expect(value[3] == "NaN" && value[4] == "Inf" && value[5] == "-Inf")
        #expect(value.text() == #"["NaN","Inf","-Inf","NaN","Inf","-Inf"]"#)
        #expect(value.text(nonFinite: .words).hasPrefix("[NaN,Infinity,-Infinity,"))
    }

    @Test(arguments: [
        ("9223372036854775807", JSONValue.integer(.max)),
        ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number(9.223372036854775808e18)),
        ("-0", .number(-0.0)),
        ("0.1", .number(0.1)),
        ("123456789012345678901234567890e-10", .number(12345678901234567890.123456789)),
        ("4.9e-324", .number(.leastNonzeroMagnitude)),
        ("2.4e-324", .number(0)),
        ("2.2250738585072011e-308", .number(.leastNormalMagnitude.nextDown)),
        ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
        ("8.5e-23", .number(8.5e-23)),
        (#""\u00e9\ud83d\udc69\/\n""#, "é👩/\n"),
    ])
    func reads(text: String, expected: JSONValue) throws {
        let value = try parse(text)
        #expect(value == expected)
        if case .number(let x) = expected { #expect(value.double?.bitPattern == x.bitPattern) }
    }

    @Test(arguments: [
        ("", 1, 1), ("[1,]", 1, 3), ("[1 2]", 1, 4), ("{\"a\":1,\n \"a\":2}", 2, 2),
        ("{a: 1}", 1, 2), ("[01]", 1, 2), ("[1.]", 1, 2), ("[.5]", 1, 2), ("[+1]", 1, 2),
        ("[1e]", 1, 2), ("[-]", 1, 2), ("[1e999]", 1, 2), ("[\n1", 1, 1), ("\"ab\ncd\"", 1, 1),
        ("\"\\x\"", 1, 2), ("\"\\ud800\"", 1, 2), ("\"\\u12g4\"", 1, 2), ("[1]x", 1, 4),
        ("[True]", 1, 2), ("{\"a\" 1}", 1, 6), ("[-Inf]", 1, 2), ("{", 1, 1), ("\"\\", 1, 2),
        ("{\"a\":}", 1, 6), ("nul", 1, 1), ("[1-2]", 1, 2), ("[--1]", 1, 2),
    ])
    func refuses(text: String, line: Int, column: Int) throws {
        let error = #expect(throws: Diagnostic.self) { try parse(text) }
        #expect(error?.place == "t.json:\(line):\(column)", "\(text): \(error.debugDescription)")
        #expect(error?.code == "json/syntax")
    }

    @Test func deepNestingIsAnErrorNotACrash() throws {
        let deep = String(repeating: "[", count: 100_000)
        let error = #expect(throws: Diagnostic.self) { try parse(deep) }
        #expect(error?.message.contains("nested deeper than 512") == true)
        let fine = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        #expect(try parse(fine).array != nil)
    }

    @Test func invalidUTF8IsAnError() {
        let source = SourceText(name: "t", bytes: [0x22, 0xFF, 0x22])
        #expect(throws: Diagnostic.self) { try JSONValue.parse(source) }
    }

    @Test func everyBrokenPrefixIsAnErrorNotACrash() throws {
        let text = #"{"a": [1, -2.5e3, true, "x\u00e9\n", {"b": null}], "c": NaN}"#
        let bytes = Array(text.utf8)
        for end in 0..<bytes.count {
            let source = SourceText(name: "t", bytes: Array(bytes[..<end]))
            #expect(throws: Diagnostic.self) { try JSONValue.parse(source) }
        }
        // Any single byte replaced: an answer or a diagnostic.
        for position in bytes.indices {
            for byte: UInt8 in [0, 0x22, 0x5C, 0x2C, 0x5D, 0x7D, 0xFF, 0x2D] {
                var broken = bytes
                broken[position] = byte
                _ = try? JSONValue.parse(SourceText(name: "t", bytes: broken))
            }
        }
    }

    static let numberArrays: [(String, [JSONValue])] = [
        ("[]", []),
        ("[1, 2, -3]", [.integer(1), .integer(2), .integer(-3)]),
        ("[1.5, 2.0]", [.number(1.5), .number(2)]),
        ("[1, 2.0, 3, NaN]", [.integer(1), .number(2), .integer(3), .number(.nan)]),
        ("[2.0, 1]", [.number(2), .integer(1)]),
        ("[9007199254740993, 1]", [.integer(9_007_199_254_740_993), .integer(1)]),
        ("[1, 2.5, \"NaN\", [3], 4]", [.integer(1), .number(2.5), "NaN", [3], .integer(4)]),
    ]

    @Test(arguments: numberArrays)
    func arraysOfNumbers(text: String, expected: [JSONValue]) throws {
        let value = try parse(text)
        let elements = try #require(value.array)
        #expect(value.elementCount == expected.count)
        #expect(JSONValue.array(elements).text() == JSONValue.array(expected).text())
        for (i, element) in expected.enumerated() where element.double?.isNaN != true {
            #expect(value[i] == element)
        }
        #expect(value[expected.count] == nil)
    }

    @Test func bothFormsOfAnArrayOfNumbersAreEqual() throws {
        let parsed = try parse("[1, 2.5]")
        let literal: JSONValue = [1, 2.5]
        #expect(parsed == literal && literal == parsed)
        #expect(parsed.hashValue == literal.hashValue)
        #expect(parsed != [1.0, 2.5] && parsed != [1])
        #expect(Set([parsed, literal, JSONValue([1, 2.5])]).count == 2)
    }

    @Test func writesWhatItReads() throws {
        let values: [Double] = [
            0.1, 1e-300, 1.0 / 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.0,
            123456789.123456789, 3,
        ]
        let value: JSONValue = [
            "numbers": JSONValue(values), "text": "a\"b\\c\n\t\u{1}é👩", "none": [], "empty": [:],
            "nested": [["a": 1], ["a": 2]], "yes": true, "nothing": nil,
        ]
        #expect(try parse(value.text()) == value)
        #expect(try parse(value.prettyText()) == value)
        #expect(JSONValue.number(3).text() == "3.0")
        #expect(value["numbers"]?.doubles?.map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test func objectsRemoveAndReplace() {
        var object = JSONObject([("a", 1), ("b", 2), ("c", 3)])
        object["a"] = nil
        object["c"] = 4
        object["d"] = 5
        #expect(object.names == ["b", "c", "d"])
        #expect(object["c"] == 4 && object["a"] == nil)
    }
}
