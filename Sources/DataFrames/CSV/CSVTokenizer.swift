// SPDX-License-Identifier: GPL-3.0-or-later

/// The CSV core: a state machine over bytes that yields one record after the
/// other as ranges of bytes. No I/O, no strings, no allocation in the loop.
///
/// RFC 4180, and where real files depart from it:
/// - records end with LF, CRLF or CR, mixed as they come; the last line end
///   may be missing;
/// - blanks between a delimiter and an opening quote, and after a closing one,
///   are left out; all other blanks belong to their field;
/// - a quote inside an unquoted field is an ordinary character;
/// - text after a closing quote, a quote that is never closed and a NUL byte
///   are faults.
struct CSVTokenizer {
    /// A field's bytes, without its quotes.
    struct Field {
        var start: Int
        var end: Int
        /// The field stood in quotes.
        var isQuoted = false
        /// It contains doubled quotes.
        var hasDoubledQuotes = false
    }

    struct Record {
        /// The number of the line on which the record begins, from 1.
        var line = 1
        var start = 0
        var end = 0
        var fields: [Field] = []
        /// The record is an empty line or one of blanks only.
        var isBlank = false
    }

    struct Fault: Error {
        var code: String
        var message: String
        var range: Range<Int>
        var help: String?
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let delimiter: UInt8
    let quote: UInt8?
    let comment: UInt8?
    private(set) var offset: Int
    private(set) var line = 1

    init(
        _ bytes: UnsafeBufferPointer<UInt8>, from offset: Int = 0, delimiter: UInt8,
        quote: UInt8? = UInt8(ascii: "\""), comment: UInt8? = nil
    ) {
        self.bytes = bytes
        self.offset = offset
        self.delimiter = delimiter
        self.quote = quote
        self.comment = comment
    }

    /// Reads the next record into `record`; false when there is none.
    mutating func next(_ record: inout Record) throws(Fault) -> Bool {
        if let comment {
            while offset < bytes.count, bytes[offset] == comment { skipLine() }
        }
        guard offset < bytes.count else { return false }
        record.fields.removeAll(keepingCapacity: true)
        record.line = line
        record.start = offset
        while true {
            let field = try nextField()
            record.fields.append(field)
            guard offset < bytes.count else { break }
            if bytes[offset] == delimiter {
                offset += 1
            } else {
                break
            }
        }
        record.end = offset
        record.isBlank =
            record.fields.count == 1 && !record.fields[0].isQuoted
            && (record.fields[0].start..<record.fields[0].end).allSatisfy { isBlank(bytes[$0]) }
        skipLineEnd()
        return true
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte == 0x09 && delimiter != 0x09)
    }

    private mutating func nextField() throws(Fault) -> Field {
        let start = offset
        if let quote {
            var look = offset
            while look < bytes.count, isBlank(bytes[look]) { look += 1 }
            if look < bytes.count, bytes[look] == quote { return try quotedField(quote, at: look) }
        }
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
            if byte == 0 { throw nulFault() }
            offset += 1
        }
        return Field(start: start, end: offset)
    }

    private mutating func quotedField(_ quote: UInt8, at opening: Int) throws(Fault) -> Field {
        offset = opening + 1
        var field = Field(start: offset, end: offset, isQuoted: true)
        while true {
            guard offset < bytes.count else {
                throw Fault(
                    code: "csv/unterminated-quote", message: "this quote is never closed",
                    range: opening..<opening + 1,
                    help: "close it; a quote inside a quoted field is written twice")
            }
            let byte = bytes[offset]
            if byte == quote {
                if offset + 1 < bytes.count, bytes[offset + 1] == quote {
                    field.hasDoubledQuotes = true
                    offset += 2
                    continue
                }
                break
            }
            if byte == 0 { throw nulFault() }
            if byte == 0x0A || byte == 0x0D { skipLineEnd() } else { offset += 1 }
        }
        field.end = offset
        offset += 1
        while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
        if offset < bytes.count {
            let byte = bytes[offset]
            guard byte == delimiter || byte == 0x0A || byte == 0x0D else {
                throw Fault(
                    code: "csv/text-after-quote", message: "text follows a closing quote",
                    range: offset..<offset + 1,
                    help: "a quote inside a quoted field is written twice")
            }
        }
        return field
    }

    private func nulFault() -> Fault {
        Fault(
            code: "csv/nul", message: "a NUL byte: this is not a text file in UTF-8",
            range: offset..<offset + 1,
            help: "if it is UTF-16 or a spreadsheet, save it as CSV in UTF-8")
    }

    /// Steps over LF, CRLF or CR.
    private mutating func skipLineEnd() {
        guard offset < bytes.count else { return }
        if bytes[offset] == 0x0D {
            offset += offset + 1 < bytes.count && bytes[offset + 1] == 0x0A ? 2 : 1
        } else {
            offset += 1
        }
        line += 1
    }

    private mutating func skipLine() {
        while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
        skipLineEnd()
    }

    /// The text of a field, with doubled quotes made single.
    func text(_ field: Field) -> String {
        let slice = UnsafeBufferPointer(rebasing: bytes[field.start..<field.end])
        guard field.hasDoubledQuotes, let quote else {
            return String(decoding: slice, as: UTF8.self)
        }
        var content: [UInt8] = []
        content.reserveCapacity(slice.count)
        var i = 0
        while i < slice.count {
            content.append(slice[i])
            i += slice[i] == quote ? 2 : 1
        }
        return String(decoding: content, as: UTF8.self)
    }
}
