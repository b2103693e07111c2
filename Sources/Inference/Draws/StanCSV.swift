// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// One Stan CSV file, taken apart: comments, names, a table of numbers.
struct StanCSV {
    let source: SourceText
    private(set) var columns: [String] = []
    private(set) var headerRange: Range<Int>?
    private(set) var table: [Double] = []
    private(set) var stepSize: Double?
    private(set) var inverseMetric: [Double] = []
    private(set) var warmupSeconds = 0.0
    private(set) var samplingSeconds = 0.0
    /// The "key = value" comments.
    private var configuration: [String: String] = [:]
    private var metricFollows = false
    /// Whether the last line lacks its end: a run that was killed leaves one,
    /// and its last number may lack digits. It is left out.
    private(set) var isCutOff = false

    init(_ source: SourceText) throws(Diagnostic) {
        self.source = source
        let bytes = source.bytes
        var start = 0
        // A byte order mark is no part of the first name.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            let next = end + 1
            if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            if end > start {
                if bytes[start] == UInt8(ascii: "#") {
                    comment(String(decoding: bytes[(start + 1)..<end], as: UTF8.self))
                } else if columns.isEmpty {
                    try header(start..<end)
                } else {
                    try row(start..<end, isLast: next >= bytes.count)
                }
            }
            start = next
        }
        guard !columns.isEmpty else {
            throw Diagnostic(
                code: "csv/header", "there is no line with the names of the columns",
                in: source, help: "is it a Stan CSV file?")
        }
    }

    func value(_ key: String) -> String? { configuration[key] }

    var savesWarmup: Bool { ["1", "true"].contains(value("save_warmup") ?? "") }

    private var thin: Int { max(1, value("thin").flatMap { Int($0) } ?? 1) }

    private var rowCount: Int { columns.isEmpty ? 0 : table.count / columns.count }
    /// The rows of warm-up, and those after it.
    var savedWarmup: Int { savesWarmup ? min(kept(value("num_warmup")) ?? 0, rowCount) : 0 }
    var drawCount: Int { rowCount - savedWarmup }
    /// The rows that a whole run would have after warm-up.
    var expectedDraws: Int? { kept(value("num_samples")) }

    private func kept(_ text: String?) -> Int? {
        guard let count = text.flatMap({ Int($0) }), count >= 0 else { return nil }
        return count / thin + (count % thin == 0 ? 0 : 1)
    }

    private mutating func comment(_ text: String) {
        let trimmed = Self.trim(text[...])
        if metricFollows {
            metricFollows = false
            let numbers = trimmed.split(separator: ",").map { Double(Self.trim($0)) }
            if numbers.allSatisfy({ $0 != nil }) { inverseMetric = numbers.compactMap { $0 } }
            return
        }
        if trimmed.hasPrefix("Diagonal elements of inverse mass matrix") {
            metricFollows = true
        } else if trimmed.contains("seconds (") {
            let words = trimmed.split(separator: " ")
            let number = words.lazy.compactMap { Double($0) }.first ?? 0
            if trimmed.hasSuffix("(Warm-up)") { warmupSeconds = number }
            if trimmed.hasSuffix("(Sampling)") { samplingSeconds = number }
        } else if let equals = trimmed.firstIndex(of: "=") {
            let key = String(Self.trim(trimmed[..<equals]))
            var value = String(Self.trim(trimmed[trimmed.index(after: equals)...]))
            if value.hasSuffix("(Default)") { value = String(Self.trim(value.dropLast(9)[...])) }
            if key == "Step size" {
                stepSize = Double(value)
            } else if configuration[key] == nil {
                configuration[key] = value
            }
        }
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }

    private mutating func header(_ range: Range<Int>) throws(Diagnostic) {
        headerRange = range
        var seen = Set<String>()
        for field in fields(range) {
            let name = String(Self.trim(source.text(in: field)[...]))
            guard !name.isEmpty, Double(name) == nil else {
                throw Diagnostic(
                    code: "csv/header",
                    name.isEmpty ? "a column has no name" : "the names of the columns are missing",
                    in: source, at: field, label: name.isEmpty ? nil : "a number",
                    help: "is it a Stan CSV file?")
            }
            guard seen.insert(name).inserted else {
                throw Diagnostic(
                    code: "csv/header", "two columns are called \(name)", in: source, at: field)
            }
            columns.append(name)
        }
    }

    private mutating func row(_ range: Range<Int>, isLast: Bool) throws(Diagnostic) {
        let fields = fields(range)
        if isLast, source.bytes.last != UInt8(ascii: "\n") {
            isCutOff = true
            return
        }
        guard fields.count == columns.count else {
            throw Diagnostic(
                code: "csv/columns",
                "this line has \(fields.count) values, but there are \(columns.count) columns",
                in: source, at: range)
        }
        for (i, field) in fields.enumerated() {
            let text = source.text(in: field)
            guard let number = Double(text) ?? Double(String(Self.trim(text[...]))) else {
                throw Diagnostic(
                    code: "csv/number", "the value of \(columns[i]) is no number",
                    in: source, at: field)
            }
            table.append(number)
        }
    }

    private func fields(_ range: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = range.lowerBound
        for i in range where source.bytes[i] == UInt8(ascii: ",") {
            result.append(start..<i)
            start = i + 1
        }
        result.append(start..<range.upperBound)
        return result
    }
}
