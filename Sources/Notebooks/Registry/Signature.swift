// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads signatures such as
///
///     Gamma(shape: number, rate: number) -> distribution
///     minimize(_ f: closure, from start: vector, method: .bfgs|.newton = .bfgs) -> path
///     mean -> number
///
/// into their parts. They are part of the program, so a malformed one is a
/// programmer's error (a test reads them all).
struct Signature {
    var name: String
    var parameters: [ScriptFunction.Parameter] = []
    var result: ScriptType
    var isProperty: Bool

    init(_ text: String) {
        var reader = SignatureReader(text)
        name = reader.word()
        isProperty = !reader.accept("(")
        if !isProperty { parameters = reader.parameters() }
        result = reader.accept("->") ? reader.type().0 : .nothing
        precondition(reader.isAtEnd, "malformed signature: \(text)")
    }
}

private struct SignatureReader {
    let bytes: [UInt8]
    var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func skipSpace() {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    }

    mutating func accept(_ text: String) -> Bool {
        skipSpace()
        let wanted = Array(text.utf8)
        guard position + wanted.count <= bytes.count,
            Array(bytes[position..<position + wanted.count]) == wanted
        else { return false }
        position += wanted.count
        skipSpace()
        return true
    }

    mutating func word() -> String {
        skipSpace()
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            let isLetter = byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
            let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
            guard isLetter || isDigit || byte == UInt8(ascii: "_") || byte >= 0x80 else { break }
            position += 1
        }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        skipSpace()
        return word
    }

    /// Up to the closing bracket, which is read too.
    mutating func parameters() -> [ScriptFunction.Parameter] {
        var result: [ScriptFunction.Parameter] = []
        while !accept(")") {
            guard !isAtEnd else { preconditionFailure("malformed signature") }
            let first = word()
            let second = word()
            guard accept(":") else { preconditionFailure("malformed signature") }
            let (type, choices) = self.type()
            var parameter = ScriptFunction.Parameter(
                label: first == "_" ? nil : first, name: second.isEmpty ? first : second,
                type: type, choices: choices)
            parameter.isVariadic = accept("...")
            if accept("=") { parameter.defaultText = defaultText() }
            result.append(parameter)
            _ = accept(",")
        }
        return result
    }

    mutating func type() -> (ScriptType, [ScriptFunction.Choice]) {
        var names: [String] = []
        var choices: [ScriptFunction.Choice] = []
        repeat {
            if bytes[min(position, bytes.count - 1)] == UInt8(ascii: "."), accept(".") {
                let name = word()
                let parameters = accept("(") ? self.parameters() : []
                choices.append(ScriptFunction.Choice(name: name, parameters: parameters))
                if !names.contains("symbol") { names.append("symbol") }
            } else {
                // A kind may have two words: "data frame".
                var name = word()
                while let byte = position < bytes.count ? bytes[position] : nil,
                    byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z")
                {
                    name += " " + word()
                }
                names.append(name)
            }
        } while accept("|")
        return (names.contains("any") ? .any : ScriptType(names: names), choices)
    }

    /// Everything up to a comma or bracket of this level.
    private mutating func defaultText() -> String {
        let start = position
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")") where depth == 0, UInt8(ascii: ",") where depth == 0:
                return String(decoding: bytes[start..<position], as: UTF8.self)
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}
