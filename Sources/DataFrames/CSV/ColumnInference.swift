// SPDX-License-Identifier: GPL-3.0-or-later

/// What a column's cells have in common, learned cell by cell.
struct ColumnInference {
    let name: String
    private var integers = 0
    private var numbers = 0
    private var booleans = 0
    private var texts = 0
    private var leadingZeros = 0
    private var missing: [(token: String, note: DataNote)] = []
    private var nonNumbers = DataNote(column: nil, "")
    private var firstNonNumber: String?

    init(name: String) { self.name = name }

    mutating func add(
        _ cell: UnsafeBufferPointer<UInt8>, _ reading: CellReader.Reading, line: Int
    ) {
        switch reading {
        case .missing: addMissing(cell, line: line)
        case .integer:
            integers += 1
            if cell.count > 1, CellReader.hasLeadingZero(cell) { leadingZeros += 1 }
        case .number: numbers += 1
        case .boolean:
            booleans += 1
            addNonNumber(cell, line)
        case .text:
            texts += 1
            addNonNumber(cell, line)
        }
    }

    /// A field that isn't there, in a short record.
    mutating func addAbsent() {}

    private mutating func addMissing(_ cell: UnsafeBufferPointer<UInt8>, line: Int) {
        let trimmed = CellReader.trimmed(cell)
        for i in missing.indices where missing[i].token.utf8.elementsEqual(trimmed) {
            missing[i].note.add(line)
            return
        }
        let token = String(decoding: trimmed, as: UTF8.self)
        let shown = token.isEmpty ? "empty cells" : "\"\(token)\""
        var note = DataNote(column: name, "\(shown) read as missing", count: 0)
        note.add(line)
        missing.append((token, note))
    }

    private mutating func addNonNumber(_ cell: UnsafeBufferPointer<UInt8>, _ line: Int) {
        if firstNonNumber == nil {
            firstNonNumber = String(decoding: cell.prefix(40), as: UTF8.self)
        }
        nonNumbers.add(line)
    }

    /// The narrowest type that holds every cell without loss. Integers with
    /// leading zeros are codes, hence text; a column without any cell is
    /// numbers.
    var type: ColumnType {
        if texts > 0 { return .text }
        if booleans > 0 { return integers + numbers > 0 ? .text : .boolean }
        if leadingZeros > 0 { return .text }
        return numbers > 0 || integers == 0 ? .number : .integer
    }

    var notes: [DataNote] {
        var notes = missing.map(\.note)
        if type == .text, leadingZeros > 0, texts + booleans == 0 {
            notes.append(
                DataNote(
                    column: name, "integers with leading zeros, kept as text",
                    count: leadingZeros))
        } else if type == .text, integers + numbers > nonNumbers.count, let firstNonNumber {
            var note = nonNumbers
            note.column = name
            note.text = "text, because of cells that are not numbers, such as \"\(firstNonNumber)\""
            notes.append(note)
        }
        return notes
    }
}

/// Collects a column's cells.
struct ColumnBuilder {
    private(set) var values: Column.Values

    init(type: ColumnType, capacity: Int) {
        func reserved<T>(_: T.Type) -> [T] {
            var array: [T] = []
            array.reserveCapacity(capacity)
            return array
        }
        switch type {
        case .integer: values = .integers(reserved(Int?.self))
        case .number: values = .numbers(reserved(Double.self))
        case .boolean: values = .booleans(reserved(Bool?.self))
        case .text: values = .texts(reserved(String?.self))
        }
    }

    mutating func appendMissing() { append(.missing) { "" } }

    mutating func append(_ reading: CellReader.Reading, text: () -> String) {
        // Taken out and put back, so that the array is never copied.
        switch values {
        case .integers(var array):
            values = .integers([])
            if case .integer(let value) = reading { array.append(value) } else { array.append(nil) }
            values = .integers(array)
        case .numbers(var array):
            values = .numbers([])
            switch reading {
            case .integer(let value): array.append(Double(value))
            case .number(let value): array.append(value)
            default: array.append(.nan)
            }
            values = .numbers(array)
        case .booleans(var array):
            values = .booleans([])
            if case .boolean(let value) = reading { array.append(value) } else { array.append(nil) }
            values = .booleans(array)
        case .texts(var array):
            values = .texts([])
            if case .missing = reading { array.append(nil) } else { array.append(text()) }
            values = .texts(array)
        }
    }
}
