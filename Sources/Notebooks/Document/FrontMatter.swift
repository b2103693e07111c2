// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Yams

/// The YAML at the head of a notebook.
public struct FrontMatter: Sendable {
    public var title: String?
    /// The root of all random streams; 1 when the notebook does not say.
    public var seed: UInt64 = 1
    /// In the order of the file.
    public var parameters: [Parameter] = []

    /// A value that can be set from outside: `-P throws=1e6`.
    public struct Parameter: Sendable {
        public let name: String
        public var value: ScriptValue
        public let range: Range<Int>
    }

    /// Keys with a meaning here. Others belong to other tools, unless they
    /// look like one of these misspelled.
    static let keys = ["buffon", "title", "seed", "params"]

    /// The value of a parameter from its text on the command line.
    ///
    /// - Throws: a diagnostic for an unknown name or a text of another kind.
    mutating func override(_ name: String, with text: String, in source: SourceText)
        throws(Diagnostic)
    {
        guard let index = parameters.firstIndex(where: { $0.name == name }) else {
            let names = parameters.map(\.name)
            throw Diagnostic(
                code: "notebook/parameter", "the notebook has no parameter '\(name)'",
                in: SourceText(name: source.name, text: ""),
                help: suggestion(for: name, among: names).map { "did you mean `\($0)`?" }
                    ?? (names.isEmpty
                        ? "it has no parameters" : "it has \(names.joined(separator: ", "))"))
        }
        let parameter = parameters[index]
        let value: ScriptValue? =
            switch parameter.value {
            case .number: FrontMatter.number(text).map { .number($0) }
            case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
            case .string: .string(text)
            case .vector: FrontMatter.vector(text).map { .vector($0) }
            default: nil
            }
        guard let value else {
            throw Diagnostic(
                code: "notebook/parameter",
                "'\(name)' is a \(parameter.value.typeName), and '\(text)' is none", in: source,
                at: parameter.range, label: "defined here")
        }
        parameters[index].value = value
    }

    static func number(_ text: String) -> Double? {
        let plain = text.filter { $0 != "_" }
        guard let value = Double(plain), value.isFinite,
            plain.allSatisfy({ $0.isNumber || "+-.eE".contains($0) })
        else { return nil }
        return value
    }

    private static func vector(_ text: String) -> [Double]? {
        var inner = Substring(text)
        if inner.hasPrefix("["), inner.hasSuffix("]") { inner = inner.dropFirst().dropLast() }
        let parts = inner.split(separator: ",").map { String($0.filter { $0 != " " }) }
        let numbers = parts.compactMap(number)
        return numbers.count == parts.count ? numbers : nil
    }
}

/// Reads the front matter; every problem is a diagnostic with its line.
struct FrontMatterReader {
    let source: SourceText
    let range: Range<Int>
    var errors: [Diagnostic] = []
    private var lineStarts: [Int] = []

    init(_ source: SourceText, _ range: Range<Int>) {
        self.source = source
        self.range = range
        lineStarts = [range.lowerBound]
        for offset in range where source.bytes[offset] == UInt8(ascii: "\n") {
            lineStarts.append(offset + 1)
        }
    }

    private mutating func report(_ message: String, _ place: Range<Int>, help: String? = nil) {
        errors.append(
            Diagnostic(
                code: "notebook/front-matter", message, in: source, at: place, help: help))
    }

    /// The rest of the line at a place that YAML counts from 1.
    private func place(_ mark: Mark?) -> Range<Int> {
        let line = min(max((mark?.line ?? 1) - 1, 0), lineStarts.count - 1)
        let start = lineStarts[line]
        var end = start
        while end < range.upperBound, source.bytes[end] != UInt8(ascii: "\n") { end += 1 }
        if end > start, source.bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        let column = max((mark?.column ?? 1) - 1, 0)
        return min(start + column, end)..<end
    }

    mutating func read() -> FrontMatter? {
        let text = source.text(in: range)
        if let problem = FrontMatterReader.excess(text) {
            report(problem, range.lowerBound..<range.lowerBound)
            return nil
        }
        let node: Yams.Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            reportYaml(error)
            return nil
        } catch {
            report("\(error)", range.lowerBound..<range.lowerBound)
            return nil
        }
        guard case .mapping(let mapping)? = node else {
            report(
                "the front matter is not a list of keys", place(node?.mark), help: "write buffon: 1"
            )
            return nil
        }
        var matter = FrontMatter()
        var isNotebook = false
        for (key, value) in mapping {
            switch key.string {
            case "buffon":
                isNotebook = true
                if value.scalar?.string != "1" {
                    report(
                        "this notebook asks for another version of the format", place(value.mark),
                        help: "this program reads buffon: 1")
                }
            case "title":
                matter.title = value.scalar?.string
                if matter.title == nil { report("the title is a text", place(value.mark)) }
            case "seed":
                if let seed = value.scalar.flatMap({ UInt64($0.string.filter { $0 != "_" }) }) {
                    matter.seed = seed
                } else {
                    report("the seed is a whole number from 0 to 2^64 − 1", place(value.mark))
                }
            case "params": parameters(value, into: &matter)
            case let name?:
                if let near = suggestion(for: name, among: FrontMatter.keys) {
                    report(
                        "the front matter has no key '\(name)'", place(key.mark),
                        help: "did you mean `\(near)`?")
                }
            case nil: report("a key is a word", place(key.mark))
            }
        }
        if !isNotebook {
            report(
                "the front matter has no key 'buffon'", range.lowerBound..<range.lowerBound,
                help: "add the line buffon: 1")
        }
        return matter
    }

    private mutating func parameters(_ node: Yams.Node, into matter: inout FrontMatter) {
        if node.scalar?.string.isEmpty ?? false { return }
        guard case .mapping(let mapping) = node else {
            report("params is a list of names with values", place(node.mark))
            return
        }
        for (key, value) in mapping {
            let name = key.string ?? ""
            let letters = name.unicodeScalars
            guard let first = letters.first, first.properties.isXIDStart || first == "_",
                letters.allSatisfy(\.properties.isXIDContinue), !reservedWords.contains(name)
            else {
                report("'\(name)' cannot be the name of a parameter", place(key.mark))
                continue
            }
            guard !matter.parameters.contains(where: { $0.name == name }) else {
                report("the parameter '\(name)' stands twice", place(key.mark))
                continue
            }
            guard let found = self.value(value) else {
                report(
                    "the parameter '\(name)' must be a number, a truth value, a text or a list of "
                        + "numbers", place(value.mark))
                continue
            }
            matter.parameters.append(
                FrontMatter.Parameter(name: name, value: found, range: place(key.mark)))
        }
    }

    private func value(_ node: Yams.Node) -> ScriptValue? {
        switch node {
        case .scalar(let scalar):
            guard scalar.style == .plain || scalar.style == .any else {
                return .string(scalar.string)
            }
            switch scalar.string {
            case "true": return .bool(true)
            case "false": return .bool(false)
            case "", "~", "null": return nil
            default:
                if let number = FrontMatter.number(scalar.string) { return .number(number) }
                return .string(scalar.string)
            }
        case .sequence(let sequence):
            let numbers = sequence.compactMap {
                $0.scalar.flatMap { FrontMatter.number($0.string) }
            }
            return numbers.count == sequence.count ? .vector(numbers) : nil
        default: return nil
        }
    }

    private mutating func reportYaml(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            report("the front matter is not YAML: \(problem)", place(mark))
        case .duplicatedKeysInMapping(let duplicates, _):
            report(
                "a key stands twice: \(duplicates.map { "\($0)" }.joined(separator: ", "))",
                range.lowerBound..<range.lowerBound)
        default:
            report("the front matter is not YAML", range.lowerBound..<range.lowerBound)
        }
    }

    /// The parser of YAML calls itself for every level of nesting, so texts
    /// that nest absurdly are refused before it sees them.
    private static func excess(_ text: String) -> String? {
        if text.utf8.count > 16 << 10 { return "the front matter is longer than 16 KiB" }
        var brackets = 0
        for line in text.split(separator: "\n") {
            var dashes = 0
            for byte in line.utf8 {
                if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { brackets += 1 }
                if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "?")
                    || byte == UInt8(ascii: ":")
                {
                    dashes += 1
                }
            }
            if dashes > 100 { return "a line of the front matter nests too deeply" }
        }
        return brackets > 200 ? "the front matter nests too deeply" : nil
    }
}
