// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Finds the parts of a notebook that mean something, line by line, by the
/// rules of CommonMark for fences and comments.
struct DocumentScanner {
    let source: SourceText
    var frontMatter: FrontMatter?
    var cells: [Cell] = []
    var outputs: [Notebook.OutputBlock] = []
    var inlineValues: [Notebook.InlineValue] = []
    var references: [Notebook.CrossReference] = []
    var anchors: Set<String> = []
    var errors: [Diagnostic] = []
    var warnings: [Diagnostic] = []

    struct Line {
        /// Without the end of the line.
        var content: Range<Int>
        /// Where the next line starts.
        var end: Int
    }

    private struct Fence {
        var character: UInt8
        var length: Int
        var info: Range<Int>
    }

    private let lines: [Line]
    private var labels: [String: Int] = [:]
    private var anonymous = 0

    init(_ source: SourceText) {
        self.source = source
        var lines: [Line] = []
        var start = 0
        let bytes = source.bytes
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            let next = min(end + 1, bytes.count)
            if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            lines.append(Line(content: start..<end, end: next))
            start = next
        }
        self.lines = lines
    }

    mutating func report(
        _ code: String, _ message: String, _ range: Range<Int>, help: String? = nil
    ) {
        guard errors.count < 50 else { return }
        errors.append(
            Diagnostic(
                code: "notebook/\(code)", message, in: source, at: range, help: help))
    }

    func prose(_ index: Int) -> Range<Int> { lines[index].content }

    private func text(_ line: Int) -> String { source.text(in: lines[line].content) }

    mutating func scan() {
        var index = readFrontMatter()
        guard frontMatter != nil else { return }
        while index < lines.count {
            if let fence = openingFence(index) {
                index = readFence(fence, index)
            } else if let label = outputLabel(index) {
                index = readOutput(label, index)
            } else if isOutputEnd(index) {
                report(
                    "output", "this end of results has no beginning", lines[index].content,
                    help: "results begin with <!-- out LABEL -->")
                index += 1
            } else if let end = commentEnd(index) {
                index = end
            } else {
                readProse(index)
                index += 1
            }
        }
        checkOutputs()
    }

    // MARK: Front matter

    private mutating func readFrontMatter() -> Int {
        guard let first = lines.first, text(0) == "---" || text(0) == "\u{FEFF}---" else {
            report(
                "front-matter", "this is not a notebook: the first line is not '---'",
                lines.first?.content ?? 0..<0,
                help: "a notebook begins with ---, buffon: 1, ---")
            return lines.count
        }
        for index in lines.indices.dropFirst() where text(index) == "---" || text(index) == "..." {
            var reader = FrontMatterReader(
                source, first.end..<lines[index].content.lowerBound)
            frontMatter = reader.read()
            errors += reader.errors
            return index + 1
        }
        report(
            "front-matter", "the front matter is not closed", first.content,
            help: "end it with a line ---")
        return lines.count
    }

    // MARK: Fences

    /// The place of the first byte that is no space, when there are at most
    /// three spaces before it.
    private func indented(_ index: Int) -> Int? {
        var position = lines[index].content.lowerBound
        let end = lines[index].content.upperBound
        while position < end, source.bytes[position] == 0x20 { position += 1 }
        return position - lines[index].content.lowerBound <= 3 && position < end ? position : nil
    }

    private func openingFence(_ index: Int) -> Fence? {
        guard let start = indented(index) else { return nil }
        let character = source.bytes[start]
        guard character == UInt8(ascii: "`") || character == UInt8(ascii: "~") else { return nil }
        let end = lines[index].content.upperBound
        var position = start
        while position < end, source.bytes[position] == character { position += 1 }
        guard position - start >= 3 else { return nil }
        let info = position..<end
        if character == UInt8(ascii: "`"), source.bytes[info].contains(character) { return nil }
        return Fence(character: character, length: position - start, info: info)
    }

    private func closes(_ fence: Fence, _ index: Int) -> Bool {
        guard let start = indented(index) else { return false }
        var position = start
        let end = lines[index].content.upperBound
        while position < end, source.bytes[position] == fence.character { position += 1 }
        guard position - start >= fence.length else { return false }
        return source.bytes[position..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// The line after a fence; the index of its closing line, if there is one.
    private func endOfFence(_ fence: Fence, _ opening: Int) -> Int? {
        (opening + 1..<max(lines.count, opening + 1)).first { closes(fence, $0) }
    }

    private mutating func readFence(_ fence: Fence, _ opening: Int) -> Int {
        let closing = endOfFence(fence, opening)
        var position = fence.info.lowerBound
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        while position < fence.info.upperBound, isSpace(source.bytes[position]) { position += 1 }
        let start = position
        while position < fence.info.upperBound, !isSpace(source.bytes[position]) { position += 1 }
        guard let language = Cell.Language(rawValue: source.text(in: start..<position)) else {
            return (closing ?? lines.count - 1) + 1
        }
        var reader = AttributeReader(source, position..<fence.info.upperBound)
        reader.read()
        errors += reader.errors
        guard let closing else {
            report(
                "fence", "this cell is not closed", lines[opening].content,
                help: "end it with a line of \(fence.length) "
                    + "\(String(UnicodeScalar(fence.character)))")
            return lines.count
        }
        let code = lines[opening].end..<lines[closing].content.lowerBound
        let isWindows =
            lines[opening].end - lines[opening].content.upperBound == 2
        addCell(
            language, reader, code: code,
            range: lines[opening].content.lowerBound..<lines[closing].end,
            lineEnding: isWindows ? "\r\n" : "\n", opening: lines[opening].content)
        return closing + 1
    }

    private mutating func addCell(
        _ language: Cell.Language, _ reader: AttributeReader, code: Range<Int>,
        range: Range<Int>, lineEnding: String, opening: Range<Int>
    ) {
        let line = source.position(of: range.lowerBound).line + 1
        if reader.label == nil { anonymous += 1 }
        let key = reader.label ?? "cell-\(anonymous)"
        if let label = reader.label, let place = reader.labelRange {
            if let earlier = labels[label] {
                report(
                    "label", "the label '\(label)' is taken by the cell at line \(earlier)", place)
            }
            let tail = label.dropFirst(5)
            if label.hasPrefix("cell-"), !tail.isEmpty, tail.allSatisfy(\.isNumber) {
                report("label", "'\(label)' is a name for cells without a label", place)
            }
            labels[label] = line - 1
        }
        if language == .stan, !reader.attributes.isSkipped {
            if let label = reader.label, label.contains("-") {
                report(
                    "label", "a model's label is the name it is used by: '\(label)' is no name",
                    reader.labelRange ?? opening, help: "write _ for -")
            } else if reader.label == nil {
                report(
                    "label", "a stan cell needs a label: the name of its model", opening,
                    help: "write stan #name")
            }
        }
        cells.append(
            Cell(
                language: language, index: cells.count, label: reader.label, key: key,
                ordinal: anonymous, attributes: reader.attributes, code: code, range: range,
                line: line, lineEnding: lineEnding))
    }

    // MARK: Results

    /// The label of `<!-- out LABEL -->`.
    private func outputLabel(_ index: Int) -> Range<Int>? {
        guard let inner = comment(index) else { return nil }
        let words = source.text(in: inner).split(separator: " ")
        guard words.count == 2, words[0] == "out" else { return nil }
        var start = inner.upperBound - words[1].utf8.count
        while start > inner.lowerBound,
            source.text(in: start..<start + words[1].utf8.count) != words[1]
        {
            start -= 1
        }
        return start..<start + words[1].utf8.count
    }

    private func isOutputEnd(_ index: Int) -> Bool {
        comment(index).map { source.text(in: $0).filter { $0 != " " } == "/out" } ?? false
    }

    /// The inside of a comment that is alone on its line.
    private func comment(_ index: Int) -> Range<Int>? {
        guard let start = indented(index) else { return nil }
        var end = lines[index].content.upperBound
        while end > start, source.bytes[end - 1] == 0x20 || source.bytes[end - 1] == 0x09 {
            end -= 1
        }
        guard end - start >= 7, source.bytes[start..<start + 4].elementsEqual("<!--".utf8),
            source.bytes[end - 3..<end].elementsEqual("-->".utf8)
        else { return nil }
        return start + 4..<end - 3
    }

    private mutating func readOutput(_ label: Range<Int>, _ opening: Int) -> Int {
        var index = opening + 1
        while index < lines.count {
            if let fence = openingFence(index) {
                index = (endOfFence(fence, index) ?? lines.count - 1) + 1
                continue
            }
            if isOutputEnd(index) {
                outputs.append(
                    Notebook.OutputBlock(
                        label: source.text(in: label),
                        range: lines[opening].content.lowerBound..<lines[index].end,
                        content: lines[opening].end..<lines[index].content.lowerBound,
                        labelRange: label))
                return index + 1
            }
            index += 1
        }
        report(
            "output", "these results have no end", lines[opening].content,
            help: "results end with a line <!-- /out -->")
        return lines.count
    }

    private mutating func checkOutputs() {
        var seen: Set<String> = []
        for block in outputs {
            if !seen.insert(block.label).inserted {
                report(
                    "output", "the results of '\(block.label)' stand twice", block.labelRange)
            } else if !cells.contains(where: { $0.key == block.label }) {
                warnings.append(
                    Diagnostic(
                        .warning, code: "notebook/output",
                        "these results belong to no cell: '\(block.label)'", in: source,
                        at: block.labelRange,
                        help: suggestion(for: block.label, among: cells.map(\.key)).map {
                            "did you mean '\($0)'?"
                        } ?? "take them out"))
            }
        }
    }

    /// The line after a comment that begins here and goes over several lines.
    private func commentEnd(_ index: Int) -> Int? {
        guard let start = indented(index),
            source.text(in: start..<lines[index].content.upperBound).hasPrefix("<!--")
        else { return nil }
        for end in index..<lines.count where text(end).contains("-->") { return end + 1 }
        return nil
    }
}
