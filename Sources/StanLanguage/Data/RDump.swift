// SPDX-License-Identifier: GPL-3.0-or-later

public import DataFrames
public import Errors

/// Reads data in the format that R's `dump` writes and CmdStan used to take:
///
///     N <- 3
///     y <- c(1.5, 2, -Inf)
///     X <- structure(c(1, 2, 3, 4, 5, 6), .Dim = c(3L, 2L))
///
/// Ranges `1:5` and the empty `integer(0)`, `double(0)` are understood, as are
/// names in quotes and comments. Arrays are stored with their first index
/// running fastest, and become nested as in JSON.
public struct RDump {
    private let source: SourceText
    private let bytes: [UInt8]
    private var position = 0

    /// Numbers that a few characters of a file may stand for: a range, an empty vector.
    private static let longestRange = 1e7

    /// Whether a text is in this format and not JSON: it does not begin with a
    /// brace or bracket.
    public static func looksLike(_ source: SourceText) -> Bool {
        let first = source.bytes.first { !($0 == 32 || ($0 >= 9 && $0 <= 13)) }
        return first != nil && first != UInt8(ascii: "{") && first != UInt8(ascii: "[")
    }

    /// The variables as members of an object.
    public static func parse(_ source: SourceText) throws(Diagnostic) -> JSONValue {
        var reader = RDump(source)
        var object = JSONObject()
        while try reader.skipBlank(), reader.position < reader.bytes.count {
            let (name, value) = try reader.assignment()
            object[name] = value
        }
        return .object(object)
    }

    private init(_ source: SourceText) {
        self.source = source
        bytes = source.bytes
    }

    private func failure(_ message: String, help: String? = nil) -> Diagnostic {
        let start = min(position, bytes.count)
        return Diagnostic(
            code: "stan/r-dump", message, in: source, at: start..<min(start + 1, bytes.count),
            help: help)
    }

    // MARK: - Tokens

    private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// Skips blanks, ends of lines, semicolons and comments; always true.
    @discardableResult
    private mutating func skipBlank() throws(Diagnostic) -> Bool {
        while position < bytes.count {
            let c = bytes[position]
            if c == UInt8(ascii: "#") {
                while position < bytes.count, bytes[position] != 10 { position += 1 }
            } else if c == 32 || (c >= 9 && c <= 13) || c == UInt8(ascii: ";") {
                position += 1
            } else {
                break
            }
        }
        return true
    }

    private mutating func accept(_ text: String) throws(Diagnostic) -> Bool {
        try skipBlank()
        let wanted = Array(text.utf8)
        guard bytes[min(position, bytes.count)...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func expect(_ text: String) throws(Diagnostic) {
        guard try accept(text) else { throw failure("expected '\(text)'") }
    }

    private mutating func word() -> String {
        let start = position
        while position < bytes.count {
            let c = bytes[position]
            let letter = (c | 0x20) >= UInt8(ascii: "a") && (c | 0x20) <= UInt8(ascii: "z")
            let digit = c >= UInt8(ascii: "0") && c <= UInt8(ascii: "9")
            guard letter || digit || c == UInt8(ascii: "_") || c == UInt8(ascii: ".") else { break }
            position += 1
        }
        return source.text(in: start..<position)
    }

    // MARK: - Values

    private mutating func assignment() throws(Diagnostic) -> (String, JSONValue) {
        try skipBlank()
        var name = ""
        let quote = current
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "`") || quote == UInt8(ascii: "'") {
            position += 1
            name = word()
            guard current == quote else { throw failure("expected the closing quote of a name") }
            position += 1
        } else {
            name = word()
        }
        guard !name.isEmpty else {
            throw failure(
                "expected the name of a variable", help: "write name <- value, or a JSON object")
        }
        if try !accept("<-"), try !accept("=") { throw failure("expected '<-' after \(name)") }
        return (name, try value())
    }

    private mutating func value() throws(Diagnostic) -> JSONValue {
        if try accept("structure") {
            try expect("(")
            let list = try numbers()
            try expect(",")
            if try !accept(".Dim"), try !accept("dim") { throw failure("expected '.Dim'") }
            try expect("=")
            let sizes = try numbers().values.map { Int(exactly: $0) ?? -1 }
            try expect(")")
            return try shaped(list, sizes)
        }
        let list = try numbers()
        guard list.isList else { return list.value(0) }
        return list.all
    }

    /// Numbers as they were written; integers stay integers.
    private struct Numbers {
        var values: [Double] = []
        /// Whether each was written as an integer.
        var isInteger: [Bool] = []
        /// Not a single number by itself.
        var isList = false

        func value(_ i: Int) -> JSONValue {
            isInteger[i] ? .integer(Int(values[i])) : .number(values[i])
        }

        var all: JSONValue {
            if isInteger.allSatisfy({ $0 }) || !isInteger.contains(true) {
                return isInteger.first == true || values.isEmpty
                    ? .array(values.indices.map(value)) : .numbers(JSONNumbers(values))
            }
            return .array(values.indices.map(value))
        }
    }

    private mutating func numbers() throws(Diagnostic) -> Numbers {
        var list = Numbers()
        if try accept("c(") {
            list.isList = true
            if try accept(")") { return list }
            repeat { try item(&list) } while try accept(",")
            try expect(")")
            return list
        }
        for empty in ["integer", "double", "numeric"] where try accept(empty) {
            try expect("(")
            let count = try numbers().values.first ?? 0
            try expect(")")
            guard count >= 0, count <= RDump.longestRange else {
                throw failure("the size is out of range")
            }
            list.isList = true
            list.values = [Double](repeating: 0, count: Int(count))
            list.isInteger = [Bool](repeating: empty == "integer", count: Int(count))
            return list
        }
        let before = position
        try item(&list)
        list.isList = list.values.count != 1 || bytes[before..<position].contains(UInt8(ascii: ":"))
        return list
    }

    /// A number or a range.
    private mutating func item(_ list: inout Numbers) throws(Diagnostic) {
        let (first, isInteger) = try number()
        guard try accept(":") else {
            list.values.append(first)
            list.isInteger.append(isInteger)
            return
        }
        let (last, _) = try number()
        guard first == first.rounded(),
            abs(last - first) + Double(list.values.count) < RDump.longestRange
        else {
            throw failure("the range is too long or does not begin at an integer")
        }
        let step: Double = last >= first ? 1 : -1
        for i in 0...Int(abs(last - first)) {
            list.values.append(first + step * Double(i))
            list.isInteger.append(true)
        }
    }

    private mutating func number() throws(Diagnostic) -> (Double, isInteger: Bool) {
        try skipBlank()
        let start = position
        if current == UInt8(ascii: "-") || current == UInt8(ascii: "+") { position += 1 }
        let negative = start < position && bytes[start] == UInt8(ascii: "-")
        try skipBlank()
        var text = word()
        // The sign of an exponent ends a word.
        if text.last == "e" || text.last == "E", text.first?.isNumber == true || text.first == ".",
            current == UInt8(ascii: "-") || current == UInt8(ascii: "+")
        {
            text += source.text(in: position..<position + 1)
            position += 1
            text += word()
        }
        let sign: Double = negative ? -1 : 1
        switch text {
        case "Inf": return (sign * .infinity, false)
        case "NaN": return (.nan, false)
        case "TRUE", "T": return (sign, true)
        case "FALSE", "F": return (0, true)
        case "NA", "NA_real_", "NA_integer_":
            throw failure(
                "NA is not a number",
                help:
                    "Stan has no missing values: leave the observation out, or declare it a parameter"
            )
        default: break
        }
        if text.last == "L" { text.removeLast() }
        if text.hasPrefix(".") { text = "0" + text }
        if text.hasSuffix(".") { text.removeLast() }
        guard text.first?.isNumber == true, !text.hasPrefix("0x"), let value = Double(text) else {
            position = start
            throw failure("expected a number, c(…) or structure(…)")
        }
        let isInteger = Int32(text) != nil
        return (sign * value, isInteger)
    }

    /// Nested arrays from numbers whose first index runs fastest.
    private func shaped(_ list: Numbers, _ sizes: [Int]) throws(Diagnostic) -> JSONValue {
        var count = 1
        for size in sizes {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { throw failure(".Dim has an illegal size") }
            count = product
        }
        guard !sizes.isEmpty, sizes.count <= 32, count == list.values.count else {
            throw failure(".Dim says \(count) numbers, but there are \(list.values.count)")
        }
        // Empty arrays can be many without a number in the file.
        if count == 0, sizes.reduce(1.0, { $0 * Double(max($1, 1)) }) > RDump.longestRange {
            throw failure(".Dim has too many empty arrays")
        }
        func level(_ depth: Int, _ offset: Int, _ stride: Int) -> JSONValue {
            let size = sizes[depth]
            let isLast = depth + 1 == sizes.count
            return .array(
                (0..<size).map { i in
                    let place = offset + i * stride
                    return isLast ? list.value(place) : level(depth + 1, place, stride * size)
                })
        }
        return level(0, 0, 1)
    }
}
