// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A program with its `#include`s replaced by the files' texts, and the way
/// back from the joined text to the files.
struct Includes {
    /// A stretch of the joined text that stems from one file.
    private struct Piece {
        var start: Int
        var source: SourceText
        var offset: Int
    }

    static let depthLimit = 32
    static let sizeLimit = 64 << 20

    private(set) var diagnostics: [Diagnostic] = []
    /// The joined text: the source itself when it includes nothing.
    private(set) var joined: SourceText
    private var pieces: [Piece] = []
    private var bytes: [UInt8] = []
    private let resolve: (String) -> SourceText?

    init(_ source: SourceText, resolve: @escaping (String) -> SourceText?) {
        self.resolve = resolve
        joined = source
        append(source, stack: [source.name])
        if pieces.count > 1 || bytes.count != source.bytes.count {
            joined = SourceText(name: source.name, bytes: bytes, firstLine: source.firstLine)
        } else {
            pieces = []
        }
    }

    var hasIncludes: Bool { !pieces.isEmpty }

    /// The diagnostic with its place in the file that it stems from.
    func located(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let range = diagnostic.range, let (source, place) = locate(range) else {
            return diagnostic
        }
        var result = diagnostic
        result.source = source
        result.range = place
        return result
    }

    func locate(_ range: Range<Int>) -> (SourceText, Range<Int>)? {
        guard let piece = pieces.last(where: { $0.start <= range.lowerBound }) else { return nil }
        let start = range.lowerBound - piece.start + piece.offset
        return (piece.source, start..<start + range.count)
    }

    private mutating func begin(_ source: SourceText, at offset: Int) {
        pieces.append(Piece(start: bytes.count, source: source, offset: offset))
    }

    private mutating func append(_ source: SourceText, stack: [String]) {
        let text = source.bytes
        var copied = 0
        var position = 0
        begin(source, at: 0)
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""):
                position += 1
                while position < text.count, text[position] != UInt8(ascii: "\""),
                    text[position] != 10
                {
                    position += 1
                }
                position += 1
            case UInt8(ascii: "/") where text[position...].starts(with: "//".utf8):
                while position < text.count, text[position] != 10 { position += 1 }
            case UInt8(ascii: "/") where text[position...].starts(with: "/*".utf8):
                position += 2
                while position < text.count, !text[position...].starts(with: "*/".utf8) {
                    position += 1
                }
            case UInt8(ascii: "#"):
                let start = position
                while position < text.count, text[position] != 10 { position += 1 }
                let line = start..<position
                guard text[line].starts(with: "#include".utf8) else { continue }
                bytes += text[copied..<start]
                copied = position
                include(source, line, stack)
                begin(source, at: position)
            default: position += 1
            }
        }
        bytes += text[min(copied, text.count)...]
    }

    private mutating func include(_ source: SourceText, _ line: Range<Int>, _ stack: [String]) {
        func report(_ message: String, help: String? = nil) {
            diagnostics.append(
                Diagnostic(code: "stan/include", message, in: source, at: line, help: help))
        }
        let words = source.text(in: line).dropFirst(8).split {
            $0 == " " || $0 == "\t" || $0 == "\r"
        }
        let marks: Set<Character> = ["\"", "<", ">"]
        let name = (words.first ?? "").filter { !marks.contains($0) }
        if name.isEmpty { return report("#include needs the name of a file") }
        if stack.contains(name) { return report("the file '\(name)' includes itself") }
        if stack.count > Includes.depthLimit { return report("includes are nested too deeply") }
        guard let included = resolve(name) else {
            return report("Could not find include file '\(name)'")
        }
        guard bytes.count + included.bytes.count <= Includes.sizeLimit else {
            return report("the included files are too large")
        }
        append(included, stack: stack + [name])
    }
}
