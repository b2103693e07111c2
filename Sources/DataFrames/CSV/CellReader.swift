// SPDX-License-Identifier: GPL-3.0-or-later

/// Decides what a cell's bytes are: missing, a number, a truth value, or text.
struct CellReader {
    enum Reading {
        case missing
        case integer(Int)
        case number(Double)
        case boolean(Bool)
        case text
    }

    let decimal: UInt8
    let thousands: UInt8?
    private let missing: [[UInt8]]
    private var canBeginMissing = [Bool](repeating: false, count: 256)

    init(decimal: UInt8, thousands: UInt8?, missing: Set<String>) {
        self.decimal = decimal
        self.thousands = thousands ?? (decimal == UInt8(ascii: ",") ? UInt8(ascii: ".") : nil)
        self.missing = missing.map { Array($0.utf8) }.filter { !$0.isEmpty }
        for token in self.missing { canBeginMissing[Int(token[0])] = true }
    }

    /// Reads a cell; blanks around it do not matter.
    func read(_ cell: UnsafeBufferPointer<UInt8>) -> Reading {
        let trimmed = Self.trimmed(cell)
        guard let first = trimmed.first else { return .missing }
        if canBeginMissing[Int(first)],
            missing.contains(where: { $0.count == trimmed.count && $0.elementsEqual(trimmed) })
        {
            return .missing
        }
        switch first {
        case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"), decimal:
            if let number = number(trimmed) { return number }
        case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
            if let boolean = Self.boolean(trimmed) { return .boolean(boolean) }
        case UInt8(ascii: "i"), UInt8(ascii: "I"): break
        default: return .text
        }
        return Self.infinity(trimmed).map { .number($0) } ?? .text
    }

    private func number(_ cell: UnsafeBufferPointer<UInt8>) -> Reading? {
        let reading: DecimalScanner.Reading?
        if let thousands, cell.contains(thousands) {
            guard let plain = Self.withoutGroups(cell, thousands, decimal) else { return nil }
            reading = plain.withUnsafeBufferPointer { DecimalScanner.scan($0, decimal: decimal) }
        } else {
            reading = DecimalScanner.scan(cell, decimal: decimal)
        }
        switch reading {
        case .integer(let value): return .integer(value)
        case .number(let value): return .number(value)
        case nil: return nil
        }
    }

    /// "1.234.567,5" → "1234567,5"; nil unless the groups are of three digits.
    private static func withoutGroups(
        _ cell: UnsafeBufferPointer<UInt8>, _ thousands: UInt8, _ decimal: UInt8
    ) -> [UInt8]? {
        var plain: [UInt8] = []
        var run = 0
        var groups = 0
        var i = 0
        if let first = cell.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            plain.append(first)
            i = 1
        }
        while i < cell.count, cell[i] != decimal {
            let byte = cell[i]
            if byte == thousands {
                guard groups == 0 ? (1...3).contains(run) : run == 3 else { return nil }
                groups += 1
                run = 0
            } else if byte >= 48, byte <= 57 {
                run += 1
                plain.append(byte)
            } else {
                return nil
            }
            i += 1
        }
        guard groups > 0, run == 3 else { return nil }
        plain.append(contentsOf: cell[i...])
        return plain
    }

    static func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = cell.count
        while start < end, cell[start] == 0x20 || cell[start] == 0x09 { start += 1 }
        while end > start, cell[end - 1] == 0x20 || cell[end - 1] == 0x09 { end -= 1 }
        return UnsafeBufferPointer(rebasing: cell[start..<end])
    }

    /// true, True, TRUE and false, False, FALSE. Not T and F, which are as
    /// often codes of something else.
    private static func boolean(_ cell: UnsafeBufferPointer<UInt8>) -> Bool? {
        switch cell.count {
        case 4 where ["true", "True", "TRUE"].contains { $0.utf8.elementsEqual(cell) }: true
        case 5 where ["false", "False", "FALSE"].contains { $0.utf8.elementsEqual(cell) }: false
        default: nil
        }
    }

    private static func infinity(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
        guard cell.count <= 9 else { return nil }
        switch String(decoding: cell, as: UTF8.self).lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: return nil
        }
    }

    /// An integer such as 007, whose zeros a number would lose.
    static func hasLeadingZero(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        let trimmed = trimmed(cell)
        return trimmed.count > 1 && trimmed[0] == 48 && trimmed.allSatisfy { $0 >= 48 && $0 <= 57 }
    }
}
