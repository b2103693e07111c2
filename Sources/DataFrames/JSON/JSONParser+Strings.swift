// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension JSONParser {
    /// The string whose opening quote stands at `offset`.
    mutating func string() throws(Diagnostic) -> String {
        let start = offset
        offset += 1
        let content = offset
        var scan = content
        while scan < bytes.count, bytes[scan] != UInt8(ascii: "\""),
            bytes[scan] != UInt8(ascii: "\\"), bytes[scan] >= 0x20
        {
            scan += 1
        }
        if scan < bytes.count, bytes[scan] == UInt8(ascii: "\"") {
            offset = scan + 1
            return try text(Array(bytes[content..<scan]), openedAt: start)
        }
        var buffer = Array(bytes[content..<scan])
        offset = scan
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                offset += 1
                return try text(buffer, openedAt: start)
            } else if byte == UInt8(ascii: "\\") {
                try escape(into: &buffer)
            } else if byte < 0x20 {
                if byte == 0x0A || byte == 0x0D { break }
                throw fault(
                    "a control character inside a string",
                    help: "write it as an escape: \\t, \\u00…"
                )
            } else {
                buffer.append(byte)
                offset += 1
            }
        }
        throw fault("the string that begins here is not closed", at: start..<start + 1)
    }

    private func text(_ buffer: [UInt8], openedAt start: Int) throws(Diagnostic) -> String {
        guard let text = String(validating: buffer, as: UTF8.self) else {
            throw fault(
                "the string is not valid UTF-8", at: start..<offset, help: "save the file as UTF-8")
        }
        return text
    }

    private mutating func escape(into buffer: inout [UInt8]) throws(Diagnostic) {
        let start = offset
        offset += 1
        guard offset < bytes.count else {
            throw fault("the text ends inside an escape", at: start..<start + 1)
        }
        let letter = bytes[offset]
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(letter)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal(from: start)
            if code & 0xFC00 == 0xD800 {
                guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
                    bytes[offset + 1] == UInt8(ascii: "u")
                else { throw loneSurrogate(start) }
                offset += 2
                let low = try hexadecimal(from: start)
                guard low & 0xFC00 == 0xDC00 else { throw loneSurrogate(start) }
                code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
            }
            guard let scalar = UnicodeScalar(code) else { throw loneSurrogate(start) }
            buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default:
            throw fault(
                "unknown escape in a string", at: start..<min(offset, bytes.count),
                help: "a backslash itself is written \\\\")
        }
    }

    private mutating func hexadecimal(from start: Int) throws(Diagnostic) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard offset < bytes.count,
                let digit = Character(UnicodeScalar(bytes[offset])).hexDigitValue
            else { throw fault("\\u is followed by four hexadecimal digits", at: start..<offset) }
            code = code * 16 + UInt32(digit)
            offset += 1
        }
        return code
    }

    private func loneSurrogate(_ start: Int) -> Diagnostic {
        fault(
            "half of a surrogate pair", at: start..<offset,
            help: "characters beyond U+FFFF take two \\u escapes")
    }
}
