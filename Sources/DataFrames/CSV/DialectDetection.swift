// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds delimiter, decimal mark and header from the first records of a file.
enum DialectDetection {
    private static let sampleSize = 200

    private static func sample(_ tokenizer: CSVTokenizer) -> [[String]]? {
        var tokenizer = tokenizer
        var record = CSVTokenizer.Record()
        var rows: [[String]] = []
        do {
            while rows.count < sampleSize, try tokenizer.next(&record) {
                if !record.isBlank { rows.append(record.fields.map { tokenizer.text($0) }) }
            }
        } catch {
            return nil
        }
        return rows
    }

    /// The delimiter under which most records agree in their number of fields,
    /// that number being above one; of several, the one with more fields.
    static func delimiter(
        _ bytes: UnsafeBufferPointer<UInt8>, quote: UInt8?, comment: UInt8?
    ) -> UInt8 {
        var best: (delimiter: UInt8, agreement: Double, fields: Int)?
        for candidate in [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")] {
            let tokenizer = CSVTokenizer(
                bytes, delimiter: candidate, quote: quote, comment: comment)
            guard let rows = sample(tokenizer), let first = rows.first, first.count > 1 else {
                continue
            }
            let agreeing = rows.count { $0.count == first.count }
            let agreement = Double(agreeing) / Double(rows.count)
            if let best, (best.agreement, best.fields) >= (agreement, first.count) { continue }
            best = (candidate, agreement, first.count)
        }
        return best?.delimiter ?? UInt8(ascii: ",")
    }

    /// A comma when cells read as numbers with a decimal comma and none can
    /// only be read with a point. Asked of semicolon files only.
    static func decimal(_ tokenizer: CSVTokenizer, missing: Set<String>) -> UInt8 {
        let comma = CellReader(decimal: UInt8(ascii: ","), thousands: nil, missing: missing)
        let point = CellReader(decimal: UInt8(ascii: "."), thousands: nil, missing: missing)
        var withComma = 0
        for cell in (sample(tokenizer) ?? []).joined() {
            let asComma = isNumber(cell, comma)
            if asComma, cell.contains(",") { withComma += 1 }
            if !asComma, isNumber(cell, point) { return UInt8(ascii: ".") }
        }
        return withComma > 0 ? UInt8(ascii: ",") : UInt8(ascii: ".")
    }

    private static func isNumber(_ cell: String, _ reader: CellReader) -> Bool {
        var cell = cell
        return cell.withUTF8 {
            switch reader.read($0) {
            case .integer, .number: true
            default: false
            }
        }
    }

    /// Whether the first record names the columns: each column whose other
    /// cells are all numbers or truth values votes, for a header when its
    /// first cell is a text, against one when it is a number too (years in a
    /// header do not count). Without votes there is a header.
    static func header(_ tokenizer: CSVTokenizer, _ reader: CellReader) -> Bool {
        guard let rows = sample(tokenizer), let first = rows.first, rows.count > 1 else {
            return true
        }
        var against = false
        for (position, title) in first.enumerated() {
            let cells = rows.dropFirst().compactMap { $0.count > position ? $0[position] : nil }
            let kinds = cells.map { kind($0, reader) }
            guard kinds.contains(.value), !kinds.contains(.text) else { continue }
            switch kind(title, reader) {
            case .text: return true
            case .value: against = against || !isYear(title)
            case .missing: break
            }
        }
        return !against
    }

    private enum Kind { case missing, value, text }

    private static func kind(_ cell: String, _ reader: CellReader) -> Kind {
        var cell = cell
        return cell.withUTF8 {
            switch reader.read($0) {
            case .missing: .missing
            case .text: .text
            default: .value
            }
        }
    }

    private static func isYear(_ text: String) -> Bool {
        Int(text).map { (1500...2200).contains($0) } ?? false
    }
}
