// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// An executed fence of a notebook.
public struct Cell: Sendable {
    public enum Language: String, Sendable { case buffon, stan }

    public let language: Language
    /// Its place among the cells, from 0.
    public let index: Int
    /// `#label`, if it has one.
    public let label: String?
    /// The label, or `cell-N` with N counted among the cells without a label:
    /// what its results and its random stream are filed under. So a new
    /// labelled cell moves no other cell's draws.
    public let key: String
    /// N of `cell-N`.
    let ordinal: Int
    public let attributes: CellAttributes
    /// The code, without the fences' lines.
    public let code: Range<Int>
    /// From the opening fence to the end of the closing fence's line.
    public let range: Range<Int>
    /// The first line of the code.
    public let line: Int
    let lineEnding: String
}

/// What stands behind the language of a fence.
public struct CellAttributes: Sendable {
    /// The code is left out of reports.
    public var isHidden = false
    /// The results are not shown.
    public var isSilent = false
    /// The cell does not run.
    public var isSkipped = false
    /// The cell is there to show an error.
    public var mustFail = false
    /// Part of the message that it must fail with.
    public var failureText: String?
    /// The width of figures in pixels.
    public var width: Double?
    public var caption: String?
    /// The text that stands for a figure.
    public var alternativeText: String?
    public var timeout: Duration?

    static let names = [
        "hide", "silent", "skip", "fails", "width", "caption", "alt", "timeout",
    ]
}

/// Reads the info string of a fence: `buffon #label hide width=480 alt="…"`.
struct AttributeReader {
    let source: SourceText
    var position: Int
    let end: Int
    var label: String?
    var labelRange: Range<Int>?
    var attributes = CellAttributes()
    var errors: [Diagnostic] = []
    private var seen: Set<String> = []

    init(_ source: SourceText, _ range: Range<Int>) {
        self.source = source
        position = range.lowerBound
        end = range.upperBound
    }

    private mutating func report(_ message: String, _ range: Range<Int>, help: String? = nil) {
        errors.append(
            Diagnostic(
                code: "notebook/attribute", message, in: source, at: range, help: help))
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    mutating func read() {
        while true {
            while position < end, isSpace(source.bytes[position]) { position += 1 }
            guard position < end else { return }
            let start = position
            if source.bytes[position] == UInt8(ascii: "#") {
                let word = self.word()
                readLabel(String(word.dropFirst()), start..<position)
                continue
            }
            while position < end, !isSpace(source.bytes[position]),
                source.bytes[position] != UInt8(ascii: "=")
            {
                position += 1
            }
            let name = source.text(in: start..<position)
            let nameRange = start..<position
            var value: String?
            if position < end, source.bytes[position] == UInt8(ascii: "=") {
                position += 1
                value = self.value()
            }
            set(name, value, nameRange, start..<position)
        }
    }

    private mutating func word() -> String {
        let start = position
        while position < end, !isSpace(source.bytes[position]) { position += 1 }
        return source.text(in: start..<position)
    }

    private mutating func value() -> String {
        guard position < end, source.bytes[position] == UInt8(ascii: "\"") else { return word() }
        let start = position
        position += 1
        var bytes: [UInt8] = []
        while position < end, source.bytes[position] != UInt8(ascii: "\"") {
            if source.bytes[position] == UInt8(ascii: "\\"), position + 1 < end {
                position += 1
            }
            bytes.append(source.bytes[position])
            position += 1
        }
        if position < end {
            position += 1
        } else {
            report("this text is not closed", start..<end, help: "add \"")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func readLabel(_ text: String, _ range: Range<Int>) {
        let letters = text.unicodeScalars
        let isWord =
            !letters.isEmpty && letters.allSatisfy { $0 == "-" || $0.properties.isXIDContinue }
            && (letters.first.map { $0.properties.isXIDStart || $0 == "_" } ?? false)
        guard isWord else {
            report(
                "'#\(text)' is not a label", range,
                help: "a label is made of letters, digits, _ and -, and begins with a letter")
            return
        }
        if label != nil { report("a cell has one label", range) }
        label = text
        labelRange = range
    }

    private mutating func set(
        _ name: String, _ value: String?, _ nameRange: Range<Int>, _ range: Range<Int>
    ) {
        guard seen.insert(name).inserted else {
            report("'\(name)' stands twice", nameRange)
            return
        }
        func flag(_ path: WritableKeyPath<CellAttributes, Bool>) {
            if value != nil { report("'\(name)' takes no value", range) }
            attributes[keyPath: path] = true
        }
        switch name {
        case "hide": flag(\.isHidden)
        case "silent": flag(\.isSilent)
        case "skip": flag(\.isSkipped)
        case "fails":
            attributes.mustFail = true
            attributes.failureText = value
        case "caption", "alt":
            guard let value else {
                report("'\(name)' needs a text", range, help: "write \(name)=\"…\"")
                return
            }
            if name == "caption" {
                attributes.caption = value
            } else {
                attributes.alternativeText = value
            }
        case "width":
            guard let width = value.flatMap(Double.init), (100...4000).contains(width) else {
                report("'width' is a number of pixels from 100 to 4000", range)
                return
            }
            attributes.width = width
        case "timeout":
            guard let timeout = value.flatMap(AttributeReader.duration) else {
                report("'timeout' is a time such as 60s, 500ms or 2min", range)
                return
            }
            attributes.timeout = timeout
        default:
            report(
                "a cell has no attribute '\(name)'", nameRange,
                help: suggestion(for: name, among: CellAttributes.names).map {
                    "did you mean `\($0)`?"
                } ?? "known are #label, " + CellAttributes.names.joined(separator: ", "))
        }
    }

    static func duration(_ text: String) -> Duration? {
        for (unit, milliseconds) in [("ms", 1.0), ("min", 60_000), ("s", 1000), ("h", 3_600_000)]
        where text.hasSuffix(unit) {
            guard let count = Double(text.dropLast(unit.count)), count > 0, count <= 1e6 else {
                return nil
            }
            return .milliseconds(Int64(min(count * milliseconds, 1e12)))
        }
        return nil
    }
}
