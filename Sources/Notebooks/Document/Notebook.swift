// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation

/// A Markdown file whose `buffon` and `stan` fences run.
///
/// The document keeps the bytes of its file and only places into them, so that
/// writing results back changes nothing but the results.
public struct Notebook: Sendable {
    /// The file, as the user named it.
    public let path: String
    public let source: SourceText
    public let frontMatter: FrontMatter
    /// The executed fences, from top to bottom.
    public let cells: [Cell]
    /// The recorded results, in the order of the file.
    let outputs: [OutputBlock]
    /// `` `= expression` `` in prose.
    let inlineValues: [InlineValue]
    /// Links to anchors of this file.
    let references: [CrossReference]
    /// What can be linked to besides cells: headings.
    let anchors: Set<String>
    /// What is odd but does not stop anything.
    public let warnings: [Diagnostic]

    /// Part of the prose that is replaced by a value in reports.
    public struct InlineValue: Sendable {
        /// The whole code span, with its backticks.
        public let range: Range<Int>
        /// The expression inside.
        public let expression: Range<Int>
    }

    struct CrossReference: Sendable {
        let target: String
        let range: Range<Int>
    }

    /// Results between `<!-- out LABEL -->` and `<!-- /out -->`.
    struct OutputBlock: Sendable {
        let label: String
        /// Both comment lines with their ends.
        let range: Range<Int>
        /// What stands between them.
        let content: Range<Int>
        let labelRange: Range<Int>
    }

    /// The largest file that is read.
    static let maximumSize = 32 << 20

    /// Reads a notebook.
    ///
    /// - Throws: `DiagnosticList` when the file cannot be read, or its front
    ///   matter, fences or result blocks are malformed.
    public init(path: String) throws(DiagnosticList) {
        let bytes: [UInt8]
        do {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            guard size <= Notebook.maximumSize else {
                throw Diagnostic(
                    code: "notebook/file", "the file is larger than 32 MiB",
                    in: SourceText(name: path, text: ""))
            }
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            let problem =
                error as? Diagnostic
                ?? Diagnostic(
                    code: "notebook/file", "cannot read the file",
                    in: SourceText(name: path, text: ""),
                    help: FileManager.default.fileExists(atPath: path)
                        ? nil : "there is no such file")
            throw DiagnosticList([problem])
        }
        try self.init(source: SourceText(name: path, bytes: bytes), path: path)
    }

    /// A notebook from a text in memory; `path` tells where it would lie.
    public init(source: SourceText, path: String) throws(DiagnosticList) {
        var scanner = DocumentScanner(source)
        scanner.scan()
        guard scanner.errors.isEmpty, let frontMatter = scanner.frontMatter else {
            throw DiagnosticList(scanner.errors)
        }
        self.path = path
        self.source = source
        self.frontMatter = frontMatter
        self.cells = scanner.cells
        self.outputs = scanner.outputs
        self.inlineValues = scanner.inlineValues
        self.references = scanner.references
        self.anchors = scanner.anchors
        self.warnings = scanner.warnings
    }

    /// The folder where relative paths start.
    public var folder: String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    /// The file's name without its ending: `NAME` of `NAME.figures`.
    public var name: String {
        ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    }

    /// Links of the prose that lead nowhere, as warnings.
    var danglingReferences: [Diagnostic] {
        let labels = cells.compactMap(\.label)
        return references.filter { !labels.contains($0.target) && !anchors.contains($0.target) }
            .map { reference in
                Diagnostic(
                    .warning, code: "notebook/reference",
                    "there is no cell or heading '#\(reference.target)'", in: source,
                    at: reference.range,
                    help: suggestion(
                        for: reference.target, among: labels + anchors.sorted()
                    ).map { "did you mean #\($0)?" })
            }
    }

    /// The bytes of the file with some results replaced.
    ///
    /// - Parameter contents: by cell key, the Markdown between the two comment
    ///   lines; an empty text takes the block away. Cells without an entry keep
    ///   what they have.
    func bytes(replacing contents: [String: String]) -> [UInt8] {
        var edits: [(range: Range<Int>, text: String)] = []
        for cell in cells {
            guard let content = contents[cell.key] else { continue }
            let newline = cell.lineEnding
            let block =
                content.isEmpty
                ? ""
                : "<!-- out \(cell.key) -->\n\(content)\n<!-- /out -->\n"
            if let old = outputs.first(where: { $0.label == cell.key }) {
                edits.append((old.range, block.replacing("\n", with: newline)))
            } else if !block.isEmpty {
                var text = block
                let end = cell.range.upperBound
                if end == source.bytes.count, source.bytes.last != UInt8(ascii: "\n") {
                    text = "\n" + text
                }
                edits.append((end..<end, text.replacing("\n", with: newline)))
            }
        }
        var result: [UInt8] = []
        result.reserveCapacity(source.bytes.count)
        var position = 0
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard edit.range.lowerBound >= position else { continue }
            result += source.bytes[position..<edit.range.lowerBound]
            result += Array(edit.text.utf8)
            position = edit.range.upperBound
        }
        result += source.bytes[position...]
        return result
    }
}
