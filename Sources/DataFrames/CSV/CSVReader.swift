// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Reads a whole CSV text: once to learn the types of its columns, once more
/// to fill them. Nothing but the columns is kept in memory.
struct CSVReader {
    let name: String
    let bytes: [UInt8]
    let options: CSVOptions

    init(name: String, bytes: [UInt8], options: CSVOptions) throws {
        self.name = name
        self.options = options
        self.bytes = try TextDecoding.decode(bytes, name: name, encoding: options.encoding)
    }

    func read() throws -> DataFrame {
        let quote = try options.byte("quote", options.quote)
        let comment = try options.byte("comment", options.comment)
        let givenDelimiter = try options.byte("delimiter", options.delimiter)
        let givenDecimal = try options.byte("decimal", options.decimal)
        let thousands = try options.byte("thousands", options.thousands)
        try options.requireDistinctMarks()
        return try bytes.withUnsafeBufferPointer { bytes in
            let delimiter =
                givenDelimiter
                ?? DialectDetection.delimiter(bytes, quote: quote, comment: comment)
            let tokenizer = CSVTokenizer(
                bytes, delimiter: delimiter, quote: quote, comment: comment)
            let decimal =
                givenDecimal
                ?? (delimiter == UInt8(ascii: ";")
                    ? DialectDetection.decimal(tokenizer, missing: options.missing)
                    : UInt8(ascii: "."))
            let cells = CellReader(
                decimal: decimal, thousands: thousands, missing: options.missing)
            let header = options.header ?? DialectDetection.header(tokenizer, cells)
            let dialect = CSVDialect(
                delimiter: Character(UnicodeScalar(delimiter)), header: header,
                decimal: Character(UnicodeScalar(decimal)))
            do {
                return try read(tokenizer, cells, dialect)
            } catch let fault as CSVTokenizer.Fault {
                throw Diagnostic(
                    code: fault.code, fault.message, in: TextDecoding.source(name, self.bytes),
                    at: fault.range, help: fault.help)
            }
        }
    }

    private func read(
        _ start: CSVTokenizer, _ cells: CellReader, _ dialect: CSVDialect
    ) throws -> DataFrame {
        var tokenizer = start
        var record = CSVTokenizer.Record()
        var found = false
        while !found, try tokenizer.next(&record) { found = !record.isBlank }
        guard found else {
            throw Diagnostic(
                code: "csv/empty", "the file is empty: it has neither a header nor data",
                in: SourceText(name: name, bytes: []))
        }
        let width = record.fields.count
        let (names, nameNotes) =
            dialect.header
            ? ColumnNames.make(record.fields.map { tokenizer.text($0) })
            : ((1...width).map { "column\($0)" }, [])
        var rest = tokenizer
        if !dialect.header {
            // Read the first record again, as data.
            rest = start
        }

        var kinds = names.map { ColumnInference(name: $0) }
        var lines = LineMap()
        var shortLines: [Int] = []
        try eachRow(rest, width: width) { tokenizer, record in
            lines.append(record.line)
            if record.fields.count < width { shortLines.append(record.line) }
            for position in 0..<width {
                guard position < record.fields.count else {
                    kinds[position].addAbsent()
                    continue
                }
                let field = record.fields[position]
                let cell = UnsafeBufferPointer(rebasing: tokenizer.bytes[field.start..<field.end])
                let reading = options.readsTypes ? cells.read(cell) : .text
                kinds[position].add(cell, reading, line: record.line)
            }
        }

        var builders = kinds.map {
            ColumnBuilder(type: options.readsTypes ? $0.type : .text, capacity: lines.count)
        }
        try eachRow(rest, width: width) { tokenizer, record in
            for position in 0..<width {
                guard position < record.fields.count else {
                    builders[position].appendMissing()
                    continue
                }
                let field = record.fields[position]
                let cell = UnsafeBufferPointer(rebasing: tokenizer.bytes[field.start..<field.end])
                let reading = options.readsTypes ? cells.read(cell) : .text
                builders[position].append(reading) { tokenizer.text(field) }
            }
        }

        let columns = zip(names, builders).map { Column(name: $0, $1.values) }
        var frame = try DataFrame(columns)
        var notes = nameNotes + kinds.flatMap(\.notes)
        if !shortLines.isEmpty {
            notes.append(
                DataNote(
                    column: nil, "records with fewer than \(width) fields were filled as missing",
                    count: shortLines.count, lines: Array(shortLines.prefix(DataNote.shownLines))))
        }
        frame.origin = DataOrigin(name: name, dialect: dialect, notes: notes, lines: lines)
        return frame
    }

    /// Walks the data records, checks their widths and leaves blank lines out.
    /// In a file of one column a blank line is a missing cell, except at the
    /// end of the file.
    private func eachRow(
        _ start: CSVTokenizer, width: Int,
        _ body: (CSVTokenizer, CSVTokenizer.Record) throws -> Void
    ) throws {
        var tokenizer = start
        var record = CSVTokenizer.Record()
        var heldBlanks: [CSVTokenizer.Record] = []
        while try tokenizer.next(&record) {
            if record.isBlank {
                if width == 1 { heldBlanks.append(record) }
                continue
            }
            for blank in heldBlanks { try body(tokenizer, blank) }
            heldBlanks.removeAll(keepingCapacity: true)
            let count = record.fields.count
            if count > width || (count < width && options.shortRows == .error) {
                throw ragged(record, width: width)
            }
            try body(tokenizer, record)
        }
    }

    private func ragged(_ record: CSVTokenizer.Record, width: Int) -> Diagnostic {
        let count = record.fields.count
        let range =
            count > width
            ? record.fields[width].start..<max(record.end, record.fields[width].start)
            : record.start..<record.end
        let fields = "\(count) field\(count == 1 ? "" : "s")"
        let help =
            count > width
            ? "quote fields that contain the delimiter, or say which delimiter the file has"
            : "complete the line, or read with shortRows: .fillWithMissing"
        return Diagnostic(
            code: "csv/ragged",
            "line \(record.line) has \(fields), but the file has \(width) column\(width == 1 ? "" : "s")",
            in: TextDecoding.source(name, bytes), at: range, help: help)
    }
}

/// Distinct names for columns, whatever the header says.
enum ColumnNames {
    static func make(_ titles: [String]) -> ([String], [DataNote]) {
        var used = Set<String>()
        var names: [String] = []
        var notes: [DataNote] = []
        let given = Set(titles)
        var nextNumber: [String: Int] = [:]
        for (position, title) in titles.enumerated() {
            let plain = title.isEmpty ? "column\(position + 1)" : title
            var name = plain
            var number = nextNumber[plain] ?? 2
            while used.contains(name) || (name != title && given.contains(name)) {
                name = "\(plain)_\(number)"
                number += 1
            }
            nextNumber[plain] = number
            if name != title {
                let what = title.isEmpty ? "without a name" : "with the same name as another"
                notes.append(DataNote(column: name, "column \(position + 1) stood \(what)"))
            }
            used.insert(name)
            names.append(name)
        }
        return (names, notes)
    }
}
