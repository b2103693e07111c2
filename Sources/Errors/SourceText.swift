// SPDX-License-Identifier: GPL-3.0-or-later

/// A text with a name, and the positions of its lines: the thing that every
/// diagnostic points into (a Stan program, a notebook, a CSV file, …).
public final class SourceText: Sendable {
    /// The file's name as the user gave it, or a word such as "<expression>".
    public let name: String
    /// The bytes, UTF-8.
    public let bytes: [UInt8]
    /// Offset of the first byte of each line.
    private let lineStarts: [Int]
    /// Line number of the first line: above 1 for a cell inside a notebook.
    public let firstLine: Int

    public init(name: String, text: String, firstLine: Int = 1) {
        self.name = name
        self.bytes = Array(text.utf8)
        self.firstLine = firstLine
        self.lineStarts = SourceText.starts(of: bytes)
    }

    public init(name: String, bytes: [UInt8], firstLine: Int = 1) {
        self.name = name
        self.bytes = bytes
        self.firstLine = firstLine
        self.lineStarts = SourceText.starts(of: bytes)
    }

    private static func starts(of bytes: [UInt8]) -> [Int] {
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        return starts
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text between two byte offsets.
    public func text(in range: Range<Int>) -> String {
        let bounded = range.clamped(to: 0..<bytes.count)
        return String(decoding: bytes[bounded], as: UTF8.self)
    }

    /// Line (from `firstLine`) and column (from 1, in characters) of an offset.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(offset, 0), bytes.count)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let column = String(decoding: bytes[lineStarts[low]..<offset], as: UTF8.self).count + 1
        return (low + firstLine, column)
    }

    /// A line without its end-of-line characters; empty when there is no such line.
    public func line(_ number: Int) -> String {
        let index = number - firstLine
        guard lineStarts.indices.contains(index) else { return "" }
        var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
        if end > lineStarts[index], bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(
            decoding: bytes[lineStarts[index]..<max(end, lineStarts[index])], as: UTF8.self)
    }
}
