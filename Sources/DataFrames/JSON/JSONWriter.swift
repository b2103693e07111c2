// SPDX-License-Identifier: GPL-3.0-or-later

extension JSONValue {
    /// How a number that is not finite, which JSON cannot write, is written.
    public enum NonFiniteNumbers: Sendable {
        /// "NaN", "Inf", "-Inf" in quotes: valid JSON that Stan reads too.
        case strings
        /// The bare words NaN, Infinity, -Infinity, as Python writes them.
        case words
        /// null.
        case null
    }

    /// The document as text on one line. Numbers have as many digits as it
    /// takes to read the same binary64 back; members keep their order; a
    /// number that happens to be whole keeps its `.0`.
    public func text(nonFinite: NonFiniteNumbers = .strings) -> String {
        var writer = JSONWriter(nonFinite: nonFinite, pretty: false)
        writer.write(self, indent: 0)
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// The document as text with line breaks and an indentation of two spaces;
    /// arrays of plain values stay on one line.
    public func prettyText(nonFinite: NonFiniteNumbers = .strings) -> String {
        var writer = JSONWriter(nonFinite: nonFinite, pretty: true)
        writer.write(self, indent: 0)
        return String(decoding: writer.output, as: UTF8.self)
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact text.
    public var description: String { text() }
}

struct JSONWriter {
    let nonFinite: JSONValue.NonFiniteNumbers
    let pretty: Bool
    var output: [UInt8] = []

    mutating func write(_ value: JSONValue, indent: Int) {
        switch value {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .integer(let value): put(String(value))
        case .number(let value): write(value)
        case .string(let value): write(value)
        case .numbers(let numbers): write(numbers, broken: false, indent: indent)
        case .array(let elements):
            let isNested = elements.contains { $0.elementCount != nil || $0.object != nil }
            write(elements, broken: pretty && isNested, indent: indent)
        case .object(let object):
            put("{")
            for (index, (name, value)) in object.members.enumerated() {
                if index > 0 { put(",") }
                if pretty { newLine(indent + 1) } else if index > 0 { put(" ") }
                write(name)
                put(": ")
                write(value, indent: indent + 1)
            }
            if pretty, object.count > 0 { newLine(indent) }
            put("}")
        }
    }

    private mutating func write(
        _ elements: some Collection<JSONValue>, broken: Bool, indent: Int
    ) {
        put("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { put(pretty && !broken ? ", " : ",") }
            if broken { newLine(indent + 1) }
            write(element, indent: indent + 1)
        }
        if broken { newLine(indent) }
        put("]")
    }

    private mutating func put(_ text: String) { output.append(contentsOf: text.utf8) }

    private mutating func newLine(_ indent: Int) {
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: 2 * indent))
    }

    private mutating func write(_ number: Double) {
        if number.isFinite {
            put(number.description)
        } else {
            switch nonFinite {
            case .strings: put(number.isNaN ? "\"NaN\"" : number > 0 ? "\"Inf\"" : "\"-Inf\"")
            case .words: put(number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity")
            case .null: put("null")
            }
        }
    }

    private mutating func write(_ text: String) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): put("\\\"")
            case UInt8(ascii: "\\"): put("\\\\")
            case 0x0A: put("\\n")
            case 0x0D: put("\\r")
            case 0x09: put("\\t")
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                put("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
