// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors

/// Cuts bytes into messages of the language server protocol: headers, an empty
/// line, JSON. What is malformed becomes a failure, and reading goes on.
package struct MessageStream {
    package enum Message {
        case value(JSONValue)
        /// Why a message could not be read.
        case malformed(String)
    }

    /// Larger messages are skipped.
    private static let sizeLimit = 64 << 20
    private static let headerLimit = 1 << 16

    private var buffer: [UInt8] = []
    private var position = 0
    /// Bytes of a refused message that are still to come.
    private var skipping = 0

    package init() {}

    /// The messages that are complete with these bytes.
    package mutating func receive(_ bytes: some Sequence<UInt8>) -> [Message] {
        buffer += bytes
        var messages: [Message] = []
        while let message = next() { messages.append(message) }
        if position == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            position = 0
        } else if position > 1 << 20 {
            buffer.removeFirst(position)
            position = 0
        }
        return messages
    }

    private mutating func next() -> Message? {
        if skipping > 0 {
            let count = min(skipping, buffer.count - position)
            position += count
            skipping -= count
            if skipping > 0 { return nil }
        }
        guard let (header, start) = header() else {
            guard buffer.count - position > MessageStream.headerLimit else { return nil }
            position = buffer.count
            return .malformed("a header is longer than \(MessageStream.headerLimit) bytes")
        }
        guard let length = MessageStream.length(header) else {
            position = start
            return .malformed("a message has no Content-Length")
        }
        guard length <= MessageStream.sizeLimit else {
            position = start
            skipping = length
            return .malformed("a message is larger than \(MessageStream.sizeLimit >> 20) MB")
        }
        guard buffer.count - start >= length else { return nil }
        let body = Array(buffer[start..<start + length])
        position = start + length
        do {
            return .value(try JSONValue.parse(SourceText(name: "message", bytes: body)))
        } catch {
            return .malformed(error.message)
        }
    }

    /// The header lines and where the body begins.
    private func header() -> (ArraySlice<UInt8>, Int)? {
        var i = position
        while i < buffer.count {
            if buffer[i] == 10 {
                if i + 1 < buffer.count, buffer[i + 1] == 10 {
                    return (buffer[position..<i], i + 2)
                }
                if i + 2 < buffer.count, buffer[i + 1] == 13, buffer[i + 2] == 10 {
                    return (buffer[position..<i], i + 3)
                }
            }
            if i - position > MessageStream.headerLimit { return nil }
            i += 1
        }
        return nil
    }

    private static func length(_ header: ArraySlice<UInt8>) -> Int? {
        for line in header.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let digits = line[(colon + 1)...].filter { $0 != 32 && $0 != 9 }
            let value = Int(String(decoding: digits, as: UTF8.self))
            if name.lowercased() == "content-length", let value, value >= 0 { return value }
        }
        return nil
    }

    /// A message as bytes.
    package static func framed(_ value: JSONValue) -> [UInt8] {
        let body = Array(value.text().utf8)
        return Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }
}
