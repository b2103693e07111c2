// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors

/// A file in an editor: its text, and the programs in it. Places in the
/// protocol are lines and UTF-16 units, both from 0.
struct TextDocument {
    /// A program: the whole file, or a `stan` cell of a notebook.
    struct Region {
        var range: Range<Int>
        /// The cell is there to show an error.
        var mayFail = false
    }

    let uri: String
    private(set) var bytes: [UInt8]
    private(set) var regions: [Region] = []
    private var lineStarts: [Int] = [0]
    private let isNotebook: Bool

    init(uri: String, language: String?, text: String) {
        self.uri = uri
        isNotebook = language == "markdown" || uri.hasSuffix(".md")
        bytes = Array(text.utf8)
        index()
    }

    mutating func replace(_ range: Range<Int>?, with text: String) {
        if let range {
            bytes.replaceSubrange(range.clamped(to: 0..<bytes.count), with: Array(text.utf8))
        } else {
            bytes = Array(text.utf8)
        }
        index()
    }

    private mutating func index() {
        lineStarts = [0]
        for (offset, byte) in bytes.enumerated() where byte == 10 {
            lineStarts.append(offset + 1)
        }
        regions = isNotebook ? fences() : [Region(range: 0..<bytes.count)]
    }

    func source(of region: Region) -> SourceText {
        SourceText(name: name, bytes: Array(bytes[region.range]))
    }

    /// The file's path, or the address of what is no file.
    var name: String { TextDocument.path(of: uri) ?? uri }

    func region(at offset: Int) -> Region? {
        regions.first { $0.range.lowerBound <= offset && offset <= $0.range.upperBound }
    }

    // MARK: Places

    func offset(of position: JSONValue?) -> Int? {
        guard let line = position?["line"]?.integer,
            let character = position?["character"]?.integer
        else { return nil }
        if line < 0 { return 0 }
        guard line < lineStarts.count else { return bytes.count }
        var offset = lineStarts[line]
        var units = 0
        while offset < bytes.count, bytes[offset] != 10, bytes[offset] != 13, units < character {
            units += bytes[offset] >= 0xF0 ? 2 : 1
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        }
        return offset
    }

    func offsets(of range: JSONValue?) -> Range<Int>? {
        guard let start = offset(of: range?["start"]), let end = offset(of: range?["end"]) else {
            return nil
        }
        return min(start, end)..<max(start, end)
    }

    func position(of offset: Int) -> JSONValue {
        let offset = min(max(offset, 0), bytes.count)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        var units = 0
        for byte in bytes[lineStarts[low]..<offset] where byte & 0xC0 != 0x80 {
            units += byte >= 0xF0 ? 2 : 1
        }
        return ["line": .integer(low), "character": .integer(units)]
    }

    func range(_ range: Range<Int>) -> JSONValue {
        ["start": position(of: range.lowerBound), "end": position(of: range.upperBound)]
    }

    // MARK: Notebooks

    /// The code of all `stan` fences.
    private func fences() -> [Region] {
        var regions: [Region] = []
        var open: (mark: UInt8, count: Int, isStan: Bool, mayFail: Bool, start: Int)?
        for (i, start) in lineStarts.enumerated() {
            let end = i + 1 < lineStarts.count ? lineStarts[i + 1] : bytes.count
            let line = bytes[start..<end].drop { $0 == 32 }
            guard let mark = line.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~")
            else { continue }
            let count = line.prefix { $0 == mark }.count
            guard count >= 3 else { continue }
            let info = String(decoding: line.dropFirst(count), as: UTF8.self)
                .split { $0.isWhitespace }
            if let fence = open {
                guard mark == fence.mark, count >= fence.count, info.isEmpty else { continue }
                if fence.isStan {
                    regions.append(Region(range: fence.start..<start, mayFail: fence.mayFail))
                }
                open = nil
            } else {
                let mayFail = info.contains { $0 == "fails" || $0.hasPrefix("fails=") }
                open = (mark, count, info.first == "stan", mayFail, end)
            }
        }
        return regions
    }

    // MARK: Addresses

    /// The path of a `file://` address.
    static func path(of uri: String) -> String? {
        guard uri.hasPrefix("file://") else { return nil }
        let rest = uri.dropFirst(7)
        guard let slash = rest.firstIndex(of: "/") else { return nil }
        var result: [UInt8] = []
        var text = Array(rest[slash...].utf8)[...]
        while let byte = text.popFirst() {
            if byte == UInt8(ascii: "%"), text.count >= 2,
                let value = UInt8(String(decoding: text.prefix(2), as: UTF8.self), radix: 16)
            {
                result.append(value)
                text = text.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func uri(ofPath path: String) -> String {
        var result = "file://"
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                byte < 128
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "/-_.~".unicodeScalars.contains(scalar))
            let hex = String(byte, radix: 16, uppercase: true)
            result += isPlain ? String(scalar) : "%" + (byte < 16 ? "0" : "") + hex
        }
        return result
    }
}
