// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// From a file's bytes to UTF-8 bytes that are known to be valid.
enum TextDecoding {
    /// Takes byte order marks away, turns UTF-16 (by its mark) and Latin-1 (if
    /// asked) into UTF-8, and drops the Ctrl-Z with which DOS ended files.
    static func decode(
        _ bytes: [UInt8], name: String, encoding: CSVOptions.Encoding
    ) throws(Diagnostic) -> [UInt8] {
        var result = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            result.removeFirst(3)
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            guard let text = utf16(bytes) else {
                throw Diagnostic(
                    code: "csv/encoding",
                    "the file begins as UTF-16 text but is not valid UTF-16",
                    in: SourceText(name: name, bytes: []), help: "save it as UTF-8")
            }
            result = text
        } else if encoding == .latin1, bytes.contains(where: { $0 >= 0x80 }) {
            result = Array(String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) })).utf8)
        }
        if result.last == 0x1A { result.removeLast() }
        if let offset = firstInvalid(result) {
            throw Diagnostic(
                code: "csv/encoding",
                "this byte (0x\(String(result[offset], radix: 16))) is not valid UTF-8",
                in: source(name, result), at: offset..<offset + 1,
                help: "save the file as UTF-8, or read it with encoding: .latin1")
        }
        return result
    }

    /// A source whose lines are the file's also when they end with CR alone.
    static func source(_ name: String, _ bytes: [UInt8]) -> SourceText {
        var lines = bytes
        for i in lines.indices where lines[i] == 0x0D {
            if i + 1 == lines.count || lines[i + 1] != 0x0A { lines[i] = 0x0A }
        }
        return SourceText(name: name, bytes: lines)
    }

    private static func utf16(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count % 2 == 0 else { return nil }
        let littleEndian = bytes[0] == 0xFF
        let units = stride(from: 2, to: bytes.count, by: 2).map { i -> UInt16 in
            littleEndian
                ? UInt16(bytes[i]) | UInt16(bytes[i + 1]) << 8
                : UInt16(bytes[i]) << 8 | UInt16(bytes[i + 1])
        }
        return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
    }

    /// The offset of the first byte that cannot be part of UTF-8 (RFC 3629).
    static func firstInvalid(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var i = 0
            while i < bytes.count {
                let byte = bytes[i]
                if byte < 0x80 {
                    i += 1
                    continue
                }
                let length: Int
                var low: UInt8 = 0x80
                var high: UInt8 = 0xBF
                switch byte {
                case 0xC2...0xDF: length = 2
                case 0xE0: (length, low) = (3, 0xA0)
                case 0xED: (length, high) = (3, 0x9F)
                case 0xE1...0xEF: length = 3
                case 0xF0: (length, low) = (4, 0x90)
                case 0xF1...0xF3: length = 4
                case 0xF4: (length, high) = (4, 0x8F)
                default: return i
                }
                guard i + length <= bytes.count, bytes[i + 1] >= low, bytes[i + 1] <= high else {
                    return i
                }
                for k in 2..<max(2, length) where bytes[i + k] & 0xC0 != 0x80 { return i }
                i += length
            }
            return nil
        }
    }
}
