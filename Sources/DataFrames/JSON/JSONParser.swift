// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension JSONValue {
    /// Reads one JSON document (RFC 8259).
    ///
    /// Beyond the standard, as Stan and Python do, the words `NaN`, `Infinity`
    /// and `-Infinity` are numbers; the strings "NaN", "Inf", "-Inf" stay
    /// strings. An integer beyond 64 bits becomes a number. A repeated name in
    /// an object, an invalid UTF-8 sequence and a lone surrogate are errors.
    /// - Parameter depthLimit: The deepest nesting of arrays and objects.
    /// - Throws: A diagnostic at the first offending byte.
    public static func parse(
        _ source: SourceText, depthLimit: Int = 512
    ) throws(Diagnostic) -> JSONValue {
        var parser = JSONParser(source: source, depthLimit: min(depthLimit, 2000))
        return try parser.document()
    }
}

/// Recursive descent over the bytes of a source.
struct JSONParser {
    let source: SourceText
    let bytes: [UInt8]
    let depthLimit: Int
    var offset = 0
    var depth = 0

    init(source: SourceText, depthLimit: Int) {
        self.source = source
        self.bytes = source.bytes
        self.depthLimit = depthLimit
    }

    mutating func document() throws(Diagnostic) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        skipSpace()
        let value = try value()
        skipSpace()
        guard offset == bytes.count else {
            throw fault("unexpected text after the end of the JSON value", label: "not expected")
        }
        return value
    }

    private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    private mutating func value() throws(Diagnostic) -> JSONValue {
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), .some(48...57): return try number()
        case nil:
            throw fault("the JSON text ends where a value is expected")
        default: return try word()
        }
    }

    private mutating func enter() throws(Diagnostic) {
        depth += 1
        if depth > depthLimit {
            throw fault("arrays and objects are nested deeper than \(depthLimit) levels")
        }
        offset += 1
        skipSpace()
    }

    private mutating func array() throws(Diagnostic) -> JSONValue {
        let start = offset
        try enter()
        // Numbers alone until an element is something else.
        var numbers = JSONNumbers()
        var elements: [JSONValue] = []
        if byte == UInt8(ascii: "]") {
            offset += 1
            depth -= 1
            return .array(elements)
        }
        while true {
            let element = try value()
            if !elements.isEmpty {
                elements.append(element)
            } else if !numbers.append(element) {
                elements = Array(numbers)
                elements.append(element)
                numbers = JSONNumbers()
            }
            skipSpace()
            switch byte {
            case UInt8(ascii: ","):
                let comma = offset
                offset += 1
                skipSpace()
                if byte == UInt8(ascii: "]") { throw trailingComma(at: comma) }
            case UInt8(ascii: "]"):
                offset += 1
                depth -= 1
                return elements.isEmpty ? .numbers(numbers) : .array(elements)
            case nil: throw unclosed(start, "array", "]")
            default: throw fault("expected `,` or `]` after an element of an array")
            }
        }
    }

    private mutating func object() throws(Diagnostic) -> JSONValue {
        let start = offset
        try enter()
        var object = JSONObject()
        if byte == UInt8(ascii: "}") {
            offset += 1
            depth -= 1
            return .object(object)
        }
        while true {
            let nameStart = offset
            guard byte == UInt8(ascii: "\"") else {
                if byte == nil { throw unclosed(start, "object", "}") }
                throw fault(
                    "expected the name of a member in double quotes",
                    help: byte == UInt8(ascii: "'") ? "write \"name\", not 'name'" : nil)
            }
            let name = try string()
            if object[name] != nil {
                throw fault(
                    "the name \"\(name)\" occurs twice in this object", at: nameStart..<offset)
            }
            skipSpace()
            guard byte == UInt8(ascii: ":") else {
                throw fault("expected `:` after the name \"\(name)\"")
            }
            offset += 1
            skipSpace()
            object[name] = try value()
            skipSpace()
            switch byte {
            case UInt8(ascii: ","):
                let comma = offset
                offset += 1
                skipSpace()
                if byte == UInt8(ascii: "}") { throw trailingComma(at: comma) }
            case UInt8(ascii: "}"):
                offset += 1
                depth -= 1
                return .object(object)
            case nil: throw unclosed(start, "object", "}")
            default: throw fault("expected `,` or `}` after the value of \"\(name)\"")
            }
        }
    }

    private mutating func word() throws(Diagnostic) -> JSONValue {
        let start = offset
        while let byte, Self.isWordByte(byte) { offset += 1 }
        let word = source.text(in: start..<offset)
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "NaN": return .number(.nan)
        case "Infinity": return .number(.infinity)
        default:
            let known = ["null", "true", "false", "NaN", "Infinity"]
            let near = suggestion(for: word, among: known)
            throw fault(
                word.isEmpty ? "expected a JSON value" : "`\(word)` is not a JSON value",
                at: start..<max(offset, start + 1),
                help: near.map { "did you mean `\($0)`?" }
                    ?? (word.isEmpty ? nil : "texts stand in double quotes: \"\(word)\""))
        }
    }

    private mutating func number() throws(Diagnostic) -> JSONValue {
        let start = offset
        while let byte, Self.isNumberByte(byte) { offset += 1 }
        if offset == start + 1, bytes[start] == UInt8(ascii: "-"), byte == UInt8(ascii: "I") {
            while let byte, Self.isWordByte(byte) { offset += 1 }
            if source.text(in: start..<offset) == "-Infinity" { return .number(-.infinity) }
        }
        // JSON, unlike CSV, wants a digit first and on both sides of the point,
        // and no leading zero.
        let first = bytes[start] == UInt8(ascii: "-") ? start + 1 : start
        var wellFormed = first < offset && Self.isDigit(bytes[first])
        if wellFormed, bytes[first] == 48, first + 1 < offset, Self.isDigit(bytes[first + 1]) {
            wellFormed = false
        }
        if wellFormed, let point = bytes[first..<offset].firstIndex(of: UInt8(ascii: ".")),
            point + 1 >= offset || !Self.isDigit(bytes[point + 1])
        {
            wellFormed = false
        }
        let range = start..<offset
        let reading =
            wellFormed
            ? bytes.withUnsafeBufferPointer {
                DecimalScanner.scan(UnsafeBufferPointer(rebasing: $0[range]))
            } : nil
        switch reading {
        case .integer(let value):
            return value == 0 && bytes[start] == UInt8(ascii: "-")
                ? .number(-0.0) : .integer(value)
        case .number(let value):
            guard value.isFinite else {
                throw fault(
                    "the number is too large for a double", at: range,
                    help: "write Infinity if that is meant")
            }
            return .number(value)
        case nil:
            throw fault("`\(source.text(in: range))` is not a JSON number", at: range)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+") || byte | 0x20 == UInt8(ascii: "e")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
            || isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}

// MARK: - Diagnostics

extension JSONParser {
    func fault(
        _ message: String, at range: Range<Int>? = nil, label: String? = nil, help: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            code: "json/syntax", message, in: source,
            at: range ?? offset..<min(offset + 1, bytes.count), label: label, help: help)
    }

    private func trailingComma(at comma: Int) -> Diagnostic {
        fault(
            "a comma stands before the end", at: comma..<comma + 1,
            help: "JSON has no comma after the last element")
    }

    private func unclosed(_ start: Int, _ what: String, _ close: String) -> Diagnostic {
        fault(
            "the \(what) that begins here is never closed", at: start..<start + 1,
            help: "the text ends before its `\(close)`: was the file cut off?")
    }
}
